# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages through PayamSMS: what is sent to the letter, what the vendor knows by now, and that a customer id is never sent twice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from requests_of import answers, asked, read, sent
from resources import Panel
from resources_payamsms import LATER, ONE, journal_of, message_of

from ansible_collections.kariz.panels.plugins.module_utils._payamsms import message


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "payamsms", tmp_path, "empty")


@pytest.fixture
def journal(panel):
    return journal_of(panel)


# -- sending -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "sender", "recipient"), [
    ({}, "982000123", "989121234567"), ({"sender": "2000123", "recipient": "+98 912 123 45 67"}, "982000123", "989121234567"),
    ({"sender": "+98 2000-123", "recipient": "۰۹۱۲۱۲۳۴۵۶۷"}, "982000123", "989121234567"), ({"sender": "00982000123"}, "982000123", "989121234567"),
    ({"sender": "02000123", "recipient": "9121234567"}, "982000123", "989121234567"), ({"sender": "002000456"}, "982000456", "989121234567"),
])
def test_a_message_is_sent(panel, given, sender, recipient):
    ran = panel.both("payamsms_message", **{**ONE, **given})
    assert sent(ran) == [("send.src.body", {"sender": sender, "body": "سلام", "smsItems": [{"recipient": recipient, "customerId": "a-1"}]})]
    told = {"customer_id": "a-1", "sender": sender, "recipient": recipient, "body": "سلام"}
    assert ran.result["changed"] and message_of(ran) == {**told, "id": "700002", "status": "accepted", "parts": 1, "price": None}
    assert ran.result["diff"]["before"] == {} and ran.result["diff"]["after"] == told
    assert asked(ran) == ["status", "send.src.body"] and read(ran) == [("status", {"byCustomer": "true", "ids": "a-1"})]
    again = panel.both("payamsms_message", **{**ONE, **given})
    assert sent(again) == [] and not again.result["changed"] and "warnings" not in again.result
    assert message_of(again) == {"customer_id": "a-1", "id": "700002", "status": "Pending In Queue", "parts": 1, "price": None}


@pytest.mark.parametrize(("given", "told"), [
    ({"customer_id": ""}, "customer_id is required and must not be empty"), ({"customer_id": None}, "customer_id or messages is required"),
    ({"sender": "Kariz"}, "sender: 'Kariz' is not a number"), ({"sender": ""}, "sender: must not be empty"), ({"recipient": "02188001234"}, "is a landline"),
    ({"recipient": "0912"}, "recipient: '0912' is not a mobile number of Iran"),
    ({"body": "س" * (67 * 32 + 1)}, "body: has 33 parts; the vendor takes up to 32"),
    ({"body": ""}, "body: must not be empty"), ({"send_date": "tomorrow"}, "send_date: 'tomorrow' is not a time"),
    ({"send_date": ""}, "send_date: must not be empty"),
    ({"state": "gone"}, "state: must be"), ({"messages": [ONE, {**ONE, "customer_id": "a-1 "}]}, "are mutually exclusive"),
])
def test_options_of_a_message_that_are_refused(panel, given, told):
    ran = panel.run("payamsms_message", **{**ONE, **given})
    assert told in ran.msg and ran.requests == []


def test_two_items_of_one_customer_id(panel):
    ran = panel.run("payamsms_message", messages=[ONE, {**ONE, "customer_id": " a-1 ", "body": "x"}])
    assert "messages[1]: names the same message (" in ran.msg and ran.requests == []


@pytest.mark.parametrize("lacking", ["sender", "recipient", "body"])
def test_what_a_message_needs(panel, lacking):
    ran = panel.run("payamsms_message", **{**ONE, lacking: None})
    assert "cannot be made without %s" % lacking in ran.msg and sent(ran) == []


def test_the_longest_body(panel):
    assert message_of(panel.run("payamsms_message", **{**ONE, "body": "س" * (67 * 32)}))["parts"] == 32


