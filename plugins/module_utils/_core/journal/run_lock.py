# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run locks: two runs of one account do not interleave, wherever they are.

A lock belongs to a run and is there as long as the run says that it is alive. A run may span several processes that follow each other: one takes the locks
and leaves (:meth:`RunLocks.leave`), each of the others keeps them while it works (:meth:`RunLocks.kept`), one ends the run (:meth:`RunLocks.release`)::

    with journal.locked(name, wait): ...                       # in one process

    first = Journal(where, "lock", lease=LOCK_LEASE)           # in several
    first.lock(name, Deadline(wait)); first.leave()
    with Journal(where, "lock", lease=LOCK_LEASE, run=first.run).kept(name): ...
    Journal(where, "lock", run=first.run).release()
"""

from __future__ import annotations

import contextlib
import time
from typing import Any

from ..errors import TransportError
from ..http.retries import Deadline
from .entry import moment

#: Seconds that may pass between the processes of one run. A lease that lapses is lost only when somebody else takes the lock.
LOCK_LEASE = 30.0
#: Seconds for one statement; whoever waits for a lock waits in many of them.
_STATEMENT = 10.0
_POLL = (0.05, 0.1, 0.2, 0.4)


class RunLocks:
    """The part of a :class:`~.journal.Journal` about locks."""

    @contextlib.contextmanager
    def locked(self: Any, name, wait=0, about=None):
        """Hold the lock of a name, such as an account, so that runs do not interleave. A dead run's lock is taken over.

        :raises TransportError: as :meth:`lock` does.
        """
        self.lock(name, Deadline(wait), about)
        try:
            yield
        finally:
            self.carry_out(lambda left: self.engine.unlock(name, self.run, left), self._last)

    def lock(self: Any, name, patience, about=None):
        """Take the lock of a name and keep it until this run ends.

        :arg patience: a :class:`.Deadline` until which it is waited for.
        :raises TransportError: another run holds it still; it says who and since when.
        """
        number = 0
        while True:
            self._registered = True
            holder = self.carry_out(lambda left: self.engine.lock(name, self.run, self.node, about, self.lease, left), Deadline(_STATEMENT).left)
            if holder is None:
                break
            if patience.left() <= 0:
                raise TransportError("%s is locked by a run on %s since %s (%s)" % (name, holder[0], moment(holder[1]), holder[2] or "no note"),
                                     code="locked", operation="lock", hint="Run again when it has ended, or wait for it with lock_wait. The lock of a run "
                                     "that died is free after %d seconds" % self.lease)
            self._keep_alive()
            time.sleep(max(0.01, min(_POLL[min(number, len(_POLL) - 1)], patience.left())))
            number += 1
        self._keep_alive()

    @contextlib.contextmanager
    def kept(self: Any, name):
        """Keep a lock alive that this run took in another process; afterwards the run goes on elsewhere.

        :raises TransportError: others have taken it over, because this run had not been heard of.
        """
        holder = self.carry_out(lambda left: self.engine.renew(name, self.run, self.node, self.lease, left), Deadline(_STATEMENT).left)
        if holder is not None:
            raise TransportError("the lock of %s was lost: this run had not been heard of for %d seconds, and %s" % (
                name, self.lease, "a run on %s has held it since %s (%s)" % (holder[0], moment(holder[1]), holder[2] or "no note") if holder[0] else
                "another run took it and has ended"), code="lock_lost", operation="lock", hint="Run it again from its beginning")
        self._keep_alive()
        try:
            yield
        finally:
            self.leave()

    def leave(self: Any):
        """Close without ending the run, which goes on in another process before its lease lapses."""
        self._registered = False
        self.close()

    def release(self: Any):
        """End a run that began in another process, with all its locks."""
        self._registered = True
        self.close()
