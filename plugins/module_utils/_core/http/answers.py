# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers are strangers: what they must be before anybody reads from them, and a net for whoever trips over one all the same.

Strict about what an object is (a mapping, with something to name it by) and tolerant about how a vendor spells its values: a number as text, a
text as a number and null are read; a list or an object where one value belongs is no spelling of anything.
"""

from __future__ import annotations

from ..errors import BadAnswerError, PanelError, UnknownOutcome
from ..text.letters import excerpt

#: What reading from a value of another kind raises.
NOT_READ = (AttributeError, TypeError, KeyError, IndexError, ValueError, ArithmeticError)
_ONE_VALUE = (str, int, float, type(None))


def told(value):
    """Return in words what kind of thing an answer holds, without its content, which may be secret."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text of %d characters" % len(value)
    if isinstance(value, list):
        return "a list of %d" % len(value)
    names = ", ".join(excerpt(name, 30) for name in list(value)[:6])
    return "an object with %s" % names if names else "an empty object"


def strange(operation, vendor, expected, value, where=""):
    """Return the error for something in an answer that is not what was expected there.

    :arg where: which row or field, in words.
    """
    return BadAnswerError("%s: %sexpected %s, got %s" % (operation, "%s: " % where if where else "", expected, told(value)), vendor=vendor,
                          operation=operation)


class Shape:
    """What one object of an answer is made of, as far as it is read. Fields that are not named here are nobody's business.

    :arg identity: names of fields of which one must say which object this is; none where a row needs no name.
    :arg required: names of fields without which the object means nothing.
    :arg texts: fields that are read as text; a number there is made text.
    :arg values: fields that hold one value of any kind.
    :arg objects: fields that hold an object or nothing. An empty list is one, the way PHP writes it.
    :arg lists: fields that hold a list or nothing. An object with numbers for names is one, the way PHP writes a list with gaps.
    :arg flat: every field of the row holds one value.
    """

    def __init__(self, *identity, required=(), texts=(), values=(), objects=(), lists=(), flat=False):
        self.identity = identity
        self.required = required
        self.texts = texts
        self.values = values
        self.objects = objects
        self.lists = lists
        self.flat = flat

    def read(self, row, operation, vendor, where=""):
        """Return the object, its texts as texts.

        :raises BadAnswerError: it is none, it has no identity, or a field holds what no spelling of its value looks like.
        """
        if not isinstance(row, dict):
            raise strange(operation, vendor, "an object%s" % (" with %s" % " or ".join(self.identity) if self.identity else ""), row, where)
        if self.identity and not any(_names(row.get(name)) for name in self.identity):
            raise strange(operation, vendor, " or ".join(self.identity), row, where)
        for name in self.required:
            if row.get(name) is None:
                raise strange(operation, vendor, name, row, where)
        for name in self.texts:
            value = row.get(name)
            if value is None or isinstance(value, str):
                continue
            if isinstance(value, bool) or not isinstance(value, (str, int, float)):
                raise strange(operation, vendor, "a text", value, _at(where, name))
            row[name] = str(value)
        for name in row if self.flat else self.values:
            if not isinstance(row.get(name), _ONE_VALUE):
                raise strange(operation, vendor, "one value", row[name], _at(where, name))
        for name in self.objects:
            value = row.get(name)
            if value is None or isinstance(value, dict):
                continue
            if value != []:
                raise strange(operation, vendor, "an object", value, _at(where, name))
            row[name] = {}
        for name in self.lists:
            value = row.get(name)
            if value is not None and not isinstance(value, list):
                row[name] = _with_gaps(value, operation, vendor, _at(where, name))
        return row

    def all(self, rows, operation, vendor):
        """Return all rows, each as :meth:`read` does."""
        read = self.read
        for place, row in enumerate(rows):
            try:
                read(row, operation, vendor)
            except BadAnswerError:
                # Only now is it worth saying which one it is.
                read(row, operation, vendor, "row %d" % (place + 1))
        return rows


def _at(where, name):
    return "%s, %s" % (where, name) if where else name


def _names(value):
    """Return whether a value can name an object."""
    return value not in (None, "") and not isinstance(value, bool) and isinstance(value, (str, int))


def _with_gaps(value, operation, vendor, where):
    if isinstance(value, dict) and all(str(name).isdigit() for name in value):
        return list(value.values())
    raise strange(operation, vendor, "a list", value, where)


def identity(value):
    """Return an id that an answer tells, None when what stands there names nothing."""
    return value if _names(value) else None


def rows(answer, *names, operation=None, vendor=None, shape=None):
    """Return the list of rows in an answer, wherever the vendor's tolerated spellings put it; every row is an object.

    :arg names: keys under which the list may stand, at the top or inside ``data`` or ``result``.
    :arg shape: what a row is made of.
    :raises BadAnswerError: no list is found, or a row is no such object; nothing found is never taken for an empty list.
    """
    level = [answer]
    for _depth in range(3):
        following = []
        for part in level:
            if isinstance(part, list):
                return (shape or ANY).all(part, operation, vendor)
            if isinstance(part, dict):
                for name in names + ("data", "result", "items"):
                    if isinstance(part.get(name), list):
                        return (shape or ANY).all(part[name], operation, vendor)
                    if isinstance(part.get(name), dict):
                        following.append(part[name])
        level = following
    raise strange(operation, vendor, "a list%s" % (" under %s" % " or ".join(names) if names else ""), answer)


ANY = Shape()


class _Reading:
    """See :func:`reading`; a class, since thousands of objects pass through it one by one."""

    def __init__(self, client):
        self._client = client

    def __enter__(self):
        heard = self._client.heard
        self._before = getattr(heard, "last", None), getattr(heard, "written", None)
        heard.last = heard.written = None

    def __exit__(self, kind, error, _traceback):
        heard = self._client.heard
        last, written = heard.last, heard.written
        # What is around this one heard it too.
        heard.last = last or self._before[0]
        heard.written = written or self._before[1]
        if kind is None or issubclass(kind, PanelError) or not issubclass(kind, NOT_READ) or last is None:
            return
        operation = written or last
        self._client.transport.note("%s %s: %s: %s" % (self._client.vendor, operation, kind.__name__, error))
        made = UnknownOutcome if written else BadAnswerError
        raise made("%s: expected an answer as the vendor documents it, got one that cannot be read" % operation, vendor=self._client.vendor,
                   operation=operation) from error


def reading(client):
    """Turn what reading a strange answer raises into the error that it is; around the reading of answers, never around planning.

    After a write, nobody knows whether it was done. Where no answer was heard at all, what was raised is a defect, and stays one.
    """
    return _Reading(client)
