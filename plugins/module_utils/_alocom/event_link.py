# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolling people in an event for the link by which they enter it (vendor page, Events: "register a user in an event and get the entry token")."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from .._core.errors import PanelError, UnknownOutcome, UsageError
from .._core.http.answers import identity, reading
from .._core.http.client import NoContent
from .._core.http.transport import Effect
from .._core.options.check import OptionsError, Problem, named_twice
from .._core.secrets.file import OPTION
from .._core.state import foretold
from .._core.state.planner import ACTIONS, CREATED, DELETED, FAILED, UNCHANGED, UPDATED
from .._core.state.results import Failed, as_panel_error, failure
from .._core.task.job import Job
from .._core.text.letters import username_check
from .client import AGENTS, AlocomClient, one, word
from .event import ROLES, crowded
from .lookup import event_detail, event_rows, find_event, people
from .member import MEMBER, member

_PERSON = {
    "username": {"type": "str"},
    "name": {"type": "str"},
    "surname": {"type": "str"},
    "role": {"type": "str", "choices": list(ROLES)},
}


class Person:
    """One person to enrol, what is known of them, and what came of it."""

    def __init__(self, item, event):
        self.item = item
        self.event = str(item.get("event") or event or "").strip()
        self.username = (item.get("username") or "").strip()
        self.label = "%s / %s" % (self.event, self.username)
        self.number = None       # the vendor's id of the event
        self.user = None         # the row of the user, None for a new one
        self.before = None       # the role in the event, None when not in it
        self.error = None
        self.warning = None
        self.found = {"entry_link": None, "entry_token": None, "user_id": None}

    @property
    def role(self):
        return self.item.get("role") or self.before or "participant"

    @property
    def action(self):
        if self.error is not None:
            return FAILED
        if self.before is None:
            return CREATED
        return UNCHANGED if self.before == self.role else UPDATED

    @property
    def changed(self):
        return self.action in (CREATED, UPDATED)

    def shown(self):
        return dict({"event": self.event, "username": self.username, "role": self.role}, **self.found)

    def state(self, role):
        return {} if role is None else {"event": self.event, "username": self.username, "role": role}

    def names(self):
        """Return name and surname: of a known user those on record, so that this call changes nothing but the membership."""
        row = self.user or {}
        return {name: row.get(name) or self.item.get(name) for name in ("name", "surname")}


