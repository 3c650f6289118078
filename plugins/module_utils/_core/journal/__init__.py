# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may happen only once is written down before its request leaves: reserved, then settled, by any number of machines at the same time.

=========  =========================================================================
entry      what a key stands for and what became of it; digests, masked numbers
journal    the rules: who may send, who waits, what nobody knows
engine     the table and its statements, the same for both engines
sqlite     one file, for all processes of a machine
postgres   one database, for all machines
lines      the journal of earlier versions (JSON lines), read once and taken over
cursors    what event sources remember
guard      purchases of which the vendor keeps a list
by_hand    what people read and settle: journal_info, journal_entry
=========  =========================================================================
"""

from __future__ import annotations

from ..options.journal_place import OPTION, where
from .entry import DONE, REFUSED, RESERVED, UNKNOWN, Entry, digest, masked
from .journal import Journal, done, opened

__all__ = ["DONE", "OPTION", "REFUSED", "RESERVED", "UNKNOWN", "Entry", "Journal", "digest", "done", "masked", "opened", "where"]
