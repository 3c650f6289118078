# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module message: one text a person, through the first provider that takes it, and what became of it."""

from __future__ import annotations

import pytest
from jobs import carry_out

OWN = {"payamsms": "982000123", "smspanel": "30001234"}


def message(key, number=1, **more):
    return {"key": key, "recipient": "0912 000 %04d" % number, "text": "متن %s" % key, **more}


@pytest.fixture
def send(payamsms, smspanel, tmp_path):
    def made(messages, check=False, **more):
        options = {"messages": messages, "sender": OWN, "journal": str(tmp_path / "journal.db"),
                   "connections": {"payamsms": payamsms.connection, "smspanel": smspanel.connection}, **more}
        result = carry_out("message", options, check=check)
        return result, {row["key"]: row for row in result.get("messages", ())}
    return made


def test_one_text_for_one_person(payamsms, smspanel, send, tmp_path):
    """A parent of three gets one text, also in later runs and under any of the keys."""
    same = [message("ali", text="جلسه"), message("sara", text="جلسه"), message("other", 2, text="جلسه"), message("reza", text="جلسه")]
    foretold, rows = send(same, check=True)
    assert [rows[key]["outcome"] for key in ("ali", "sara", "other", "reza")] == ["sent", "merged", "sent", "merged"] and payamsms.sent() == []
    told, rows = send(same)
    assert told["changed"] and told["summary"] == foretold["summary"] and told["summary"]["merged"] == 2
    assert sorted(payamsms.sent()) == ["ali", "other"] and rows["sara"]["id"] == rows["ali"]["id"]
    for again in (same, [same[3]], [same[3], same[0]], list(reversed(same))):
        told, rows = send(again)
        assert not told["changed"] and {row["outcome"] for row in rows.values()} == {"already"}, rows
    assert sorted(payamsms.sent()) == ["ali", "other"] and smspanel.sent() == []
    entries = carry_out("journal_info", {"journal": str(tmp_path / "journal.db")})["entries"]
    assert {entry["key"]: (entry["state"], entry["provider"]) for entry in entries} == {key: ("done", "payamsms") for key in ("ali", "sara", "other", "reza")}
    told, _rows = send([message("a", text="x"), message("b", text="x")], merge_same=False)
    assert told["summary"]["sent"] == 2


def test_numbers_that_are_none(payamsms, send):
    messages = [message("good"), message("land", recipient="02188776655"), message("typo", recipient="0912 12"), message("empty", 2, text="")]
    told, rows = send(messages)
    assert told["failed"] and not rows and payamsms.operations() == []
    assert all(word in told["msg"] for word in ("3 of 4", "land: ", "landline", "typo: ", "empty: no text", "on_invalid: skip"))
    told, rows = send(messages, on_invalid="skip")
    assert not told["failed"] and told["summary"]["skipped"] == 3 and rows["good"]["outcome"] == "sent" and "02188776655" in rows["land"]["reason"]


def test_cost_by_provider(payamsms, smspanel, send):
    """Where the first is too dear for what is left there, the second can still pay."""
    payamsms.settings(balance=500)
    told, rows = send([message("a"), message("b", 2)], part_price={"payamsms": 300, "smspanel": 150})
    assert {row["provider"] for row in rows.values()} == {"smspanel"} and told["cost"] == {"smspanel": {"messages": 2, "parts": 2, "cost": 300}}
    payamsms.reset()
    assert send([message("c", 3)], part_price={"payamsms": 300, "smspanel": 150})[0]["cost"]["payamsms"]["cost"] == 300
    assert "part_price" in send([message("d")], part_price="much")[0]["msg"]


def test_a_phonebook_costs_its_people(smspanel):
    """Ten people and two parts: the credit must cover twenty."""
    smspanel.seed("phonebooks", 1, numbers=10)
    given = dict(smspanel.connection, kind="phonebook", sender="30001234", phonebook="book-00001", text="آ" * 80, part_price=100)
    for credit, failed in ((1999, True), (2000, False)):
        smspanel.settings(credit=credit)
        told = carry_out("smspanel_message", given)
        assert told["failed"] is failed, told
        assert not failed or "20 parts cost 2000" in told["msg"]
    assert len(smspanel.sent()) == 1


