# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All filters; each is documented in the .yml file of its name.

One file, because Ansible loads every Python file of this folder anew for each filter of the collection that a template names, in each task's process.
"""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented

#: The names of filters by the file under plugin_utils that has their functions.
FILTERS = {
    "_checked": ("booked_total", "members_there", "right_items", "wrong_items"),
    "_items": (
        "by_parent", "event_messages", "failures", "foretold", "in_state", "inner_items", "messages_to", "one_of_each", "only_keys", "passed",
        "person_messages", "removable", "without_gone", "without_mobile"),
    "_report": (
        "class_sheets", "message_lines", "message_preview", "not_among", "not_invited", "not_reached", "one_line", "report_lines", "simulator_refusal",
        "subscriber_secrets", "subscriber_sheets", "unsent"),
    "_values": ("from_jalali", "iran_mobile", "sms_parts", "to_jalali"),
}


class FilterModule:
    def filters(self):
        return {name: documented(place, name) for place, names in FILTERS.items() for name in names}
