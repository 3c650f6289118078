# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib when things go wrong: answers that are lost, tokens that end, secrets that servers echo, injections, and large lists."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

import pytest
from conftest import PASSWORD

P = "kariz.panels.deltasib_"
USER = "kariz.panels.deltasib_user"
STATUS = "kariz.panels.deltasib_user_status"
SERVICE = "kariz.panels.deltasib_user_service"
PAYMENT = "kariz.panels.deltasib_user_payment"
SESSION = "kariz.panels.deltasib_session"
NEW = {"username": "new", "password": "p"}
BUY = {"username": "narges.yazdani", "service": "14", "pay_plan": "postpaid"}
PAY = {"username": "narges.yazdani", "voucher_no": "4711", "amount": 7000, "currency_id": 1}
CANCEL = {"username": "zahra.karimi", "service": "11", "state": "canceled"}
SET = {"username": "maryam.hosseini", "status": "تعلیق"}
CUT = {"username": "ali.mohammadi"}
#: module, options, operation, method and path of the write
WRITES = {
    "add": (USER, NEW, "user.add", "POST", "/user/$"),
    "purchase": (SERVICE, BUY, "user.service.base.add", "POST", "base/$"),
    "payment": (PAYMENT, PAY, "user.payment.add", "POST", "payment/$"),
    "cancel": (SERVICE, CANCEL, "user.service.base.cancel", "PUT", "base/$"),
    "status": (STATUS, SET, "user.status.add", "PUT", "status/$"),
    "disconnect": (SESSION, CUT, "radius.disconnect", "DELETE", "radius/$"),
}
#: Kinds of loss; the last is whether the server had done the work.
LOSSES = {
    "reset after": ({"kind": "reset_after"}, True),
    "reset before": ({"kind": "reset_before"}, False),
    "502 after": ({"kind": "status_after", "status": 502}, True),
    "500 fatal": ({"kind": "status", "status": 500}, False),
    "half an answer": ({"kind": "truncate_json"}, True),
    "a page": ({"kind": "html", "commit": True}, True),
    "no answer": ({"kind": "black_hole_after"}, True),
    "400 fatal": ({"kind": "status_after", "status": 400}, True),
}


def task(module, name, /, **options):
    more = options.pop("keywords", {})
    return {"name": name, module: options, "ignore_errors": True, **more}


def state(deltasib):
    """Return what the writes of this file may have changed, once each."""
    return {
        "add": "new" in deltasib.users(),
        "purchase": deltasib.bought("narges.yazdani"),
        "payment": deltasib.vouchers("narges.yazdani"),
        "cancel": deltasib.bought("zahra.karimi"),
        "status": deltasib.users()["maryam.hosseini"]["Status_Id"],
        "disconnect": deltasib.online().count("ali.mohammadi"),
    }


DONE = {"add": True, "purchase": [(14, "Active")], "payment": [("4711", 7000)], "cancel": [(11, "Cancel"), (11, "Active")], "status": 2, "disconnect": 0}


