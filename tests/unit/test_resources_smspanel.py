# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages through the SMS panel: five kinds of them to the letter, each at most once, and what the journal knows of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from requests_of import answers, asked, read, sent
from resources import Panel

from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, Journal, digest
from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import content
from ansible_collections.kariz.panels.plugins.module_utils._smspanel import message

PLAIN = {"sender": "30001234", "recipients": ["09121234567"], "text": "سلام"}
LATER = "2099-03-01 10:00:00"
BODY = {"from": "30001234", "recipients": ["09121234567"], "message": "سلام", "type": 0}
SHOWN = {"id": "8001", "status": None, "message_id": None, "kind": "plain", "sender": "30001234", "recipients": ["09121234567"], "parts": 1}


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "smspanel", tmp_path, "default", credit=100_000)


@pytest.fixture
def journal(panel):
    """The options that name a journal and a message, and how another run uses it."""
    path = str(panel.folder / "journal.db")

    def other(provider="smspanel"):
        return Journal(path, "message", provider)
    return SimpleNamespace(options={"journal": path, "message_id": "m"}, path=path, other=other)


def number(panel, place=0):
    """Return the id of a message that the panel holds."""
    return str(panel.vendor.dump()["messages"][place]["id"])


# -- what is sent --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "path", "body", "shown"), [
    ({}, "sms.send", BODY, {}), ({"flash": True}, "sms.send", {**BODY, "type": 1}, {}), ({"flash": False, "sender": " ۳۰۰۰۱۲۳۴ "}, "sms.send", BODY, {}),
    ({"recipients": ["+98 912 123 45 67", "۰۹۱۲۱۲۳۴۵۶۷", "0912 123 4568"]}, "sms.send", {**BODY, "recipients": ["09121234567", "09121234568"]},
     {"recipients": ["09121234567", "09121234568"]}),
    ({"kind": "scheduled", "send_date": " ۲۰۹۹-۰۳-۰۱ ۱۰:۰۰:۰۰"}, "sms.future",
     {"from": "30001234", "recipients": ["09121234567"], "message": "سلام", "sendDate": LATER}, {"kind": "scheduled"}),
    ({"kind": "scheduled", "send_date": LATER, "period": "day", "priority": "1"}, "sms.future",
     {"from": "30001234", "recipients": ["09121234567"], "message": "سلام", "sendDate": LATER, "sentPeriod": "day", "prtrys": "1"}, {"kind": "scheduled"}),
    ({"kind": "pattern", "text": None, "pattern_id": "۱۰۱", "variables": {"name": "سارا", "code": 12}}, "sms.pattern",
     {"from": "30001234", "recipients": ["09121234567"], "message": {"name": "سارا", "code": "12"}, "patternId": 101, "type": 0},
     {"kind": "pattern", "parts": None}),
    ({"kind": "phonebook", "recipients": None, "phonebook": "همكاران", "flash": True}, "sms.phonebook",
     {"from": "30001234", "recipients": [], "message": "سلام", "type": 1, "bookId": 8001}, {"kind": "phonebook", "recipients": []}),
    ({"kind": "phonebook", "phonebook": "۸۰۰۱"}, "sms.phonebook", {**BODY, "bookId": 8001}, {"kind": "phonebook"}),
])
def test_a_message_is_sent(panel, given, path, body, shown):
    ran = panel.both("smspanel_message", **{**PLAIN, **given})
    assert sent(ran) == [(path, body)] and ran.result["changed"]
    told = {**SHOWN, **shown, "id": int(number(panel))}
    assert ran.result["message"] == {**told, "action": "created", "changed": True}
    left = {name: told[name] for name in ("kind", "sender", "message_id")}
    assert ran.result["diff"] == {"before": {}, "after": {"sent": [{**({"recipients": told["recipients"]} if told["recipients"] else {}), **left}]}}
    assert read(ran) == ([("books.list", {})] if "phonebook" in given else []) and len(panel.vendor.sent()) == 1


