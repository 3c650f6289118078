# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding things by the names users write: events by slug, people by username, services by title. Each list is read once a client."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from .._core.errors import NotFoundError, PanelError, UsageError
from .._core.http.answers import rows, strange
from .._core.http.parallel import results
from .._core.state.planner import CREATED
from .._core.text.letters import digits, normal
from .._core.text.near import folded, proposing
from . import shapes
from .client import one

#: Up to so many people are looked up one by one; for more the list of users is read.
_PEOPLE_BY_NAME = 2
#: So often a name that was not found is looked for by its first and last letters, so many of them.
_ASKED, _PART = 3, 3
#: So many events are asked where one would do, when their details cannot be read.
_PROBES = 3


def link_slug(link):
    """Return the last part of an entry link: the slug of the event (vendor page 4.5)."""
    return unquote(urlsplit(str(link or "")).path.rstrip("/").rpartition("/")[2]) or None


# -- events ----------------------------------------------------------------------------------------------------------------


def event_rows(client, enough=None):
    """Return the rows of the event list; without ``enough`` the whole list, kept for the life of the client."""
    def read():
        return client.pages("list events", "events/index", {}, ("events",), shapes.EVENT, enough)
    return client.memory.shared("events", read) if enough is None or "events" in client.memory else read()


def row_slug(row):
    return row.get("slug") or link_slug(row.get("alocom_link"))


def event_detail(client, number):
    """Return ``(event, enrolled, service)`` of GET event. ``enrolledUsers`` may stand beside or inside ``event``, or under ``data``.

    An answer without it is an error: an update sends the whole list, so taking it for an empty one would remove everybody.
    """
    answer = client.get("get event", "events/%s" % number)
    inner = answer.get("data") if isinstance(answer.get("data"), dict) else answer
    event = shapes.EVENT.read(one(answer, "event"), "get event", client.vendor)
    enrolled = inner.get("enrolledUsers", event.get("enrolledUsers", "nothing"))
    service = shapes.SERVICE_OF_EVENT.read(inner.get("serviceInfo") or event.get("agent_service") or {}, "get event", client.vendor, "serviceInfo")
    if isinstance(enrolled, dict):
        # A list with a gap in it, the way PHP writes one.
        enrolled = list(enrolled.values())
    if not isinstance(enrolled, list):
        raise strange("get event", client.vendor, "a list of members under enrolledUsers", None if enrolled == "nothing" else enrolled)
    if isinstance(event.get("guest_code"), dict) or any(isinstance(code, (dict, list)) for code in list(event.get("guest_code") or ())):
        raise strange("get event", client.vendor, "codes", event["guest_code"], "guest_code")
    return event, shapes.ENROLLED.all(enrolled, "get event", client.vendor), service


def hidden_slugs(client, listed, missing, titles=(), failed=None):
    """Return ``{slug: row}`` of events whose slug only their detail tells.

    Links end with the slug as far as is known. When a wanted slug is not among them, one event is asked whether that holds
    here; if it does not, all are. Events with a wanted title are asked in any case.

    :arg failed: takes ``{slug: error}`` of those that an event may have whose detail cannot be read; without it, such an error is raised.
    """
    if not listed or not missing:
        return {}
    suspects = [row for row in listed if normal(row.get("title") or "") in titles]
    if "links_end_with_slug" not in client.memory:
        client.memory["links_end_with_slug"] = _links_end_with_slug(client, listed)
    if not client.memory["links_end_with_slug"]:
        suspects = listed
    found = {}
    outcomes = client.map(lambda row: event_detail(client, row["id"]), suspects)
    for row, (detail, error) in zip(suspects, outcomes):
        if error is None and detail[0].get("slug"):
            found[detail[0]["slug"]] = row
    lacking = [slug for slug in missing if slug not in found]
    try:
        results(outcomes, called, suspects)
    except PanelError as unread:
        # Any of those may have such a slug.
        if failed is not None:
            failed.update(dict.fromkeys(lacking, unread))
        elif lacking:
            raise
    return found


def _links_end_with_slug(client, listed):
    """Ask one event, or where its detail cannot be read the one after it."""
    last = min(_PROBES, len(listed)) - 1
    for place, probe in enumerate(listed):
        try:
            slug = event_detail(client, probe["id"])[0].get("slug")
        except PanelError as error:
            if place == last or error.ends_all:
                raise
            continue
        return slug is None or slug == row_slug(probe)
    return True


