# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of Alocom, as they are found, told, purged and read: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen
from resources_alocom import fault, rows, top, two_labels

USER, USERS = "alocom_user", "alocom_user_info"
NEW = {"username": "sara.new", "name": "سارا", "surname": "نو"}

CASES = [
    # -- users: labels as the vendor tells them
    Case("labels as ids", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, settings={"label_style": "ids"},
         gives=r"""{"asked": ["labels.list", "users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "علی", "surname":
         "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [12]}]], "changed":
         true, "user": {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["همکاران"]},
         "before": {"username": "ali.mohammadi", "labels": ["استادان", "همکاران"]}, "after": {"username": "ali.mohammadi", "labels": ["همکاران"]}}"""),
    Case("labels as titles", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, settings={"label_style": "titles"},
         gives=r"""{"asked": ["labels.list", "users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "علی", "surname":
         "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [12]}]], "changed":
         true, "user": {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["همکاران"]},
         "before": {"username": "ali.mohammadi", "labels": ["استادان", "همکاران"]}, "after": {"username": "ali.mohammadi", "labels": ["همکاران"]}}"""),
    Case("labels as titles stay", USER, {"username": "ali.mohammadi", "name": "a"}, settings={"label_style": "titles"},
         gives=r"""{"asked": ["labels.list", "users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "a", "surname":
         "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]],
         "changed": true, "user": {"username": "ali.mohammadi", "id": 149, "name": "a", "surname": "محمدی", "cellphone": "09121234502", "labels": ["استادان",
         "همکاران"]}, "before": {"username": "ali.mohammadi", "name": "علی"}, "after": {"username": "ali.mohammadi", "name": "a"}}"""),
    Case("labels as titles of two", USER, {"username": "leila.nouri", "name": "a"}, settings={"label_style": "titles"}, prepare=two_labels,
         gives=r"""{"asked": ["labels.list", "users.get 158", ["users.index", {"username": "leila.nouri"}], ["users.update 158", {"name": "a", "surname":
         "نوری", "username": "leila.nouri", "status": 1, "email": "leila@example.ir", "cellphone": "09141234511"}]], "changed": true, "user": {"username":
         "leila.nouri", "id": 158, "name": "a", "surname": "نوری", "cellphone": "09141234511", "labels": ["استادان"]}, "before": {"username": "leila.nouri",
         "name": "لیلا"}, "after": {"username": "leila.nouri", "name": "a"}}"""),
    Case("one of two labels stays", USER, {"username": "leila.nouri", "labels": ["استادان", "پایه دهم"]}, prepare=two_labels,
         gives=r"""{"asked": ["labels.list", "users.get 158", ["users.index", {"username": "leila.nouri"}], ["users.update 158", {"name": "لیلا", "surname":
         "نوری", "username": "leila.nouri", "status": 1, "email": "leila@example.ir", "cellphone": "09141234511", "labels": [12, 9]}]], "changed": true,
         "user": {"username": "leila.nouri", "id": 158, "name": "لیلا", "surname": "نوری", "cellphone": "09141234511", "labels": ["استادان", "پایه دهم"]},
         "before": {"username": "leila.nouri", "labels": ["استادان"]}, "after": {"username": "leila.nouri", "labels": ["استادان", "پایه دهم"]}}"""),
    Case("labels are sent by titles", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, settings={"label_values": "titles"},
         gives=r"""{"asked": ["labels.list", "users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "علی", "surname":
         "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [12]}], ["users.update
         149", {"name": "علی", "surname": "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502",
         "labels": ["همکاران"]}]], "changed": true, "user": {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone":
         "09121234502", "labels": ["همکاران"]}, "before": {"username": "ali.mohammadi", "labels": ["استادان", "همکاران"]}, "after": {"username":
         "ali.mohammadi", "labels": ["همکاران"]}}"""),
    Case("labels by name", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, again=False,
         heard={"users.index": rows(labels=[{"id": "12", "name": "همکاران"}]), "users.get": top(labels=[{"id": "12"}])},
         gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id": 149, "name":
         "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["همکاران"]}}"""),
    Case("labels as texts of digits", USER, {"username": "ali.mohammadi", "labels": ["همکاران", "پایه دهم"]}, again=False,
         heard={"users.index": rows(labels=["12", "99", "7"])},
         gives=r"""{"asked": ["labels.list", "users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "علی", "surname":
         "محمدی", "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [12, 9]}]], "changed":
         true, "user": {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["همکاران", "پایه
         دهم"]}, "before": {"username": "ali.mohammadi", "labels": ["7", "99", "همکاران"]}, "after": {"username": "ali.mohammadi", "labels": ["همکاران",
         "پایه دهم"]}}"""),
    Case("labels that are none", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, heard={"users.index": rows(labels=[1.5])},
         gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_user ali.mohammadi: read users: labels:
         expected a label, got a number [bad_answer]", "code": "bad_answer"}"""),
    Case("labels of null", USER, {"username": "ali.mohammadi", "labels": []}, heard={"users.index": rows(labels=None)},
         gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id": 149, "name":
         "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": []}}"""),
    Case("labels cannot be read", USER, {"username": "ali.mohammadi", "name": "علی"}, settings={"label_style": "ids"}, prepare=fault("labels.list",
         "status", status=403, times=0),
         gives=r"""{"asked": ["labels.list", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id":
         149, "name": "علی", "surname": "محمدی", "cellphone": "09121234502"}}"""),
    Case("labels cannot be read, and a name changes", USER, {"username": "ali.mohammadi", "name": "a"}, settings={"label_style": "ids"},
         prepare=fault("labels.list", "status", status=403, times=0),
         gives=r"""{"asked": ["labels.list", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_user ali.mohammadi: label
         list: simulated failure 403 (HTTP 403). The account may not do this", "code": 403}"""),
    Case("labels cannot be read, and are given", USER, {"username": "ali.mohammadi", "labels": ["همکاران"]}, settings={"label_style": "ids"},
         prepare=fault("labels.list", "status", status=403, times=0),
         gives=r"""{"asked": ["labels.list", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_user ali.mohammadi: label
         list: simulated failure 403 (HTTP 403). The account may not do this", "code": 403}"""),
    Case("labels cannot be read, and others go", USER, {"users": [{"username": "ali.mohammadi"}], "purge": True, "purge_labels": ["همکاران"]},
         settings={"label_style": "ids"}, prepare=fault("labels.list", "status", status=403, times=0),
         gives=r"""{"asked": ["labels.list", "users.index", "users.index"], "changed": false, "msg": "alocom_user (1 users): label list: simulated failure
         403 (HTTP 403). The account may not do this", "code": 403}"""),
    # -- users: how they are found
    Case("two users by name", USER, {"users": [{"username": "ali.mohammadi", "name": "a"}, {**NEW}]},
         gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}], ["users.index", {"username": "sara.new"}], ["users.create", {"name": "سارا",
         "surname": "نو", "username": "sara.new", "status": 1}], "users.get 149", ["users.update 149", {"name": "a", "surname": "محمدی", "username":
         "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]], "changed": true, "users":
         [{"username": "ali.mohammadi", "id": 149, "name": "a", "surname": "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"], "action":
         "updated", "changed": true}, {"username": "sara.new", "id": 160, "name": "سارا", "surname": "نو", "enabled": true, "password": "sara.new@123",
         "action": "created", "changed": true}], "summary": {"created": 1, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0}, "before":
         {"ali.mohammadi": {"username": "ali.mohammadi", "name": "علی"}}, "after": {"ali.mohammadi": {"username": "ali.mohammadi", "name": "a"}, "sara.new":
         {"username": "sara.new", "name": "سارا", "surname": "نو"}}, "check": {"users": [{"username": "ali.mohammadi", "id": 149, "name": "a", "surname":
         "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"], "action": "updated", "changed": true}, {"username": "sara.new", "id": null,
         "name": "سارا", "surname": "نو", "enabled": true, "action": "created", "changed": true}]}}"""),
    Case("three users by the list", USER, {"users": [{"username": "ali.mohammadi", "name": "a"}, {"username": "leila.nouri"}, {**NEW}]},
         gives=r"""{"asked": ["users.index", "users.index", ["users.create", {"name": "سارا", "surname": "نو", "username": "sara.new", "status": 1}],
         "users.get 149", ["users.update 149", {"name": "a", "surname": "محمدی", "username": "ali.mohammadi", "status": 1, "email":
         "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]], "changed": true, "users": [{"username": "ali.mohammadi", "id": 149,
         "name": "a", "surname": "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"], "action": "updated", "changed": true}, {"username":
         "leila.nouri", "id": 158, "name": "لیلا", "surname": "نوری", "cellphone": "09141234511", "labels": [], "action": "unchanged", "changed": false},
         {"username": "sara.new", "id": 160, "name": "سارا", "surname": "نو", "enabled": true, "password": "sara.new@123", "action": "created", "changed":
         true}], "summary": {"created": 1, "updated": 1, "deleted": 0, "unchanged": 1, "failed": 0}, "before": {"ali.mohammadi": {"username":
         "ali.mohammadi", "name": "علی"}}, "after": {"ali.mohammadi": {"username": "ali.mohammadi", "name": "a"}, "sara.new": {"username": "sara.new",
         "name": "سارا", "surname": "نو"}}, "check": {"users": [{"username": "ali.mohammadi", "id": 149, "name": "a", "surname": "محمدی", "cellphone":
         "09121234502", "labels": ["استادان", "همکاران"], "action": "updated", "changed": true}, {"username": "leila.nouri", "id": 158, "name": "لیلا",
         "surname": "نوری", "cellphone": "09141234511", "labels": [], "action": "unchanged", "changed": false}, {"username": "sara.new", "id": null, "name":
         "سارا", "surname": "نو", "enabled": true, "action": "created", "changed": true}]}}"""),
    Case("three users on the first page", USER, {"users": [{"username": "mahdi.sharifi"}, {"username": "leila.nouri"}, {"username": "mohammad.sadeghi"}]},
         settings={"take_max": 4},
         gives=r"""{"asked": ["users.index"], "changed": false, "users": [{"username": "mahdi.sharifi", "id": 159, "name": "مهدی", "surname": "شریفی",
         "cellphone": "09151234512", "labels": [], "action": "unchanged", "changed": false}, {"username": "leila.nouri", "id": 158, "name": "لیلا",
         "surname": "نوری", "cellphone": "09141234511", "labels": [], "action": "unchanged", "changed": false}, {"username": "mohammad.sadeghi", "id": 157,
         "name": "محمد", "surname": "صادقی", "cellphone": "09131234510", "labels": [], "action": "unchanged", "changed": false}], "summary": {"created": 0,
         "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}}"""),
    Case("one of them by id", USER, {"users": [{"id": 159, "name": "a"}, {"username": "leila.nouri"}, {"username": "mohammad.sadeghi"}]},
         settings={"take_max": 4},
         gives=r"""{"asked": ["users.get 159", "users.index", "users.index", "users.index", "users.index", ["users.update 159", {"name": "a", "surname":
         "شریفی", "username": "mahdi.sharifi", "status": 1, "cellphone": "09151234512"}]], "changed": true, "users": [{"username": "mahdi.sharifi", "id":
         159, "name": "a", "surname": "شریفی", "cellphone": "09151234512", "labels": [], "action": "updated", "changed": true}, {"username": "leila.nouri",
         "id": 158, "name": "لیلا", "surname": "نوری", "cellphone": "09141234511", "labels": [], "action": "unchanged", "changed": false}, {"username":
         "mohammad.sadeghi", "id": 157, "name": "محمد", "surname": "صادقی", "cellphone": "09131234510", "labels": [], "action": "unchanged", "changed":
         false}], "summary": {"created": 0, "updated": 1, "deleted": 0, "unchanged": 2, "failed": 0}, "before": {"id 159": {"username": "mahdi.sharifi",
         "name": "مهدی"}}, "after": {"id 159": {"username": "mahdi.sharifi", "name": "a"}}}"""),
    Case("names that are parts of others", USER, {"username": "ali", "name": "a", "surname": "b"},
         gives=r"""{"asked": [["users.index", {"username": "ali"}], ["users.index", {"username": "ali"}], ["users.create", {"name": "a", "surname": "b",
         "username": "ali", "status": 1}]], "changed": true, "user": {"username": "ali", "id": 160, "name": "a", "surname": "b", "enabled": true, "password":
         "ali@123"}, "before": {}, "after": {"username": "ali", "name": "a", "surname": "b"}, "check": {"user": {"username": "ali", "id": null, "name": "a",
         "surname": "b", "enabled": true}}}"""),
    Case("a server that keeps cases apart", USER, {"username": "Ali.Mohammadi", "name": "علی", "surname": "نو"},
         gives=r"""{"asked": ["users.get 149", "users.index", "users.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}], ["users.update 149", {"name": "علی", "surname": "نو", "username": "ali.mohammadi", "status": 1, "email":
         "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]], "changed": true, "user": {"username": "Ali.Mohammadi", "id": 149,
         "name": "علی", "surname": "نو", "cellphone": "09121234502", "labels": ["استادان", "همکاران"]}, "before": {"username": "Ali.Mohammadi", "name":
         "علی", "surname": "محمدی"}, "after": {"username": "Ali.Mohammadi", "name": "علی", "surname": "نو"}}"""),
    Case("a server that lowers usernames", USER, {"username": "Sara.New", "name": "سارا", "surname": "نو"}, settings={"username_case": "lower"},
         gives=r"""{"asked": [["users.index", {"username": "Sara.New"}], ["users.index", {"username": "sara.new"}], ["users.create", {"name": "سارا",
         "surname": "نو", "username": "Sara.New", "status": 1}]], "changed": true, "user": {"username": "Sara.New", "id": 160, "name": "سارا", "surname":
         "نو", "enabled": true, "password": "sara.new@123"}, "before": {}, "after": {"username": "Sara.New", "name": "سارا", "surname": "نو"}, "check":
         {"user": {"username": "Sara.New", "id": null, "name": "سارا", "surname": "نو", "enabled": true}}}"""),
    Case("a server that lowers usernames, and somebody is there", USER, {"username": "Ali.Mohammadi", "name": "علی", "surname": "b"},
         settings={"username_case": "lower"},
         gives=r"""{"asked": ["users.get 149", "users.index", "users.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}], ["users.update 149", {"name": "علی", "surname": "b", "username": "ali.mohammadi", "status": 1, "email":
         "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]], "changed": true, "user": {"username": "Ali.Mohammadi", "id": 149,
         "name": "علی", "surname": "b", "cellphone": "09121234502", "labels": ["استادان", "همکاران"]}, "before": {"username": "Ali.Mohammadi", "name": "علی",
         "surname": "محمدی"}, "after": {"username": "Ali.Mohammadi", "name": "علی", "surname": "b"}}"""),
    Case("a server that lowers usernames, and somebody else is there", USER, {"username": "Ali.Mohammadi", "name": "a", "surname": "b"},
         settings={"username_case": "lower"},
         gives=r"""{"asked": ["users.index", "users.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username": "Ali.Mohammadi"}],
         ["users.create", {"name": "a", "surname": "b", "username": "Ali.Mohammadi", "status": 1}], "users.get 149", "users.index", "users.index",
         ["users.update 149", {"name": "a", "surname": "b", "username": "Ali.Mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone":
         "09121234502", "labels": [11, 12]}]], "changed": true, "user": {"username": "Ali.Mohammadi", "id": 149, "name": "a", "surname": "b", "cellphone":
         "09121234502", "labels": ["استادان", "همکاران"]}, "before": {"username": "Ali.Mohammadi", "name": "علی", "surname": "محمدی"}, "after": {"username":
         "Ali.Mohammadi", "name": "a", "surname": "b"}, "check": {"user": {"username": "Ali.Mohammadi", "id": null, "name": "a", "surname": "b", "enabled":
         true}, "before": {}}}"""),
    Case("a server that lowers usernames, and somebody goes", USER, {"username": "Mahdi.Sharifi", "state": "absent"}, settings={"username_case": "lower"},
         gives=r"""{"asked": ["users.index", "users.index", ["users.index", {"username": "Mahdi.Sharifi"}], ["users.index", {"username": "Mahdi.Sharifi"}],
         "users.delete 159"], "changed": true, "user": {"username": "Mahdi.Sharifi", "id": 159, "name": "مهدی", "surname": "شریفی", "cellphone":
         "09151234512", "labels": []}, "before": {"username": "Mahdi.Sharifi"}, "after": {}}"""),
    Case("a server that lowers usernames, and many are named", USER, {"users": [
        {"username": name, "enabled": True} for name in ("Ali.Mohammadi", "Leila.Nouri", "Mahdi.Sharifi")]}, settings={"username_case": "lower"},
        gives=r"""{"asked": ["users.get 149", "users.get 158", "users.get 159", "users.index", "users.index"], "changed": false, "users": [{"username":
         "Ali.Mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "enabled": true,
         "labels": ["استادان", "همکاران"], "action": "unchanged", "changed": false}, {"username": "Leila.Nouri", "id": 158, "name": "لیلا", "surname":
         "نوری", "email": "leila@example.ir", "cellphone": "09141234511", "enabled": true, "labels": [], "action": "unchanged", "changed": false},
         {"username": "Mahdi.Sharifi", "id": 159, "name": "مهدی", "surname": "شریفی", "email": null, "cellphone": "09151234512", "enabled": true, "labels":
         [], "action": "unchanged", "changed": false}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}}"""),
    Case("a server that folds cases", USER, {"username": "Ali.Mohammadi", "name": "a", "surname": "b", "labels": ["استادان"]},
         settings={"username_case": "insensitive"},
         gives=r"""{"asked": ["labels.list", "users.index", "users.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}], ["users.create", {"name": "a", "surname": "b", "username": "Ali.Mohammadi", "status": 1, "labels": [11]}], "users.get 149",
         "users.index", "users.index", ["users.update 149", {"name": "a", "surname": "b", "username": "Ali.Mohammadi", "status": 1, "email":
         "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11]}]], "changed": true, "user": {"username": "Ali.Mohammadi", "id": 149, "name":
         "a", "surname": "b", "cellphone": "09121234502", "labels": ["استادان"]}, "before": {"username": "Ali.Mohammadi", "name": "علی", "surname": "محمدی",
         "labels": ["استادان", "همکاران"]}, "after": {"username": "Ali.Mohammadi", "name": "a", "surname": "b", "labels": ["استادان"]}, "check": {"user":
         {"username": "Ali.Mohammadi", "id": null, "name": "a", "surname": "b", "enabled": true, "labels": ["استادان"]}, "before": {}}}"""),
    Case("one user twice", USER, {"users": [{**NEW}, {**NEW}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user: users[1]: names the same user (sara.new) as users[0]: each may occur once", "code":
         "bad_option"}"""),
    Case("one user by id and name", USER, {"users": [{"id": 149, "name": "a"}, {"username": "ali.mohammadi"}]},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_user: users[1]: names the
         same user (ali.mohammadi) as users[0]: each may occur once", "code": "bad_option"}"""),
    Case("a user without a name", USER, {"users": [{"name": "a"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user: users[0]: username or id is required", "code": "bad_option"}"""),
    # -- users: purge
    Case("users with a label that are not named", USER, {"purge": True, "purge_labels": ["همكاران"], "users": [{"username": "zahra.karimi"}]},
         gives=r"""{"asked": ["users.index", "users.index", "users.delete 149"], "changed": false, "users": [{"username": "zahra.karimi", "id": 148,
         "action": "unchanged", "changed": false}, {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone": "09121234502",
         "labels": ["استادان", "همکاران"], "action": "failed", "changed": false, "error": [400, "delete user: امکان حذف کاربر وجود ندارد."]}], "summary":
         {"created": 0, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 1}, "msg": "alocom_user: 1 of 2 users failed (ali.mohammadi); the first: delete
         user: امکان حذف کاربر وجود ندارد. (HTTP 400)", "code": 400, "check": {"changed": true, "msg": null}}"""),
    Case("users with all labels", USER, {"purge": True, "purge_labels": ["پایه دهم", "پایه یازدهم"], "users": [{"username": "zahra.karimi"}]},
         gives=r"""{"asked": ["users.index", "users.index", "users.delete 153"], "changed": true, "users": [{"username": "zahra.karimi", "id": 148, "name":
         "زهرا", "surname": "کریمی", "cellphone": "09121234501", "labels": ["استادان"], "action": "unchanged", "changed": false}, {"username":
         "reza.mousavi", "id": 153, "name": "رضا", "surname": "موسوی", "cellphone": null, "labels": ["پایه دهم", "پایه یازدهم"], "action": "deleted",
         "changed": true}], "summary": {"created": 0, "updated": 0, "deleted": 1, "unchanged": 1, "failed": 0}, "before": {"reza.mousavi": {"username":
         "reza.mousavi"}}, "after": {}}"""),
    Case("users with any label", USER, {"purge": True, "purge_match": "any", "purge_labels": ["همکاران", "پایه یازدهم"],
         "users": [{"username": "sara.jafari"}]},
         again=False,
         gives=r"""{"asked": ["users.index", "users.index", "users.delete 155", "users.delete 154", "users.delete 153", "users.delete 149"], "changed": true,
         "users": [{"username": "sara.jafari", "id": 156, "action": "unchanged", "changed": false}, {"username": "amir.kazemi", "id": 155, "name": "امیر",
         "surname": "کاظمی", "cellphone": "09021234508", "labels": ["پایه یازدهم"], "action": "failed", "changed": false, "error": [400, "delete user: امکان
         حذف کاربر وجود ندارد."]}, {"username": "narges.yazdani", "id": 154, "name": "نرگس", "surname": "یزدانی", "cellphone": "09011234507", "labels":
         ["پایه یازدهم"], "action": "failed", "changed": false, "error": [400, "delete user: امکان حذف کاربر وجود ندارد."]}, {"username": "reza.mousavi",
         "id": 153, "action": "deleted", "changed": true}, {"username": "ali.mohammadi", "id": 149, "name": "علی", "surname": "محمدی", "cellphone":
         "09121234502", "labels": ["استادان", "همکاران"], "action": "failed", "changed": false, "error": [400, "delete user: امکان حذف کاربر وجود ندارد."]}],
         "summary": {"created": 0, "updated": 0, "deleted": 1, "unchanged": 1, "failed": 3}, "msg": "alocom_user: 3 of 5 users failed (amir.kazemi,
         narges.yazdani, ali.mohammadi); the first: delete user: امکان حذف کاربر وجود ندارد. (HTTP 400)", "code": 400, "before": {"reza.mousavi":
         {"username": "reza.mousavi"}}, "after": {}, "check": {"msg": null}}"""),
    Case("users with a label, and a name in another case", USER, {"purge": True, "purge_labels": ["پایه یازدهم"], "users": [
        {"username": "Sara.Jafari", "state": "absent"}, {"username": "amir.kazemi"}, {"username": "narges.yazdani"}]},
        gives=r"""{"asked": ["users.index", "users.index", "users.delete 156", "users.delete 153"], "changed": true, "users": [{"username": "Sara.Jafari",
         "id": 156, "name": "سارا", "surname": "جعفری", "cellphone": "09381234509", "labels": ["پایه یازدهم"], "action": "deleted", "changed": true},
         {"username": "amir.kazemi", "id": 155, "name": "امیر", "surname": "کاظمی", "cellphone": "09021234508", "labels": ["پایه یازدهم"], "action":
         "unchanged", "changed": false}, {"username": "narges.yazdani", "id": 154, "name": "نرگس", "surname": "یزدانی", "cellphone": "09011234507", "labels":
         ["پایه یازدهم"], "action": "unchanged", "changed": false}, {"username": "reza.mousavi", "id": 153, "name": "رضا", "surname": "موسوی", "cellphone":
         null, "labels": ["پایه دهم", "پایه یازدهم"], "action": "deleted", "changed": true}], "summary": {"created": 0, "updated": 0, "deleted": 2,
         "unchanged": 2, "failed": 0}, "before": {"Sara.Jafari": {"username": "Sara.Jafari"}, "reza.mousavi": {"username": "reza.mousavi"}}, "after": {}}"""),
    Case("a purge without labels", USER, {"purge": True, "users": [{**NEW}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user: purge: true needs purge_labels: only users carrying all of them are ever removed",
         "code": "bad_option"}"""),
    Case("a purge with an empty label", USER, {"purge": True, "purge_labels": ["a", " "], "users": [{**NEW}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user: purge: true needs purge_labels: only users carrying all of them are ever removed",
         "code": "bad_option"}"""),
    Case("a purge of one user", USER, {**NEW, "purge": True, "purge_labels": ["a"]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user: purge: true needs users", "code": "bad_option"}"""),
    # -- users: answers
    Case("no email and status in the detail", USER, {"username": "ali.mohammadi", "email": "", "enabled": True}, heard={"users.get": top(email=...,
         status=...)},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id":
         149, "name": "علی", "surname": "محمدی", "email": null, "cellphone": "09121234502", "enabled": true, "labels": ["استادان", "همکاران"]}}"""),
    Case("an email in the list", USER, {"username": "ali.mohammadi", "email": "ali.mohammadi@example.ir", "enabled": True}, heard={
        "users.index": rows(email="ali.mohammadi@example.ir", status="1")},
        gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id": 149, "name":
         "علی", "surname": "محمدی", "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "enabled": true, "labels": ["استادان", "همکاران"]}}"""),
    Case("a number that is none goes back", USER, {"username": "ali.mohammadi", "name": "a"}, again=False,
         heard={"users.index": rows(cellphone="12-34"), "users.get": top(cellphone="12-34")},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "a", "surname": "محمدی",
         "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "12-34", "labels": [11, 12]}]], "changed": false, "msg":
         "alocom_user ali.mohammadi: update user: اطلاعات وارد شده صحیح نیست (cellphone: فیلد cellphone معتبر نیست.) (HTTP 422)", "code": 422, "check":
         {"changed": true, "msg": null}}"""),
    Case("a number without its zero", USER, {"username": "ali.mohammadi", "name": "a"}, again=False,
         heard={"users.index": rows(cellphone="9121234502"), "users.get": top(cellphone="9121234502")},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}], ["users.update 149", {"name": "a", "surname": "محمدی",
         "username": "ali.mohammadi", "status": 1, "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "labels": [11, 12]}]], "changed": true,
         "user": {"username": "ali.mohammadi", "id": 149, "name": "a", "surname": "محمدی", "cellphone": "9121234502", "labels": ["استادان", "همکاران"]},
         "before": {"username": "ali.mohammadi", "name": "علی"}, "after": {"username": "ali.mohammadi", "name": "a"}}"""),
    Case("a status that is a word", USER, {"username": "ali.mohammadi", "enabled": True}, heard={"users.get": top(status="active")},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id":
         149, "name": "علی", "surname": "محمدی", "email": "ali.mohammadi@example.ir", "cellphone": "09121234502", "enabled": true, "labels": ["استادان",
         "همکاران"]}}"""),
    Case("an answer without an id", USER, {"username": "ali.mohammadi", "enabled": True}, heard={"users.get": top(id=None)},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_user ali.mohammadi: get
         user: expected id, got an object with id, agent_id, name, surname, username, cellphone [bad_answer]", "code": "bad_answer"}"""),
    Case("another id", USER, {"username": "ali.mohammadi", "name": "علی"}, heard={"users.index": rows(alocom_id="")},
         gives=r"""{"asked": [["users.index", {"username": "ali.mohammadi"}]], "changed": false, "user": {"username": "ali.mohammadi", "id": 149, "name":
         "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"]}}"""),
    # -- users: read
    Case("users are listed", USERS, {"labels": ["همكاران", "پایه یازدهم"]}, prepare=lambda v: v.mutate("users", {"username": "zahra.karimi"}, {"labels": []}),
         gives=r"""{"asked": ["labels.list", ["users.index", {"labels": [12, 10]}], ["users.index", {"labels": [12, 10]}]], "users": [{"id": 156, "username":
         "sara.jafari", "name": "سارا", "surname": "جعفری", "cellphone": "09381234509", "labels": ["پایه یازدهم"]}, {"id": 155, "username": "amir.kazemi",
         "name": "امیر", "surname": "کاظمی", "cellphone": "09021234508", "labels": ["پایه یازدهم"]}, {"id": 154, "username": "narges.yazdani", "name":
         "نرگس", "surname": "یزدانی", "cellphone": "09011234507", "labels": ["پایه یازدهم"]}, {"id": 153, "username": "reza.mousavi", "name": "رضا",
         "surname": "موسوی", "cellphone": null, "labels": ["پایه دهم", "پایه یازدهم"]}, {"id": 149, "username": "ali.mohammadi", "name": "علی", "surname":
         "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"]}], "changed": false}"""),
    Case("users by name", USERS, {"name": "علي"},
         gives=r"""{"asked": ["users.index", "users.index"], "users": [{"id": 149, "username": "ali.mohammadi", "name": "علی", "surname": "محمدی",
         "cellphone": "09121234502", "labels": ["استادان", "همکاران"]}], "changed": false}"""),
    Case("users by part of a name", USERS, {"surname": " زد", "username_contains": "NARGES"},
         gives=r"""{"asked": [["users.index", {"username": "NARGES", "surname": "زد"}], ["users.index", {"username": "NARGES", "surname": "زد"}]], "users":
         [{"id": 154, "username": "narges.yazdani", "name": "نرگس", "surname": "یزدانی", "cellphone": "09011234507", "labels": ["پایه یازدهم"]}], "changed":
         false}"""),
    Case("users by letters of one kind", USERS, {"name": "سارا"},
         gives=r"""{"asked": [["users.index", {"name": "سارا"}], ["users.index", {"name": "سارا"}]], "users": [{"id": 156, "username": "sara.jafari", "name":
         "سارا", "surname": "جعفری", "cellphone": "09381234509", "labels": ["پایه یازدهم"]}], "changed": false}"""),
    Case("a user by name with details", USERS, {"username": "ali.mohammadi", "with_details": True},
         gives=r"""{"asked": ["users.get 149", ["users.index", {"username": "ali.mohammadi"}]], "users": [{"id": 149, "username": "ali.mohammadi", "name":
         "علی", "surname": "محمدی", "cellphone": "09121234502", "labels": ["استادان", "همکاران"], "alocom_id": "7d112681b8dd80723871a87f", "enabled": true,
         "email": "ali.mohammadi@example.ir"}], "changed": false}"""),
    Case("a user by an id in other digits", USERS, {"id": " ۱۴۹"},
         gives=r"""{"asked": ["users.get 149"], "users": [{"id": 149, "username": "ali.mohammadi", "name": "علی", "surname": "محمدی", "cellphone":
         "09121234502", "labels": ["استادان", "همکاران"], "alocom_id": "7d112681b8dd80723871a87f", "enabled": true, "email": "ali.mohammadi@example.ir"}],
         "changed": false}"""),
    Case("a user by an unknown id", USERS, {"id": "99"},
         gives=r"""{"asked": ["users.get 99"], "users": [], "changed": false}"""),
    Case("a user by an empty id", USERS, {"id": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_user_info: id must not be empty", "code": "bad_option"}"""),
    Case("users of an unknown label", USERS, {"labels": ["استادن"]},
         gives=r"""{"asked": ["labels.list"], "changed": false, "msg": "alocom_user_info: labels: there is no label استادن (did you mean استادان?)
         [not_found]. alocom_label_info lists them", "code": "not_found"}"""),
    Case("a user who goes meanwhile", USERS, {"username_contains": "sadeghi", "with_details": True}, prepare=fault("users.get", "status", status=404),
         gives=r"""{"asked": ["users.get 157", ["users.index", {"username": "sadeghi"}], ["users.index", {"username": "sadeghi"}]], "users": [], "changed":
         false}"""),
    Case("a user who cannot be read", USERS, {"username_contains": "sadeghi", "with_details": True}, prepare=fault("users.get", "status", status=403),
         gives=r"""{"asked": ["users.get 157", ["users.index", {"username": "sadeghi"}], ["users.index", {"username": "sadeghi"}]], "changed": false, "msg":
         "alocom_user_info: get user: simulated failure 403 (HTTP 403). The account may not do this", "code": 403}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "alocom", case, tmp_path) == case.expected
