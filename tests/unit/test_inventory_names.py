# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts come from a vendor and stand in every line that a play prints."""

from __future__ import annotations

from types import SimpleNamespace

from ansible.inventory.data import InventoryData

from ansible_collections.kariz.panels.plugins.plugin_utils._inventory import VendorInventory

OPTIONS = {"hostnames": ["title"], "hostvars_prefix": "panel_", "strict": False}


class Events(VendorInventory):
    client = SimpleNamespace(vendor="vendor")
    root_group = "events"
    templar = None

    def groups_of(self, one):
        return []

    def get_option(self, option, hostvars=None):
        return OPTIONS.get(option)


def test_names_that_steer_a_terminal_or_begin_a_line():
    made = Events()
    made.inventory = InventoryData()
    made._fill([{"id": number, "title": title} for number, title in enumerate(
        ["a\x1b[31mb", "a\n\tok: [localhost]", "\u202eabc", "می‌روم", "a\\x1b[31mb", "{{ 1 / 0 }}"])])
    hosts = made.inventory.hosts
    assert list(hosts) == ["a\\x1b[31mb", "a ok: [localhost]", "abc", "می‌روم", "a\\x1b[31mb_4", "{{ 1 / 0 }}"]
    # What the vendor said is there as it was said.
    assert hosts["a\\x1b[31mb"].vars["panel_title"] == "a\x1b[31mb"