class EventLink(Job):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "event_link"
    options = dict(
        _PERSON, event={"type": "str"}, secrets_path=OPTION, foretold=foretold.OPTION,
        people={"type": "list", "elements": "dict", "options": dict(_PERSON, event={"type": "str"}, username={"type": "str", "required": True})})
    constraints = {
        "required_one_of": [("username", "people")],
        "mutually_exclusive": [("people", name) for name in _PERSON],
    }
    reveals = ("entry_link", "entry_token")

    # -- options ---------------------------------------------------------------------------------------------------

    @staticmethod
    def persons(params):
        if params.get("people") is None:
            return [Person(params, params.get("event"))]
        return [Person(item, params.get("event")) for item in params["people"]]

    def check(self, params):
        seen: dict = {}
        problems = []
        for place, person in enumerate(self.persons(params)):
            where = ("people", place) if params.get("people") is not None else ()
            empty = [name for name in ("event", "username") if not getattr(person, name)]
            problems += [Problem(where, "%s is required and must not be empty" % name) for name in empty]
            marks = username_check(person.username)
            if marks:
                problems.append(Problem((*where, "username"), marks, person.username))
            if not empty and seen.setdefault(person.label, place) != place:
                problems.append(named_twice(("people", place), "person", person.label, ("people", seen[person.label])))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    # -- reading ---------------------------------------------------------------------------------------------------

    def look(self, client, persons, check_mode):
        """Fill in what is known of every person; an error stays with its person."""
        known = people(client)
        unread = known.learn_each([person.username for person in persons])
        events = list(dict.fromkeys(person.event for person in persons))
        if len(events) > 1:
            event_rows(client)
        read = dict(zip(events, client.map(lambda event: self._event(client, event), events)))
        would = self._foretold(client)
        for person in persons:
            found, error = read[person.event]
            roles: dict = {}
            if found is not None:
                person.number, roles = found[:2]
            elif person.event in would and isinstance(error, UsageError):
                error = None
            person.user = known.row(person.username)
            person.before = would.get(person.event, {}).get(person.username.casefold(), roles.get(str((person.user or {}).get("id"))))
            missing = [name for name, value in person.names().items() if not value]
            error = error or unread.get(person.username)
            if error is None and person.user is None and known.knows(person.username):
                # An earlier task makes the user, names and all.
                missing = []
            if error is None and person.user is None and missing:
                error = UsageError("user %s does not exist and cannot be made without %s" % (person.username, " and ".join(missing)), vendor=self.vendor,
                                   operation="options", code="missing_option")
            elif error is None and missing:
                error = UsageError("user %s has no %s on record: give it" % (person.username, " and no ".join(missing)), vendor=self.vendor,
                                   operation="options", code="missing_option")
            if check_mode and client.memory.foretold is None and isinstance(error, UsageError):
                # An earlier task of the play may be what makes it.
                person.warning = "%s; a real run would need it" % error.message
                error = None
            person.error = None if error is None else as_panel_error(error, self)
        self._count(persons, read)

    @staticmethod
    def _foretold(client):
        """Return ``{event: {username in small letters: role}}`` of events that earlier tasks would make or change, as far as they say who is in them."""
        would: dict = {}
        for entry in client.memory.foretold.of("events") if client.memory.foretold else ():
            inside = {str(one.get("username")).casefold(): one.get("role") or "participant" for one in entry.get("members") or ()}
            for name in (entry.get("slug"), entry.get("id")):
                if name is not None and entry["action"] != DELETED:
                    would[str(name)] = inside
        return would

    @staticmethod
    def _event(client, wanted):
        number = find_event(client, wanted)
        _event, enrolled, service = event_detail(client, number)
        return number, {str(entry.get("userid")): entry.get("role") for entry in enrolled}, service.get("max_event_user")

    @staticmethod
    def _count(persons, read):
        """Warn, once for each event, when the people in it would be more than may be."""
        for event, (found, _error) in read.items():
            new = {person.username.casefold(): person for person in persons if person.event == event and person.before is None and person.error is None}
            if found is not None and new:
                text = crowded(event, len(found[1]) + len(new), found[2])
                first = next(iter(new.values()))
                first.warning = "; ".join(filter(None, (first.warning, text))) or None

    # -- writing ---------------------------------------------------------------------------------------------------

    def enrol_all(self, client, persons, host):
        self._set_roles(client, [person for person in persons if person.action == UPDATED])
        ready = [person for person in persons if person.error is None]
        # Somebody new is made by the first call: two at once for two events could make two of them.
        first: list = []
        later: list = []
        seen = set()
        for person in ready:
            (later if person.user is None and person.username in seen else first).append(person)
            seen.add(person.username)
        for batch in (first, later):
            for person, (found, error) in zip(batch, client.map(lambda person: self.enrol(client, person, host), batch, host.progress("enrolled"))):
                if error is not None:
                    person.error = as_panel_error(error, self)
                else:
                    person.found = found
        if any(person.user is None for person in ready):
            # The next item of a loop has to look for them.
            people(client).complete = False

    def _set_roles(self, client, persons):
        """Change roles by the list of members: the vendor says of enrolling somebody who is there only that it renews the token."""
        groups: dict = {}
        for person in persons:
            groups.setdefault(person.number, []).append(person)
        for number, several in groups.items():
            try:
                MEMBER.bring(client, number, {str(person.user["id"]): member(person.user["id"], person.role) for person in several})
            except PanelError as error:
                for person in several:
                    person.error = error

    def enrol(self, client, person, host):
        """Return link, token and user id. Enrolling twice is enrolling once, with a new token."""
        # Somebody known is named as on record: where letters are kept as they are typed, another case would make another user.
        body = dict(person.names(), username=word((person.user or {}).get("username")) or person.username, role=person.role)
        lost = None
        for again in (False, True):
            try:
                # Whatever the answer is, it may hold the token: it is read here and never quoted.
                answer = client.call("enrol", "POST", "%sevents/%s/enroll-user-with-token" % (AGENTS, person.number), Effect.REPLACE, None, payload=body)
            except UnknownOutcome as unknown:
                lost = unknown
                continue
            except PanelError as refused:
                if not again:
                    raise
                raise UnknownOutcome("enrol: the first answer told no entry link, and asking again failed: %s" % refused.message, vendor=self.vendor,
                                     operation="enrol", http_status=refused.http_status, hint=self._harmless(person)) from None
            found = self.entry(answer)
            if found is not None:
                host.tell("links", person.label, {name: found[name] for name in self.reveals if found[name]})
                return found
            if isinstance(answer, NoContent):
                person.warning = "%s was enrolled, but the vendor's answer was empty, so there is no entry link; run the task again for one" % person.label
                return {"entry_link": None, "entry_token": None, "user_id": (person.user or {}).get("id")}
            lost = None
        if lost is not None:
            raise lost
        raise UnknownOutcome("enrol: the answer holds no entry link", vendor=self.vendor, operation="enrol", hint=self._harmless(person))

    @staticmethod
    def _harmless(person):
        return "%s may be in the event now; run the task again, which is harmless" % person.username

    @staticmethod
    def entry(answer):
        made = one(answer if isinstance(answer, (dict, list)) else {})
        link = word(made.get("eventLink")) or word(made.get("event_link"))
        if link is None:
            return None
        try:
            inside = parse_qs(urlsplit(link).query).get("token", ())
        except ValueError:
            return None
        return {"entry_link": link, "entry_token": word(made.get("token")) or next(iter(inside), None),
                "user_id": identity(made.get("userId")) or identity(made.get("user_id"))}

    # -- the result ------------------------------------------------------------------------------------------------

    def work(self, client, params, host):
        persons = self.persons(params)
        with reading(client):
            self.look(client, persons, host.check_mode)
        if not host.check_mode:
            self.enrol_all(client, persons, host)
        single = params.get("people") is None
        failed = [person for person in persons if person.error is not None]
        for person in failed:
            person.error.tell(host.redactor)
        if single and failed:
            raise Failed(failure(self.vendor, "alocom_event_link %s" % failed[0].label, failed[0].error, client, host))
        result = self.single(persons[0]) if single else self.several(persons)
        warnings = [person.warning for person in persons if person.warning]
        if warnings:
            result["warnings"] = warnings
        if failed:
            names = ", ".join(person.label for person in failed[:5]) + (", ..." if len(failed) > 5 else "")
            error = failed[0].error
            result["msg"] = "alocom_event_link: %d of %d people failed (%s); the first: %s" % (len(failed), len(persons), names, error.sentence())
            result["error"] = error.error
            result["api"] = client.transport.counts()
            raise Failed(result)
        return result

    @staticmethod
    def single(person):
        title = "alocom_event_link %s" % person.label
        return {"changed": person.changed, "link": person.shown(), "diff": {
            "before": person.state(person.before), "after": person.state(person.role),
            "before_header": "%s (before)" % title, "after_header": "%s (after)" % title}}

    @staticmethod
    def several(persons):
        links = []
        for person in persons:
            made = dict(person.shown(), action=person.action, changed=person.changed)
            if person.error is not None:
                made["error"] = person.error.error
            links.append(made)
        differing = [person for person in persons if person.changed]
        return {
            "changed": bool(differing), "links": links,
            "summary": {action: sum(person.action == action for person in persons) for action in ACTIONS},
            "diff": {"before": {person.label: person.state(person.before) for person in differing if person.before is not None},
                     "after": {person.label: person.state(person.role) for person in differing},
                     "before_header": "alocom_event_link links (before)", "after_header": "alocom_event_link links (after)"},
        }


EVENT_LINK = EventLink()
