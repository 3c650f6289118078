# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users below the account. They can be registered and nothing else: no list, no edit, no removal (vendor page 2.5)."""

from __future__ import annotations

from .._core.errors import ApiError, AuthError, ConflictError, NotFoundError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.options.connection import header_check
from .._core.state.resource import Field, Resource
from .._core.text.letters import EDGES, username_check
from .._core.text.sms import iran_mobile
from .client import SmsPanelClient, code_of, header

#: The option's name and the vendor's.
_FIELDS = (
    ("first_name", "firstName"), ("last_name", "lastName"), ("name", "name"), ("national_code", "melliCode"), ("birth_certificate", "shShenasname"),
    ("postal_code", "postalCode"), ("phone", "phoneNumber"), ("mobile", "mobileNumber"), ("email", "email"), ("address", "addres"), ("manager", "modir"),
    ("package", "package"),
)
_DIGITS = ("national_code", "birth_certificate", "postal_code", "phone", "package")


class UsernameField(Field):
    """Looked at in a header, where nobody compares as people read: what nobody sees at its ends is no part of it."""

    def clean(self, value):
        return str(value).strip(EDGES)


class MobileField(Field):
    def clean(self, value):
        try:
            return iran_mobile(value, "local") if value else value
        except ValueError as error:
            raise ValueError("%s: %s" % (self.name, error)) from None


def _field(name):
    if name == "mobile":
        return MobileField(name, "code", write_only=True)
    return Field(name, "digits" if name in _DIGITS else "str", write_only=True)


class UserResource(Resource):
    vendor = "smspanel"
    client = SmsPanelClient
    connection = SmsPanelClient.connection
    name = "user"
    plural = "users"
    key = ("username",)
    states = ("present",)
    fields = (
        UsernameField("username", "code", clearable=False, check=lambda name: username_check(name) or header_check(name.strip(EDGES))),
        # The user is looked at with it in a header.
        Field("password", "code", clearable=False, write_only=True, secret=True, required_on_create=True, check=header_check),
    ) + tuple(_field(name) for name, _theirs in _FIELDS)
    public = ()
    reading = "none"
    on_lost_create = "never"

    def read(self, client, asked):
        """Return those who can be seen: the vendor shows a user only to themselves, so each is asked with their own password."""
        seen = [desired for desired in asked.wanted if desired.given.get("password")]
        found = []
        for desired, (there, error) in zip(seen, client.map(lambda each: self._is_there(client, each), seen)):
            if error is not None:
                asked.fail(error, [desired])
            elif there:
                found.append({"username": desired.given["username"]})
        return found

    @staticmethod
    def _is_there(client, desired):
        own = {"username": header(desired.given["username"]), "password": header(desired.given["password"])}
        try:
            result = client.call("look at user", "GET", "/my", headers=own)
        except ApiError as error:
            if error.code == "bad_answer" or not (isinstance(error, (AuthError, NotFoundError)) or error.code == 400):
                raise
            return False
        code = code_of(result)
        if code not in (0, 1, 2, 3, 4, 5, 6):
            raise strange("look at user", client.vendor, "the status of a user", result)
        return code != 1

    def create(self, client, change):
        after = change.after
        payload = {"username": after["username"], "password": after["password"], "repeatPassword": after["password"]}
        payload.update({theirs: str(after[ours]) for ours, theirs in _FIELDS if after.get(ours) not in (None, "")})
        try:
            client.done("register user", "POST", "/user/register", Effect.CHARGE, payload)
        except ConflictError as exists:
            if exists.code != 15:
                raise ApiError(exists.message, vendor=self.vendor, operation=exists.operation, http_status=exists.http_status, code=exists.code,
                               name=exists.name) from None
            change.warnings.append("user %s exists already, with another password or data; the vendor has no call to look at or change it" % change.label)
            raise
        return {}

    def search(self, client, desired):
        """Whom the vendor calls registered is there; nobody else can see him."""
        return [{"username": desired.given["username"]}]


USER = UserResource()