def test_many_with_one_call(panel):
    messages = [{"recipients": ["09121234567"]}, {"recipients": ["9121234568", "09121234569"], "text": "b", "flash": True, "sender": "50005678"},
                {"recipients": ["09121234560"], "flash": False}]
    ran = panel.both("smspanel_message", kind="multiple", sender="30001234", text="سلام", flash=True, messages=messages)
    assert sent(ran) == [("sms.multiple", {"fromArray": ["30001234", "50005678", "30001234"], "typeArray": [1, 1, 0], "messageArray": ["سلام", "b", "سلام"],
                                           "recipients": [["09121234567"], ["09121234568", "09121234569"], ["09121234560"]]})]
    assert ran.result["summary"] == {"created": 3, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}
    assert [one["id"] for one in ran.result["messages"]] == [row["id"] for row in panel.vendor.dump()["messages"]]
    ran = panel.run("smspanel_message", kind="multiple", sender="30001234", text="a", messages=messages, batch_size=2)
    assert [len(body["fromArray"]) for _operation, body in sent(ran)] == [2, 1]
    ran = panel.run("smspanel_message", kind="multiple", sender="30001234", text="a", messages=messages[:1])
    assert [body["typeArray"] for _operation, body in sent(ran)] == [[0]] and "messages" in ran.result


def test_many_recipients_in_batches(panel):
    people = ["0912123456%d" % place for place in range(5)]
    ran = panel.both("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=2)
    assert [body["recipients"] for _operation, body in sent(ran)] == [people[:2], people[2:4], people[4:]]
    assert len(ran.result["messages"]) == 3 and ran.result["summary"]["created"] == 3 and "message" not in ran.result
    whole = panel.run("smspanel_message", kind="phonebook", phonebook="همکاران", **{**PLAIN, "recipients": people}, batch_size=2)
    assert [body["recipients"] for _operation, body in sent(whole)] == [people]
    assert "message" in panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=5).result
    people = ["0912%07d" % place for place in range(201)]
    assert [len(body["recipients"]) for _operation, body in sent(panel.run("smspanel_message", **{**PLAIN, "recipients": people}))] == [200, 1]


@pytest.mark.parametrize(("given", "told"), [
    ({"sender": None}, ["kind: plain needs sender"]), ({"recipients": []}, ["kind: plain needs recipients"]), ({"text": ""}, ["kind: plain needs text"]),
    ({"send_date": LATER}, ["send_date has no meaning with kind: plain"]), ({"kind": "loud"}, ["kind: must be"]),
    ({"period": "a", "priority": "b", "pattern_id": 1, "variables": {}, "phonebook": "x", "messages": []}, [
        "%s has no meaning with kind: plain" % name for name in ("period", "priority", "pattern_id", "variables", "phonebook", "messages")]),
    ({"kind": "scheduled"}, ["kind: scheduled needs send_date"]), ({"kind": "scheduled", "send_date": LATER, "flash": True}, ["flash has no meaning with"]),
    ({"kind": "pattern"}, ["kind: pattern needs pattern_id", "kind: pattern needs variables", "text has no meaning with kind: pattern"]),
    ({"kind": "pattern", "variables": {}}, ["kind: pattern needs variables"]), ({"kind": "phonebook"}, ["kind: phonebook needs phonebook"]),
    ({"kind": "multiple"}, ["kind: multiple needs messages", "recipients has no meaning with kind: multiple"]),
    ({"batch_size": 0}, ["batch_size must be 1 or more"]), ({"journal": "x.db"}, ["journal needs message_id"]),
    ({"recipients": ["a", "0912123456789012345"]}, ["recipients[0]: 'a' is not a phone number", "recipients[1]: '0912123456789012345' is not a mobile"]),
    ({"recipients": ["1e5"]}, ["recipients[0]: "]), ({"recipients": ["1234"]}, ["recipients[0]: "]),
    ({"kind": "scheduled", "send_date": "2099-02-30 10:00"}, ["send_date: '2099-02-30 10:00' is not a time: "]),
    ({"kind": "scheduled", "send_date": "1404/13/1T9:00"}, ["send_date: '1404/13/1T9:00' is not a time: "]),
])
def test_options_that_are_refused(panel, given, told):
    ran = panel.run("smspanel_message", **{**PLAIN, **given})
    assert all(text in ran.msg for text in told) and ran.requests == [] and ran.result["error"]["code"] == "bad_option", ran.msg


