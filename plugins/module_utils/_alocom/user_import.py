# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering people from a spreadsheet (vendor page, Users: import-by-excel and confirm-import-by-excel)."""

from __future__ import annotations

import os
import re
import time

from .._core.errors import PanelError, UnknownOutcome, UsageError
from .._core.http.client import NoContent
from .._core.http.transport import Effect
from .._core.job import Job
from .._core.text import digits, from_json, normal
from .client import AGENTS, AlocomClient, one
from .lookup import People, people
from .sheet import SheetError, kind_of, read
from .user import email_check

REQUIRED = ("name", "surname", "username")
COLUMNS = REQUIRED + ("cellphone", "email", "password", "status")
_PERSIAN = {
    "نام": "name",
    "نام خانوادگی": "surname",
    "نام کاربری": "username",
    "موبایل": "cellphone",
    "شماره موبایل": "cellphone",
    "تلفن همراه": "cellphone",
    "ایمیل": "email",
    "رمز عبور": "password",
}
_HEADINGS = dict({normal(title): name for title, name in _PERSIAN.items()}, **{name: name for name in COLUMNS})
#: In a cell of numbers the leading zero is always lost, and in a csv saved from one too; the vendor's own sheets have it so.
_MOBILE = re.compile(r"0?9[0-9]{9}")
_STATUS = ("", "0", "1", "true", "false")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
}
_SHOWN_PROBLEMS = 20
_LOOKS = (0, 0.5, 1.5)


def heading(text):
    """Return the column that a title names, or None."""
    plain = " ".join(normal(text).replace("\u200c", " ").casefold().split())
    return _HEADINGS.get(plain)


def usernames(users):
    """Return the usernames in the vendor's answer; the document shows ``users`` as a text that describes a list."""
    if isinstance(users, str):
        try:
            users = from_json(users)
        except ValueError:
            return []
    rows = list(users.values()) if isinstance(users, dict) else users
    return [str(row["username"]) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict) and row.get("username")]


class Sheet:
    """A checked spreadsheet: ``people`` as mappings, ``problems`` as sentences, ``unknown`` titles."""

    def __init__(self, rows):
        self.people: list = []
        self.problems: list = []
        self.unknown: list = []
        self._owners: dict = {}
        titles = rows[0][1] if rows and rows[0][0] == 1 else []
        self.columns = [heading(title) for title in titles]
        self._check_titles(titles)
        if not self.problems:
            for number, cells in rows[1:]:
                self._row(number, cells)
            if not self.people:
                self.problems.append("there is nobody under the titles")

    def _check_titles(self, titles):
        named = [column for column in self.columns if column]
        self.unknown = [title.strip() for title, column in zip(titles, self.columns) if column is None and title.strip()]
        missing = [column for column in REQUIRED if column not in named]
        if missing:
            self.problems.append("row 1 must hold the titles; %s %s missing (found: %s)" % (
                ", ".join(missing), "is" if len(missing) == 1 else "are", ", ".join(title.strip() for title in titles if title.strip()) or "nothing"))
        double = sorted({column for column in named if named.count(column) > 1})
        if double:
            self.problems.append("row 1: more than one column is %s" % ", ".join(double))

    def _row(self, number, cells):
        person = {column: cell for column, cell in zip(self.columns, cells) if column}
        texts = {column: str(person.get(column, "")).strip() for column in COLUMNS}
        if not any(texts.values()):
            return
        for column, text in texts.items():
            wrong = "a formula failed: %s" % text if text in _ERRORS else getattr(self, "_wrong_%s" % column)(text)
            if wrong:
                self.problems.append("row %d, %s: %s" % (number, column, wrong))
        username = texts["username"]
        if username and self._owners.setdefault(username, number) != number:
            self.problems.append("row %d, username: %s is in row %d already" % (number, username, self._owners[username]))
        self.people.append(texts)

    @staticmethod
    def _wrong_name(text):
        if not text:
            return "it is missing"
        return "%s is shorter than 2 characters" % text if len(text) < 2 else None

    _wrong_surname = _wrong_name

    @staticmethod
    def _wrong_username(text):
        if not text:
            return "it is missing"
        return "%s holds a space" % text if re.search(r"\s", text) else None

    @staticmethod
    def _wrong_cellphone(text):
        if not text or _MOBILE.fullmatch(text):
            return None
        if _MOBILE.fullmatch(digits(text)):
            return "%s has to be written with the digits 0 to 9" % text
        return "%s is not a mobile number such as 09121234567" % text

    @staticmethod
    def _wrong_email(text):
        return "%s is not an e-mail address" % text if email_check(text) else None

    @staticmethod
    def _wrong_password(text):
        # Never shown.
        return "it has less than 6 characters" if text and len(text) < 6 else None

    @staticmethod
    def _wrong_status(text):
        return None if text.lower() in _STATUS else "%s is neither 0 nor 1" % text


