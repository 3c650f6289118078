# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events (classes and conferences) with their members (vendor page, Events). The list has no slug, an update needs every field."""

from __future__ import annotations

import re

from .._core.errors import PanelError, UsageError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.options.seen import seen_as
from .._core.state.objects import Whole
from .._core.state.planner import UNCHANGED
from .._core.state.resource import Field, Resource
from .._core.text.letters import digits, normal, whole_number
from .client import AlocomClient, made, word, yes
from .lookup import event_detail, event_rows, find_service, hidden_slugs, people, row_slug
from .reading import number
from .running import running_events

ROLES = ("participant", "assistant", "teacher")
_SLUG = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._~-]*$")
_MEMBER = {
    "username": {"type": "str", "required": True},
    "role": {"type": "str", "choices": list(ROLES), "default": "participant"},
}


def codes(value):
    """Return guest codes as a list: the vendor sends null, one text or a list."""
    if value in (None, ""):
        return []
    return [str(code) for code in value if code not in (None, "")] if isinstance(value, list) else [str(value)]


@seen_as(pattern=_SLUG.pattern, minimum=0)
def slug_check(value):
    return None if _SLUG.fullmatch(value) else "must be of Latin letters, digits, '-', '_', '.' and '~', without spaces"


@seen_as(minimum=0)
def count_check(value):
    return None if value >= 0 else "must be 0 or more"


def crowded(event, count, most):
    """Return the warning that an event shall have more members than its service allows, or None.

    :arg most: ``max_event_user`` as the vendor tells it.
    """
    most = number(most)
    return "event %s would have %d members, and its service allows %d (max_event_user)" % (event, count, most) if most and count > most else None


def _whole(value, operation, name):
    """Return a whole number of an answer, which may come as text in any digits.

    :raises BadAnswerError: it is none.
    """
    found = None if isinstance(value, bool) else whole_number(value)
    if found is None:
        raise strange(operation, "alocom", "a whole number", value, name)
    return found


