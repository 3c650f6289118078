# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's own profile (vendor page, Own profile). The document does not show what reading it answers."""

from __future__ import annotations

import os

from .._core.errors import ApiError, AuthError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import reading
from .._core.http.transport import Effect
from .._core.options.check import OptionsError
from .._core.secrets.redact import MASK
from .._core.state.resource import Field
from .._core.state.results import Failed, failure
from .._core.task.job import Job
from . import shapes
from .client import AGENTS, AlocomClient, one, word, yes
from .user import MobileField, email_check, mobile_check, password_check

_PICTURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_MOST_BYTES = 20 * 1024 * 1024
_SHOWN = ("id", "username", "name", "surname", "email", "cellphone", "enabled")
_PASSWORDS = (Field("password", clearable=False, secret=True, check=password_check), Field("current_password", clearable=False, secret=True))
_PLACES = ("data", "profile", "agent", "user")


def profile_of(answer):
    """Return the profile in an answer: the mapping with the most known fields, at the top or in one of the usual places."""
    level = [answer]
    found: list = [{}]
    for _depth in range(4):
        level = [part[0] if isinstance(part, list) and len(part) == 1 else part for part in level]
        level = [part for part in level if isinstance(part, dict)]
        found += level
        level = [part[name] for part in level for name in _PLACES if name in part]
    names = ("name", "surname", "username", "email", "cellphone", "status")
    best = max(found, key=lambda part: (sum(part.get(name) is not None for name in names), sum(name in part for name in names)))
    shapes.PROFILE.read(best, "get profile", "alocom")
    made = {name: best[name] for name in ("id", "name", "surname", "username", "email", "cellphone", "avatar") if name in best}
    if best.get("status") is not None:
        made["enabled"] = yes(best["status"])
    return made


