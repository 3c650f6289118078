# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/completeness.md: every operation of every vendor's document, and by what of the collection it is used. One that nothing uses fails.

The operations come from the OpenAPI files of the simulator, which are written from the vendors' documents.
"""

from __future__ import annotations

import sys

import yaml
from generated import ROOT, keep

FILES = ROOT / "roles/simulator/files/kariz_simulator/openapi"
NAMES = {"alocom": ("Alocom", "الوکام"), "deltasib": ("DeltaSib", "دلتاسیب"), "payamsms": ("PayamSMS", "پیام‌اس‌ام‌اس"), "podspace": ("POD Space", "پاداسپیس"),
         "smspanel": ("SMS panel", "پنل پیامک")}
#: Roles work through the modules of their vendors.
ROLES = {"alocom": "classroom", "deltasib": "subscriber", "payamsms": "notify", "smspanel": "notify", "podspace": "organization_space"}
SHARE = "podspace_folder_share podspace_file_share"
USED = {
    "alocom": {
        "auth.login": "alocom_login", "auth.logout": "alocom_login", "services.index": "alocom_service_info", "services.active": "alocom_service_info",
        "services.get": "alocom_service_info alocom_service", "services.suggested": "alocom_service_info", "services.available": "alocom_service_info",
        "agent_services.index": "alocom_service_info alocom_service alocom_event", "agent_services.files": "alocom_file_info",
        "events.index": "alocom_event alocom_event_info alocom", "events.create": "alocom_event",
        "events.get": "alocom_event alocom_event_member alocom_event_info alocom",
        "events.update": "alocom_event alocom_event_member", "events.delete": "alocom_event", "events.enroll": "alocom_event_link",
        "events.add_users": "alocom_event_member", "events.remove_users": "alocom_event_member", "events.attendance": "alocom_attendance_info",
        "events.attendance_detail": "alocom_attendance_info", "events.visits": "alocom_visit_info", "events.files": "alocom_file_info",
        "users.index": "alocom_user alocom_user_info", "users.create": "alocom_user", "users.get": "alocom_user alocom_user_info",
        "users.update": "alocom_user",
        "users.delete": "alocom_user", "users.import": "alocom_user_import", "users.import_confirm": "alocom_user_import", "users.password": "alocom_user",
        "users.sample": "alocom_import_sample_info", "labels.index": "alocom_label alocom_label_info", "labels.list": "alocom_label_info",
        "labels.create": "alocom_label",
        "labels.get": "alocom_label_info", "labels.update": "alocom_label", "labels.delete": "alocom_label",
        "profile.get": "alocom_profile alocom_profile_info",
        "profile.update": "alocom_profile", "profile.password": "alocom_profile", "profile.avatar": "alocom_profile"},
    "deltasib": {
        "auth.gettoken": "deltasib_login", "user.list": "deltasib_user deltasib_user_info deltasib",
        "user.creditinfo": "deltasib_credit_info deltasib_credit",
        "user.add": "deltasib_user", "user.edit": "deltasib_user", "user.status.currentstatus": "deltasib_user_status",
        "user.status.add": "deltasib_user_status",
        "service.list": "deltasib_service_info deltasib_user_service", "radius.list": "deltasib_session deltasib_session_info",
        "radius.disconnect": "deltasib_session",
        "user.payment.list": "deltasib_user_payment deltasib_payment_info", "user.payment.add": "deltasib_user_payment",
        "user.service.base.list": "deltasib_user_service deltasib_user_service_info", "user.service.base.add": "deltasib_user_service",
        "user.service.base.cancel": "deltasib_user_service"},
    "payamsms": {
        "token": "payamsms_login", "balance": "payamsms_balance payamsms_message", "send": "payamsms_message", "send.src": "payamsms_message",
        "send.src.body": "payamsms_message", "status": "payamsms_message payamsms_message_info", "inbox": "payamsms_inbox_info",
        "scheduled.list": "payamsms_message payamsms_scheduled_info", "scheduled.cancel": "payamsms_message"},
    "podspace": {
        "share_folder": "podspace_folder_share", "share_file": "podspace_file_share", "set_password": "podspace_file_share",
        "set_folder_password": "podspace_folder_share",
        "remove_share": SHARE, "get_file_shares_list": "podspace_file_share podspace_share_info",
        "get_folder_shares_list": "podspace_folder_share podspace_share_info",
        "get_share_with_me": "podspace_share_info", "create_organization": "podspace_organization", "edit_organization": "podspace_organization",
        "remove_organization": "podspace_organization", "add_user_to_organization": "podspace_organization_member",
        "remove_user_from_organization": "podspace_organization_member", "edit_user_role": "podspace_organization_member",
        "get_list_of_collaborator": "podspace_organization_member podspace_organization_info",
        "get_user_organizations": "podspace_organization podspace_organization_info", "get_plan_list": "podspace_plan_info podspace_invoice",
        "get_user_plan": "podspace_plan_info podspace_plan", "buy_plan_with_gateway": "podspace_invoice"},
    "smspanel": {
        "credit": "smspanel_credit smspanel_message", "profile": "smspanel_profile_info", "register": "smspanel_user", "sms.send": "smspanel_message",
        "sms.future": "smspanel_message", "sms.pattern": "smspanel_message", "sms.phonebook": "smspanel_message", "sms.multiple": "smspanel_message",
        "sms.latest": "smspanel_message_info", "sms.status": "smspanel_message_info", "books.list": "smspanel_phonebook smspanel_phonebook_info",
        "books.get": "smspanel_phonebook_info", "books.create": "smspanel_phonebook", "books.delete": "smspanel_phonebook",
        "numbers.list": "smspanel_phonebook smspanel_phonebook_info", "numbers.add": "smspanel_phonebook", "numbers.remove": "smspanel_phonebook"},
}


def operations(vendor):
    """Return ``{operation: "METHOD path"}`` of the vendor's document."""
    document = yaml.load((FILES / (vendor + ".yaml")).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {call["operationId"]: "%s %s" % (verb.upper(), path) for path, verbs in document["paths"].items() for verb, call in verbs.items()
            if isinstance(call, dict) and "operationId" in call}


def there():
    """Return the names of modules, lookups and inventories, each with what it is."""
    return {kind: {path.stem for path in (ROOT / "plugins" / kind).glob("*.py")} for kind in ("modules", "lookup", "inventory")}


def problems(used=None):
    """Return a sentence for each operation that nothing uses, each that the document does not have, and each name that is none."""
    used = USED if used is None else used
    kinds = there()
    known = set().union(*kinds.values())
    found = []
    for vendor in NAMES:
        documented = set(operations(vendor))
        found += ["%s: nothing uses %s" % (vendor, name) for name in sorted(documented - {name for name, by in used[vendor].items() if by.split()})]
        found += ["%s: the document has no %s" % (vendor, name) for name in sorted(set(used[vendor]) - documented)]
        found += ["%s: %s: there is no %s" % (vendor, name, by) for name, names in used[vendor].items() for by in names.split() if by not in known]
    return found


def text(language):
    place = ("en", "fa").index(language)
    kinds = there()
    total = sum(len(operations(vendor)) for vendor in NAMES)
    if language == "en":
        lines = ["# Completeness", "", "[فارسی](completeness.fa.md)", "",
                 "Every operation that the vendors document, %d in all, and what uses it. An operation that nothing uses fails the tests. "
                 "Roles work through the modules." % total]
        head = "| operation | call | modules | lookup, inventory | role |"
    else:
        lines = ['<div dir="rtl">', "", "# کامل بودن", "", "[English](completeness.md)", "",
                 "همهٔ کارهایی که سرویس‌دهنده‌ها در مستنداتشان نوشته‌اند، روی هم %s کار، و آنچه هر کدام را به کار می‌برد. اگر کاری بی‌استفاده بماند "
                 "آزمون‌ها شکست می‌خورند. نقش‌ها از راه ماژول‌ها کار می‌کنند." % str(total).translate({48 + digit: 0x06F0 + digit for digit in range(10)})]
        head = "| کار | درخواست | ماژول‌ها | lookup و inventory | نقش |"
    for vendor, names in NAMES.items():
        lines += ["", "## %s" % names[place], "", head, "|---|---|---|---|---|"]
        for name, call in operations(vendor).items():
            by = USED[vendor][name].split()
            cells = [" ".join("`%s`" % one for one in by if one in kinds["modules"]), " ".join("`%s`" % one for one in by if one not in kinds["modules"])]
            lines.append("| `%s` | `%s` | %s | %s | `%s` |" % (name, call, *cells, ROLES[vendor]))
    lines += ["", "</div>"] if language == "fa" else []
    return "<!-- SPDX-" "License-Identifier: GPL-3.0-or-later -->\n<!-- Written by tests/tools/completeness.py --write -->\n%s\n" % "\n".join(lines)


def main():
    found = problems()
    if found:
        sys.exit("\n".join(found))
    total = sum(len(operations(vendor)) for vendor in NAMES)
    keep(__file__, __doc__, "operations: %d, tables" % total, {ROOT / "docs/completeness.md": text("en"), ROOT / "docs/completeness.fa.md": text("fa")})


if __name__ == "__main__":
    main()
