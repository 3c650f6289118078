# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib's state modules through both doors: present, unchanged, changed, foretold, refused."""

from __future__ import annotations

import pytest

USER = "kariz.panels.deltasib_user"
STATUS = "kariz.panels.deltasib_user_status"
SERVICE = "kariz.panels.deltasib_user_service"
PAYMENT = "kariz.panels.deltasib_user_payment"
SESSION = "kariz.panels.deltasib_session"
INJECTION = "x' or 1=1 --"

#: Every spelling that servers are known or believed to use.
ALTERNATIVES = [
    {},
    {
        "key_case": "lower",
        "numbers": "plain",
        "one_row": "object",
        "error_code": "string",
        "error_status": 500,
        "payment_object": "capital",
        "disconnect_action": "disconnet",
        "session_timeout": "string",
    },
    {
        "key_case": "mixed",
        "numbers": "commas",
        "error_status": 503,
        "payment_object": "lower",
        "disconnect_action": "disconnect",
        "calendar": "gregorian",
        "session_timeout": "absent",
        "token_place": "parameter",
    },
]


def task(module, task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, module: options, "ignore_errors": True, **more}


@pytest.mark.parametrize(("door", "settings"), [("module", ALTERNATIVES[0])] + [("fast", settings) for settings in ALTERNATIVES],
                         ids=["module", "documented", "lower", "commas"])
def test_life(deltasib, run_deltasib, door, cycle, settings):
    """One subscriber from nothing to nothing, each step in check mode, for real, and again. How answers are read is the same behind both doors."""
    deltasib.reset(**settings)
    connection = dict(deltasib.connection, api_token_parameter=settings.get("token_place") == "parameter")
    life = {module: cycle(module) for module in (USER, STATUS, SERVICE, PAYMENT)}
    life[USER].add("make", username="zahra", password="geheim", name="زهرا", family="کریمی")
    life[USER].add("same name typed otherwise", username="ZAHRA", name="زهرا", family="كريم\u064a")
    life[USER].add("list", users=[{"username": "ali", "password": "p2"}, {"username": "Zahra"}])
    life[STATUS].add("suspend", username="zahra", status="تعلیق")
    life[STATUS].add("same status typed otherwise", username="zahra", status="تعل\u064aق")
    life[STATUS].add("activate by id", username="zahra", status="1")
    life[STATUS].add("several", users=[{"username": "ali", "status": "غیرفعال"}, {"username": "zahra", "status": "1"}])
    life[SERVICE].add("buy", username="zahra", service="یک ماهه ۵۰ گیگ", pay_plan="postpaid")
    life[SERVICE].add("same service by id", username="Zahra", service="11", pay_plan="postpaid")
    life[SERVICE].add("a second one waits", username="zahra", service="12", pay_price="300000")
    life[PAYMENT].add(
        "pay",
        username="zahra",
        voucher_no="۰۰۷۷",
        amount="5000",
        currency_id="1",
        payment_type="pos",
        voucher_date="1404/07/12",
        bank_branch_name="مرکزی",
        comment="قسط",
    )
    life[PAYMENT].add("same voucher typed otherwise", username="zahra", voucher_no="77", amount=5000, currency_id=1)
    life[SERVICE].add("cancel", username="zahra", service="11", state="canceled")
    played = run_deltasib([step for one in life.values() for step in one.tasks], door, connection=connection).ok()
    life[USER].verify(played, unchanged=["same name typed otherwise"])
    life[STATUS].verify(played, unchanged=["same status typed otherwise"])
    life[SERVICE].verify(played, unchanged=["same service by id"])
    life[PAYMENT].verify(played, unchanged=["same voucher typed otherwise"])
    assert deltasib.bought("zahra") == [(11, "Cancel"), (12, "Active")]
    assert deltasib.vouchers("zahra") == [("0077", 5000)] and deltasib.credit() == 50_000_000 - 5000
    made = life[USER].result(played, "make")
    assert made["user"] == {"username": "zahra", "id": 1001, "address": "", "name": "زهرا", "family": "کریمی"}
    assert made["diff"]["before"] == {} and made["diff"]["after"]["password"] == "********"
    assert life[USER].result(played, "make", "check")["user"]["id"] is None
    assert life[STATUS].result(played, "suspend")["diff"]["before"]["status"] == "فعال"
    assert life[STATUS].result(played, "suspend")["diff"]["after"]["status"] == "تعلیق"
    bought = life[SERVICE].result(played, "buy")["service"]
    assert bought["status"] == "Active" and bought["service_id"] == 11 and bought["start_iso"].startswith("2025-10-05T")
    waiting = life[SERVICE].result(played, "a second one waits")["service"]
    assert waiting["status"] == "Pending" and float(waiting["pay_price"]) == 300000
    paid = life[PAYMENT].result(played, "pay")["payment"]
    assert paid["amount"] == paid["price"] == 5000 and isinstance(paid["id"], int)
    # One unchanged object costs two reads at most (beyond a login, which the fast door needs once).
    for module, name in ((USER, "make"), (STATUS, "activate by id"), (SERVICE, "buy"), (PAYMENT, "pay")):
        assert life[module].result(played, name, "again")["api"]["requests"] <= 2 + (door == "module") + (settings.get("payment_object") == "capital"), name
    summary = deltasib.summary()
    assert summary["logins"] == 1 if door == "fast" else summary["logins"] > 10


