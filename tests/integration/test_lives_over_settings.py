# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The five vendors' lives over every setting of the simulator that touches them: whatever the documents leave open, our tasks do the same.

A life: each step foretold, carried out, and carried out again; the foretelling writes nothing and says what the run does, and the second run changes nothing.
"""

from __future__ import annotations

import importlib

import pytest
from jobs import carry_out

VENDORS = ("alocom", "deltasib", "payamsms", "podspace", "smspanel")
#: Values beside those of ``CHOICES`` and of the other truth value.
MORE = {
    "alocom": {"take_max": (3,), "token_seconds": (0.2,), "fixed_token": ("fixed-token",), "chosen_password": ("chosen-1",),
               "visit_path": ("/api/v1/agents/reports/visits",)},
    "deltasib": {"limit_max": (10,), "token_seconds": (1,), "fixed_token": ("fixed-token",), "error_status": (500, 503), "void_status": (403,),
                 "username_pattern": ("[a-z0-9.]+",), "vat_percent": (9,), "allowed_debit": (1_000_000,)},
    "payamsms": {"page_max": (1,), "fixed_token": ("fixed-token",), "token_seconds": (0.2,), "clock_ahead": (60.0,)},
    "podspace": {"page_max": (2,), "renamed": ()},
    "smspanel": {"user_status": (2,), "max_ids": (2,), "clock_ahead": (60.0,), "max_recipients": (1,)},
}
#: What no life can be lived with, or what is no way of a vendor's but who and how much the account is.
NO_WAY = {
    "alocom": {"username", "password", "today"},
    "deltasib": {"username", "password", "today", "version", "ip_permitted", "denied", "reseller_credit",
                 "filters_ignored"},  # the last: test_deltasib_many
    "payamsms": {"system_name", "username", "password", "client_id", "client_secret", "balance", "price", "senders", "sensitive_words", "queue_seconds",
                 "operator_seconds"},
    "podspace": {"token", "today", "api_key", "refuse", "renamed", "organization_bytes"},
    "smspanel": {"username", "password", "token", "credit", "price", "lines", "packages", "managers", "queue_seconds", "operator_seconds"},
}


def settings_of(vendor):
    return importlib.import_module("kariz_simulator.vendors.%s.settings" % vendor)


def cases():
    for vendor in VENDORS:
        module = settings_of(vendor)
        yield vendor, "", None
        for name, default in module.DEFAULTS.items():
            values = module.CHOICES.get(name, (True, False) if isinstance(default, bool) else MORE[vendor].get(name, ()))
            # The simulator of the tests is strict; what it begins with is the life without a setting.
            begins = getattr(module, "STRICT", {}).get(name, default)
            for value in values if name not in NO_WAY[vendor] else ():
                if value != begins or isinstance(value, bool) is not isinstance(begins, bool):
                    yield vendor, name, value


#: Settings that change or end what others are about: lived with alone.
ALONE = {"fixed_token", "token_from", "token_place", "token_seconds", "login_answer"}


def lives():
    """Vendor and settings of each life: the one without any, and each value in one, two far from each other in the list (of different subjects) together.

    A fault in the reading of either makes that life fail; settings that may hide another are lived with alone.
    """
    for vendor in VENDORS:
        values = [(name, value) for one, name, value in cases() if one == vendor and name]
        yield vendor, {}
        for name, value in values:
            if name in ALONE:
                yield vendor, {name: value}
        paired = [(name, value) for name, value in values if name not in ALONE]
        half = (len(paired) + 1) // 2
        for place in range(half):
            yield vendor, dict(paired[place::half])


def test_every_setting_is_lived_with():
    """A setting that is new in the simulator is either part of a life, or it is said why not."""
    lived = {(vendor, name) for vendor, settings in lives() for name in settings}
    assert sorted(((vendor, name, repr(value)) for vendor, settings in lives() for name, value in settings.items())) == sorted(
        (vendor, name, repr(value)) for vendor, name, value in cases() if name)
    for vendor in VENDORS:
        missing = {name for name in settings_of(vendor).DEFAULTS if (vendor, name) not in lived} - NO_WAY[vendor]
        assert missing == set(), (vendor, missing)


class Life:
    """Steps at one vendor, each foretold, carried out and carried out again."""

    def __init__(self, vendor, connection):
        self.vendor = vendor
        self.connection = connection

    def do(self, module, check=False, **options):
        return carry_out("%s_%s" % (self.vendor.name, module), {**self.connection, **options}, check=check)

    def step(self, module, changed=True, same=True, **options):
        """:arg same: the difference that is foretold is that of the run."""
        writes = len(self.vendor.writes())
        check = self.do(module, True, **options)
        assert len(self.vendor.writes()) == writes, (module, options)
        real, again = self.do(module, **options), self.do(module, **options)
        for result in (check, real, again):
            assert not result["failed"], (module, options, result)
        assert (check["changed"], real["changed"], again["changed"]) == (changed, changed, False), (module, options, check, real, again)
        assert not same or check["diff"] == real["diff"], (module, options, check["diff"], real["diff"])
        return real

    def read(self, module, **options):
        result = self.do(module, **options)
        assert not result["failed"] and not result["changed"], (module, result)
        return result

    def refused(self, module, code, **options):
        result = self.do(module, **options)
        assert result["failed"] and result["error"]["code"] == code, (module, options, result)


def alocom(life, settings):
    vendor = life.vendor
    life.step("label", title="نو")
    life.step("label", title="نوتر", rename_from="نو")
    life.step("user", username="Sara.new", name="سارا", surname="احمدی", cellphone="۰۹۱۲ ۱۲۳ ۴۵۶۷", labels=["نوتر"], email="s@example.ir")
    sara = {"username": "Sara.new", "name": "سارا", "surname": "نوری", "labels": []}
    life.step("user", users=[sara, {"username": "b.two", "name": "ب", "surname": "پ", "enabled": False}], same="lower" not in settings.values())
    life.step("label", title="نوتر", state="absent")
    life.step("event", slug="new-1", title="نو", service="کلاس اصلی", guest_codes=["12", "34"], guest_access=True, back_link="https://example.ir/b",
              members=[{"username": "zahra.karimi", "role": "teacher"}])
    life.step("event", slug="new-1", title="نوتر", guest_codes=["12"], members=[{"username": "Sara.new"}])
    life.step("event_member", event="new-1", members=[{"username": "Sara.new", "state": "absent"}, {"username": "ali.mohammadi", "role": "assistant"}])
    link = life.do("event_link", event="new-1", username="ali.mohammadi", role="assistant")
    assert not link["failed"] and link["link"]["entry_link"], link
    assert {member["username"]: member["role"] for member in vendor.events()["new-1"]["members"]} == {"zahra.karimi": "teacher", "ali.mohammadi": "assistant"}
    assert len(life.read("user_info")["users"]) == len(vendor.users()) and len(life.read("label_info")["labels"]) == len(vendor.titles())
    assert life.read("user_info", username="Sara.new")["users"][0]["surname"] == "نوری"
    assert len(life.read("event_info")["events"]) == len(vendor.events())
    assert len(life.read("attendance_info", event="math-10", date="2025-10-04", with_details=True)["attendances"]) == 2
    more = {"path": settings["visit_path"]} if "visit_path" in settings else {}
    assert len(life.read("visit_info", from_date="2025-10-04", **more)["visits"]) == 8
    life.read("service_info")
    life.step("profile", name="مدیر", same=False)
    assert life.read("profile_info")["profile"]["name"] == "مدیر"
    gone = life.do("event", slug="staff-meeting", state="absent")
    assert gone["failed"] and "staff-meeting" in vendor.events(), gone
    life.step("event", slug="new-1", state="absent")
    kept = next(one for one in vendor.users() if one.lower() == "sara.new")
    life.step("user", users=[{"username": kept, "state": "absent"}, {"username": "b.two", "state": "absent"}])
    if not life.connection.get("api_token"):
        wrong = life.do("user_info", api_password="wrong-one")
        assert wrong["failed"] and wrong["error"]["name"] == "not_authenticated", wrong
        changed = life.do("profile", current_password=life.connection["api_password"], password="another-Secret-1")
        assert changed["changed"] and not changed["failed"], changed
        life.connection = {**life.connection, "api_password": "another-Secret-1"}
        life.read("label_info")


def deltasib(life, settings):
    vendor = life.vendor
    if "limit_max" in settings:
        # Where a page ends early, there is more than one.
        vendor.seed("users", 25)
    life.step("user", username="nima", password="geheim-1", name="نیما", family="کریمی")
    life.step("user", users=[{"username": "nima"}, {"username": "omid", "password": "geheim-2"}])
    life.step("user_status", username="nima", status="تعلیق")
    life.step("user_status", users=[{"username": "nima", "status": "1"}])
    life.step("user_payment", username="nima", voucher_no="77", amount="500,000", currency_id=1, voucher_date="1404/07/12")
    life.step("user_service", username="nima", service="یک ماهه ۵۰ گیگ", pay_plan="postpaid")
    life.step("user_service", services=[{"username": "nima", "service": "11", "state": "canceled"}])
    online = vendor.online()[0]
    life.step("session", username=online, state="absent")
    assert online not in vendor.online() and ("77", 500_000) in vendor.vouchers("nima")
    assert len(life.read("user_info")["users"]) == len(vendor.users()) >= 9
    assert [row["username"] for row in life.read("user_info", username="nima")["users"]] == ["nima"]
    assert len(life.read("service_info")["services"]) == 8
    assert len(life.read("user_service_info", username="nima")["services"]) == 1
    assert [row["voucher_no"] for row in life.read("payment_info", username="nima")["payments"] if row.get("voucher_no")] == ["77"]
    assert len(life.read("credit_info", username="nima")["credits"]) == 1
    life.read("session_info")
    life.refused("user_service", "not_found", username="nobody", service="11")


def payamsms(life, settings):
    vendor = life.vendor
    own = {"sender": "982000123"}
    life.step("message", customer_id="one", recipient="0912 123 4567", body="متن", **own)
    life.step("message", messages=[{"customer_id": "one", "recipient": "09121234567", "body": "متن"},
                                   {"customer_id": "two", "recipient": "09350000001", "body": "دو"}], **own)
    life.step("message", messages=[{"customer_id": "later-%d" % place, "recipient": "0935000000%d" % place, "body": "بعد"} for place in range(5)],
              send_date="2199-01-01 10:00", **own)
    life.step("message", messages=[{"customer_id": "later-%d" % place} for place in range(4)], state="absent")
    assert sorted(vendor.sent()) == ["later-%d" % place for place in range(5)] + ["one", "two"]
    assert [row["customer_id"] for row in life.read("scheduled_info")["messages"]] == ["later-4"]
    found = {row["customer_id"]: row["id"] for row in life.read("message_info", customer_ids=["one", "two"])["messages"]}
    assert sorted(found) == ["one", "two"]
    assert len(life.read("message_info", server_ids=list(found.values()))["messages"]) == 2
    life.read("inbox_info", number="982000123", since_id=1)
    wrong = life.do("message", customer_id="x", recipient="09121234567", body="قمار", **own)
    assert wrong["failed"] and wrong["error"]["code"].startswith("E"), wrong
    if life.connection.get("api_token"):
        return
    refused = life.do("message_info", customer_ids=["one"], api_password="wrong-one")
    assert refused["failed"] and refused["error"]["name"] in ("bad_credentials", "not_authenticated"), refused
    vendor.settings(balance=500)
    poor = life.do("message", messages=[{"customer_id": "poor", "recipient": "09121234567", "body": "متن"}], **own)
    assert poor["failed"] and poor["error"]["code"] == "E6" and "poor" not in vendor.sent(), poor


def podspace(life, settings):
    vendor = life.vendor
    life.step("organization", name="پژوهش", description="آزمایشگاه")
    life.step("organization", organizations=[{"name": "پژوهش", "description": ""}, {"name": "حقوقی"}])
    life.step("organization", name="بایگانی", rename_from="حقوقی")
    life.step("organization_member", organization="پژوهش", person="z.karimi", role="maintainer")
    life.step("organization_member", members=[{"organization": "پژوهش", "person": "z.karimi", "role": "guest"},
                                              {"organization": "پژوهش", "person": "h.rezaei"}])
    life.step("organization_member", organization="پژوهش", members=[{"person": "h.rezaei"}], purge=True)
    told = next(row for row in life.read("organization_info", with_members=True)["organizations"] if row["name"] == "پژوهش")
    assert len(told["members"]) == 2, told
    for kind in ("folder", "file"):
        where = {"%s_hash" % kind: vendor.seed("folders", 1, file=kind == "file")[0]}
        life.step("%s_share" % kind, person="z.karimi", level="view", expiration="1414/07/01", **where)
        life.step("%s_share" % kind, shares=[{"person": "z.karimi", "level": "edit"}, {"public": True, "password": "رمز"}], **where)
        assert len(life.read("share_info", **where)["shares"]) == 2
        life.step("%s_share" % kind, person="z.karimi", state="absent", **where)
        assert list(vendor.shares(next(iter(where.values())))) == [None]
    life.read("share_info", shared_with_me=True)
    assert life.read("plan_info", kind="own")["plan"]["title"] and life.read("plan_info")["plans"]
    life.step("organization", organizations=[{"name": "بایگانی", "state": "absent"}, {"name": "پژوهش", "state": "absent"}])
    assert not {"بایگانی", "پژوهش"} & set(vendor.spaces())


def smspanel(life, settings):
    vendor = life.vendor
    life.step("phonebook", name="دبیران", numbers=["09121234567", "+98 935 123 4567"])
    life.step("phonebook", phonebooks=[{"name": "دبیران", "numbers": ["09361234567"]}, {"name": "والدین"}])
    life.step("phonebook", name="دبیران", numbers=["۰۹۱۲۱۲۳۴۵۶۷", "09999999999"], numbers_mode="remove")
    life.step("phonebook", name="دبیران", numbers=["09121234567"], numbers_mode="replace")
    books = life.read("phonebook_info", with_numbers=True)["phonebooks"]
    assert {row["name"]: [number[-10:] for number in row["numbers"]] for row in books} == {"دبیران": ["9121234567"], "والدین": []}
    assert [len(life.read("phonebook_info", name=one)["phonebooks"]) for one in ("دبیران", "هیچ")] == [1, 0]
    life.step("phonebook", phonebooks=[{"name": "والدین"}], purge=True)
    life.step("phonebook", name="والدین", state="absent")
    life.step("user", username="branch.yazd", password="p4ss-word", mobile="09121234567")
    sent = [life.do("message", sender="30001234", recipients=["0912 000 000%d" % place], text="متن") for place in range(3)]
    assert all(one["changed"] and not one["failed"] for one in sent), sent
    ids = [str(one["message"]["id"]) for one in sent]
    assert [str(row["id"]) for row in life.read("message_info", ids=ids[:2])["messages"]] == ids[:2]
    assert str(life.read("message_info")["messages"][0]["id"]) == ids[-1]
    assert life.read("profile_info")["profile"]["full_name"]
    wrong = life.do("message", sender="1", recipients=["09121234567"], text="متن")
    assert wrong["failed"] and wrong["error"]["code"] == 23 and len(vendor.sent()) == 3, wrong


def connection_for(vendor, settings):
    """What a user of such a server has to say of it."""
    made = dict(vendor.connection)
    if "fixed_token" in settings:
        made = {key: part for key, part in made.items() if key not in ("api_username", "api_password", "api_client_id", "api_client_secret")}
        made["api_token"] = settings["fixed_token"]
    if settings.get("token_place") == "parameter":
        made["api_token_parameter"] = True
    if "token_from" in settings:
        made["api_login_style"] = "form" if settings["token_from"] == "any" else settings["token_from"]
    return made


def called(part):
    return part if isinstance(part, str) else " ".join("%s-%s" % one for one in part.items()) or "begins"


@pytest.mark.parametrize(("vendor", "settings"), list(lives()), ids=called)
def test_life(request, vendor, settings):
    made = request.getfixturevalue(vendor).reset("empty" if vendor in ("payamsms", "smspanel") else "default", **settings)
    globals()[vendor](Life(made, connection_for(made, settings)), settings)
