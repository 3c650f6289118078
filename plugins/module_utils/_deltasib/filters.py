# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that writes DeltaSib filters. A filter is SQL-like text, so it is made of typed values only (vendor page 3.3)."""

from __future__ import annotations

import unicodedata

from .._core.errors import UsageError
from .._core.options.check import quoted
from .._core.text.letters import ungrouped

_FORBIDDEN = frozenset("'\"`\\")


def checked(value, option):
    """Return a text that may stand between quotes of a filter.

    Nothing is escaped: how the server reads an escape is not documented, so what would need one is refused. That goes for the wide
    and other forms of these characters too, which a database may turn into the plain ones.

    :raises UsageError: naming the option.
    """
    text = str(value)
    for sign in text:
        if sign in _FORBIDDEN or _FORBIDDEN.intersection(unicodedata.normalize("NFKC", sign)):
            raise UsageError("%s must not hold a quote or a backslash: %s" % (option, quoted(text)), vendor="deltasib", operation="options")
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp"):
            raise UsageError("%s must not hold a control character: %s" % (option, quoted(text)), vendor="deltasib", operation="options")
    return text


def whole(value, option):
    """Return a whole number, typed in any digits.

    :raises UsageError: naming the option.
    """
    text = ungrouped(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise UsageError("%s must be a whole number, not %s" % (option, quoted(str(value))), vendor="deltasib", operation="options")
    return int(text)


def text_is(field, value, option):
    """Return the condition that a text field equals this value."""
    return "%s='%s'" % (field, checked(value, option))


def text_holds(field, value, option):
    """Return the condition that a text field holds this value; what stands for any text in the vendor's pattern is refused."""
    if "%" in str(value) or "_" in str(value):
        raise UsageError("%s must not hold %% or _: %s" % (option, quoted(str(value))), vendor="deltasib", operation="options")
    return "%s like '%%%s%%'" % (field, checked(value, option))


def number_is(field, value, option):
    """Return the condition that a number field equals this value."""
    return "%s=%d" % (field, whole(value, option))


def any_of(conditions):
    return " or ".join(conditions)


def all_of(conditions):
    """Return the condition that all hold; one that is made of alternatives is put in parentheses."""
    conditions = [condition for condition in conditions if condition]
    if len(conditions) < 2:
        return "".join(conditions)
    return " and ".join("(%s)" % condition for condition in conditions)


def chunks(conditions, most=100, size=6000):
    """Yield alternatives in groups that fit into one address, each group as one condition: see :func:`grouped`."""
    for group in grouped(conditions, most, size):
        yield any_of(group)


def grouped(conditions, most=100, size=6000):
    """Yield alternatives in lists that fit into one address: at most ``most``, and ``size`` characters as they are sent."""
    group: list = []
    room = size
    for condition in conditions:
        needed = sum(1 if sign.isascii() and sign.isalnum() else 3 * len(sign.encode("utf-8", "surrogatepass")) for sign in condition) + 6
        if group and (len(group) == most or needed > room):
            yield group
            group, room = [], size
        group.append(condition)
        room -= needed
    if group:
        yield group