class UserImport(Job):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "user_import"
    options = {
        "src": {"type": "path", "required": True},
        "labels": {"type": "list", "elements": "str"},
    }

    def _refuse(self, message):
        return UsageError(message, vendor=self.vendor, operation="options")

    def load(self, src):
        """Return ``(name, kind, content, sheet)`` of the file.

        :raises UsageError: it cannot be read, or the vendor would not take it; says everything that is wrong.
        """
        try:
            kind = kind_of(os.path.basename(src))
            with open(src, "rb") as handle:
                content = handle.read()
            sheet = Sheet(read(kind, content))
        except OSError as error:
            raise self._refuse("src: %s cannot be read: %s" % (src, error.strerror)) from None
        except SheetError as error:
            raise self._refuse("src: %s: %s" % (src, error)) from None
        if sheet.problems:
            more = len(sheet.problems) - _SHOWN_PROBLEMS
            raise self._refuse("src: %s: %s%s" % (src, "; ".join(sheet.problems[:_SHOWN_PROBLEMS]), "; and %d more" % more if more > 0 else ""))
        return os.path.basename(src), kind, content, sheet

    def work(self, client, params, host):
        name, kind, content, sheet = self.load(params["src"])
        warnings = []
        if sheet.unknown:
            warnings.append("src: these columns are not known and go to the vendor as they are: %s" % ", ".join(sheet.unknown))
        labels = self.label_ids(client, params.get("labels") or (), host.check_mode, warnings)
        try:
            if host.check_mode:
                counts, users = self.predict(client, sheet)
            else:
                counts, users = self.upload(client, name, kind, content, sheet, warnings)
                if counts["new"]:
                    self.confirm(client, users, labels)
        except PanelError:
            # The vendor's own words may quote the file.
            host.redactor.add(*[person["password"] for person in sheet.people])
            raise
        changed = counts["new"] > 0
        title = "alocom_user_import %s" % name
        result = dict(counts, changed=changed, users=users, diff={
            "before": {"new": 0, "users": []}, "after": {"new": counts["new"], "users": users},
            "before_header": "%s (before)" % title, "after_header": "%s (after)" % title})
        if warnings:
            result["warnings"] = warnings
        return result

    def label_ids(self, client, titles, check_mode, warnings):
        if not titles:
            return []
        known = client.label_ids()
        unknown = [title for title in titles if normal(title) not in known]
        double = [title for title in titles if len(known.get(normal(title), ())) > 1]
        if double:
            raise UsageError("labels: more than one label is called %s" % ", ".join(double), vendor=self.vendor, operation="label list", code="ambiguous")
        if unknown and not check_mode:
            raise UsageError("labels: there is no label %s" % client.near_labels(unknown), vendor=self.vendor, operation="label list", code="not_found",
                             hint="Make it first with alocom_label")
        if unknown:
            warnings.append("label %s does not exist yet; a real run would need it" % ", ".join(unknown))
        return list(dict.fromkeys(known[normal(title)][0] for title in titles if normal(title) in known))

    @staticmethod
    def predict(client, sheet):
        """Return what the vendor would count, by the list of users."""
        known = people(client)
        names = [person["username"] for person in sheet.people]
        known.learn(names)
        users = [name for name in names if known.id(name) is None]
        return {"total": len(names), "invalid": 0, "duplicate": len(names) - len(users), "new": len(users)}, users

    def upload(self, client, name, kind, content, sheet, warnings):
        """Send the file and return what the vendor found in it. Nothing is registered yet; sending it again replaces what was sent."""
        # The answer holds passwords: it is read here and never quoted.
        answer = client.call("import users", "POST", AGENTS + "users/import-by-excel", Effect.REPLACE, None, files={"file": (name, content, _MEDIA[kind])})
        if isinstance(answer, NoContent):
            warnings.append("the vendor's answer to the file was empty: the numbers are those of the file and the list of users")
            return self.predict(client, sheet)
        found = one(answer if isinstance(answer, (dict, list)) else {}, "response")
        try:
            counts = {count: int(digits(found[count])) for count in ("total", "invalid", "duplicate", "new")}
        except (KeyError, TypeError, ValueError):
            raise UnknownOutcome("import users: the answer does not hold total, invalid, duplicate and new", vendor=self.vendor, operation="import users",
                                 hint="The file was not confirmed, so nobody was registered; run the task again") from None
        if counts["total"] == 0:
            raise PanelError("import users: the vendor found nobody in the file, this collection %d" % len(sheet.people), vendor=self.vendor,
                             operation="import users", code="not_understood", hint="Save it as xlsx with the titles %s" % ", ".join(COLUMNS[:5]))
        if counts["invalid"]:
            warnings.append("the vendor takes %d of %d rows for invalid and passes them over" % (counts["invalid"], counts["total"]))
        users = usernames(found.get("users"))
        if not users and counts["new"] == len(sheet.people):
            users = [person["username"] for person in sheet.people]
        return counts, users if counts["new"] else []

    def confirm(self, client, users, labels):
        """Have the people registered. It is never asked for twice: after a lost answer the list of users tells."""
        try:
            client.post("confirm import", "users/confirm-import-by-excel", {"label": labels} if labels else {}, Effect.CREATE)
        except UnknownOutcome as lost:
            there = self.registered(client, users)
            if users and there == len(users):
                return
            raise UnknownOutcome("%s; of %d new users %d are registered" % (lost.message, len(users), there), settled=lost.settled, vendor=self.vendor,
                                 operation="confirm import", http_status=lost.http_status,
                                 hint="Look at the users in the panel, or run the task again, which imports only whoever is missing") from None

    @staticmethod
    def registered(client, users):
        """Return how many of these users are there, with some patience for a server that is still at it."""
        there = 0
        for wait in _LOOKS:
            time.sleep(max(0, min(wait, client.transport.deadline.left() - 0.05)))
            fresh = People(client)
            fresh.learn(users)
            there = sum(fresh.id(name) is not None for name in users)
            if there == len(users):
                break
        return there


USER_IMPORT = UserImport()
