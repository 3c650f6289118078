# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to happen once happens once for two names that nobody can tell apart: marks that nobody sees are refused wherever a name or an id of the user's own
decides that, before any request.
"""

from __future__ import annotations

import importlib

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import options_of
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

TEXT = {"sender": "30001234", "recipients": ["09121234567"], "text": "x"}
SEND = {"sender": "982000123", "recipient": "989121234567", "body": "x"}
#: module -> options of a task that names something by the id given.
ONCE = {
    "payamsms_message": lambda name: dict(SEND, customer_id=name), "payamsms_message in a list": lambda name: {"messages": [dict(SEND, customer_id=name)]},
    "smspanel_message": lambda name: dict(TEXT, message_id=name, journal="/nowhere/j"),
    "smspanel_message in a list": lambda name: {"kind": "multiple", "messages": [dict(TEXT, message_id=name)], "journal": "/nowhere/j"},
    "podspace_invoice": lambda name: {"plan": "1", "redirect_url": "https://a.test", "message_id": name, "journal": "/nowhere/j"},
    "message": lambda name: {"key": name, "recipient": "09121234567", "text": "x", "sender": "1", "journal": "/nowhere/j"},
    "alocom_event_link": lambda name: {"event": "e", "username": name, "name": "n", "surname": "s"},
    "alocom_event_link in a list": lambda name: {"event": "e", "people": [{"username": name, "name": "n", "surname": "s"}]},
    "alocom_user": lambda name: {"username": name, "name": "n", "surname": "s"}, "deltasib_user": lambda name: {"username": name, "password": "secret-1"},
    "smspanel_user": lambda name: {"username": name, "password": "secret-1"},
}
CONNECTION = {"api_url": "http://127.0.0.1:9", "api_username": "u", "api_password": "p", "api_token": "t", "api_system_name": "s", "api_client_id": "c",
              "api_client_secret": "d", "api_key": "k", "api_services": {"buy_plan_with_gateway": 1}, "api_retries": 0}


def refused(module, options):
    job = importlib.import_module("ansible_collections.kariz.panels.plugins.action.%s" % module.split(" ")[0]).ActionModule.job
    given = {name: value for name, value in CONNECTION.items() if name in job.arguments()["argument_spec"]}
    checked = options_of(job, {**given, **options})
    assert not checked.problems, checked.problems[0].sentence()
    try:
        job.run(Host(checked.values, environ={}))
    except Failed as failed:
        return failed.result["msg"]
    return ""


@pytest.mark.parametrize("mark", ["\u200f", "\u2067", "\u202b", "\u200b", "\ufeff", "\u00ad"])
@pytest.mark.parametrize("module", ONCE)
def test_marks_that_nobody_sees(module, mark):
    told = refused(module, ONCE[module]("new%sone" % mark))
    assert "holds a mark that nobody sees (U+%04X)" % ord(mark) in told and mark not in told.replace(repr(mark), ""), told


@pytest.mark.parametrize("module", [name for name in ONCE if "user" not in name and "link" not in name])
def test_a_joiner_within_a_persian_word_is_a_letter(module):
    assert "mark that nobody sees" not in refused(module, ONCE[module]("می‌روم-1"))
