# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding subscribers, and what the resources that belong to a subscriber share: they name him by ``username`` or by ``user_id``."""

from __future__ import annotations

from .._core.errors import ApiError, NotFoundError, PanelError, UsageError
from .._core.options.check import OptionsError, named_twice, quoted
from .._core.state.resource import Field, Resource
from .._core.text.letters import username_check
from .._core.text.near import proposing
from . import filters
from .client import INVALID, NOT_FOUND, DeltaSibClient, named, required, text

_LENGTH = 32
#: So often a name that was not found is looked for by its first and last letters, so many of them.
_ASKED, _PART = 3, 3


def check_username(value, option="username"):
    """Return a username as it may be sent.

    :raises UsageError: naming the option.
    """
    name = filters.checked(value, option)
    if not name.strip() or name != name.strip() or len(name) > _LENGTH:
        raise UsageError("%s must have 1 to %d characters, none of them a space at the ends: %s" % (option, _LENGTH, quoted(name)), vendor="deltasib",
                         operation="options")
    return name


def user(row):
    """Return a row of the subscribers' list in the user's names."""
    return {"id": required(row, "user_id", "list users"), "username": named(row, "username", "list users"), "name": text(row.get("name")) or "",
            "family": text(row.get("family")) or "", "address": text(row.get("address")) or ""}


def all_users(client, condition=None):
    return [user(row) for row in client.rows("list users", "user", "list", "user_id", Filter=condition)]


def find_users(client, usernames, failed=None):
    """Return ``{username in lower case: user}`` of those that exist; about a hundred are asked for with one request.

    The server takes names of any case as the same. Should it know two that differ in nothing else, the one spelled as asked counts.

    :arg failed: takes ``{username in lower case: error}`` of those of whom nothing could be read; without it, such an error is raised.
    """
    asked = {}
    for name in usernames:
        asked.setdefault(name.lower(), name)
    conditions = {filters.text_is("Username", name, "username"): key for key, name in asked.items()}
    groups = list(filters.grouped(conditions))
    found: dict = {}

    def read(group):
        # When every name asked for has its row, there is nothing more to read.
        return client.rows("find users", "user", "list", "user_id", lambda page: len(page) >= len(group), Filter=filters.any_of(group))
    for group, (rows, error) in zip(groups, client.map(read, groups)):
        if error is not None:
            if failed is None:
                raise error
            failed.update((conditions[condition], error) for condition in group)
            continue
        for row in rows:
            one = user(row)
            key = str(one["username"]).lower()
            if key in asked and (key not in found or one["username"] == asked[key]):
                found[key] = one
    return found


def known_users(client, usernames, failed=None):
    """Return :func:`find_users`, remembering for the client's life who was found (not who was missing)."""
    memory = client.memory.setdefault("users", {})
    missing = [name for name in usernames if name.lower() not in memory]
    if missing:
        memory.update(find_users(client, missing, failed))
    return {name.lower(): memory[name.lower()] for name in usernames if name.lower() in memory}


def not_found(username, client=None):
    """Return the error for a subscriber who is not there, with those who may have been meant.

    :arg client: asks the vendor for names that begin or end like this one, the first few times.
    """
    found = near_users(client, str(username)) if client is not None else []
    return NotFoundError("there is no subscriber %s" % proposing(username, found), vendor="deltasib", operation="find users", code="not_found",
                         hint="deltasib_user makes one; deltasib_user_info lists them")


def near_users(client, username):
    """Return usernames that begin or end like this one: one page of one request."""
    asked = client.memory["near_users"] = client.memory.get("near_users", 0) + 1
    parts = dict.fromkeys((username[:_PART], username[-_PART:]))
    if asked > _ASKED or len(username) < _PART or any(sign in part for part in parts for sign in "%_"):
        return []
    try:
        condition = filters.any_of([filters.text_holds("Username", part, "username") for part in parts])
        rows = client.rows("find users", "user", "list", "user_id", lambda page: True, Filter=condition)
    except PanelError:
        return []
    return [text(row.get("username")) for row in rows]


def ids_of(client, usernames):
    """Return ``{username: id}``.

    :raises NotFoundError: one of them does not exist.
    """
    known = known_users(client, usernames)
    for name in usernames:
        if name.lower() not in known:
            raise not_found(name, client)
    return {name: known[name.lower()]["id"] for name in usernames}


def is_missing(error):
    """Return whether a refusal may mean that there is no such subscriber."""
    return isinstance(error, ApiError) and error.code in (NOT_FOUND, INVALID)


def up_to(most):
    """Return the check that a text has at most so many characters."""
    return lambda text: None if len(text) <= most else "must have %d characters or less" % most


class Number(Field):
    """A whole number kept as a number: any digits and commas as they come."""

    schema = {"type": ["integer", "string"], "minimum": 0}

    def __init__(self, name, **more):
        super().__init__(name, "digits", clearable=False, **more)

    def clean(self, value):
        return filters.whole(value, self.name)

    def normal(self, value):
        return None if value in (None, "") else filters.whole(value, self.name)

    def shown(self, value, given=None, mode=None):
        return value


