# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of an Alocom account (vendor page, Users): the list knows name, mobile and labels; e-mail and status are in the detail."""

from __future__ import annotations

import re

from .._core.errors import BadAnswerError, NotFoundError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.options.seen import MOBILE, seen_as
from .._core.secrets.file import OPTION
from .._core.state.objects import Whole
from .._core.state.planner import UPDATED, few
from .._core.state.resource import Field, Resource
from .._core.text.letters import digits, normal, username_check
from .._core.text.sms import float_reason
from . import shapes
from .client import AGENTS, AlocomClient, made, word, yes
from .running import running_members

#: Up to so many users are looked up by name, one request each; more are read by pages.
_BY_NAME = 2
_MOBILE = re.compile(r"^0?9\d{9}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")


def local_mobile(value):
    """Return a mobile number as the vendor wants it, with the leading 0, from any of its spellings."""
    number = re.sub(r"[\s().\u200c-]", "", digits(value))
    for prefix in ("+98", "0098", "98"):
        if number.startswith(prefix) and len(number) - len(prefix) >= 10:
            number = number[len(prefix):]
            break
    return "0" + number.lstrip("0") if number else ""


@seen_as(pattern=MOBILE, minimum=9000000000)
def mobile_check(value):
    return None if not value or _MOBILE.match(local_mobile(value)) else float_reason(value) or "must be a mobile number such as 09121234567"


@seen_as(type="string", pattern=_EMAIL.pattern)
def email_check(value):
    return None if not value or _EMAIL.fullmatch(value) else "must be an e-mail address"


@seen_as(minLength=6, minimum=100000)
def password_check(value):
    return None if not value or len(value) >= 6 else "must have 6 characters or more"


class MobileField(Field):
    """A mobile number: any spelling, compared and sent as ``09...``."""

    def clean(self, value):
        return local_mobile(value)

    def normal(self, value):
        return local_mobile(value) if value not in (None, "") else None

    def shown(self, value, given=None, mode=None):
        return self.normal(value) or ""


