# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering people of Alocom from a file, and the account's own profile: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import PASSWORD, Case, seen
from resources_alocom import fault, faults, top

IMPORT, PROFILE = "alocom_user_import", "alocom_profile"
FILE = {"src": "{folder}/people.csv"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
TITLES = "name,surname,username,cellphone,email,password,status"


def sheet(*rows, titles=TITLES):
    return {"people.csv": "\n".join([titles, *rows, ""]).encode()}


def told(**change):
    """Change what the vendor says that it read; a field that becomes ``...`` is left out."""
    def heard(body):
        place = body["response"]
        place = place[0] if isinstance(place, list) else place
        place.update(change)
        for name in [name for name in change if change[name] is ...]:
            del place[name]
        return body
    return heard


SARA, TWO = "سارا,نو,sara.new,09121110000,sara@example.ir,secret-12,1", "علی,دوم,ali.two,,,,"


CASES = [
    # -- what the file says
    Case("a file of two people", IMPORT, {**FILE, "labels": ["استادان", "همكاران", "استادان"]}, files=sheet(SARA, TWO),
         gives=r"""{"asked": ["labels.list", ["users.import", {"files": ["users.xlsx"]}], ["users.import_confirm", {"label": [11, 12]}]], "total": 2,
         "invalid": 0, "duplicate": 0, "new": 2, "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2,
         "users": ["sara.new", "ali.two"]}}"""),
    Case("a file of somebody who is there", IMPORT, FILE, files=sheet(SARA, "a,bc,ali.mohammadi,,,,"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 3, name: a is shorter than 2 characters
         [bad_option]", "code": "bad_option"}"""),
    Case("a file of people who are all there", IMPORT, FILE, files=sheet("ab,bc,ali.mohammadi,,,,"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "total": 1, "invalid": 0, "duplicate": 1, "new": 0, "changed": false, "users":
         []}"""),
    Case("no file", IMPORT, {"src": "{folder}/nothing.csv"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/nothing.csv cannot be read: No such file or directory
         [bad_option]", "code": "bad_option"}"""),
    Case("a file of no kind", IMPORT, {"src": "{folder}/people.pdf"}, files={"people.pdf": b"a"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.pdf: the file must be one of xlsx, xls, ods, csv, by its
         name; not .pdf [bad_option]", "code": "bad_option"}"""),
    Case("a file without people", IMPORT, FILE, files=sheet(),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: there is nobody under the titles [bad_option]",
         "code": "bad_option"}"""),
    Case("a file without titles", IMPORT, FILE, files=sheet(SARA, titles="a,b,c"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1 must hold the titles; name, surname, username
         are missing (found: a, b, c) [bad_option]", "code": "bad_option"}"""),
    Case("titles in the third row", IMPORT, FILE, files=sheet("", TITLES, SARA, titles="school,,,,,,"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1 must hold the titles; name, surname, username
         are missing (found: school); row 3 looks like the titles: give header_row: 3 [bad_option]", "code": "bad_option"}"""),
    Case("titles in the third row as said", IMPORT, {**FILE, "header_row": 3}, files=sheet(",,,,,,", TITLES, SARA, titles="school,,,,,,"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("some titles are missing", IMPORT, FILE, files=sheet("a,b", titles="name,surname"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1 must hold the titles; username is missing
         (found: name, surname) [bad_option]", "code": "bad_option"}"""),
    Case("one title is missing", IMPORT, FILE, files=sheet("a,b", titles="name,surname,login"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1 must hold the titles; username is missing
         (found: name, surname, login) [bad_option]", "code": "bad_option"}"""),
    Case("one title twice", IMPORT, FILE, files=sheet("a,b,c,d", titles="name,surname,username,نام"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1: more than one column is name [bad_option]",
         "code": "bad_option"}"""),
    Case("Persian titles", IMPORT, FILE, files=sheet("سارا,نو,sara.new,۹۱۲۱۱۱۰۰۰۰", titles=" نام,نام\u200cخانوادگی,نام كاربری,تلفن  همراه"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("an unknown title", IMPORT, FILE, files=sheet("سارا,نو,sara.new,x", titles="name,surname,username, class "),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "warnings": ["src: these columns are not known and were left out: class; columns says which one is meant"],
         "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("a title that is meant", IMPORT, {**FILE, "columns": {"username": "Login", "surname": "c"}},
         files=sheet("سارا,sara.new,نو,x", titles="name,login,family,username"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "warnings": ["src: these columns are not known and were left out: username; columns says which one is
         meant"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("a title that is not there", IMPORT, {**FILE, "columns": {"username": "logn"}}, files=sheet("a,b,c", titles="name,surname,login"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1: there is no column logn (did you mean login?)
         for username (found: name, surname, login) [bad_option]", "code": "bad_option"}"""),
    Case("a title that is there twice", IMPORT, {**FILE, "columns": {"username": "login"}},
         files=sheet("a,b,c,d", titles="name,surname,login,Login"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 1: more than one column is called login
         [bad_option]", "code": "bad_option"}"""),
    Case("columns by letters", IMPORT, {**FILE, "header_row": 0, "columns": {"name": "B", "surname": "c", "username": "A"}},
         files=sheet("ali.two,علی,دوم", titles="sara.new,سارا,نو"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("columns by too few letters", IMPORT, {**FILE, "header_row": 0, "columns": {"name": "B"}}, files=sheet(titles="sara.new,سارا,نو"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: columns must name surname, username by letters,
         because header_row: 0 says that there are no titles [bad_option]", "code": "bad_option"}"""),
    Case("an unknown column", IMPORT, {**FILE, "columns": {"usrname": "A", "name": " ", "email": True}, "header_row": -1}, files=sheet(SARA),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: 4 mistakes in the options; nothing was sent\ncolumns: there is no column
         usrname (did you mean username, surname or name?); columns are name, surname, username, cellphone, email, password, status\ncolumns.name: must be
         the title of a column of the file, or its letter\ncolumns.email: must be the title of a column of the file, or its letter\nheader_row: must be 0 or
         more, not -1", "code": "bad_option"}"""),
    Case("people of wrong values", IMPORT, FILE, files=sheet(
        "س,,,12,a@b,12345,2", "سارا,نو,a b,9.12E+09,,,on", "سارا,نو,#N/A,,,,", "سارا,نو,sara\u200enew,,,a\u200bbcdefg,", "سا\x07را,نو,ok.name,,,,",
         "سارا,نو,ok.name,,,,"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 2, name: س is shorter than 2 characters; row 2,
         surname: it is missing; row 2, username: it is missing; row 2, cellphone: 12 is not a mobile number such as 09121234567; row 2, email: a@b is not an
         e-mail address; row 2, password: it has less than 6 characters; row 2, status: 2 is neither 0 nor 1; row 3, username: a b holds a space; row 3,
         cellphone: 9.12E+09 became a number with a decimal point, so digits of it may be lost; format the column as text and type it again; row 3, status:
         on is neither 0 nor 1; row 4, username: a formula failed: #N/A; row 5, username: it holds a mark that nobody sees (U+200E); type it again; row 5,
         password: it holds a mark that nobody sees (U+200B); type it again; row 6, name: it holds a control character; row 7, username: ok.name is in row 6
         already [bad_option]", "code": "bad_option"}"""),
    Case("one person twice", IMPORT, FILE, files=sheet(SARA, SARA),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 3, username: sara.new is in row 2 already
         [bad_option]", "code": "bad_option"}"""),
    Case("many wrong values", IMPORT, FILE, files=sheet(*["a,b,c%d,,,," % number for number in range(15)]),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 2, name: a is shorter than 2 characters; row 2,
         surname: b is shorter than 2 characters; row 3, name: a is shorter than 2 characters; row 3, surname: b is shorter than 2 characters; row 4, name: a
         is shorter than 2 characters; row 4, surname: b is shorter than 2 characters; row 5, name: a is shorter than 2 characters; row 5, surname: b is
         shorter than 2 characters; row 6, name: a is shorter than 2 characters; row 6, surname: b is shorter than 2 characters; row 7, name: a is shorter
         than 2 characters; row 7, surname: b is shorter than 2 characters; row 8, name: a is shorter than 2 characters; row 8, surname: b is shorter than 2
         characters; row 9, name: a is shorter than 2 characters; row 9, surname: b is shorter than 2 characters; row 10, name: a is shorter than 2
         characters; row 10, surname: b is shorter than 2 characters; row 11, name: a is shorter than 2 characters; row 11, surname: b is shorter than 2
         characters; and 10 more [bad_option]", "code": "bad_option"}"""),
    Case("codes without their zeros", IMPORT, FILE, files=sheet("سارا,نو,0084575948,,,,", "علی,دوم,84575948,,,,", "علی,سوم,84575947,,,,"),
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_import: src: {folder}/people.csv: row 3, username: 84575948 seems to be a national
         code that has lost its zeros in front (0084575948) [bad_option]", "code": "bad_option"}"""),
    Case("numbers that are no codes", IMPORT, FILE, files=sheet("علی,دوم,84575948,,,,", "علی,سوم,1111111111,,,,"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["84575948", "1111111111"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["84575948",
         "1111111111"]}}"""),
    Case("rows between", IMPORT, FILE, files=sheet(SARA, ",,,,,,", "  ,\u00a0,,,,,", TWO),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("names with marks", IMPORT, FILE, files=sheet("\u200fسارا\u200e,نو\u200cر,sara.new,+98 912 111 0000,,,true", "علی,دوم,ali.two,,,,False"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("short rows", IMPORT, FILE, files=sheet("سارا,نو,sara.new"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("an unknown label", IMPORT, {**FILE, "labels": ["نو", "همکاران"]}, files=sheet(SARA),
         gives=r"""{"asked": ["labels.list"], "changed": false, "msg": "alocom_user_import: labels: there is no label نو [not_found]. Make it first with
         alocom_label", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["label نو does not exist yet; a real run would need
         it"]}}"""),
    Case("a label that is foretold", IMPORT, {**FILE, "labels": ["نو"], "foretold": {"labels": [{"title": "نو", "action": "created"}]}}, files=sheet(SARA),
         gives=r"""{"asked": ["labels.list"], "changed": false, "msg": "alocom_user_import: labels: there is no label نو [not_found]. Make it first with
         alocom_label", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("a label that is not foretold", IMPORT, {**FILE, "labels": ["نو"], "foretold": {"labels": []}}, files=sheet(SARA),
         gives=r"""{"asked": ["labels.list"], "changed": false, "msg": "alocom_user_import: labels: there is no label نو [not_found]. Make it first with
         alocom_label", "code": "not_found"}"""),
    Case("people who are foretold", IMPORT, {**FILE, "foretold": {"users": [{"username": "sara.new", "action": "created"}]}}, files=sheet(SARA),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}, "check": {"duplicate": 1,
         "new": 0, "changed": false, "users": [], "before": null, "after": null}}"""),
    Case("one of two labels", IMPORT, {**FILE, "labels": ["استادان"]}, files=sheet(SARA), settings={"label_unique": False},
         prepare=lambda v: v.mutate("labels", {"title": "همکاران"}, {"title": "استادان"}),
         gives=r"""{"asked": ["labels.list"], "changed": false, "msg": "alocom_user_import: labels: more than one label is called استادان [ambiguous]",
         "code": "ambiguous"}"""),
    # -- what the vendor says
    Case("labels are sent by titles", IMPORT, {**FILE, "labels": ["همکاران"]}, files=sheet(SARA), settings={"label_values": "titles"},
         gives=r"""{"asked": ["labels.list", ["users.import", {"files": ["users.xlsx"]}], ["users.import_confirm", {"label": [12]}], ["users.import_confirm",
         {"label": ["همکاران"]}]], "total": 1, "invalid": 0, "duplicate": 0, "new": 1, "changed": true, "users": ["sara.new"], "before": {"new": 0, "users":
         []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("the vendor counts other people", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(total=3)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor understood
         the file otherwise: it found 3 people in the file, and there are 2; it was not confirmed, so nobody was registered [not_understood]. Register these
         people with alocom_user, whose option users takes lists as well", "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor counts in other digits", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(total="۲")}, again=False,
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("the vendor does not count", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(new=...)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the answer does not
         hold total, invalid, duplicate and new [outcome_unknown]. The file was not confirmed, so nobody was registered; run the task again", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor counts in words", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(new="two")},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the answer does not
         hold total, invalid, duplicate and new [outcome_unknown]. The file was not confirmed, so nobody was registered; run the task again", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor names others", IMPORT, FILE, files=sheet(SARA), heard={"users.import": told(users=[{"username": "other"}])},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor understood
         the file otherwise: there is no user other in the file; it was not confirmed, so nobody was registered [not_understood]. Register these people with
         alocom_user, whose option users takes lists as well", "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor names more", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(users=[{"username": "sara.new"}])},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor understood
         the file otherwise: it counts 2 new users and names 1; it was not confirmed, so nobody was registered [not_understood]. Register these people with
         alocom_user, whose option users takes lists as well", "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor read another name", IMPORT, FILE, files=sheet(SARA), heard={
        "users.import": told(users=[{"username": "SARA.new", "name": "زارا", "surname": "نو", "cellphone": "9121110000", "email": "SARA@example.ir"}])},
        gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor understood
         the file otherwise: name of sara.new (row 2) is زارا for it; it was not confirmed, so nobody was registered [not_understood]. Register these people
         with alocom_user, whose option users takes lists as well", "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor read many others", IMPORT, FILE, files=sheet(SARA, TWO), heard={
        "users.import": told(users=[{"username": "sara.new", "name": "a", "surname": "b", "cellphone": 1, "email": "c"}, {"username": "x"},
         {"username": "y"}])},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor understood
         the file otherwise: name of sara.new (row 2) is a for it; surname of sara.new (row 2) is b for it; cellphone of sara.new (row 2) is 1 for it; email
         of sara.new (row 2) is c for it; there is no user x in the file; and 1 more; it was not confirmed, so nobody was registered [not_understood].
         Register these people with alocom_user,
         whose option users takes lists as well", "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the vendor read no numbers", IMPORT, FILE, files=sheet(SARA), again=False, heard={
        "users.import": told(users=[{"username": "sara.new", "name": "سارا", "cellphone": None, "email": ""}])},
        gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "warnings": ["the vendor passed over cellphone, email of the new users; alocom_user sets it"], "before":
         {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}, "check": {"warnings": null}}"""),
    Case("the vendor names them as a text", IMPORT, FILE, files=sheet(SARA), again=False, heard={
        "users.import": told(users='{"1": {"username": "sara.new"}, "2": 7}')},
        gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1, "invalid": 0, "duplicate": 0, "new": 1,
         "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}"""),
    Case("the vendor names nobody", IMPORT, FILE, files=sheet(SARA, TWO), again=False, heard={"users.import": told(users="Array")},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 2, "invalid": 0, "duplicate": 0, "new": 2,
         "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("the vendor names nobody of some", IMPORT, FILE, files=sheet(SARA, TWO, "ab,bc,ali.mohammadi,,,,"), again=False,
         heard={"users.import": told(users=None)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.index", "users.index", "users.import_confirm"], "total": 3, "invalid": 0,
         "duplicate": 1, "new": 2, "changed": true, "users": ["sara.new", "ali.two"], "before": {"new": 0, "users": []}, "after": {"new": 2, "users":
         ["sara.new", "ali.two"]}}"""),
    Case("the vendor names nobody of others", IMPORT, FILE, files=sheet(SARA, TWO, "ab,bc,ali.mohammadi,,,,"),
         heard={"users.import": told(users=None, new=1, duplicate=2)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.index", "users.index"], "changed": false, "msg": "alocom_user_import:
         import users: the vendor understood the file otherwise: it counts 1 new users, and by the list of users there are 2; it was not confirmed, so nobody
         was registered [not_understood]. Register these people with alocom_user, whose option users takes lists as well", "code": "not_understood", "check":
         {"changed": true, "msg": null}}"""),
    Case("the vendor names nobody, and one is invalid", IMPORT, FILE, files=sheet(SARA, TWO, "ab,bc,ali.mohammadi,,,,"), again=False,
         heard={"users.import": told(users=None, new=1, duplicate=1, invalid=1)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.index", "users.index", "users.import_confirm"], "total": 3, "invalid": 1,
         "duplicate": 1, "new": 1, "changed": true, "users": [], "warnings": ["the vendor takes 1 of 3 rows for invalid and passes them over"], "before":
         {"new": 0, "users": []}, "after": {"new": 1, "users": []}, "check": {"invalid": 0, "new": 2, "users": ["sara.new", "ali.two"], "warnings": null,
         "after": {"new": 2, "users": ["sara.new", "ali.two"]}}}"""),
    Case("one is invalid", IMPORT, FILE, files=sheet(SARA, TWO), again=False, heard={
        "users.import": told(users=[{"username": "sara.new"}], new=1, invalid=1)},
        gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], ["users.index", {"username": "ali.two"}], ["users.index", {"username":
         "sara.new"}], "users.import_confirm"], "total": 2, "invalid": 1, "duplicate": 0, "new": 1, "changed": true, "users": ["sara.new"], "warnings": ["the
         vendor takes 1 of 2 rows for invalid and passes them over: ali.two (row 3)"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users":
         ["sara.new"]}, "check": {"invalid": 0, "new": 2, "users": ["sara.new", "ali.two"], "warnings": null, "after": {"new": 2, "users": ["sara.new",
         "ali.two"]}}}"""),
    Case("one is invalid, and nobody is new", IMPORT, FILE, files=sheet(SARA, "ab,bc,ali.mohammadi,,,,"), again=False, heard={
        "users.import": told(users=[], new=0, invalid=1, duplicate=1)},
        gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], ["users.index", {"username": "ali.mohammadi"}], ["users.index", {"username":
         "sara.new"}]], "total": 2, "invalid": 1, "duplicate": 1, "new": 0, "changed": false, "users": [], "warnings": ["the vendor takes 1 of 2 rows for
         invalid and passes them over: sara.new (row 2)"], "check": {"invalid": 0, "new": 1, "changed": true, "users": ["sara.new"], "warnings": null,
         "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}}}"""),
    Case("all are invalid", IMPORT, FILE, files=sheet(SARA, TWO), heard={"users.import": told(users=[], new=0, invalid=2)},
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: the vendor takes all
         2 rows for invalid, so there is nobody to register [not_understood]. Try one of these people with alocom_user: its error says what is wrong",
         "code": "not_understood", "check": {"changed": true, "msg": null}}"""),
    Case("the answer to the file is empty", IMPORT, FILE, files=sheet(SARA), prepare=fault("users.import", "no_content"), again=False,
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], ["users.index", {"username": "sara.new"}], "users.import_confirm"], "total": 1,
         "invalid": 0, "duplicate": 0, "new": 1, "changed": true, "users": ["sara.new"], "warnings": ["the vendor's answer to the file was empty: the numbers
         are those of the file and the list of users"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.new"]}, "check": {"warnings":
         null}}"""),
    Case("the file is lost once", IMPORT, FILE, files=sheet(SARA), prepare=fault("users.import"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], ["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "total": 1,
         "invalid": 0, "duplicate": 0, "new": 1, "changed": true, "users": ["sara.new"], "before": {"new": 0, "users": []}, "after": {"new": 1, "users":
         ["sara.new"]}}"""),
    Case("the file is refused", IMPORT, FILE, files=sheet(SARA), prepare=fault("users.import", "status", status=422, body={"message": "secret-12?"}),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}]], "changed": false, "msg": "alocom_user_import: import users: ********? (HTTP
         422)", "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("the confirmation is lost", IMPORT, FILE, files=sheet(SARA, TWO), prepare=fault("users.import_confirm"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm", ["users.index", {"username": "ali.two"}], ["users.index",
         {"username": "sara.new"}]], "total": 2, "invalid": 0, "duplicate": 0, "new": 2, "changed": true, "users": ["sara.new", "ali.two"], "before": {"new":
         0, "users": []}, "after": {"new": 2, "users": ["sara.new", "ali.two"]}}"""),
    Case("the confirmation never came", IMPORT, FILE, files=sheet(SARA, TWO), prepare=fault("users.import_confirm", "reset_before"),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm", ["users.index", {"username": "ali.two"}], ["users.index",
         {"username": "ali.two"}], ["users.index", {"username": "ali.two"}], ["users.index", {"username": "sara.new"}], ["users.index", {"username":
         "sara.new"}], ["users.index", {"username": "sara.new"}]], "changed": false, "msg": "alocom_user_import: confirm import: the connection broke before
         the answer was complete: connection reset by peer; of 2 new users 0 are registered [outcome_unknown]. Look at the users in the panel, or run the
         task again, which imports only whoever is missing", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("the confirmation is refused", IMPORT, FILE, files=sheet(SARA, TWO), prepare=fault("users.import_confirm", "status", status=403),
         gives=r"""{"asked": [["users.import", {"files": ["users.xlsx"]}], "users.import_confirm"], "changed": false, "msg": "alocom_user_import: confirm
         import: simulated failure 403 (HTTP 403). The account may not do this", "code": 403, "check": {"changed": true, "msg": null}}"""),
    # -- the profile
    Case("another name", PROFILE, {"name": "نام", "surname": "نمونه", "enabled": True},
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "نام"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name":
         "نام", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"name": "کاریز", "surname": "نمونه",
         "enabled": true}, "after": {"name": "نام", "surname": "نمونه", "enabled": true}}"""),
    Case("nothing changes", PROFILE, {"name": "كاریز", "email": "DEMO@example.ir", "cellphone": "+989120000000", "username": "kariz-demo", "enabled": True},
         gives=r"""{"asked": ["profile.get"], "changed": false, "profile": {"id": 20, "username": "kariz-demo", "name": "کاریز", "surname": "نمونه", "email":
         "demo@example.ir", "cellphone": "09120000000", "enabled": true}}"""),
    Case("no email and number", PROFILE, {"email": "", "cellphone": " "},
         gives=r"""{"asked": ["profile.get", ["profile.update", {"email": null, "cellphone": null}]], "changed": true, "profile": {"id": 20, "username":
         "kariz-demo", "name": "کاریز", "surname": "نمونه", "email": "", "cellphone": "", "enabled": true}, "before": {"email": "demo@example.ir",
         "cellphone": "09120000000"}, "after": {"email": "", "cellphone": ""}}"""),
    Case("everything", PROFILE, {"name": "a", "surname": "b", "email": "c@d.ir", "cellphone": "۹۱۲۱۱۱۰۰۰۰", "enabled": False, "avatar": "{folder}/me.png"},
         files={"me.png": PNG}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.avatar", {"files": ["me.png"]}], ["profile.update", {"name": "a", "surname": "b", "email": "c@d.ir",
         "cellphone": "09121110000", "status": 0}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name": "a", "surname": "b", "email":
         "c@d.ir", "cellphone": "09121110000", "enabled": false}, "avatar_path": "/storage/avatars/b74b11cf6df019ab3bdcab32.png", "before": {"name": "کاریز",
         "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "after": {"name": "a", "surname": "b", "email":
         "c@d.ir", "cellphone": "09121110000", "enabled": false, "avatar": "me.png (sent)"}, "check": {"avatar_path": null}}"""),
    Case("another username", PROFILE, {"username": "other"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"username": "other"}]], "changed": true, "profile": {"id": 20, "username": "other", "name":
         "کاریز", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"username": "kariz-demo"},
         "after": {"username": "other"}}"""),
    Case("another username and password", PROFILE, {"username": "other", "password": "secret-12", "current_password": PASSWORD}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"username": "other"}], ["profile.password", {"current_password":
         "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12", "password_confirmation": "secret-12"}], ["profile.password", {"current_password":
         "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12", "password_confirmation": "secret-12"}]], "changed": true, "profile": {"id": 20, "username":
         "other", "name": "کاریز", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"username":
         "kariz-demo", "password": "********"}, "after": {"username": "other", "password": "******** (changed)"}}"""),
    Case("another password", PROFILE, {"password": "secret-12", "current_password": PASSWORD}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name": "کاریز", "surname": "نمونه",
         "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"password": "********"}, "after": {"password": "********
         (changed)"}}"""),
    Case("a wrong password", PROFILE, {"password": "secret-12", "current_password": "wrong-1"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "wrong-1", "password": "secret-12", "password_confirmation":
         "secret-12"}]], "changed": false, "msg": "alocom_profile: change password: اطلاعات وارد شده صحیح نیست (current_password: رمز عبور فعلی اشتباه است.)
         (HTTP 422)", "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("a wrong password and a name", PROFILE, {"name": "a", "password": "secret-12", "current_password": "wrong-1"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}], ["profile.password", {"current_password": "wrong-1", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": true, "msg": "alocom_profile: change password: اطلاعات وارد شده صحیح نیست (current_password: رمز
         عبور فعلی اشتباه است.) (HTTP 422) (name was changed before that)", "code": 422, "check": {"msg": null}}"""),
    Case("a password alone", PROFILE, {"password": "secret-12"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: password needs current_password as well", "code": "bad_option"}"""),
    Case("wrong values", PROFILE, {"name": " ", "email": "a", "cellphone": "1", "password": "1", "current_password": ""},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: 5 mistakes in the options; nothing was sent\nname: must not be empty: it cannot be
         cleared\nemail: must be an e-mail address, not 'a'\ncellphone: must be a mobile number such as 09121234567, not '1'\npassword: must have 6
         characters or more\ncurrent_password: must not be empty: it cannot be cleared", "code": "bad_option"}"""),
    Case("nothing at all", PROFILE, {},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: name, surname, username, email, cellphone, enabled, avatar or password is
         required", "code": "bad_option"}"""),
    Case("a picture", PROFILE, {"avatar": "{folder}/me.JPG"}, files={"me.JPG": b"\xff\xd8\xff0"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.avatar", {"files": ["me.JPG"]}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo",
         "name": "کاریز", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "avatar_path":
         "/storage/avatars/b74b11cf6df019ab3bdcab32.jpg", "before": {}, "after": {"avatar": "me.JPG (sent)"}, "check": {"avatar_path": null}}"""),
    Case("a picture that is none", PROFILE, {"avatar": "{folder}/me.png"}, files={"me.png": b"GIF"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: avatar: {folder}/me.png is not a png picture, whatever its name says", "code":
         "bad_option"}"""),
    Case("a picture that is no jpeg", PROFILE, {"avatar": "{folder}/me.jpeg"}, files={"me.jpeg": PNG},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: avatar: {folder}/me.jpeg is not a jpeg picture, whatever its name says", "code":
         "bad_option"}"""),
    Case("a picture without an end", PROFILE, {"avatar": "{folder}/png"}, files={"png": PNG},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: avatar: {folder}/png must end in .jpeg, .jpg or .png", "code": "bad_option"}"""),
    Case("a picture of another kind", PROFILE, {"avatar": "{folder}/me.gif"}, files={"me.gif": PNG},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: avatar: {folder}/me.gif must end in .jpeg,
         .jpg or .png", "code": "bad_option"}"""),
    Case("no picture", PROFILE, {"avatar": "{folder}/none.png"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_profile: avatar: {folder}/none.png cannot be read: No such file or directory", "code":
         "bad_option"}"""),
    Case("a picture that is lost", PROFILE, {"avatar": "{folder}/me.png"}, files={"me.png": PNG}, prepare=fault("profile.avatar", times=2), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.avatar", {"files": ["me.png"]}], ["profile.avatar", {"files": ["me.png"]}], ["profile.avatar",
         {"files": ["me.png"]}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name": "کاریز", "surname": "نمونه", "email":
         "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "avatar_path": "/storage/avatars/8edc228ef8d8dd8d5749aaa0.png", "before": {},
         "after": {"avatar": "me.png (sent)"}, "check": {"avatar_path": null}}"""),
    Case("a picture that is lost thrice", PROFILE, {"avatar": "{folder}/me.png", "name": "a"}, files={"me.png": PNG}, prepare=fault("profile.avatar",
         times=9), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.avatar", {"files": ["me.png"]}], ["profile.avatar", {"files": ["me.png"]}], ["profile.avatar",
         {"files": ["me.png"]}], ["profile.avatar", {"files": ["me.png"]}]], "changed": false, "msg": "alocom_profile: upload avatar: the connection broke
         before the answer was complete: connection reset by peer [outcome_unknown]", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a name after a picture is refused", PROFILE, {"avatar": "{folder}/me.png", "name": "a"}, files={"me.png": PNG},
         prepare=fault("profile.update", "status", status=422), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.avatar", {"files": ["me.png"]}], ["profile.update", {"name": "a"}]], "changed": true, "msg":
         "alocom_profile: update profile: simulated failure 422 (HTTP 422) (avatar was changed before that)", "code": 422, "check": {"msg": null}}"""),
    Case("a name that is lost", PROFILE, {"name": "a"}, prepare=fault("profile.update"), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}], "profile.get"], "changed": true, "profile": {"id": 20, "username":
         "kariz-demo", "name": "a", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"name":
         "کاریز"}, "after": {"name": "a"}}"""),
    Case("a name that never came", PROFILE, {"name": "a"}, prepare=fault("profile.update", "reset_before"), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}], "profile.get", ["profile.update", {"name": "a"}]], "changed": true,
         "profile": {"id": 20, "username": "kariz-demo", "name": "a", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled":
         true}, "before": {"name": "کاریز"}, "after": {"name": "a"}}"""),
    Case("a name that never came twice", PROFILE, {"name": "a"}, prepare=fault("profile.update", "reset_before", times=2), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}], "profile.get", ["profile.update", {"name": "a"}], "profile.get"], "changed":
         false, "msg": "alocom_profile: update profile: the connection broke before the answer was complete: connection reset by peer [outcome_unknown].
         Nobody knows whether it happened: look at the profile in the panel", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a name that is lost, and cannot be looked for", PROFILE, {"name": "a"},
         prepare=faults(fault("profile.update"), fault("profile.get", "status", status=403, skip=1)), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}], "profile.get"], "changed": false, "msg": "alocom_profile: update profile: the
         connection broke before the answer was complete: connection reset by peer; looking for it failed too: get profile: simulated failure 403
         [outcome_unknown]. Nobody knows whether it happened: look at the profile in the panel", "code": "outcome_unknown", "check": {"changed": true, "msg":
         null}}"""),
    Case("a username that is lost", PROFILE, {"username": "other"}, prepare=fault("profile.update"), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"username": "other"}], "profile.get", "profile.get"], "changed": true, "profile": {"id": 20,
         "username": "other", "name": "کاریز", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before":
         {"username": "kariz-demo"}, "after": {"username": "other"}}"""),
    Case("a password that is lost", PROFILE, {"password": "secret-12", "current_password": PASSWORD}, prepare=fault("profile.password"), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name": "کاریز", "surname": "نمونه",
         "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"password": "********"}, "after": {"password": "********
         (changed)"}}"""),
    Case("a password that never came", PROFILE, {"password": "secret-12", "current_password": PASSWORD},
         prepare=fault("profile.password", "reset_before"), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": false, "msg": "alocom_profile: change password: the connection broke before the answer was
         complete: connection reset by peer [outcome_unknown]. Nobody knows whether it happened: look at the profile in the panel", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a password that fails at the vendor", PROFILE, {"password": "secret-12", "current_password": PASSWORD},
         prepare=fault("profile.password", "status", status=500), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}], ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name": "کاریز", "surname": "نمونه",
         "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"password": "********"}, "after": {"password": "********
         (changed)"}}"""),
    Case("a password of which nobody knows", PROFILE, {"password": "secret-12", "current_password": PASSWORD},
         prepare=faults(fault("profile.password"), fault("auth.login", "status", status=500, skip=1, times=9)), again=False,
         gives=r"""{"asked": ["profile.get", ["profile.password", {"current_password": "kz%41/\"q'\\+رمز&<ک>=canary", "password": "secret-12",
         "password_confirmation": "secret-12"}]], "changed": false, "msg": "alocom_profile: change password: the connection broke before the answer was
         complete: connection reset by peer; looking for it failed too: login: simulated failure 500 [outcome_unknown]. Nobody knows whether it happened:
         look at the profile in the panel", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a profile within data", PROFILE, {"name": "a"}, settings={"profile_style": "data"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name":
         "a", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"name": "کاریز"}, "after": {"name":
         "a"}}"""),
    Case("a profile within profile", PROFILE, {"name": "a"}, settings={"profile_style": "profile"}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name":
         "a", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"name": "کاریز"}, "after": {"name":
         "a"}}"""),
    Case("a profile within a list", PROFILE, {"name": "a"}, heard={"profile.get": lambda body: {"data": [{"user": body}]}}, again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"name": "a"}]], "changed": true, "profile": {"id": 20, "username": "kariz-demo", "name":
         "a", "surname": "نمونه", "email": "demo@example.ir", "cellphone": "09120000000", "enabled": true}, "before": {"name": "کاریز"}, "after": {"name":
         "a"}}"""),
    Case("a profile without some", PROFILE, {"email": "a@b.ir", "enabled": True, "name": "کاریز"}, heard={"profile.get": top(email=..., status=None)},
         again=False,
         gives=r"""{"asked": ["profile.get", ["profile.update", {"email": "a@b.ir", "status": 1}]], "changed": true, "profile": {"id": 20, "username":
         "kariz-demo", "name": "کاریز", "surname": "نمونه", "email": "a@b.ir", "cellphone": "09120000000", "enabled": true}, "warnings": ["the vendor's
         answer does not tell email, enabled, so it cannot be compared: it is sent and counts as a change"], "before": {"name": "کاریز"}, "after": {"name":
         "کاریز", "email": "a@b.ir", "enabled": true}}"""),
    Case("a profile of nothing", PROFILE, {"name": "a"}, heard={"profile.get": lambda body: {}}, again=False,
         gives=r"""{"asked": ["profile.get"], "changed": false, "msg": "alocom_profile: get profile: expected username or email or cellphone or name, got an
         empty object [bad_answer]", "code": "bad_answer"}"""),
    Case("a profile that is none", PROFILE, {"name": "a"}, heard={"profile.get": top(name=["a"])}, again=False,
         gives=r"""{"asked": ["profile.get"], "changed": false, "msg": "alocom_profile: get profile: name: expected a text, got a list of 1 [bad_answer]",
         "code": "bad_answer"}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    case.repeats = ("users.import",)
    assert seen(wire, "alocom", case, tmp_path) == case.expected