@pytest.mark.parametrize(("items", "operation", "body"), [
    ([{}, {}], "send.src.body", {"sender": "982000123", "body": "سلام", "smsItems": [
        {"recipient": "989121234560", "customerId": "b-0"}, {"recipient": "989121234561", "customerId": "b-1"}]}),
    ([{}, {"body": "b"}], "send.src", {"sender": "982000123", "smsItems": [
        {"recipient": "989121234560", "body": "سلام", "customerId": "b-0"}, {"recipient": "989121234561", "body": "b", "customerId": "b-1"}]}),
    ([{}, {"send_date": LATER}], "send.src", {"sender": "982000123", "smsItems": [
        {"recipient": "989121234560", "body": "سلام", "customerId": "b-0"},
        {"recipient": "989121234561", "body": "سلام", "customerId": "b-1", "sendDate": LATER}]}),
    ([{"send_date": LATER}, {"send_date": LATER}], "send.src.body", {"sender": "982000123", "body": "سلام", "sendDate": LATER, "smsItems": [
        {"recipient": "989121234560", "customerId": "b-0"}, {"recipient": "989121234561", "customerId": "b-1"}]}),
    ([{}, {"sender": "982000456"}], "send", [
        {"sender": "982000123", "recipient": "989121234560", "body": "سلام", "customerId": "b-0"},
        {"sender": "982000456", "recipient": "989121234561", "body": "سلام", "customerId": "b-1"}]),
])
def test_many_are_sent_in_the_fewest_bytes(panel, items, operation, body):
    messages = [{"customer_id": "b-%d" % place, "recipient": "0912123456%d" % place, **more} for place, more in enumerate(items)]
    ran = panel.both("payamsms_message", sender="2000123", body="سلام", messages=messages)
    assert sent(ran) == [(operation, body)] and ran.result["summary"]["created"] == 2
    assert [(one["id"], one["status"]) for one in ran.result["messages"]] == [("700002", "accepted"), ("700003", "accepted")]


def test_250_go_with_one_call(panel):
    messages = [{"customer_id": "c-%d" % place, "recipient": "09121%06d" % place} for place in range(251)]
    ran = panel.run("payamsms_message", sender="2000123", body="a", messages=messages)
    assert [len(said["smsItems"]) for _operation, said in sent(ran)] == [250, 1] and len(panel.vendor.sent()) == 251
    assert [len(said["ids"]) if isinstance(said["ids"], list) else 1 for _operation, said in read(ran)] == [250, 1]
    assert panel.run("payamsms_message", sender="2000123", body="a", messages=messages).result["summary"]["unchanged"] == 251


def test_one_of_many_that_is_refused(panel):
    panel.vendor.settings(sensitive_words=["قمار"], answer_order="reversed")
    messages = [{**ONE, "customer_id": "b-0"}, {**ONE, "customer_id": "b-1", "body": "قمار", "recipient": "09121234568"}]
    ran = panel.run("payamsms_message", messages=messages)
    assert [one["action"] for one in ran.result["messages"]] == ["created", "failed"] and ran.result["changed"]
    error = ran.result["messages"][1]["error"]
    assert (error["code"], error["name"], error["operation"]) == ("E132", "sensitive_words", "send") and panel.vendor.sent() == ["b-0"]


def test_a_call_that_is_refused(panel):
    panel.vendor.settings(balance=0, credit_refusal="call")
    ran = panel.run("payamsms_message", messages=[{**ONE, "customer_id": "b-%d" % place} for place in range(2)])
    assert [one["error"]["code"] for one in ran.result["messages"]] == ["E6", "E6"] and "Top up the account" in ran.msg and not ran.result["changed"]
    assert asked(ran) == ["status", "send.src.body"]


@pytest.mark.parametrize(("balance", "price", "enough"), [(1000, 500, True), (1000, 501, False), (0, 0, False), (2000, 1000, True), (999, 500, False)])
@pytest.mark.parametrize("check", [True, False])
def test_what_it_may_cost(panel, balance, price, enough, check):
    panel.vendor.settings(balance=balance, price=0)
    messages = [{**ONE, "customer_id": "b-%d" % place} for place in range(2)]
    ran = panel.run("payamsms_message", check=check, messages=messages, part_price=price)
    assert ran.failed is not enough and asked(ran).count("balance") == 1
    if not enough:
        assert "send: the balance is %d and 2 parts cost %d; nothing was sent" % (balance, 2 * price) in ran.msg and sent(ran) == []
        assert [(one["error"]["code"], one["error"]["name"]) for one in ran.result["messages"]] == [("E6", "no_credit")] * 2
    panel.run("payamsms_message", messages=messages)
    assert "balance" not in asked(panel.run("payamsms_message", messages=messages, part_price=price))
    panel.vendor.fault("status", status=403, operation="balance")
    if check:
        assert panel.run("payamsms_message", **ONE, part_price=1).result["error"]["code"] == 403


