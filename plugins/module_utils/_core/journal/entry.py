# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of a journal: a key of an operation, who reserved it, and what became of it. Pure."""

from __future__ import annotations

import hashlib
import json

#: Kept in the table. A reserved entry whose run has ended without settling it is shown as UNKNOWN.
RESERVED, DONE, REFUSED = "reserved", "done", "refused"
UNKNOWN = "unknown"
STATES = (RESERVED, DONE, REFUSED)
#: The code of an entry of which a person said that it did not happen.
NOT_SENT = "not_sent"
#: Longer keys do not fit into an index of every engine.
_LONGEST = 1000


def digest(content):
    """Return a digest of what is sent: tells two texts apart without keeping either."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return "sha256:%s" % hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def masked(number):
    """Return a number of a person so that its owner knows it and nobody else: 0912***4567."""
    text = str(number)
    return "%s***%s" % (text[:-7], text[-4:]) if len(text) >= 10 else "***"


def stored(key):
    """Return a key as the table holds it: itself, unless no engine can keep it (half characters, NUL, far too long)."""
    text = str(key)
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("ascii", "backslashreplace").decode()
        raw = text.encode()
    if "\0" in text:
        text = text.replace("\0", "\\x00")
        raw = text.encode("utf-8")
    return text if len(raw) <= _LONGEST else "%s... %s" % (text[:100], digest(text))


def moment(text):
    """Return a time for a sentence: without parts of a second."""
    return text and text[:19] + "Z"


def storable(text):
    """Return a text without what no engine can keep."""
    return None if text is None else str(text).replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


class Entry:
    """What the journal knows of a key.

    ``state`` is ``reserved`` (a run is at it), ``unknown`` (reserved by a run that has ended), ``done`` or ``refused``; times are texts in
    ISO 8601 (UTC); ``outcome`` is a mapping without secrets, such as the vendor's id.
    """

    def __init__(self, key, state, operation=None, provider=None, digest=None, summary=None, run=None, node=None, reserved_at=None,
                 settled_at=None, code=None, outcome=None, settled_by=None, comment=None, alive=False):
        self.key = key
        self.state = UNKNOWN if state == RESERVED and not alive else state
        self.operation = operation
        self.provider = provider
        self.digest = digest
        self.summary = summary
        self.run = run
        self.node = node
        self.reserved_at = reserved_at
        self.settled_at = settled_at
        self.code = code
        self.outcome = outcome if isinstance(outcome, dict) else {}
        self.settled_by = settled_by
        self.comment = comment

    @property
    def open(self):
        """Return whether nothing is known of the outcome yet."""
        return self.state in (RESERVED, UNKNOWN)

    def shown(self):
        """Return the entry for users."""
        return {"key": self.key, "operation": self.operation, "state": self.state, "provider": self.provider, "id": self.outcome.get("id"),
                "outcome": self.outcome, "code": self.code, "summary": self.summary, "reserved_at": self.reserved_at, "settled_at": self.settled_at,
                "run": self.run, "node": self.node, "settled_by": self.settled_by, "comment": self.comment}
