# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Online sessions: ended when they are there. What is sent names exactly the sessions that were just read (vendor page 3.5)."""

from __future__ import annotations

from .._core.errors import ApiError, PanelError, UnknownOutcome, UsageError
from .._core.http.paging import PAGE
from .._core.http.parallel import Counted
from .._core.http.transport import Effect
from .._core.state.lost import looks
from . import filters, many
from .client import INVALID, NOT_FOUND, number, required, text
from .subscriber import USER_ID, USERNAME, Number, OfSubscriber, not_found

_OTHER_SPELLING = {"disconnect": "disconnet", "disconnet": "disconnect"}


def session(row):
    """Return a row of the online list in the user's names."""
    return {"id": required(row, "online_radiususer_id", "list sessions"), "user_id": required(row, "user_id", "list sessions"),
            "nas_id": number(row.get("nas_id")), "nas_port_id": text(row.get("nasportid"))}


def sessions(client, condition=None, page=PAGE):
    return [session(row) for row in client.rows("list sessions", "radius", "list", "online_radiususer_id", page=page, Filter=condition)]


class SessionResource(OfSubscriber):
    name = "session"
    plural = "sessions"
    refers = ()
    key = ("username", "user_id", "session_id")
    owner = ("username", "user_id", "session_id")
    fields = (USERNAME, USER_ID, Number("session_id"))
    states = ("absent",)
    default_state = "absent"
    public = ("sessions",)

    @staticmethod
    def owner_of(thing):
        named = [name for name in ("username", "user_id", "session_id") if thing.get(name) not in (None, "")]
        return "?" if not named else str(thing["username"]) if named[0] == "username" else "%s %s" % (named[0], thing[named[0]])

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        """Hundreds of subscribers or sessions are asked for with one request."""
        for desired in asked.wanted:
            desired.among_others = len(asked.wanted) > 1
        of_somebody = [desired for desired in asked.wanted if "session_id" not in desired.given]
        numbers = self.owners(client, of_somebody, asked)
        strangers = list(dict.fromkeys(desired.given["user_id"] for desired in of_somebody if "user_id" in desired.given))
        exists = self._existing(client, strangers, asked)
        conditions: dict = {}
        for desired in asked.wanted:
            if "session_id" in desired.given:
                condition = filters.number_is("Online_RadiusUser_Id", desired.given["session_id"], "session_id")
            elif desired.problem is not None:
                continue
            else:
                if "user_id" in desired.given and desired.given["user_id"] not in exists:
                    numbers[desired.place] = None
                if numbers[desired.place] is None:
                    asked.fail(not_found(self.owner_of(desired.given), client if "username" in desired.given else None), [desired])
                    continue
                condition = filters.number_is("User_Id", numbers[desired.place], "user_id")
            conditions.setdefault(condition, []).append(desired)
        online = []
        groups = list(filters.grouped(conditions, many.GROUP))
        for group, (found, error) in zip(groups, client.map(lambda group: sessions(client, filters.any_of(group), many.GROUP), groups)):
            if error is not None:
                asked.fail(error, [desired for condition in group for desired in conditions[condition]])
            else:
                online += found
        return self._matched(asked.wanted, numbers, online)

    @staticmethod
    def _existing(client, user_ids, asked):
        """Return those of these subscribers who exist; nobody online and nobody there look the same in the list of sessions."""
        conditions = {filters.number_is("User_Id", number_given, "user_id"): number_given for number_given in user_ids}
        found = set()
        for group in filters.grouped(conditions):
            try:
                rows = client.rows("find users", "user", "list", "user_id", lambda page, group=group: len(page) >= len(group), Filter=filters.any_of(group))
            except PanelError as error:
                asked.fail_by({conditions[condition]: error for condition in group}, lambda desired: [desired.given.get("user_id")])
                continue
            found.update(number(row.get("user_id")) for row in rows)
        return found

    def _matched(self, wanted, numbers, online):
        by_user: dict = {}
        by_id = {}
        for one in {one["id"]: one for one in online}.values():
            by_user.setdefault(one["user_id"], []).append(one)
            by_id[one["id"]] = one
        found = []
        for desired in wanted:
            if "session_id" in desired.given:
                mine = [by_id[desired.given["session_id"]]] if desired.given["session_id"] in by_id else []
            else:
                mine = by_user.get(numbers.get(desired.place), []) if numbers.get(desired.place) is not None else []
            if mine:
                found.append(dict({name: desired.given[name] for name in self.owner if name in desired.given}, sessions=mine))
        return found

    # -- writing ---------------------------------------------------------------------------------------------------

    def delete(self, client, change):
        self._disconnect(client, change.before["sessions"])
        return {}

    def _disconnect(self, client, online):
        condition = exactly(online)
        spelling = client.spelled.get("disconnect", "disconnect")
        try:
            self._send(client, spelling, condition)
        except ApiError as error:
            if error.code not in (INVALID, NOT_FOUND):
                raise
            # "Nobody was queued" has the same code as an unknown action, whose name the vendor's own document spells in two ways.
            if self._over(client, online):
                return
            other = _OTHER_SPELLING[spelling]
            try:
                self._send(client, other, condition)
            except ApiError as again:
                if self._over(client, online):
                    return
                raise (error if again.code == NOT_FOUND else again) from None
            client.spelled["disconnect"] = other

    def group(self, change):
        return "disconnect" if getattr(change.desired, "among_others", False) else None

    def write_group(self, client, changes):
        """End the sessions of many with one request for each hundred, then look once who is still there: he is tried alone, and has a failure of his own."""
        parts = _parts(changes)
        progress = Counted(client.progress("disconnected"), len(changes)).after([len(part) for part in parts])
        outcomes = client.map(lambda part: self._disconnect(client, [one for change in part for one in change.before["sessions"]]), parts, progress)
        doubtful = []
        for part, (_none, error) in zip(parts, outcomes):
            if error is None or isinstance(error, UnknownOutcome) or (isinstance(error, ApiError) and error.code in (INVALID, NOT_FOUND)):
                doubtful.append((part, error))
                continue
            for change in part:
                change.fail(error)
        left = self._left(client, doubtful)
        for change, (_none, error) in zip(left, client.map(lambda change: self._once_more(client, change), left, client.progress("disconnected"))):
            if error is not None:
                change.fail(error)

    def _left(self, client, doubtful):
        """Return the changes that have to be tried alone; what cannot be looked at stands as the server answered it."""
        left: list = []
        waiting = doubtful
        for _look in looks(client, all(error is None or getattr(error, "settled", True) for _part, error in doubtful)) if doubtful else ():
            try:
                online = self._online(client, [one for part, _error in waiting for change in part for one in change.before["sessions"]])
            except PanelError as unseen:
                for part, error in waiting:
                    for change in part if error is not None else ():
                        change.fail(error if not isinstance(error, UnknownOutcome) else UnknownOutcome(
                            "%s; looking for it failed too: %s" % (error.message, unseen.message), settled=error.settled, vendor=self.vendor,
                            operation=error.operation, hint="Nobody knows whether it happened: run the task again, which looks first"))
                return []
            still = [(part, error, [change for change in part if _keys(change.before["sessions"]) & online]) for part, error in waiting]
            # Sessions are queued for their end: where all of an accepted filter are still there, the server has just not begun.
            still = [(part, error, those) for part, error, those in still if those and (error is not None or len(those) < len(part))]
            left = [change for _part, _error, those in still for change in those]
            waiting = [(part, error) for part, error, _those in still]
            if not left:
                break
        return left

    @staticmethod
    def _online(client, those):
        """Return which of these sessions are still there, as ``{(id, user_id)}``."""
        found = set()
        for group in filters.grouped([filters.number_is("Online_RadiusUser_Id", one["id"], "session_id") for one in those], many.GROUP):
            found |= _keys(sessions(client, filters.any_of(group), many.GROUP))
        return found

    def _once_more(self, client, change):
        for last in (False, True):
            try:
                self.delete(client, change)
                return
            except UnknownOutcome as lost:
                for _look in looks(client, lost.settled or not last):
                    if self._over(client, change.before["sessions"]):
                        return
                if last:
                    raise UnknownOutcome(lost.message, settled=lost.settled, vendor=self.vendor, operation=lost.operation, http_status=lost.http_status,
                                         hint="Nobody knows whether it happened: look at %s in the panel, or run the task again, which looks first"
                                              % change.label) from None

    @staticmethod
    def _send(client, spelling, condition):
        # Not repeated by the transport: the second of two is refused when the first one worked.
        client.write("disconnect", "DELETE", "radius", spelling, Effect.CREATE, {"Filter": condition})

    @staticmethod
    def _over(client, online):
        return not sessions(client, exactly(online))


def _keys(online):
    return {(one["id"], one["user_id"]) for one in online}


def _parts(changes):
    """Yield changes whose sessions fit into one filter; all sessions of one change go together."""
    conditions = {exactly(change.before["sessions"]): change for change in changes}
    return [[conditions[condition] for condition in group] for group in filters.grouped(conditions)]


def exactly(online):
    """Return the condition that holds for these sessions and for no other, also when a number has gone to somebody else in the meantime.

    :raises UsageError: there are none; an empty filter could end everybody's session.
    """
    if not online:
        raise UsageError("no session to disconnect", vendor="deltasib", operation="disconnect")
    conditions = []
    for one in online:
        parts = [filters.number_is("Online_RadiusUser_Id", one["id"], "session_id")]
        if one["user_id"] is not None:
            parts.append(filters.number_is("User_Id", one["user_id"], "user_id"))
        conditions.append("(%s)" % " and ".join(parts))
    return filters.any_of(conditions)


SESSION = SessionResource()