# -- what the vendor knows -----------------------------------------------------------------------------------------------


def told(panel, *rows):
    """Let the vendor say this of the ids it is asked about."""
    full = {"totalParts": 1, "status": "Send Successfully", "serverId": "9"}
    answers(panel, ("status", [{**full, **row} for row in rows]))


@pytest.mark.parametrize(("row", "code", "said"), [
    ({"status": "Failed"}, "not_delivered", "send: a-1 was sent earlier and did not arrive"),
    ({"status": "Canceled"}, "cancelled", "message a-1 was cancelled"),
    ({"status": "لغو شده"}, "cancelled", "a customer_id is never sent twice"),
    ({"status": "CANCELLED by user"}, "cancelled", "Give the message a new customer_id"),
])
def test_what_is_known_and_not_as_it_should_be(panel, row, code, said):
    told(panel, {"customerId": "a-1", **row})
    ran = panel.run("payamsms_message", **ONE)
    assert ran.result["error"]["code"] == code and said in ran.msg and sent(ran) == [] and not ran.result["changed"]


@pytest.mark.parametrize("row", [{}, {"status": "Pending"}, {"status": None}, {"status": "Pending In Queue", "totalParts": "۲"}, {"totalParts": None}])
def test_what_is_known_is_not_sent_again(panel, row):
    told(panel, {"customerId": " a-1 ", **row})
    ran = panel.run("payamsms_message", **ONE)
    assert not ran.failed and sent(ran) == [] and "warnings" not in ran.result
    assert message_of(ran) == {"customer_id": "a-1", "id": "9", "status": row.get("status", "Send Successfully"), "price": None,
                               "parts": {"۲": 2, None: None}[row["totalParts"]] if "totalParts" in row else 1}


def test_several_messages_of_one_customer_id(panel):
    told(panel, *[{"customerId": "a-1", "serverId": number} for number in ("9", "10", "10", "11", "9", "11")])
    ran = panel.run("payamsms_message", **ONE)
    assert ran.result["warnings"] == ["3 messages carry the customer_id a-1; the last one is shown"] and message_of(ran)["id"] == "11"
    told(panel, *[{"customerId": "a-1", "serverId": number} for number in ("9", "10")])
    assert panel.run("payamsms_message", **ONE).result["warnings"] == ["2 messages carry the customer_id a-1; the last one is shown"]


@pytest.mark.parametrize("style", ["E305", "empty"])
def test_ids_that_nobody_knows(panel, style):
    panel.vendor.settings(unknown_ids=style)
    panel.run("payamsms_message", **ONE)
    ran = panel.run("payamsms_message", messages=[ONE, {**ONE, "customer_id": "a-2"}, {**ONE, "customer_id": "a-3"}])
    assert [one["action"] for one in ran.result["messages"]] == ["unchanged", "created", "created"]


def test_a_status_that_cannot_be_asked(panel):
    panel.vendor.fault("status", status=403, operation="status")
    ran = panel.run("payamsms_message", **ONE)
    assert ran.result["error"]["code"] == 403 and sent(ran) == []
    messages = [{"customer_id": "c-%d" % place, "recipient": "09121%06d" % place} for place in range(251)]
    panel.vendor.fault("status", status=403, operation="status", skip=1)
    ran = panel.run("payamsms_message", sender="2000123", body="a", messages=messages)
    assert [one["customer_id"] for one in ran.result["messages"] if one["action"] == "failed"] == ["c-250"] and len(panel.vendor.sent()) == 250


# -- scheduled -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", [LATER, "2099-03-01T10:00", "2099/03/01T06:30:00Z", "۲۰۹۹-۰۳-۰۱ ۱۰:۰۰:۰۰", "1477-12-11 10:00:00"])
def test_a_message_for_later(panel, date):
    ran = panel.both("payamsms_message", **ONE, send_date=date)
    assert sent(ran) == [("send.src.body", {"sender": "982000123", "body": "سلام", "sendDate": LATER, "smsItems": [
        {"recipient": "989121234567", "customerId": "a-1"}]})]
    assert read(ran) == [("scheduled.list", {"customerId": "a-1", "page": "0", "size": "250"}), ("status", {"byCustomer": "true", "ids": "a-1"})]
    again = panel.both("payamsms_message", **{**ONE, "recipient": "+989121234567"}, send_date=LATER)
    assert sent(again) == [] and asked(again) == ["scheduled.list"] and "warnings" not in again.result
    assert message_of(again) == {"customer_id": "a-1", "id": "700002", "status": "scheduled", "parts": 1, "price": 1000, "recipient": "989121234567",
                                 "body": "سلام", "send_date": LATER}


