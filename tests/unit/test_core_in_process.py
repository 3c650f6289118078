# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job inside the platform's own process: when it runs there and when as a module, what it is given, and what comes of secrets that are told once."""

from __future__ import annotations

import copy
import datetime
import json
import os
import re
from types import SimpleNamespace

import pytest
import small_panel
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.kariz.panels.plugins.module_utils._core.http.tokens import TokenStore
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import MASKED_OPTION
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.told import WITHHOLD
from ansible_collections.kariz.panels.plugins.module_utils._core.state.objects import FEW
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.plugin_utils import _in_process, _progress


class Screen:
    """Takes the place of the platform's display."""

    def __init__(self):
        self.said = []

    def warning(self, text):
        self.said.append(("warning", text))

    def vv(self, text):
        self.said.append(("vv", text))

    def display(self, text, **_how):
        self.said.append(("display", text))


@pytest.fixture
def screen(monkeypatch):
    made = Screen()
    monkeypatch.setattr(_in_process, "display", made)
    return made


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Each test is a worker of its own, of a run without settings."""
    monkeypatch.setattr(_in_process, "_clients", {})
    for name in ("KARIZ_ACTION", "KARIZ_PROGRESS", *_progress.CONTROLLERS):
        monkeypatch.delenv(name, raising=False)


class Place:
    """An action plugin around a job, and what the platform around it would be."""

    def __init__(self, job=None, args=None, transport="local", check_mode=False, **task):
        class Action(_in_process.InProcessAction):
            pass
        Action.job = job or small_panel.Job()
        self.job = Action.job
        self.removed: list = []
        self.modules: list = []
        self.answer: dict = {"changed": False, "as": "module"}
        shell = SimpleNamespace(tmpdir="/tmp/of-the-task", env_prefix=lambda **_names: "")
        self.connection = SimpleNamespace(transport=transport, has_native_async=False, _shell=shell)
        self.task = SimpleNamespace(**dict({"args": {"name": "a"} if args is None else args, "async_val": 0, "become": False, "loop": None, "loop_with": None,
                                            "until": [], "failed_when": [], "environment": None, "check_mode": check_mode, "run_once": False,
                                            "action": "kariz.panels.x"}, **task))
        loader = DataLoader()
        self.action = Action(self.task, self.connection, SimpleNamespace(become=False), loader, Templar(loader))
        self.action._remove_tmp_path = self.removed.append
        self.action._execute_module = self._module

    def _module(self, **how):
        self.modules.append(dict(how, args=copy.deepcopy(self.task.args), environment=copy.deepcopy(self.task.environment)))
        return copy.deepcopy(self.answer)

    def run(self, **task_vars):
        # Invocation is a setting of the platform since 2.21, off by default.
        return self.action.run(None, dict({"ansible_inject_invocation": True}, **task_vars))


# -- which of the two ----------------------------------------------------------------------------------------------------


def test_the_result_of_a_job():
    place = Place()
    assert place.run() == {"changed": False, "thing": {"count": 3}, "invocation": {"module_args": dict.fromkeys(small_panel.Job.options) | {
        "name": "a", "count": 3, "api_token_cache": True}}}
    assert place.modules == [] and place.removed == []


def became(place):
    return bool(place.modules) and not place.job.hosts


@pytest.mark.parametrize(("asked", "environ", "module"), [
    (None, None, False), (None, "1", False), (None, "0", True), (None, "no", True), (True, "0", False), (False, "1", True), ("no", None, True),
    ("{{ 1 == 2 }}", None, True), ("{{ 1 == 1 }}", "0", False), ("nonsense", None, True)])
def test_kariz_action(monkeypatch, asked, environ, module):
    if environ is not None:
        monkeypatch.setenv("KARIZ_ACTION", environ)
    place = Place()
    from ansible.template import trust_as_template
    result = place.run(**({} if asked is None else {"kariz_action": trust_as_template(asked) if isinstance(asked, str) else asked}))
    assert became(place) is module and ("thing" in result) is not module


@pytest.mark.parametrize("more", [{"transport": "ssh"}, {"become": True}, {"async_val": 5}])
def test_what_only_a_module_can_do(more):
    place = Place(**more)
    assert place.run()["as"] == "module" and became(place)


def test_a_play_that_becomes_somebody():
    place = Place()
    place.action._play_context.become = True
    assert place.run()["as"] == "module"


def test_without_the_library_a_module_says_so(monkeypatch):
    monkeypatch.setattr(_in_process.session, "requests", None)
    place = Place()
    assert place.run()["as"] == "module"


# -- as a module ---------------------------------------------------------------------------------------------------------


def ordinary(**more):
    return Place(**dict({"transport": "ssh"}, **more))


def test_a_module_leaves_nothing_behind():
    place = ordinary(args={"name": b"text \xd9\x87", "extra": {"a": [b"b", 1, None]}, "count": 3})
    place.run(one=1)
    [how] = place.modules
    assert how["args"] == {"name": "text \u0647", "extra": {"a": ["b", 1, None]}, "count": 3} and how["wrap_async"] is False and how["environment"] is None
    assert how["task_vars"]["one"] == 1 and place.removed == ["/tmp/of-the-task"]


def test_with_async_what_is_told_once_is_withheld_from_the_job_file():
    place = ordinary(async_val=60, args={"name": b"text"}, environment={"a": "b"})
    place.run()
    [how] = place.modules
    # The job goes on in the folder.
    assert how["wrap_async"] is True and how["module_args"] == {"name": "text", WITHHOLD: True} and how["environment"] == {"a": "b"} and place.removed == []


def test_with_async_a_job_that_tells_nothing_is_as_it_is():
    place = ordinary(async_val=60, job=small_panel.Job(reveals=()))
    place.run()
    assert "module_args" not in place.modules[0] and place.modules[0]["wrap_async"] is True


def test_a_connection_that_does_async_itself():
    place = ordinary(async_val=60)
    place.connection.has_native_async = True
    place.run()
    assert place.modules[0]["wrap_async"] is False and "module_args" not in place.modules[0] and place.removed == ["/tmp/of-the-task"]


def test_whoever_keeps_gets_what_a_module_told():
    place = ordinary()
    kept: list = []
    place.action.keep = lambda *what: kept.append(what)
    place.answer = {"changed": True, "things": [{"title": "a", "password": "canary"}, {"title": "b", "password": None}, {"title": "c"}]}
    result = place.run()
    assert kept == [("things", "a", {"password": "canary"})]
    assert result["things"] == [{"title": "a"}, {"title": "b", "password": None}, {"title": "c"}] and "_ansible_no_log" not in result


# -- in the process ------------------------------------------------------------------------------------------------------


def test_what_a_job_is_given(screen):
    class Text(str):
        """As the platform's texts, which know where they come from."""
    extra = {"day": datetime.date(2026, 3, 1), "at": datetime.datetime(2026, 3, 1, 8, 30), "other": (1, 2), "size": 1.5}
    place = Place(args={"name": Text("a"), "count": b"7", "extra": extra}, check_mode=True)
    place.run()
    [host] = place.job.hosts
    assert host.check_mode is True and host.params["count"] == 7 and host.params["name"].__class__ is str
    assert host.params["extra"] == {"day": "2026-03-01", "at": "2026-03-01T08:30:00", "other": [1, 2], "size": 1.5}
    assert host.vault is not None and host.keep is None and host.keeps_index is False
    host.redactor.add("canary")
    host.warn("a canary")
    host.note("a canary")
    assert screen.said == [("warning", "a ********"), ("vv", "a ********")]


