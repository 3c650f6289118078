# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PayamSMS, through both doors: every operation of the vendor's document, and never a second text for one id."""

from __future__ import annotations

import pytest

MESSAGE = "kariz.panels.payamsms_message"
OWN = "982000123"
LATER = "2199-01-01T10:00:00+03:30"

ALTERNATIVES = [
    {},
    {"answer_order": "reversed", "mobile_style": "text", "scheduled_in_status": True, "cancelled_status": "Failed", "page_max": 2},
    {"unknown_ids": "E305", "refund": False},
    {"unknown_ids": "E305", "code_style": "text", "code_status": 400},
]


def task(title, module=MESSAGE, keywords=None, **options):
    return {"name": title, module if "." in module else "kariz.panels." + module: options, "ignore_errors": True, **(keywords or {})}


def text(key, number=1, **more):
    return {"customer_id": key, "recipient": "0912%07d" % number, "body": "متن %s" % key, **more}


@pytest.mark.parametrize(("door", "settings"), [("fast", settings) for settings in ALTERNATIVES] + [("module", {})],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(payamsms, texts, door, cycle, settings):
    payamsms.reset(**settings)
    life = cycle(MESSAGE)
    life.add("one", sender="+98 2000 123", **text("a"))
    life.add("scheduled", sender=OWN, send_date="2199-01-01T06:30:00Z", **text("s"))
    life.add("list", sender=OWN, messages=[text("b", 2), text("a"), text("c", 3, body="دیگر"), text("t", 4, send_date="2199-02-01 08:00")])
    life.add("called off", customer_id="s", state="absent", cancel_message="لغو")
    life.add("called off in a list", messages=[{"customer_id": "t"}, {"customer_id": "never"}, {"customer_id": "a"}], state="absent")
    played = texts(life.tasks, door).ok()
    life.verify(played)
    assert sorted(payamsms.sent()) == ["a", "b", "c", "s", "t"]
    rows = {row["customerId"]: row for row in payamsms.dump()["messages"]}
    assert rows["a"]["sender"] == OWN and rows["a"]["recipient"] == "989120000001"
    assert rows["s"]["sendDate"] == "2199-01-01 10:00:00" and rows["s"]["cancelMessage"] == "لغو" and rows["t"]["cancelled"]
    one = life.result(played, "one")
    assert one["message"]["id"] and one["message"]["status"] == "accepted" and one["diff"]["after"]["recipient"] == "989120000001"
    mixed = life.result(played, "list")
    assert [row["action"] for row in mixed["messages"]] == ["created", "unchanged", "created", "created"]
    off = life.result(played, "called off in a list")
    assert [row["action"] for row in off["messages"]] == ["deleted", "unchanged", "unchanged"]
    assert any("cannot be taken back" in warning for warning in off["warnings"])


def test_a_thousand_in_one_task(payamsms, texts, door):
    """The budget of the issue: at most 8 requests beyond login, and 4 for the second run, which sends nothing."""
    many = [text("term-1404-message-%04d" % number, number) for number in range(1000)]
    tasks = [task("send", sender=OWN, messages=many), task("again", sender=OWN, messages=many)]
    played = texts(tasks, door, diff=False).ok()
    assert played["send"]["summary"]["created"] == 1000 and played["again"]["summary"]["unchanged"] == 1000
    assert played["send"]["api"]["requests"] <= 9
    assert played["again"]["api"]["requests"] <= (4 if door == "fast" else 5)
    operations = payamsms.operations()
    assert operations.count("send.src") == 4 and operations.count("status") == 8 and set(operations) == {"token", "send.src", "status"}
    assert len(payamsms.sent()) == len(set(payamsms.sent())) == 1000
    assert played["again"]["changed"] is False


def test_the_cheapest_call(payamsms, texts):
    texts([
        task("same text", sender=OWN, body="یکی", messages=[{"customer_id": key, "recipient": "09120000001"} for key in "ab"]),
        task("same sender", sender=OWN, messages=[text("c"), text("d")]),
        task("nothing the same", messages=[text("e", sender=OWN), text("f", sender="982000456")]),
    ]).ok()
    assert payamsms.writes() == ["send.src.body", "send.src", "send"]


def test_refusals_one_by_one(payamsms, texts, door):
    payamsms.reset(balance=3500)
    played = texts([
        task("mixed", messages=[text("ok", sender=OWN), text("sender", sender="98999"), text("words", sender=OWN, body="قمار"), text("ok2", sender=OWN)]),
        task("no credit", sender=OWN, messages=[text("x%d" % number) for number in range(3)]),
        task("single", sender="98999", **text("y")),
    ], door).ok()
    mixed = played["mixed"]
    assert [row["action"] for row in mixed["messages"]] == ["created", "failed", "failed", "created"] and mixed["changed"] is True
    error = mixed["messages"][1]["error"]
    assert error["code"] == "E223" and error["name"] == "bad_sender" and "sender's number is not valid" in error["message"] and "نا معتبر" in error["message"]
    assert "2 of 4 messages failed" in mixed["msg"]
    assert [row.get("error", {}).get("code") for row in played["no credit"]["messages"]] == [None, "E6", "E6"]
    assert played["single"]["error"]["code"] == "E223" and "E223" in played["single"]["msg"]
    assert sorted(payamsms.sent()) == ["ok", "ok2", "x0"]


def test_refused_as_a_whole(payamsms, texts):
    payamsms.reset(credit_refusal="call", balance=10, code_style="text")
    failed = texts([task("poor", sender=OWN, messages=[text("a"), text("b")])])["poor"]
    assert failed["error"]["code"] == "E6" and failed["error"]["name"] == "no_credit" and payamsms.sent() == []


def test_rules_of_scheduled_messages(payamsms, texts):
    played = texts([
        task("plan", sender=OWN, send_date=LATER, **text("s")),
        task("other text", sender=OWN, send_date=LATER, **text("s", body="دیگر")),
        task("other time", sender=OWN, send_date="2199-01-02 10:00", **text("s")),
        task("cancel", customer_id="s", state="absent"),
        task("once more", sender=OWN, send_date=LATER, **text("s")),
        task("too late", sender=OWN, send_date="2020-01-01 10:00", **text("p")),
        task("no time", sender=OWN, send_date="tomorrow", **text("q")),
    ]).ok()
    assert played["other text"]["changed"] is False and "it is left as it is" in played["other text"]["warnings"][0]
    assert "send_date" in played["other time"]["warnings"][0]
    assert played["once more"]["error"]["code"] == "cancelled" and "new customer_id" in played["once more"]["msg"]
    assert played["too late"]["error"]["code"] == "send_date_passed"
    assert "send_date" in played["no time"]["msg"] and played["no time"]["error"]["code"] == "bad_option"
    assert payamsms.sent() == ["s"]


def test_many_scheduled_are_looked_up_in_one_list(payamsms, texts):
    payamsms.reset(page_max=7)
    payamsms.seed("messages", 20, prefix="old", sendDate="2199-03-01 10:00:00")
    items = [text("n%d" % number, number) for number in range(5)] + [text("old-00001", 1), text("old-00020", 20)]
    played = texts([task("plan", sender=OWN, send_date=LATER, messages=items), task("again", sender=OWN, send_date=LATER, messages=items)]).ok()
    assert played["plan"]["summary"] == {"created": 5, "updated": 0, "deleted": 0, "unchanged": 2, "failed": 0}
    assert played["again"]["changed"] is False and len(payamsms.sent()) == 25


def test_a_loop_asks_for_each_item(payamsms, texts, door):
    loop = {"loop": [1, 2, 3, 1, 2]}
    one = task("send", keywords=loop, customer_id="m{{ item }}", sender=OWN, recipient="0912000000{{ item }}", body="متن")
    played = texts([one, dict(one, name="again")], door).ok()
    assert [row["changed"] for row in played["send"]["results"]] == [True, True, True, False, False]
    assert not any(row["changed"] for row in played["again"]["results"]) and len(payamsms.sent()) == 3


def test_wrong_options_cost_no_request(payamsms, texts, door):
    tasks = [
        task("landline", sender=OWN, **text("a") | {"recipient": "02188776655"}),
        task("too long", sender=OWN, **{**text("a"), "body": "آ" * 3000}),
        task("empty", sender=OWN, **{**text("a"), "body": ""}),
        task("twice", sender=OWN, messages=[text("a"), text("a")]),
        task("no sender", **text("a")),
    ]
    played = texts(tasks, door).ok()
    assert "landline" in played["landline"]["msg"] and "recipient" in played["landline"]["msg"]
    assert "32" in played["too long"]["msg"] and "body" in played["empty"]["msg"] and "names the same" in played["twice"]["msg"]
    assert set(payamsms.operations()) <= {"token", "status"} and "sender" in played["no sender"]["msg"]


def test_reading(payamsms, texts, door):
    payamsms.reset("default", queue_seconds=600.0)
    payamsms.seed("inbox", 95, prefix="پاسخ")
    first = min(row["id"] for row in payamsms.dump()["inbox"])
    played = texts([
        task("send", sender=OWN, messages=[text("a", 1), text("b", 10000), text("s", 3, send_date=LATER)]),
        task("by customer", "payamsms_message_info", customer_ids=["a", "b", "zz"]),
        task("by server", "payamsms_message_info", server_ids=["{{ server }}"], keywords={"vars": {"server": "1"}}),
        task("queried", "payamsms_message_info", customer_ids=["a", "b"], query="[].customer_id"),
        task("scheduled", "payamsms_scheduled_info"),
        task("scheduled one", "payamsms_scheduled_info", customer_id="s"),
        task("scheduled never", "payamsms_scheduled_info", to_date="2198-01-01 00:00"),
        task("neither", "payamsms_inbox_info", number=OWN),
        task("both", "payamsms_inbox_info", number=OWN, since_id=1, mark_read=True),
        task("unread in check mode", "payamsms_inbox_info", number=OWN, mark_read=True, keywords={"check_mode": True}),
        task("all", "payamsms_inbox_info", number=OWN, since_id=0, keywords={"check_mode": True}),
        task("since", "payamsms_inbox_info", number=OWN, since_id=first),
        task("unread", "payamsms_inbox_info", number=OWN, mark_read=True),
        task("nothing left", "payamsms_inbox_info", number=OWN, mark_read=True),
    ], door).ok()
    assert [(row["customer_id"], row["status"], row["parts"]) for row in played["by customer"]["messages"]] == [
        ("a", "Pending In Queue", 1), ("b", "Pending In Queue", 1)]
    assert played["by server"]["messages"] == [] and played["queried"]["messages"] == ["a", "b"]
    assert [row["customer_id"] for row in played["scheduled"]["messages"]] == ["s"] == [row["customer_id"] for row in played["scheduled one"]["messages"]]
    assert played["scheduled"]["messages"][0]["send_date_iso"] == LATER and played["scheduled never"]["messages"] == []
    for title in ("neither", "both"):
        assert "since_id" in played[title]["msg"]
    assert "check mode" in played["unread in check mode"]["msg"]
    assert len(played["all"]["messages"]) == 97 and len(played["since"]["messages"]) == 96
    assert len(played["unread"]["messages"]) == 97 and played["nothing left"]["messages"] == []
    assert all(row["read"] for row in payamsms.dump()["inbox"])


def test_delivery_advances(payamsms, texts):
    texts([task("send", sender=OWN, messages=[text("a", 1), text("b", 10000), text("c", 1111)])]).ok()
    payamsms.settings(clock_ahead=60.0)
    played = texts([task("look", "payamsms_message_info", customer_ids=["a", "b", "c"]), task("again", sender=OWN, messages=[text("b", 10000)])]).ok()
    assert [row["status"] for row in played["look"]["messages"]] == ["Send Successfully", "Failed", "Pending"]
    assert played["look"]["messages"][0]["delivered_parts"] == 1
    assert played["again"]["changed"] is False and played["again"]["messages"][0]["error"]["code"] == "not_delivered"
    assert "new customer_id" in played["again"]["msg"]


def test_login_and_tokens(payamsms, texts, door):
    connection = payamsms.connection
    bare = {"api_url": connection["api_url"]}
    played = texts([
        {"name": "login", "kariz.panels.payamsms_login": {}, "register": "login"},
        task("with the token", "payamsms_message_info", customer_ids=["a"], api_token="{{ login.token }}"),
        {"name": "told", "ansible.builtin.debug": {"msg": "{{ login.expires_in }}"}},
        task("void, no credentials", "payamsms_message_info", customer_ids=["a"], api_token="void-token", keywords={"module_defaults": {payamsms.group: bare}}),
        task("void, credentials", "payamsms_message_info", customer_ids=["a"], api_token="void-token"),
        task("wrong password", "payamsms_login", api_password="wrong-password"),
        task("lacking", "payamsms_login", keywords={"module_defaults": {payamsms.group: dict(bare, api_username="kariz-demo")}}),
    ], door).ok()
    assert 3500 < int(played["told"]["msg"]) <= 3600
    assert "void or expired" in played["void, no credentials"]["msg"] and played["void, credentials"]["changed"] is False
    assert played["wrong password"]["error"]["code"] in (400, "not_authenticated") and "api_password" in played["wrong password"]["msg"]
    assert "api_client_secret" in played["lacking"]["msg"]
    assert "canary" not in played.output and "kariz-client-secret" not in played.output


@pytest.mark.parametrize("settings", [{"token_from": "query"}, {"login_refusal": "oauth_401"}, {"login_refusal": "code"}], ids=str)
def test_ways_to_log_in(payamsms, texts, settings):
    payamsms.reset(**settings)
    style = "query" if "token_from" in settings else "form"
    played = texts([task("right", "payamsms_login", api_login_style=style),
                    task("wrong", "payamsms_login", api_login_style=style, api_password="wrong-password")]).ok()
    assert played.kinds("right") == ["ok"] and played.kinds("wrong") == ["failed"]
    assert "api_password" in played["wrong"]["msg"]


def test_balance(payamsms, texts):
    payamsms.reset(balance=4366117164)
    connection = payamsms.connection
    variables = {"payamsms_%s" % name: value for name, value in connection.items()}
    tasks = [{"name": "balance", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.payamsms_balance') + 1 }}"}}]
    assert int(texts(tasks, variables=variables).ok()["balance"]["msg"]) == 4366117165
    environment = {"PAYAMSMS_%s" % name.upper(): value for name, value in connection.items()}
    assert int(texts(tasks, environment=environment).ok()["balance"]["msg"]) == 4366117165


def test_the_price_is_checked_first(payamsms, texts, door):
    payamsms.reset(balance=2500)
    many = [text("m%d" % number, number) for number in range(3)]
    played = texts([task("poor", sender=OWN, messages=many, part_price=1000), task("rich", sender=OWN, messages=many[:2], part_price=1000),
                    task("again", sender=OWN, messages=many[:2], part_price=1000)], door).ok()
    assert played["poor"]["error"]["name"] == "no_credit" and played["poor"]["summary"]["failed"] == 3
    assert played["rich"]["summary"]["created"] == 2 and payamsms.sent() == ["m0", "m1"]
    assert played["again"]["changed"] is False


def test_no_write_in_check_mode(payamsms, texts, door):
    payamsms.seed("messages", 1, prefix="s", sendDate="2199-03-01 10:00:00")
    texts([task("send", sender=OWN, messages=[text("a")]), task("cancel", customer_id="s-00001", state="absent")], door, check=True).ok()
    assert payamsms.writes() == []