@pytest.mark.seed("default", vendor="deltasib")
def test_refusals(deltasib, run_deltasib, door):
    """What cannot be is said with the vendor's own words, and nothing is written that was not asked for."""
    wrong = [
        task(USER, "no password", username="new"),
        task(USER, "long name", username="new", password="p", name="x" * 33),
        task(USER, "quote", username=INJECTION, password="p"),
        task(USER, "control", username="a\nb", password="p"),
        task(USER, "backslash", username="a\\", password="p"),
        task(USER, "wide quote", username="a\uff07b", password="p"),
        task(USER, "spaces", username=" a", password="p"),
        task(STATUS, "status quote", username=INJECTION, status="1"),
        task(STATUS, "both", username="a", user_id="1", status="1"),
        task(STATUS, "nobody", status="1"),
        task(SERVICE, "service quote", username=INJECTION, service="11"),
        task(SERVICE, "id without cancel", username="a", service="1", user_service_id="5"),
        task(SERVICE, "bad price", username="a", service="11", pay_price="12.345"),
        task(SERVICE, "bad plan", username="a", service="11", pay_plan="later"),
        task(SERVICE, "no service", username="a"),
        task(PAYMENT, "payment quote", username=INJECTION, voucher_no="1", amount=1, currency_id=1),
        task(PAYMENT, "bad voucher", username="a", voucher_no="12a", amount=1, currency_id=1),
        task(PAYMENT, "long voucher", username="a", voucher_no="1" * 16),
        task(PAYMENT, "negative", username="a", voucher_no="1", amount=-5, currency_id=1),
        task(PAYMENT, "nothing", username="a", voucher_no="1", amount=0, currency_id=1),
        task(PAYMENT, "date", username="a", voucher_no="1", voucher_date="2025-10-04", date_type="persian"),
        task(PAYMENT, "no voucher", username="a", amount=1),
        task(SESSION, "session quote", username=INJECTION),
        task(SESSION, "session list", sessions=[{"username": "ok"}, {"username": INJECTION}]),
        task(SESSION, "bad id", session_id="1 or 1=1"),
        task(SESSION, "bad user id", user_id="1 or 1=1"),
        task(SERVICE, "twice", services=[{"username": "a", "service": "11"}, {"username": "A", "service": "۱۱"}]),
    ]
    played = run_deltasib(wrong, door).ok()
    for step in wrong:
        assert played.kinds(step["name"]) == ["failed"], step["name"]
    assert [entry for entry in deltasib.journal() if entry["operation"] not in ("auth.gettoken", "user.list")] == []
    for entry in deltasib.journal():
        assert INJECTION not in str(entry) and "1=1" not in str(entry)
    for name, option in (
        ("quote", "username"),
        ("status quote", "username"),
        ("session quote", "username"),
        ("bad voucher", "voucher_no"),
        ("bad price", "pay_price"),
        ("negative", "amount"),
        ("date", "voucher_date"),
        ("bad id", "session_id"),
    ):
        assert option in played[name]["msg"], played[name]["msg"]
    assert len(deltasib.online()) == 4
    deltasib.clear_journal()
    refused = [
        task(STATUS, "transition", username="amir.kazemi", status="تعلیق"),
        task(STATUS, "unknown status", username="amir.kazemi", status="نیست"),
        task(STATUS, "stranger", username="stranger", status="1"),
        task(STATUS, "strange id", user_id="4711", status="1"),
        task(STATUS, "stranger's status", username="stranger"),
        task(SERVICE, "stranger buys", username="stranger", service="11"),
        task(SERVICE, "stranger cancels", username="stranger", service="11", state="canceled"),
        task(SERVICE, "unknown service", username="narges.yazdani", service="نیست"),
        task(SERVICE, "disabled", username="narges.yazdani", service="15"),
        task(SERVICE, "not for resellers", username="narges.yazdani", service="16"),
        task(SERVICE, "not base", username="narges.yazdani", service="آی‌پی ثابت"),
        task(SERVICE, "no credit", username="narges.yazdani", service="11", pay_plan="prepaid"),
        task(SERVICE, "suspended", username="amir.kazemi", service="11", pay_plan="postpaid"),
        task(PAYMENT, "stranger pays", username="stranger", voucher_no="1", amount=1, currency_id=1),
        task(PAYMENT, "other amount", username="zahra.karimi", voucher_no="881001", amount=120001, currency_id=1),
        task(PAYMENT, "other type", username="zahra.karimi", voucher_no="881001", amount=120000, payment_type="cheque"),
        task(PAYMENT, "no amount", username="zahra.karimi", voucher_no="5"),
        task(PAYMENT, "currency", username="zahra.karimi", voucher_no="5", amount=1, currency_id=9),
        task(PAYMENT, "too much", username="zahra.karimi", voucher_no="5", amount=60_000_000, currency_id=1),
        task(SESSION, "stranger online", username="stranger"),
        task(SESSION, "strange id online", user_id="4711"),
        task(SESSION, "not online", username="narges.yazdani"),
        task(SERVICE, "not there", username="narges.yazdani", service="11", state="canceled"),
    ]
    before = {key: value for key, value in deltasib.dump().items() if key != "tokens"}
    played = run_deltasib(refused, door).ok()
    for step in refused[:-2]:
        assert played.kinds(step["name"]) == ["failed"], step["name"]
        assert set(played[step["name"]]["error"]) == {"vendor", "operation", "http_status", "code", "name", "message", "retryable"}, step["name"]
    assert played["not online"]["changed"] is played["not there"]["changed"] is False
    assert played["transition"]["error"]["code"] == -5 and "not allowed" in played["transition"]["msg"]
    assert played["no credit"]["error"]["code"] == -5 and "credit" in played["no credit"]["msg"]
    assert "15" in played["disabled"]["msg"] and played["disabled"]["error"]["code"] == "not_sold"
    assert played["other amount"]["error"]["code"] == "voucher_taken" and "120001" in played["other amount"]["msg"]
    assert "there is no subscriber stranger" in played["stranger's status"]["msg"] and played["stranger's status"]["error"]["code"] == "not_found"
    assert played["stranger"]["error"]["code"] == played["stranger buys"]["error"]["code"] == played["stranger online"]["error"]["code"] == "not_found"
    after = deltasib.dump()
    assert {key: after[key] for key in before} == before