def test_something_else_than_data_comes_as_text():
    class Thing:
        def __str__(self):
            return "thing"
    place = Place(args={"name": Thing()})
    place.run()
    assert place.job.hosts[0].params["name"] == "thing"


@pytest.mark.parametrize(("task", "keeps"), [({}, False), ({"loop": [1]}, True), ({"loop_with": "items"}, True), ({"loop": [1], "until": ["x"]}, False),
                                             ({"until": ["x"]}, False)])
def test_the_items_of_a_loop_trust_each_other_unless_one_is_tried_again(task, keeps):
    place = Place(**task)
    place.run()
    assert place.job.hosts[0].keeps_index is keeps


@pytest.mark.parametrize(("args", "kept"), [({}, True), ({"api_token_cache": True}, True), ({"api_token_cache": "no"}, False)])
def test_the_runs_tokens(args, kept):
    place = Place(args={"name": "a", **args})
    place.run()
    assert isinstance(place.job.hosts[0].tokens, TokenStore) is kept and (place.job.hosts[0].tokens is not None) is kept
    # A job that knows no such option shares tokens too.
    assert isinstance(_in_process.InProcessHost({}, place.task, {}, lambda: None).tokens, TokenStore)


def test_one_client_for_one_connection():
    place = Place()
    place.run()
    place.run()
    first, second = place.job.hosts
    client = first.kept_client(small_panel.Client, {"api_url": "u"})
    assert second.kept_client(small_panel.Client, {"api_url": "u"}) is client and second.kept_client(small_panel.Client, {"api_url": "w"}) is not client
    assert client.made_with[:2] == ({"api_url": "u"}, first.redactor) and first.memories is second.memories
    elsewhere = _in_process.InProcessHost({}, place.task, {"HTTPS_PROXY": "p"}, lambda: None)
    assert elsewhere.kept_client(small_panel.Client, {"api_url": "u"}) is not client

    class Other(small_panel.Client):
        vendor = "other"
    assert first.kept_client(Other, {"api_url": "u"}) is not client


