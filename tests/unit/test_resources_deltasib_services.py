# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What DeltaSib's subscribers buy: nothing without a look, nothing twice, and exactly what was asked for."""

from __future__ import annotations

import pytest
from requests_of import answers, asked, read, sent
from resources import Panel

from jobs import Loop  # isort: skip

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import catalogue, user_service

MONTH, QUARTER = "یک ماهه ۵۰ گیگ", "سه ماهه ۲۰۰ گیگ"


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "deltasib", tmp_path, "default")


def journalled(panel):
    return {"journal": str(panel.folder / "journal.db")}


# -- services: bought ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "body"), [
    ({"service": MONTH}, {}), ({"service": "11", "pay_plan": "prepaid"}, {"PayPlan": "PrePaid"}),
    ({"service": " ۰۱۱ ", "pay_plan": "postpaid"}, {"PayPlan": "PostPaid"}),
    ({"service": "يك ماهه 50 گيگ", "pay_price": "1,200"}, {"PayPrice": "1200"}), ({"service": 11, "pay_price": "۰"}, {"PayPrice": "0"}),
    ({"service": 11, "pay_price": "12.50"}, {"PayPrice": "12.50"}),
])
def test_a_service_is_bought_with_what_was_given(panel, given, body):
    panel.vendor.mutate("users", {"User_Id": 1006}, {"balance": 1_000_000})
    ran = panel.both("deltasib_user_service", username="narges.yazdani", **given)
    assert sent(ran) == [("user.service.base.add", {"User_Id": "1006", "Service_Id": "11", **body})]
    assert ran.result["changed"] and panel.vendor.bought("narges.yazdani") == [(11, "Active")]
    told = ran.result["service"]
    assert (told["username"], told["service"], told["service_id"], told["service_price"], told["id"]) == (
        "narges.yazdani", str(given["service"]).strip(), 11, 120000, 5006)
    assert told["status"] == "Active" and told["start_iso"].startswith("2025-10-05T") and told["return_price"] == 0
    again = panel.both("deltasib_user_service", username="Narges.Yazdani", **given)
    assert sent(again) == [] and not again.result["changed"] and "warnings" not in again.result


def test_what_check_mode_tells_of_a_purchase(panel):
    ran = panel.run("deltasib_user_service", check=True, username="narges.yazdani", service=MONTH, pay_price=5)
    assert ran.result["diff"]["before"] == {} and ran.result["diff"]["after"] == {"username": "narges.yazdani", "service": MONTH, "pay_price": 5}
    assert {name: ran.result["service"][name] for name in ("service_id", "service_price", "vat", "id", "status")} == {
        "service_id": 11, "service_price": 120000, "vat": None, "id": None, "status": None}
    # Of the VAT only what was bought tells: the newest one of anybody asked about.
    panel.vendor.settings(vat_percent=9)
    panel.vendor.seed("bought", username="zahra.karimi", service=12)
    panel.vendor.settings(vat_percent=10)
    ran = panel.run("deltasib_user_service", check=True, username="zahra.karimi", service=14)
    assert ran.result["service"]["vat"] == 9


def test_a_service_that_is_there_in_any_live_state(panel):
    for status, live in (("Active", True), ("Using", True), ("Pending", True), ("Used", False), ("Cancel", False), ("Finished", False)):
        panel.vendor.mutate("bought", {"User_Id": 1001}, {"ServiceStatus": status})
        ran = panel.run("deltasib_user_service", check=True, username="zahra.karimi", service=11)
        assert ran.result["changed"] is not live, status
        assert live is (read(ran) == [("user.service.base.list", {"Username": "zahra.karimi"})])


def test_of_several_the_one_in_use_is_shown(panel):
    panel.vendor.seed("bought", 2, username="zahra.karimi", service=11)
    panel.vendor.mutate("bought", {"User_ServiceBase_Id": 5007}, {"ServiceStatus": "Using"})
    assert panel.run("deltasib_user_service", username="zahra.karimi", service=11).result["service"]["id"] == 5001
    panel.vendor.mutate("bought", {"User_ServiceBase_Id": 5001}, {"ServiceStatus": "Used"})
    shown = panel.run("deltasib_user_service", username="zahra.karimi", service=11).result["service"]
    assert shown["id"] == 5007 and shown["status"] == "Using"


