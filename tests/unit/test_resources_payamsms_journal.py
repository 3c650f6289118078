# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages through PayamSMS with a journal: what it keeps of them, and what other runs and other providers have made of them."""

from __future__ import annotations

import pytest
from requests_of import answers, sent
from resources import Panel
from resources_payamsms import LATER, ONE, journal_of, message_of

from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, Journal, digest
from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import content
from ansible_collections.kariz.panels.plugins.module_utils._payamsms import message


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "payamsms", tmp_path, "empty")


@pytest.fixture
def journal(panel):
    return journal_of(panel)


def told(panel, *rows):
    """Let the vendor say this of the ids it is asked about."""
    full = {"totalParts": 1, "status": "Send Successfully", "serverId": "9"}
    answers(panel, ("status", [{**full, **row} for row in rows]))


def test_what_the_journal_keeps_of_a_message(panel, journal):
    panel.run("payamsms_message", **ONE, **journal.options)
    with journal.other() as seen:
        entry = seen.look(["a-1"])["a-1"]
    assert entry.state == DONE and entry.outcome == {"id": "700002"} and entry.provider == "payamsms"
    assert entry.summary == "to 98912***4567, 1 parts" and entry.digest == digest(content(["989121234567"], "سلام"))
    for style, number in (("items", "a-2"), ("call", "a-3")):
        panel.vendor.settings(balance=0, credit_refusal=style)
        assert panel.run("payamsms_message", **{**ONE, "customer_id": number}, **journal.options).failed
        with journal.other() as seen:
            entry = seen.look([number])[number]
        assert entry.state == REFUSED and entry.code == "E6"
        panel.vendor.settings(balance=10 ** 6)
        assert sent(panel.run("payamsms_message", **{**ONE, "customer_id": number}, **journal.options))


def test_check_mode_writes_nothing_into_the_journal(panel, journal):
    panel.run("payamsms_message", check=True, **ONE, **journal.options)
    with journal.other() as seen:
        assert seen.look(["a-1"]) == {}


def test_what_another_provider_has_sent_is_done(panel, journal):
    with journal.other("smspanel") as other:
        other.reserve({"a-1": (content(["989121234567"], "سلام"), "s")})
        other.settle({"a-1": (DONE, {"id": "77"})})
    ran = panel.run("payamsms_message", **ONE, **journal.options)
    assert sent(ran) == [] and message_of(ran) == {"customer_id": "a-1", "id": "77", "status": "sent", "parts": None, "price": None}
    assert "warnings" not in ran.result
    ran = panel.run("payamsms_message", **{**ONE, "body": "x"}, **journal.options)
    assert sent(ran) == []
    [warning] = ran.result["warnings"]
    assert warning.startswith("a-1 was sent at ") and warning.endswith("with another text, time or recipient; it is not sent again")
    for given in ({"recipient": "09121234568"}, {"send_date": LATER}):
        assert len(panel.run("payamsms_message", **{**ONE, **given}, **journal.options).result["warnings"]) == 1
    for lacking in ("body", "recipient"):
        assert "warnings" not in panel.run("payamsms_message", **{**ONE, lacking: None}, **journal.options).result
    assert panel.run("payamsms_message", customer_id="a-1", state="absent", **journal.options).result["changed"] is False


def unknown(journal, provider="payamsms"):
    other = journal.other(provider)
    with other:
        other.reserve({"a-1": (content(["989121234567"], "سلام"), "s")})


def test_what_nobody_knows_is_asked_and_never_sent(panel, journal):
    unknown(journal)
    ran = panel.run("payamsms_message", **ONE, **journal.options)
    assert ran.result["error"]["code"] == "outcome_unknown" and sent(ran) == [] and "settle it with the module journal_entry" in ran.msg
    told(panel, {"customerId": "a-1"})
    assert not panel.run("payamsms_message", check=True, **ONE, **journal.options).failed
    with journal.other() as seen:
        assert seen.look(["a-1"])["a-1"].open
    told(panel, {"customerId": "a-1"})
    assert not panel.run("payamsms_message", **ONE, **journal.options).failed
    with journal.other() as seen:
        entry = seen.look(["a-1"])["a-1"]
    assert entry.state == DONE and entry.outcome == {"id": "9"}