def test_the_tasks_environment_counts_while_it_runs(monkeypatch):
    monkeypatch.setenv("KARIZ_TEST", "before")
    monkeypatch.delenv("KARIZ_MORE", raising=False)
    seen: list = []

    def look(host):
        seen.append((os.environ["KARIZ_TEST"], os.environ.get("KARIZ_MORE"), host.environ.get("KARIZ_TEST")))
        os.environ["KARIZ_LEFT"] = "by the job"
        return {"changed": False}
    Place(job=small_panel.Job(look), environment=[{"KARIZ_TEST": "in it", "KARIZ_MORE": 5}]).run()
    assert seen == [("in it", "5", "in it")]
    assert os.environ["KARIZ_TEST"] == "before" and "KARIZ_MORE" not in os.environ and "KARIZ_LEFT" not in os.environ

    def fail(host):
        raise AnsibleError("stopped")
    with pytest.raises(AnsibleError):
        Place(job=small_panel.Job(fail), environment=[{"KARIZ_TEST": "in it"}]).run()
    assert os.environ["KARIZ_TEST"] == "before"


def test_a_failure_keeps_its_result():
    def fail(host):
        raise Failed({"changed": True, "msg": "no", "error": {"code": 1}})
    result = Place(job=small_panel.Job(fail)).run()
    assert (result["failed"], result["changed"], result["msg"], result["error"]) == (True, True, "no", {"code": 1})
    assert result["invocation"]["module_args"]["name"] == "a"


def test_a_defect_is_told_without_a_secret_or_a_traceback():
    def fail(host):
        raise KeyError("canary-of-a-secret")
    result = Place(job=small_panel.Job(fail), args={"name": "a", "secret": "canary-of-a-secret"}).run()
    assert result["failed"] is True and result["changed"] is False and result["msg"] == "unexpected KeyError: '********'"
    assert result["invocation"]["module_args"]["secret"] == MASKED_OPTION


def test_what_the_platform_stops_is_stopped():
    def stop(host):
        raise AnsibleError("the vault is closed")
    with pytest.raises(AnsibleError, match="the vault is closed"):
        Place(job=small_panel.Job(stop)).run()


def test_secrets_are_known_before_the_job_begins():
    def say(host):
        return {"changed": False, "msg": host.redactor.text("canary-one canary-two"), "warnings": ["not canary-one"]}
    result = Place(job=small_panel.Job(say), args={"name": "a", "secret": "canary-one", "extra": {"token": "canary-two"}}).run()
    assert result["msg"] == "******** ********" and result["warnings"] == ["not ********"] and "canary" not in json.dumps(result)
    assert result["invocation"]["module_args"]["extra"] == {"token": MASKED_OPTION}


def test_options_that_are_wrong_are_told_all_at_once_and_before_the_job():
    place = Place(args={"nmae": "a", "count": "many canary-code", "secret": ["canary"], "things": [{"title": "x", "code": "canary-code"}, {"code": 5}]})
    result = place.run()
    assert place.job.hosts == [] and result["failed"] is True and result["changed"] is False and result["error"]["code"] == "bad_option"
    assert "nmae: unknown option, did you mean name?" in result["msg"] and "must be a whole number, not 'many ********'" in result["msg"]
    assert "canary" not in json.dumps(result) and result["invocation"]["module_args"]["things"][0] == {"title": "x", "code": MASKED_OPTION}