@pytest.mark.parametrize(("messages", "more", "told"), [
    ([{"recipients": ["09121234567"]}], {"text": None}, ["messages[0] needs text"]),
    ([{"recipients": ["09121234567"]}], {"sender": None}, ["messages[0] needs sender"]),
    ([{"recipients": []}], {}, ["messages[0] needs recipients"]), ([{"recipients": ["x"]}], {}, ["messages[0].recipients[0]: 'x' is not a phone number"]),
    ([{"recipients": ["09121234567"]}], {"journal": "x.db"}, ["journal needs message_id, here or in each of messages"]),
    ([{"recipients": ["09121234567"], "message_id": "a"}, {"recipients": ["09121234567"]}], {"journal": "x.db"}, ["journal needs message_id, here"]),
    ([{"recipients": ["09121234567"], "message_id": "a"}] * 2, {"journal": "x.db"}, ["messages: a message_id occurs twice"]),
    ([{"recipients": ["09121234567"], "colour": 1}, {"recipients": ["x"]}], {}, ["messages[0].colour: unknown option", "messages[1].recipients[0]: 'x' is"]),
    ([{"text": "a"}], {}, ["messages[0]: recipients is required"]),
    ([{"recipients": ["09121234567"], "message_id": "a"}], {}, ["message_id needs journal (or KARIZ_JOURNAL in the environment)"]),
])
def test_messages_that_are_refused(panel, messages, more, told):
    ran = panel.run("smspanel_message", kind="multiple", **{"sender": "30001234", "text": "a", "messages": messages, **more})
    assert all(text in ran.msg for text in told) and ran.requests == [], ran.msg


@pytest.mark.parametrize(("date", "reason"), [
    (LATER, None), ("1477/12/11 10:00", None), ("in an hour", None), ("2099-03-01", None), ("2099-3-1 25:00", "is not a"),
])
def test_times_that_cannot_be(date, reason):
    found = message.impossible_time(date)
    assert found is None if reason is None else reason in found


def test_a_panel_that_reads_the_other_calendar(panel):
    """A time that it refuses is sent once more as the Gregorian one that it is; nothing was taken before."""
    given = {**PLAIN, "kind": "scheduled", "send_date": "1477-12-11 10:00:00"}
    ran = panel.run("smspanel_message", **given)
    assert [body["sendDate"] for _operation, body in sent(ran)] == ["1477-12-11 10:00:00", LATER] and not ran.failed
    for date in ("2020-01-01 10:00:00", "1399-01-01 10:00:00", "soon"):
        ran = panel.run("smspanel_message", **{**given, "send_date": date})
        assert ran.result["error"]["code"] == 26 and len(sent(ran)) == 1
    answers(panel, ("sms.send", {"status": 200, "result": {"status": 26}}))
    ran = panel.run("smspanel_message", **PLAIN)
    assert ran.result["error"]["code"] == 26 and len(sent(ran)) == 1


@pytest.mark.parametrize(("phonebook", "told"), [
    ("همکار", "there is no phonebook named همکار (did you mean همکاران?)"), ("99", "there is no phonebook named 99"), ("x", "there are 2 phonebooks named x"),
])
def test_a_phonebook_that_is_not_one(panel, phonebook, told):
    state = panel.wire.simulator.vendors["smspanel"].state
    for _time in range(2):
        state.add_book("x", [])
    ran = panel.run("smspanel_message", **{**PLAIN, "kind": "phonebook", "phonebook": phonebook})
    assert told in ran.msg and ran.result["error"]["code"] == "not_found" and sent(ran) == []