class Profile(Job):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "profile"
    fields = (
        Field("name", clearable=False),
        Field("surname", clearable=False),
        Field("username", "code", clearable=False),
        Field("email", "code", fold=True, check=email_check),
        MobileField("cellphone", "digits", check=mobile_check),
        Field("enabled", "bool"),
    )
    options = dict(
        {field.name: field.argument() for field in fields}, avatar={"type": "path"},
        password={"type": "str", "no_log": True}, current_password={"type": "str", "no_log": True})
    constraints = {
        "required_one_of": [tuple(options)[:-1]],
        "required_together": [("password", "current_password")],
    }

    # -- options ---------------------------------------------------------------------------------------------------

    def check(self, params):
        problems: list = []
        for field in self.fields + _PASSWORDS:
            value = params.get(field.name)
            if value is not None:
                problems += field.mistakes(value if str(value).strip() else "", (field.name,))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)
        if params.get("avatar") is not None:
            self.picture(params["avatar"])

    def _refuse(self, message):
        return UsageError(message, vendor=self.vendor, operation="options")

    def picture(self, path):
        """Return ``(name, content, media)`` of a picture that the vendor takes."""
        name = os.path.basename(path)
        kind = name.rpartition(".")[2].lower() if "." in name else ""
        if kind not in _PICTURES:
            raise self._refuse("avatar: %s must end in .jpeg, .jpg or .png" % path)
        try:
            with open(path, "rb") as handle:
                content = handle.read(_MOST_BYTES + 1)
        except OSError as error:
            raise self._refuse("avatar: %s cannot be read: %s" % (path, error.strerror)) from None
        if len(content) > _MOST_BYTES:
            raise self._refuse("avatar: %s has more than %d MB" % (path, _MOST_BYTES // 2 ** 20))
        if not content.startswith(_PICTURES[kind]):
            raise self._refuse("avatar: %s is not a %s picture, whatever its name says" % (path, "png" if kind == "png" else "jpeg"))
        return name, content, _MEDIA[kind]

    # -- the job ---------------------------------------------------------------------------------------------------

    def work(self, client, params, host):
        host.redactor.add(params.get("password"), params.get("current_password"))
        before = self.read(client)
        given = {field.name: field.clean(params[field.name]) for field in self.fields if params.get(field.name) is not None}
        unread = [name for name in given if name not in before]
        changes = {field.name: given[field.name] for field in self.fields
                   if field.name in given and (field.name in unread or not field.same(before[field.name], given[field.name]))}
        result = self.result(params, before, given, changes)
        if unread:
            result["warnings"] = ["the vendor's answer does not tell %s, so it cannot be compared: it is sent and counts as a change" % ", ".join(unread)]
        if host.check_mode or not result["changed"]:
            return result
        done: list = []
        options = client.options
        client.options = dict(options)
        try:
            self.write(client, params, before, changes, result, done)
        except PanelError as error:
            failed = failure(self.vendor, "alocom_profile", error, client, host)
            if done:
                failed.update(changed=True, msg="%s (%s was changed before that)" % (failed["msg"], ", ".join(done)))
            raise Failed(failed) from None
        finally:
            client.options = options
            if "username" in changes or params.get("password"):
                # What is kept under the old credentials ends with them.
                client.forget_token()
        return result

    def write(self, client, params, before, changes, result, done):
        """Send everything; what breaks the login in use comes last."""
        if params.get("avatar") is not None:
            result["avatar_path"] = self.send_avatar(client, params["avatar"])
            done.append("avatar")
        if changes:
            self.send_fields(client, changes)
            done.append(", ".join(changes))
        if params.get("password"):
            # Without credentials of its own the task can still log in as the account that it is about.
            client.options["api_username"] = client.options.get("api_username") or params.get("username") or before.get("username")
            client.options["api_password"] = client.options.get("api_password") or params["current_password"]
            self.send_password(client, params["current_password"], params["password"])
            done.append("password")

    @staticmethod
    def read(client):
        with reading(client):
            return profile_of(client.get("get profile", "profile", (dict, list)))

    def result(self, params, before, given, changes):
        after = dict(before, **changes)
        shown_before = {name: self.shown(name, before[name]) for name in given if name in before}
        shown_after = {name: self.shown(name, after[name]) for name in given}
        result = {"changed": bool(changes), "profile": {name: after.get(name) for name in _SHOWN}}
        if params.get("avatar") is not None:
            result.update(changed=True, avatar_path=None)
            shown_after["avatar"] = "%s (sent)" % os.path.basename(params["avatar"])
        if params.get("password"):
            result["changed"] = True
            shown_before["password"] = MASK
            shown_after["password"] = MASK + " (changed)"
        result["diff"] = {"before": shown_before, "after": shown_after, "before_header": "alocom_profile (before)", "after_header": "alocom_profile (after)"}
        return result

    def shown(self, name, value):
        return next(field for field in self.fields if field.name == name).shown(value)

    # -- one write each --------------------------------------------------------------------------------------------

    def send_avatar(self, client, path):
        """Send the picture and return where the vendor put it. Sending it twice is sending it once."""
        def send():
            return client.call("upload avatar", "POST", AGENTS + "profile/upload-avatar", Effect.REPLACE, files={"image": self.picture(path)})
        try:
            answer = send()
        except UnknownOutcome:
            answer = send()
        return word(one(answer).get("path"))

    def send_fields(self, client, changes):
        body = {name: (1 if value else 0) if name == "enabled" else value or None for name, value in changes.items()}
        if "enabled" in body:
            body["status"] = body.pop("enabled")
        for last in (False, True):
            try:
                # Not repeated by itself: after a change of the username the login in use is another one.
                client.call("update profile", "PATCH", AGENTS + "profile/update", Effect.CREATE, payload=body)
                break
            except UnknownOutcome as lost:
                try:
                    now = self.read_as_either(client, changes)
                except PanelError as second:
                    raise self._undecided(lost, second) from None
                if all(name in now and self._same(name, now[name], value) for name, value in changes.items()):
                    break
                if last:
                    raise self._undecided(lost) from None
        if "username" in changes and client.options.get("api_username"):
            client.options["api_username"] = changes["username"]

    def _same(self, name, one_value, other):
        return next(field for field in self.fields if field.name == name).same(one_value, other)

    def read_as_either(self, client, changes):
        """Read the profile after a lost answer: nobody knows under which username it can be read."""
        try:
            return self.read(client)
        except AuthError:
            if "username" not in changes or not client.options.get("api_username"):
                raise
        client.options["api_username"] = changes["username"]
        client.forget_token()
        return self.read(client)

    def send_password(self, client, current, wanted):
        body = {"current_password": current, "password": wanted, "password_confirmation": wanted}
        for last in (False, True):
            try:
                client.call("change password", "PATCH", AGENTS + "profile/change-password", Effect.CREATE, payload=body)
                return
            except AuthError as refused:
                # The token was good a moment ago, so it is the password in the body that the vendor does not take.
                refused.hint = "Check current_password first: it must be the account's password of today%s" % (
                    "; then: %s" % refused.hint if refused.hint else "")
                raise
            except UnknownOutcome as lost:
                try:
                    if self.opens(client, wanted):
                        return
                except PanelError as second:
                    raise self._undecided(lost, second) from None
                if last or not lost.settled:
                    raise self._undecided(lost) from None

    @staticmethod
    def opens(client, password):
        """Return whether one can log in with this password."""
        before = client.options
        client.options = dict(before, api_password=password)
        try:
            client.login()
            return True
        except ApiError as refused:
            if refused.http_status not in (400, 401, 403, 422):
                raise
            return False
        finally:
            client.options = before

    def _undecided(self, lost, second=None):
        more = "; looking for it failed too: %s" % second.message if second is not None else ""
        return UnknownOutcome("%s%s" % (lost.message, more), settled=lost.settled, vendor=self.vendor, operation=lost.operation, http_status=lost.http_status,
                              hint="Nobody knows whether it happened: look at the profile in the panel")


PROFILE = Profile()