def test_bought_otherwise_is_told_and_not_bought_again(panel):
    ran = panel.both("deltasib_user_service", user_id=1001, service=11, pay_plan="postpaid", pay_price=100)
    assert sent(ran) == [] and not ran.result["changed"] and ran.result["warnings"] == [
        "pay_plan of service user_id 1001 / 11 is prepaid: it was bought that way, and buying it otherwise would be a second purchase",
        "pay_price of service user_id 1001 / 11 is 120000: it was bought that way, and buying it otherwise would be a second purchase"]
    same = panel.both("deltasib_user_service", user_id=1001, service=11, pay_plan="prepaid", pay_price="120,000")
    assert "warnings" not in same.result and same.result["service"]["pay_price"] == 120000


@pytest.mark.parametrize(("given", "told"), [
    ({"service": 11}, "username, user_id or services is required"), ({"username": "a"}, "service is required and must not be empty"),
    ({"username": "a", "service": " "}, "service is required and must not be empty"),
    ({"username": "a", "service": 1, "state": "absent"}, "state: must be"),
    ({"username": "a", "service": 1, "pay_price": "1" * 15}, "pay_price: must be an amount of up to 14 digits, not '%s'" % ("1" * 15)),
    ({"username": "a", "service": 1, "pay_price": "-1"}, "pay_price: must be an amount"),
    ({"username": "a", "service": 1, "pay_price": "1.234"}, "pay_price: must"),
    ({"username": "a", "service": 1, "pay_plan": "free"}, "pay_plan: must be"),
    ({"username": "a", "service": 1, "pay_price": ""}, "pay_price: must not be empty: it cannot be cleared"),
    ({"username": "a", "service": 1, "user_service_id": 5}, "user_service_id says which service to cancel; it needs state: canceled"),
    ({"username": "a", "service": 1, "user_service_id": "x", "state": "canceled"}, "user_service_id must be a whole number, not 'x'"),
    ({"services": [{"username": "a", "service": "۱"}, {"username": "A", "service": "01"}]}, "services[1]: names the same service (A / 01) as services[0]"),
])
def test_options_of_a_service_that_are_refused(panel, given, told):
    ran = panel.run("deltasib_user_service", **given)
    assert told in ran.msg and ran.requests == []


@pytest.mark.parametrize(("service", "told", "code"), [
    ("ساعتی شبان", "service: there is no service ساعتی شبان (did you mean ساعتی شبانه?)", "not_found"), (99, "service: there is no service 99", "not_found"),
    (15, "service: یک ماهه قدیمی (id 15) is disabled", "not_sold"), (16, "service: ویژه سازمانی (id 16) is not for resellers", "not_sold"),
    (21, "service: آی‌پی ثابت (id 21) is of type IP, not a base service", "not_sold"), ("ترافیک اضافه 10 گیگ", "(id 31) is of type ExtraCredit", "not_sold"),
])
@pytest.mark.parametrize("check", [True, False])
def test_a_service_that_nobody_sells(panel, service, told, code, check):
    ran = panel.run("deltasib_user_service", check=check, username="narges.yazdani", service=service)
    assert told in ran.msg and ran.result["error"]["code"] == code and sent(ran) == []
    assert ("deltasib_service_info lists them" in ran.msg) is (code == "not_found")


def test_services_that_share_a_name(panel):
    state = panel.wire.simulator.vendors["deltasib"].state
    state.services[15]["ServiceName"] = MONTH
    assert panel.run("deltasib_user_service", check=True, username="narges.yazdani", service=MONTH).result["service"]["service_id"] == 11
    state.services[12]["ServiceName"] = MONTH
    ran = panel.run("deltasib_user_service", username="narges.yazdani", service=MONTH)
    assert "service: 2 services are called %s (ids 11, 12)" % MONTH in ran.msg and ran.result["error"]["code"] == "ambiguous" and sent(ran) == []
    for number in (11, 12):
        state.services[number]["ISEnable"] = "No"
    assert "3 services are called" in panel.run("deltasib_user_service", username="narges.yazdani", service=MONTH).msg


@pytest.mark.parametrize(("row", "sold"), [
    ({"ServiceType": None, "ISEnable": None, "ResellerChoosable": None}, True), ({"ServiceType": "Base", "ISEnable": "1", "ResellerChoosable": "true"}, True),
    ({"ServiceType": "Base", "ISEnable": "0"}, False), ({"ResellerChoosable": "No"}, False), ({"ServiceType": "IP"}, False),
])
def test_a_row_of_the_catalogue(row, sold):
    made = catalogue.service({"service_id": "7", "servicename": "a", **{name.lower(): value for name, value in row.items()}})
    assert (made["id"], made["name"], made["description"], made["price"]) == (7, "a", "", None)
    if sold:
        assert catalogue.refuse_unsold(made) is None
    else:
        with pytest.raises(UsageError) as refused:
            catalogue.refuse_unsold(made)
        assert refused.value.vendor == "deltasib" and refused.value.code == "not_sold"


