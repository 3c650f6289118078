# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib at its edges: titles that are nearly right, servers that insist on Field, amounts as people write them, ids of what was bought, the inventory."""

from __future__ import annotations

import ast
import json

import pytest
import yaml
from ansible.vars.reserved import get_reserved_names
from jobs import Loop, carry_out
from playing import DOORS, ROOT, play, program

LISTS = {"deltasib_service_info": {}, "deltasib_session_info": {}, "deltasib_payment_info": {"username": "zahra.karimi"},
         "deltasib_user_service_info": {"username": "zahra.karimi"}}


@pytest.mark.parametrize(("title", "near"), [("یک ماهه ۵۰ گیق", "یک ماهه ۵۰ گیگ"), ("يكماهه 50 گيگ ها", "یک ماهه ۵۰ گیگ")])
def test_a_title_that_is_nearly_right(deltasib, title, near):
    deltasib.reset("default")
    for state in ("present", "canceled"):
        result = carry_out("deltasib_user_service", {**deltasib.connection, "username": "zahra.karimi", "service": title, "state": state})
        assert result["failed"] and "there is no service %s (did you mean " % title in result["msg"] and near in result["msg"], result
        listed = carry_out("deltasib_user_service", {**deltasib.connection, "services": [
            {"username": "zahra.karimi", "service": title}, {"username": "ali.mohammadi", "service": title}], "state": state})
        assert [near in entry["error"]["message"] for entry in listed["services"]] == [True, True], listed
    assert deltasib.writes() == []


def test_field_is_insisted_on_once(deltasib):
    """A server that wants ``Field`` says so once for each list, however often that is read afterwards; where it does not, it is not sent."""
    for field, refusals in (("required", 1), ("optional", 0)):
        deltasib.reset("default", field=field)
        for module, options in LISTS.items():
            loop = Loop()
            deltasib.clear_journal()
            results = [loop.item(module, {**deltasib.connection, **options}) for _time in range(4)]
            assert not any(result["failed"] for result in results), results
            asked = [entry for entry in deltasib.journal() if entry["operation"] not in ("auth.gettoken", "user.list")]
            assert [entry["status"] != 200 for entry in asked] == [True] * refusals + [False] * (len(asked) - refusals), (module, field, asked)
            assert ["Field" in entry["query"] for entry in asked] == [False] * (refusals or len(asked)) + [True] * (len(asked) - (refusals or len(asked)))


AMOUNTS = [("1,000,000", 1000000), ("۱٬۲۰۰٬۰۰۰", 1200000), ("۱۲۰٬۰۰۰", 120000), ("120٬000", 120000),
           ("۱۲۰،۰۰۰", 120000), ("١٢٠٬٠٠٠", 120000), (" ۵۰۰۰۰ ", 50000), (120000, 120000)]


@pytest.mark.parametrize(("given", "wanted"), AMOUNTS, ids=[str(given) for given, _wanted in AMOUNTS])
def test_amounts_as_people_write_them(deltasib, given, wanted):
    deltasib.reset("default")
    pay = {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "۴۷۱۲", "amount": given, "currency_id": "۱"}
    paid, again = (carry_out("deltasib_user_payment", pay) for _time in range(2))
    assert paid["changed"] and not again["failed"] and not again["changed"] and paid["payment"]["amount"] == wanted, (paid, again)
    assert int(next(row for row in deltasib.dump()["payments"] if str(row["VoucherNo"]) == "4712")["PriceINCurrency"]) == wanted
    buy = {**deltasib.connection, "username": "narges.yazdani", "service": "12", "pay_price": given}
    bought, again = (carry_out("deltasib_user_service", buy) for _time in range(2))
    assert bought["changed"] and not again["failed"] and not again["changed"] and again["warnings"] == [], (bought, again)
    sent = [str(entry["body"]) for entry in deltasib.journal() if entry["write"]]
    assert len(sent) == 2 and all(text.isascii() for text in sent), sent


