# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP session for a task: time limits, retries by the effect of a request, a write guard, counts.

Every request says what repeating it would do (:class:`Effect`); nothing else decides about retries.
"""

from __future__ import annotations

import threading
import time

from ..errors import BadAnswerError, DeadlineError, TransportError, UnknownOutcome, UsageError, WriteRefused
from ..text.letters import excerpt, foreign_json
from . import bodies, reasons, session
from .retries import LONGEST_READ, TOO_MANY, Deadline, backoff, passes, proves_nothing, retry_after


class Effect:
    """What a request does at the vendor."""

    READ = "read"          # changes nothing: repeat freely
    LOGIN = "login"        # makes a token: repeat freely, allowed in check mode
    REPLACE = "replace"    # sets or removes: doing it twice is doing it once
    CREATE = "create"      # makes an object: repeated only after a look whether it is there
    CHARGE = "charge"      # costs money or reaches a person: never repeated

    SAFE = (READ, LOGIN)


# Seconds; more than this does not fit into every clock of the system.
_LONGEST = 10.0 ** 6


class Reply:
    """An answer that arrived whole: ``status``, ``headers``, ``content`` (bytes); ``asked`` is the address that was asked."""

    def __init__(self, status, headers, content, asked=""):
        self.status = status
        self.headers = headers
        self.content = content
        self.asked = asked

    @property
    def text(self):
        return self.content.decode("utf-8", "replace")

    @property
    def ok(self):
        return 200 <= self.status < 300

    @property
    def without_content(self):
        """Whether the server says that the request was carried out and that there is nothing to tell.

        A plain 200 without a body is none of it: applications that broke down answer so as well.
        """
        return self.status in (204, 205) or (self.status in (201, 202) and not self.content.strip())

    def json(self):
        """Return the decoded body; ValueError when it is not JSON that can be read."""
        return foreign_json(self.content.decode("utf-8-sig"))


class Transport:
    """Sends requests for one task, or for the items of one loop, over kept connections.

    :arg redactor: takes secrets out of every message made here.
    :arg note: called with a text when a request is repeated (shown at higher verbosity).
    """

    def __init__(self, vendor, base_url, redactor, timeout=30, retries=5, validate_certs=True, ca_path=None, concurrency=8,
                 user_agent="kariz.panels", note=None):
        self.vendor = vendor
        self.base_url = base_url.rstrip("/")
        self.redactor = redactor
        self.timeout = timeout
        self.concurrency = concurrency
        self.retries = retries
        self.note = note or (lambda text: None)
        #: Says whether a reply of 408 or 5xx is the vendor's own refusal: the request was read and turned down, so nothing happened.
        self.understood = lambda reply: False
        self._session, self._adapter = session.open_session(self.base_url, validate_certs, ca_path, concurrency + 2, user_agent)
        self._lock = threading.Lock()
        self._gate = 0.0
        self.deadline = Deadline(0)
        self.watchdog: threading.Timer | None = None
        self.begin(None, check_mode=True)

    def begin(self, seconds, check_mode):
        """Start the clock and the counts of a task (or of one item of a loop). Nothing can be written until this says so.

        :arg seconds: exactly the time that everything may take; None for :data:`.retries.USUAL`, which grows with the requests that a list needs.
        """
        self.end()
        self.check_mode = check_mode
        self.requests = 0
        self.repeats = 0
        self.writes = 0
        self.received = 0
        self.started = time.monotonic()
        self.deadline = Deadline(seconds)

    def grow(self, requests, reading=False):
        """Give a deadline that nobody set the time in which so many requests are answered even by a server that uses up its time for each.

        :arg reading: a page of a list whose end nobody knows: those that never end shall end the task.
        """
        self.deadline.grow(requests * self.timeout / self.concurrency, LONGEST_READ if reading else None)

    def end(self):
        """Stop the watch over the deadline; connections stay open for the next item."""
        if self.watchdog is not None:
            self.watchdog.cancel()
            self.watchdog = None

    def close(self):
        self.end()
        self._session.close()

    def cut(self):
        """End every request under way at once."""
        self._adapter.cut()

    def counts(self):
        """Return what users see as ``api``: requests sent (logins included), how many were repeats, seconds passed."""
        return {"requests": self.requests, "retries": self.repeats, "seconds": round(time.monotonic() - self.started, 3)}

    def send(self, operation, method, url, effect, params=None, data=None, payload=None, files=None, headers=None, auth=None):
        """Send one request, repeated as its effect allows, and return the :class:`Reply` of any status.

        :raises WriteRefused: a write in check mode.
        :raises UnknownOutcome: a write that may or may not have happened.
        :raises TransportError: no answer; a write was certainly not carried out.
        :raises DeadlineError: the task's time is up before the request was sent.
        """
        if self.check_mode and effect not in Effect.SAFE:
            raise WriteRefused("the write %s was stopped: nothing is written in check mode" % operation, vendor=self.vendor, operation=operation)
        if effect not in Effect.SAFE:
            self.writes += 1
        address = url if url.startswith(("http://", "https://")) else "%s/%s" % (self.base_url, url.lstrip("/"))
        options = {"params": params, "data": data, "json": payload, "files": files, "headers": headers, "auth": auth}
        attempt = 0
        while True:
            self._wait_for_gate(operation)
            reply, failure = self._attempt(operation, method, address, effect, options)
            if failure is not None:
                if attempt >= self.retries or not self._may_repeat_failure(failure, effect):
                    raise failure
            elif not _in_doubt(reply.status) or self.understood(reply):
                return reply
            elif attempt >= self.retries or not self._may_repeat_status(reply.status, effect):
                if effect in Effect.SAFE or reply.status == TOO_MANY:
                    return reply
                raise self._unknown_after(operation, reply)
            self._pause(operation, attempt, reply, failure)
            attempt += 1

    def _attempt(self, operation, method, address, effect, options):
        """Return ``(reply, None)`` or ``(None, failure)`` of one try."""
        left = self.deadline.left()
        if left <= 0:
            raise self._late(operation)
        self._watch(left)
        with self._lock:
            self.requests += 1
        room = min(bodies.LARGEST_ANSWER, bodies.LARGEST_TASK - self.received)
        if room <= 0:
            raise self._too_much(BadAnswerError, operation)
        limit = max(0.05, min(self.timeout, left, _LONGEST))
        errors = session.requests.exceptions
        try:
            answer = self._session.request(method, address, timeout=(limit, limit), allow_redirects=False, room=room, **options)
        except bodies.TooLong:
            raise self._too_much(BadAnswerError if effect in Effect.SAFE else UnknownOutcome, operation, room) from None
        except errors.ConnectionError as error:
            if isinstance(error, (errors.ConnectTimeout, errors.ProxyError)) or reasons.never_connected(error):
                return None, self._not_sent(operation, error)
            return None, self._lost(operation, effect, error)
        except (errors.Timeout, errors.ChunkedEncodingError, errors.ContentDecodingError) as error:
            return None, self._lost(operation, effect, error)
        except (errors.InvalidHeader, UnicodeError):
            # The value may be a secret, so it is not shown.
            raise UsageError("%s: a value that travels in a header holds a line break, white space at an end, or letters that no header can hold" % operation,
                             vendor=self.vendor, operation=operation) from None
        except (errors.RequestException, session.urllib3.exceptions.HTTPError) as error:
            # An address that cannot be asked at all: repeating it cannot help.
            raise TransportError("%s: %s" % (operation, self._tell(error)), vendor=self.vendor, operation=operation, retryable=False) from None
        with self._lock:
            self.received += len(answer.content)
        return Reply(answer.status_code, answer.headers, answer.content, address), None

    def _watch(self, left):
        # A server that sends a byte now and then never runs into the read time-out; only a second clock ends that.
        if self.watchdog is None:
            with self._lock:
                if self.watchdog is None:
                    self._set_watchdog(left)

    def _set_watchdog(self, left):
        self.watchdog = threading.Timer(min(left, _LONGEST), self._ring, [self.deadline])
        self.watchdog.daemon = True
        self.watchdog.start()

    def _ring(self, deadline):
        with self._lock:
            if self.watchdog is None or deadline is not self.deadline:
                return
            left = deadline.left()
            if left > 0:
                # It has grown meanwhile.
                self._set_watchdog(left)
                return
        self.cut()

    @staticmethod
    def _may_repeat_status(status, effect):
        # 429 says that the request was turned away at the door, so a create may knock again; money may not.
        return passes(status) and (effect in (Effect.READ, Effect.LOGIN, Effect.REPLACE) or (status == TOO_MANY and effect == Effect.CREATE))

    @staticmethod
    def _may_repeat_failure(failure, effect):
        if isinstance(failure, TransportError):
            return failure.retryable
        # A lost answer to what may be done twice, unless the time was up.
        return effect == Effect.REPLACE and not failure.late

    def _pause(self, operation, attempt, reply, failure):
        asked = retry_after(reply.headers.get("Retry-After")) if reply is not None else None
        wait = backoff(attempt) if asked is None else asked
        why = "HTTP %s" % reply.status if reply is not None else failure.message
        if wait >= self.deadline.left():
            if asked is not None:
                raise DeadlineError(
                    "%s: the vendor asks to wait %d s (HTTP %s), which is longer than what api_deadline leaves" % (operation, asked, reply.status),
                    vendor=self.vendor, operation=operation, http_status=reply.status, hint="Raise api_deadline or run again later")
            raise failure if failure is not None else self._late(operation)
        self.note("%s %s: %s; again in %.1f s (repeat %d of %d)" % (self.vendor, operation, why, wait, attempt + 1, self.retries))
        with self._lock:
            self.repeats += 1
        if asked is not None:
            self._shut_gate(wait)
        time.sleep(wait)

    def _shut_gate(self, wait):
        """One "slow down" counts for every request of this task, not only for the one that heard it."""
        with self._lock:
            self._gate = max(self._gate, time.monotonic() + wait)

    def _wait_for_gate(self, operation):
        wait = self._gate - time.monotonic()
        if wait > 0:
            if wait >= self.deadline.left():
                raise self._late(operation)
            time.sleep(wait)

    def _not_sent(self, operation, error):
        hint = None
        retryable = True
        if isinstance(error, session.requests.exceptions.SSLError):
            if reasons.untrusted(error):
                hint = "Give the server's CA file in ca_path; validate_certs: false turns the check off"
            else:
                hint = "Look whether api_url has the right scheme (http or https) and port"
            retryable = False
        failure = TransportError("%s: no connection to %s: %s" % (operation, self.redactor.text(self.base_url), self._tell(error)),
                                 vendor=self.vendor, operation=operation, hint=hint, retryable=retryable)
        failure.ends_all = True
        return failure

    def _lost(self, operation, effect, error):
        late = self.deadline.passed()
        timed_out = late or isinstance(error, session.requests.exceptions.Timeout) or "timed out" in str(error).lower()
        if late:
            message = "the answer had not come when api_deadline (%s s) passed" % self.deadline.seconds
        elif timed_out:
            message = "no answer within api_timeout (%s s)" % self.timeout
        else:
            message = "the connection broke before the answer was complete: %s" % self._tell(error)
        if effect in Effect.SAFE:
            kind = DeadlineError if late else TransportError
            return kind("%s: %s" % (operation, message), vendor=self.vendor, operation=operation)
        # A connection that was closed is no proof: the one who closed it may stand before the server, which goes on.
        return self._unknown(operation, message, settled=False, late=late)

    def _unknown_after(self, operation, reply):
        """Return the error for a write that was answered with 408 or 5xx. A wait that was asked for holds for the look that follows, and for a repeat."""
        asked = retry_after(reply.headers.get("Retry-After"))
        if asked is not None and asked < self.deadline.left():
            self._shut_gate(asked)
        if proves_nothing(reply.status):
            why = "the answer (HTTP %d) may come from a gateway before the server, which may still carry the request out" % reply.status
        else:
            why = "the vendor answered with an error after the request was sent"
        return self._unknown(operation, why, settled=not proves_nothing(reply.status), http_status=reply.status)

    def _unknown(self, operation, why, **kwargs):
        return UnknownOutcome("%s: %s" % (operation, why), vendor=self.vendor, operation=operation, **kwargs)

    def _too_much(self, kind, operation, room=0):
        """Return the error for more bytes than anybody can use; what they say is not read."""
        whole = room == bodies.LARGEST_ANSWER
        words = "the answer is" if whole else "all answers to this task together are"
        error = kind("%s: %s longer than %d MiB, which is more than the vendor has to say" % (
            operation, words, (bodies.LARGEST_ANSWER if whole else bodies.LARGEST_TASK) // bodies.MIB), vendor=self.vendor, operation=operation,
            hint="Check api_url first: something else may answer there" if whole else "Ask for less at a time, with a filter or a shorter list")
        if not whole:
            self.received = bodies.LARGEST_TASK
            error.ends_all = True
        return error

    def _late(self, operation):
        return DeadlineError("%s: api_deadline (%s s) has passed" % (operation, self.deadline.seconds), vendor=self.vendor, operation=operation)

    def _tell(self, error):
        return excerpt(self.redactor.text(reasons.told(error)))

    def bad_answer(self, operation, reply, expected, effect):
        """Return the error for an answer that is not what the vendor documents; for a write, its outcome is unknown.

        What answers a login or a write is not shown: it may hold a token or a password that nobody knows yet.
        """
        got = "%s of %d bytes" % (reply.headers.get("Content-Type") or "no content type", len(reply.content)) if reply.content else "an empty body"
        kind = BadAnswerError if effect in Effect.SAFE else UnknownOutcome
        shown = reply.text if effect == Effect.READ and reply.content else None
        return kind("%s: expected %s, got %s" % (operation, expected, got), foreign=shown, vendor=self.vendor, operation=operation,
                    http_status=reply.status).tell(self.redactor)


def _in_doubt(status):
    """Return whether an answer is no plain yes or no to the request."""
    return status >= 500 or passes(status)
