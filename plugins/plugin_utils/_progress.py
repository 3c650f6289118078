# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says how far a long task is: one line on a terminal that is written over, or a line now and then in a log; always on stderr.

A worker of Ansible has no terminal: what it displays goes through a queue to the parent, in the order of its other messages and before its result.
So the line is gone before anything else of the task is shown. It holds a verb, counts and times, and nothing of any object.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.display import Display

#: Asked while the plugins are loaded, in the parent: no worker can tell any more.
TERMINAL = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")
#: Set by automation controllers and ansible-runner, which store every line that a job prints, and give it a terminal nobody looks at.
CONTROLLERS = ("AWX_HOST", "TOWER_HOST", "AWX_ISOLATED_DATA_DIR", "AWX_PRIVATE_DATA_DIR")
#: Seconds without a word, then from one line to the next.
ON_TERMINAL = (1, 0.2)
IN_LOG = (5, 10, 20, 40, 60)
ERASE = "\r\x1b[K"
#: The narrowest terminal that Ansible reckons with.
WIDTH = 78


def under_controller(environ):
    return any(environ.get(name) for name in CONTROLLERS)


def wanted(asked, environ):
    """Return whether to speak: as asked by the variable ``kariz_progress`` or the environment, otherwise unless a controller runs the play."""
    if asked is None or asked == "":
        asked = environ.get("KARIZ_PROGRESS")
    if asked is None or asked == "":
        return not under_controller(environ)
    return boolean(asked, strict=False)


def duration(seconds):
    """Return a time in words: ``8 s``, ``3 min 20 s``, ``2 h 05 min``."""
    seconds = int(seconds + 0.5)
    if seconds < 60:
        return "%d s" % seconds
    if seconds < 3600:
        return "%d min %02d s" % divmod(seconds, 60)
    return "%d h %02d min" % divmod(seconds // 60, 60)


def sentence(what, done, of, seconds, limit=None):
    """Return what to say when ``done`` things took so many seconds; ``of`` is None where nobody knows how many there are.

    :arg limit: seconds that the task may take, where its list has made them more than usual.
    """
    counted = "%s %d of %d" % (what, done, of) if of is not None else "%s %d" % (what, done)
    if not done or seconds <= 0:
        return counted
    rate = done / seconds
    pace = "%.0f a second" % rate if rate >= 9.5 else "%.1f a second" % rate if rate >= 1 else "%.1f a minute" % (rate * 60)
    left = ", %s left" % duration((of - done) / rate) if of is not None and of >= done else ""
    return "%s, %s%s%s" % (counted, pace, left, "" if limit is None else " (limit %s)" % duration(limit))


class Outlet:
    """A place where lines go, each after the wait that is due."""

    def __init__(self, waits, now, write):
        self.write = write
        self._waits = itertools.chain(waits, itertools.repeat(waits[-1]))
        self.due = now + next(self._waits)

    def tell(self, text, now):
        if now >= self.due:
            self.due = now + next(self._waits)
            self.write(text)


class Progress:
    """The progress of one task.

    :arg live: a terminal, and nobody else who writes to it.
    :arg prefix: stands before each line.
    :arg clock: seconds that never go back.
    """

    def __init__(self, live, prefix="", display=None, clock=time.monotonic):
        self._display = display or Display()
        self._prefix = "".join(letter if letter.isprintable() else "?" for letter in prefix)
        self._clock = clock
        self._lock = threading.Lock()
        self._drawn = False
        self._closed = False
        now = clock()
        # On a terminal the log file, if there is one, gets lines of its own.
        self._outlets = [Outlet(IN_LOG, now, self._line_to_log if live else self._line)]
        if live:
            self._outlets.append(Outlet(ON_TERMINAL, now, self._draw))

    def of(self, what, limit=lambda: None):
        """Return a function ``(done, of)`` to call after each thing done, from any thread; it begins to count time here.

        :arg limit: returns the seconds that the whole task may take by now, None where there is nothing to say about them.
        """
        started = self._clock()
        most = 0

        def report(done, of):
            nonlocal most
            # Threads do not tell in the order in which they end.
            if done <= most:
                return
            most = done
            now = self._clock()
            last = done == of
            if self._closed or (now < min(outlet.due for outlet in self._outlets) and not (last and self._drawn)):
                return
            try:
                with self._lock:
                    if last:
                        self._erase()
                    elif not self._closed:
                        text = self._prefix + sentence(what, done, of, now - started, limit())
                        for outlet in self._outlets:
                            outlet.tell(text, now)
            except Exception:  # pylint: disable=broad-except
                # The task matters, not what is said of it.
                self._closed = True
        return report

    def make_way(self):
        """Take the line away, since something else is about to be shown."""
        if self._drawn:
            with self._lock:
                self._erase()

    def close(self):
        """Take the line away for good, also where threads are still at work after an interruption."""
        self._closed = True
        self.make_way()

    def _erase(self):
        if self._drawn:
            self._drawn = False
            self._display.display(ERASE, stderr=True, screen_only=True, newline=False)

    def _draw(self, text):
        self._drawn = True
        self._display.display(ERASE + ("  " + text)[:WIDTH], stderr=True, screen_only=True, newline=False)

    def _line(self, text):
        self._display.display("  " + text, stderr=True)

    def _line_to_log(self, text):
        self._display.display("  " + text, log_only=True)
