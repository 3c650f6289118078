# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job as a module of its own process: what it prints, whether it failed, and that no secret stands in it or in the system's log."""

from __future__ import annotations

import json

import pytest
import small_panel
from ansible.module_utils import basic
from ansible.module_utils.common.parameters import PASS_VARS
from ansible.module_utils.testing import patch_module_args

from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Client
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import connection_options
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import told
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import MASKED_OPTION
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import with_account
from ansible_collections.kariz.panels.plugins.module_utils._core.task import module_process


@pytest.fixture
def logged(monkeypatch):
    """What goes to the log of the machine."""
    lines: list = []
    monkeypatch.setattr(basic.AnsibleModule, "log", lambda self, msg, log_args=None: lines.append("%s %s" % (msg, log_args)))
    monkeypatch.setattr(basic.AnsibleModule, "_log_to_syslog", lambda self, text: lines.append(text))
    return lines


@pytest.fixture
def warned(monkeypatch):
    """What the platform is told as warnings; where it keeps them differs from version to version."""
    texts: list = []
    monkeypatch.setattr(basic.AnsibleModule, "warn", lambda self, text: texts.append(text))
    return texts


@pytest.fixture
def run(capsys, logged, warned):
    """Run a job as a module and return what it printed; whether it failed is its exit status."""
    def really(job, given, check=False):
        more = {"_ansible_check_mode": check}
        if "inject_invocation" in PASS_VARS:
            # A setting since ansible-core 2.21.
            more["_ansible_inject_invocation"] = True
        with patch_module_args(dict(given, **more)), pytest.raises(SystemExit) as left:
            module_process.run_module(job)
        said = json.loads(capsys.readouterr().out)
        assert bool(left.value.code) is bool(said.get("failed"))
        return said
    return really


def does(result):
    return small_panel.Job(lambda host: dict(result))


def test_the_result_of_a_job(run):
    job = small_panel.Job()
    said = run(job, {"name": "a", "count": "5"})
    assert said["changed"] is False and said["thing"] == {"count": 5} and not said.get("failed") and len(job.hosts) == 1
    shown = said["invocation"]["module_args"]
    assert (shown["name"], shown["count"], shown["things"], shown["secret"]) == ("a", 5, None, None)
    host = job.hosts[0]
    assert host.check_mode is False and host.params["count"] == 5 and host.params["things"] is None and host.keep is None
    assert run(does({"changed": True}), {"name": "a"}, check=True)["changed"] is True


def test_check_mode_reaches_the_job(run):
    job = small_panel.Job()
    run(job, {"name": "a"}, check=True)
    assert job.hosts[0].check_mode is True


def test_a_failure_keeps_its_result(run):
    def fail(host):
        raise Failed({"changed": True, "msg": "no: canary", "error": {"code": 1}})
    said = run(small_panel.Job(fail), {"name": "a"})
    assert (said["failed"], said["changed"], said["msg"], said["error"]) == (True, True, "no: canary", {"code": 1})
    assert said["invocation"]["module_args"]["name"] == "a"


def test_a_defect_is_told_without_a_secret_or_a_traceback(run):
    def fail(host):
        raise KeyError("the canary-of-a-secret")
    said = run(small_panel.Job(fail), {"name": "a", "secret": "canary-of-a-secret"})
    assert said["failed"] is True and said["changed"] is False and said["msg"].startswith("unexpected KeyError: ") and "canary" not in json.dumps(said)
    assert "********" in said["msg"]


def test_options_that_are_wrong_are_told_all_at_once_and_before_the_job(run):
    job = small_panel.Job()
    said = run(job, {"nmae": "a", "count": "many", "secret": ["canary-of-a-secret"], "things": [{"title": "x", "code": "canary-2"}]})
    assert said["failed"] is True and job.hosts == [] and said["changed"] is False
    assert said["msg"].startswith("vendor_thing: 3 mistakes in the options; nothing was sent") and said["error"]["code"] == "bad_option"
    assert "nmae: unknown option, did you mean name?" in said["msg"] and "count: must be a whole number, not 'many'" in said["msg"]
    assert "canary" not in json.dumps(said)
    shown = said["invocation"]["module_args"]
    assert shown["things"] == [{"title": "x", "code": MASKED_OPTION}] and shown["count"] is None