class EventResource(Resource):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "event"
    plural = "events"
    key = ("slug",)
    parents = ("service",)
    id_option = "id"
    numbered = True
    public = ("id", "status", "alocom_link", "agent_service_id")
    fields = (
        Field("slug", "code", clearable=False, check=slug_check),
        Field("title", clearable=False, required_on_create=True),
        Field("service", clearable=False, create_only=True, required_on_create=True),
        Field("enabled", "bool", on_create=True),
        Field("start_by_admin", "bool", detail=True, on_create=False),
        Field("back_link", "code", write_only=True, detail=True),
        Field("guest_access", "bool", detail=True),
        Field("guest_codes", "set", detail=True, secret=True),
        Field("guest_count", "int", detail=True, check=count_check),
        Field("members", "keyed", keyed_by="username", items=_MEMBER, fold=True, mode="members_mode", detail=True),
    )
    controls = {"members_mode": {"type": "str", "choices": ["merge", "replace"], "default": "merge"}}
    refers = ("users",)
    task_options = {"purge_service": {"type": "str"}}
    keeps_used = True
    purgeable = True

    # -- options ---------------------------------------------------------------------------------------------------

    def item_check(self, item):
        named = [normal(member["username"]) for member in item.get("members") or ()]
        double = sorted({name for name in named if named.count(name) > 1}) if len(set(named)) < len(named) else ()
        if double:
            raise UsageError("members: %s is named more than once" % ", ".join(double), vendor=self.vendor, operation="options")

    def _scope(self, params):
        named = {str(event["service"]) for event in params.get("events") or () if event.get("service")}
        return params.get("purge_service") or params.get("service") or (named.pop() if len(named) == 1 else None)

    def purge_check(self, params):
        if not self._scope(params):
            raise UsageError("purge: true needs purge_service (or one service for all events): only events of one service are ever removed",
                             vendor=self.vendor, operation="options")

    def in_scope(self, current, params):
        scope = self._scope(params)
        return normal(scope) == normal(current.get("service") or "") or digits(scope) == str(current.get("agent_service_id"))

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        wanted, everything = asked.wanted, asked.everything
        members = {desired.place: [member["username"] for member in desired.given.get("members") or ()] for desired in wanted}
        asked.fail_by(people(client).learn_each([name for names in members.values() for name in names]), lambda desired: members[desired.place])
        # Purging has to know the event of every slug that an item gives, also beside an id.
        missing = {desired.item["slug"] for desired in wanted if desired.key or (everything and desired.item.get("slug"))}
        by_id = {str(desired.id) for desired in wanted if desired.id}

        def enough(page):
            missing.difference_update(row_slug(row) for row in page)
            by_id.difference_update(str(row.get("id")) for row in page)
            return not missing and not by_id
        client.memory.pop("events", None)
        listed = event_rows(client, (lambda page: enough(page) and False) if everything else enough)
        titles = {normal(desired.given["title"]) for desired in wanted if desired.item["slug"] in missing and desired.given.get("title")}
        hidden, failed = {}, {}
        try:
            hidden = {row["id"]: slug for slug, row in hidden_slugs(client, listed, missing, titles, failed).items()}
        except PanelError as error:
            failed = dict.fromkeys(missing, error)
        asked.fail_by(failed, lambda desired: [desired.item["slug"]])
        kind = Whole if everything or missing or by_id else list
        made = kind(self.current(row, slug=hidden.get(row.get("id")) or row_slug(row)) for row in listed)
        scope = digits(self._scope(asked.options) or "") if asked.purge else ""
        if scope.isdigit():
            # The list names services by title only.
            title = find_service(client, scope).get("title")
            for row in made:
                if normal(row.get("service") or "") == normal(title):
                    row["agent_service_id"] = scope
        return made

    def search(self, client, desired):
        """Look into every event for the slug that the vendor says is taken."""
        client.memory["links_end_with_slug"] = False
        return super().search(client, desired)

    @staticmethod
    def current(row, slug=None):
        """Return a row of the list or a detail in the user's names."""
        made = {"id": row.get("id"), "slug": row.get("slug") or slug, "title": row.get("title"), "alocom_link": row.get("alocom_link"),
                "agent_service_id": row.get("agent_service_id"), "status": row.get("status")}
        if isinstance(row.get("service"), str):
            made["service"] = row["service"]
        if row.get("status") is not None:
            made["enabled"] = yes(row["status"])
        return made

    def needs_detail(self, desired, current):
        return self._lacks(desired, current) or self._nameless(desired, current)

    @staticmethod
    def _nameless(desired, current):
        """Return whether an item names members while some who are there are known by their ids alone: it may mean one of them."""
        return bool(desired.given.get("members")) and any(str(member["username"]).startswith("#") for member in current.get("members") or ())

    def _lacks(self, desired, current):
        if any(name not in current for name in desired.given if not self.field(name).write_only):
            return True
        # A service given by id cannot be compared with the title that the list tells.
        return "service" in desired.given and not self._same_service(current, desired.given["service"]) and current.get("agent_service_id") is None

    @staticmethod
    def _same_service(current, wanted):
        return normal(current.get("service") or "") == normal(wanted) or str(current.get("agent_service_id")) == digits(wanted).strip()

    def detail(self, client, current, desired):
        if self._nameless(desired, current) and not self._lacks(desired, current):
            # An earlier item of a loop has read it, and knew the names of its own members only.
            known = people(client)
            known.learn([member["username"] for member in desired.given["members"]])
            named = [dict(member, username=known.names.get(str(member.get("userid")), member["username"])) for member in current["members"]]
            return dict(current, members=named)
        return self.whole(client, current, event_detail(client, self.identify(client, desired, current)), desired)

    def whole(self, client, current, told, desired):
        """Return ``current`` with what :func:`.lookup.event_detail` told of it."""
        event, enrolled, service = told
        title = (event.get("agent_service") or {}).get("title") or service.get("title") or current.get("service")
        made = dict(current, **{name: value for name, value in self.current(event, current.get("slug")).items() if value is not None})
        made["service"] = title
        if made["agent_service_id"] is None:
            made["agent_service_id"] = service.get("agent_service_id")
        made.update(start_by_admin=yes(event.get("start_by_admin")), guest_access=yes(event.get("guest_access")),
                    guest_codes=codes(event.get("guest_code")), guest_count=_whole(event.get("guest_count") or 0, "read event", "guest_count"))
        # What an update sends back of what nobody asked to change.
        made["told"] = {name: event[name] for name in ("guest_access", "guest_code", "guest_count") if event.get(name) not in (None, "", [])}
        made["max_event_user"] = service.get("max_event_user")
        if event.get("back_link") is not None:
            made["back_link"] = event["back_link"]
        known = people(client)
        if desired.given.get("members") is not None and desired.control("members_mode") == "replace":
            known.learn(all_of_them=any(str(entry.get("userid")) not in known.names and not entry.get("username") for entry in enrolled))
        made["members"] = [{"username": known.name(entry.get("userid"), entry), "role": entry.get("role"), "userid": entry.get("userid")}
                           for entry in enrolled]
        return made

    # -- checking and writing --------------------------------------------------------------------------------------

    def drift(self, field, current, given, after):
        return "event %s belongs to service %s and cannot move to %s: the vendor has no call for that; remove the event and make it again" % (
            after.get("slug"), current, given)

    def resolve_references(self, client, change, unsure):
        desired = change.desired
        if change.before is not None and "service" in desired.given and self._same_service(change.before, desired.given["service"]):
            change.warnings[:] = [text for text in change.warnings if "cannot move" not in text]
        if change.before is not None and "enabled" in change.fields and change.before.get("status") == "expired":
            change.fields.discard("enabled")
            change.after["enabled"] = change.before["enabled"]
            if desired.given["enabled"]:
                change.warnings.append("event %s has expired with its service; enabled cannot change that" % change.label)
            if not change.fields:
                change.action = UNCHANGED
        if "members" in change.fields:
            known = people(client)
            # A later item of a loop may find its event among what earlier ones read, and name other people.
            known.learn([member["username"] for member in desired.given["members"]])
            unknown = [member["username"] for member in desired.given["members"] if not known.knows(member["username"])]
            if unknown and not unsure:
                error = UsageError("members: there is no user %s" % ", ".join(map(known.near, unknown)), vendor=self.vendor, operation="list users",
                                   code="not_found", hint="Make them first with alocom_user")
                error.missing = unknown
                raise error
            owners: dict = {}
            for name in (member["username"] for member in desired.given["members"]):
                first = owners.setdefault(known.spelled(name), name)
                if first != name:
                    raise UsageError("members: %s and %s are one user of the vendor" % (first, name), vendor=self.vendor, operation="list users",
                                     code="same_object", hint="Name each once")
            if unknown:
                change.warnings.append("user %s does not exist yet; a real run would need it" % ", ".join(unknown))
        if change.before is None and change.changed:
            # Nothing makes a service, so a wrong one is told in check mode too.
            change.service = find_service(client, change.after["service"])
        if "members" in change.fields:
            most = change.service.get("max_event_user") if change.before is None else change.before.get("max_event_user")
            if len(change.after["members"]) > len((change.before or {}).get("members") or ()):
                change.warnings += filter(None, [crowded(change.label, len(change.after["members"]), most)])

    @staticmethod
    def users(client, members):
        known = people(client)
        return [{"userid": member.get("userid") or known.id(member["username"]), "role": member.get("role") or "participant"} for member in members]

    def body(self, client, state, wanted):
        """Return what POST and PATCH carry: the required fields, those of ``wanted``, and whatever else the vendor told, the way it was told."""
        made = {"title": state["title"], "slug": state["slug"], "status": 1 if state.get("enabled") or state.get("status") == "expired" else 0,
                "start_by_admin": 1 if state.get("start_by_admin") else 0, "users": self.users(client, state.get("members") or ())}
        made.update(state.get("told", ()))
        if "guest_access" in wanted:
            made["guest_access"] = 1 if state["guest_access"] else 0
        if "guest_codes" in wanted:
            made["guest_code"] = list(state["guest_codes"])
        if "guest_count" in wanted:
            made["guest_count"] = state["guest_count"]
        if state.get("back_link") is not None:
            made["back_link"] = state["back_link"]
        return made

    def create(self, client, change):
        given = [name for name, value in change.after.items() if value not in (None, [])]
        body = dict(self.body(client, change.after, given), agent_service_id=_whole(
            change.service.get("agentServiceId") or change.service.get("agent_service_id"), "list services", "agent_service_id"))
        if not body["users"]:
            del body["users"]
        answer = client.post("create event", "events", body, Effect.CREATE)
        number, told = made(answer, "event")
        return {"id": number, "alocom_link": word(told.get("alocom_link")), "agent_service_id": body["agent_service_id"],
                "status": word(told.get("status")) or ("active" if body["status"] else "inactive")}

    def update(self, client, change):
        state = change.after
        if "members" not in state or "start_by_admin" not in state:
            state = self.detail(client, dict(change.before, id=self.id_of(client, change)), change.desired)
            state.update({name: change.after[name] for name in change.fields})
        if change.desired.given.get("back_link"):
            # It cannot be read back, so it goes along with whatever else is sent.
            state = dict(state, back_link=change.desired.given["back_link"])
        client.patch("update event", "events/%s/" % self.id_of(client, change), self.body(client, state, change.fields))

    def in_use(self, client, going):
        there = {str(row.get("id")) for row in running_events(client)}
        return ["it is running" if str(change.before["id"]) in there else "" for change in going]

    def delete(self, client, change):
        client.delete("delete event", "events/%s" % self.id_of(client, change))


EVENT = EventResource()