@pytest.mark.seed("default", vendor="deltasib")
@pytest.mark.parametrize(("door", "loss"), [("fast", loss) for loss in LOSSES] + [("module", "reset after"), ("module", "reset before")])
def test_lost_answers(deltasib, run_deltasib, door, loss):
    """Each write once, whatever is lost; what cannot be known is said, and the next run finds out."""
    fault, done = LOSSES[loss]
    # After the active service is canceled, one of the same kind takes its place: it must not be taken for the first one.
    deltasib.seed("bought", 1, username="zahra.karimi", service=11)
    kept = deltasib.dump()["bought"][0]["User_ServiceBase_Id"]
    outcomes = {}
    for _module, _options, _operation, method, path in WRITES.values():
        deltasib.fault(method=method, path=path, **fault)
    tasks = [
        task(module, name, **(dict(options, user_service_id=str(kept)) if name == "cancel" else options), api_timeout=1 if loss == "no answer" else 30)
        for name, (module, options, _operation, _method, _path) in WRITES.items()
    ]
    played = run_deltasib(tasks, door).ok()
    for name in WRITES:
        outcomes[name] = played.kinds(name) == ["ok"]
    found = state(deltasib)
    counts = {name: deltasib.writes().count(entry[2]) for name, entry in WRITES.items()}
    charged = ("purchase", "payment")
    if done:
        assert found == DONE, loss
        assert outcomes == dict.fromkeys(WRITES, True), {name: played[name].get("msg") for name in WRITES}
        assert counts == dict.fromkeys(WRITES, 1)
    else:
        if loss == "reset before":
            # A closed connection is no proof that the server has finished, so a cancellation is not tried again either.
            charged += ("cancel",)
        # What costs money is not tried again; the rest is, once, when it is provably not there.
        undone = {"purchase": [], "payment": [], "cancel": [(11, "Active"), (11, "Pending")]}
        assert found == {**DONE, **{name: undone[name] for name in charged}}, loss
        assert {name for name, fine in outcomes.items() if not fine} == set(charged)
        for name in charged:
            assert played[name]["error"]["code"] == "outcome_unknown" and "look at" in played[name]["msg"]
            assert counts[name] == 1
    again = run_deltasib(
        [
            task(module, name, **(dict(options, user_service_id=str(kept)) if name == "cancel" else options))
            for name, (module, options, _operation, _method, _path) in WRITES.items()
        ],
        "fast",
    ).ok()
    assert state(deltasib) == DONE
    for name in WRITES:
        assert again[name]["changed"] is (not done and name in charged), name
    assert deltasib.credit() == 50_000_000 - 7000


@pytest.mark.seed("default", vendor="deltasib")
def test_looking_fails_too(deltasib, run_deltasib):
    """When the look after a lost answer fails as well, nobody is told that it worked, and nothing is sent twice."""
    deltasib.fault("reset_after", method="POST", path="base/$")
    deltasib.fault("status", method="GET", path="base/$", status=500, skip=1, times=0)
    deltasib.fault("reset_after", method="POST", path="payment/$")
    deltasib.fault("status", method="GET", path="payment/$", status=500, skip=1, times=0)
    played = run_deltasib([task(SERVICE, "buy", **BUY), task(PAYMENT, "pay", **PAY)]).ok()
    for name in ("buy", "pay"):
        assert played[name]["error"]["code"] == "outcome_unknown" and "looking for it failed too" in played[name]["msg"]
        assert "narges.yazdani" in played[name]["msg"]
    assert deltasib.bought("narges.yazdani") == DONE["purchase"] and deltasib.vouchers("narges.yazdani") == DONE["payment"]


@pytest.mark.seed("default", vendor="deltasib")
def test_another_voucher_is_no_proof(deltasib, run_deltasib):
    """The payment that was lost before it was booked is not taken for one that stands beside it."""
    deltasib.seed("payments", 1, username="narges.yazdani", amount=7000, voucher=47110)
    deltasib.fault("reset_before", method="POST", path="payment/$")
    played = run_deltasib([task(PAYMENT, "pay", **PAY)]).ok()
    assert played["pay"]["error"]["code"] == "outcome_unknown"
    assert deltasib.vouchers("narges.yazdani") == [("47110", 7000)]


@pytest.mark.seed("default", vendor="deltasib")
@pytest.mark.parametrize("status", [None, 401, 400, 500, 503])
def test_void_tokens(deltasib, run_deltasib, status):
    """A void token means one login more and the same call again, whatever the HTTP status, also for what is sent only once."""
    deltasib.settings(void_status=status)
    deltasib.fault("token_expiry", method="POST", path="payment/$")
    deltasib.fault("token_expiry", method="GET", path="base/$")
    played = run_deltasib([task(PAYMENT, "pay", **PAY), task(SERVICE, "buy", **BUY)]).ok()
    assert played["pay"]["changed"] is played["buy"]["changed"] is True
    assert deltasib.vouchers("narges.yazdani") == DONE["payment"] and deltasib.summary()["logins"] == 3
    token = deltasib.dump()["tokens"][0]
    deltasib.fault("token_expiry", method="GET", path="user/$")
    only = {"api_url": deltasib.url, "ca_path": deltasib.connection["ca_path"], "api_token": token}
    played = run_deltasib([task(P + "user_info", "void")], connection=only).ok()
    assert "void or expired" in played["void"]["msg"] and token not in played.output