def test_another_message_under_a_scheduled_id_is_told(panel):
    panel.run("payamsms_message", **ONE, send_date=LATER)
    ran = panel.both("payamsms_message", **{**ONE, "body": "x", "recipient": "09121234568"}, send_date="2099-03-02 10:00:00")
    assert sent(ran) == [] and not ran.result["changed"]
    assert ran.result["warnings"] == [
        "message a-1 is scheduled with %s %r, not %r; it is left as it is: cancel it and give a new customer_id to change it" % each for each in (
            ("recipient", "989121234567", "989121234568"), ("body", "سلام", "x"), ("send_date", LATER, "2099-03-02 10:00:00"))]


def test_a_time_that_has_passed(panel):
    for date in ("2020-01-01 10:00:00", "1399-01-01 10:00"):
        ran = panel.run("payamsms_message", **ONE, send_date=date)
        assert "(Tehran) has passed, and a-1 was not sent" in ran.msg and ran.result["error"]["code"] == "send_date_passed" and sent(ran) == []
        assert "Give a later send_date, or none to send at once" in ran.msg
    panel.run("payamsms_message", **ONE)
    assert not panel.run("payamsms_message", **ONE, send_date="2020-01-01 10:00:00").failed


def test_the_moment_itself_has_passed(panel, monkeypatch):
    moment = message.tehran.moment(LATER)
    monkeypatch.setattr(message.tehran, "now", lambda: moment)
    assert panel.run("payamsms_message", **ONE, send_date=LATER).result["error"]["code"] == "send_date_passed"


def test_more_than_three_scheduled_are_read_in_one_list(panel):
    messages = [{**ONE, "customer_id": "d-%d" % place, "send_date": LATER} for place in range(4)]
    ran = panel.run("payamsms_message", messages=messages)
    assert read(ran)[0] == ("scheduled.list", {"from": "2000-01-01 00:00:00", "page": "0", "size": "250"}) and asked(ran).count("scheduled.list") == 1
    again = panel.run("payamsms_message", messages=messages)
    assert again.result["summary"]["unchanged"] == 4 and asked(again) == ["scheduled.list"]
    assert asked(panel.run("payamsms_message", messages=messages[:3])) == ["scheduled.list"] * 3
    panel.vendor.fault("status", status=403, operation="scheduled.list")
    ran = panel.run("payamsms_message", messages=[*messages, ONE])
    assert [one["action"] for one in ran.result["messages"]] == ["failed"] * 4 + ["created"]
    panel.vendor.fault("status", status=403, operation="scheduled.list")
    ran = panel.run("payamsms_message", messages=messages[:2])
    assert [one["action"] for one in ran.result["messages"]] == ["failed", "unchanged"] and sent(ran) == []
    # Of messages that are sent at once, the scheduled list says nothing.
    assert "scheduled.list" not in asked(panel.run("payamsms_message", **ONE))


def test_a_scheduled_message_is_cancelled(panel):
    panel.run("payamsms_message", **ONE, send_date=LATER)
    ran = panel.both("payamsms_message", customer_id="a-1", state="absent", cancel_message="no more")
    assert sent(ran) == [("scheduled.cancel", {"serverId": "700002", "cancelMessage": "no more"})] and ran.result["changed"]
    assert message_of(ran)["status"] == "cancelled" and message_of(ran)["id"] == "700002"
    assert ran.result["diff"]["before"] == {"customer_id": "a-1"} and ran.result["diff"]["after"] == {}
    again = panel.both("payamsms_message", customer_id="a-1", state="absent")
    assert sent(again) == [] and not again.result["changed"] and "warnings" not in again.result
    ran = panel.run("payamsms_message", **ONE, send_date=LATER)
    assert ran.result["error"]["code"] == "cancelled" and sent(ran) == []
    panel.run("payamsms_message", **{**ONE, "customer_id": "a-2"}, send_date=LATER)
    assert sent(panel.run("payamsms_message", customer_id="a-2", state="absent")) == [("scheduled.cancel", {"serverId": "700003"})]