def test_the_catalogue_is_read_once_and_only_where_it_is_needed(panel):
    services = [{"username": "narges.yazdani", "service": MONTH}, {"username": "narges.yazdani", "service": 12}, {"username": "amir.kazemi", "service": 31},
                {"username": "zahra.karimi", "service": 11}]
    ran = panel.run("deltasib_user_service", services=services)
    assert asked(ran).count("service.list") == 1 and [entry["action"] for entry in ran.result["services"]] == ["created", "created", "failed", "unchanged"]
    assert asked(panel.run("deltasib_user_service", services=[services[3]])) == ["user.service.base.list"]


def test_two_items_that_mean_one_purchase(panel):
    for services in ([{"username": "narges.yazdani", "service": MONTH}, {"user_id": 1006, "service": 11}],
                     [{"username": "narges.yazdani", "service": MONTH}, {"username": "narges.yazdani", "service": 11}]):
        ran = panel.run("deltasib_user_service", services=services)
        assert "services[1]: names the same service (%s / 11) as services[0]: each may occur once" % (
            "user_id 1006" if "user_id" in services[1] else "narges.yazdani") in ran.msg and sent(ran) == []


def test_services_of_subscribers_who_are_not_there(panel):
    ran = panel.run("deltasib_user_service", services=[{"username": "nobody.at", "service": 11}, {"username": "narges.yazdani", "service": 11}])
    assert [entry["action"] for entry in ran.result["services"]] == ["failed", "created"]
    assert ran.result["services"][0]["error"]["message"] == "there is no subscriber nobody.at"
    warned = panel.run("deltasib_user_service", check=True, username="nobody.at", service=11)
    assert warned.result["changed"] and warned.result["warnings"] == ["there is no subscriber nobody.at yet; a real run would need him"]
    assert panel.run("deltasib_user_service", check=True, user_id=99, service=11).failed


def test_an_empty_list_of_somebody_who_is_not_there(panel):
    """Some servers answer an empty list for a name that they do not know."""
    answers(panel, ("user.service.base.list", []))
    panel.vendor.fault("status", status=200, body=[], operation="user.service.base.list")
    ran = panel.run("deltasib_user_service", username="nobody.at", service=11)
    assert "there is no subscriber nobody.at" in ran.msg and sent(ran) == []


def test_a_refused_list_of_somebody_who_is_there(panel):
    for code, lookups in ((-5, 1), (-4, 1), (-3, 0)):
        panel.vendor.fault("status", status=400, body={"ErrorCode": code, "ErrorDesc": "no"}, operation="user.service.base.list", times=0)
        ran = panel.run("deltasib_user_service", username="zahra.karimi", service=11)
        assert ran.result["error"]["code"] == code and sent(ran) == [] and asked(ran).count("user.list") == lookups
        assert panel.run("deltasib_user_service", user_id=1001, service=11).result["error"]["code"] == code
        panel.wire.clear_faults()


def test_a_subscriber_who_cannot_be_looked_up(panel):
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="user.list")
    ran = panel.run("deltasib_user_service", services=[{"username": "narges.yazdani", "service": 11}, {"username": "zahra.karimi", "service": 11}])
    assert [entry["action"] for entry in ran.result["services"]] == ["failed", "unchanged"] and sent(ran) == []
    assert ran.result["services"][0]["error"]["code"] == -3


@pytest.mark.parametrize("code", [-5, -3])
def test_a_refused_purchase(panel, code):
    panel.vendor.fault("status", status=400, body={"ErrorCode": code, "ErrorDesc": "no"}, operation="user.service.base.add")
    ran = panel.run("deltasib_user_service", username="narges.yazdani", service=11)
    assert ran.result["error"]["code"] == code and ran.result["error"]["operation"] == "buy service" and not ran.result["changed"]
    assert panel.vendor.bought("narges.yazdani") == []


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before", "truncate_json", "no_content"])
@pytest.mark.parametrize("journal", [False, True])
def test_a_purchase_whose_answer_was_lost(panel, kind, journal):
    """Looked for, never bought again: what is not to be seen is told as unknown."""
    more = journalled(panel) if journal else {}
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="user.service.base.add")
    ran = panel.run("deltasib_user_service", username="narges.yazdani", service=11, **more)
    assert asked(ran).count("user.service.base.add") == 1
    if kind == "reset_before":
        assert ran.result["error"]["code"] == "outcome_unknown" and panel.vendor.bought("narges.yazdani") == []
    else:
        assert not ran.failed and ran.result["changed"] and ran.result["service"]["id"] == 5006
        assert panel.vendor.bought("narges.yazdani") == [(11, "Active")]
    again = panel.run("deltasib_user_service", username="narges.yazdani", service=11, **more)
    assert again.failed is (journal and kind == "reset_before")
    assert len(panel.vendor.bought("narges.yazdani")) == (0 if again.failed else 1)


