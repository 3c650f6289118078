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
  - Each subscriber becomes a host, his fields become host variables.
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
    Connection options in the file may be templates, for instance with the P(ansible.builtin.env#lookup) lookup.
  - A cache that was filled with other options or for another account is not used.
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
groups:
  running_out: active and not traffic.service.unlimited and traffic.service.remaining < 2 * 1024 ** 3
strict: true
"""

import hashlib
import json
import os

from ansible.errors import AnsibleParserError
from ansible.inventory.group import to_safe_group_name
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.kariz.panels.plugins.module_utils._core.options import variable
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscribers import subscribers
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected, given, own_sources

_READING = ("with_service", "with_status", "with_sessions", "filter")


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):

    NAME = "kariz.panels.deltasib"

    def verify_file(self, path):
        return super().verify_file(path) and path.endswith(("deltasib.yml", "deltasib.yaml"))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        with own_sources(DeltaSibClient):
            self._read_config_data(path)
        self._named = given(self, DeltaSibClient, self.templar.template, by_hand=True)
        self._fill(self._subscribers(path, cache))

    # -- subscribers -------------------------------------------------------------------------------------------------

    def _subscribers(self, path, cache):
        key = self.get_cache_key(path)
        source = self._source()
        if cache and self.get_option("cache"):
            kept = self._cache.get(key)
            if isinstance(kept, dict) and kept.get("source") == source:
                return kept["subscribers"]
        with connected(DeltaSibClient, "deltasib", self._named, AnsibleParserError) as (client, host):
            found = subscribers(client, host, **{name: self.get_option(name) for name in _READING})
        if self.get_option("cache"):
            self._cache[key] = {"source": source, "subscribers": found}
        return found

    def _source(self):
        """Return a digest of what decides which subscribers there are. No secret goes into it: a cache may be read by others."""
        account = [self._named.get(name) or os.environ.get(variable("deltasib", name)) for name in ("api_url", "api_username")]
        text = json.dumps([account] + [self.get_option(name) for name in _READING], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    # -- inventory ---------------------------------------------------------------------------------------------------

    def _fill(self, found):
        self.inventory.add_group("deltasib_subscribers")
        for one in found:
            fields = (one.get(field) for field in self.get_option("hostnames"))
            self._add(str(next((value for value in fields if value not in (None, "")), one["id"])), one)

    def _add(self, name, one):
        self.inventory.add_host(name, group="deltasib_subscribers")
        prefix = self.get_option("hostvars_prefix")
        variables = {prefix + field: value for field, value in one.items()}
        for field, value in variables.items():
            self.inventory.set_variable(name, field, value)
        groups = []
        if "service_name" in one:
            groups.append("service_%s" % (one["service_name"] or "none"))
        if one.get("status"):
            groups.append("status_%s" % one["status"])
        if one.get("sessions"):
            groups.append("online")
        for group in groups:
            made = self.inventory.add_group(to_safe_group_name("deltasib_%s" % group, force=True, silent=True))
            self.inventory.add_child("deltasib_subscribers", made)
            self.inventory.add_child(made, name)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict=strict)