@pytest.mark.seed("default", vendor="deltasib")
def test_sessions(deltasib, run_deltasib, door):
    number = deltasib.dump()["sessions"][3]["Online_RadiusUser_Id"]
    both = [{"username": "zahra.karimi"}, {"session_id": str(number)}, {"user_id": "1003"}]
    played = run_deltasib(
        [
            task(SESSION, "check", username="ali.mohammadi", keywords={"check_mode": True}),
            task(SESSION, "real", username="ali.mohammadi"),
            task(SESSION, "again", username="ali.mohammadi"),
            task(SESSION, "list check", sessions=both, keywords={"check_mode": True}),
            task(SESSION, "list", sessions=both),
            task(SESSION, "list again", sessions=both),
        ],
        door,
    ).ok()
    assert played["check"]["changed"] is played["real"]["changed"] is True and played["again"]["changed"] is False
    assert played["check"]["diff"] == played["real"]["diff"] and set(played["check"]) == set(played["real"])
    assert [one["id"] for one in played["real"]["session"]["sessions"]] == [70002, 70003]
    assert played["list"]["summary"] == played["list check"]["summary"] == {"created": 0, "updated": 0, "deleted": 2, "unchanged": 1, "failed": 0}
    assert played["list again"]["changed"] is False
    assert [row["Username"] for row in deltasib.dump()["disconnected"]] == ["ali.mohammadi", "ali.mohammadi", "zahra.karimi", "02188001234"]
    # One for the first task, one for all of the list.
    assert deltasib.online() == [] and deltasib.writes() == ["radius.disconnect"] * 2
    for entry in deltasib.journal():
        if entry["operation"] == "radius.disconnect":
            assert "Online_RadiusUser_Id=" in entry["query"]["Filter"]
            assert all(
                part.strip("( )").startswith(("Online_RadiusUser_Id=", "User_Id=")) for part in entry["query"]["Filter"].replace(" or ", " and ").split(" and ")
            )


