# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventories share: options, a cache that knows its account, objects as hosts with variables and groups."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleParserError
from ansible.inventory.group import to_safe_group_name
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.vars.reserved import get_reserved_names

from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.fingerprint import fingerprint, matches
from ansible_collections.kariz.panels.plugins.plugin_utils._options import account_of, connected, given, own_sources, refuse_mistakes

_RESERVED = frozenset(get_reserved_names())


class VendorInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """Base of an inventory plugin: a subclass says what to read and to which groups an object belongs."""

    client: Any                   #: the vendor's client class
    root_group: str               #: the group of all hosts
    reading: tuple = ()           #: options that decide what is read

    def read(self, client, host):
        """Return the objects, in the user's names, with ``id``."""
        raise NotImplementedError

    def groups_of(self, one):
        """Return the groups of an object, without the vendor's name."""
        raise NotImplementedError

    def wanted(self, one):
        """Return whether an object becomes a host."""
        return True

    def check_options(self):
        """Raise AnsibleParserError for options that cannot go together."""

    # -- from the file to the hosts ------------------------------------------------------------------------------------

    def verify_file(self, path):
        return super().verify_file(path) and path.endswith(("%s.yml" % self.client.vendor, "%s.yaml" % self.client.vendor))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        written = loader.load_from_file(path, cache="none")
        if isinstance(written, dict) and written.get("plugin") == self.NAME:
            refuse_mistakes(self, self.client.vendor, written, AnsibleParserError)
        with own_sources(self.client):
            self._read_config_data(path)
        self.check_options()
        named = given(self, self.client, self.templar.template, by_hand=True)
        self._fill([one for one in self._objects(path, cache, named) if self.wanted(one)])

    def _objects(self, path, cache, named):
        if not self.get_option("cache"):
            return self._read(named)
        key = self.get_cache_key(path)
        question = [account_of(self.client, named)] + [self.get_option(name) for name in self.reading]
        kept = self._cache.get(key) if cache else None
        if isinstance(kept, dict) and isinstance(kept.get("source"), str) and matches(kept["source"], question):
            return kept["objects"]
        found = self._read(named)
        self._cache[key] = {"source": fingerprint(question), "objects": found}
        return found

    def _read(self, named):
        with connected(self.client, self.client.vendor, named, AnsibleParserError) as (client, host):
            return self.read(client, host)

    def _fill(self, objects):
        self.inventory.add_group(self.root_group)
        names = set()
        for one in objects:
            fields = (one.get(field) for field in self.get_option("hostnames"))
            name = str(next((value for value in fields if value not in (None, "")), one["id"]))
            if name in names:
                name = "%s_%s" % (name, one["id"])
            names.add(name)
            self._add(name, one)

    def _add(self, name, one):
        self.inventory.add_host(name, group=self.root_group)
        prefix = self.get_option("hostvars_prefix")
        variables = {prefix + field: value for field, value in one.items()}
        for field, value in variables.items():
            # A variable with the name of a keyword of plays would be warned of in every run.
            self.inventory.set_variable(name, "%s_%s" % (self.client.vendor, field) if field in _RESERVED else field, value)
        for title in self.groups_of(one):
            made = self.inventory.add_group(to_safe_group_name("%s_%s" % (self.client.vendor, title), force=True, silent=True))
            self.inventory.add_child(self.root_group, made)
            self.inventory.add_child(made, name)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict=strict)
