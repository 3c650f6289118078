# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares of folders and files, with one person or with everybody (services 1 to 7).

The vendor has no call that changes a share, and refuses a second one with the same person (204), so a change of level or day is: remove, then
share again. What is certain to be refused (a day that is past) is told before the first of these. When the second is refused or lost, the
first is put back as it was; when that fails too, the error says who has lost which access. A public share gets its password only after it
is there. As nobody can read a password, a change asks for it (or for an empty one, said on purpose): without it the new share would be open. When the
password cannot be set, the new share is taken away again: then nobody can open it, which is the safe side.
"""

from __future__ import annotations

from .._core.errors import ApiError, ConflictError, NotFoundError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import Shape, strange
from .._core.http.transport import Effect
from .._core.state.lost import looks
from .._core.state.planner import CREATED, DELETED, UNCHANGED, UPDATED, Index
from .._core.state.resource import Field, Resource
from . import fields, names
from .client import PodspaceClient
from .names import pick
from .persons import PersonField, hidden_from, identities, identity, of_row, sent

_PUBLIC = "public"

SHARE = Shape(texts=names.SHARE_HASH, values=(*names.LEVEL, *names.EXPIRATION, *names.HAS_PASSWORD))


class _Settled(ApiError):
    """What is the case now is in the message; nobody shall look or try again."""


def current(row, parent, asked, operation):
    """Return a share of the vendor in the user's words; ``inherited_from`` is the hash of the folder above that it belongs to."""
    entity: dict = next((row[name] for name in names.ENTITY if isinstance(row.get(name), dict)), {})
    owner = pick(entity, names.HASH) or pick(row, names.ENTITY_HASH)
    if owner is not None and (isinstance(owner, bool) or not isinstance(owner, (str, int))):
        raise strange(operation, "podspace", "the hash of what is shared", owner, "a share")
    owner = owner if owner is None else str(owner)
    if entity and asked is not None and owner is None:
        # Whether it belongs to a folder above, nobody could tell.
        raise strange(operation, "podspace", "the hash of what is shared", entity, "a share")
    owner = owner or asked
    made = {"id": pick(row, names.SHARE_HASH), "share_hash": pick(row, names.SHARE_HASH), parent: asked, "expiration": fields.told(pick(row, names.EXPIRATION)),
            "inherited_from": owner if owner != asked else None}
    if url_of(row):
        made["url"] = url_of(row)
    SHARE.read(row, operation, "podspace")
    level = pick(row, names.LEVEL)
    if level is not None:
        made["level"] = str(level).lower()
    protected = pick(row, names.HAS_PASSWORD)
    if protected is not None:
        made["has_password"] = bool(protected)
    if is_public(row):
        made["public"] = True
    else:
        made.update(of_row(row, operation))
        made["person"] = made.get("username") or made.get("mobile") or made.get("email")
    return made


def is_entity(row):
    """Return whether a row of "shared with me" is a folder or file by itself and not a share: it has a name and says neither what nor whom it shares."""
    of_share = names.ENTITY_HASH + names.PERSON + names.USERNAME + ("isPublic",)
    if any(row.get(name) is not None for name in of_share) or any(isinstance(row.get(name), dict) for name in names.ENTITY):
        return False
    return isinstance(row.get("hash"), str) and pick(row, names.NAME) is not None and str(row.get("type")).upper() not in ("PUBLIC", "PRIVATE")


def kind_of(media):
    """Return ``folder`` or ``file`` for the type of an entity, None when it is not told."""
    return ("folder" if media == names.FOLDER_TYPE else "file") if media else None


def shown_entity(row, operation):
    """Return such a row in the user's words: its hash is that of the folder or file; no share of it is told (page 1.6)."""
    SHARE.read(row, operation, "podspace")
    made = {"share_hash": pick(row, ("shareHash",)), "public": False, "expiration": fields.told(pick(row, names.EXPIRATION)), "entity_hash": row["hash"],
            "entity_name": pick(row, names.NAME), "entity_kind": kind_of(row.get("type"))}
    level = pick(row, names.LEVEL)
    return made if level is None else dict(made, level=str(level).lower())


