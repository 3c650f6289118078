# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: alocom
short_description: Events of an Alocom account as hosts
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Each event (class or conference) becomes a host, its fields and members become host variables.
  - Hosts are grouped by their service and their status, all below the group C(alocom_events). Letters of any script stay in
    group names; everything that is no letter or digit becomes an underscore.
  - Guest codes are never among the variables; C(guest_code_count) says how many there are.
  - What the vendor sends is data. A template inside a title is never evaluated.
  - The source is a YAML file whose name ends in C(alocom.yml) or C(alocom.yaml).
extends_documentation_fragment:
  - kariz.panels.alocom.plugins
  - kariz.panels.connection.plugins
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [kariz.panels.alocom, alocom]
  hostnames:
    description:
      - Fields from which the name of a host is taken; the first that is not empty counts.
      - Of events that would get the same name, all but the first have C(_) and their id at the end.
    type: list
    elements: str
    choices: [slug, id, title]
    default: [slug, id]
  hostvars_prefix:
    description: Put before the name of every host variable.
    type: str
    default: ''
  with_details:
    description:
      - Read the members, guest options and the service's limits of each event as well, one request for each event, several at once, and
        the list of users for the usernames.
    type: bool
    default: true
  service:
    description: Only events of this bought service, by title or agent-service id.
    type: str
  service_title:
    description: Only events whose service's title holds this text.
    type: str
  agents:
    description: Only events of these agents, by name.
    type: list
    elements: str
  type:
    description: Only events of this type.
    type: str
    choices: [business, educational, webinar]
  in_progress:
    description: Only events that are running (V(true)) or that are not (V(false)).
    type: bool
  status:
    description: Only events with one of these statuses.
    type: list
    elements: str
    choices: [active, inactive, expired]
notes:
  - An option in the file wins over a variable or the configuration file, and those win over the vendor's environment variables.
    Options in the file may be templates, for instance with the P(ansible.builtin.env#lookup) lookup; O(compose), O(groups) and
    O(keyed_groups) hold expressions about a host instead.
  - A cache that was filled with other filters or for another account is not used. Another password or another token counts as another account, so
    give credentials, or a token that lasts, where a cache is to help. The file of the cache holds neither, only a salted and slow digest of them.
seealso:
  - module: kariz.panels.alocom_event_info
"""

EXAMPLES = r"""
# school.alocom.yml, with ALOCOM_API_USERNAME and ALOCOM_API_PASSWORD in the environment
plugin: kariz.panels.alocom

---
# Active events of one service; a play on them runs on the controller
plugin: kariz.panels.alocom
api_username: school
api_password: "{{ lookup('ansible.builtin.env', 'SCHOOL_PASSWORD') }}"
service: کلاس اصلی
status: [active]
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/alocom
cache_timeout: 600
compose:
  ansible_connection: "'local'"
  teachers: members | selectattr('role', 'equalto', 'teacher') | map(attribute='username') | list
keyed_groups:
  - key: type
    prefix: type
groups:
  crowded: user_count > 50
strict: true
"""

from ansible.errors import AnsibleParserError

from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient
from ansible_collections.kariz.panels.plugins.module_utils._alocom.event_info import EVENT_INFO
from ansible_collections.kariz.panels.plugins.plugin_utils._inventory import VendorInventory


class InventoryModule(VendorInventory):

    NAME = "kariz.panels.alocom"
    client = AlocomClient
    root_group = "alocom_events"
    reading = ("service", "service_title", "agents", "type", "in_progress", "with_details")

    def check_options(self):
        if self.get_option("service") is not None and self.get_option("service_title") is not None:
            raise AnsibleParserError("alocom: service and service_title are mutually exclusive")

    def read(self, client, host):
        params = {name: self.option(name) for name in self.reading}
        EVENT_INFO.check(params)
        return EVENT_INFO.read(client, params, host)

    def wanted(self, one):
        statuses = self.get_option("status")
        return not statuses or one.get("status") in statuses

    def groups_of(self, one):
        return ["%s_%s" % (kind, one[kind]) for kind in ("service", "status") if one.get(kind)]
