# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names near one that was not found, so that a message can ask what was meant. Letters and digits of either kind are the same here.

The cost is bounded: 10,000 names are made ready once (some 50 ms), a look-up among them compares pairs of letters first and whole names only for the
best few, and after :data:`LOOKUPS` different names nothing is looked for any more.
"""

from __future__ import annotations

import difflib
import functools
import re

from .letters import digits, excerpt, normal

#: So many names are proposed.
PROPOSED = 3
#: So many names that were not found are looked up among one set of names.
LOOKUPS = 100
#: So many names are compared as a whole.
_COMPARED = 25
#: How much alike two names must be, from 0 to 1.
_ALIKE = 0.6
#: Which part of the pairs of letters of both must be common before they are compared as a whole; 0.5 is all.
_SHARED = 0.1
#: Characters of a name that can be meant by another; longer ones would take long to compare.
_LONGEST = 200
#: Among more names than this nothing is looked for.
_MOST_NAMES = 50000
_BETWEEN = re.compile("[\\s\u200c_.-]+")


def folded(name):
    """Return a name without what people mix up: letters of another keyboard, digits, letter case, what stands between words."""
    return _BETWEEN.sub("", digits(normal(name))).casefold()


def _pairs(text):
    return frozenset(zip("^" + text, text + "$"))


def _left_out(one, other):
    """Return how much alike two names are of which one only lacks letters of the other, otherwise 0; difflib misses some of these."""
    shorter, longer = sorted((one, other), key=len)
    letters = iter(longer)
    return 2 * len(shorter) / (len(shorter) + len(longer)) if all(letter in letters for letter in shorter) else 0


class _Names:
    """Names made ready for look-ups."""

    def __init__(self, names):
        self.names = [(name, text, _pairs(text)) for name, text in ((name, folded(name)) for name in names if len(name) <= _LONGEST) if text]
        self.known: dict = {}

    def near(self, name):
        if name not in self.known:
            if len(self.known) >= LOOKUPS:
                return []
            self.known[name] = self._near(folded(name))
        return self.known[name]

    def _near(self, wanted):
        pairs = _pairs(wanted)
        ranked = []
        for place, (name, text, others) in enumerate(self.names):
            shared = len(pairs & others) / (len(pairs) + len(others))
            if shared > _SHARED:
                ranked.append((-shared, place, name, text))
        matcher = difflib.SequenceMatcher(None)
        matcher.set_seq2(wanted)
        found = []
        for _shared, place, name, text in sorted(ranked)[:_COMPARED]:
            matcher.set_seq1(text)
            alike = max(matcher.ratio(), _left_out(text, wanted))
            if alike >= _ALIKE:
                found.append((-alike, place, name))
        return [name for _alike, _place, name in sorted(found)[:PROPOSED]]


@functools.lru_cache(maxsize=4)
def _ready(names):
    return _Names(names)


def near(name, names):
    """Return up to :data:`PROPOSED` of ``names`` that may have been meant by ``name``, the nearest first."""
    names = tuple(dict.fromkeys(str(other) for other in names if other not in (None, "")))
    return _ready(names).near(str(name)[:_LONGEST]) if len(names) <= _MOST_NAMES else []


def proposing(name, names, shown=None):
    """Return a name that was not found, followed by those that may have been meant: ``rezza (did you mean reza or reyza?)``.

    :arg shown: returns what is proposed for a name, where that is not the name itself.
    """
    found = near(name, names)
    found = [excerpt(other) for other in dict.fromkeys(map(shown, found) if shown else found)]
    if not found:
        return str(name)
    return "%s (did you mean %s?)" % (name, found[0] if len(found) == 1 else "%s or %s" % (", ".join(found[:-1]), found[-1]))
