# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Purchases of which the vendor keeps a list: look and purchase become one step under a reservation.

Two runs at the same moment both find nothing and both buy. With a journal the one that reserves the key looks once more and buys; the other waits and finds it
there. The vendor's list stays the truth: what was bought earlier and has ended since may be bought again.
"""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import urlsplit

from ..errors import PanelError, UnknownOutcome
from ..state import planner
from ..state.results import Failed, failure
from ..state.runner import run
from .entry import DONE, REFUSED, RESERVED, UNKNOWN
from .journal import opened

_ROUNDS = 3


class Guarded:
    """Mixin for a resource whose create is a purchase. The resource has ``operation`` (what its keys stand for)."""

    operation: str
    journal: Any = None
    settles = True                #: False in check mode, which writes nothing into the journal either
    _unknown: Any = None          #: the entries of which nobody knew the outcome when the task began, by their keys

    def purchase_of(self, client, change):
        """Return what tells a purchase from all others at this vendor."""
        raise NotImplementedError

    def run(self: Any, host):
        try:
            journal = opened(host, self.operation, self.vendor)
            if journal is None:
                return run(self, host)
            with journal:
                task = copy.copy(self)
                task.journal = journal
                task.settles = not host.check_mode
                return run(task, host)
        except PanelError as error:
            raise Failed(failure(self.vendor, self.module_name(), error, None, host)) from None

    def resolve_references(self: Any, client, change, unsure):
        super().resolve_references(client, change, unsure)  # type: ignore[misc]
        if self.journal is not None and self.settles and change.before is not None and change.desired is not None and change.desired.state == "present":
            self._settle_found(client, change)

    def _settle_found(self: Any, client, change):
        """What an earlier run could not tell and the vendor's list shows now was bought."""
        if self._unknown is None:
            self._unknown = {entry.key: entry for entry in self.journal.entries(self.operation, state=UNKNOWN)}
        server = _server(client)
        # Whose purchase an entry is costs a request, so it is asked only where there is one.
        if any(key.startswith(server) for key in self._unknown):
            key = server + self.purchase_of(client, change)
            entry = self._unknown.pop(key, None)
            if entry is not None:
                self.journal.settle({key: (DONE, {"id": change.before.get("id")})}, owners={key: entry.run})

    def guarded(self: Any, client, change, content, summary, buy):
        """Buy under a reservation; return the outcome. When it is there after all, the change becomes what is left to do."""
        if self.journal is None:
            return buy()
        key = _server(client) + self.purchase_of(client, change)
        for _round in range(_ROUNDS):
            # What is done is no obstacle: whether it is still there, the vendor tells.
            won, others = self.journal.reserve({key: (content, summary)}, renew=0)
            if won:
                return self._buy(client, change, key, buy)
            entry = self.journal.outcomes([key]).get(key) if others[key].state == RESERVED else others[key]
            if entry is not None and entry.state in (DONE, UNKNOWN) and self._is_there(client, change):
                if entry.state == UNKNOWN:
                    self.journal.settle({key: (DONE, {})})
                return {}
            if entry is not None and entry.open:
                raise self.journal.unknown(key, entry)
        # Others have tried it time and again, and were refused.
        raise self.journal.unknown(key, entry or others[key])

    def _buy(self: Any, client, change, key, buy):
        try:
            if self._is_there(client, change):
                self.journal.settle({key: (DONE, {})})
                return {}
            outcome = buy()
        except UnknownOutcome as lost:
            try:
                there = self._is_there(client, change)
            except PanelError:
                raise lost from None
            if not there:
                raise
            self.journal.settle({key: (DONE, {})})
            change.action = planner.CREATED
            return {name: change.before.get(name) for name in self.public}
        except PanelError as error:
            self.journal.settle({key: (REFUSED, {"code": error.code, "name": error.name})})
            raise
        with self.journal.told_as_unknown(key, outcome):
            self.journal.settle({key: (DONE, {"id": outcome.get("id")})})
        return outcome

    def _is_there(self: Any, client, change):
        """Look afresh. When it is there, turn the change into what is left to do: nothing, or a refusal because it was bought otherwise."""
        found = planner.Index(self, self.look(client, [change.desired])).find(change.desired)
        if found is None:
            return False
        follow = planner.plan_one(self, change.desired, found)
        change.before, change.after, change.fields, change.action = follow.before, follow.after, follow.fields, follow.action
        change.warnings.extend(follow.warnings)
        if follow.action == planner.UPDATED:
            self.update(client, change)
        return True


def _server(client):
    """Return what stands before the keys of a server's purchases."""
    return "%s " % urlsplit(client.options["api_url"]).netloc.rpartition("@")[2]
