# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading YAML fast and with care: the place of every mistake, each text that is a template known as one, numbers as they are spelt.

What is made of a file is never deeper or larger than somebody can have meant: neither brackets without end nor aliases of aliases get far.
"""

from __future__ import annotations

import json
import re

import yaml
from ansible.errors import AnsibleError
from ansible.template import trust_as_template

from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import DEEPEST, TEMPLATE, TOO_DEEP, excerpt, too_deep

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
#: In a line that is shown, what stands behind a name like these may be nobody's business.
_SECRET = re.compile(r"""((?:password|passwd|secret|token|key|vault)\w*["']?\s*:\s*).*""", re.IGNORECASE)
#: More letters of a line are not shown.
_SHOWN = 200
#: So many values may a file have in which aliases stand for others.
_MOST = 1_000_000
#: What people call a value of a tag.
_WORDS = {"int": "whole number", "float": "number", "bool": "truth value (true or false)", "timestamp": "day or moment",
          "binary": "binary data", "null": "null"}


class Unreadable(Exception):
    """A file cannot be read; ``sentence`` names file, line, column and shows the line."""

    def __init__(self, text, line=None, column=None):
        super().__init__(text)
        self.text = text
        self.line = line
        self.column = column
        self.lines: list = []      #: the file's lines, when they may be shown
        self.path: tuple = ()      #: the place in the document, where it is known

    def sentence(self, shown):
        """Return what is wrong, and the line itself where it may be shown."""
        place = shown + "".join(":%d" % number for number in (self.line, self.column) if number)
        told = "%s: %s" % (place, self.text)
        if self.line and self.line <= len(self.lines):
            line = _SECRET.sub(r"\1********", self.lines[self.line - 1].rstrip())
            line = line if len(line) <= _SHOWN else line[:_SHOWN] + "..."
            pointer = " " * (self.column - 1) + "^" if self.column and self.column <= len(line) + 1 else ""
            told += "\n    %s%s" % (line, "\n    " + pointer if pointer else "")
        return told


class Template(str):
    """A text that the platform carries out."""

    def ready(self, loader):
        return trust_as_template(str(self))


class Vaulted(Template):
    """The cipher text of a value that is encrypted by itself."""

    def ready(self, loader):
        return loader.load("!vault %s" % json.dumps(str(self)))


class Number:
    """A number, or a date, that is spelt otherwise than it would be shown: ``1.50``, ``1_000``, ``2026-01-01``, ``0123``."""

    def __init__(self, text, value):
        self.text = text
        self.value = value

    @property
    def misread(self):
        """Whether YAML makes another number of it than people do: ``0123`` is 83."""
        return isinstance(self.value, int) and re.fullmatch(r"[-+]?(0[0-7_]+|0x[\da-fA-F_]+|0b[01_]+|[\d_]+(:[0-5]?\d)+)", self.text) is not None


class _Values(yaml.SafeLoader):
    """Makes values of scalars; reads nothing itself."""

    def __init__(self):
        super().__init__("")


class _Builder:
    """From the events of a document to plain data."""

    def __init__(self, text):
        self.events = yaml.parse(text, Loader=_PARSER)
        self.values = _Values()
        self.anchors: dict = {}
        self.unsafe = 0
        self.depth = 0
        self.size = 0

    def document(self):
        made = None
        found = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                found += 1
                if found > 1:
                    raise self._wrong("a second document (---) begins here: a file holds one", event)
                made = self._value(next(self.events))
        return made

    @staticmethod
    def _wrong(text, event):
        return Unreadable(text, event.start_mark.line + 1, event.start_mark.column + 1)

    def _value(self, event):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self._wrong("there is no anchor &%s before this" % excerpt(event.anchor), event)
            made, size = self.anchors[event.anchor]
            self.size += size
            if self.size > _MOST:
                raise self._wrong("aliases make more than %d values of this file" % _MOST, event)
            return made
        unsafe = event.tag == "!unsafe"
        self.unsafe += unsafe
        self.depth += 1
        self.size += 1
        before = self.size
        if self.depth > DEEPEST + 1:
            raise self._wrong(TOO_DEEP, event)
        try:
            if isinstance(event, yaml.ScalarEvent):
                made = self._scalar(event)
            elif isinstance(event, yaml.SequenceStartEvent):
                made = self._sequence(event)
            else:
                made = self._mapping(event)
        finally:
            self.unsafe -= unsafe
            self.depth -= 1
        if event.anchor:
            self.anchors[event.anchor] = made, self.size - before + 1
        return made

    def _sequence(self, event):
        self._known_tag(event, "seq")
        made = []
        for part in self.events:
            if isinstance(part, yaml.SequenceEndEvent):
                return made
            made.append(self._value(part))
        raise self._wrong("the list has no end", event)

    def _mapping(self, event):
        self._known_tag(event, "map")
        made: dict = {}
        merged: list = []
        for part in self.events:
            if isinstance(part, yaml.MappingEndEvent):
                for other in merged:
                    for name, value in other.items():
                        made.setdefault(name, value)
                return made
            if isinstance(part, yaml.ScalarEvent) and part.value == "<<" and not part.style and part.tag is None:
                merged += self._merged(part)
                continue
            name = self._value(part)
            name = name.text if isinstance(name, Number) else str(name) if isinstance(name, Template) else name
            if isinstance(name, (dict, list)):
                raise self._wrong("a value that begins with {{ needs quotes" if isinstance(name, dict) else "a key must be a word, not a list", part)
            if name in made:
                raise self._wrong("the key %s is given twice" % excerpt(name), part)
            made[name] = self._value(next(self.events))
        raise self._wrong("the mapping has no end", event)

    def _merged(self, event):
        value = self._value(next(self.events))
        several = value if isinstance(value, list) else [value]
        if not all(isinstance(other, dict) for other in several):
            raise self._wrong("<<: takes a mapping, or a list of them", event)
        return several

    def _known_tag(self, event, kind):
        if event.tag not in (None, "!", "!unsafe", _TAG + kind):
            raise self._wrong("unknown tag %s" % excerpt(event.tag), event)

    def _scalar(self, event):
        text, tag = event.value, event.tag
        if tag in ("!vault", "!vault-encrypted"):
            return Vaulted(text)
        if tag is None or tag in ("!", "!unsafe"):
            tag = self.values.resolve(yaml.ScalarNode, text, (not event.style and tag != "!", False))
        if tag == _TAG + "str":
            return Template(text) if not self.unsafe and TEMPLATE.search(text) else text
        if not tag.startswith(_TAG) or tag not in self.values.yaml_constructors:
            raise self._wrong("unknown tag %s" % excerpt(tag.replace(_TAG, "!!")), event)
        node = yaml.ScalarNode(tag, text)
        try:
            value = self.values.construct_object(node)
            value = value.decode("utf-8") if isinstance(value, bytes) else value
            # The text of a number with thousands of digits cannot be made.
            same = str(value) == text
        except (yaml.YAMLError, ValueError, OverflowError, AttributeError, LookupError, TypeError):
            # The value itself may be a secret.
            word = _WORDS.get(tag.replace(_TAG, ""), "value of its tag")
            raise self._wrong("this is no %s; put it in quotes if it is a text" % word, event) from None
        if value is None or isinstance(value, (bool, str)) or same:
            return value
        return Number(text, value)


def _from_json(text):
    def pairs(found):
        names = [name for name, _value in found]
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise ValueError(twice)
        return {name: marked(value) for name, value in found}

    def marked(value):
        if isinstance(value, list):
            return [marked(part) for part in value]
        return Template(value) if isinstance(value, str) and TEMPLATE.search(value) else value
    made = json.loads(text, object_pairs_hook=pairs)
    if too_deep(made):
        raise ValueError(TOO_DEEP)
    return marked(made)


def read(text):
    """Return what a text of YAML or JSON says.

    :raises Unreadable: it is neither.
    """
    broken = re.search("[\udc80-\udcff]", text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        raise Unreadable("the file is not UTF-8 text", line, broken.start() - text.rfind("\n", 0, broken.start()))
    if text.lstrip()[:1] in ("{", "["):
        try:
            return _from_json(text)
        except (ValueError, RecursionError):
            # YAML, which may begin like this too, says better what is wrong.
            pass
    try:
        return _Builder(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(filter(None, (error.context, error.problem))).replace("found unexpected end of stream", "the end of the file came first")
        raise Unreadable(told + advice(text, mark), mark and mark.line + 1, mark and mark.column + 1) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable("a character that no text holds", line) from None


def advice(text, mark):
    """Return what most often is behind a mistake of YAML, in words."""
    lines = text.split("\n")
    if mark is None or mark.line >= len(lines):
        return ""
    line = lines[mark.line]
    if "\t" in line[:len(line) - len(line.lstrip())]:
        return "; a tab stands where spaces must"
    if re.search(r":\s*\{\{", line):
        return "; a value that begins with {{ needs quotes"
    if line.count(": ") > 1 and "{" not in line:
        return "; a text with a colon in it needs quotes"
    return "; look at the indentation of this line and the one before"


def composed(file, loader):
    """Return a file as nodes that know their lines, or None."""
    try:
        return yaml.compose(loader.get_text_file_contents(file).encode("utf-8", "surrogateescape"), Loader=_PARSER)
    except (yaml.YAMLError, AnsibleError, AttributeError, OSError, ValueError):
        return None


def place_of(node, path):
    """Return ``(line, column)``, from 1, of a place in a composed document, or of the nearest that encloses it; nothing without a document."""
    if node is None:
        return ()
    mark = node.start_mark
    for part in path:
        following = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    mark, following = key.start_mark, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            following = node.value[part]
            mark = following.start_mark
        if following is None:
            break
        node = following
    return mark.line + 1, mark.column + 1
