# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventories share: options, a cache that knows its account, objects as hosts with variables and groups."""

from __future__ import annotations

import contextlib
import os
import re
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.inventory.group import to_safe_group_name
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.vars.reserved import get_reserved_names

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import Problem
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.fingerprint import fingerprint, matches
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import TEMPLATE, shown
from ansible_collections.kariz.panels.plugins.plugin_utils._options import account_of, connected, given, in_words, own_sources, refuse_mistakes
from ansible_collections.kariz.panels.plugins.plugin_utils._yaml_text import Unreadable, read

_RESERVED = frozenset(get_reserved_names())
#: Variables that every host has from the platform.
_OF_ANSIBLE = frozenset(("inventory_file", "inventory_dir"))
_LINE = re.compile(r"[\n\t]+")
#: Caches that are folders of files.
_FOLDERS = ("jsonfile", "pickle", "yaml")
#: Options that hold expressions about a host.
_OF_HOSTS = ("compose", "groups", "keyed_groups")
#: What a variable may be called, and the beginning of such a name.
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class VendorInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """Base of an inventory plugin: a subclass says what to read and to which groups an object belongs."""

    client: Any                   #: the vendor's client class
    root_group: str               #: the group of all hosts
    reading: tuple = ()           #: options that decide what is read
    _ready: Any = None            # the options of the file with their templates filled in

    def read(self, client, host):
        """Return the objects, in the user's names, with ``id``."""
        raise NotImplementedError

    def groups_of(self, one):
        """Return the groups of an object, without the vendor's name."""
        raise NotImplementedError

    def wanted(self, one):
        """Return whether an object becomes a host."""
        return True

    def option(self, name):
        """Return the value of an option as plain data: YAML knows days and bytes, which no vendor does."""
        return plain(self.get_option(name))

    def check_options(self):
        """Raise AnsibleParserError for options that cannot go together."""

    # -- from the file to the hosts ------------------------------------------------------------------------------------

    def verify_file(self, path):
        return super().verify_file(path) and path.endswith(("%s.yml" % self.client.vendor, "%s.yaml" % self.client.vendor))

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        try:
            written = self._written(path)
            if written.get("plugin") == self.NAME:
                problems: list = []
                self._ready = written = self._templated(written, problems)
                refuse_mistakes(self, self.client, self.client.vendor, written, AnsibleParserError, self._vars, problems + _unfit(written))
            with own_sources(self.client):
                self._read_config_data(path)
            self.check_options()
            named = given(self, self.client, self.templar.template)
            self._fill([one for one in self._objects(path, cache, named) if self.wanted(one)])
        except AnsibleError as error:
            # The platform's own words for expressions, caches and groups name classes of Python, show values of any length, and no place.
            told = in_words(str(error)).removeprefix("%s: " % self.client.vendor)
            raise AnsibleParserError("%s: %s" % (self.client.vendor, told if path in told else "%s (in %s)" % (told, path))) from None

    def _written(self, path):
        """Return what the file says.

        :raises AnsibleParserError: with the place of the mistake, for a file that is no YAML, or more than a file of options can mean.
        """
        text = self.loader.get_text_file_contents(path).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
        try:
            read(text)
        except Unreadable as error:
            raise AnsibleParserError("%s: %s" % (self.client.vendor, error.sentence(path))) from None
        written = self.loader.load_from_file(path, cache="none", trusted_as_template=True)
        if not isinstance(written, dict):
            raise AnsibleParserError("%s: %s %s" % (self.client.vendor, path, "is empty" if written is None else "must be a mapping of options"))
        return written

    def _templated(self, written, problems):
        """Return the options of a file with their templates filled in, without those that are omitted; expressions stay, for each host to fill in.

        :arg problems: takes a :class:`Problem` for each template of which nothing can be made.
        """
        made = {}
        for name, value in written.items():
            if name not in _OF_HOSTS and name != "plugin" and _holds_template(value):
                try:
                    filled = self.templar.template({"is": value})
                except AnsibleError as error:
                    problems.append(Problem((name,), in_words(str(error))))
                    continue
                if "is" not in filled:
                    continue
                value = filled["is"]
            made[name] = value
        return made

    def set_options(self, *arguments, **more):
        """Set the options, and make the folder of a cache for its owner alone: people lie in it, and the platform's files are for everybody to read."""
        if self._ready is not None and more.get("direct"):
            # The platform gives them as they stand in the file.
            more["direct"] = self._ready
        super().set_options(*arguments, **more)
        folder = self.get_option("cache_connection") if self.get_option("cache") else None
        if folder and self.get_option("cache_plugin").rpartition(".")[2] in _FOLDERS:
            # What cannot be made is told by the platform, in its words.
            with contextlib.suppress(OSError):
                os.makedirs(os.path.expanduser(os.path.expandvars(folder)), mode=0o700, exist_ok=True)

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
        self._made: dict = {}
        self._checked: set = set()
        _compile_once(self.templar)
        names = set()
        for one in objects:
            fields = (one.get(field) for field in self.get_option("hostnames"))
            # It stands in every line that a play prints.
            name = _LINE.sub(" ", shown(str(next((value for value in fields if value not in (None, "")), one["id"]))))
            if name in names:
                name = "%s_%s" % (name, one["id"])
            names.add(name)
            self._add(name, one)

    def _add(self, name, one):
        self.inventory.add_host(name, group=self.root_group)
        prefix = self.get_option("hostvars_prefix")
        variables = {prefix + field: value for field, value in one.items()} if prefix else one
        self._set(name, variables)
        for title in self.groups_of(one):
            self.inventory.add_child(self._group(title), name)
        strict = self.get_option("strict")
        for option, evaluate in (("compose", self._set_composite_vars), ("groups", self._add_host_to_composed_groups),
                                 ("keyed_groups", self._add_host_to_keyed_groups)):
            if self.get_option(option):
                evaluate(self.get_option(option), variables, name, strict=strict)

    def _set(self, name, variables):
        """Set the variables of a host. They are plain data of our own making and belong to nobody else, so they need not be copied and marked one by one."""
        host = self.inventory.hosts[name]
        # A variable with the name of a keyword of plays would be warned of in every run.
        named = {"%s_%s" % (self.client.vendor, field) if field in _RESERVED else field: value for field, value in variables.items()}
        if self._checked.issuperset(named) and set(host.vars) <= _OF_ANSIBLE:
            host.vars.update(named)
            return
        for field, value in named.items():
            # Tells of names that are none, and lays mappings over those of another source.
            host.set_variable(field, value)
        self._checked.update(named)

    def _group(self, title):
        """Return the name of a group below that of all hosts, made when it is first needed."""
        if title not in self._made:
            made = self.inventory.add_group(to_safe_group_name("%s_%s" % (self.client.vendor, title), force=True, silent=True))
            self.inventory.add_child(self.root_group, made)
            self._made[title] = made
        return self._made[title]


