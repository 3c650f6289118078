# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering people from a spreadsheet (vendor page, Users: import-by-excel and confirm-import-by-excel)."""

from __future__ import annotations

import os
import time

from .._core.errors import PanelError, UnknownOutcome, UsageError
from .._core.http.client import NoContent
from .._core.http.transport import Effect
from .._core.options.check import OptionsError, Problem
from .._core.state import foretold
from .._core.task.job import Job
from .._core.text.letters import digits, foreign_json, normal
from .._core.text.near import proposing
from .client import AGENTS, AlocomClient, one
from .lookup import People, people
from .roster import COLUMNS, Roster
from .sheet.cells import SheetError
from .sheet.csv_text import ENCODINGS
from .sheet.reading import kind_of, read
from .user import local_mobile

#: What goes to the vendor, whatever the file was.
_UPLOAD = ("users.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_SHOWN_PROBLEMS = 20
_LOOKS = (0, 0.5, 1.5)
#: What the vendor may tell of a person it read, and the form in which two spellings of it are equal.
_TOLD = {"name": normal, "surname": normal, "cellphone": local_mobile, "email": lambda text: normal(text).casefold()}


def told_users(users):
    """Return the people in the vendor's answer as mappings; the document shows ``users`` as a text that describes a list."""
    if isinstance(users, str):
        try:
            users = foreign_json(users)
        except ValueError:
            return []
    rows = list(users.values()) if isinstance(users, dict) else users
    return [row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict) and row.get("username")]


