# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people in the rows of a spreadsheet: columns found by their titles, each value checked and brought into the form in which the vendor wants it."""

from __future__ import annotations

import re

from .._core.text.letters import EDGES, digits, normal
from .._core.text.near import proposing
from .sheet import xlsx
from .user import email_check, local_mobile, mobile_check

REQUIRED = ("name", "surname", "username")
#: The vendor's names of its columns, in the order of its document.
COLUMNS = REQUIRED + ("cellphone", "email", "password", "status")
#: Of these a column is written also when nobody has a value.
_ALWAYS = COLUMNS[:5]
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
_STATUS = {"": "", "0": "0", "1": "1", "true": "1", "false": "0"}
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_FLOAT = re.compile(r"[0-9]+\.[0-9]+([eE]\+?[0-9]+)?|[0-9]+[eE]\+?[0-9]+")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
#: Characters that nobody sees: joiners, marks of direction, spaces without width.
_INVISIBLE = frozenset(EDGES) - frozenset(" \t\r\n\u00a0")
_JOINERS = "\u200c\u200d"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: In so many rows below the one that is taken for it titles are looked for, to say where they are.
_LOOKED_AT = 20


def heading(text):
    """Return the column that a title names, or None."""
    return _HEADINGS.get(_plain(text))


def _plain(text):
    return " ".join(normal(text).replace("\u200c", " ").casefold().split())