def test_what_is_sent_cannot_be_taken_back(panel):
    panel.run("payamsms_message", **ONE)
    ran = panel.both("payamsms_message", customer_id="a-1", state="absent")
    assert sent(ran) == [] and not ran.result["changed"]
    assert ran.result["warnings"] == ["message a-1 is no longer scheduled (Pending In Queue) and cannot be taken back"]


@pytest.mark.parametrize(("answer", "cancelled"), [
    ({"status": True}, True), ({"status": "true"}, True), ({"status": False}, False), ({"status": "no"}, False), ({}, False),
])
def test_an_answer_to_a_cancellation(panel, answer, cancelled):
    """A no may be that of a repeated request; the scheduled list tells."""
    panel.run("payamsms_message", **ONE, send_date=LATER)
    panel.vendor.fault("status", status=200, body=answer, operation="scheduled.cancel")
    ran = panel.run("payamsms_message", customer_id="a-1", state="absent")
    assert ran.failed is not cancelled and asked(ran) == ["scheduled.list", "status", "scheduled.cancel"][::2] + ["scheduled.list"] * (not cancelled)
    if not cancelled:
        assert ran.result["error"]["code"] == "not_cancelled" and not ran.result["changed"]
        assert "the vendor did not cancel a-1" in ran.msg and "It may have been sent already: look at its status" in ran.msg
    panel.vendor.fault("status", status=200, body=answer, operation="scheduled.cancel")
    panel.wire.change = lambda operation, given: (panel.vendor.mutate("messages", {}, delete=True) and given) if operation == "scheduled.cancel" else given
    assert not panel.run("payamsms_message", customer_id="a-1", state="absent").failed


@pytest.mark.parametrize(("code", "fails"), [("E305", True), ("E4", True)])
def test_a_refused_cancellation(panel, code, fails):
    panel.run("payamsms_message", **ONE, send_date=LATER)
    panel.vendor.fault("status", status=200, body={"errorCode": code}, operation="scheduled.cancel")
    ran = panel.run("payamsms_message", customer_id="a-1", state="absent")
    assert ran.result["error"]["code"] == ("not_cancelled" if code == "E305" else code) and not ran.result["changed"]


def test_a_no_when_its_time_has_come(panel, monkeypatch):
    """Gone from the scheduled list because it was sent: that is no cancellation."""
    panel.run("payamsms_message", **ONE, send_date=LATER)
    panel.vendor.fault("status", status=200, body={"status": False}, operation="scheduled.cancel")
    panel.wire.change = lambda operation, given: (panel.vendor.mutate("messages", {}, delete=True) and given) if operation == "scheduled.cancel" else given
    moment = message.tehran.moment(LATER)
    monkeypatch.setattr(message.tehran, "now", lambda: moment)
    assert panel.run("payamsms_message", customer_id="a-1", state="absent").result["error"]["code"] == "not_cancelled"


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before"])
def test_a_cancellation_whose_answer_was_lost(panel, kind):
    panel.run("payamsms_message", **ONE, send_date=LATER)
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="scheduled.cancel")
    ran = panel.run("payamsms_message", customer_id="a-1", state="absent")
    assert not ran.failed and ran.result["changed"] and panel.vendor.dump()["messages"][0]["cancelled"]


# -- lost answers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "truncate_json", "reset_before", "no_content"])
@pytest.mark.parametrize("with_journal", [False, True])
def test_a_message_whose_answer_was_lost(panel, journal, kind, with_journal):
    more = journal.options if with_journal else {}
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="send.src.body")
    ran = panel.run("payamsms_message", **ONE, **more)
    assert asked(ran).count("send.src.body") == 1
    if kind == "reset_before":
        assert ran.result["error"]["code"] == "outcome_unknown" and not ran.result["changed"]
        assert "Nobody knows whether a-1 was accepted, so it was not sent again. Run again later: the status is asked before anything is sent" in ran.msg
    else:
        assert not ran.failed and message_of(ran)["id"] == "700002" and message_of(ran)["status"] == "Pending In Queue" and "warnings" not in ran.result
    again = panel.run("payamsms_message", **ONE, **more)
    assert again.failed is (kind == "reset_before" and with_journal)
    if again.failed:
        assert again.result["error"]["code"] == "outcome_unknown" and sent(again) == []
    assert panel.vendor.sent() == ([] if again.failed else ["a-1"])


