# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An object that is not there is told with the names that may have been meant, at every vendor, in letters and digits of either kind."""

from __future__ import annotations

import pytest
from jobs import carry_out


def refused(vendor, module, **options):
    """Return the sentence with which a task fails; nothing was written, and the code says what it is."""
    vendor.clear_journal()
    result = carry_out(module, {**vendor.connection, **options})
    assert result["failed"] and vendor.writes() == [], result
    assert result["error"]["code"] == "not_found", result
    return result["msg"]


@pytest.mark.seed("default")
def test_alocom(alocom):
    carry_out("alocom_label", {**alocom.connection, "labels": [{"title": "ریاضی ۱۰"}, {"title": "ریاضی ۱۱"}]})
    asked = "(did you mean ریاضی ۱۰ or ریاضی ۱۱?)"
    new = {"username": "new", "name": "N", "surname": "S"}
    # A space left out and the digits and letters of another keyboard.
    assert "there is no label رياضي10 %s" % asked in refused(alocom, "alocom_user", labels=["رياضي10"], **new)
    assert asked in refused(alocom, "alocom_user", users=[{**new, "labels": ["رياضي10"]}])
    assert asked in refused(alocom, "alocom_user_info", labels=["رياضي10"])
    assert "there is no event math10 (did you mean math-10?)" in refused(alocom, "alocom_event_member", event="math10", username="zahra.karimi")
    assert "there is no event رياضي دهم (did you mean math-10?)" in refused(alocom, "alocom_file_info", event="رياضي دهم")
    asked = "there is no user zahra.karimy (did you mean zahra.karimi?)"
    assert asked in refused(alocom, "alocom_event_member", event="math-10", username="zahra.karimy")
    assert asked in refused(alocom, "alocom_event", slug="math-10", members=[{"username": "zahra.karimy"}])
    assert "there is no bought service كلاس  اصلى (did you mean کلاس اصلی?)" in refused(
        alocom, "alocom_event", slug="new", title="T", service="كلاس  اصلى")


@pytest.mark.seed("default")
def test_many_missing_names_cost_few_requests(alocom):
    result = carry_out("alocom_event_member", {**alocom.connection, "event": "math-10",
                                               "members": [{"username": "nobody.%02d" % number} for number in range(30)]})
    assert result["summary"]["failed"] == 30
    # Beside login, event, detail and the list of users: two requests each for the first few names.
    assert result["api"]["requests"] <= 5 + 2 * 3


def test_deltasib(deltasib):
    connection = deltasib.connection
    carry_out("deltasib_user", {**connection, "users": [{"username": "ali.rezaei", "password": "Secret-1"}, {"username": "sara", "password": "Secret-1"}]})
    asked = "there is no subscriber ali.rezaie (did you mean ali.rezaei?)"
    assert asked in refused(deltasib, "deltasib_user_status", username="ali.rezaie", status="Active")
    assert asked in refused(deltasib, "deltasib_user_payment", username="ali.rezaie", voucher_no="1", amount="10", currency_id="1")
    assert asked in refused(deltasib, "deltasib_session", username="ali.rezaie")
    names = [service["name"] for service in carry_out("deltasib_service_info", connection)["services"]]
    name = max(names, key=len)
    said = refused(deltasib, "deltasib_user_service", username="sara", service=name[:-1] + "x")
    assert "there is no service %sx (did you mean " % name[:-1] in said and name in said


def test_podspace(podspace):
    connection = podspace.connection
    carry_out("podspace_organization", {**connection, "organizations": [{"name": "شرکت کاریز"}, {"name": "دیگری"}]})
    assert "there is no organization شركت كاريزه (did you mean شرکت کاریز?)" in refused(
        podspace, "podspace_organization_member", organization="شركت كاريزه", person="somebody", role="guest")
    plan = carry_out("podspace_plan_info", connection)["plans"][0]["title"]
    said = refused(podspace, "podspace_invoice", plan=plan + "x", redirect_url="https://example.ir")
    assert "there is no plan %sx (did you mean " % plan in said and plan in said.partition("did you mean")[2]


def test_smspanel(smspanel):
    carry_out("smspanel_phonebook", {**smspanel.connection, "phonebooks": [{"name": "مشتریان", "numbers": ["09121234567"]}, {"name": "x", "numbers": []}]})
    assert "there is no phonebook named مشتريا (did you mean مشتریان?)" in refused(
        smspanel, "smspanel_message", kind="phonebook", phonebook="مشتريا", sender="3000", text="x")
