# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What event sources have in common: look again and again, give each event once, remember across restarts, survive a vendor that is down.

No part of Event-Driven Ansible is needed here: a queue with ``put``, and where there is one, a second queue on which the rule engine says that it has an event.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import shutil
import tempfile
import uuid

from .._core.errors import PanelError
from .._core.http.tokens import TokenStore
from .._core.journal import Journal
from .._core.journal.cursors import Cursor
from .._core.options import check, journal_place
from .._core.options.connection import by_hand, misfits
from .._core.options.places import unwritable
from .._core.options.plain import plain
from .._core.secrets import private
from .._core.state.results import Failed
from .._core.task.host import Host
from .._core.text.letters import no_template

log = logging.getLogger("kariz.panels")

#: Events of one thing have one id in every run and on every machine.
_NAMESPACE = uuid.UUID("5a7c6f0e-6d0b-5d57-9b0e-2b6a0f2f4f10")
#: Seconds until the next look after a failure, doubled with each one in a row, up to the second figure.
BACK_OFF = (5, 300)
#: What every source takes, beside its own options.
COMMON: dict = {
    "interval": {"type": "float"}, "state_path": {"type": "path"}, "journal": journal_place.OPTION, "state_name": {"type": "str"},
    "feedback": {"type": "bool", "default": False}}
#: More letters of a message are not told.
_MOST = 2000
#: What can only be mended by whoever wrote the arguments; all else may pass.
_FOR_GOOD = ("bad_option", "no_credentials", "bad_credentials", "missing_library", "missing_services")


def event_id(*parts):
    """Return the ``meta.uuid`` of an event."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts, ensure_ascii=False)))


class State:
    """What a source remembers, in a file of mode 0600 that is replaced as a whole."""

    def __init__(self, path):
        self.path = os.path.abspath(os.path.expanduser(path))
        self.value = {}
        if os.path.exists(self.path):
            try:
                with open(self.path, encoding="utf-8") as file:
                    self.value = json.load(file)
                if not isinstance(self.value, dict):
                    raise ValueError("no map")
            except ValueError as error:
                raise ValueError(self.damaged("no UTF-8" if isinstance(error, UnicodeDecodeError) else error)) from None

    def damaged(self, why):
        """Return the sentence about something else than a source remembers; to begin anew by itself would tell everything a second time."""
        return "state_path: %s is damaged (%s): mend it, or remove it to begin anew" % (self.path, why)

    def save(self):
        os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
        private.replace(self.path, json.dumps(self.value, ensure_ascii=False))

    def close(self):
        """Nothing stays open."""


class JournalState:
    """What a source remembers, in a journal: for containers, whose files are gone when they end."""

    def __init__(self, where, name):
        self.name = name.partition("/")[2]
        self.cursor = Cursor(Journal(where, "cursor", warn=log.warning), name)
        try:
            self.value = self.cursor.take()
        except BaseException:
            self.close()
            raise

    def damaged(self, why):
        return "journal: what is kept there under state_name %s is damaged (%s): give another state_name to begin anew" % (self.name, why)

    def save(self):
        self.cursor.save(self.value)

    def close(self):
        self.cursor.close()


class Watch:
    """One source. A subclass has ``name``, ``options``, and looks with :meth:`look`; its arguments are checked when it is made.

    :raises ValueError: the arguments are wrong; all mistakes are told at once, each with its place.
    """

    name: str
    #: Whose accounts the environment may name.
    vendors: tuple = ()
    #: Seconds between two looks, unless the arguments say otherwise.
    interval = 60
    options: dict = {}

    def __init__(self, args, environ=None):
        given = {key: value for key, value in args.items() if key != "eda_feedback_queue"}
        problems: list = []
        # The same plain data that a module would get: rulebooks are YAML, with its days and bytes.
        given = check.collect(problems, plain, given) or {}
        checked = check.Checker({**COMMON, **self.options}).check(given)
        if not problems:
            problems = checked.problems
        if problems:
            raise ValueError("%s: %s" % (self.name, check.told(problems)))
        self.args = checked.values
        if self.args["interval"] is None:
            self.args["interval"] = float(self.interval)
        self.given = {key: value for key, value in given.items() if value is not None}
        if self.args["interval"] <= 0:
            raise ValueError("%s: interval: more than 0 seconds" % self.name)
        if self.args["state_path"] and self.args["journal"]:
            raise ValueError("%s: state_path and journal: one of them, it is where the source remembers what it told" % self.name)
        self.environ = os.environ if environ is None else environ
        self.check()
        self.state = self._state()
        if not isinstance(self.state.value, dict) or not self.fits(self.state.value):
            self.state.close()
            raise ValueError("%s: %s" % (self.name, self.state.damaged("it is not what this source writes")))
        self.folder = tempfile.mkdtemp(prefix="kariz-events-")

    def _state(self):
        name = self.args["state_name"]
        if not name:
            name = hashlib.sha256(json.dumps([self.identity(), self._accounts()], sort_keys=True, default=str).encode()).hexdigest()[:12]
        where = None if self.args["state_path"] else journal_place.where(self.args, self.environ)
        if where is None:
            path = os.path.abspath(os.path.expanduser(self.args["state_path"] or "~/.kariz_events/%s-%s.json" % (self.name, name)))
            reason = unwritable(path)
            if reason:
                raise ValueError("%s: state_path: %s %s" % (self.name, check.cut(path), reason))
            try:
                return State(path)
            except OSError as error:
                raise ValueError("%s: state_path: %s cannot be read: %s" % (self.name, check.cut(path), error.strerror)) from None
            except ValueError as error:
                raise ValueError("%s: %s" % (self.name, error)) from None
        try:
            return JournalState(where, "%s/%s" % (self.name, name))
        except PanelError as error:
            if error.retryable:
                raise
            raise ValueError("%s: %s" % (self.name, error.sentence())) from None

    def _accounts(self):
        """Return the accounts that the environment names: one source may be told of two by nothing else."""
        named = [(key, value) for key, value in self.environ.items() if value and key.endswith(("_API_URL", "_API_USERNAME"))]
        return sorted(pair for pair in named if pair[0].partition("_")[0].lower() in self.vendors)

    def check(self):
        """Raise ValueError for what the shape of the arguments does not show."""

    def check_connection(self, client, given, place=""):
        """Raise ValueError for connection options that no account can have, before anything is asked of another one.

        :arg given: as they were given.
        :arg place: what stands before the name of an option.
        """
        checked = check.Checker(by_hand(client.connection)).check(given)
        problems = checked.problems or [check.Problem((name,), text) for name, text in misfits(
            client.vendor, {name: checked.values[name] for name in given}, client.headers)]
        if problems:
            raise ValueError("%s: %s" % (self.name, check.told([check.Problem((place, *one.path) if place else one.path, one.text, one.given, one.advice)
                                                               for one in problems])))

    def connection(self, client):
        """Return the connection options that were given; what was not is for the environment to say."""
        return {key: value for key, value in self.given.items() if key in client.connection}

    def identity(self):
        """Return what tells this source from another of its kind on the same machine."""
        return sorted((key, value) for key, value in self.args.items() if key not in COMMON and not key.endswith(("password", "token", "secret")))

    def fits(self, value):
        """Return whether this is what the source itself remembers: another one's file, or one that somebody wrote by hand, would tell everything again."""
        return True

    def look(self):
        """Ask, and return the events that are new: ``[(event, remember)]``, where ``remember`` changes ``state.value`` once the event is taken."""
        raise NotImplementedError

    def result(self, job, given):
        """Return the result of a job that only reads.

        :raises ValueError: its options are wrong.
        :raises Failed: the vendor refused or could not be reached.
        """
        checked = check.options_of(job, given)
        if checked.problems:
            raise ValueError("%s: %s" % (self.name, check.told(checked.problems)))
        host = Host(checked.values, check_mode=True, warn=log.warning, environ=self.environ)
        host.tokens = TokenStore(self.folder)
        return job.run(host)

    def close(self):
        self.state.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def lasting(failed):
    """Return whether a failure would come again each time."""
    error = failed.result.get("error") or {}
    refused = error.get("operation") == "login" and not error.get("retryable") and error.get("http_status") in (400, 401, 403)
    return refused or error.get("name") in _FOR_GOOD or error.get("code") in _FOR_GOOD