def spellings(secret):
    raw = secret.encode()
    yield from (
        secret,
        quote(secret),
        raw.hex(),
        raw.hex().upper(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
    )


@pytest.mark.seed("default", vendor="deltasib")
def test_secrets(deltasib, run_deltasib, door):
    """The password, the key made of it, the token and subscribers' passwords are nowhere, though the server tells all it was sent."""
    key = hashlib.sha512(PASSWORD.encode()).hexdigest()
    secret = "Geheim/'\"+ü-canary"
    tasks = []
    for number, (method, path) in enumerate((("GET", "user/$"), ("POST", "user/$"), ("PUT", "user/$"), ("POST", "auth/$"), ("GET", "base/$"))):
        deltasib.fault("echo_secrets", method=method, path=path, times=0, status=400)
        tasks.append(
            task(
                *((P + "user_info", "e0") if number == 0 else (USER, "e%d" % number)),
                **({} if number == 0 else {"username": "new%d" % number, "password": secret}),
            )
        )
    played = run_deltasib(
        [*tasks, task(SERVICE, "list", **BUY), task(P + "login", "login"), task(USER, "many", users=[{"username": "a", "password": secret}])], door, verbosity=4
    ).ok()
    assert played.kinds("e0") == ["failed"]
    tokens = deltasib.dump()["tokens"]
    for word in [PASSWORD, key, secret, *tokens]:
        for spelling in spellings(word):
            assert spelling not in played.output, spelling
            assert spelling not in str(played.lines), spelling


@pytest.mark.seed("default", vendor="deltasib")
def test_certificates_and_addresses(deltasib, run_deltasib, door):
    """Trust is the user's explicit choice; who is not permitted hears why."""
    bare = {name: value for name, value in deltasib.connection.items() if name != "ca_path"}
    info = P + "service_info"
    played = run_deltasib(
        [
            task(info, "untrusted"),
            task(info, "unverified", validate_certs=False),
            task(info, "by environment", keywords={"environment": {"DELTASIB_CA_PATH": deltasib.connection["ca_path"]}}),
            task(info, "wrong password", validate_certs=False, api_password="wrong-password"),
            task(info, "wrong version", validate_certs=False, api_version="1.0/../2"),
            task(info, "old version", validate_certs=False, api_version="0.9"),
        ],
        door,
        connection=bare,
    ).ok()
    assert "ca_path" in played["untrusted"]["msg"] and played.kinds("untrusted") == ["failed"]
    assert len(played["unverified"]["services"]) == len(played["by environment"]["services"]) == 8
    assert played["wrong password"]["error"]["code"] == -2 and "wrong-password" not in played.output
    assert "api_version" in played["wrong version"]["msg"] and played["old version"]["error"]["http_status"] == 404
    deltasib.settings(ip_permitted=False)
    played = run_deltasib([task(info, "not permitted")], door).ok()
    assert played["not permitted"]["error"]["code"] == -3 and "permitted" in played["not permitted"]["msg"]


@pytest.mark.seed("default", vendor="deltasib", denied=["user.add", "user.service.base.add", "user.payment.add", "user.service.base.cancel", "user.status.add"])
def test_no_permission(deltasib, run_deltasib):
    before = state(deltasib)
    played = run_deltasib([task(module, name, **options) for name, (module, options, *_rest) in WRITES.items() if name != "disconnect"]).ok()
    for name in WRITES:
        if name != "disconnect":
            assert "Access denied" in played[name]["msg"], played[name]
    assert state(deltasib) == before


#: How many of the 500 buy and pay: more than the hundred names of one look-up.
BUYERS = 120
#: Servers by what they tell of many subscribers at once, and what they cost: reading what is there of 500, buying and paying of BUYERS.
SERVERS = {
    # Whose a row is stands in no list of the document: then one read a subscriber, and one more for the ids of what is new.
    "as documented": ({}, {"services": 1 + 5 + 1 + 500 + 1, "payments": 1 + 500, "users": 5, "sessions": 2, "credits": 2, "all": 6},
                      {"buy": 1 + 1 + BUYERS + BUYERS + BUYERS, "pay": 1 + BUYERS + BUYERS + BUYERS}),
    # Only who shall buy or pay is asked for alone; ids come from one list.
    "one list of many": ({"service_list_user": "optional", "payment_list_user": "optional", "list_owner": "shown"},
                         {"services": 1 + 5 + 1 + 2, "payments": 4, "users": 5, "sessions": 2, "credits": 2, "all": 6},
                         {"buy": 1 + 1 + BUYERS + BUYERS + 1, "pay": 1 + BUYERS + BUYERS + 1}),
}


@pytest.mark.parametrize("server", SERVERS)
def test_five_hundred(deltasib, run_deltasib, server):
    """Services and payments of 500 subscribers: one login, one look-up a hundred names, and nobody is asked for alone who need not be."""
    settings, reads, writes = SERVERS[server]
    deltasib.reset(**settings)
    names = deltasib.seed("users", 500, prefix="many", service=11, voucher=10000, amount=5000)
    services = [{"username": name, "service": "یک ماهه ۵۰ گیگ"} for name in names]
    payments = [{"username": name, "voucher_no": str(10000 + place), "amount": 5000, "currency_id": 1} for place, name in enumerate(names)]
    users = [{"username": name} for name in names]
    played = run_deltasib(
        [
            task(SERVICE, "services", services=services),
            task(PAYMENT, "payments", payments=payments),
            task(USER, "users", users=users),
            task(SESSION, "sessions", sessions=users),
            task(P + "credit_info", "credits", usernames=names),
            task(P + "user_info", "all"),
        ],
        diff=False,
    ).ok()
    for name in ("services", "payments", "users"):
        assert played[name]["changed"] is False and played[name]["summary"]["unchanged"] == 500
    # The first task logs in; the catalogue is one more for the name of the service. Each task looks its subscribers up by itself.
    assert {name: played[name]["api"]["requests"] for name in reads} == {
        name: count + (5 if name in ("payments", "sessions", "credits") else 0) for name, count in reads.items()}
    assert deltasib.summary()["logins"] == 1 and deltasib.writes() == []
    deltasib.clear_journal()
    services = [{"username": name, "service": "12", "pay_plan": "postpaid"} for name in names[:BUYERS]]
    payments = [dict(item, voucher_no="9" + item["voucher_no"]) for item in payments[:BUYERS]]
    played = run_deltasib(
        [
            task(SERVICE, "check", services=services, keywords={"check_mode": True}),
            task(SERVICE, "buy", services=services),
            task(PAYMENT, "pay", payments=payments),
            task(SERVICE, "again", services=services),
            task(PAYMENT, "pay again", payments=payments),
        ],
        diff=False,
    ).ok()
    assert played["buy"]["summary"]["created"] == played["pay"]["summary"]["created"] == BUYERS
    assert played["check"]["changed"] is True and played["again"]["changed"] is played["pay again"]["changed"] is False
    bought = {row["Username"]: row["User_ServiceBase_Id"] for row in deltasib.dump()["bought"] if row["Service_Id"] == 12}
    booked = {row["VoucherNo"]: row["User_Payment_Id"] for row in deltasib.dump()["payments"]}
    for time in ("buy", "again"):
        assert {row["username"]: row["id"] for row in played[time]["services"]} == bought
    for time in ("pay", "pay again"):
        assert {row["voucher_no"]: row["id"] for row in played[time]["payments"]} == {row["voucher_no"]: booked[row["voucher_no"]] for row in payments}
    assert {name: played[name]["api"]["requests"] for name in writes} == {name: count + 2 for name, count in writes.items()}
    summary = deltasib.summary()
    assert summary["logins"] == 1 and summary["operations"]["user.service.base.add"] == summary["operations"]["user.payment.add"] == BUYERS
    assert deltasib.credit() == 50_000_000 - BUYERS * 5000