def test_a_phonebook_whose_id_is_no_number(panel):
    answers(panel, ("books.list", {"status": 200, "result": [{"book_id": "x7", "title": "a"}]}))
    ran = panel.run("smspanel_message", **{**PLAIN, "kind": "phonebook", "phonebook": "a"})
    assert "list phonebooks: the id is no number" in ran.msg and sent(ran) == []
    # A name goes before an id.
    made = panel.wire.simulator.vendors["smspanel"].state.add_book("8001", ["09121234567"])
    ran = panel.run("smspanel_message", **{**PLAIN, "kind": "phonebook", "phonebook": "8001"})
    assert sent(ran)[0][1]["bookId"] == made["book_id"] != 8001


# -- what it may cost ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "parts", "credit", "price", "enough"), [
    ({}, 1, 100, 100, True), ({}, 1, 99, 100, False), ({"recipients": ["09121234567", "09121234568"], "text": "س" * 71}, 4, 400, 100, True),
    ({"recipients": ["09121234567", "09121234568"], "text": "س" * 71}, 4, 399, 100, False), ({}, 1, 0, 0, False),
    ({"kind": "phonebook", "phonebook": "همکاران"}, 3, 299, 100, False), ({"kind": "phonebook", "phonebook": "همکاران"}, 3, 300, 100, True),
    ({"kind": "phonebook", "phonebook": "empty", "recipients": None}, 1, 99, 100, False),
    ({"kind": "pattern", "text": None, "pattern_id": 101, "variables": {"name": "a", "code": "b"}}, 1, 99, 100, False),
])
@pytest.mark.parametrize("check", [True, False])
def test_what_it_may_cost(panel, given, parts, credit, price, enough, check):
    panel.wire.simulator.vendors["smspanel"].state.add_book("empty", [])
    panel.vendor.settings(credit=credit, price=price)
    ran = panel.run("smspanel_message", check=check, **{**PLAIN, **given}, part_price=price)
    assert ran.failed is not enough and asked(ran).count("credit") == 1
    if not enough:
        assert "send: the credit is %d and %d parts cost %d; nothing was sent" % (credit, parts, parts * price) in ran.msg and "Top up the account" in ran.msg
        assert (ran.result["error"]["code"], ran.result["error"]["name"]) == (22, "no_credit") and sent(ran) == [] and not ran.result["changed"]
        assert ran.result["message"]["action"] == "failed"
    assert "credit" not in asked(panel.run("smspanel_message", check=True, **{**PLAIN, **given}))


def test_a_credit_that_cannot_be_read(panel):
    for operation in ("credit", "numbers.list"):
        panel.vendor.fault("status", status=403, operation=operation)
        ran = panel.run("smspanel_message", **{**PLAIN, "kind": "phonebook", "phonebook": "همکاران"}, part_price=1)
        assert ran.result["error"]["code"] == 403 and sent(ran) == [] and panel.vendor.sent() == []


# -- answers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("result", "code", "told"), [
    ({"status": 23, "id": 0}, 23, "the sender's number is wrong"), ({"status": "22"}, 22, "not enough credit"), (24, 24, "the text is empty"),
    ({"status": 27}, "outcome_unknown", "(code 27)"), ({"status": 1000}, "outcome_unknown", "(code 1000)"),
    ({"id": 5}, "outcome_unknown", "the answer holds no status"),
    (None, "outcome_unknown", "the answer holds no status"), ([], "outcome_unknown", "the answer holds no status"),
])
def test_an_answer_that_is_no_success(panel, result, code, told):
    answers(panel, ("sms.send", {"status": 200, "result": result}))
    ran = panel.run("smspanel_message", **PLAIN)
    assert ran.result["error"]["code"] == code and told in ran.msg and not ran.result["changed"] and asked(ran) == ["sms.send"]
    assert ran.result["message"]["action"] == "failed" and ran.result["error"]["operation"].startswith("send")


@pytest.mark.parametrize("result", [{"status": 0, "id": 5}, {"status": "0", "id": "5"}, {"status": 0}, 0, "0"])
def test_an_answer_that_is_a_success(panel, result):
    answers(panel, ("sms.send", {"status": 200, "result": result}))
    ran = panel.run("smspanel_message", **PLAIN)
    assert ran.result["message"]["action"] == "created" and "warnings" not in ran.result
    assert ran.result["message"]["id"] == (result.get("id") if isinstance(result, dict) else None)


