# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: deltasib
short_description: Subscribers of a DeltaSib reseller as hosts
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Each subscriber becomes a host, his fields become host variables. Ansible keeps the name C(name) for itself, so as a variable of the host it is
    C(deltasib_name); C(compose), C(groups) and C(keyed_groups) know it as C(name).
  - Hosts are grouped by their active service and their status, all below the group C(deltasib_subscribers). Subscribers without an active
    service are in C(deltasib_service_none), those who are online in C(deltasib_online). Letters of any script stay in group names; everything
    that is no letter or digit becomes an underscore.
  - The list of subscribers and the list of sessions take one request for each hundred.
  - What the vendor sends is data. A template inside a name is never evaluated.
  - The source is a YAML file whose name ends in C(deltasib.yml) or C(deltasib.yaml).
extends_documentation_fragment:
  - kariz.panels.deltasib.plugins
  - kariz.panels.connection.plugins
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: Marks the file as one for this plugin.
    type: str
    required: true
    choices: [kariz.panels.deltasib, deltasib]
  hostnames:
    description:
      - Fields from which the name of a host is taken; the first that is not empty counts.
    type: list
    elements: str
    choices: [username, id]
    default: [username, id]
  hostvars_prefix:
    description: Put before the name of every host variable.
    type: str
    default: ''
  with_service:
    description:
      - Read the active service and what is left of it.
      - Where the server gives the credit of all subscribers as one list, that takes one request for each hundred. Where it does not, it takes
        one request for each subscriber, several at once.
    type: bool
    default: true
  with_status:
    description:
      - Read the status. The service has no list of it, so this takes one request for each subscriber, several at once. Turn it off, or use the
        cache, where thousands of requests are too many.
    type: bool
    default: true
  with_sessions:
    description: Read who is online.
    type: bool
    default: true
  filter:
    description:
      - A condition on subscribers in the vendor's own language, passed as given, such as V(Family='کریمی').
    type: str
notes:
  - An option in the file wins over a variable or the configuration file, and those win over the vendor's environment variables.
    Options in the file may be templates, for instance with the P(ansible.builtin.env#lookup) lookup; O(compose), O(groups) and
    O(keyed_groups) hold expressions about a host instead.
  - A cache that was filled with other options or for another account is not used. Another password or another token counts as another account, so
    give credentials, or a token that lasts, where a cache is to help. The file of the cache holds neither, only a salted and slow digest of them.
seealso:
  - module: kariz.panels.deltasib_user_info
"""

EXAMPLES = r"""
# isp.deltasib.yml, with DELTASIB_API_USERNAME and DELTASIB_API_PASSWORD in the environment
plugin: kariz.panels.deltasib
api_url: https://10.0.0.5:1043
ca_path: /etc/ssl/deltasib.pem

---
# Without a request for each subscriber; whoever has less than 2 GB left is in the group running_out
plugin: kariz.panels.deltasib
api_url: https://10.0.0.5:1043
ca_path: /etc/ssl/deltasib.pem
api_username: reseller
api_password: "{{ lookup('ansible.builtin.env', 'RESELLER_PASSWORD') }}"
with_status: false
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/deltasib
cache_timeout: 600
compose:
  ansible_connection: "'local'"
  gigabytes: ((traffic.service.remaining or 0) / 1024 ** 3) | round(1)
keyed_groups:
  - key: family
    prefix: family
    default_value: none
groups:
  running_out: active and not traffic.service.unlimited and traffic.service.remaining < 2 * 1024 ** 3
strict: true
"""

from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscribers import subscribers
from ansible_collections.kariz.panels.plugins.plugin_utils._inventory import VendorInventory


class InventoryModule(VendorInventory):

    NAME = "kariz.panels.deltasib"
    client = DeltaSibClient
    root_group = "deltasib_subscribers"
    reading = ("with_service", "with_status", "with_sessions", "filter")

    def read(self, client, host):
        return subscribers(client, host, **{name: self.option(name) for name in self.reading})

    def groups_of(self, one):
        made = ["service_%s" % (one["service_name"] or "none")] if "service_name" in one else []
        if one.get("status"):
            made.append("status_%s" % one["status"])
        return made + ["online"] if one.get("sessions") else made