def test_a_purchase_by_two_names_of_a_subscriber_is_one_in_the_journal(panel):
    assert sent(panel.run("deltasib_user_service", username="narges.yazdani", service=MONTH, **journalled(panel)))
    panel.vendor.fault("reset_before", operation="user.service.base.add")
    panel.vendor.mutate("bought", {"User_Id": 1006}, {"ServiceStatus": "Used"})
    assert panel.run("deltasib_user_service", username="narges.yazdani", service=MONTH, **journalled(panel)).failed
    ran = panel.run("deltasib_user_service", user_id=1006, service=11, **journalled(panel))
    assert ran.result["error"]["code"] == "outcome_unknown" and sent(ran) == []


# -- services: of many subscribers ---------------------------------------------------------------------------------------


def shown(panel):
    panel.vendor.settings(list_owner="shown", service_list_user="optional", payment_list_user="optional")


def test_what_many_have_is_read_with_one_list(panel):
    shown(panel)
    services = [{"username": "zahra.karimi", "service": MONTH}, {"user_id": 1002, "service": 12}, {"username": "maryam.hosseini", "service": 13},
                {"user_id": 1004, "service": 14}]
    ran = panel.run("deltasib_user_service", services=services)
    assert not ran.result["changed"] and asked(ran) == ["user.list", "service.list", "user.service.base.list"]
    whose, products, states = (part.split(" or ") for part in read(ran)[-1][1]["Filter"].replace("(", "").replace(")", "").split(" and "))
    assert whose == ["User_Id=%d" % number for number in range(1001, 1005)] and sorted(products) == ["Service_Id=%d" % number for number in range(11, 15)]
    assert states == ["ServiceStatus='Active'", "ServiceStatus='Using'", "ServiceStatus='Pending'"]
    assert [entry["id"] for entry in ran.result["services"]] == [5001, 5002, 5003, 5004]
    assert asked(panel.run("deltasib_user_service", services=services[:3])).count("user.service.base.list") == 3


def test_a_long_list_of_many_ends_when_all_are_seen(panel):
    shown(panel)
    panel.vendor.settings(limit_max=10)
    panel.vendor.seed("users", 30, prefix="a", service=11)
    for many, lists in ((12, 2), (10, 1), (28, 3)):
        ran = panel.run("deltasib_user_service", services=[{"user_id": 1007 + number, "service": 11} for number in range(1, many + 1)])
        assert not ran.result["changed"] and asked(ran) == ["user.service.base.list"] * lists


def test_who_lacks_something_is_asked_for_alone(panel):
    shown(panel)
    services = [{"username": name, "service": 11} for name in ("zahra.karimi", "ali.mohammadi", "narges.yazdani")]
    services += [{"user_id": 1002, "service": 12}, {"username": "reza.mousavi", "service": 11, "state": "canceled"}]
    ran = panel.run("deltasib_user_service", check=True, services=services)
    assert [entry["action"] for entry in ran.result["services"]] == ["unchanged", "created", "created", "unchanged", "deleted"]
    alone = [said.get("Username") or said.get("User_Id") for operation, said in read(ran) if operation == "user.service.base.list" and "Filter" not in said]
    assert sorted(alone) == ["ali.mohammadi", "narges.yazdani", "reza.mousavi"]


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 400, "body": {"ErrorCode": -5}}, {"kind": "status", "status": 200, "body": "x"}])
def test_a_server_that_lists_nothing_of_many(panel, fault):
    shown(panel)
    panel.vendor.fault(**fault, operation="user.service.base.list")
    services = [{"user_id": number, "service": service} for number, service in ((1001, 11), (1002, 12), (1003, 13), (1004, 14))]
    ran = panel.run("deltasib_user_service", services=services)
    assert not ran.failed and not ran.result["changed"] and asked(ran).count("user.service.base.list") == 5