def called(row):
    """Return what people call an event of the list."""
    return str(row.get("slug") or row_slug(row) or row.get("title") or row.get("id"))


def near_event(client, text):
    """Return a slug of no event with the slugs that may have been meant; a title is answered with the slug of its event. After :func:`find_event`."""
    listed = client.memory.get("events_seen") or []
    slugs = {row_slug(row): row_slug(row) for row in listed}
    slugs.update({row.get("title"): row_slug(row) for row in listed if folded(row.get("title") or "") == folded(text)})
    return proposing(text, slugs, slugs.get)


def find_event(client, wanted):
    """Return the id of an event named by slug or id.

    :raises UsageError: there is none.
    """
    text = str(wanted).strip()
    listed = event_rows(client, None if "events" in client.memory else lambda page: any(row_slug(row) == text for row in page))
    for row in listed:
        if row_slug(row) == text:
            return row["id"]
    for row in listed:
        if str(row.get("id")) == digits(text):
            return row["id"]
    hidden = hidden_slugs(client, listed, [text])
    if text in hidden:
        return hidden[text]["id"]
    client.memory["events_seen"] = listed
    raise UsageError("there is no event %s" % near_event(client, text), vendor=client.vendor, operation="list events", code="not_found",
                     hint="Give its slug or its id; alocom_event_info lists them")


# -- people ----------------------------------------------------------------------------------------------------------------


class People:
    """Usernames and ids of the account's users, as far as they were needed."""

    def __init__(self, client):
        self.client = client
        self.ids = {}
        #: Usernames by their form without the case of letters: some servers lower them.
        self.folds = {}
        self.names = {}
        self.rows = {}
        self.complete = False
        #: Names like one that was not found, and how often the vendor was asked for such.
        self.similar: set = set()
        #: Who would be there by now, in check mode.
        self.foretold: set = set()
        #: Those of them whom nobody need look for.
        self.made: set = set()
        self.renamed: dict = {}
        self.asked = 0

    def learn(self, usernames=(), all_of_them=False):
        """Read what is needed to know these usernames (all of them: to know every id)."""
        for error in self.learn_each(usernames, all_of_them).values():
            raise error

    def learn_each(self, usernames=(), all_of_them=False):
        """Do what :meth:`learn` does, and return ``{username: error}`` of those of whom nothing could be read.

        :raises PanelError: the list of all could not be read.
        """
        unknown = list(dict.fromkeys(name for name in usernames if self.spelled(name) not in self.ids and str(name).strip() not in self.made))
        failed: dict = {}
        if self.complete or (not unknown and not all_of_them):
            return failed
        if all_of_them or len(unknown) > _PEOPLE_BY_NAME:
            missing = set(unknown)

            def enough(page):
                missing.difference_update(str(row.get("username")).strip() for row in page)
                return not missing and not all_of_them
            try:
                found = self.client.pages("list users", "users/index", {}, ("users",), shapes.USER, enough)
            except PanelError as error:
                if all_of_them:
                    raise
                return dict.fromkeys(unknown, error)
            self.complete = not unknown or bool(missing) or all_of_them
        else:
            found = []
            for name, (alike, refused) in zip(unknown, self.client.map(lambda name: rows_like(self.client, name), unknown)):
                if refused is not None:
                    failed[name] = refused
                else:
                    found += alike
        for row in found:
            name = str(row.get("username")).strip()
            self.ids[name] = row.get("id")
            self.folds.setdefault(name.casefold(), set()).add(name)
            self.names[str(row.get("id"))] = row.get("username")
            self.rows[name] = row
        return failed

    def spelled(self, username):
        """Return a username as the vendor writes it: a server may lower what it is given. One that is there as it is typed is meant before any other."""
        name = str(username).strip()
        alike = self.folds.get(name.casefold(), ())
        return next(iter(alike)) if name not in self.ids and len(alike) == 1 else name

    def alone(self, username):
        """Return whether no other username is known that differs from this one in the case of letters alone."""
        return len(self.folds.get(str(username).strip().casefold(), ())) < 2

    def near(self, username):
        """Return a username of nobody with those that may have been meant. Asks the vendor for names that begin or end like it, the first few times."""
        text = str(username).strip()
        self.asked += 1
        if not self.complete and self.asked <= _ASKED and len(text) >= _PART:
            for part in dict.fromkeys((text[:_PART], text[-_PART:])):
                try:
                    found = self.client.pages("find user", "users/index", {"username": part}, ("users",), shapes.USER, lambda page: True)
                except PanelError:
                    break
                self.similar.update(str(row.get("username")).strip() for row in found if row.get("username"))
        return proposing(text, [*self.ids, *sorted(self.similar)])

    def knows(self, username):
        """Return whether somebody is there by this name, or would be by now."""
        text = self.spelled(username)
        return text in self.ids or text in self.foretold

    def id(self, username):
        return self.ids.get(self.spelled(username))

    def row(self, username):
        """Return the row of the list of users, or None."""
        return self.rows.get(self.spelled(username))

    def name(self, number, enrolled=None):
        """Return the username behind an id; one that is not known is shown as ``#id``."""
        if str(number) in self.renamed:
            return self.renamed[str(number)]
        if enrolled and enrolled.get("username"):
            return enrolled["username"]
        return self.names.get(str(number), "#%s" % number)