def _pause(failures):
    """Return how many seconds to wait after so many failures in a row."""
    return min(BACK_OFF[0] * 2 ** (failures - 1), BACK_OFF[1])


async def begun(source, args, sleep=asyncio.sleep, environ=None):
    """Return a source, made off the loop; a journal that cannot be reached is asked again, less and less often.

    :raises ValueError: the arguments are wrong, or what is remembered cannot be used.
    """
    failures = 0
    while True:
        try:
            return await asyncio.to_thread(source, args, environ)
        except PanelError as error:
            failures += 1
            log.warning("%s: %s; again in %d s", source.name, error.message, _pause(failures))
            await sleep(_pause(failures))


async def give(queue, feedback, watch, event, remember, sleep=asyncio.sleep):
    """Hand over an event; what is remembered of it moves only when the rule engine has it.

    The engine gives it to a play as variables of whoever started it, which Ansible trusts: a text in it would run as a template.

    :raises ValueError: it cannot be remembered, and never will be.
    """
    await queue.put(no_template(event))
    if feedback is not None:
        await feedback.get()
    else:
        await asyncio.sleep(0)
    remember(watch.state.value)
    await _saved(watch, sleep)


async def _saved(watch, sleep):
    """Write down what is remembered. Nothing more is told before that: a restart would tell it a second time."""
    failures = 0
    while True:
        try:
            return await asyncio.to_thread(watch.state.save)
        except PanelError as error:
            if not error.retryable:
                raise ValueError("%s: %s" % (watch.name, error.sentence())) from None
            reason = error.message
        except OSError as error:
            # Of a disk that is full, as of a journal that is away: it may pass.
            reason = "state_path: %s cannot be written: %s" % (watch.state.path, error.strerror)
        failures += 1
        log.warning("%s: %s; again in %d s", watch.name, reason, _pause(failures))
        await sleep(_pause(failures))


async def run(watch, queue, args, sleep=asyncio.sleep):
    """Look for ever. Ends only with an error that would come each time, or when it is cancelled.

    :raises ValueError: what the vendor says of arguments or credentials can only be mended by whoever wrote them.
    """
    failures = 0
    feedback = args.get("eda_feedback_queue")
    try:
        while True:
            try:
                # What blocks, on a thread of its own: rules, other sources and the heartbeat go on.
                found = await asyncio.to_thread(watch.look)
            except (Failed, PanelError) as failed:
                if not failed.retryable if isinstance(failed, PanelError) else lasting(failed):
                    raise ValueError("%s: %s" % (watch.name, str(failed)[:_MOST])) from None
                failures += 1
                log.warning("%s: %s; the next look is in %d s", watch.name, str(failed)[:_MOST], _pause(failures))
                await sleep(_pause(failures))
                continue
            failures = 0
            for event, remember in found:
                await give(queue, feedback, watch, event, remember, sleep)
            await sleep(watch.args["interval"])
    finally:
        watch.close()