MANY = {"kind": "multiple", "sender": "30001234", "text": "a", "messages": [{"recipients": ["0912123456%d" % place]} for place in range(2)]}


@pytest.mark.parametrize(("result", "codes"), [
    ([{"status": 0, "id": 1}, {"status": 22}], [None, 22]), ([{"status": 28}], [28, 28]), ({"status": 28}, [28, 28]), (21, [21, 21]),
    ([{"status": 0}], ["outcome_unknown"] * 2), ({"status": 0}, ["outcome_unknown"] * 2), ("x", ["outcome_unknown"] * 2), ([1, 2, 3], ["outcome_unknown"] * 2),
    ([{"status": 27}], ["outcome_unknown"] * 2),
])
def test_answers_to_many(panel, result, codes):
    answers(panel, ("sms.multiple", {"status": 200, "result": result}))
    ran = panel.run("smspanel_message", **MANY)
    assert [(one.get("error") or {}).get("code") for one in ran.result["messages"]] == codes and asked(ran) == ["sms.multiple"]
    assert ran.msg.startswith("smspanel_message: %d of 2 messages failed; the first: " % sum(code is not None for code in codes))
    assert ran.result["summary"]["failed"] == sum(code is not None for code in codes)
    if codes == ["outcome_unknown"] * 2 and "27" not in str(result):
        assert "send (multiple): expected 2 answers" in ran.msg
    one = {"status": 200, "result": {"status": 0, "id": 9}}
    answers(panel, ("sms.multiple", one))
    assert panel.run("smspanel_message", **{**MANY, "messages": MANY["messages"][:1]}).result["messages"][0]["id"] == 9


@pytest.mark.parametrize(("fault", "stops"), [
    ({"kind": "status", "status": 401}, True), ({"kind": "status", "status": 403}, True), ({"kind": "status", "status": 400}, False),
    ({"kind": "status", "status": 500}, False), ({"kind": "reset_before"}, False),
])
def test_what_ends_all_further_calls(panel, fault, stops):
    people = ["0912123456%d" % place for place in range(3)]
    panel.vendor.fault(**fault, operation="sms.send")
    ran = panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=1)
    assert len(sent(ran)) == (1 if stops else 3)
    assert [one["action"] for one in ran.result["messages"]] == ["failed"] + ["failed" if stops else "created"] * 2
    assert ran.result["changed"] is not stops and len(panel.vendor.sent()) == (0 if stops else 2)


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "truncate_json", "reset_before"])
@pytest.mark.parametrize("with_journal", [False, True])
def test_a_message_whose_answer_was_lost(panel, journal, kind, with_journal):
    """The vendor knows no id of ours: nobody can tell, so it is told and never sent again."""
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="sms.send")
    ran = panel.run("smspanel_message", **PLAIN, **(journal.options if with_journal else {}))
    assert ran.result["error"]["code"] == "outcome_unknown" and asked(ran) == ["sms.send"] and not ran.result["changed"]
    assert ("settle it with the module journal_entry" if with_journal else "look at the latest messages in the panel") in ran.msg
    if with_journal:
        again = panel.run("smspanel_message", **PLAIN, **journal.options)
        assert again.result["error"]["code"] == "outcome_unknown" and again.requests == [] and again.result["message"]["action"] == "failed"
        assert again.result["error"]["vendor"] == "smspanel" and "message m was begun at " in again.msg and again.msg.startswith("smspanel_message m: ")


def test_an_answer_without_content(panel, journal):
    panel.vendor.fault("no_content", operation="sms.send")
    ran = panel.run("smspanel_message", **PLAIN)
    assert ran.result["changed"] and ran.result["message"]["id"] is None
    assert ran.result["warnings"] == ["the vendor accepted the message without telling an id, so its delivery cannot be asked for"]
    panel.vendor.fault("no_content", operation="sms.send")
    assert panel.run("smspanel_message", **PLAIN, **journal.options).result["warnings"][0].startswith("the vendor accepted m without telling an id")
    again = panel.run("smspanel_message", **PLAIN, **journal.options)
    assert again.requests == [] and not again.result["changed"]
    panel.vendor.fault("no_content", operation="sms.multiple")
    assert len(panel.run("smspanel_message", **MANY).result["warnings"]) == 2