def url_of(told):
    """Return the address of a share, where the vendor tells one."""
    return next((told[name] for name in names.SHARE_LINK if isinstance(told.get(name), str) and told[name].startswith(("http://", "https://"))), None)


def is_public(row):
    if isinstance(row.get("type"), str) and row["type"].upper() in ("PUBLIC", "PRIVATE"):
        return row["type"].upper() == "PUBLIC"
    return row.get("isPublic") in (True, "true", 1)


class ShareResource(Resource):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection
    name = "share"
    plural = "shares"
    reading = "list"
    # The same person is refused (204); nothing says so of a second public share.
    on_lost_create = "look"
    public = ("share_hash", "username", "url")
    purgeable = True
    controls = {"update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}}

    share_operation: str
    password_operation: str
    list_operation: str

    def __init__(self, parent):
        self.parent = parent
        self.key = (parent, "person", "public")
        self.parents = (parent,)
        self.fields = (
            Field(parent, "code", clearable=False),
            PersonField("person", "code", clearable=False),
            fields.KeyField("public", "bool"),
            fields.ToldField("level", "choice", choices=("view", "edit"), clearable=False),
            fields.DayField("expiration"),
            Field("password", "code", write_only=True, resend="update_password", secret=True),
        )

    # -- options -----------------------------------------------------------------------------------------------------

    def arguments(self):
        made = super().arguments()
        entry = made["argument_spec"]["shares"]
        for name in ("person", "public"):
            entry["options"][name].pop("required", None)
        entry["required_one_of"] = [("person", "public")]
        made["required_one_of"] = [("person", "public", "shares")]
        return made

    def key_of(self, thing, parent=None):
        return (str(thing.get(self.parent) or "").strip(), _PUBLIC if thing.get("public") else identity(thing.get("person") or ""))

    def keys_of(self, thing):
        own = self.key_of(thing)
        return [own] + [(own[0], name) for name in identities(thing) if name != own[1] and not thing.get("public")]

    def label_of(self, thing):
        who = "public" if thing.get("public") else thing.get("person") or "?"
        return "%s / %s" % (thing.get(self.parent) or "?", who)

    def key_check(self, item):
        if not str(item.get(self.parent) or "").strip():
            raise self._usage("%s is required and must not be empty" % self.parent, option=self.parent)
        if bool(str(item.get("person") or "").strip()) == bool(item.get("public")):
            raise self._usage("give either person or public: true")

    def item_check(self, item):
        if item.get("password") is not None and not item.get("public"):
            raise self._usage("password is for a public share only")
        if item.get("password") == "" and item.get("update_password") == "always":
            raise self._usage("a password can be changed but not taken off", "Remove the share and share again without password")

    def purge_check(self, params):
        if not params.get(self.parent):
            raise self._usage("purge: true needs %s at the top of the task: only shares of one are ever removed" % self.parent)

    def in_scope(self, current, params):
        return current[self.parent] == params[self.parent].strip()

    def _usage(self, message, hint=None, **more):
        return UsageError(message, vendor=self.vendor, operation=more.pop("operation", "options"), hint=hint, **more)

    def prepare(self, client, asked):
        client.need(self.list_operation)
        if asked.purge:
            client.need("remove_share")
        for desired in asked.wanted:
            if desired.state == "absent":
                client.need("remove_share")
                continue
            client.need(self.share_operation)
            if "level" in desired.given or "expiration" in desired.given:
                client.need("remove_share")
            if desired.given.get("password"):
                # To be taken away again when its password cannot be set.
                client.need(self.password_operation, "remove_share")

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        those: dict = {}
        for desired in asked.wanted:
            those.setdefault(desired.item[self.parent].strip(), []).append(desired)
        if asked.options.get(self.parent):
            those.setdefault(asked.options[self.parent].strip(), [])
        found = []
        for place, (listed, error) in zip(those, client.map(lambda place: self._listed(client, place, those[place], asked), those)):
            if error is not None:
                asked.fail(error, those[place])
            else:
                found += listed
        return found

    def _listed(self, client, place, those, asked):
        try:
            rows = client.listing(self.list_operation, lambda row: names.told_apart(row, names.SHARE_HASH), **{self.parent: place})
        except NotFoundError:
            if not those or any(desired.state != "absent" for desired in those) or asked.purge:
                raise
            client.memory[("gone", place)] = True
            return []
        shares = [current(row, self.parent, place, self.list_operation) for row in rows]
        # An index, made once: every change of the place looks into it.
        client.memory[("inherited", place)] = Index(self, [share for share in shares if share["inherited_from"]])
        direct = [share for share in shares if not share["inherited_from"]]
        people = [share for share in direct if not share.get("public")]
        shown = {name for share in people for name in identities(share)}
        for desired in those:
            text = desired.item.get("person")
            if text and identity(text) not in shown and hidden_from(text, people) and (desired.state == "absent" or asked.purge):
                asked.fail(self._usage("%s may be one of those it is shared with: the vendor tells only their usernames" % text,
                                       "Give person as the username", operation=self.list_operation, code="ambiguous"), [desired])
        return direct

    # -- checking ----------------------------------------------------------------------------------------------------

    def resolve_references(self, client, change, unsure):
        if change.desired is None:
            return
        place = change.desired.item[self.parent].strip()
        if client.memory.get(("gone", place)):
            change.warnings.append("the vendor finds no %s %s, so there is nothing to remove" % (self.parent.split("_", 1)[0], place))
        inherited = client.memory.get(("inherited", place))
        above = None if inherited is None else inherited.by_key.get(change.desired.key)
        if above and change.action in (CREATED, DELETED, UNCHANGED) and (change.after is None or change.action == CREATED):
            change.warnings.append("%s also has access through a share of the folder %s above, which is left alone" % (
                change.label, ", ".join(share["inherited_from"] for share in above)))
        if change.action == CREATED:
            change.after[self.parent] = place
            if change.after.get("person") and change.after.get("level") is None:
                change.after["level"] = "view"
        if change.action == UNCHANGED and change.before is not None and "level" in change.desired.given and "level" not in change.before:
            change.warnings.append("the vendor does not tell the level of %s, so it was not compared" % change.label)
        if change.action in (CREATED, UPDATED):
            self._check_day(change)
        if change.action == UPDATED and change.fields - {"password"}:
            self._check_password(change)
            self._check_level(change)

    def _check_day(self, change):
        day = change.after.get("expiration")
        if day and (change.action == CREATED or change.fields - {"password"}) and day < fields.today().isoformat():
            raise self._usage("expiration %s is past, and the vendor would refuse it; nothing was changed" % day,
                              "To end a share now, give state: absent")

    def _check_password(self, change):
        """The share would be made anew: without its password it would be open to everybody."""
        if change.before.get("public") and change.desired.given.get("password") is None and change.before.get("has_password") is not False:
            raise self._usage(
                "%s of a public share can only be changed by sharing again, and its password, if it has one, cannot be read" % " and ".join(
                    sorted(change.fields)),
                "Give password (the new share gets it), or password: \"\" if the share shall have none", code="password_needed")

    def _check_level(self, change):
        """The share is made anew with the level it has; one that the vendor does not tell must be given."""
        if change.before.get("level") is None:
            change.after["level"] = change.desired.given.get("level")
            if change.after["level"] is None and not change.before.get("public"):
                raise self._usage("expiration can only be changed by sharing again, and the vendor does not tell the level of this share", "Give level",
                                  code="level_needed")

    # -- writing -----------------------------------------------------------------------------------------------------

    def create(self, client, change):
        if change.after.get("password"):
            return self._share_protected(client, change.after, change.after["password"])
        return self._made(self._share(client, change.after))

    def update(self, client, change):
        if not change.fields - {"password"}:
            if change.after["password"]:
                self._set_password(client, change.after[self.parent], change.after["password"])
            return {}
        return self._replace(client, change)

    def delete(self, client, change):
        self._remove(client, self.id_of(client, change))

    def id_of(self, client, change):
        return change.before.get("share_hash") or super().id_of(client, change)

    def _share(self, client, state):
        public = bool(state.get("public"))
        return client.service(
            self.share_operation, Effect.CREATE, person=None if public else sent(state["person"]), public=True if public else None,
            level=state.get("level"), expiration=state.get("expiration") or None, **{self.parent: state[self.parent]}).payload

    @staticmethod
    def _made(payload):
        found = pick(payload, names.SHARE_HASH) if isinstance(payload, dict) else payload
        return {"share_hash": found if isinstance(found, str) else None, "url": url_of(payload) if isinstance(payload, dict) else None}

    @staticmethod
    def _remove(client, share_hash):
        client.service("remove_share", Effect.REPLACE, share_hash=share_hash)

    def _set_password(self, client, place, password):
        for last in (False, True):
            try:
                client.service(self.password_operation, Effect.REPLACE, password=password, **{self.parent: place})
                return
            except UnknownOutcome as lost:
                # Nothing can be read back, and setting the same password again is harmless.
                if last or not lost.settled:
                    raise

    def _find(self, client, state):
        """Return the direct share with these people as it is now, or None."""
        rows = client.listing(self.list_operation, lambda row: names.told_apart(row, names.SHARE_HASH), **{self.parent: state[self.parent]})
        found = [share for share in (current(row, self.parent, state[self.parent], self.list_operation) for row in rows) if not share["inherited_from"]]
        return next(iter(Index(self, found).by_key.get(self.key_of(state), ())), None)

    def _share_surely(self, client, state):
        """Share, and after a lost answer look until it is known whether it is there; return its hash and address."""
        for last in (False, True):
            try:
                return self._made(self._share(client, state))
            except UnknownOutcome as lost:
                for _look in looks(client, lost.settled):
                    try:
                        found = self._find(client, state)
                    except PanelError:
                        raise lost from None
                    if found is not None:
                        return self._there(found)
                # The vendor refuses the same person a second time (204); of a second public share nothing is known.
                if last or (state.get("public") and not lost.settled):
                    raise
            except ConflictError:
                # The answer that was lost had done it after all.
                found = self._find(client, state) if last else None
                if found is None:
                    raise
                return self._there(found)
        return {}

    @staticmethod
    def _there(found):
        return {"share_hash": found["share_hash"], "url": found.get("url")}

    def _share_protected(self, client, state, password):
        """Make a public share with a password, or none at all."""
        place = state[self.parent]
        made: dict = {}
        try:
            made = self._share_surely(client, state)
        except UnknownOutcome as lost:
            # It may appear later, and then it would be open.
            self._close(client, state, None, lost, "nobody knows whether the public share was made")
        try:
            self._set_password(client, place, password)
        except PanelError as error:
            self._close(client, state, made.get("share_hash"), error, "the password could not be set")
        return made

    def _close(self, client, state, share_hash, error, why):
        """Take a public share without its password away again and raise what happened."""
        try:
            if share_hash is None:
                found = self._find(client, state)
                share_hash = found["share_hash"] if found else None
            if share_hash is not None:
                self._remove(client, share_hash)
        except NotFoundError:
            pass
        except PanelError as second:
            there = self._left(client, state, share_hash, second)
            if there is False:
                raise self._told(error, "%s, so the share was taken away again; it is not shared publicly now" % why, "Run again", "not_shared",
                                 undone=True) from None
            open_now = "%s OPEN TO EVERYBODY WITHOUT A PASSWORD" % ("IS" if there else "MAY BE")
            raise self._told(error, "%s, and taking the share away failed too (%s): %s %s" % (why, second.message, self.label_of(state), open_now),
                             "Remove the public share at once, with state: absent or in the panel", "public_open") from None
        if share_hash is None and isinstance(error, UnknownOutcome) and not error.settled:
            raise self._told(error, "%s; it is not there now, but it MAY APPEAR YET, OPEN TO EVERYBODY WITHOUT A PASSWORD" % why,
                             "Run again in a moment, or look in the panel and remove it", "public_open") from None
        raise self._told(error, "%s, so the share was taken away again; it is not shared publicly now" % why, "Run again", "not_shared", undone=True) from None

    def _left(self, client, state, share_hash, error):
        """Say whether a public share is there after its removal failed; None when nobody knows."""
        if share_hash is None or not isinstance(error, UnknownOutcome):
            return True if share_hash else None
        try:
            found = self._find(client, state)
        except PanelError:
            return None
        # What was given up may still be carried out.
        return False if found is None else True if error.settled else None

    def _told(self, error, more, hint, code, undone=False):
        """Return an error that tells what is the case now.

        :arg undone: that is what was the case before.
        """
        told = _Settled("%s: %s" % (error.message, more), vendor=self.vendor, operation=error.operation, http_status=error.http_status,
                        code=error.code if error.code not in (None, "outcome_unknown") else code, name=error.name or code, hint=hint)
        told.undone = undone
        return told

    def _replace(self, client, change):
        """Remove and share again; see the top of this file for the order."""
        before, after = change.before, change.after
        try:
            self._remove(client, self.id_of(client, change))
        except NotFoundError:
            pass
        except UnknownOutcome as lost:
            if self._still_there(client, before, lost):
                raise
        password = change.desired.given.get("password") if before.get("public") else None
        try:
            if password:
                return self._share_protected(client, after, password)
            return self._share_surely(client, after)
        except _Settled as settled:
            settled.undone = False  # the one before it is gone
            raise
        except PanelError as error:
            return self._put_back(client, change, error, password)

    def _still_there(self, client, state, lost):
        try:
            return self._find(client, state) is not None
        except PanelError:
            raise lost from None

    def _is_as(self, there, wanted):
        return there is not None and all(field.same(there.get(field.name), wanted.get(field.name)) for field in self.managed() if not field.secret)

    def _put_back(self, client, change, error, password):
        """Restore the share as it was and raise what happened, unless the new one is there after all."""
        before = dict(change.before)
        if before.get("level") is None:
            before["level"] = change.after.get("level")
        had = "%s%s" % (before.get("level") or "access", ", until %s" % before["expiration"] if before.get("expiration") else "")
        kept = had + (", with the password of this task" if password else "")
        again = "Run again; until then it is not shared"
        if before.get("expiration") and before["expiration"] < fields.today().isoformat():
            raise self._told(error, "%s was removed to be made anew; it had ended on %s" % (change.label, before["expiration"]), again, "not_shared") from None
        try:
            there = self._find(client, before)
            if self._is_as(there, change.after):
                return self._there(there)
            if there is None:
                if password:
                    self._share_protected(client, before, password)
                else:
                    self._share_surely(client, before)
                if isinstance(error, UnknownOutcome):
                    # The first request may have come through after all, before this one.
                    there = self._find(client, before)
                    if self._is_as(there, change.after):
                        return self._there(there)
        except PanelError as second:
            raise self._told(error, "%s was removed to be made anew and could not be put back (%s): it had %s, and IS NOT SHARED NOW" % (
                change.label, second.message, had), again, "not_shared") from None
        raise self._told(error, "%s was put back as it was before (%s)" % (change.label, kept), error.hint, "not_changed", undone=True) from None


class FolderShareResource(ShareResource):
    module = "podspace_folder_share"
    share_operation, password_operation, list_operation = "share_folder", "set_folder_password", "get_folder_shares_list"


class FileShareResource(ShareResource):
    module = "podspace_file_share"
    share_operation, password_operation, list_operation = "share_file", "set_password", "get_file_shares_list"


FOLDER_SHARE = FolderShareResource("folder_hash")
FILE_SHARE = FileShareResource("file_hash")