def test_a_short_secret_does_not_eat_the_words_around_it(run):
    said = run(small_panel.Job(), {"name": "a", "count": "x", "secret": "us"})
    assert "must be a whole number" in said["msg"] and said["invocation"]["module_args"]["secret"] == MASKED_OPTION


def test_the_secrets_of_maps_reach_neither_log_nor_result(run, logged):
    said = run(small_panel.Job(lambda host: {"changed": False, "msg": host.redactor.text("an answer with canary-in-map")}),
               {"name": "a", "extra": {"token": "canary-in-map"}, "secret": "canary-of-a-secret"})
    assert said["msg"] == "an answer with ********" and said["invocation"]["module_args"]["extra"] == {"token": MASKED_OPTION}
    assert logged and "canary" not in "".join(logged) and "canary" not in json.dumps(said)
    told_by_job = small_panel.Job(lambda host: {"msg": host.redactor.text("canary-of-a-secret")})
    assert run(told_by_job, {"name": "a", "secret": "canary-of-a-secret"})["msg"] == "********"


def test_what_the_vendor_chose_comes_whole_even_where_it_contains_a_secret(run):
    said = run(does({"changed": True, "password": "Ab-canary9"}), {"name": "a", "secret": "canary"})
    assert said["password"] == "Ab-canary9"


def test_warnings_are_redacted(run, warned):
    def warn(host):
        host.warn("first canary-of-a-secret")
        return {"changed": False, "warnings": ["second canary-of-a-secret"]}
    said = run(small_panel.Job(warn), {"name": "a", "secret": "canary-of-a-secret"})
    assert warned == ["first ********", "second ********"] and "canary" not in json.dumps(said)


def test_what_matters_to_few_goes_to_the_log(run, logged):
    def note(host):
        host.note("asked again, canary-of-a-secret")
        return {"changed": False}
    run(small_panel.Job(note), {"name": "a", "secret": "canary-of-a-secret"})
    assert any("asked again, ********" in line for line in logged)


@pytest.mark.parametrize(("more", "told_of"), [({}, "not returned"), ({"secrets_path": "/tmp/x.yml"}, "written to secrets_path only")])
def test_what_was_told_once_stays_out_of_a_job_file(run, warned, more, told_of):
    said = run(does({"changed": True, "password": "canary", "thing": {"id": 1}}), {"name": "a", told.WITHHOLD: True, **more})
    assert "password" not in said and said["thing"] == {"id": 1}
    assert warned == ["password %s: with async the result would be kept in a job file" % told_of]
    # Where nothing was told, nothing is said.
    run(does({"changed": False, "thing": {"id": 1}}), {"name": "a", told.WITHHOLD: True})
    assert len(warned) == 1


def test_what_was_told_once_is_returned_otherwise(run, warned):
    said = run(does({"changed": True, "password": "canary"}), {"name": "a"})
    assert said["password"] == "canary" and warned == []


def test_the_library_is_missing(run, monkeypatch):
    monkeypatch.setattr(module_process.session, "requests", None)
    job = small_panel.Job()
    said = run(job, {"name": "a", "secret": "canary-of-a-secret"})
    assert said["failed"] is True and "requests" in said["msg"] and job.hosts == [] and "canary" not in json.dumps(said)
    assert said["invocation"]["module_args"]["secret"] == MASKED_OPTION and said["invocation"]["module_args"]["count"] == 3


def test_options_that_exclude_each_other_are_told_by_us(run):
    said = run(small_panel.Job(), {"count": 1})
    assert said["failed"] is True and said["msg"] == "vendor_thing: name or things is required"


def test_what_the_platform_would_read_otherwise(run):
    """Digits of any script are numbers; a truth value where a text belongs is a mistake, which the platform would not see."""
    job = small_panel.Job()
    assert run(job, {"name": "a", "count": "\u06f1\u06f2"})["thing"] == {"count": 12} and job.hosts[0].params["count"] == 12
    said = run(job, {"name": True})
    assert said["failed"] is True and said["msg"] == "vendor_thing: name: must be text, not true; put it in quotes" and len(job.hosts) == 1


