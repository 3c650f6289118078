# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs beside resources: one frame of mistakes, errors and counts around reading, logins and uploads."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Client, Token
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import connection_options
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import with_account
from ansible_collections.kariz.panels.plugins.module_utils._core.task import job, login
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

CREDENTIALS = ("api_username", "api_password", "api_token")


class Panel(Client):
    vendor = "vendor"
    credentials = CREDENTIALS
    connection = connection_options("vendor", CREDENTIALS, CREDENTIALS[1:], url="https://panel.test")
    logins: list = []

    def login(self):
        return Token(*self.logins)


class Work(job.Job):
    """Does what its test says."""

    vendor = "vendor"
    client = Panel
    connection = Panel.connection
    name = "upload"
    options = {"size": {"type": "int"}}
    constraints = {"required_one_of": [("size", "api_url")]}

    def __init__(self, does=None):
        self.does = does or (lambda client, params: {"size": params["size"]})
        self.worked: list = []

    def check(self, params):
        if params.get("size") == 0:
            raise errors.UsageError("size must be more than 0")

    def work(self, client, params, host):
        self.worked.append(client)
        return self.does(client, params)


class Things(Work, job.Info):
    name = "thing_info"
    returns = "things"
    work = job.Info.work

    def read(self, client, params, host):
        self.worked.append(client)
        return self.does(client, params)


def params(**more):
    given = {name: entry.get("default") for name, entry in Panel.connection.items()}
    return dict(given, api_token="token-canary", **more)


def run(made, host=None, **more):
    return made.run(host or Host(params(**more), environ={}))


def refused(made, host=None, **more):
    with pytest.raises(Failed) as caught:
        run(made, host, **more)
    return caught.value.result


def shapes(**values):
    """Return what the check of shapes found: nothing."""
    checked = check.Checked()
    checked.values = params(**values)
    return checked


def test_the_frame_of_a_job():
    made = Work()
    assert made.module_name() == "vendor_upload" and made.mistakes(shapes()) == []
    arguments = made.arguments()
    assert arguments["supports_check_mode"] is True and arguments["required_one_of"] == [("size", "api_url")]
    assert set(arguments["argument_spec"]) == {"size", *Panel.connection}
    assert run(made, size=5) == {"size": 5, "changed": False, "api": {"requests": 0, "retries": 0, "seconds": 0.0}}
    assert run(Work(lambda client, params: {"changed": True}))["changed"] is True
    with pytest.raises(NotImplementedError):
        job.Job().work(None, {}, None)
    with pytest.raises(NotImplementedError):
        job.Info().read(None, {}, None)


def test_a_result_says_whose_account_it_is_about():
    made = Work()
    given = params(size=1, api_username="sara")
    host = Host(given, environ={})
    for _time in range(2):
        made.run(host)
    [account] = host.accounts
    assert "sara" in str(account) and with_account(made, None, host, {}) == {"account": account}
    host.accounts.append("another")
    assert with_account(made, None, host, {}) == {"account": account}
    made.several_accounts = True
    assert with_account(made, given, host, {}) == {"accounts_used": [account, "another"]} and len(host.accounts) == 2


@pytest.mark.parametrize(("more", "known"), [({}, True), ({"params": None}, False), ({"vendor": None}, False), ({"client": object}, False),
                                             ({"api_url": "no address"}, False)])
def test_an_account_is_named_also_where_its_options_were_refused(more, known):
    """Unless nobody can say which it is."""
    made = Work()
    given = params(api_username="sara", **{name: value for name, value in more.items() if name == "api_url"})
    made.vendor, made.client = more.get("vendor", made.vendor), more.get("client", made.client)
    told = with_account(made, more.get("params", given), Host(given, environ={}), {})
    assert ("sara" in str(told.get("account"))) is known and set(told) <= {"account"}


def test_all_mistakes_come_before_the_first_request():
    made = Work()
    result = refused(made, size=0, api_retries=-1, api_concurrency=0)
    assert made.worked == [] and "api" not in result and result["changed"] is False and result["error"]["code"] == "bad_option"
    assert result["msg"].splitlines() == ["vendor_upload: 3 mistakes in the options; nothing was sent", "size must be more than 0",
                                          "api_retries must be 0 or more, not -1", "api_concurrency must be 1 or more, not 0"]


@pytest.mark.parametrize(("places", "told"), [
    ([], ["size must be more than 0", "api_retries must be 0 or more, not -1"]),
    # What is wrong with the connection says nothing of the other options; what is wrong with them, or somewhere, does.
    ([("api_url",)], ["size must be more than 0", "api_retries must be 0 or more, not -1"]),
    ([("size",)], ["api_retries must be 0 or more, not -1"]), ([()], ["api_retries must be 0 or more, not -1"]),
    ([("api_url",), ("size", 0)], ["api_retries must be 0 or more, not -1"])])
def test_mistakes_beside_those_of_shape(places, told):
    checked = shapes(size=0, api_retries=-1)
    checked.problems = [check.Problem(place, "is wrong") for place in places]
    assert [problem.reason() for problem in Work().mistakes(checked)] == told


def test_a_failure_is_told_with_its_counts_and_without_secrets():
    def fail(client, params):
        client.transport.requests = 3
        raise errors.ApiError("no", foreign="token-canary", http_status=400)
    made = Work(fail)
    result = refused(made, size=1)
    assert result["msg"] == "vendor_upload: no: ******** (HTTP 400)" and result["api"]["requests"] == 3 and result["error"]["vendor"] == "vendor"