def test_a_secret_in_a_wrong_shape_is_masked_wherever_it_stands():
    result = Place(args={"name": "a", "count": "not canary-code", "things": "canary-code"}).run()
    assert "count: must be a whole number, not 'not ********'" in result["msg"] and "canary" not in json.dumps(result)


@pytest.mark.parametrize("transport", ["local", "ssh"])
def test_bytes_that_are_no_text_are_told_with_their_place(transport):
    place = Place(transport=transport, args={"name": b"good", "extra": {"list": [b"\xff", "x", {"a": b"\xfe"}]}, "things": b"\xff"})
    result = place.run()
    assert result["failed"] is True and place.job.hosts == [] and place.modules == [] and result["error"]["code"] == "bad_option"
    assert [line.partition(":")[0] for line in result["msg"].splitlines()[1:]] == ["extra.list[0]", "extra.list[2].a", "things"]
    assert all(line.endswith("must be text; this is binary data that is no UTF-8") for line in result["msg"].splitlines()[1:])


@pytest.mark.parametrize("transport", ["local", "ssh"])
def test_half_a_character_is_told_with_its_place(transport):
    """No process could be given it."""
    place = Place(transport=transport, args={"name": "good", "things": [{"title": "a"}, {"title": "b\ud800"}]})
    result = place.run()
    assert result["failed"] is True and place.job.hosts == [] and place.modules == [] and result["error"]["code"] == "bad_option"
    assert result["msg"].startswith("vendor_thing: things[1].title: holds a character that no text holds (U+D800)")


@pytest.mark.parametrize(("task", "few"), [
    ({}, False), ({"loop": list(range(FEW))}, True), ({"loop": list(range(FEW + 1))}, False), ({"loop": []}, True), ({"loop_with": "items"}, False),
    ({"loop": [1], "loop_with": "items"}, False), ({"loop": "text"}, False)])
def test_a_loop_of_few_items_is_known_as_one(task, few):
    """Only then one look for each item costs less than reading all there is."""
    place = Place(**task)
    place.run()
    assert place.job.hosts[0].few_items() is few


@pytest.mark.parametrize("transport", ["local", "ssh"])
def test_invocation_is_shown_where_the_platform_wants_it(monkeypatch, transport):
    wants: list = [True, False]

    def value(name, variables=None):
        assert name == "INJECT_INVOCATION" and variables is not None
        return wants.pop(0)
    monkeypatch.setattr(_in_process, "C", SimpleNamespace(config=SimpleNamespace(get_config_value=value), DEFAULT_LOCAL_TMP="/nowhere"))
    place = Place(transport=transport)
    place.answer["invocation"] = {}
    assert "invocation" in place.run() and "invocation" not in place.run()

    # Versions without the setting always show it.
    def unknown(*_more, **_named):
        raise AnsibleError("no such setting")
    monkeypatch.setattr(_in_process, "C", SimpleNamespace(config=SimpleNamespace(get_config_value=unknown), DEFAULT_LOCAL_TMP="/nowhere"))
    assert "invocation" in place.run()


# -- what is told once ---------------------------------------------------------------------------------------------------


def tells(result):
    return small_panel.Job(lambda host: copy.deepcopy(result))


@pytest.mark.parametrize(("result", "task", "variables", "limit"), [
    ({}, {}, {}, 700_000), ({"failed": True, "msg": "m"}, {}, {}, 50_000), ({"failed": True, "msg": "m"}, {"failed_when": ["false"]}, {}, 700_000),
    ({}, {"args": {"return_content": "full"}}, {}, None), ({"failed": True, "msg": "m"}, {}, {"kariz_result_limit": 0}, None),
    ({}, {}, {"kariz_result_limit": "30000"}, 30_000), ({"failed": True, "msg": "m"}, {"args": {"return_content": "summary"}}, {}, 700_000)])
def test_a_result_fits_where_nobody_asked_for_all_of_it(result, task, variables, limit):
    """Through either door; what a printed failure is worth is less than what a controller keeps."""
    names = ["name %06d" % number for number in range(60_000)]
    place = Place(transport="ssh", **task)
    place.answer = dict(result, changed=False, names=names, users=[{"id": number, "note": "x" * 30} for number in range(10_000)])
    made = place.run(**variables)
    assert (made.get("shortened") or {}).get("limit") == limit and ("names" in made) is (limit is None)
    whole = Place(transport="ssh", **task)
    whole.answer, whole.action.whole = place.answer, True
    assert whole.run(**variables)["names"] == names and whole.modules[0]["module_args"]["_result_limit"] == 0
    told = place.modules[0].get("module_args", {}).get("_result_limit", 700_000)
    assert told == (700_000 if "kariz_result_limit" not in variables else limit or 0)