# -- the journal ---------------------------------------------------------------------------------------------------------


def test_a_message_of_the_journal_is_sent_once(panel, journal):
    ran = panel.both("smspanel_message", **PLAIN, **journal.options)
    assert ran.result["message"]["message_id"] == "m" and ran.result["diff"]["after"]["sent"][0]["message_id"] == "m" and len(sent(ran)) == 1
    with journal.other() as seen:
        entry = seen.look(["m"])["m"]
    assert entry.state == DONE and entry.outcome == {"id": int(number(panel))} and entry.summary == "plain, 1 recipients (0912***4567)"
    assert entry.digest == digest(content(["989121234567"], "سلام")) and entry.provider == "smspanel"
    again = panel.both("smspanel_message", **{**PLAIN, "sender": "50005678"}, **journal.options)
    assert sent(again) == [] and not again.result["changed"] and asked(again) == ["sms.status"] and "warnings" not in again.result
    assert again.result["message"]["status"] == "sent" and again.result["message"]["id"] == int(number(panel)) and again.result["diff"]["after"] == {}
    for other in ({"text": "x"}, {"flash": True}, {"recipients": ["09121234568"]}):
        ran = panel.run("smspanel_message", **{**PLAIN, **other}, **journal.options)
        assert sent(ran) == [] and len(ran.result["warnings"]) == 1
        assert ran.result["warnings"][0].startswith("m was sent at ") and ran.result["warnings"][0].endswith("recipients; it is not sent again")


@pytest.mark.parametrize(("given", "summary"), [
    ({"recipients": ["0912123456%d" % place for place in range(4)]}, "plain, 4 recipients (0912***4560, 0912***4561, 0912***4562, ...)"),
    ({"recipients": ["0912123456%d" % place for place in range(3)]}, "plain, 3 recipients (0912***4560, 0912***4561, 0912***4562)"),
    ({"kind": "phonebook", "phonebook": "همکاران", "recipients": None}, "phonebook to phonebook همکاران, 0 recipients"),
])
def test_what_the_journal_keeps(panel, journal, given, summary):
    panel.run("smspanel_message", **{**PLAIN, **given}, **journal.options)
    with journal.other() as seen:
        assert seen.look(["m"])["m"].summary == summary


@pytest.mark.parametrize(("ahead", "recipient", "status", "fails"), [
    (0, "09121234567", "sent", False), (10, "09121234567", "delivered", False), (10, "09121230000", "not_delivered", True),
    (10, "09121231111", "at_operator", False),
])
def test_what_became_of_an_earlier_one(panel, journal, ahead, recipient, status, fails):
    given = {**PLAIN, "recipients": [recipient], **journal.options}
    panel.run("smspanel_message", **given)
    panel.vendor.settings(clock_ahead=ahead)
    ran = panel.run("smspanel_message", **given)
    assert ran.failed is fails and ran.result["message"]["status"] == status and sent(ran) == []
    if fails:
        assert "send: m was sent earlier and did not arrive (not_delivered)" in ran.msg and "To send it again, give it a new message_id" in ran.msg
        assert ran.result["error"]["code"] == "not_delivered"


def test_what_cannot_be_asked_of_an_earlier_one(panel, journal):
    panel.run("smspanel_message", **PLAIN, **journal.options)
    panel.vendor.fault("status", status=403, operation="sms.status")
    ran = panel.run("smspanel_message", **PLAIN, **journal.options)
    assert not ran.failed and len(ran.result["warnings"]) == 1
    assert ran.result["warnings"][0].startswith("whether 1 messages of earlier runs arrived could not be asked: ")


