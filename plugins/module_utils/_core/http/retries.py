# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time limits of a task and the waits between attempts."""

from __future__ import annotations

import math
import random
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

#: Answers of whatever stands before the server (a proxy, a gateway, a load balancer), which has given up waiting or could not reach it. The server
#: itself may be carrying the request out all the while. 520 to 530 are those of a large content network, 598 and 599 of others.
_IN_BETWEEN = frozenset((408, 502, 503, 504, 598, 599, *range(520, 531)))
TOO_MANY = 429
#: Seconds: what a server can ask for at most.
LONGEST_WAIT = 10.0 ** 9


def proves_nothing(status):
    """Return whether an answer with this HTTP status says nothing about what the server itself does with the request."""
    return status in _IN_BETWEEN


def passes(status):
    """Return whether the same request may well succeed a little later."""
    return status == TOO_MANY or proves_nothing(status)


def may_pass(status):
    """Return whether it may help to run the task again later, by an HTTP status that was told as a refusal: ``retryable`` of every vendor's errors."""
    return passes(status) or status >= 500


#: Seconds that a task may take when nobody said how long.
USUAL = 300.0
#: Seconds up to which pages that are read give more time.
LONGEST_READ = 3600.0


class Deadline:
    """The time that is left for a whole task, in seconds.

    :arg seconds: exactly so long; None for :data:`USUAL`, and more as its work turns out to be long.
    """

    def __init__(self, seconds):
        self.grows = seconds is None
        self.seconds = USUAL if seconds is None else seconds
        self._end = time.monotonic() + self.seconds

    def grow(self, seconds, most=None):
        """Allow more time, unless it was said how long the task may take, or it is ``most`` seconds by now."""
        if self.grows and (most is None or self.seconds < most):
            self.seconds = round(self.seconds + seconds, 3)
            self._end += seconds

    def left(self):
        return self._end - time.monotonic()

    def passed(self):
        return self.left() <= 0


def retry_after(value):
    """Return the seconds asked for by a ``Retry-After`` header (RFC 9110: seconds or a date), or None when it asks for nothing that makes sense."""
    text = (value or "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
            if when.tzinfo is None:
                when = when.replace(tzinfo=timezone.utc)
            seconds = (when - datetime.now(timezone.utc)).total_seconds()
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
    # However absurd, a long wait is a wait that nobody has the time for.
    return None if math.isnan(seconds) else min(max(0.0, seconds), LONGEST_WAIT)


def backoff(attempt, first=0.2, most=10.0):
    """Return the seconds to wait before repeat number ``attempt`` (from 0): exponential, with full jitter in its upper half."""
    span = min(most, first * 2 ** attempt)
    return span / 2 + random.random() * span / 2
