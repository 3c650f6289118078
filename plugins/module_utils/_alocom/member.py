# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People of an event, one by one (vendor page, Events: add-users, remove-users, and ``users`` of the update)."""

from __future__ import annotations

from .._core.errors import ApiError, PanelError, UnknownOutcome, UsageError
from .._core.http.transport import Effect
from .._core.options.check import OptionsError, named_twice
from .._core.state.lost import looks
from .._core.state.planner import CREATED, UPDATED, Desired
from .._core.state.resource import Field, Resource
from .client import AlocomClient
from .event import EVENT, ROLES, crowded
from .lookup import event_detail, event_rows, find_event, link_slug, near_event, people

#: What add-users and remove-users answer where the path or the kind of id is another than believed; the full list does it there.
_NOT_THIS_WAY = (404, 405, 422)


def member(userid, role):
    return {"userid": userid, "role": role}


class UsernameField(Field):
    """Who is meant has been found already, whatever case the server writes the name in: a username is never a change."""

    def same(self, one, other):
        return True


class MemberResource(Resource):
    module = "alocom_event_member"
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "member"
    plural = "members"
    key = ("event", "username")
    parents = ("event",)
    refers = ("users", "events")
    public = ("userid", "event_id")
    fields = (
        Field("event", "code", clearable=False),
        UsernameField("username", "code", clearable=False),
        Field("role", "choice", choices=ROLES, clearable=False, on_create="participant"),
    )
    purgeable = True

    # -- options ---------------------------------------------------------------------------------------------------

    def purge_check(self, params):
        if not params.get("event"):
            raise UsageError("purge: true needs event at the top: only members of that one event are ever removed", vendor=self.vendor, operation="options")
        same = self.field("event").same
        for place, item in enumerate(params["members"]):
            if item.get("event") is not None and not same(item["event"], params["event"]):
                raise UsageError("members[%d]: with purge: true all members belong to the event at the top (%s), not to %s" % (
                    place, params["event"], item["event"]), vendor=self.vendor, operation="options")

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        wanted, everything = asked.wanted, asked.everything
        those: dict = {}
        for desired in wanted:
            those.setdefault(self._event_of(desired), []).append(desired)
        if asked.purge:
            those.setdefault(asked.options["event"].strip(), [])
        numbers = self._numbers(client, asked, those)
        found = [text for text in those if numbers.get(text) is not None]
        self._refuse_doubles(wanted, numbers)
        enrolled = {}
        most = {}
        for text, (told, error) in zip(found, client.map(lambda text: event_detail(client, numbers[text]), found)):
            if error is not None:
                asked.fail(error, those[text])
                continue
            enrolled[text] = told[1]
            most[text] = told[2].get("max_event_user")
        known = people(client)
        if everything:
            # What is read now must answer for every username: for those to purge, or for the later items of a loop.
            known.learn(all_of_them=True)
        else:
            asked.fail_by(known.learn_each([desired.item["username"].strip() for desired in wanted]), lambda desired: [desired.item["username"].strip()])
        rows = [{"event": text, "username": known.name(entry.get("userid"), entry), "role": entry.get("role"), "userid": entry.get("userid"),
                 "event_id": numbers[text], "id": entry.get("id"), "alone": known.alone(known.name(entry.get("userid"), entry))}
                for text in enrolled for entry in enrolled[text]]
        self._count(client, asked, rows, most)
        # Whose name is not known is none of those wanted, and may be for a later item of a loop.
        return rows if everything else [row for row in rows if not row["username"].startswith("#")]

    @staticmethod
    def _count(client, asked, rows, most):
        """Keep who would be in each event if nobody were added, and how many may be."""
        rooms = client.memory.setdefault("member_rooms", {})
        for text, allowed in most.items():
            inside = {row["username"].casefold() for row in rows if row["event"] == text}
            here = [desired for desired in asked.wanted if str(desired.item["event"]).strip() == text]
            named = {state: {desired.item["username"].strip().casefold() for desired in here if desired.state == state} for state in ("present", "absent")}
            rooms[text] = [inside & named["present"] if asked.purge else inside - named["absent"], allowed]

    @staticmethod
    def _enter(client, event, change):
        """Count somebody who is added, and warn when it is the first who is too many."""
        room = client.memory.get("member_rooms", {}).get(event)
        if room is None:
            return
        before, allowed = len(room[0]), room[1]
        room[0].add(change.desired.item["username"].strip().casefold())
        if crowded(event, before, allowed) is None:
            change.warnings += filter(None, [crowded(event, len(room[0]), allowed)])

    def in_any_case(self, row):
        return row.get("alone", False)

    @staticmethod
    def _event_of(desired):
        return str(desired.item["event"]).strip()

    @staticmethod
    def _numbers(client, asked, those):
        """Return ``{slug or id: the vendor's id}``; None for an event that is not there.

        :arg those: the items of each event.
        """
        numbers = client.memory.setdefault("member_events", {})
        if len(those) > 1 or asked.everything:
            event_rows(client)
        for text, items in those.items():
            if numbers.get(text) is not None:
                continue
            try:
                numbers[text] = find_event(client, text)
            except UsageError:
                if asked.purge and not client.transport.check_mode:
                    raise
                # Told for each of its members by resolve_references().
                numbers[text] = None
            except PanelError as error:
                asked.fail(error, items)
        return numbers

    def _refuse_doubles(self, wanted, numbers):
        seen: dict = {}
        for desired in wanted:
            number = numbers.get(self._event_of(desired))
            place = seen.setdefault((number, desired.key[1]), desired.place)
            if number is not None and place != desired.place:
                raise OptionsError([named_twice(("members", desired.place), "member", desired.label, ("members", place))], vendor=self.vendor)

    def resolve_references(self, client, change, unsure):
        event = self._event_of(change.desired)
        number = client.memory["member_events"].get(event)
        foretold = client.memory.foretold
        there = number is not None or bool(foretold and event in foretold.made("events", "slug"))
        missing = [] if there else ["event %s" % (event if unsure else near_event(client, event))]
        if change.action == CREATED:
            named = change.desired.item["username"]
            change.after.update(event_id=number, userid=people(client).id(named), alone=people(client).alone(named))
            if not people(client).knows(named):
                missing.append("user %s" % (named if unsure else people(client).near(named)))
        elif missing:
            change.warnings.append("there is no event %s, so nobody is in it" % event)
            return
        if change.action == CREATED:
            self._enter(client, event, change)
        if missing and unsure:
            change.warnings.append("%s does not exist yet; a real run would need it" % " and ".join(missing))
        elif missing:
            raise UsageError("there is no %s" % " and no ".join(missing), vendor=self.vendor, operation="list events" if number is None else "find user",
                             code="not_found", hint="Make it first with alocom_event or alocom_user")

    # -- writing: one call for all changes of a kind in an event -----------------------------------------------------

    def group(self, change):
        return (change.after or change.before)["event_id"]

    def write_group(self, client, changes):
        number = self.group(changes[0])
        action = changes[0].action
        if action == CREATED:
            missing = self.add(client, number, {str(change.after["userid"]): member(change.after["userid"], change.after["role"]) for change in changes})
            for change in changes:
                if str(change.after["userid"]) in missing:
                    change.fail(missing[str(change.after["userid"])])
        elif action == UPDATED:
            self.bring(client, number, {str(change.before["userid"]): member(change.before["userid"], change.after["role"]) for change in changes})
        else:
            self.remove(client, number, {str(change.before["userid"]): change.before["userid"] for change in changes})

    @staticmethod
    def event(client, number):
        """Return the event as it is now, in the names of alocom_event; ``members`` by userid."""
        state = EVENT.detail(client, EVENT.current({"id": number}), Desired(EVENT, {"id": str(number)}, 0))
        state["slug"] = state["slug"] or link_slug(state["alocom_link"])
        state["members"] = {str(entry["userid"]): member(entry["userid"], entry["role"]) for entry in state["members"]}
        return state

    def add(self, client, number, wanted):
        """Put people into an event; return ``{userid: error}`` of those of whom nobody knows whether they are in it."""
        lost = None
        for last in (False, True):
            try:
                client.post("add members", "events/%s/add-users" % number, {"users": list(wanted.values())}, Effect.CREATE)
                return {}
            except UnknownOutcome as unknown:
                # Adding twice is adding once, so whoever is not there can be sent again whatever became of the first call.
                lost = unknown
                for _look in looks(client, unknown.settled or not last):
                    there = self._seen(client, number, lost)["members"]
                    wanted = {userid: entry for userid, entry in wanted.items() if there.get(userid) != entry}
                    if not wanted:
                        return {}
            except ApiError as refused:
                if refused.http_status not in _NOT_THIS_WAY:
                    raise
                self.bring(client, number, wanted)
                return {}
        return {userid: self._undecided(number, lost) for userid in wanted}

    def bring(self, client, number, wanted, gone=(), keep=None, verify=False):
        """Send the whole list of members, the way the vendor documents: who is there now, ``wanted`` on top, without ``gone``.

        :arg keep: members who have to be there still; whoever of them is missing is put back.
        :arg verify: look again afterwards.
        """
        lost = None
        for attempt in range(3):
            state = self._seen(client, number, lost)
            there = state["members"]
            target = {userid: entry for userid, entry in dict(keep or {}, **there).items() if userid not in gone}
            target.update(wanted)
            if target == there:
                return
            if attempt == 2:
                break
            try:
                client.patch("update members", "events/%s/" % number, EVENT.body(client, dict(state, members=list(target.values())), ()))
            except UnknownOutcome as unknown:
                lost = unknown
                continue
            if not verify:
                return
        if lost is not None:
            raise self._undecided(number, lost)
        raise PanelError("update members: the vendor accepted the list of members of event %s, but it is another one" % number, vendor=self.vendor,
                         operation="update members", code="not_applied")

    def remove(self, client, number, gone):
        """Take people out of an event and make sure that they, and only they, are gone."""
        before = self.event(client, number)["members"]
        keep = {userid: entry for userid, entry in before.items() if userid not in gone}
        lost = None
        if not client.memory.get("remove_users_differs"):
            try:
                client.patch("remove members", "events/%s/remove-users" % number, {"users": list(gone.values())})
            except UnknownOutcome as unknown:
                # The look that follows tells.
                lost = unknown
            except ApiError as refused:
                if refused.http_status not in _NOT_THIS_WAY:
                    raise
                client.memory["remove_users_differs"] = True
            there = self._seen(client, number, lost)["members"]
            if not any(userid in there for userid in gone) and all(userid in there for userid in keep):
                return
            # Which id the call means is not documented: here it means another one. Put right what it did, and do not ask it again.
            client.memory["remove_users_differs"] = True
        self.bring(client, number, {}, gone=gone, keep=keep, verify=True)

    def _seen(self, client, number, lost):
        """Return the event after a write; where the answer to that was lost and the event cannot be read, nobody knows."""
        try:
            return self.event(client, number)
        except PanelError as unseen:
            if lost is None:
                raise
            raise self._undecided(number, lost) from unseen

    def _undecided(self, number, unknown):
        return UnknownOutcome(unknown.message, settled=unknown.settled, vendor=self.vendor, operation=unknown.operation, http_status=unknown.http_status,
                              hint="Nobody knows whether it happened: look at event %s in the panel, or run the task again, which looks first" % number)


MEMBER = MemberResource()
