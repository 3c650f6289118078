# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes in the options of a message are told all at once, with their places, whatever else is wrong."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.message import MessageJob

JOB = MessageJob()
#: What each kind asks for, where only a time is given.
NEEDS = {kind: ["kind: %s needs %s" % (kind, name) for name in names.split()] + ["send_date has no meaning with kind: %s" % kind] * (kind != "scheduled")
         for kind, names in (("plain", "sender recipients text"), ("scheduled", "sender recipients text"), ("phonebook", "sender phonebook text"),
                             ("pattern", "sender recipients pattern_id variables"), ("multiple", "messages"))}
NO_MOBILE = "is not a mobile number of Iran: it has not 10 digits from the 9 on"


@pytest.mark.parametrize(("given", "told"), [
    ({"kind": "plian", "recipients": ["0912", "x"], "api_timeout": "soon"}, [
        "kind: must be one of plain, scheduled, pattern, phonebook, multiple, not 'plian'; did you mean plain?", "api_timeout: must be a number, not 'soon'",
        "recipients[0]: '0912' " + NO_MOBILE, "recipients[1]: 'x' is not a phone number: it holds more than digits"]),
    ({"recipients": ["0912"], "journal": "/j", "pattern_id": 4}, [
        "kind: plain needs sender", "kind: plain needs text", "pattern_id has no meaning with kind: plain", "journal needs message_id",
        "recipients[0]: '0912' " + NO_MOBILE]),
    ({"kind": "multiple", "batch_size": 0, "messages": [
        {"recipients": ["12"], "message_id": "a"}, {"recipients": ["09121234567"], "text": "t", "sender": "1", "message_id": "a"}]}, [
        "batch_size must be 1 or more", "messages[0] needs sender", "messages[0] needs text", "messages: a message_id occurs twice",
        "messages[0].recipients[0]: '12' " + NO_MOBILE]),
    ({"kind": "multiple", "messages": [5, {"recipients": "x"}]}, [
        "messages[0]: must be a mapping, not 5; allowed here: flash, message_id, recipients, sender, text",
        "messages[1].recipients[0]: 'x' is not a phone number: it holds more than digits"]),
    # A time that cannot be is told of every kind, also where a shape is wrong elsewhere.
    *[({"kind": kind, "send_date": "2099-02-30 10:00"}, [
        *NEEDS[kind], "send_date: '2099-02-30 10:00' is not a time: there is no day 2099-02-30: that month has 28 days"]) for kind in NEEDS],
    ({"sender": "1", "text": "t", "send_date": "1404/13/1T9:00", "recipients": "5", "batch_size": "x"}, [
        "batch_size: must be a whole number, not 'x'", "send_date: '1404/13/1T9:00' is not a time: there is no day 1404/13/01: a year has 12 months",
        "recipients[0]: '5' " + NO_MOBILE]),
    ({"sender": "1", "text": "t", "recipients": ["x"]}, ["recipients[0]: 'x' is not a phone number: it holds more than digits"]),
    ({"sender": "1", "text": "t", "recipients": ["09121234567", "+4915112345678"]}, []),
])
def test_all_mistakes_of_a_message_at_once(given, told):
    checked = check.options_of(JOB, {"api_url": "https://panel.test", **given})
    problems = list(checked.problems)
    if not problems:
        check.collect(problems, JOB.check, checked.values)
    assert [problem.sentence() for problem in problems] == told