@pytest.mark.parametrize(("loop", "room"), [(None, 700_000), (["a", "b"], 300_000), (list("abcdefgh") * 20, 10_000), ("{{ nobody | default('x') }}", 10_000)])
def test_long_lists_are_kept_beside_where_the_play_says_so(loop, room, monkeypatch, tmp_path):
    """What whoever registers the result gets is all of it; the results of all items of a loop stand in one event."""
    from ansible_collections.kariz.panels.plugins.plugin_utils import _told
    monkeypatch.setattr(_told.C, "DEFAULT_LOCAL_TMP", str(tmp_path))
    users = [{"id": number, "note": "x" * 30} for number in range(20_000)]
    place = Place(transport="ssh", loop=loop, diff=False)
    place.answer = {"changed": False, "users": users, "told": ["t"]}
    made = place.run(kariz_result_limit="beside")
    assert len(json.dumps(made)) <= room and made["told"] == ["t"] and "shortened" not in made and place.modules[0]["module_args"]["_result_limit"] == 0
    reference = re.fullmatch(r"\{\{ lookup\('kariz.panels.told', '(.+)'\) \}\}", made["users"]).group(1)
    assert _told.resolve(reference) == users and [oct(path.stat().st_mode)[-3:] for path in tmp_path.iterdir()] == ["600"]


@pytest.mark.parametrize("how", ["keep", "whole"])
def test_whoever_takes_the_result_himself_gets_it_whole(how):
    """An action of ours that carries a job out for itself has no use for references."""
    place = Place(transport="ssh", diff=False)
    place.answer = {"changed": False, "users": [{"id": number, "note": "x" * 30} for number in range(20_000)]}
    setattr(place.action, how, lambda *what: None)
    assert isinstance(place.run(kariz_result_limit="beside")["users"], list)


def test_a_limit_that_is_no_number_is_refused():
    with pytest.raises(AnsibleError, match="kariz_result_limit is a number of characters"):
        Place().run(kariz_result_limit="many")


def test_what_is_told_once_becomes_a_reference(monkeypatch):
    told: list = []
    monkeypatch.setattr(_in_process, "refer", lambda names, holders: told.append((names, copy.deepcopy(holders))) or True)
    result = Place(job=tells({"changed": True, "thing": {"title": "a", "password": "canary"}})).run()
    assert told == [(("password",), [{"title": "a", "password": "canary"}])] and "_ansible_no_log" not in result
    Place(job=tells({"changed": True, "thing": {"title": "a"}})).run()
    assert len(told) == 1


@pytest.mark.parametrize("failed", [False, True])
def test_where_there_are_no_references_the_result_is_kept_out_of_logs(monkeypatch, screen, failed):
    monkeypatch.setattr(_in_process, "refer", lambda names, holders: False)
    result = Place(job=tells({"changed": True, "failed": failed, "msg": "one failed", "thing": {"title": "a", "password": "canary"}})).run()
    assert result["_ansible_no_log"] is True and result["thing"]["password"] == "canary"
    wanted = [("warning", "one failed (the result holds passwords and is hidden; register it to read it)")] if failed else []
    assert screen.said == wanted


def test_whoever_keeps_gets_it_from_the_job(monkeypatch):
    monkeypatch.setattr(_in_process, "refer", lambda names, holders: pytest.fail("nothing is left to refer to"))

    def tell(host):
        host.tell("things", "a", {"password": "canary"})
        return {"changed": True, "thing": {"title": "a", "password": "canary"}}
    place = Place(job=small_panel.Job(tell))
    kept: list = []
    place.action.keep = lambda *what: kept.append(what)
    assert place.run()["thing"] == {"title": "a"} and kept == [("things", "a", {"password": "canary"})]


# -- progress ------------------------------------------------------------------------------------------------------------


class Spoken:
    """Takes the place of what speaks on a terminal."""

    made: list = []

    def __init__(self, live, prefix, display):
        self.how = (live, prefix, display)
        self.did: list = []
        Spoken.made.append(self)

    def of(self, what, limit=None):
        self.did.append(what)
        return lambda done, of: None

    def make_way(self):
        self.did.append("way")

    def close(self):
        self.did.append("closed")