def rows_like(client, username):
    """Return the rows that the vendor's filter finds for a username, also where the server lowers usernames and looks for the very letters.

    The filter may match parts of names, so the caller compares.
    """
    name = str(username).strip()
    found: list = []
    for text in dict.fromkeys((name, name.lower())):
        found += client.pages("find user", "users/index", {"username": text}, ("users",), shapes.USER,
                              lambda page: any(str(row.get("username")).strip() == name for row in page))
        if any(str(row.get("username")).strip().casefold() == name.casefold() for row in found):
            break
    return found


def people(client):
    """Return the client's :class:`People`."""
    known = client.memory.setdefault("people", People(client))
    # Items of a loop may reach one account over several connections.
    known.client = client
    if client.memory.foretold:
        known.foretold.update(client.memory.foretold.made("users", "username"))
        known.made.update(str(entry["username"]) for entry in client.memory.foretold.of("users") if entry["action"] == CREATED and entry.get("username"))
        known.renamed.update(client.memory.foretold.renamed("users", "username"))
    return known


# -- services --------------------------------------------------------------------------------------------------------------


def service_rows(client, filters=None):
    """Return the bought services (vendor page, Services)."""
    if filters:
        return client.pages("list services", "services/index", filters, ("services", "agentServices"), shapes.SERVICE, identify=service_id)
    return client.memory.shared("services", lambda: client.pages("list services", "services/index", {}, ("services", "agentServices"), shapes.SERVICE,
                                                                 identify=service_id))


def service_id(row):
    """Return the agent-service id of a row of any of the vendor's service lists."""
    return row.get("agentServiceId") or row.get("agent_service_id") or row.get("id")


def _indexed(listed):
    """Return ``({id: row}, {title without its spelling: [rows]})``: a long list is made comparable once, not for every item."""
    by_id: dict = {}
    by_title: dict = {}
    for row in listed:
        by_id.setdefault(str(service_id(row)), row)
        by_title.setdefault(normal(row.get("title") or ""), []).append(row)
    return by_id, by_title


def find_service(client, wanted):
    """Return the row of a bought service, by agent-service id or by title (an active one before others).

    :raises UsageError: there is none, or several share the title.
    """
    by_id, by_title = client.memory.shared("services by name", lambda: _indexed(service_rows(client)))
    if digits(wanted).strip() in by_id:
        return by_id[digits(wanted).strip()]
    titled = by_title.get(normal(wanted), ())
    active = [row for row in titled if row.get("status") in (None, "active")]
    found = active or titled
    if len(found) == 1:
        return found[0]
    ids = ", ".join(str(service_id(row)) for row in found)
    if found:
        raise UsageError("service: %d services are called %s (ids %s)" % (len(found), wanted, ids), vendor=client.vendor, operation="list services",
                         code="ambiguous", hint="Give the id of the one you mean")
    spelt = proposing(wanted, [row.get("title") for row in service_rows(client)])
    raise UsageError("service: there is no bought service %s" % spelt, vendor=client.vendor, operation="list services", code="not_found",
                     hint="alocom_service_info lists them")


def active_services(client):
    """Return the answer of the call that lists active services only."""
    return rows(client.get("active services", "services/active-services", (dict, list)), "activeServices", "services",
                operation="active services", vendor=client.vendor, shape=shapes.SERVICE)


def find_user_id(client, wanted):
    """Return a user's id by username; NotFoundError when there is none."""
    known = people(client)
    known.learn([wanted])
    if known.id(wanted) is None:
        raise NotFoundError("there is no user %s" % known.near(wanted), vendor=client.vendor, operation="find user", code="not_found")
    return known.id(wanted)