def test_refusals_by_reason_and_unknown_as_unknown(payamsms, smspanel, send):
    smspanel.settings(credit=0)
    payamsms.settings(balance=0)
    told, rows = send([message("k%d" % number, number) for number in range(500)], part_price=0)
    assert told["failed"] and told["summary"]["refused"] == 500 and len(told["refusals"]) == 1 and told["refusals"][0]["count"] == 500
    assert "500 of 500 messages did not go out" in told["msg"] and len(told["msg"]) < 600
    payamsms.settings(balance=10 ** 6)
    payamsms.fault("reset_after", path="/panel/webservice/send", times=1)
    payamsms.fault("status", path="/report/webservice/status", status=500, skip=1, times=0)
    told, rows = send([message("k%d" % number, number) for number in range(5)])
    assert {row["outcome"] for row in rows.values()} == {"unknown"} and "nobody knows" in told["msg"] and told["error"]["code"] == "outcome_unknown"
    assert smspanel.sent() == [] and len(payamsms.sent()) == 5


def test_code_27_goes_to_nobody_else(payamsms, smspanel, send):
    """The panel has the message and something went wrong on its way: the other provider must not get it."""
    smspanel.fault("status", path="/sms/multiple-send", status=200, body={"status": 200, "result": [{"status": 27, "id": 0}]}, times=0)
    for _time in range(2):
        _told, rows = send([message("a")], providers=["smspanel", "payamsms"])
        assert rows["a"]["outcome"] == "unknown" and payamsms.sent() == []


def test_the_same_fields_for_both_providers(payamsms, smspanel, send):
    """Sent by one, asked of the other: the same text is no other text."""
    assert not send([message("a")], providers=["smspanel"])[0]["failed"]
    told, rows = send([message("a")])
    assert rows["a"]["outcome"] == "already" and told["warnings"] == [] and payamsms.sent() == []
    told, rows = send([message("a", text="دیگر")])
    assert rows["a"]["outcome"] == "already" and "another text" in told["warnings"][0]


#: The simulated operator does not deliver to numbers that end like this one.
UNREACHED = "09120010000"


@pytest.mark.parametrize("first", ["payamsms", "smspanel"])
def test_a_failed_delivery_is_no_success(payamsms, smspanel, send, first):
    """Whoever sent it, whichever is tried first now, alone or merged, foretold or for real: it is refused, told with the reason, and sent by nobody else."""
    def sent():
        return len(payamsms.sent()), len(smspanel.sent())

    wanted = [message("lost-1", recipient=UNREACHED, text="x"), message("lost-2", recipient=UNREACHED, text="x"), message("got", 5)]
    assert send(wanted, providers=[first])[0]["summary"]["sent"] == 2
    assert send(wanted, providers=[first])[1]["lost-1"]["outcome"] == "already", "not known yet"
    before = sent()
    payamsms.settings(clock_ahead=60.0)
    smspanel.settings(clock_ahead=60.0)
    other = {"payamsms": "smspanel", "smspanel": "payamsms"}[first]
    for providers in ([first], [first, other], [other, first]):
        for check in (True, False):
            told, rows = send(wanted, providers=providers, check=check)
            assert told["failed"] and not told["changed"], (providers, told)
            assert {key: (row["outcome"], row["provider"]) for key, row in rows.items()} == {
                "lost-1": ("refused", first), "lost-2": ("refused", first), "got": ("already", first)}, (providers, rows)
            assert "new key" in rows["lost-1"]["reason"] and told["refusals"][0]["count"] == 2, told["refusals"]
    # Whom this task does not know is not asked, and gets nothing again either.
    told, rows = send(wanted, providers=[other])
    assert {(row["outcome"], row["provider"]) for row in rows.values()} == {("already", first)}
    assert sent() == before


