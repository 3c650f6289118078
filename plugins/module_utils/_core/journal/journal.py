# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of a journal, whichever engine keeps it.

1. :meth:`Journal.reserve` puts intents on disk, all keys of a call in one transaction, before the request leaves. Of parallel runs exactly one wins a key.
2. :meth:`Journal.settle` says what became of them.
3. A key that another living run has reserved is waited for (:meth:`Journal.outcomes`); one whose run has ended without settling is *unknown*: whoever finds
   it asks the vendor, and when the vendor cannot tell, a person settles it. It is never sent again by itself.

A run says that it is alive by renewing its lease. A lease that lapses too early makes a key unknown for the others and never free, so it can cost a question
and not a second text.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import uuid
from typing import Any

from ..errors import PanelError, TransportError, UnknownOutcome, UsageError
from ..http.retries import Deadline
from ..options import journal_place as place
from ..options import lasting
from .engine import Row
from .entry import DONE, REFUSED, RESERVED, UNKNOWN, Entry, digest, moment
from .postgres import Lost, PostgresEngine
from .run_lock import RunLocks
from .sqlite import SqliteEngine

#: Seconds for which a run says to be alive, three times in which it says so.
LEASE = 15.0
#: Least time for writing an outcome down, even when the task's own time is up.
_LAST_WORD = 5.0
_POLL = (0.05, 0.1, 0.2, 0.4)
_INSTEAD = "postgresql://... (in a controller, a credential of the type kariz.panels journal)"


def opened(host, operation, provider=None, deadline=None):
    """Return the :class:`Journal` of a task, or None when neither the task nor the environment names one."""
    where = place.where(host.params, host.environ)
    if where is None:
        return None
    host.redactor.add(*place.secrets(where))
    return Journal(where, operation, provider, deadline=host.params.get("api_deadline") if deadline is None else deadline, warn=host.warn)


def done(where, keys, operation="message", deadline=30):
    """Return ``{key: Entry}`` of those keys that are done. Nothing is made or written.

    :raises PanelError: the journal cannot be read; it is never taken for an empty one.
    """
    with Journal(where, operation, deadline=deadline) as journal:
        return journal.done(keys)