@pytest.mark.parametrize("outcome", [{"id": 77}, {"id": "x"}, {}])
@pytest.mark.parametrize("provider", ["payamsms", "smspanel", None])
def test_what_another_run_has_sent(panel, journal, outcome, provider):
    with journal.other(provider) as other:
        other.reserve({"m": (content(["989121234567"], "سلام"), "s")})
        other.settle({"m": (DONE, outcome)})
    ran = panel.run("smspanel_message", **PLAIN, **journal.options)
    assert sent(ran) == [] and not ran.failed and ran.result["message"]["id"] == outcome.get("id") and "warnings" not in ran.result
    assert asked(ran) == (["sms.status"] if outcome.get("id") == 77 and provider != "payamsms" else [])


def test_a_refused_one_may_be_sent_later(panel, journal):
    ran = panel.run("smspanel_message", **{**PLAIN, "sender": "1"}, **journal.options)
    assert ran.result["error"]["code"] == 23
    with journal.other() as seen:
        entry = seen.look(["m"])["m"]
    assert entry.state == REFUSED and entry.code == 23 or entry.code == "23"
    panel.vendor.fault("status", status=400, operation="sms.send")
    assert panel.run("smspanel_message", **PLAIN, **journal.options).failed
    assert len(sent(panel.run("smspanel_message", **PLAIN, **journal.options))) == 1


def test_batches_and_many_have_ids_of_their_own(panel, journal):
    people = ["0912123456%d" % place for place in range(3)]
    ran = panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=2, **journal.options)
    assert [one["message_id"] for one in ran.result["messages"]] == ["m/1", "m/2"]
    again = panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=2, **journal.options)
    assert sent(again) == [] and again.result["summary"]["unchanged"] == 2
    assert read(again) == [("sms.status", {"idArray": [int(number(panel, 0)), int(number(panel, 1))]})]
    ran = panel.run("smspanel_message", **{**MANY, "messages": [*MANY["messages"], {"recipients": people, "message_id": "own"}]}, **{
        **journal.options, "message_id": "n"})
    assert [one["message_id"] for one in ran.result["messages"]] == ["n/1", "n/2", "own"] and ran.result["summary"]["created"] == 3
    assert panel.run("smspanel_message", **PLAIN, **{**journal.options, "message_id": "alone"}).result["message"]["message_id"] == "alone"


def test_recipients_that_moved_between_batches(panel, journal):
    people = ["0912123456%d" % place for place in range(3)]
    panel.vendor.fault("status", status=400, operation="sms.send", skip=1)
    assert panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=2, **journal.options).result["summary"]["created"] == 1
    ran = panel.run("smspanel_message", **{**PLAIN, "recipients": people[::-1]}, batch_size=2, **journal.options)
    assert ran.result["error"]["code"] == "recipients_changed" and sent(ran) == []
    assert "the recipients of m/1 changed after a part of them was sent; give the new ones a message_id of their own" in ran.msg
    ran = panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=2, **journal.options)
    assert [body["recipients"] for _operation, body in sent(ran)] == [people[2:]] and not ran.failed
    # Of many messages each is one of its own.
    messages = [{**one, "message_id": "k%d" % place} for place, one in enumerate(MANY["messages"])]
    given = {**MANY, "journal": journal.path}
    panel.run("smspanel_message", **{**given, "messages": messages[:1]})
    ran = panel.run("smspanel_message", **{**given, "text": "other", "messages": messages})
    assert ran.result["summary"]["created"] == 1 and len(ran.result["warnings"]) == 1


@pytest.mark.parametrize(("outcome", "action", "code"), [((DONE, {"id": 77}), "unchanged", None), (None, "failed", "outcome_unknown")])
def test_another_run_at_the_same_time(panel, journal, monkeypatch, outcome, action, code):
    """It reserves one of two keys between our look and our reservation."""
    honest = Journal.look
    people = ["09121234567", "09121234568"]

    def between(self, keys):
        found = honest(self, keys)
        if not honest(self, ["m/1"]) and self.run != other.run:
            other.reserve({"m/1": ("x", "s")})
            other.settle({"m/1": outcome} if outcome else {})
            other.close()
        return found
    other = journal.other()
    monkeypatch.setattr(Journal, "look", between)
    ran = panel.run("smspanel_message", **{**PLAIN, "recipients": people}, batch_size=1, **journal.options)
    first, second = ran.result["messages"]
    assert first["action"] == action and (first.get("error") or {}).get("code") == code and second["action"] == "created"
    assert len(panel.vendor.sent()) == 1 and (first["id"] == 77) is (outcome is not None)