@pytest.mark.parametrize("first", ["payamsms", "smspanel"])
def test_asking_about_earlier_messages_may_fail(payamsms, smspanel, send, first):
    """What is known to be sent is not sent again for want of an answer about it; that nobody could be asked is told."""
    send([message("a")], providers=[first])
    vendor, path = {"payamsms": (payamsms, "/report/webservice/status"), "smspanel": (smspanel, "/sms/status")}[first]
    vendor.fault("status", path=path, status=400, times=0)
    other = {"payamsms": "smspanel", "smspanel": "payamsms"}[first]
    told, rows = send([message("a")], providers=[other, first])
    assert rows["a"]["outcome"] == "already" and any("could not be asked" in text for text in told["warnings"]), told
    assert len(payamsms.sent()) + len(smspanel.sent()) == 1


@pytest.mark.parametrize("module", ["payamsms_message", "smspanel_message"])
def test_a_failed_delivery_of_one_provider(payamsms, smspanel, module, tmp_path):
    """The providers' own modules tell it in the same words, alone and in a list; who was reached stays unchanged."""
    journal = {"journal": str(tmp_path / "j.db")}

    def given(key, number):
        if module == "payamsms_message":
            return {**payamsms.connection, **journal, "sender": "982000123", "customer_id": key, "recipient": number, "body": "x"}
        return {**smspanel.connection, **journal, "sender": "30001234", "message_id": key, "recipients": [number], "text": "x"}
    for key, number in (("lost", UNREACHED), ("got", "09120000001")):
        assert carry_out(module, given(key, number))["changed"]
    payamsms.settings(clock_ahead=60.0)
    smspanel.settings(clock_ahead=60.0)
    for check in (True, False):
        lost, got = carry_out(module, given("lost", UNREACHED), check=check), carry_out(module, given("got", "09120000001"), check=check)
        assert lost["failed"] and not lost["changed"] and lost["error"]["code"] == "not_delivered", lost
        assert "did not arrive" in lost["msg"] and "give it a new" in lost["msg"]
        assert not got["failed"] and not got["changed"] and got["message"]["status"] in ("Send Successfully", "delivered")
    assert len(payamsms.sent()) + len(smspanel.sent()) == 2


@pytest.mark.parametrize("module", ["payamsms_message", "smspanel_message"])
def test_check_mode_asks_for_the_credit(payamsms, smspanel, module):
    """With part_price both modules foretell that the credit does not cover the parts; a name that is no phonebook is foretold too."""
    payamsms.settings(balance=1000, price=300)
    smspanel.settings(credit=1000)
    if module == "payamsms_message":
        given = {**payamsms.connection, "sender": "982000123", "messages": [
            {"customer_id": "k%d" % place, "recipient": "0912000000%d" % place, "body": "x"} for place in range(3)]}
    else:
        given = {**smspanel.connection, "kind": "multiple", "sender": "30001234", "text": "x", "messages": [
            {"recipients": ["0912000000%d" % place]} for place in range(3)]}
    poor, enough = ([carry_out(module, dict(given, part_price=price), check=check) for check in (True, False)] for price in (400, 300))
    assert poor[0]["msg"] == poor[1]["msg"] and "3 parts cost 1200" in poor[0]["msg"] and poor[0]["summary"] == poor[1]["summary"]
    assert [told["summary"]["created"] for told in enough] == [3, 3] and not enough[0]["failed"]
    assert len(payamsms.sent()) + len(smspanel.sent()) == 3
    if module == "smspanel_message":
        book = {**smspanel.connection, "kind": "phonebook", "sender": "30001234", "phonebook": "nobody", "text": "x"}
        assert [carry_out(module, book, check=check)["error"]["code"] for check in (True, False)] == ["not_found", "not_found"]


def test_without_a_journal(payamsms, smspanel, send):
    assert "journal is required" in send([message("a")], journal=None)[0]["msg"]
    assert send([message("a")], journal=None, providers=["payamsms"])[0]["changed"] is True and payamsms.sent() == ["a"]