def test_a_secret_in_a_wrong_shape_is_masked_wherever_it_stands(run):
    said = run(small_panel.Job(), {"name": "a", "count": "not canary-code", "things": "canary-code"})
    assert "count: must be a whole number, not 'not ********'" in said["msg"] and "canary" not in json.dumps(said)


def test_the_log_says_with_what_it_was_called(run, logged):
    run(small_panel.Job(), {"name": "a-name", "secret": "canary"})
    assert any("name=a-name" in line and "secret=NOT_LOGGING_PARAMETER" in line for line in logged)


def many(count):
    return {"changed": True, "users": [{"id": number, "password": "canary" if number == 7 else None, "labels": ["x" * 50]} for number in range(count)]}


@pytest.mark.parametrize(("more", "whole"), [({"_result_limit": 20_000}, False), ({"_result_limit": 20_000, "return_content": "full"}, True),
                                             ({"_result_limit": 20_000, "return_content": "auto"}, False), ({"_result_limit": 0}, True), ({}, True)])
def test_a_long_result_is_made_to_fit_before_it_leaves_the_machine(run, warned, more, whole):
    job = does(many(500))
    job.options = dict(job.options, return_content={"type": "str"})
    said = run(job, {"name": "a", **more})
    assert (said["users"] == many(500)["users"]) is whole and ("shortened" in said) is not whole and len(warned) == (not whole)
    # What is told once is there in any case.
    assert [entry["password"] for entry in said["users"] if entry.get("password")] == ["canary"] and "_result_limit" not in said["invocation"]["module_args"]


def test_a_controller_keeps_no_more_than_so_much(run):
    said = run(does(many(9_000)), {"name": "a"})
    assert said["shortened"]["limit"] == 700_000 and "labels" not in said["users"][0]


class Panel(small_panel.Client):
    """As much of a client as says whose account it is."""

    vendor = "vendor"
    credentials = ("api_username", "api_password")
    connection = connection_options("vendor", credentials, credentials[1:], url="https://panel.test")
    account = ("api_username",)
    headers = Client.headers
    account_of = classmethod(Client.account_of.__func__)


@pytest.mark.parametrize("given", [{"name": "a"}, {"name": "a", "nmae": "b"}])
def test_whose_account_it_is_stands_in_what_is_refused_too(run, given):
    job = small_panel.Job()
    job.client, job.options = Panel, dict(job.options, **Panel.connection)
    if "nmae" not in given:
        job.does = lambda host: {"changed": not with_account(job, host.params, host, {})}
    said = run(job, {"api_username": "sara", "api_password": "canary", **given})
    assert said.get("failed", False) is ("nmae" in given) and said["account"] == {"vendor": "vendor", "url": "https://panel.test", "name": "sara"}


def test_a_job_whose_options_want_nothing_of_each_other_is_refused_too(run):
    job = small_panel.Job()
    job.arguments = lambda: {"argument_spec": dict(job.options), "supports_check_mode": True}
    said = run(job, {"nmae": "b"})
    assert said["failed"] is True and job.hosts == [] and said["msg"].startswith("vendor_thing: nmae: unknown option")


@pytest.mark.parametrize(("constraint", "given"), [
    ({"mutually_exclusive": [("count", "secret")]}, {"count": 1, "secret": "x"}), ({"required_together": [("count", "secret")]}, {"count": 1}),
    ({"required_one_of": [("extra", "secret")]}, {}), ({"required_if": [("name", "a", ("secret",))]}, {}), ({"required_by": {"name": ("secret",)}}, {})])
def test_what_options_want_of_each_other_is_told_beside_other_mistakes(run, constraint, given):
    """In our words, whatever the platform would say first."""
    job = small_panel.Job()
    frame = job.arguments
    job.arguments = lambda: dict(frame(), **constraint)
    said = run(job, {"name": "a", "nmae": "b", **given})
    assert said["failed"] is True and job.hosts == [] and said["msg"].startswith("vendor_thing: 2 mistakes in the options; nothing was sent")
    assert "nmae: unknown option" in said["msg"] and "secret" in said["msg"] and said["error"]["code"] == "bad_option"