@pytest.mark.parametrize("given", ["1,00,000", "12 000", "یک میلیون", "1.000.000", "-5", "0"])
def test_amounts_that_are_none(deltasib, given):
    deltasib.reset("default")
    result = carry_out("deltasib_user_payment", {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "4712", "amount": given, "currency_id": 1})
    assert result["failed"] and "amount" in result["msg"] and deltasib.journal() == [], result


def test_days_are_sent_in_ascii(deltasib):
    deltasib.reset("default")
    for number, (given, sent) in enumerate([("۱۴۰۴/۰۷/۱۲", "1404/07/12"), ("۱۴۰۳-۱۲-۳۰", "1403-12-30"), ("2025-10-04", "2025-10-04")]):
        pay = {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "88%d" % number, "amount": 5, "currency_id": 1, "voucher_date": given}
        assert carry_out("deltasib_user_payment", pay)["changed"]
        body = str([entry["body"] for entry in deltasib.journal() if entry["write"]][-1])
        assert sent in body and body.isascii(), body


@pytest.mark.parametrize("given", ["0000/01/01", "0404/07/12", "1040/07/12", "14040/7/1", "9999-01-01", "1404/13/45",
                                   "۱۴۰۴/۱۲/۳۰", "2025-02-30", "1404.07.12", "دیروز"])
def test_days_that_are_none(deltasib, given):
    """A payment is booked for ever, and the server takes its day as it comes."""
    deltasib.reset("default")
    pay = {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "88", "amount": 5, "currency_id": 1, "voucher_date": given}
    result = carry_out("deltasib_user_payment", pay)
    assert result["failed"] and "voucher_date" in result["msg"] and deltasib.journal() == [], result


@pytest.mark.parametrize("door", DOORS)
def test_lists_tell_the_ids_of_what_is_new(deltasib, tmp_path, door):
    """One read for each subscriber to whom something was added, none where nothing was."""
    deltasib.reset("default")
    deltasib.seed("users", 3, prefix="new")
    names = ["new-00001", "new-00002", "new-00003"] if "new-00001" in deltasib.users() else [name for name in deltasib.users() if name.startswith("new")]
    services = {"services": [{"username": name, "service": "12"} for name in names]}
    payments = {"payments": [{"username": name, "voucher_no": number, "amount": 5, "currency_id": 1} for name in names for number in ("71", "72")]}
    tasks = [{"name": "%s %s" % (name, time), "kariz.panels.deltasib_user_" + name: options} for name, options in (("service", services), ("payment", payments))
             for time in ("first", "again")]
    played = play(tasks, tmp_path, door=door, keywords={"module_defaults": {deltasib.group: deltasib.connection}}).ok()
    bought = {row["Username"]: row["User_ServiceBase_Id"] for row in deltasib.dump()["bought"] if row["Username"] in names}
    booked = {(row["Username"], str(row["VoucherNo"])): row["User_Payment_Id"] for row in deltasib.dump()["payments"]
              if row["Username"] in names and row["VoucherNo"]}
    for time in ("first", "again"):
        assert {row["username"]: row["id"] for row in played["service " + time]["services"]} == bought and len(set(bought.values())) == 3
        assert {(row["username"], row["voucher_no"]): row["id"] for row in played["payment " + time]["payments"]} == booked and len(booked) == 6
        assert not played["service " + time].get("warnings") and not played["payment " + time].get("warnings")
    # For each subscriber: before buying, after it, and the second time.
    operations = deltasib.operations()
    assert [operations.count(name) for name in ("user.service.base.list", "user.payment.list")] == [9, 9], operations