def test_a_lost_answer_about_which_nobody_can_ask(panel):
    panel.vendor.fault("reset_after", operation="send.src.body")
    panel.vendor.fault("status", status=403, operation="status", skip=1)
    ran = panel.run("payamsms_message", **ONE)
    assert ran.result["error"]["code"] == "outcome_unknown" and "; asking for its status failed too: " in ran.msg and asked(ran).count("status") == 2
    panel.vendor.reset()
    panel.vendor.fault("no_content", operation="send.src.body")
    panel.vendor.fault("status", status=403, operation="status", skip=1, times=0)
    ran = panel.run("payamsms_message", **ONE)
    assert not ran.failed and message_of(ran)["status"] == "accepted" and message_of(ran)["id"] is None
    assert ran.result["warnings"][0] == "the vendor accepted a-1 without telling an id; its status can be asked for by customer_id"


def test_one_of_many_that_the_answer_does_not_mention(panel):
    messages = [{**ONE, "customer_id": "b-%d" % place} for place in range(3)]

    def less(operation, answer):
        return type(answer)(200, answer.body[:1]) if operation == "send.src.body" else answer
    panel.wire.change = less
    ran = panel.run("payamsms_message", messages=messages)
    assert not ran.failed and [one["id"] for one in ran.result["messages"]] == ["700002", "700003", "700004"]
    assert [said["ids"] for _operation, said in read(ran)[1:]] == [["b-1", "b-2"]]
    panel.vendor.reset()

    def none(operation, answer):
        return type(answer)(200, []) if operation == "send.src.body" or (operation == "status" and panel.vendor.sent()) else answer
    panel.wire.change = none
    ran = panel.run("payamsms_message", messages=messages[:2])
    assert "send: the vendor's answer does not mention the message" in ran.msg
    assert [one["error"]["code"] for one in ran.result["messages"]] == ["outcome_unknown"] * 2


@pytest.mark.parametrize(("answers_given", "found"), [
    ([{"customerId": " a ", "serverId": "1"}], {"a": "1"}), ([{"mobile": 989121234567, "serverId": "1"}], {"a": "1"}), ([{"mobile": "989121234568"}], {}),
    (["x", None, {"customerId": None, "mobile": None}], {}), ([{"customerId": "b", "mobile": "989121234567", "serverId": "2"}], {"b": "2"}),
    ([{"customerId": "", "mobile": "989121234567", "serverId": "3"}], {"a": "3"}),
])
def test_whose_an_answer_is(answers_given, found):
    def change(number, recipient):
        return SimpleNamespace(after={"recipient": recipient}, desired=SimpleNamespace(key=(number,)))
    changes = [change("a", "989121234567"), change("b", "989121234568"), change("c", "989121234568")]
    assert {number: answer["serverId"] for number, answer in message.matched(answers_given, changes).items()} == found


def test_an_answer_without_id_and_code(panel):
    answers(panel, ("send.src.body", [{"customerId": "a-1", "serverId": "", "mobile": 1}]))
    ran = panel.run("payamsms_message", **ONE)
    assert message_of(ran)["id"] == "700002" and panel.vendor.sent() == ["a-1"]
    answers(panel, ("send.src.body", [{"customerId": "a-2", "errorCode": "E43", "description": "نامعتبر"}]))
    ran = panel.run("payamsms_message", **{**ONE, "customer_id": "a-2"})
    assert ran.result["error"]["code"] == "E43" and "نامعتبر" in ran.msg


def test_rows_of_the_scheduled_list():
    row = {"customerId": None, "serverId": "1", "message": "m", "parts": "۲", "totalPrice": "x", "recipient": "12", "sendDate": "soon"}
    assert message.current_scheduled(row) == {
        "customer_id": "", "id": "1", "status": "scheduled", "body": "m", "parts": 2, "price": None, "recipient": "12", "send_date": "soon"}
    assert message.current_scheduled({})["recipient"] is None and message.current_scheduled({"recipient": 9121234567})["recipient"] == "989121234567"
    assert not message.is_cancelled(None) and not message.is_cancelled("Pending")
