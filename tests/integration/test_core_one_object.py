# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One object's failure is its own: the others of a list are read and written; only the end of the login or of the connection ends them all."""

from __future__ import annotations

import pytest
from jobs import carry_out


def failed(result, plural):
    """Return the places of the items that failed."""
    return [place for place, row in enumerate(result[plural]) if row["action"] == "failed"]


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("fault", [{"kind": "status", "status": 401}, {"kind": "reset_before"}, {"kind": "status", "status": 500}], ids=["401", "reset", "500"])
def test_the_detail_of_one_user(alocom, fault, concurrency):
    alocom.seed("users", 12, prefix="u")
    rows = alocom.dump()["users"]
    alocom.fault(method="GET", path="users/%d$" % rows[2]["id"], times=0, **fault)
    wanted = [{"username": row["username"], "email": "new-%d@example.ir" % row["id"]} for row in rows]
    result = carry_out("alocom_user", dict(alocom.connection, users=wanted, api_retries=0, api_concurrency=concurrency))
    assert failed(result, "users") == [2] and result["summary"]["updated"] == 11, result["msg"]
    assert rows[2]["username"] in result["msg"] and len(alocom.writes()) == 11


def test_the_login_ends_while_a_list_is_written(alocom):
    """The token becomes void and the login is refused: one object says so, the rest says why it was not attempted."""
    alocom.seed("users", 12, prefix="u")
    rows = alocom.dump()["users"]
    alocom.fault("token_expiry", path="users/%d$" % rows[3]["id"], method="GET")
    alocom.fault("status", status=401, path="auth/login", times=0, skip=1)
    wanted = [{"username": row["username"], "email": "new-%d@example.ir" % row["id"]} for row in rows]
    result = carry_out("alocom_user", dict(alocom.connection, users=wanted, api_concurrency=1))
    assert failed(result, "users") == list(range(12)) and len(alocom.writes()) == 1
    codes = [row["error"]["code"] for row in result["users"]]
    # Three were read before the end: the first of them tries to write.
    assert codes == [401, "not_attempted", "not_attempted", 401] + ["not_attempted"] * 8
    assert result["users"][11]["error"]["message"].startswith("not attempted, because login") and result["error"]["code"] == 401
    assert alocom.summary()["logins"] == 3


def test_nobody_listens_any_more(alocom):
    """The first of many says so, and no other knocks."""
    users = [{"username": "u%d" % number, "status": "Enable"} for number in range(9)]
    result = carry_out("deltasib_user_status", dict(api_url="http://127.0.0.1:9", api_token="t", api_retries=0, api_concurrency=1, users=users))
    assert result["failed"] and result["api"]["requests"] == 1


# -- what several items share: failing, it fails for those that need it, and the others are carried out and told ----------------------


def alocom_looks(vendor):
    vendor.seed("users", 3, prefix="u")
    return "alocom_user", "users", [{"username": "u-00001", "name": "نو"}, {"username": "u-00002", "name": "نو"}], {"path": "users/index"}, [0]


def alocom_labels(vendor):
    """Titles behind the ids of labels matter to whoever changes a user or names labels, not to others."""
    vendor.reset("default", label_style="ids")
    users = [{"username": "zahra.karimi"}, {"username": "leila.nouri", "labels": ["استادان"]}, {"username": "hassan.rezaei", "state": "absent"}]
    return "alocom_user", "users", users, {"path": "labels/list", "times": 0}, [1]


def alocom_members_of_events(vendor):
    vendor.reset("default")
    vendor.seed("events", 2, prefix="e")
    events = [{"slug": "e-00001", "enabled": False}, {"slug": "e-00002", "members": [{"username": "leila.nouri"}]}]
    return "alocom_event", "events", events, {"path": "users/index", "times": 0}, [1]


def alocom_services(vendor):
    vendor.reset("default")
    events = [{"slug": "new-a", "title": "ن", "service": "14"}, {"slug": "math-10", "enabled": False}]
    return "alocom_event", "events", events, {"path": "services/index", "times": 0}, [0]


def alocom_one_event(vendor):
    vendor.reset("default")
    number = vendor.events()["math-10"]["id"]
    other = next(slug for slug in vendor.events() if slug != "math-10")
    members = [{"event": "math-10", "username": "leila.nouri"}, {"event": other, "username": "leila.nouri"}]
    return "alocom_event_member", "members", members, {"path": "events/%s" % number, "method": "GET", "times": 0}, [0]


def alocom_one_member(vendor):
    vendor.reset("default")
    members = [{"event": "math-10", "username": name, "state": "absent"} for name in ("leila.nouri", "zahra.karimi")]
    return "alocom_event_member", "members", members, {"path": "users/index"}, [0]