class UserResource(Resource):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "user"
    plural = "users"
    key = ("username",)
    id_option = "id"
    numbered = True
    fields = (
        Field("username", "code", clearable=False, check=username_check),
        Field("name", clearable=False, required_on_create=True),
        Field("surname", clearable=False, required_on_create=True),
        Field("email", "code", fold=True, detail=True, check=email_check),
        MobileField("cellphone", "digits", check=mobile_check),
        Field("enabled", "bool", detail=True, on_create=True),
        Field("labels", "set"),
        Field("password", "code", clearable=False, write_only=True, resend="update_password", secret=True, check=password_check),
    )
    controls = {"update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}}
    task_options = {
        "secrets_path": OPTION,
        "purge_labels": {"type": "list", "elements": "str"},
        "purge_match": {"type": "str", "choices": ["all", "any"], "default": "all"},
    }
    # More are found by pages, and the next look goes on where the one before stopped.
    shares_from = _BY_NAME + 1
    refers = ("labels",)
    used_by = ("events",)
    keeps_used = True
    purgeable = True
    reveals = ("password",)
    # The document has no password in the create call; it has a call to change it.
    followed_up = frozenset(["password"])
    follow_up_advice = "Run once with update_password: always; later runs leave the password of a user who is there alone"

    # -- options ---------------------------------------------------------------------------------------------------

    def purge_check(self, params):
        if not params.get("purge_labels") or not all(map(normal, params["purge_labels"])):
            raise UsageError("purge: true needs purge_labels: only users carrying all of them are ever removed", vendor=self.vendor, operation="options")

    def in_scope(self, current, params):
        if "unread" in current:
            raise current["unread"]
        carried = {normal(title) for title in current.get("labels") or ()}
        match = any if params.get("purge_match") == "any" else all
        return match(normal(title) in carried for title in params["purge_labels"])

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        wanted, everything = asked.wanted, asked.everything
        if everything or len(wanted) > _BY_NAME:
            missing = {desired.key for desired in wanted if desired.key}
            by_id = any(desired.id for desired in wanted)

            def enough(rows):
                missing.difference_update(self.key_of(row) for row in rows)
                return not missing and not by_id
            rows = client.pages("list users", "users/index", {}, ("users",), shapes.USER, None if everything else enough,
                                missing=None if everything or by_id else missing, place=asked.place, made=lambda row: self.current(client, row, bool(wanted)))
            before = client.memory.setdefault("users before", []) if asked.place is not None else []
            # Whoever asks for all there is gets it whole.
            if everything or by_id or missing:
                return self._marked(rows, before)
            before += rows
            return rows
        found = {}
        for desired, (told, error) in zip(wanted, client.map(lambda desired: self._looked(client, desired), wanted)):
            if error is not None:
                asked.fail(error, [desired])
                continue
            row, lowered = told
            if row is None and lowered:
                # Whether the server lowers usernames, or this is somebody else, shows the whole list alone.
                return self.read(client, asked.of(wanted, True))
            if row is not None:
                found[str(row["id"])] = row
        return [self.current(client, row, True) for row in found.values()]

    def _looked(self, client, desired):
        """Return ``(row, whether somebody is there whose username is this one in small letters)``."""
        if desired.id:
            return self._by_id(client, desired.id), False
        return self._by_name(client, desired)

    def _by_name(self, client, desired):
        """The vendor's filter may match parts of names, so the answer is compared here; it may also look for the very letters."""
        small = self.key_of({"username": desired.key[0].lower()})
        rows: list = []
        for key in dict.fromkeys((desired.key, small)):
            rows += client.pages("find user", "users/index", {"username": key[0]}, ("users",), shapes.USER,
                                 lambda page, key=key: any(self.key_of(row) == key for row in page))
            found = next((row for row in rows if self.key_of(row) == desired.key), None)
            if found is not None or any(self.key_of(row) == small for row in rows):
                return found, found is None
        return None, False

    # -- a server that lowers usernames ----------------------------------------------------------------------------

    @staticmethod
    def _marked(rows, before):
        """Return the rows of the rest of a list, ``lowered`` where no username has a capital: then nothing says that the server tells cases apart.

        :arg before: the rows of its beginning, which earlier items of a loop have read; marked as well.
        """
        lowered = all(row["username"] == str(row["username"]).lower() for part in (before, rows) for row in part)
        for part in (before, rows):
            for row in part:
                row["lowered"] = lowered
        before.clear()
        return Whole(rows)

    def in_any_case(self, row):
        return row.get("lowered", False)

    def meant_in_any_case(self, row, desired):
        """Somebody of two other names may be somebody else: whether a username is taken the vendor says, and nobody is removed for another."""
        names = [self.field(name).same(row.get(name), desired.given[name]) for name in ("name", "surname") if name in desired.given]
        return self._spelled(row) == desired.key[0].lower() and (len(names) < 2 or any(names))

    def as_named(self, row, desired):
        return {"username": desired.item["username"].strip(), "spelled": self._spelled(row)}

    @staticmethod
    def _spelled(state):
        """Return a user's name as the vendor writes it."""
        known = state.get("spelled")
        return known if known is not None and known.casefold() == str(state["username"]).casefold() else state["username"]

    def search(self, client, desired):
        """What the vendor calls taken may be there in another case: to a vendor that folds case it is the same user."""
        found = super().search(client, desired)
        if desired.key is None or any(self.key_of(row) == desired.key for row in found):
            return found
        folded = desired.item["username"].strip().casefold()
        return [dict(row, username=desired.item["username"]) for row in found if str(row["username"]).casefold() == folded]

    @staticmethod
    def _by_id(client, number):
        try:
            return client.detail("get user", "users/%s" % number, shapes.USER, "user")
        except NotFoundError:
            return None

    def current(self, client, row, unread=False):
        """Return a row of the vendor in the user's names, beside them ``held``: the labels as ``[(title, id)]``, an id of None where only titles are told.

        :arg unread: where the titles behind the ids cannot be read, both are left out and the error stands there as ``unread``, for whoever needs them.
        """
        made = {"id": row.get("id"), "username": row.get("username"), "name": row.get("name"), "surname": row.get("surname"),
                "cellphone": row.get("cellphone")}
        try:
            pairs = [(client.foretold_title(title, number), number) for title, number in (self._label(client, label) for label in row.get("labels") or ())]
            # Very many users carry the same few labels: each is kept once.
            held = [client.memory.setdefault(("label", *pair), pair) for pair in pairs]
            made.update(labels=[title for title, _number in held], held=held or ())
        except PanelError as error:
            if not unread or (isinstance(error, BadAnswerError) and error.operation != "label list"):
                raise
            made["unread"] = error
        if row.get("alocom_id"):
            made["alocom_id"] = row["alocom_id"]
        if "status" in row:
            made["enabled"] = yes(row["status"])
        if "email" in row:
            made["email"] = row["email"]
        return made

    @staticmethod
    def _label(client, label):
        """Return ``(title, id)`` of a label in an answer, which may come as an object, a title or an id."""
        if isinstance(label, dict):
            shapes.LABEL_OF_USER.read(label, "read users", client.vendor, "labels")
            number = label.get("id")
            return label.get("title") or label.get("name") or client.label_titles().get(str(number), str(number)), number
        if isinstance(label, int) or (isinstance(label, str) and label.isdigit() and label in client.label_titles()):
            return client.label_titles().get(str(label), str(label)), int(label)
        if not isinstance(label, str):
            raise strange("read users", client.vendor, "a label", label, "labels")
        return label, None

    def detail(self, client, current, desired):
        number = self.identify(client, desired, current)
        row = client.detail("get user", "users/%s" % number, shapes.USER, "user")
        # A detail without one of these is told apart from one that was never read.
        made = dict(self.current(client, dict({"email": None, "status": 1}, **row), True), id=number)
        # As it was found: a server that lowers usernames tells the lowered one here too, and nobody has changed it.
        return dict(made, **{name: current[name] for name in ("username", "spelled") if current.get(name)})

    # -- checking and writing --------------------------------------------------------------------------------------

    def resolve_references(self, client, change, unsure):
        if "unread" in (change.before or {}) and (change.action == UPDATED or (change.after is not None and "labels" in change.desired.given)):
            # An update says which labels the user has, so it needs to know them.
            raise change.before["unread"]
        if "labels" not in change.fields or not change.after.get("labels"):
            return
        known = client.label_ids()
        # Those that the user carries go back by the ids under which they were read.
        carried = {normal(title) for title, number in (change.before or {}).get("held", ()) if number is not None}
        named = [title for title in change.after["labels"] if normal(title) not in carried]
        unknown = [title for title in named if normal(title) not in known]
        if unknown and unsure:
            change.warnings.append("label %s does not exist yet; a real run would need it" % ", ".join(unknown))
        elif unknown:
            raise UsageError("labels: there is no label %s" % client.near_labels(unknown), vendor=self.vendor, operation="label list", code="not_found",
                             hint="Make it first with alocom_label")
        double = [title for title in named if len(known.get(normal(title), ())) > 1]
        if double:
            raise UsageError("labels: more than one label is called %s" % ", ".join(double), vendor=self.vendor, operation="label list", code="ambiguous")

    def body(self, client, state, wanted):
        """Return what POST and PATCH carry: the required fields, the ``wanted`` ones, and whatever else is there, the way it was read.

        So nothing is lost, whether the vendor takes a PATCH for a change or for the whole. What is empty and was not asked for is left out.
        """
        made = {"name": state["name"], "surname": state["surname"], "username": self._spelled(state), "status": 1 if state.get("enabled", True) else 0}
        for name in ("email", "cellphone"):
            if state.get(name) or name in wanted:
                made[name] = state[name] or None
        if made.get("cellphone") and _MOBILE.match(local_mobile(made["cellphone"])):
            # The one spelling that the vendor takes; a number that is none goes back untouched.
            made["cellphone"] = local_mobile(made["cellphone"])
        if state.get("labels") or "labels" in wanted:
            carried = self._carried(client, state)
            if carried is not None:
                made["labels"] = [number for _title, number in carried]
        return made

    @staticmethod
    def _carried(client, state):
        """Return ``[(title, id)]`` of ``state["labels"]``: those in ``held`` as they were read, others by their titles.

        None when a label that is held was told by a title that several have: nobody knows which one it is.
        """
        wanted = dict.fromkeys(map(normal, state["labels"]))
        carried = [(title, number) for title, number in state.get("held", ()) if number is not None and normal(title) in wanted]
        for title, _number in carried:
            wanted.pop(normal(title), None)
        known = client.label_ids() if wanted else {}
        if any(len(known.get(title, ())) > 1 for title in wanted):
            return None
        return carried + [(title, known[title][0]) for title in wanted if title in known]

    def create(self, client, change):
        body = {name: value for name, value in self.body(client, change.after, ()).items() if value not in (None, [])}
        answer = client.labelled(body, "labels", lambda told: client.post("create user", "users", told, Effect.CREATE))
        number, told = made(answer, "user")
        outcome = {"id": number}
        if not change.after.get("password"):
            outcome["password"] = word(answer.get("password")) or word(told.get("password"))
            if not outcome["password"]:
                change.warnings.extend(self.lost_with_answer(change))
        return outcome

    def follow_up(self, client, change):
        number = change.outcome.get("id")
        if number is None:
            row = self._by_name(client, change.desired)[0] or next(iter(self.search(client, change.desired)), None)
            if row is None:
                raise PanelError("the user was made, but is not in the list of users; the password is the vendor's choice", vendor=self.vendor,
                                 operation="find user", code="not_found")
            number = change.outcome["id"] = row["id"]
        self.set_password(client, number, change.after["password"])

    def update(self, client, change):
        state = change.after
        number = self.id_of(client, change)
        if "enabled" not in change.before or "email" not in change.before:
            state = dict(self.detail(client, dict(change.before, id=number), change.desired), **{name: state[name] for name in change.fields if name in state})
        if change.fields - {"password"}:
            client.labelled(self.body(client, state, change.fields), "labels", lambda told: client.patch("update user", "users/%s" % number, told))
            if "labels" in change.fields:
                change.after["held"] = self._carried(client, state) or []
        if "password" in change.fields:
            self.set_password(client, number, change.after["password"])
        return {"id": number}

    def lost_with_answer(self, change):
        if change.desired.given.get("password"):
            return []
        return ["the answer that made user %s was lost or empty, and with it the password that the vendor chose; set one with password and "
                "update_password: always" % change.label]

    def set_password(self, client, number, password):
        def send():
            # The document does not show the answer of this call. A page or a text of whoever stands before the server is none: it would
            # leave the user with the vendor's password, and nobody would know.
            client.call("change password", "PATCH", "%susers/%s/password-change" % (AGENTS, number), Effect.REPLACE, (dict, list, type(None)),
                        payload={"password": password, "password_confirmation": password})
        try:
            send()
        except UnknownOutcome as lost:
            # Setting the same password again is harmless, and nothing can be read back.
            if not lost.settled:
                raise
            send()

    def in_use(self, client, going):
        """The vendor keeps a user who is in an event now (vendor page, Users). Nearer than "a member of an event that is running" nothing tells it."""
        inside: dict = {}
        for event, number, names in running_members(client):
            for key in [("id", str(member)) for member in number] + [("name", name) for name in names]:
                inside.setdefault(key, []).append(event)
        found = (inside.get(("id", str(change.before["id"])), []) + inside.get(("name", normal(change.before["username"]).casefold()), []) for change in going)
        return [events and "event %s is running, and has this member" % few(events, 5) for events in found]

    def delete(self, client, change):
        client.delete("delete user", "users/%s" % self.id_of(client, change), lambda answer: answer.get("username"))


USER = UserResource()