def test_what_another_provider_may_have_sent_is_not_settled_here(panel, journal):
    unknown(journal, "smspanel")
    told(panel, {"customerId": "a-1"})
    panel.run("payamsms_message", **ONE, **journal.options)
    with journal.other() as seen:
        assert seen.look(["a-1"])["a-1"].open


@pytest.mark.parametrize(("outcome", "ends"), [((DONE, {"id": "77"}), "unchanged"), (None, "outcome_unknown"), (None, "asked"), (None, "another's")])
def test_another_run_at_the_same_time(panel, journal, outcome, ends):
    """It reserves the key between our look and our reservation."""
    other = journal.other("smspanel" if ends == "another's" else "payamsms")
    looks = []

    def between(operation, answer):
        if operation != "status":
            return answer
        looks.append(1)
        if len(looks) > 1:
            return type(answer)(200, [{"customerId": "a-1", "serverId": "88", "status": "Pending", "totalParts": 1}] if ends in ("asked", "another's") else [])
        with other:
            other.reserve({"a-1": ("x", "s")})
            other.settle({"a-1": outcome} if outcome else {})
        return answer
    panel.wire.change = between
    ran = panel.run("payamsms_message", messages=[ONE, {**ONE, "customer_id": "b-1"}], **journal.options)
    first, second = ran.result["messages"]
    assert second["action"] == "created" and panel.vendor.sent() == ["b-1"] and len(sent(ran)) == 1
    if ends in ("unchanged", "asked"):
        assert (first["action"], first["id"], first["status"], first["parts"]) == ("unchanged", "77" if outcome else "88", "sent", 1) and not ran.failed
    else:
        assert first["error"]["code"] == "outcome_unknown"
    assert len(looks) == (2 if ends in ("asked", "outcome_unknown") else 1)


def test_another_run_that_was_refused(panel, journal, monkeypatch):
    """Told as refused as well: whether to try again is for a person to say."""
    other = journal.other()
    seen = {}

    def between(operation, answer):
        if operation == "status" and not seen:
            seen.update(other.reserve({"a-1": ("x", "s")})[1] or {"a": 1})
        return answer

    def outcomes(self, keys, left=None):
        other.settle({"a-1": (REFUSED, code)})
        return self.look(keys)
    monkeypatch.setattr(Journal, "outcomes", outcomes)
    for code, message_told in (({"code": "E6"}, "send: another run sent a-1 at the same time, and it was refused (E6)"), ({}, "and it was refused")):
        panel.wire.change = between
        ran = panel.run("payamsms_message", **ONE, **journal.options)
        assert message_told in ran.msg and ran.result["error"]["code"] == code.get("code", "refused") and sent(ran) == []
        seen.clear()
    other.close()


def test_a_journal_that_fails(panel, journal, monkeypatch):
    def fails(self, outcomes, *more, **other):
        raise message.UsageError("the journal is full", operation="journal")
    monkeypatch.setattr(Journal, "settle", fails)
    ran = panel.run("payamsms_message", **ONE, **journal.options)
    assert ran.result["error"]["code"] == "outcome_unknown"
    assert "message a-1 was accepted (id 700002), but the journal could not be told: the journal is full" in ran.msg
    monkeypatch.undo()
    ran = panel.run("payamsms_message", **ONE, journal=str(panel.folder / "none" / "there" / "journal.db"))
    assert ran.failed and ran.msg.startswith("payamsms_message: ") and panel.vendor.sent() == ["a-1"]


def test_what_is_no_error_of_ours_is_told_as_unknown(panel, monkeypatch):
    def breaks(*_more):
        raise RuntimeError("odd")
    monkeypatch.setattr(message, "matched", breaks)
    ran = panel.run("payamsms_message", messages=[ONE, {**ONE, "customer_id": "b-1"}])
    assert [one["error"]["message"] for one in ran.result["messages"]] == ["send: RuntimeError: odd"] * 2
    assert [one["error"]["code"] for one in ran.result["messages"]] == ["outcome_unknown"] * 2
