# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task for every way in which this collection asks a vendor something, so that each answer can be made a strange one.

``CASES[vendor]`` are ``(name, module or function, options)``; together they reach every operation of the vendor's OpenAPI file.
"""

from __future__ import annotations

import yaml
from jobs import carry_out
from playing import ROOT

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event_info import EVENT_INFO
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscribers import subscribers
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected

#: Operations that nothing here calls: they tell nothing that another one does not.
UNUSED = {
    "alocom": {"agent_services.index", "labels.index"},
    "deltasib": set(), "payamsms": set(), "podspace": set(), "smspanel": set(),
}
OPENAPI = ROOT / "roles/simulator/files/kariz_simulator/openapi"
#: A page of another kind than the vendor's JSON, or JSON that no document of the vendor has.
STRANGE = (
    "page", "missing page", "cut", "number", "text", "null", "truth", "nothing", "other", "nested", "envelope", "rows are numbers", "rows are texts",
    "rows are null", "rows are lists", "rows are empty", "one row is a number", "list is a text", "list is null", "list is a number", "values are null",
    "values are lists", "values are objects",
)
#: JSON that may pass for an answer: whatever comes of it, it is told in words.
DOUBTFUL = ("values are numbers", "values are texts", "values are true")
#: A message of the SMS panel.
TEXT = {"sender": "30001234", "recipients": ["09121234567"], "text": "سلام"}


class PluginFailed(Exception):
    """What a lookup or an inventory fails with."""


def operations(vendor):
    """Return the operations of a vendor's OpenAPI file."""
    with open(OPENAPI / ("%s.yaml" % vendor), encoding="utf-8") as handle:
        paths = yaml.load(handle, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["paths"]
    return {node["operationId"] for path in paths.values() for method, node in path.items() if method != "parameters"}


def plugin(vendor_class, read):
    """Return a function that reads as a lookup or an inventory does: its client, its net, its errors."""
    def run(params):
        try:
            with connected(vendor_class, "plugin", dict(params, api_token_cache=False), PluginFailed) as (client, host):
                return {"failed": False, "changed": False, "found": read(client, host)}
        except PluginFailed as error:
            return {"failed": True, "changed": False, "msg": str(error), "error": None}
    return run


def carry(case, connection, facts, check=False):
    """Run a case and return its result."""
    _name, what, options = case
    if callable(what):
        return what(connection)
    made = filled(options, facts)
    if "vendor" in made:
        return carry_out(what, dict(made, connection=connection), check=check)
    return carry_out(what, {**connection, **made}, check=check)


def filled(value, facts):
    """Return options with every ``{name}`` replaced by a fact of the simulator's state."""
    if isinstance(value, dict):
        return {name: filled(part, facts) for name, part in value.items()}
    if isinstance(value, list):
        return [filled(part, facts) for part in value]
    return facts[value[1:-1]] if isinstance(value, str) and value.startswith("{") else value


def client_of(vendor):
    return __import__("ansible_collections.kariz.panels.plugins.module_utils._%s.client" % vendor, fromlist=["x"])


def alocom():
    """Alocom's cases."""
    person = {"username": "new.person", "name": "نو", "surname": "آمده"}
    from ansible_collections.kariz.panels.plugins.module_utils._alocom import lookup as finding  # pylint: disable=import-outside-toplevel
    alocom_client = client_of("alocom").AlocomClient
    everything = {"service": None, "service_title": None, "agents": None, "type": None, "in_progress": None, "with_details": True}
    return [
        ("label", "alocom_label", {"title": "تازه"}),
        ("label again", "alocom_label", {"title": "استادان"}),
        ("label renamed", "alocom_label", {"id": "{label}", "title": "همکار"}),
        ("label absent", "alocom_label", {"title": "{spare}", "state": "absent"}),
        ("labels purged", "alocom_label", {"labels": [{"title": title} for title in ("پایه دهم", "پایه یازدهم", "استادان", "همکاران", "year 1")],
                                           "purge": True}),
        ("label_info", "alocom_label_info", {}),
        ("user", "alocom_user", dict(person, labels=["استادان"], password="secret-12", email="a@b.ir")),
        ("user by the vendor", "alocom_user", person),
        ("user changed", "alocom_user", {"username": "zahra.karimi", "surname": "کریمیان", "labels": ["همکاران"]}),
        ("user password", "alocom_user", {"username": "zahra.karimi", "password": "secret-13", "update_password": "always"}),
        ("user by id", "alocom_user", {"id": "{user}", "name": "زهره"}),
        ("user by id absent", "alocom_user", {"id": "{user}", "state": "absent"}),
        ("user absent", "alocom_user", {"username": "leila.nouri", "state": "absent"}),
        ("users", "alocom_user", {"users": [{"username": "leila.nouri", "email": "l@b.ir"}, {"username": "ali.mohammadi", "enabled": True}, person]}),
        ("users purged", "alocom_user", {"users": [{"username": "zahra.karimi"}], "purge": True, "purge_labels": ["year 1"]}),
        ("user_info", "alocom_user_info", {"with_details": True}),
        ("user_info by label", "alocom_user_info", {"labels": ["استادان"]}),
        ("user_info by id", "alocom_user_info", {"id": "{user}"}),
        ("event", "alocom_event", {"slug": "new-one", "title": "تازه", "service": "کلاس اصلی", "members": [{"username": "leila.nouri", "role": "teacher"}]}),
        ("event changed", "alocom_event", {"slug": "math-10", "title": "دیگر", "guest_count": 4}),
        ("event absent", "alocom_event", {"slug": "math-10", "state": "absent"}),
        ("events purged", "alocom_event", {"events": [{"slug": "math-10"}], "service": "14", "purge": True}),
        ("event_info", "alocom_event_info", {"with_details": True}),
        ("event_info by slug", "alocom_event_info", {"slug": "math-10"}),
        ("event_info by service", "alocom_event_info", {"service": "کلاس اصلی"}),
        ("member", "alocom_event_member", {"event": "math-10", "username": "leila.nouri", "role": "teacher"}),
        ("member changed", "alocom_event_member", {"event": "math-10", "username": "zahra.karimi", "role": "assistant"}),
        ("member absent", "alocom_event_member", {"event": "math-10", "username": "zahra.karimi", "state": "absent"}),
        ("link", "alocom_event_link", dict(person, event="math-10", role="participant")),
        ("link changed", "alocom_event_link", {"event": "math-10", "username": "zahra.karimi", "role": "assistant"}),
        ("file_info", "alocom_file_info", {"event": "math-10"}),
        ("file_info of service", "alocom_file_info", {"service": "14"}),
        ("attendance_info", "alocom_attendance_info", {"event": "math-10", "date": "2025-10-04", "with_details": True}),
        ("visit_info", "alocom_visit_info", {}),
        ("import_sample_info", "alocom_import_sample_info", {}),
        ("service_info", "alocom_service_info", {}),
        ("service_info in detail", "alocom_service_info", {"id": "14"}),
        ("service_info active", "alocom_service_info", {"kind": "active"}),
        ("service_info suggested", "alocom_service_info", {"kind": "suggested"}),
        ("service_info available", "alocom_service_info", {"kind": "available"}),
        ("profile_info", "alocom_profile_info", {}),
        ("profile", "alocom_profile", {"name": "تازه", "avatar": "{picture}"}),
        ("profile password", "alocom_profile", {"password": "secret-14", "current_password": "{password}"}),
        ("import", "alocom_user_import", {"src": "{sheet}", "labels": ["استادان"]}),
        ("login", "alocom_login", {}),
        ("logout", "alocom_login", {"state": "absent", "api_token": "{token}"}),
        ("credit_info", "credit_info", {"vendor": "alocom"}),
        ("account_objects_info", "account_objects_info", {"vendor": "alocom"}),
        ("lookup", plugin(alocom_client, lambda client, host: finding.active_services(client)), {}),
        ("lookup of a service", plugin(alocom_client, lambda client, host: finding.find_service(client, "14")), {}),
        ("inventory", plugin(alocom_client, lambda client, host: EVENT_INFO.read(client, everything, host)), {}),
    ]


def deltasib():
    """DeltaSib's cases."""
    from ansible_collections.kariz.panels.plugins.module_utils._deltasib.credit import credits_of  # pylint: disable=import-outside-toplevel
    zahra = {"username": "zahra.karimi"}
    deltasib_client = client_of("deltasib").DeltaSibClient
    return [
        ("user", "deltasib_user", {"username": "new.person", "password": "secret-1", "name": "نو"}),
        ("user password", "deltasib_user", dict(zahra, password="secret-2", update_password="always")),
        ("user_info", "deltasib_user_info", {"with_status": True}),
        ("user_info by name", "deltasib_user_info", {"usernames": ["zahra.karimi", "ali.mohammadi"]}),
        ("status", "deltasib_user_status", dict(zahra, status="تعلیق")),
        ("status by id", "deltasib_user_status", {"user_id": "{user}", "status": "1"}),
        ("service", "deltasib_user_service", {"username": "narges.yazdani", "service": "یک ماهه ۵۰ گیگ"}),
        ("service again", "deltasib_user_service", dict(zahra, service="یک ماهه ۵۰ گیگ")),
        ("service canceled", "deltasib_user_service", dict(zahra, service="11", state="canceled")),
        ("payment", "deltasib_user_payment", dict(zahra, voucher_no="1234", amount=5000, currency_id=1)),
        ("payment again", "deltasib_user_payment", dict(zahra, voucher_no="{voucher}", amount=120000, currency_id=1)),
        ("session", "deltasib_session", zahra),
        ("service_info", "deltasib_service_info", {}),
        ("user_service_info", "deltasib_user_service_info", dict(zahra, with_names=True)),
        ("payment_info", "deltasib_payment_info", zahra),
        ("session_info", "deltasib_session_info", {}),
        ("session_info of one", "deltasib_session_info", zahra),
        ("credit_info of one", "deltasib_credit_info", zahra),
        ("login", "deltasib_login", {}),
        ("credit_info", "credit_info", {"vendor": "deltasib"}),
        ("account_objects_info", "account_objects_info", {"vendor": "deltasib"}),
        ("lookup", plugin(deltasib_client, lambda client, host: credits_of(client, ["zahra.karimi", "ali.mohammadi"])), {}),
        ("inventory", plugin(deltasib_client, lambda client, host: subscribers(client, host, True, True, True, None)), {}),
    ]


def payamsms():
    """PayamSMS's cases."""
    message = {"sender": "982000123", "recipient": "09121234567", "body": "سلام"}
    payamsms_client = client_of("payamsms").PayamSmsClient
    return [
        ("message", "payamsms_message", dict(message, customer_id="new-1", part_price=10)),
        ("message dated", "payamsms_message", dict(message, customer_id="new-2", send_date="2099-01-01 10:00:00")),
        ("message again", "payamsms_message", dict(message, customer_id="{message}")),
        ("message absent", "payamsms_message", {"customer_id": "{scheduled}", "state": "absent"}),
        ("messages of one sender", "payamsms_message", {"messages": [dict(message, customer_id="m-1"), dict(message, customer_id="m-2", body="درود")]}),
        ("messages of two senders", "payamsms_message", {"messages": [dict(message, customer_id="m-1"), dict(message, customer_id="m-2", sender="982000456")]}),
        ("message_info", "payamsms_message_info", {"customer_ids": ["{message}"]}),
        ("message_info by the vendor", "payamsms_message_info", {"server_ids": ["{server}"]}),
        ("scheduled_info", "payamsms_scheduled_info", {}),
        ("inbox_info", "payamsms_inbox_info", {"number": "982000123", "since_id": 0}),
        ("inbox_info marked", "payamsms_inbox_info", {"number": "982000123", "mark_read": True}),
        ("login", "payamsms_login", {}),
        ("credit_info", "credit_info", {"vendor": "payamsms"}),
        ("account_objects_info", "account_objects_info", {"vendor": "payamsms"}),
        ("lookup", plugin(payamsms_client, lambda client, host: client.balance()), {}),
    ]


def podspace():
    """POD Space's cases."""
    from ansible_collections.kariz.panels.plugins.module_utils._podspace.plan import offered, own  # pylint: disable=import-outside-toplevel
    podspace_client = client_of("podspace").PodspaceClient
    return [
        ("organization", "podspace_organization", {"name": "تازه", "description": "نو"}),
        ("organization changed", "podspace_organization", {"name": "فروش", "description": "دیگر"}),
        ("organization absent", "podspace_organization", {"name": "مالی", "state": "absent"}),
        ("organization_info", "podspace_organization_info", {"with_members": True}),
        ("member", "podspace_organization_member", {"organization": "فروش", "person": "r.mousavi"}),
        ("member changed", "podspace_organization_member", {"organization": "فروش", "person": "a.mohammadi", "role": "maintainer"}),
        ("member absent", "podspace_organization_member", {"organization": "فروش", "person": "a.mohammadi", "state": "absent"}),
        ("folder share", "podspace_folder_share", {"folder_hash": "{folder}", "person": "r.mousavi", "level": "view"}),
        ("folder share changed", "podspace_folder_share", {"folder_hash": "{folder}", "person": "z.karimi", "level": "view"}),
        ("folder share absent", "podspace_folder_share", {"folder_hash": "{folder}", "person": "z.karimi", "state": "absent"}),
        ("folder share password", "podspace_folder_share", {"folder_hash": "{folder}", "public": True, "password": "secret-1", "update_password": "always"}),
        ("file share", "podspace_file_share", {"file_hash": "{file}", "public": True, "password": "secret-1"}),
        ("share_info of a folder", "podspace_share_info", {"folder_hash": "{folder}"}),
        ("share_info of a file", "podspace_share_info", {"file_hash": "{file}"}),
        ("share_info with me", "podspace_share_info", {"shared_with_me": True}),
        ("plan_info", "podspace_plan_info", {}),
        ("invoice", "podspace_invoice", {"plan": "سازمانی صد گیگ", "redirect_url": "https://example.ir/back"}),
        ("credit_info", "credit_info", {"vendor": "podspace"}),
        ("account_objects_info", "account_objects_info", {"vendor": "podspace"}),
        ("lookup", plugin(podspace_client, lambda client, host: [own(client), offered(client)]), {}),
    ]


def smspanel():
    """The SMS panel's cases."""
    smspanel_client = client_of("smspanel").SmsPanelClient
    return [
        ("phonebook", "smspanel_phonebook", {"name": "تازه", "numbers": ["09121234567"]}),
        ("phonebook changed", "smspanel_phonebook", {"name": "{book}", "numbers": ["09121234599"], "numbers_mode": "replace"}),
        ("phonebook absent", "smspanel_phonebook", {"name": "{book}", "state": "absent"}),
        ("phonebook_info", "smspanel_phonebook_info", {"with_numbers": True}),
        ("phonebook_info of one", "smspanel_phonebook_info", {"name": "{book}"}),
        ("user", "smspanel_user", {"username": "new.person", "password": "secret-12", "first_name": "نو"}),
        ("message", "smspanel_message", dict(TEXT, part_price=1)),
        ("message scheduled", "smspanel_message", dict(TEXT, kind="scheduled", send_date="2099-01-01 10:00:00")),
        ("message pattern", "smspanel_message", {"kind": "pattern", "sender": "30001234", "recipients": ["09121234567"], "pattern_id": 101,
                                                 "variables": {"name": "سارا", "code": "12"}}),
        ("message phonebook", "smspanel_message", {"kind": "phonebook", "sender": "30001234", "phonebook": "{book}", "text": "سلام"}),
        ("message multiple", "smspanel_message", {"kind": "multiple", "messages": [TEXT, dict(TEXT, text="درود")]}),
        ("message_info", "smspanel_message_info", {"ids": ["{message}"]}),
        ("message_info latest", "smspanel_message_info", {}),
        ("profile_info", "smspanel_profile_info", {}),
        ("credit_info", "credit_info", {"vendor": "smspanel"}),
        ("account_objects_info", "account_objects_info", {"vendor": "smspanel"}),
        ("lookup", plugin(smspanel_client, lambda client, host: client.credit()), {}),
    ]