@pytest.fixture
def spoken(monkeypatch, screen):
    Spoken.made = []
    monkeypatch.setattr(_progress, "Progress", Spoken)
    monkeypatch.setattr(_progress, "TERMINAL", True)
    return Spoken.made


def speaking(host):
    assert host.progress("read") is not None and host.progress("created") is not None
    host.warn("hear")
    host.note("listen")
    return {"changed": False}


HOSTS = {"ansible_play_hosts_all": ["a", "b"], "inventory_hostname": "a"}


@pytest.mark.parametrize(("task", "task_vars", "terminal", "live", "prefix"), [
    ({}, {}, True, True, ""), ({}, {"ansible_play_hosts_all": ["a"]}, True, True, ""), ({}, {}, False, False, ""),
    ({}, HOSTS, True, False, "[a] "), ({"run_once": True}, HOSTS, True, True, "")])
def test_a_long_task_speaks(monkeypatch, spoken, screen, task, task_vars, terminal, live, prefix):
    monkeypatch.setattr(_progress, "TERMINAL", terminal)
    Place(job=small_panel.Job(speaking), **task).run(**task_vars)
    [one] = spoken
    # Other lines find the way free, and at the end nothing stays.
    assert one.how == (live, prefix, screen) and one.did == ["read", "created", "way", "way", "closed"]


def test_under_a_controller_it_speaks_in_lines_and_when_asked(monkeypatch, spoken):
    monkeypatch.setenv("AWX_HOST", "x")
    job = small_panel.Job(lambda host: {"changed": False, "spoke": host.progress("read") is not None})
    assert Place(job=job).run()["spoke"] is False and spoken == []
    assert Place(job=job).run(kariz_progress=True)["spoke"] is True and spoken[0].how[0] is False


def test_nothing_is_said_where_nobody_wants_it(spoken, screen):
    asked: list = []

    def silent(host):
        assert host.progress("read") is None and host.progress("created") is None
        host.warn("hear")
        return {"changed": False}
    place = Place(job=small_panel.Job(silent))
    real = place.action._progress
    place.action._progress = lambda task_vars: asked.append(1) or real(task_vars)
    place.run(kariz_progress=False)
    assert spoken == [] and asked == [1] and screen.said == [("warning", "hear")]


def test_the_line_goes_also_where_the_job_fails(spoken):
    def fail(host):
        host.progress("read")
        raise Failed({"changed": False, "msg": "no"})
    Place(job=small_panel.Job(fail)).run()
    assert spoken[0].did == ["read", "closed"]


def test_what_a_part_of_the_task_says_goes_with_the_task(spoken):
    """A job that hands its work to another gives it a copy of its host: a line that the other leaves half way is taken away all the same."""
    def hand_over(host):
        mine = copy.copy(host)
        mine.params = {}
        mine.progress("sent")
        host.warn("hear")
        return {"changed": False}
    Place(job=small_panel.Job(hand_over)).run()
    assert [one.did for one in spoken] == [["sent", "way", "closed"]]


def test_several_at_once_run_in_silence(spoken):
    """Whoever carries jobs out side by side tells of them himself."""
    place = Place(job=small_panel.Job(lambda host: {"changed": False, "spoke": host.progress("read")}), environment=[{"KARIZ_TEST": "in it"}])
    with place.action.surroundings() as environment:
        assert environment == {"KARIZ_TEST": "in it"} and os.environ["KARIZ_TEST"] == "in it"
        assert place.action.carried_out(environment)["spoke"] is None
        assert place.action.is_fast({}) is True and place.action.is_fast({"kariz_action": False}) is False
    assert "KARIZ_TEST" not in os.environ and spoken == []


def test_what_the_platform_made_before_is_left_out_of_searches_for_garbage(monkeypatch):
    """A search would walk through all of it, in each worker; one look at it for each worker is enough."""
    looks = []
    monkeypatch.setattr(_in_process, "_set_aside", [])
    monkeypatch.setattr(_in_process.gc, "freeze", lambda: looks.append(os.getpid()))
    for _item in range(3):
        Place().run()
    monkeypatch.setattr(_in_process, "_set_aside", [1])  # of the parent, if ever
    Place().run()
    assert looks == [os.getpid()] * 2