def test_ids_that_cannot_be_read(deltasib):
    """They are bought all the same: a warning for whom it could not be read."""
    deltasib.reset("default")
    names = ["narges.yazdani", "amir.kazemi"]
    deltasib.fault("status", operation="user.payment.list", status=500, skip=3, times=9)
    result = carry_out("deltasib_user_payment", {**deltasib.connection, "api_retries": 0, "api_concurrency": 1, "payments": [
        {"username": name, "voucher_no": "71", "amount": 5, "currency_id": 1} for name in names]})
    assert not result["failed"] and [row["action"] for row in result["payments"]] == ["created"] * 2, result
    assert isinstance(result["payments"][0]["id"], int) and result["payments"][1]["id"] is None
    assert len(result["warnings"]) == 1 and "id of the new payment could not be read" in result["warnings"][0], result["warnings"]


# -- inventories -----------------------------------------------------------------------------------------------------------


def inventory(vendor, folder, source):
    path = folder / ("all.%s.yml" % vendor.name)
    path.write_text(source, encoding="utf-8")
    environment = {"%s_%s" % (vendor.name.upper(), name.upper()): value for name, value in vendor.connection.items()}
    environment.update(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="1", RESELLER_PASSWORD="x")
    listed = program("ansible-inventory", ["-i", path, "--list"], folder, environment)
    assert listed.returncode == 0, listed.stderr
    used = program("ansible", ["-i", path, "all", "-c", "local", "-m", "ansible.builtin.debug", "-a", "msg=x"], folder, environment)
    assert used.returncode == 0, used.stderr
    # Text that came from the vendor is marked, so that nobody takes it for a template.
    return json.loads(listed.stdout, object_hook=lambda value: value.get("__ansible_unsafe", value)), listed.stderr + used.stderr


@pytest.mark.parametrize("name", ["deltasib", "alocom"])
def test_no_variable_is_one_of_ansible(name, request, tmp_path):
    vendor = request.getfixturevalue(name)
    vendor.reset("default")
    found, told = inventory(vendor, tmp_path, "plugin: kariz.panels.%s\n" % name)
    variables = found["_meta"]["hostvars"]
    assert variables and not set().union(*variables.values()) & set(get_reserved_names()) and "reserved" not in told, told
    if name == "deltasib":
        assert variables["zahra.karimi"]["deltasib_name"] == "زهرا" and variables["zahra.karimi"]["family"] == "کریمی"
        named, told = inventory(vendor, tmp_path, "plugin: kariz.panels.deltasib\nhostvars_prefix: isp_\ncompose: {whole: isp_name ~ ' ' ~ isp_family}\n")
        of_her = named["_meta"]["hostvars"]["zahra.karimi"]
        assert of_her["isp_name"] == "زهرا" and of_her["whole"] == "زهرا کریمی"


def documented(plugin):
    """Return the last source in the examples of an inventory, which is the one with everything."""
    tree = ast.parse((ROOT / "plugins/inventory" / ("%s.py" % plugin)).read_text(encoding="utf-8"))
    text = next(node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "EXAMPLES")
    return list(yaml.safe_load_all(text))[-1]


def test_the_example_works_for_everybody(deltasib, tmp_path):
    """Also for whoever has no family name, and for whoever has no credit at all."""
    deltasib.reset("default")
    deltasib.mutate("users", {"Username": "ali.mohammadi"}, {"Family": ""})
    source = {key: value for key, value in documented("deltasib").items() if not key.startswith(("api_", "ca_", "cache"))}
    assert source["strict"] is True and source["keyed_groups"]
    found, _told = inventory(deltasib, tmp_path, json.dumps(source))
    assert set(found["_meta"]["hostvars"]) == set(deltasib.users()) and found["family_none"]["hosts"] == ["ali.mohammadi"]
    deltasib.fault("status", operation="user.creditinfo", status=200, times=0, body=[])
    found, _told = inventory(deltasib, tmp_path, json.dumps(source))
    assert set(found["_meta"]["hostvars"]) == set(deltasib.users()) and set(found["deltasib_service_none"]["hosts"]) == set(deltasib.users())