def alocom_people(vendor):
    vendor.reset("default")
    people = [{"event": "math-10", "username": name} for name in ("leila.nouri", "zahra.karimi")]
    return "alocom_event_link", "people", people, {"path": "users/index"}, [0]


def deltasib_usernames(vendor):
    """About a hundred are asked for with one request; the second of them fails."""
    vendor.reset("default")
    vendor.seed("users", 150, prefix="u")
    users = [{"username": "u-%05d" % number, "password": "secret-word"} for number in range(1, 151)]
    return "deltasib_user", "users", users, {"path": "/user/", "skip": 1}, list(range(100, 150))


def deltasib_payers(vendor):
    vendor.reset("default")
    vendor.seed("users", 101, prefix="u")
    payments = [{"username": "u-%05d" % number, "voucher_no": "7", "amount": 5, "currency_id": 1} for number in range(1, 102)]
    return "deltasib_user_payment", "payments", payments, {"path": "/user/", "skip": 1}, [100]


def deltasib_catalogue(vendor):
    """An id needs no catalogue as long as nothing is bought."""
    vendor.reset("default")
    name, number = next((row["Username"], row["Service_Id"]) for row in vendor.dump()["bought"] if row["ServiceStatus"] in ("Active", "Using", "Pending"))
    services = [{"username": name, "service": str(number)}, {"username": name, "service": "no such name"}]
    return "deltasib_user_service", "services", services, {"path": "/service/", "times": 0}, [1]


def deltasib_sessions(vendor):
    vendor.reset("default")
    vendor.seed("users", 101, prefix="u")
    users = [{"username": "u-%05d" % number} for number in range(1, 102)]
    return "deltasib_session", "sessions", users, {"path": "/user/", "skip": 1}, [100]


def payamsms_status(vendor):
    vendor.reset()
    messages = [{"customer_id": "c%03d" % number, "recipient": "09121234567"} for number in range(251)]
    return "payamsms_message", "messages", messages, {"path": "report/webservice/status", "skip": 1}, [250]


def payamsms_scheduled(vendor):
    vendor.reset()
    messages = [{"customer_id": "c%03d" % number, "recipient": "09121234567", "send_date": "2035-01-01 10:00:00"} for number in range(3)]
    return "payamsms_message", "messages", messages, {"path": "scheduledList", "skip": 1}, [1]


def smspanel_users(vendor):
    vendor.reset()
    return "smspanel_user", "users", [{"username": "new%d" % number, "password": "secret-word"} for number in range(3)], {"path": "/my$", "skip": 1}, [1]


def podspace_spaces(vendor):
    vendor.reset("default")
    for name in "abc":
        carry_out("podspace_organization", {**vendor.connection, "name": name})
    members = [{"organization": name, "person": "z.karimi"} for name in "abc"]
    return "podspace_organization_member", "members", members, {"match_body": vendor.of("get_list_of_collaborator"), "skip": 1}, [1]


def podspace_folders(vendor):
    vendor.reset("default")
    shares = [{"folder_hash": place, "person": "z.karimi"} for place in vendor.seed("folders", 3)]
    return "podspace_folder_share", "shares", shares, {"match_body": vendor.of("get_folder_shares_list"), "skip": 1}, [1]


SHARED = [alocom_looks, alocom_labels, alocom_members_of_events, alocom_services, alocom_one_event, alocom_one_member, alocom_people, deltasib_usernames,
          deltasib_payers, deltasib_catalogue, deltasib_sessions, payamsms_status, payamsms_scheduled, smspanel_users, podspace_spaces, podspace_folders]


@pytest.mark.parametrize("kind", ["status", "reset_before"])
@pytest.mark.parametrize("case", SHARED, ids=lambda case: case.__name__)
def test_what_several_share(request, case, kind):
    vendor = request.getfixturevalue(case.__name__.split("_")[0])
    module, plural, items, fault, expected = case(vendor)
    options = {**vendor.connection, plural: items, "api_retries": 0, "api_concurrency": 1}
    if module == "payamsms_message":
        options.update(sender="982000123", body="x")
    vendor.clear_journal()
    vendor.fault(kind, **({"status": 500} if kind == "status" else {}), **fault)
    result = carry_out(module, options)
    plural = {"people": "links"}.get(plural, plural)
    assert result["failed"] and failed(result, plural) == expected, (result["msg"], result.get(plural))
    assert len(result[plural]) == len(items) and all(result[plural][place]["error"]["code"] != "not_attempted" for place in expected)
    # Nothing is asked again for each item that needs it.
    assert result["api"]["requests"] < 20 or len(items) > 3
    assert result["summary"]["failed"] == len(expected) and ("%d of %d" % (len(expected), len(items))) in result["msg"]