USERNAME = Field("username", "code", clearable=False, fold=True, check=lambda name: username_check(name) or (check_username(name) and None))
USER_ID = Number("user_id")


class OfSubscriber(Resource):
    """Base of what belongs to a subscriber. ``key`` begins with ``username`` and ``user_id``, of which an item gives one."""

    vendor = "deltasib"
    client = DeltaSibClient
    connection = DeltaSibClient.connection
    reading = "each"
    refers: tuple = ("users",)
    owner: tuple = ("username", "user_id")   #: options of which an item gives exactly one
    rest: tuple = ()                         #: the other options of the key

    def arguments(self):
        made = super().arguments()
        several = made["argument_spec"][self.plural]
        for name in self.owner:
            several["options"][name].pop("required", None)
        several["required_one_of"] = [list(self.owner)]
        several["mutually_exclusive"] = [tuple(self.owner)]
        made["required_one_of"] = [list(self.owner) + [self.plural]]
        made["mutually_exclusive"] += [tuple(self.owner)]
        return made

    def key_check(self, item):
        given = [name for name in self.owner if item.get(name) not in (None, "")]
        if len(given) != 1:
            raise UsageError("give one of %s" % " and ".join(self.owner), vendor=self.vendor, operation="options")
        for name in self.rest:
            if item.get(name) is None or not str(item[name]).strip():
                raise UsageError("%s is required and must not be empty" % name, option=name, vendor=self.vendor, operation="options")

    def key_of(self, thing, parent=None):
        owner = next((name for name in self.owner if thing.get(name) not in (None, "")), self.owner[0])
        return (owner, self.field(owner).normal(thing.get(owner))) + tuple(self.field(name).normal(thing.get(name)) for name in self.rest)

    @staticmethod
    def named(desired):
        """Return the subscriber as the item names him; rows carry it, so that they are found again by the same name."""
        return {name: desired.given[name] for name in ("username", "user_id") if name in desired.given}

    @staticmethod
    def owner_of(thing):
        return str(thing.get("username") or ("user_id %s" % thing["user_id"] if thing.get("user_id") else "?"))

    def label_of(self, thing):
        return " / ".join([self.owner_of(thing)] + [str(thing[name]) for name in self.rest if thing.get(name) not in (None, "")])

    @staticmethod
    def each(client, function, asked, groups):
        """Call ``function`` for the first item of each group, several at once, and return ``[(group, result)]`` of those that worked.

        A failure is its group's own.
        """
        made = []
        for group, (result, error) in zip(groups, client.map(lambda group: function(group[0]), groups)):
            if error is None:
                made.append((group, result))
            else:
                asked.fail(error, group)
        return made

    def parent_check(self, client, desired, unsure):
        if self.is_missing_owner(client, desired) and not unsure:
            raise not_found(self.owner_of(desired.given), client)

    def resolve_references(self, client, change, unsure):
        if change.before is None and self.is_missing_owner(client, change.desired):
            change.warnings.append("there is no subscriber %s yet; a real run would need him" % change.desired.given["username"])

    @staticmethod
    def is_missing_owner(client, desired):
        """Return whether the subscriber was seen not to be there, and no earlier task is known to be about to make him."""
        username = desired.given.get("username", "").lower()
        foretold = client.memory.foretold
        return username in client.memory.get("missing", ()) and not (foretold and username in map(str.lower, foretold.made("users", "username")))

    def owner_exists(self, client, owner):
        """Return whether a subscriber who gave an empty or no answer is there at all; what is named by id was asked for by id."""
        if "username" not in owner or known_users(client, [owner["username"]]):
            return True
        client.memory.setdefault("missing", set()).add(owner["username"].lower())
        return False

    @staticmethod
    def owners(client, wanted, asked=None):
        """Return ``{place: id or None}``: the subscriber of each item, those named by username looked up together.

        :arg asked: hears of whom nothing could be read; they are left out. Without it, that is raised.
        """
        names = [desired.given["username"] for desired in wanted if "username" in desired.given]
        failed: dict | None = None if asked is None else {}
        known = known_users(client, names, failed) if names else {}
        if failed:
            asked.fail_by(failed, lambda desired: [desired.given["username"].lower()] if "username" in desired.given else [], wanted)
        found = {}
        for desired in wanted:
            if failed and desired.given.get("username", "").lower() in failed:
                continue
            if "username" in desired.given:
                one = known.get(desired.given["username"].lower())
                found[desired.place] = one["id"] if one else None
            else:
                found[desired.place] = desired.given["user_id"]
        return found

    def refuse_doubles(self, wanted, identity):
        """Raise UsageError when two items mean the same although they are spelled otherwise: what costs money must happen once.

        :arg identity: returns what an item means, None when that is not known.
        """
        seen: dict = {}
        for desired in wanted:
            meant = identity(desired)
            if meant is None:
                continue
            if meant in seen:
                raise OptionsError([named_twice((self.plural, desired.place), self.name, desired.label, (self.plural, seen[meant]))], vendor=self.vendor)
            seen[meant] = desired.place
