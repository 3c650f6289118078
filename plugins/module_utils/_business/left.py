# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account has left, vendor by vendor: each function is the column ``left`` of the table of vendors. A gauge says how much of what is left, of how
much, and until when.
"""

from __future__ import annotations

from .._alocom.service_info import SERVICE_INFO
from .._deltasib.credit import credits_in_one_list, credits_of
from .._deltasib.subscriber import all_users
from .._podspace.plan import own

#: Subscribers whom the one list of credits leaves out are asked for one by one, up to so many.
_ONE_BY_ONE = 200


def gauge(key, kind, name, left, total=None, expires=None, unlimited=False, of="account"):
    """Return a gauge.

    :arg key: what tells it from the account's other gauges, the same in every run.
    :arg kind: one of ``kinds.GAUGES``, which says its unit.
    :arg of: ``account``, or ``subscriber`` for what belongs to one of many people.
    """
    return {"key": key, "kind": kind, "name": name, "left": left, "total": total, "expires": expires, "unlimited": unlimited, "of": of}


def alocom(client, usernames, host):
    """Hours and disk of the active services. Without a number of hours they are not limited."""
    found = []
    for service in SERVICE_INFO.read(client, {"kind": "mine", "status": ["active"]}, host):
        expires = service.get("end_iso") or service.get("expired_at_iso")
        key = "service %s" % service["id"]
        left, total, used = (service.get(name) for name in ("remain_time", "time_duration", "used_time"))
        if left is None and total is not None and used is not None:
            left = total - used
        found.append(gauge(key, "hours", service["title"], left, total, expires, unlimited=left is None and total is None))
        if service.get("remain_disk_capacity") is not None:
            found.append(gauge(key + " disk", "disk", service["title"], service["remain_disk_capacity"], service.get("disk_capacity")))
    return found


def deltasib(client, usernames, host):
    """Traffic and end of the services of these subscribers, or of all."""
    if usernames:
        credits = credits_of(client, usernames)
    else:
        users = all_users(client)
        listed = credits_in_one_list(client, users)
        rest = [user["username"] for user in users if user["id"] not in listed]
        if len(rest) > _ONE_BY_ONE:
            host.warn("%d subscribers are not in the list of credits; only the first %d of them were asked for" % (len(rest), _ONE_BY_ONE))
        credits = [listed[user["id"]] for user in users if user["id"] in listed] + credits_of(client, rest[:_ONE_BY_ONE])
    found = []
    for credit in credits:
        if not credit["active"]:
            continue
        traffic = credit["traffic"]["service"]
        found.append(gauge("subscriber %s" % credit["username"], "traffic", credit["username"], traffic["remaining"], traffic["total"], credit.get("end_iso"),
                           unlimited=traffic["unlimited"], of="subscriber"))
    return found


def payamsms(client, usernames, host):
    return [gauge("balance", "money", None, client.balance())]


def podspace(client, usernames, host):
    plan = own(client)
    if plan is None:
        return []
    return [gauge("plan", "storage", plan["title"], plan.get("free"), plan["size"])]


def smspanel(client, usernames, host):
    return [gauge("credit", "money", None, client.credit()[0])]