class UserImport(Job):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "user_import"
    options = {
        "src": {"type": "path", "required": True},
        "labels": {"type": "list", "elements": "str"},
        "columns": {"type": "dict"},
        "sheet": {"type": "str"},
        "header_row": {"type": "int", "default": 1},
        "encoding": {"type": "str", "choices": list(ENCODINGS), "default": "auto"},
        "foretold": foretold.OPTION,
    }

    def check(self, params):
        problems = []
        for column, title in (params.get("columns") or {}).items():
            if column not in COLUMNS:
                problems.append(Problem(("columns",), "there is no column %s; columns are %s" % (proposing(column, COLUMNS), ", ".join(COLUMNS))))
            elif not isinstance(title, (str, int)) or isinstance(title, bool) or not str(title).strip():
                problems.append(Problem(("columns", column), "must be the title of a column of the file, or its letter"))
        if params["header_row"] < 0:
            problems.append(Problem(("header_row",), "must be 0 or more", params["header_row"]))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    def _refuse(self, message):
        return UsageError(message, vendor=self.vendor, operation="options")

    def load(self, params):
        """Return the :class:`.Roster` of the file.

        :raises UsageError: it cannot be read, or the vendor would not take it; says everything that is wrong.
        """
        src = params["src"]
        try:
            kind = kind_of(os.path.basename(src))
            with open(src, "rb") as handle:
                content = handle.read()
            rows = read(kind, content, params["sheet"], params["encoding"])
        except OSError as error:
            raise self._refuse("src: %s cannot be read: %s" % (src, error.strerror)) from None
        except SheetError as error:
            raise self._refuse("src: %s: %s" % (src, error)) from None
        roster = Roster(rows, {column: str(title) for column, title in (params["columns"] or {}).items()}, params["header_row"])
        if roster.problems:
            more = len(roster.problems) - _SHOWN_PROBLEMS
            raise self._refuse("src: %s: %s%s" % (src, "; ".join(roster.problems[:_SHOWN_PROBLEMS]), "; and %d more" % more if more > 0 else ""))
        return roster

    def work(self, client, params, host):
        roster = self.load(params)
        warnings = []
        if roster.unknown:
            warnings.append("src: these columns are not known and were left out: %s; columns says which one is meant" % ", ".join(roster.unknown))
        labels = self.label_ids(client, params.get("labels") or (), host.check_mode, warnings)
        try:
            if host.check_mode:
                counts, users = self.predict(client, roster)
            else:
                counts, users = self.upload(client, roster, warnings)
                if counts["new"]:
                    self.confirm(client, users, labels)
        except PanelError:
            # The vendor's own words may quote the file.
            host.redactor.add(*[person["password"] for person in roster.people])
            raise
        changed = counts["new"] > 0
        title = "alocom_user_import %s" % os.path.basename(params["src"])
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
        if unknown and (client.memory.foretold is not None or not check_mode):
            raise UsageError("labels: there is no label %s" % client.near_labels(unknown), vendor=self.vendor, operation="label list", code="not_found",
                             hint="Make it first with alocom_label")
        if unknown:
            warnings.append("label %s does not exist yet; a real run would need it" % ", ".join(unknown))
        return list(dict.fromkeys(known[normal(title)][0] for title in titles if normal(title) in known))

    @staticmethod
    def predict(client, roster):
        """Return what the vendor would count, by the list of users."""
        known = people(client)
        names = [person["username"] for person in roster.people]
        known.learn(names)
        users = [name for name in names if not known.knows(name)]
        return {"total": len(names), "invalid": 0, "duplicate": len(names) - len(users), "new": len(users)}, users

    def upload(self, client, roster, warnings):
        """Send the people and return what the vendor found. Nobody is registered yet; sending it again replaces what was sent.

        :raises PanelError: what the vendor understood is not what the file says, so it must not be confirmed.
        """
        # The answer holds passwords: it is read here and never quoted.
        name, media = _UPLOAD
        answer = client.call("import users", "POST", AGENTS + "users/import-by-excel", Effect.REPLACE, None,
                             files={"file": (name, roster.canonical(), media)})
        if isinstance(answer, NoContent):
            warnings.append("the vendor's answer to the file was empty: the numbers are those of the file and the list of users")
            return self.predict(client, roster)
        found = one(answer if isinstance(answer, (dict, list)) else {}, "response")
        try:
            counts = {count: int(digits(found[count])) for count in ("total", "invalid", "duplicate", "new")}
        except (KeyError, TypeError, ValueError):
            raise UnknownOutcome("import users: the answer does not hold total, invalid, duplicate and new", vendor=self.vendor, operation="import users",
                                 hint="The file was not confirmed, so nobody was registered; run the task again") from None
        if counts["total"] != len(roster.people):
            raise self._misread("it found %d people in the file, and there are %d" % (counts["total"], len(roster.people)))
        told = told_users(found.get("users")) if counts["new"] else []
        self._compare(roster, told, warnings)
        users = [str(row["username"]) for row in told]
        if users and len(users) != counts["new"]:
            raise self._misread("it counts %d new users and names %d" % (counts["new"], len(users)))
        if not users and counts["new"]:
            users = self._unnamed(client, roster, counts)
        if counts["invalid"]:
            self._tell_invalid(client, roster, counts, users, warnings)
        return counts, users

    def _misread(self, what):
        return PanelError("import users: the vendor understood the file otherwise: %s; it was not confirmed, so nobody was registered" % what,
                          vendor=self.vendor, operation="import users", code="not_understood",
                          hint="Register these people with alocom_user, whose option users takes lists as well")

    def _compare(self, roster, told, warnings):
        """Hold what the vendor says that it read against the file, person by person."""
        there = {person["username"].casefold(): person for person in roster.people}
        wrong, unread = [], set()
        for row in told:
            person = there.get(str(row["username"]).strip().casefold())
            if person is None:
                wrong.append("there is no user %s in the file" % row["username"])
                continue
            for column, form in _TOLD.items():
                if not isinstance(row.get(column), (str, int)) or row[column] == "":
                    unread |= {column} if column in row and person[column] else set()
                elif form(str(row[column])) != form(person[column]):
                    wrong.append("%s of %s (row %d) is %s for it" % (column, person["username"], roster.place_of(person["username"]), row[column]))
        if wrong:
            raise self._misread("%s%s" % ("; ".join(wrong[:5]), "; and %d more" % (len(wrong) - 5) if len(wrong) > 5 else ""))
        if unread:
            warnings.append("the vendor passed over %s of the new users; alocom_user sets it" % ", ".join(sorted(unread)))

    def _unnamed(self, client, roster, counts):
        """Return the new users where the vendor only counts them: as far as the list of users tells."""
        if counts["new"] == len(roster.people):
            return [person["username"] for person in roster.people]
        _counts, users = self.predict(client, roster)
        if not counts["new"] <= len(users) <= counts["new"] + counts["invalid"]:
            raise self._misread("it counts %d new users, and by the list of users there are %d" % (counts["new"], len(users)))
        return users if len(users) == counts["new"] else []

    def _tell_invalid(self, client, roster, counts, users, warnings):
        """Say which rows the vendor takes for invalid: it tells only how many.

        :raises PanelError: it takes all of them.
        """
        if counts["invalid"] >= counts["total"]:
            raise PanelError("import users: the vendor takes all %d rows for invalid, so there is nobody to register" % counts["total"], vendor=self.vendor,
                             operation="import users", code="not_understood", hint="Try one of these people with alocom_user: its error says what is wrong")
        named = ""
        if users or not counts["new"]:
            taken = {name.casefold() for name in users}
            _counts, missing = self.predict(client, roster)
            rows = ["%s (row %d)" % (name, roster.place_of(name)) for name in missing if name.casefold() not in taken]
            named = ": %s%s" % (", ".join(rows[:_SHOWN_PROBLEMS]), " and %d more" % (len(rows) - _SHOWN_PROBLEMS) if len(rows) > _SHOWN_PROBLEMS else "")
        warnings.append("the vendor takes %d of %d rows for invalid and passes them over%s" % (counts["invalid"], counts["total"], named))

    def confirm(self, client, users, labels):
        """Have the people registered. It is never asked for twice: after a lost answer the list of users tells."""
        try:
            client.labelled({"label": labels} if labels else {}, "label",
                            lambda told: client.post("confirm import", "users/confirm-import-by-excel", told, Effect.CREATE))
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