@pytest.mark.seed("default", vendor="deltasib")
def test_warnings_passwords_and_loops(deltasib, run_deltasib, door):
    loop = [{"u": "zahra.karimi", "s": "11"}, {"u": "narges.yazdani", "s": "11"}, {"u": "narges.yazdani", "s": "11"}]
    played = run_deltasib(
        [
            task(USER, "drift", username="zahra.karimi", name="زهره", family="کریمی"),
            task(USER, "password kept", username="zahra.karimi", password="other"),
            task(USER, "password check", username="zahra.karimi", password="other", update_password="always", keywords={"check_mode": True}),
            task(USER, "password set", username="zahra.karimi", password="other", update_password="always"),
            task(SERVICE, "plan drift", username="zahra.karimi", service="11", pay_plan="postpaid", pay_price="1"),
            {"name": "loop", SERVICE: {"username": "{{ item.u }}", "service": "{{ item.s }}", "pay_plan": "postpaid"}, "loop": loop},
            {"name": "users", USER: {"username": "{{ item }}", "password": "p"}, "loop": ["l1", "l2", "l1"]},
            {"name": "pay", PAYMENT: {"username": "l1", "voucher_no": "{{ item }}", "amount": 10, "currency_id": 1}, "loop": ["1", "2", "01"]},
        ],
        door,
    ).ok()
    assert played["drift"]["changed"] is False and "change it in the panel" in str(played["drift"].get("warnings", "")) + played.output
    assert played["password kept"]["changed"] is False
    assert played["password check"]["changed"] is played["password set"]["changed"] is True
    assert played["password check"]["diff"] == played["password set"]["diff"]
    assert deltasib.users()["zahra.karimi"]["Password"] == "other"
    assert played["plan drift"]["changed"] is False and "second purchase" in str(played["plan drift"].get("warnings", "")) + played.output
    assert [entry["changed"] for entry in played["loop"]["results"]] == [False, True, False]
    assert deltasib.bought("narges.yazdani") == [(11, "Active")]
    assert [entry["changed"] for entry in played["users"]["results"]] == [True, True, False]
    assert [entry["changed"] for entry in played["pay"]["results"]] == [True, True, False]
    assert deltasib.vouchers("l1") == [("1", 10), ("2", 10)]


@pytest.mark.seed("default", vendor="deltasib")
def test_one_of_several_and_lists(deltasib, run_deltasib, door):
    """Two services of one kind: present is content, canceling wants to know which; a failing item does not stop the others."""
    deltasib.seed("bought", 1, username="zahra.karimi", service=11)
    ids = [row["User_ServiceBase_Id"] for row in deltasib.dump()["bought"] if row["Username"] == "zahra.karimi"]
    played = run_deltasib(
        [
            task(SERVICE, "present", username="zahra.karimi", service="11"),
            task(SERVICE, "which", username="zahra.karimi", service="11", state="canceled"),
            task(SERVICE, "this", username="zahra.karimi", service="11", user_service_id=str(ids[1]), state="canceled"),
            task(SERVICE, "this again", username="zahra.karimi", service="11", user_service_id=str(ids[1]), state="canceled"),
            task(
                SERVICE,
                "mixed",
                services=[
                    {"username": "narges.yazdani", "service": "14", "pay_plan": "postpaid"},
                    {"username": "stranger", "service": "14"},
                    {"user_id": "4711", "service": "14"},
                    {"user_id": "1003", "service": "نیست"},
                    {"username": "zahra.karimi", "service": "11", "state": "canceled"},
                ],
            ),
            task(SERVICE, "two names of one", services=[{"username": "amir.kazemi", "service": "14"}, {"user_id": "1007", "service": "ساعتی شبانه"}]),
            task(
                PAYMENT,
                "two names of one payer",
                payments=[
                    {"username": "amir.kazemi", "voucher_no": "9", "amount": 1, "currency_id": 1},
                    {"user_id": "1007", "voucher_no": "09", "amount": 1, "currency_id": 1},
                ],
            ),
        ],
        door,
    ).ok()
    assert played["present"]["changed"] is False
    assert (
        played.kinds("which") == ["failed"] and played["which"]["error"]["code"] == "ambiguous" and all(str(number) in played["which"]["msg"] for number in ids)
    )
    assert played["this"]["changed"] is True and played["this again"]["changed"] is False
    assert deltasib.bought("zahra.karimi") == [(11, "Cancel"), (11, "Cancel")]
    mixed = played["mixed"]
    assert played.kinds("mixed") == ["failed"] and mixed["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 3}
    assert [row["action"] for row in mixed["services"]] == ["created", "failed", "failed", "failed", "deleted"]
    assert deltasib.bought("narges.yazdani") == [(14, "Active")]
    for name in ("two names of one", "two names of one payer"):
        assert played.kinds(name) == ["failed"] and "names the same" in played[name]["msg"]
    assert deltasib.vouchers("amir.kazemi") == [] and deltasib.bought("amir.kazemi") == []