class Journal(RunLocks):
    """A journal as one run uses it, for one operation.

    :arg where: a path or ``postgresql://...``.
    :arg operation: what the keys stand for (``message``, ``invoice``, ...); the same key across providers is one key.
    :arg provider: who carries it out, noted in the entries.
    :arg deadline: seconds, or a :class:`.Deadline`, after which this run waits for nobody.
    :arg run: the name of a run that goes on here, after it began in another process.
    """

    def __init__(self, where, operation, provider=None, deadline=None, warn=None, lease=None, run=None):
        if place.is_foreign(where):
            raise UsageError("journal must be a path or postgresql://..., not %s" % place.shown(where), operation="options", code="bad_option")
        self.where = where
        self.shown = place.shown(where)
        self.operation = operation
        self.provider = provider
        self.deadline = deadline if isinstance(deadline, Deadline) else Deadline(300 if deadline is None else deadline)
        self.lease = LEASE if lease is None else lease
        self.node = socket.gethostname()
        self.run = run or "%s-%d-%s" % (self.node, os.getpid(), uuid.uuid4().hex[:12])
        told = lasting.warning("journal", where, instead=_INSTEAD) if warn is not None and not place.is_database(where) else None
        if told:
            warn(told)
        self.engine: Any = PostgresEngine(where, warn) if place.is_database(where) else SqliteEngine(place.path_of(where), warn)
        self.reserved: dict = {}
        self._registered = False
        self._beating: threading.Thread | None = None
        self._ended = threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    # -- reading -----------------------------------------------------------------------------------------------------

    def look(self, keys):
        """Return ``{key: Entry}`` of the keys that are there. Nothing is made."""
        keys = list(keys)

        def work(left):
            return self.engine.read(self.operation, keys, left) if self.engine.exists(left) else {}
        return self.carry_out(work)

    def done(self, keys):
        """Return ``{key: Entry}`` of the keys that are done."""
        return {key: entry for key, entry in self.look(keys).items() if entry.state == DONE}

    def entries(self, operation=None, keys=None, state=None, since=None):
        """Return entries of all operations, or of one, in the order of their reservation."""
        return self.carry_out(lambda left: self.engine.select(left, operation, keys, state, since) if self.engine.exists(left) else [])

    # -- what people do ------------------------------------------------------------------------------------------------

    def settle_by_hand(self, key, state, who, comment):
        """Settle an entry of which nobody knows the outcome; False when it is no such entry any more."""
        return self.carry_out(lambda left: self.engine.settle_by_hand(self.operation, key, state, who, comment, left))

    def forget(self, operation=None, key=None, before=None, check=False):
        """Delete settled entries, of one key or older than a moment, and return how many; never one without an outcome."""
        return self.carry_out(lambda left: self.engine.forget(left, operation, key, before, check) if self.engine.exists(left) else 0)

    # -- at most once ------------------------------------------------------------------------------------------------

    def reserve(self, wanted, renew=None, left=None):
        """Reserve keys durably, in one transaction: ``{key: (content, summary)}`` or ``{key: (content, summary, outcome so far)}``.

        :arg renew: a key that is done is free again after so many seconds.
        :return: ``(keys that this run may send, {key: Entry of the others})``.
        """
        rows = [Row(key, digest(more[0]), more[1], self.provider, more[2] if len(more) > 2 else None) for key, more in wanted.items()]
        if not rows:
            return set(), {}
        reservation = uuid.uuid4().hex
        self._registered = True
        won, others = self.carry_out(lambda left: self.engine.reserve(self.operation, rows, self.run, self.node, reservation, self.lease, left, renew), left)
        self.reserved.update({row.key: row for row in rows if row.key in won})
        self._keep_alive()
        return won, others

    def settle(self, outcomes, by=None, comment=None, owners=None):
        """Write down what became of keys: ``{key: (DONE or REFUSED, mapping)}``; the mapping holds no secret and no text of a message.

        :arg owners: ``{key: run}`` where another run, which has ended, reserved it.
        :raises PanelError: it could not be written in time; the entries stay as they are, so they are unknown to everybody else.
        """
        if outcomes:
            full = {key: (state, told, (owners or {}).get(key)) for key, (state, told) in outcomes.items()}
            self.carry_out(lambda left: self.engine.settle(self.operation, full, self.reserved, self.run, self.node, left, by, comment), self._last)

    def outcomes(self, keys, left=None):
        """Wait until other living runs have settled these keys and return ``{key: Entry}``; a key that is free again is not in it.

        Waits no longer than what is left; then the entries are still ``reserved``.
        """
        left = left or self.deadline.left
        number = 0
        while True:
            found = self.look(keys)
            if left() <= 0 or not any(entry.state == RESERVED and entry.run != self.run for entry in found.values()):
                return found
            time.sleep(max(0, min(_POLL[min(number, len(_POLL) - 1)], left())))
            number += 1

    def unknown(self, key, entry):
        """Return the error for a key of which nobody knows the outcome."""
        when = "at %s by %s" % (moment(entry.reserved_at) or "an unknown time", entry.node or "an earlier run")
        why = ("another run is still at it and did not end in time" if entry.state == RESERVED and entry.run != self.run else
               "the journal has no outcome: nobody knows whether it happened")
        return UnknownOutcome("%s %s was begun %s (%s), and %s, so it is not repeated" % (
            self.operation, key, when, entry.summary or "no summary", why), operation=self.operation, hint=self.advice(key))

    def advice(self, key):
        """Return how a person settles an entry without an outcome."""
        return ("Look in the vendor's panel whether it happened, then settle it with the module journal_entry: {journal: %s, operation: %s, key: %s, state: "
                "done}, or state: not_sent to let it be tried again" % (self.shown, self.operation, key))

    def once(self, key, content, summary, send, ask=None):
        """Do something at most once ever: return ``(outcome, entry)``, ``entry`` being that of an earlier time or None.

        :arg send: sends and returns the outcome (a mapping without secrets). An :class:`.UnknownOutcome` leaves the intent as it is; any other
            :class:`.PanelError` means that nothing was accepted, so the key stays free.
        :arg ask: asks the vendor what became of an earlier intent; returns the outcome or None.
        """
        while True:
            won, others = self.reserve({key: (content, summary)})
            if won:
                break
            entry = self.outcomes([key]).get(key) if others[key].state == RESERVED else others[key]
            if entry is None or entry.state == REFUSED:
                continue
            if entry.state == UNKNOWN and ask is not None:
                found = ask()
                if found is not None:
                    self.settle({key: (DONE, found)})
                    entry.state, entry.outcome = DONE, found
            if entry.state != DONE:
                raise self.unknown(key, entry)
            return entry.outcome, entry
        try:
            outcome = send()
        except UnknownOutcome as error:
            error.hint = self.advice(key)
            raise
        except PanelError as error:
            self.settle({key: (REFUSED, {"code": error.code, "name": error.name})})
            raise
        with self.told_as_unknown(key, outcome):
            self.settle({key: (DONE, outcome)})
        return outcome, None

    @contextlib.contextmanager
    def told_as_unknown(self, key, outcome):
        """What was accepted and could not be written down is told as unknown: the next run cannot know it either."""
        try:
            yield
        except PanelError as error:
            raise self.untold(key, outcome, error) from None

    def untold(self, key, outcome, error):
        """Return the error for a key that was accepted and could not be settled."""
        return UnknownOutcome("%s %s was accepted (id %s), but the journal could not be told: %s" % (
            self.operation, key, outcome.get("id"), error.message), operation=self.operation, hint=self.advice(key))

    def learn(self, others, ask):
        """Wait for the outcomes of keys that others have reserved and return ``{key: Entry}``; ``done``, ``refused`` or ``unknown``.

        :arg others: what :meth:`reserve` gave.
        :arg ask: asks the vendor about keys whose run has ended: takes them and returns ``{key: outcome}`` of those that happened.
        """
        live = [key for key, entry in others.items() if entry.state == RESERVED]
        told = dict(others)
        if live:
            now = self.outcomes(live)
            told.update({key: now.get(key, Entry(key, REFUSED, self.operation)) for key in live})
        lost = [key for key, entry in told.items() if entry.open]
        found = ask(lost) if lost else {}
        self.settle({key: (DONE, outcome) for key, outcome in found.items()}, owners={key: told[key].run for key in found})
        for key, outcome in found.items():
            told[key].state, told[key].outcome = DONE, outcome
        return told

    # -- life --------------------------------------------------------------------------------------------------------

    def close(self):
        """End the run: what it has reserved and not settled is unknown from now on."""
        self._ended.set()
        if self._beating is not None:
            self._beating.join()
            self._beating = None
        if self._registered:
            self._registered = False
            with contextlib.suppress(PanelError):
                # Not worth a failure: without it the lease lapses by itself.
                self.carry_out(lambda left: self.engine.end(self.run, left), Deadline(1).left)
        self.engine.close()

    def _keep_alive(self):
        if self._beating is None:
            self._beating = threading.Thread(target=self._beat, daemon=True)
            self._beating.start()

    def _beat(self):
        while not self._ended.wait(self.lease / 3):
            with contextlib.suppress(PanelError, Lost):
                self.engine.beat(self.run, self.node, self.lease, Deadline(self.lease / 3).left)

    def _last(self):
        return max(self.deadline.left(), _LAST_WORD)

    def carry_out(self, work, left=None):
        """Carry out something on the engine, again when its connection was lost, as long as there is time."""
        if left is None:
            left = self.deadline.left
        elif left == self._last:
            # What is left of the least time must run out.
            left = Deadline(self._last()).left
        number = 0
        while True:
            try:
                return work(left)
            except Lost:
                self.engine.again(left, number)
                number += 1
            except TransportError as error:
                # The first connection of a task may fail at once; an outcome is worth waiting for.
                if error.code != "journal_connection" or not self.reserved:
                    raise
                self.engine.again(left, number)
                number += 1