@pytest.mark.parametrize(("code", "told"), [({"code": 22}, "and it was refused (22)"), ({}, "send: another run sent m at the same time, and it was refused")])
def test_another_run_that_was_refused(panel, journal, monkeypatch, code, told):
    other = journal.other()
    monkeypatch.setattr(Journal, "look", lambda self, keys: {})
    honest = Journal.carry_out

    def outcomes(self, keys, left=None):
        other.settle({"m": (REFUSED, code)})
        return honest(self, lambda some: self.engine.read(self.operation, keys, some))
    monkeypatch.setattr(Journal, "outcomes", outcomes)
    other.reserve({"m": ("x", "s")})
    ran = panel.run("smspanel_message", **PLAIN, **journal.options)
    other.close()
    assert told in ran.msg and str(ran.result["error"]["code"]) == str(code.get("code", "refused")) and sent(ran) == []


def test_a_journal_that_fails(panel, journal, monkeypatch):
    def fails(self, *more, **other):
        raise message.UsageError("the journal is full", operation="journal")
    untold = "message m was accepted (id %s), but the journal could not be told: the journal is full"
    for name, told, count in (("settle", untold, 1), ("reserve", "the journal is full", 0)):
        panel.vendor.reset()
        monkeypatch.setattr(Journal, name, fails)
        ran = panel.run("smspanel_message", **PLAIN, **journal.options)
        assert (told % number(panel) if count else told) in ran.msg and len(panel.vendor.sent()) == count
        assert ran.result["error"]["code"] == ("outcome_unknown" if count else "bad_option")
        monkeypatch.undo()
        (panel.folder / "journal.db").unlink(missing_ok=True)
    with journal.other() as other:
        other.reserve({"m": ("x", "s")})
    monkeypatch.setattr(Journal, "look", lambda self, keys: {})
    monkeypatch.setattr(Journal, "learn", fails)
    ran = panel.run("smspanel_message", **PLAIN, **journal.options)
    assert "the journal is full" in ran.msg and panel.vendor.sent() == [] and ran.result["message"]["action"] == "failed"


def test_a_journal_of_the_environment_is_for_messages_with_an_id(panel, journal, monkeypatch):
    monkeypatch.setenv("KARIZ_JOURNAL", journal.path)
    assert len(sent(panel.run("smspanel_message", **PLAIN))) == 1 and not (panel.folder / "journal.db").exists()
    assert len(sent(panel.run("smspanel_message", **PLAIN, message_id="m"))) == 1 and sent(panel.run("smspanel_message", **PLAIN, message_id="m")) == []
    messages = [{**one, "message_id": "k%d" % place} for place, one in enumerate(MANY["messages"])]
    assert panel.run("smspanel_message", **{**MANY, "messages": messages}).result["summary"]["created"] == 2
    assert sent(panel.run("smspanel_message", **{**MANY, "messages": messages})) == []


# -- parts by themselves -------------------------------------------------------------------------------------------------


def test_recipients_as_they_are_sent():
    assert message.recipients(["09121234567", "00989121234567", "021-8800 1234", "+442071234567", "300012"]) == [
        "09121234567", "02188001234", "+442071234567", "300012"]
    for wrong in ("123", "1" * 16, "", "a", "9.12e9", "12-ab"):
        with pytest.raises(message.UsageError, match="recipients: "):
            message.recipients([wrong])


@pytest.mark.parametrize(("date", "other"), [("1477-12-11 10:00:00", LATER), ("1399-01-01 10:00:00", None), (LATER, None), ("x", None), (None, None)])
def test_the_other_calendar(date, other):
    assert message.other_calendar(date) == other


def test_the_moment_itself_is_no_time_to_come(monkeypatch):
    moment = message.tehran.moment(LATER)
    monkeypatch.setattr(message.tehran, "now", lambda: moment)
    assert message.other_calendar("1477-12-11 10:00:00") is None