def test_both_ways_of_running(payamsms, smspanel, texts, door, tmp_path):
    """Connections come from the providers' module_defaults; no password, text or number is shown."""
    task = {"name": "send", "kariz.panels.message": {"key": "a", "recipient": "09120000001", "text": "متن", "sender": OWN, "journal": str(tmp_path / "j.db")}}
    played = texts([task, dict(task, name="again")], door, verbosity=1).ok()
    assert [played[name]["changed"] for name in ("send", "again")] == [True, False] and payamsms.sent() == ["a"]
    assert played["send"]["messages"][0]["outcome"] == "sent" and played["again"]["messages"][0]["outcome"] == "already"
    assert payamsms.connection["api_password"] not in played.output


def test_who_did_not_get_it(payamsms, smspanel, send, tmp_path):
    """One vocabulary for both providers; sending again to exactly those is one task with new keys."""
    where = {"journal": str(tmp_path / "journal.db"), "connections": {"payamsms": payamsms.connection, "smspanel": smspanel.connection}}
    one, lost, same = message("one"), message("lost", recipient="09120010000"), message("same", text="متن one")
    assert not send([one, lost, same])[0]["failed"]
    assert not send([message("two", 5), message("gone", recipient="09120010000", text="x")], providers=["smspanel"])[0]["failed"]
    payamsms.settings(clock_ahead=60.0)
    smspanel.settings(clock_ahead=60.0)
    told = carry_out("message_delivery_info", dict(where, keys=["one", "lost", "same", "two", "gone", "never"]))
    assert [(row["key"], row["delivery"], row["provider"]) for row in told["messages"]] == [
        ("one", "delivered", "payamsms"), ("lost", "failed", "payamsms"), ("same", "delivered", "payamsms"), ("two", "delivered", "smspanel"),
        ("gone", "failed", "smspanel"), ("never", "unknown", None)]
    assert told["summary"] == {"delivered": 3, "failed": 2, "waiting": 0, "unknown": 1} and told["api"]["requests"] <= 4
    failed = carry_out("message_delivery_info", dict(where, since="2020-01-01", query="[?delivery == 'failed'].key"))["messages"]
    assert sorted(failed) == ["gone", "lost"]
    again, rows = send([dict(lost, key="lost-2", recipient="09120000077")])
    assert rows["lost-2"]["outcome"] == "sent" and not again["failed"]
    assert carry_out("message_delivery_info", dict(where, since="tomorrow"))["failed"]


def test_the_password_of_a_journal_is_shown_nowhere(payamsms, texts, door):
    """Neither in invocation nor in errors, nor when the options are wrong; the environment stands behind the option."""
    secret = "pg-%40canary-77"
    where = "postgresql://school:%s@127.0.0.1:9/journal?sslmode=disable" % secret
    sending = {"customer_id": "a", "sender": "982000123", "recipient": "09121234567", "body": "متن"}
    tasks = [
        {"name": "given", "kariz.panels.payamsms_message": dict(sending, journal=where), "ignore_errors": True},
        {"name": "empty", "kariz.panels.payamsms_message": sending, "environment": {"KARIZ_JOURNAL": ""}},
        {"name": "wrong", "kariz.panels.payamsms_message": dict(sending, journal=where, nonsense=1), "ignore_errors": True},
        {"name": "read", "kariz.panels.journal_info": {"journal": where}, "ignore_errors": True},
    ]
    played = texts(tasks, door, verbosity=3).ok()
    for name in ("given", "read"):
        assert played[name]["error"]["code"] in ("journal_connection", "missing_library") and payamsms.sent() == ["a"], played[name]
    assert played["empty"]["changed"] is True and "nonsense" in played["wrong"]["msg"]
    outside = texts([{"name": "environment", "kariz.panels.payamsms_message": dict(sending, customer_id="b")}], door, verbosity=3,
                    environment={"KARIZ_JOURNAL": where}).failed()
    assert outside["environment"]["error"]["code"] in ("journal_connection", "missing_library") and payamsms.sent() == ["a"]
    for output in (played.output, outside.output):
        assert secret not in output and "pg-@canary-77" not in output
    assert played["read"]["invocation"]["module_args"]["journal"] == "postgresql://127.0.0.1:9/journal?sslmode=disable"