@pytest.mark.parametrize("fails", [True, False])
def test_what_was_begun_is_ended(fails):
    """The watch over the deadline stops with the job, and a memory of what failed is not kept."""
    told = []

    class Watching(Host):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            self.memories.after = lambda client, failed: told.append((client, failed))

    def work(client, params):
        client.transport._watch(60)
        if fails:
            raise errors.ApiError("no")
        return {}
    made = Work(work)
    try:
        run(made, Watching(params(size=1), environ={}))
    except Failed:
        assert fails
    assert told == [(made.worked[0], fails)] and made.worked[0].transport.watchdog is None


def test_a_defect_comes_through_and_ends_too():
    def work(client, params):
        client.transport._watch(60)
        raise KeyError("defect")
    made = Work(work)
    with pytest.raises(KeyError):
        run(made, size=1)
    assert made.worked[0].transport.watchdog is None


def test_the_connection_is_made_of_what_the_job_says():
    class Other(Work):
        def connecting(self, params):
            return dict(params, api_url="https://other.test")
    made = Other()
    run(made, size=1)
    assert made.worked[0].transport.base_url == "https://other.test"


# -- reading -----------------------------------------------------------------------------------------------------------


ROWS = [{"name": "a", "size": 1}, {"name": "b", "size": 2}]


def test_an_info_module():
    made = Things(lambda client, params: list(ROWS))
    assert made.arguments()["argument_spec"]["query"] == {"type": "str"} and made.keeps is False and job.Job.keeps is True
    assert run(made) == {"things": ROWS, "changed": False, "api": {"requests": 0, "retries": 0, "seconds": 0.0}}
    assert run(made, query="[?size > `1`].name")["things"] == ["b"] and run(made, query="")["things"] == ROWS


def test_a_query_that_is_none_is_told_before_anything_is_read():
    made = Things(lambda client, params: list(ROWS))
    result = refused(made, query="[?")
    assert made.worked == [] and result["error"]["code"] == "bad_option" and result["error"]["operation"] == "options"
    assert result["msg"].startswith("vendor_thing_info: query is not a JMESPath expression: ") and result["error"]["vendor"] == "vendor"


def test_a_query_that_does_not_fit():
    made = Things(lambda client, params: list(ROWS))
    result = refused(made, query="sum([].name)")
    assert made.worked and result["msg"].startswith("vendor_thing_info: query does not fit the result: ") and result["error"]["operation"] == "options"


@pytest.mark.parametrize("query", ["[%s]" % ("9" * 5000), "[" * 100_000], ids=["digits", "brackets"])
def test_a_query_that_the_library_cannot_read(query):
    """It says so in its own errors for most; of these it knows nothing."""
    made = Things(lambda client, params: list(ROWS))
    result = refused(made, query=query)
    assert made.worked == [] and result["msg"].startswith("vendor_thing_info: query is not a JMESPath expression that can be read")
    assert result["error"]["code"] == "bad_option" and result["error"]["vendor"] == "vendor" and result["error"]["operation"] == "options"


def test_a_query_that_the_library_stumbles_over():
    result = refused(Things(lambda client, params: list(ROWS)), query="ceil(`1e999`)")
    assert result["msg"].startswith("vendor_thing_info: query does not fit the result") and "infinity" not in result["msg"]
    assert (result["error"]["code"], result["error"]["vendor"], result["error"]["operation"]) == ("bad_option", "vendor", "options")


def test_a_summary_of_what_was_read():
    made = Things(lambda client, params: [{"name": "a", "size": 1, "parts": ["x"]}])
    assert run(made, return_content="summary")["things"] == [{"name": "a"}] and run(made, return_content="full")["things"][0]["parts"] == ["x"]


def test_a_query_without_the_library(monkeypatch):
    monkeypatch.setattr(job, "jmespath", None)
    made = Things(lambda client, params: list(ROWS))
    assert run(made)["things"] == ROWS
    result = refused(made, query="[]")
    assert result["error"]["code"] == "missing_library" and "jmespath" in result["msg"] and len(made.worked) == 1


def test_a_strange_answer_is_one():
    def read(client, params):
        client.heard.last = "list things"
        return params["api_retries"]["name"]
    result = refused(Things(read))
    assert result["error"]["code"] == "bad_answer" and "list things: expected an answer" in result["msg"]


# -- logins ------------------------------------------------------------------------------------------------------------


class Login(login.LoginJob):
    vendor = "vendor"
    client = Panel
    connection = Panel.connection


ACCOUNT = {"api_username": "user", "api_password": "password-canary"}


@pytest.mark.parametrize(("left", "told"), [(None, None), (60.7, 60), (-5, 0), (0.5, 0)])
def test_a_login_tells_the_token_and_how_long_it_lasts(monkeypatch, left, told):
    monkeypatch.setattr(login.time, "time", lambda: 1000.0)
    monkeypatch.setattr(Panel, "logins", ["fresh", None if left is None else 1000.0 + left])
    result = run(Login(), **ACCOUNT)
    assert (result["token"], result["expires_in"], result["changed"]) == ("fresh", told, False)


@pytest.mark.parametrize("environ", [{}, {"VENDOR_API_USERNAME": "user"}, {"VENDOR_API_TOKEN": "of the environment"}])
def test_a_login_needs_credentials_and_no_token_stands_in_for_them(environ):
    result = refused(Login(), Host(params(), environ=environ))
    assert result["error"]["code"] == "no_credentials" and result["error"]["operation"] == "login"
    assert "a login needs api_username and api_password" in result["msg"]


def test_a_login_takes_the_environments_credentials_beside_a_token_of_the_task(monkeypatch):
    monkeypatch.setattr(Panel, "logins", ["fresh"])
    host = Host(params(), environ={"VENDOR_API_USERNAME": "user", "VENDOR_API_PASSWORD": "p", "VENDOR_API_TOKEN": "of the environment"})
    assert run(Login(), host)["token"] == "fresh"
