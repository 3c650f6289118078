# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was carried out is told as done, with every option given; and no object is that of two items."""

from __future__ import annotations

import pytest
from jobs import carry_out


def test_a_payment_found_after_a_lost_answer_is_paid(deltasib):
    """Options that only the call itself takes cannot be read back and went with it."""
    deltasib.reset("default")
    deltasib.fault("reset_after", method="POST", path="payment")
    options = {"username": "narges.yazdani", "voucher_no": "4711", "amount": 7000, "currency_id": 1, "exchange_rate": 2, "date_type": "persian",
               "voucher_date": "1404/07/12"}
    result = carry_out("deltasib_user_payment", {**deltasib.connection, **options})
    assert not result["failed"] and result["changed"] and result["payment"]["id"], result
    assert [str(number) for number, _price in deltasib.vouchers("narges.yazdani")].count("4711") == 1
    # Another amount under the voucher is told for what it is, with its reason.
    other = carry_out("deltasib_user_payment", {**deltasib.connection, **options, "amount": 8000})
    assert other["failed"] and other["error"]["code"] == "voucher_taken" and "amount is 7000 and not 8000" in other["msg"], other


@pytest.mark.parametrize("case", ["lower", "insensitive"])
@pytest.mark.parametrize("told", [False, True], ids=["no id", "id"])
def test_two_usernames_that_are_one_to_the_vendor(alocom, case, told):
    alocom.reset("empty", username_case=case, create_returns_id=told)
    items = [{"username": "Reza.X", "name": "رضا", "surname": "تست"}, {"username": "reza.x", "name": "زهرا", "surname": "تست"}]

    def run():
        return carry_out("alocom_user", {**alocom.connection, "users": items})
    first = run()
    assert first["failed"] and first["error"]["code"] == "same_object" and "differ only in the case of letters" in first["msg"], first
    assert sorted(user["action"] for user in first["users"]) == ["created", "failed"] and len(alocom.users()) == 1
    names = [run() and next(iter(alocom.users().values()))["name"] for _time in range(3)]
    assert len(set(names)) == 1, names
    # One of them alone is simply there.
    alone = carry_out("alocom_user", {**alocom.connection, **items[0], "name": names[0]})
    assert not alone["failed"] and not alone["changed"], alone


def test_a_panel_user_registered_under_two_spellings(smspanel):
    """The panel tells only that a username is taken."""
    items = [{"username": "new", "password": "secret-word"}, {"username": "NEW", "password": "secret-word"}]
    smspanel.fault("status", status=200, method="POST", path="register$", skip=1, body={"status": 200, "result": 15})
    result = carry_out("smspanel_user", {**smspanel.connection, "users": items, "api_concurrency": 1})
    assert result["failed"] and result["error"]["code"] == "same_object", result
    there = carry_out("smspanel_user", {**smspanel.connection, "username": "new", "password": "another-word"})
    assert not there["failed"] and not there["changed"] and any("exists already" in text for text in there["warnings"]), there


def test_spaces_at_the_ends_converge(alocom, podspace, smspanel):
    """What a vendor trims, and a text of nothing but spaces, is no difference."""
    for vendor, module, options in (
            (alocom, "alocom_label", {"title": " تازه\u200c "}), (alocom, "alocom_user", {"username": "ali", "name": " ع ", "surname": "ب\u00a0"}),
            (podspace, "podspace_organization", {"name": " پژوهش", "description": "   "}),
            (smspanel, "smspanel_phonebook", {"name": "دفتر ", "numbers": [" 09121234567 "]})):
        first = carry_out(module, {**vendor.connection, **options})
        assert not first["failed"] and first["changed"], (module, first)
        kind, key = {"alocom_label": ("labels", "title"), "alocom_user": ("users", "username"), "podspace_organization": ("organizations", "name"),
                     "smspanel_phonebook": ("phonebooks", "name")}[module]
        row = vendor.dump()[kind][-1]
        vendor.mutate(kind, {key: row[key]}, {name: row[name].strip(" \u200c\u00a0") for name in {key, "name", "surname", "description"} & set(row)
                                              if isinstance(row[name], str)})
        vendor.clear_journal()
        again = carry_out(module, {**vendor.connection, **options})
        assert not again["failed"] and not again["changed"] and vendor.writes() == [], (module, again)
