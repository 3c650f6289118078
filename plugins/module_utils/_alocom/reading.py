# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the info modules of Alocom share."""

from __future__ import annotations

import re
from urllib.parse import quote

from .._core.errors import UsageError
from .._core.http.parallel import results, still_there
from .._core.task.job import Info
from .._core.text.letters import LARGEST, digits, normal
from .client import AlocomClient

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Persian and Arabic yeh and kaf, tatweel, joiner: what normal() takes as one or leaves out.
_TYPED_IN_TWO_WAYS = frozenset("\u06cc\u064a\u0649\u06a9\u0643\u0640\u200c")
_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": None, ",": None})


class AlocomInfo(Info):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    selectors: tuple = ()        #: options that name one thing, and so must not be empty

    def check(self, params):
        for name in self.selectors:
            if params.get(name) is not None and not str(params[name]).strip():
                raise UsageError("%s must not be empty" % name, vendor=self.vendor, operation="options")


def holds(wanted, value):
    """Return whether a text passes a filter. The vendor does not say whether its filters match parts of a text; here they always do."""
    return not wanted or normal(wanted).casefold() in normal("" if value is None else value).casefold()


def in_path(number):
    """Return an id as it stands in a path, in ASCII digits whatever digits it was typed in."""
    return quote(digits(number).strip(), safe="")


def filters(params, **names):
    """Return the filters that were given under the vendor's names.

    A text with letters that people type in two ways is not sent: the vendor may tell the two apart and leave out what is meant.
    All rows are read then, and :func:`holds` finds both.
    """
    made = {}
    for ours, theirs in names.items():
        value = params.get(ours)
        if value in (None, "", []) or (isinstance(value, str) and _TYPED_IN_TWO_WAYS.intersection(value)):
            continue
        made[theirs] = normal(value) if isinstance(value, str) else value
    return made


def number(value):
    """Return a number of the vendor, who also sends it as text in any digits, and ``-`` or words where it is not known: None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return value if abs(value) < LARGEST else None
    text = digits(value).strip().translate(_SEPARATORS)
    if not _NUMBER.fullmatch(text) or len(text) > 60:
        return None
    return float(text) if "." in text else int(text)


def read_each(client, function, rows, label):
    """Call ``function`` for each row, several at once, and return the results. What was removed in the meantime is left out.

    :arg label: returns what people call a row.
    """
    return results(*still_there(client.map(function, rows), label, rows))