@pytest.mark.parametrize(("status", "code", "asked_again"), [(400, -5, False), (503, -1, True)])
def test_a_server_that_lists_nothing_of_many_is_asked_again_only_after_trouble(panel, status, code, asked_again):
    shown(panel)
    loop = Loop()
    panel.vendor.fault("status", status=status, body={"ErrorCode": code}, operation="user.service.base.list")
    for services in ((11, 12, 13, 14), (12, 13, 14, 11)):
        panel.vendor.clear_journal()
        given = [{"user_id": 1001 + place, "service": service, "state": "present"} for place, service in enumerate(services)]
        result = loop.item("deltasib_user_service", {**panel.vendor.connection, "api_retries": 0, "services": given}, check=True)
        assert not result["failed"]
        listed = [entry["query"] for entry in panel.vendor.journal() if entry["operation"] == "user.service.base.list"]
    assert ("Filter" in listed[0]) is asked_again and len(listed) == 4 + asked_again


def test_a_filter_that_is_not_heeded(panel):
    shown(panel)
    panel.vendor.settings(filters_ignored=["user.service.base.list"])
    services = [{"user_id": number, "service": 11} for number in (1001, 1002, 1003, 1006)]
    ran = panel.run("deltasib_user_service", check=True, services=services)
    assert [entry["action"] for entry in ran.result["services"]] == ["unchanged", "created", "created", "created"]
    assert asked(ran).count("user.service.base.list") == 5


@pytest.mark.parametrize("operation", ["user.service.base.list", "user.payment.list"])
@pytest.mark.parametrize("rows", [1, 12])
def test_a_server_that_does_not_say_whose_its_rows_are(panel, operation, rows):
    """Though it was asked for: neither a crash nor anybody's purchase."""
    shown(panel)
    numbers = {"User_ServiceBase_Id": 5001, "Service_Id": 11, "ServiceStatus": "Active"} if "service" in operation else {
        "User_Payment_Id": 9001, "VoucherNo": "881001", "PriceINCurrency": 120000, "Currency_Id": 1}
    answers(panel, (operation, [{**numbers, list(numbers)[0]: 5001 + place} for place in range(rows)]))
    some = [{"user_id": number, **({"service": 11} if "service" in operation else {"voucher_no": 880000 + number})}
            for number in (1001, 1002, 1003, 1004)]
    ran = panel.run("deltasib_user_%s" % ("service" if "service" in operation else "payment"), check=True,
                    **{"services" if "service" in operation else "payments": some})
    assert not ran.failed and asked(ran).count(operation) == 5


def test_very_many_services_are_not_named(panel):
    shown(panel)
    panel.vendor.seed("services", 21)
    users = [{"user_id": 1001 + place % 4, "service": 11 if place < 4 else 28 + place} for place in range(25)]
    condition = read(panel.run("deltasib_user_service", check=True, services=users))[0][1]["Filter"]
    assert "Service_Id" not in condition and "ServiceStatus='Pending'" in condition
    condition = read(panel.run("deltasib_user_service", check=True, services=users[:23]))[0][1]["Filter"]
    assert condition.count("Service_Id=") == 20


# -- services: canceled --------------------------------------------------------------------------------------------------


def test_a_service_is_canceled(panel):
    ran = panel.both("deltasib_user_service", username="zahra.karimi", service=MONTH, state="canceled")
    assert sent(ran) == [("user.service.base.cancel", {"User_ServiceBase_Id": "5001"})] and ran.result["changed"]
    assert ran.result["diff"]["before"] == {"username": "zahra.karimi", "service": MONTH} and ran.result["diff"]["after"] == {}
    assert panel.vendor.bought("zahra.karimi") == [(11, "Cancel")]
    for given in ({"username": "zahra.karimi", "service": 11}, {"username": "narges.yazdani", "service": 11}, {"user_id": 1006, "service": 11}):
        again = panel.both("deltasib_user_service", state="canceled", **given)
        assert not again.result["changed"] and sent(again) == []
    assert "there is no subscriber nobody.at" in panel.run("deltasib_user_service", username="nobody.at", service=11, state="canceled").msg