def is_national_code(text):
    """Return whether ten digits are a national code of Iran, by their check digit."""
    if not re.fullmatch("[0-9]{10}", text) or len(set(text)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11
    return int(text[9]) == (rest if rest < 2 else 11 - rest)


class Roster:
    """The people of a spreadsheet: ``people`` as mappings, ``rows`` their row numbers, ``problems`` as sentences, ``unknown`` titles.

    :arg rows: ``[(number, [Cell, ...])]``.
    :arg columns: ``{column: title}`` where titles are none that are known; a column may also be named by its letter.
    :arg header_row: number of the row with the titles; 0: there is none, and ``columns`` names every column by its letter.
    """

    def __init__(self, rows, columns=None, header_row=1):
        self.people: list = []
        self.rows: list = []
        self.problems: list = []
        self.unknown: list = []
        self._owners: dict = {}
        self._codes = False
        titles = next((cells for number, cells in rows if number == header_row), [])
        self.places = self._find_columns(titles, columns or {}, header_row)
        if not self.problems:
            below = [(number, cells) for number, cells in rows if number > header_row]
            self._codes = any(is_national_code(self._text(cells, "username")) for _number, cells in below)
            for number, cells in below:
                self._row(number, cells)
            if not self.people and not self.problems:
                self.problems.append("there is nobody under the titles")
        elif header_row:
            elsewhere = [number for number, cells in rows if header_row != number <= header_row + _LOOKED_AT and len({*map(heading, cells)} - {None}) > 1]
            if elsewhere and not titles_known(titles):
                self.problems.append("row %d looks like the titles: give header_row: %d" % (elsewhere[0], elsewhere[0]))

    # -- columns -----------------------------------------------------------------------------------------------------

    def _find_columns(self, titles, columns, header_row):
        """Return ``{column: place}``."""
        where = "row %d" % header_row if header_row else "columns"
        shown = ", ".join(title.strip() for title in titles if title.strip()) or "nothing"
        places = {}
        for column, title in columns.items():
            same = [place for place, text in enumerate(titles) if _plain(text) == _plain(title)] if header_row else []
            if not same and _LETTERS.fullmatch(title.strip()):
                same = [xlsx.column_number(title.strip().upper())]
            if not same:
                self.problems.append("%s: there is no column %s for %s (found: %s)" % (where, proposing(title, list(map(str, titles))), column, shown))
            elif len(same) > 1:
                self.problems.append("%s: more than one column is called %s" % (where, title))
            else:
                places[column] = same[0]
        taken = set(places.values())
        named: dict = {}
        for place, title in enumerate(titles):
            column = heading(title)
            if place in taken or not title.strip():
                continue
            if column is None or column in columns:
                self.unknown.append(title.strip())
            else:
                named.setdefault(column, []).append(place)
        double = sorted(column for column, found in named.items() if len(found) > 1)
        if double:
            self.problems.append("%s: more than one column is %s" % (where, ", ".join(double)))
        places.update({column: found[0] for column, found in named.items()})
        missing = [column for column in REQUIRED if column not in places and column not in columns]
        if missing:
            self.problems.append("%s must hold the titles; %s %s missing (found: %s)" % (
                where, ", ".join(missing), "is" if len(missing) == 1 else "are", shown) if header_row
                else "columns must name %s by letters, because header_row: 0 says that there are no titles" % ", ".join(missing))
        return places

    # -- rows --------------------------------------------------------------------------------------------------------

    def _cell(self, cells, column):
        place = self.places.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    def _text(self, cells, column):
        return str(self._cell(cells, column)).strip(" \t\r\n\u00a0")

    def _row(self, number, cells):
        texts = {column: self._text(cells, column) for column in COLUMNS}
        if not any(texts.values()):
            return
        person = {}
        for column, text in texts.items():
            wrong = self._wrong(column, text, self._cell(cells, column))
            if wrong:
                self.problems.append("row %d, %s: %s" % (number, column, wrong))
            person[column] = self._clean(column, text)
        username = person["username"]
        if username and self._owners.setdefault(username, number) != number:
            self.problems.append("row %d, username: %s is in row %d already" % (number, username, self._owners[username]))
        self.people.append(person)
        self.rows.append(number)

    def _wrong(self, column, text, cell):
        if text in _ERRORS:
            return "a formula failed: %s" % text
        if _CONTROL.search(text):
            return "it holds a control character"
        if column in ("username", "email", "password"):
            marks = sorted({"U+%04X" % ord(sign) for sign in text if sign in _INVISIBLE})
            if marks:
                # The text itself is not shown: it would look right.
                return "it holds a mark that nobody sees (%s); type it again" % ", ".join(marks)
        if column == "username" and text:
            return self._wrong_username(text, getattr(cell, "number", False))
        return getattr(self, "_wrong_%s" % column)(text)

    @staticmethod
    def _wrong_name(text):
        text = _clean_name(text)
        if not text:
            return "it is missing"
        return "%s is shorter than 2 characters" % text if len(text) < 2 else None

    _wrong_surname = _wrong_name

    def _wrong_username(self, text, number=False):
        if not text:
            return "it is missing"
        if re.search(r"\s", text):
            return "%s holds a space" % text
        if number:
            return "%s is kept as a number, and a number has lost its zeros in front; format the column as text and type it again" % text
        lost = re.fullmatch("[0-9]{8,9}", text) and is_national_code(text.rjust(10, "0"))
        return "%s seems to be a national code that has lost its zeros in front (%s)" % (text, text.rjust(10, "0")) if lost and self._codes else None

    @staticmethod
    def _wrong_cellphone(text):
        if _FLOAT.fullmatch(digits(text)):
            return "%s became a number with a decimal point, so digits of it may be lost; format the column as text and type it again" % text
        return "%s is not a mobile number such as 09121234567" % text if mobile_check(text) else None

    @staticmethod
    def _wrong_email(text):
        return "%s is not an e-mail address" % text if email_check(text) else None

    @staticmethod
    def _wrong_password(text):
        # Never shown.
        return "it has less than 6 characters" if text and len(text) < 6 else None

    @staticmethod
    def _wrong_status(text):
        return None if digits(text).lower() in _STATUS else "%s is neither 0 nor 1" % text

    @staticmethod
    def _clean(column, text):
        if column in ("name", "surname"):
            return _clean_name(text)
        if column == "cellphone":
            return local_mobile(text)
        return _STATUS.get(digits(text).lower(), text) if column == "status" else text

    # -- what goes to the vendor -------------------------------------------------------------------------------------

    def canonical(self):
        """Return an xlsx file of these people: the vendor's names of columns in row 1, every cell a text."""
        columns = [column for column in COLUMNS if column in _ALWAYS or any(person[column] for person in self.people)]
        return xlsx.write([columns] + [[person[column] for column in columns] for person in self.people])

    def place_of(self, username):
        """Return the row in which a username stands, in any case of letters, or None."""
        folds = {person["username"].casefold(): number for person, number in zip(self.people, self.rows)}
        return self._owners.get(username, folds.get(username.casefold()))


def titles_known(titles):
    """Return whether any of these titles names a column."""
    return any(map(heading, titles))


def _clean_name(text):
    """Return a name without marks that nobody sees; joiners within it are part of Persian spelling."""
    return "".join(sign for sign in text.strip(EDGES) if sign in _JOINERS or sign not in _INVISIBLE).strip(EDGES)
