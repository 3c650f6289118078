# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML that this collection writes for the platform to read: what a vendor said is data there, never a template.

Needs PyYAML, which the controller always has; on a target :data:`yaml` is None where it is missing.
"""

from __future__ import annotations

import re
from typing import Any

yaml: Any
try:
    import yaml
    from yaml import SafeDumper, SafeLoader
except ImportError:
    yaml = None
    SafeDumper = SafeLoader = object  # type: ignore[assignment, misc]

#: Texts of these signs alone are written as they are: letters and digits of any script, the joiner of Persian, and signs with which neither a template
#: (nor the header that gives a template other delimiters) nor anything of YAML can begin. Everything else is marked as data.
_PLAIN = re.compile(r"[\w \u200c.,:;/@+()\u060c\u061b\u061f-]*")


class Unsafe(str):
    """A text that must not be taken for a template when the file is read."""


def is_plain(text):
    """Return whether no reader could take a text for a template, whatever its settings."""
    return _PLAIN.fullmatch(text) is not None


def safe(value):
    """Return the same data with every text that is not provably plain marked, keys as well."""
    if isinstance(value, dict):
        return {safe(name): safe(part) for name, part in value.items()}
    if isinstance(value, list):
        return [safe(part) for part in value]
    if not isinstance(value, str) or is_plain(value):
        return value
    # Half a character, as broken JSON may hold it, can stand in no file.
    return Unsafe(value.encode("utf-8", "replace").decode("utf-8"))


class Dumper(SafeDumper):
    """Keeps the order, indents lists, writes no aliases, and marks what is not a template."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


class Loader(SafeLoader):
    """Reads back what :class:`Dumper` wrote: marked texts are texts."""


def _text(dumper, value):
    """Quote what another reader of YAML could take for a number, such as a mobile."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if re.fullmatch(r"[+\d][\d.,:_-]*", value) else None)


def _marked(loader, node):
    return loader.construct_scalar(node)


def _unsafe(dumper, value):
    """Mark a text, but for the few that the platform would take for a null or a number behind the mark: those are no templates."""
    tag = dumper.resolve(yaml.ScalarNode, str(value), (True, False))
    return dumper.represent_scalar("!unsafe" if tag == dumper.DEFAULT_SCALAR_TAG else dumper.DEFAULT_SCALAR_TAG, str(value), style='"')


if yaml is not None:
    Dumper.add_representer(str, _text)
    Dumper.add_representer(Unsafe, _unsafe)
    Loader.add_constructor("!unsafe", _marked)


def dump(data):
    """Return data as YAML in which only :class:`Unsafe` texts are marked: templates of our own stand beside them."""
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=160)


def dump_data(data):
    """Return data as YAML in which nothing is a template."""
    return dump(safe(data))


def load_data(text):
    """Return what :func:`dump_data` wrote."""
    return yaml.load(text, Loader=Loader)