def test_which_of_several_is_canceled(panel):
    panel.vendor.seed("bought", 2, username="zahra.karimi", service=11)
    ran = panel.run("deltasib_user_service", username="zahra.karimi", service=11, state="canceled")
    assert "3 services 11 of zahra.karimi are there (ids 5001 Active, 5006 Pending, 5007 Pending)" in ran.msg and sent(ran) == []
    assert ran.result["error"]["code"] == "ambiguous" and "Say with user_service_id which one to cancel" in ran.msg
    ran = panel.both("deltasib_user_service", username="zahra.karimi", service=11, state="canceled", user_service_id="۵۰۰۷")
    assert sent(ran) == [("user.service.base.cancel", {"User_ServiceBase_Id": "5007"})]
    for given in ({"service": 11, "user_service_id": 5007}, {"service": 12, "user_service_id": 5001}, {"service": 11, "user_service_id": 99}):
        assert not panel.run("deltasib_user_service", username="zahra.karimi", state="canceled", **given).result["changed"]
    both = [{"username": "zahra.karimi", "service": 11, "user_service_id": number} for number in (5001, 5006)]
    ran = panel.run("deltasib_user_service", services=both, state="canceled")
    assert sorted(said["User_ServiceBase_Id"] for _operation, said in sent(ran)) == ["5001", "5006"]


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before", "status"])
def test_a_cancellation_whose_answer_was_lost(panel, kind):
    panel.vendor.fault(kind, **({"status": 500} if kind.startswith("status") else {}), operation="user.service.base.cancel")
    ran = panel.run("deltasib_user_service", username="zahra.karimi", service=11, state="canceled")
    done = kind in ("reset_after", "status_after", "status")
    assert ran.failed is not done and asked(ran).count("user.service.base.cancel") == (2 if kind == "status" else 1)
    assert panel.vendor.bought("zahra.karimi") == [(11, "Cancel" if done else "Active")]
    if not done:
        assert ran.result["error"]["code"] == "outcome_unknown"
        assert "look at service 11 of zahra.karimi / 11 (id 5001) in the panel, or run the task again, which looks first" in ran.msg


def test_a_cancellation_that_is_lost_time_and_again(panel):
    panel.vendor.fault("status", status=500, operation="user.service.base.cancel", times=0)
    ran = panel.run("deltasib_user_service", username="zahra.karimi", service=11, state="canceled")
    assert ran.result["error"]["code"] == "outcome_unknown" and asked(ran).count("user.service.base.cancel") == 2
    panel.wire.clear_faults()
    panel.vendor.fault("reset_after", operation="user.service.base.cancel")
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="user.service.base.list", skip=1, times=0)
    ran = panel.run("deltasib_user_service", username="zahra.karimi", service=11, state="canceled")
    assert "; looking for it failed too: " in ran.msg and "Look in the panel whether service id 5001 is canceled" in ran.msg
    assert ran.result["error"]["code"] == "outcome_unknown"


def test_a_cancellation_after_which_the_service_is_gone(panel):
    def gone(operation, answer):
        if operation == "user.service.base.cancel":
            panel.vendor.mutate("bought", {"User_Id": 1001}, delete=True)
        return answer
    panel.wire.change = gone
    panel.vendor.fault("status_after", status=500, operation="user.service.base.cancel")
    assert not panel.run("deltasib_user_service", username="zahra.karimi", service=11, state="canceled").failed


def test_fields_of_a_service():
    row = {"user_servicebase_id": "7", "service_id": "11", "servicestatus": "Active", "payplan": "PrePaid", "serviceprice": "120,000.00", "payprice": None,
           "returnprice": "0.00", "extraday": "3", "vat": "9", "off": "", "visibility": "Yes", "cdt": "1404/07/12 10:00:00", "startdate": "", "enddate": None}
    made = user_service.bought(row)
    assert made == {
        "id": 7, "service_id": 11, "status": "Active", "pay_plan": "prepaid", "service_price": 120000, "pay_price": None, "return_price": 0, "extra_days": 3,
        "vat": 9, "off": None, "visibility": "Yes", "created": "1404/07/12 10:00:00", "created_iso": "2025-10-04T10:00:00",
        **dict.fromkeys(name + end for name in ("start", "end", "canceled", "active_time", "affect_time") for end in ("", "_iso"))}
    assert user_service.bought(dict(row, payplan=""))["pay_plan"] is None
    assert user_service.is_live({"status": "uSing"}) and not user_service.is_live({"status": None})
    service, price = (user_service.UserServiceResource().field(name) for name in ("service", "pay_price"))
    assert service.same("011", "۱۱") and not service.same("11", "12") and service.same(" a", "a")
    assert service.normal("") is None and service.normal(None) is None
    assert price.same("1,200", 1200.0) and price.normal("") is None and price.shown("12.50") == 12.5