def _holds_template(value):
    if isinstance(value, (dict, list)):
        return any(map(_holds_template, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and TEMPLATE.search(value) is not None


def _unfit(written):
    """Return what is wrong with variables and groups made of a host's fields, as far as it shows before there is a host."""
    problems = []
    prefix = written.get("hostvars_prefix")
    if isinstance(prefix, str) and prefix and not _VARIABLE.fullmatch(prefix):
        problems.append(Problem(("hostvars_prefix",), "must be how a variable may begin: letters, digits and _", prefix))
    for option, what in (("compose", "a mapping"), ("groups", "a mapping"), ("keyed_groups", "a list")):
        if isinstance(written.get(option), str) and "{" in written[option]:
            # Any other text is told by its type; the platform makes nothing of a template here.
            problems.append(Problem((option,), "must be %s, not a template" % what))
    for option in ("compose", "groups"):
        for name, expression in (written[option].items() if isinstance(written.get(option), dict) else ()):
            if option == "compose" and not (isinstance(name, str) and _VARIABLE.fullmatch(name)):
                problems.append(Problem((option, name), "must be the name of a variable: letters, digits and _"))
            elif not isinstance(name, str):
                problems.append(Problem((option,), "must be a mapping of names, which are texts"))
            if not isinstance(expression, str):
                problems.append(Problem((option, name), "must be an expression, as text", expression))
    for place, entry in enumerate(written["keyed_groups"] if isinstance(written.get("keyed_groups"), list) else ()):
        if isinstance(entry, dict) and not (isinstance(entry.get("key"), str) and entry["key"].strip()):
            problems.append(Problem(("keyed_groups", place, "key"), "must be an expression, as text", entry.get("key")))
        if isinstance(entry, dict) and entry.get("default_value") is not None and entry.get("trailing_separator") is not None:
            problems.append(Problem(("keyed_groups", place), "default_value and trailing_separator are mutually exclusive: give one of them"))
        if isinstance(entry, dict) and not isinstance(entry.get("parent_group"), (str, type(None))):
            problems.append(Problem(("keyed_groups", place, "parent_group"), "must be text", entry["parent_group"]))
    return problems


def _compile_once(templar):
    """Let a templar compile each expression once and not again for every host; where this version of the platform has no such step, nothing is changed."""
    engine: Any = getattr(templar, "_engine", None)
    compiled = getattr(engine, "_compile_expression", None)
    if compiled is None:
        return
    known: dict = {}

    def once(expression, options):
        key = (expression, options)
        if key not in known:
            known[key] = compiled(expression, options)
        return known[key]
    with contextlib.suppress(AttributeError):
        engine._compile_expression = once
