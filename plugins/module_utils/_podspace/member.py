# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People of an organization space (services 12 to 15)."""

from __future__ import annotations

from .._core.errors import UsageError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.state.planner import CREATED, DELETED
from .._core.state.resource import Field, Resource
from .._core.text.letters import normal
from .._core.text.near import proposing
from . import names
from .client import PodspaceClient
from .fields import ToldField
from .names import pick
from .persons import PersonField, hidden_from, identities, identity, of_row, sent

ROLES = ("guest", "maintainer", "owner")


def members_of(client, organization):
    """Return the people of a space in the user's words."""
    found = []
    for row in client.listing("get_list_of_collaborator", _who, hash=organization["hash"]):
        person = of_row(row, "get_list_of_collaborator")
        found.append(dict(person, role=role_of(row, "get_list_of_collaborator")))
    return found


def _who(row):
    return tuple(identities(of_row(row, "get_list_of_collaborator")))


def role_of(row, operation):
    """Return the role that a row tells, in lower case, or None."""
    found = pick(row, names.ROLE)
    if isinstance(found, (dict, list)):
        raise strange(operation, "podspace", "a role", found)
    return str("" if found is None else found).lower() or None


class MemberResource(Resource):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection
    name = "member"
    module = "podspace_organization_member"
    plural = "members"
    key = ("organization", "person")
    parents = ("organization",)
    reading = "list"
    public = ("username", "organization_hash")
    refers = ("organizations",)
    purgeable = True
    fields = (
        Field("organization", clearable=False),
        PersonField("person", "code", clearable=False),
        ToldField("role", "choice", choices=ROLES, clearable=False, on_create="guest"),
    )

    def prepare(self, client, asked):
        client.need("get_user_organizations", "get_list_of_collaborator")
        for desired in asked.wanted:
            if desired.state == "present":
                client.need("add_user_to_organization", *(["edit_user_role"] if "role" in desired.given else []))
            else:
                client.need("remove_user_from_organization")
        if asked.purge:
            client.need("remove_user_from_organization")

    def purge_check(self, params):
        if not params.get("organization"):
            raise UsageError("purge: true needs organization at the top of the task: only people of one space are ever removed", vendor=self.vendor,
                             operation="options")

    def in_scope(self, current, params):
        return normal(current["organization"]) == normal(params["organization"]) and current.get("role") != "owner"

    def keys_of(self, thing):
        found = identities(thing)
        own = self.key_of(thing)
        return [own] + [(own[0], name) for name in found if name != own[1]]

    def read(self, client, asked):
        spaces = {normal(text): text for text in [desired.item["organization"] for desired in asked.wanted] + [asked.options.get("organization")] if text}
        # Without the list of spaces none of them can be read.
        client.organizations(spaces.values())

        def read(spelled):
            space = client.organization(spelled, spaces.values())
            # Nobody knows yet who will be in a space that is only foretold.
            return space, members_of(client, space) if space is not None and space["hash"] is not None else []
        found = []
        for spelled, (told, error) in zip(spaces.values(), client.map(read, spaces.values())):
            those = [desired for desired in asked.wanted if normal(desired.item["organization"]) == normal(spelled)]
            if error is not None:
                # What is wrong with one space is no reason to leave the people of the others.
                asked.fail(error, those)
                continue
            space, people = told
            if space is None:
                self._no_space(client, spelled, those)
                continue
            self._check_hidden(asked, people, those)
            found += [dict(person, organization=spelled, person=person.get("username") or person.get("mobile") or person.get("email"),
                           organization_hash=space["hash"]) for person in people]
        return found

    def _no_space(self, client, spelled, those):
        """A space that is not there has nobody to remove. To add somebody, it must be there: each of its people says so."""
        if not those and not client.transport.check_mode:
            raise self._missing(client, spelled)

    def _missing(self, client, spelled):
        named = proposing(spelled, [row["name"] for row in client.organizations()])
        return UsageError("there is no organization %s among those of the account" % named, vendor=self.vendor, operation="get_user_organizations",
                          code="not_found", hint="Make it first with podspace_organization")

    def _check_hidden(self, asked, people, wanted):
        """Refuse to remove anybody while a person of the list cannot be told from those who are there."""
        shown = {name for person in people for name in identities(person)}
        for desired in wanted:
            text = desired.item["person"]
            if identity(text) in shown or not hidden_from(text, people):
                continue
            if desired.state == "absent" or asked.purge:
                desired.problem = UsageError("%s may be one of the people of the space: the vendor tells only their usernames" % text, vendor=self.vendor,
                                             operation="get_list_of_collaborator", code="ambiguous", hint="Give person as the username")

    def resolve_references(self, client, change, unsure):
        if change.action == CREATED:
            space = client.organization(change.after["organization"])
            change.after["organization_hash"] = space["hash"] if space else None
            if space is None and not unsure:
                raise self._missing(client, change.after["organization"])
            if space is None:
                change.warnings.append("organization %s does not exist yet; a real run would need it" % change.after["organization"])
        if change.action == DELETED and change.before.get("role") == "owner":
            raise UsageError("%s is an owner of %s; owners are never removed" % (change.label, change.before["organization"]), vendor=self.vendor,
                             operation="options", code="owner", hint="Give the person another role first if the vendor allows it")

    def create(self, client, change):
        client.service("add_user_to_organization", Effect.CREATE, hash=change.after["organization_hash"], person=sent(change.after["person"]),
                       role=change.after["role"].upper())

    def update(self, client, change):
        client.service("edit_user_role", Effect.REPLACE, hash=change.before["organization_hash"], person=sent(change.before["person"]),
                       role=change.after["role"].upper())

    def delete(self, client, change):
        client.service("remove_user_from_organization", Effect.REPLACE, hash=change.before["organization_hash"], person=sent(change.before["person"]))


MEMBER = MemberResource()
