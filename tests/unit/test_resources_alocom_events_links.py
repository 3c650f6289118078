# SPDX-License-Identifier: GPL-3.0-or-later
"""Links by which people enter an event of Alocom: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen
from resources_alocom import fault, most, top

LINK = "alocom_event_link"
NEW = {"username": "sara.new", "name": "سارا", "surname": "نو"}

CASES = [
    # -- links
    Case("a link", LINK, {"event": "math-10", "username": "ali.mohammadi"}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.enroll 53", {"name": "علی",
         "surname": "محمدی", "username": "ali.mohammadi", "role": "assistant"}]], "changed": false, "link": {"event": "math-10", "username": "ali.mohammadi",
         "role": "assistant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id":
         "7d112681b8dd80723871a87f"}, "check": {"link": {"event": "math-10", "username": "ali.mohammadi", "role": "assistant", "entry_link": null,
         "entry_token": null, "user_id": null}}}"""),
    Case("a link for somebody who is not in it", LINK, {"event": "۵۳", "username": " sara.jafari", "role": "teacher"}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name":
         "سارا", "surname": "جعفری", "username": "sara.jafari", "role": "teacher"}]], "changed": true, "link": {"event": "۵۳", "username": "sara.jafari",
         "role": "teacher", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id":
         "e45ed40f34005e1636649ab1"}, "before": {}, "after": {"event": "۵۳", "username": "sara.jafari", "role": "teacher"}, "check": {"link": {"event": "۵۳",
         "username": "sara.jafari", "role": "teacher", "entry_link": null, "entry_token": null, "user_id": null}}}"""),
    Case("a link for somebody new", LINK, {"event": "math-10", **NEW}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.new"}], ["events.enroll 53", {"name": "سارا", "surname":
         "نو", "username": "sara.new", "role": "participant"}]], "changed": true, "link": {"event": "math-10", "username": "sara.new", "role": "participant",
         "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "b65dd2ee27376a9d4d6ab4d0"},
         "before": {}, "after": {"event": "math-10", "username": "sara.new", "role": "participant"}, "check": {"link": {"event": "math-10", "username":
         "sara.new", "role": "participant", "entry_link": null, "entry_token": null, "user_id": null}}}"""),
    Case("a link in another role", LINK, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}], ["events.enroll 53", {"name": "علی", "surname": "محمدی", "username": "ali.mohammadi", "role":
         "teacher"}]], "changed": true, "link": {"event": "math-10", "username": "ali.mohammadi", "role": "teacher", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "7d112681b8dd80723871a87f"}, "before":
         {"event": "math-10", "username": "ali.mohammadi", "role": "assistant"}, "after": {"event": "math-10", "username": "ali.mohammadi", "role":
         "teacher"}, "check": {"link": {"event": "math-10", "username": "ali.mohammadi", "role": "teacher", "entry_link": null, "entry_token": null,
         "user_id": null}}}"""),
    Case("a link in another case", LINK, {"event": "math-10", "username": "Ali.Mohammadi", "name": "a"}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}], ["events.enroll 53", {"name": "علی", "surname": "محمدی", "username": "ali.mohammadi", "role": "assistant"}]], "changed": false,
         "link": {"event": "math-10", "username": "Ali.Mohammadi", "role": "assistant", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "7d112681b8dd80723871a87f"}, "check":
         {"link": {"event": "math-10", "username": "Ali.Mohammadi", "role": "assistant", "entry_link": null, "entry_token": null, "user_id": null}}}"""),
    Case("a link for somebody new without names", LINK, {"event": "math-10", "username": "sara.new"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.new"}]], "changed": false, "msg": "alocom_event_link
         math-10 / sara.new: user sara.new does not exist and cannot be made without name and surname [missing_option]", "code": "missing_option", "check":
         {"changed": true, "msg": null,
         "warnings": ["user sara.new does not exist and cannot be made without name and surname; a real run would need it"]}}"""),
    Case("a link for somebody new without a surname", LINK, {"event": "math-10", "username": "sara.new", "name": "a"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.new"}]], "changed": false, "msg": "alocom_event_link
         math-10 / sara.new: user sara.new does not exist and cannot be made without surname [missing_option]", "code": "missing_option", "check":
         {"changed": true, "msg": null, "warnings": ["user sara.new does not exist and cannot be made without surname; a real run would need it"]}}"""),
    Case("a link for somebody without a surname", LINK, {"event": "math-10", "username": "ali.mohammadi"}, prepare=lambda v: v.mutate("users", {"id": 149},
         {"surname": ""}),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_event_link
         math-10 / ali.mohammadi: user ali.mohammadi has no surname on record: give it [missing_option]", "code": "missing_option", "check": {"msg": null,
         "warnings": ["user ali.mohammadi has no surname on record: give it; a real run would need it"]}}"""),
    Case("a link for somebody whose surname is given", LINK, {"event": "math-10", "username": "ali.mohammadi", "surname": "b"}, again=False,
         prepare=lambda v: v.mutate("users", {"id": 149}, {"surname": ""}),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.enroll 53", {"name": "علی",
         "surname": "b", "username": "ali.mohammadi", "role": "assistant"}]], "changed": false, "link": {"event": "math-10", "username": "ali.mohammadi",
         "role": "assistant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id":
         "7d112681b8dd80723871a87f"}, "check": {"link": {"event": "math-10", "username": "ali.mohammadi", "role": "assistant", "entry_link": null,
         "entry_token": null, "user_id": null}}}"""),
    Case("a link to nothing", LINK, {"event": "math-11", "username": "ali.mohammadi"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg":
         "alocom_event_link math-11 / ali.mohammadi: there is no event math-11 (did you mean math-10?) [not_found]. Give its slug or its id;
         alocom_event_info lists them", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["there is no event math-11 (did you mean
         math-10?); a real run would need it"]}}"""),
    Case("a link to nothing for nobody", LINK, {"event": "math-11", "username": "nobody", "foretold": {"users": []}},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "nobody"}]], "changed": false, "msg":
         "alocom_event_link math-11 / nobody: there is no event math-11 (did you mean math-10?) [not_found]. Give its slug or its id; alocom_event_info lists
         them", "code": "not_found"}"""),
    Case("a link for somebody foretold", LINK, {"event": "math-10", "username": "sara.new", "foretold": {"users": [{"username": "sara.new",
         "action": "created"}]}},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.new"}]], "changed": false, "msg": "alocom_event_link
         math-10 / sara.new: user sara.new does not exist and cannot be made without name and surname [missing_option]", "code": "missing_option", "check":
         {"changed": true, "msg": null}}"""),
    Case("a link to a foretold event", LINK, {"event": "math-11", "people": [{"username": "Ali.mohammadi"}, {"username": "sara.jafari", "role": "teacher"}],
         "foretold": {
        "events": [{"slug": "math-11", "action": "created", "members": [{"username": "ali.mohammadi", "role": "teacher"}, {"username": "sara.jafari"}]}]}},
        gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "Ali.mohammadi"}], ["users.index", {"username":
         "Ali.mohammadi"}], ["users.index", {"username": "sara.jafari"}]], "changed": false, "links": [{"event": "math-11", "username": "Ali.mohammadi",
         "role": "participant", "entry_link": null, "entry_token": null, "user_id": null, "action": "failed", "changed": false, "error": ["not_found", "there
         is no event math-11 (did you mean math-10?)"]}, {"event": "math-11", "username": "sara.jafari", "role": "teacher", "entry_link": null,
         "entry_token": null, "user_id": null, "action": "failed", "changed": false, "error": ["not_found", "there is no event math-11 (did you mean
         math-10?)"]}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 2}, "msg": "alocom_event_link: 2 of 2 people failed
         (math-11 / Ali.mohammadi, math-11 / sara.jafari); the first: there is no event math-11 (did you mean math-10?) [not_found]. Give its slug or its id;
         alocom_event_info lists them", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("a link to an event that is foretold to go", LINK, {"event": "math-10", "username": "ali.mohammadi", "foretold": {
        "events": [{"slug": "math-10", "action": "deleted", "members": []}]}}, again=False,
        gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.enroll 53", {"name": "علی",
         "surname": "محمدی", "username": "ali.mohammadi", "role": "assistant"}]], "changed": false, "link": {"event": "math-10", "username": "ali.mohammadi",
         "role": "assistant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id":
         "7d112681b8dd80723871a87f"}, "check": {"link": {"event": "math-10", "username": "ali.mohammadi", "role": "assistant", "entry_link": null,
         "entry_token": null, "user_id": null}}}"""),
    Case("links", LINK, {"event": "math-10", "people": [{"username": "ali.mohammadi"}, {"username": "sara.jafari", "role": "teacher"},
         {"username": "maryam.hosseini", "role": "assistant"}, NEW, {**NEW, "event": "staff-meeting"}]}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.get 54", "events.index", "events.index", "users.index", "users.index",
         ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"},
         {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "assistant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role":
         "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], ["events.enroll 53", {"name": "علی", "surname": "محمدی", "username":
         "ali.mohammadi", "role": "assistant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari", "role": "teacher"}],
         ["events.enroll 53", {"name": "مریم", "surname": "حسینی", "username": "maryam.hosseini", "role": "assistant"}], ["events.enroll 53", {"name":
         "سارا", "surname": "نو", "username": "sara.new", "role": "participant"}], ["events.enroll 54", {"name": "سارا", "surname": "نو", "username":
         "sara.new", "role": "participant"}]], "changed": true, "links": [{"event": "math-10", "username": "ali.mohammadi", "role": "assistant",
         "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "7d112681b8dd80723871a87f",
         "action": "unchanged", "changed": false}, {"event": "math-10", "username": "sara.jafari", "role": "teacher", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "e45ed40f34005e1636649ab1", "action":
         "created", "changed": true}, {"event": "math-10", "username": "maryam.hosseini", "role": "assistant", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "312a46dc52117efa4e3096ed", "action":
         "updated", "changed": true}, {"event": "math-10", "username": "sara.new", "role": "participant", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "b65dd2ee27376a9d4d6ab4d0", "action":
         "created", "changed": true}, {"event": "staff-meeting", "username": "sara.new", "role": "participant", "entry_link":
         "https://class.kavano.org/conference/kariz-demo/staff-meeting?token={token}", "entry_token": "{token}", "user_id": "b65dd2ee27376a9d4d6ab4d0",
         "action": "created", "changed": true}], "summary": {"created": 3, "updated": 1, "deleted": 0, "unchanged": 1, "failed": 0}, "before": {"math-10 /
         maryam.hosseini": {"event": "math-10", "username": "maryam.hosseini", "role": "participant"}}, "after": {"math-10 / sara.jafari": {"event":
         "math-10", "username": "sara.jafari", "role": "teacher"}, "math-10 / maryam.hosseini": {"event": "math-10", "username": "maryam.hosseini", "role":
         "assistant"}, "math-10 / sara.new": {"event": "math-10", "username": "sara.new", "role": "participant"}, "staff-meeting / sara.new": {"event":
         "staff-meeting", "username": "sara.new", "role": "participant"}}, "check": {"links": [{"event": "math-10", "username": "ali.mohammadi", "role":
         "assistant", "entry_link": null, "entry_token": null, "user_id": null, "action": "unchanged", "changed": false}, {"event": "math-10", "username":
         "sara.jafari", "role": "teacher", "entry_link": null, "entry_token": null, "user_id": null, "action": "created", "changed": true}, {"event":
         "math-10", "username": "maryam.hosseini", "role": "assistant", "entry_link": null, "entry_token": null, "user_id": null, "action": "updated",
         "changed": true}, {"event": "math-10", "username": "sara.new", "role": "participant", "entry_link": null, "entry_token": null, "user_id": null,
         "action": "created", "changed": true}, {"event": "staff-meeting", "username": "sara.new", "role": "participant", "entry_link": null, "entry_token":
         null, "user_id": null, "action": "created", "changed": true}]}}"""),
    Case("links with some that fail", LINK, {"people": [{"event": "math-11", "username": "ali.mohammadi"}, {"event": "math-10", "username": "nobody"},
         {"event": "math-10", "username": "zahra.karimi"}]}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.get 55", "events.index", "events.index", "users.index", "users.index", ["events.enroll 53", {"name":
         "زهرا", "surname": "کریمی", "username": "zahra.karimi", "role": "teacher"}]], "changed": false, "links": [{"event": "math-11", "username":
         "ali.mohammadi", "role": "participant", "entry_link": null, "entry_token": null, "user_id": null, "action": "failed", "changed": false, "error":
         ["not_found", "there is no event math-11 (did you mean math-10?)"]}, {"event": "math-10", "username": "nobody", "role": "participant", "entry_link":
         null, "entry_token": null, "user_id": null, "action": "failed", "changed": false, "error": ["missing_option", "user nobody does not exist and cannot
         be made without name and surname"]}, {"event": "math-10", "username": "zahra.karimi", "role": "teacher", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "06e6eef6adf2e5f54ea6c43c", "action":
         "unchanged", "changed": false}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 2}, "msg": "alocom_event_link: 2 of
         3 people failed (math-11 / ali.mohammadi, math-10 / nobody); the first: there is no event math-11 (did you mean math-10?) [not_found]. Give its slug
         or its id; alocom_event_info lists them", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["there is no event math-11 (did
         you mean math-10?); a real run would need it", "user nobody does not exist and cannot be made without name and surname; a real run would need
         it"]}}"""),
    Case("links of one person twice", LINK, {"event": "math-10", "people": [{"username": "a"}, {"username": "a ", "event": "math-10"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_link: people[1]: names the same person (math-10 / a) as people[0]: each may occur
         once", "code": "bad_option"}"""),
    Case("links without an event", LINK, {"people": [{"username": "a"}, {"username": " ", "event": "b"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_link: 2 mistakes in the options; nothing was sent\npeople[0]: event is required and
         must not be empty\npeople[1]: username is required and must not be empty", "code": "bad_option"}"""),
    Case("a link without an event", LINK, {"username": "a"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_link: event is required and must not be empty", "code": "bad_option"}"""),
    Case("a link for nobody", LINK, {"event": "math-10"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_link: username or people is required", "code": "bad_option"}"""),
    Case("links and one", LINK, {"event": "math-10", "username": "a", "people": []},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_link: people and username are mutually exclusive: give one of them", "code":
         "bad_option"}"""),
    Case("no links", LINK, {"event": "math-10", "people": []},
         gives=r"""{"asked": [], "changed": false, "links": [], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}}"""),
    Case("more than may be by links", LINK, {"event": "math-10", "people": [{"username": "sara.jafari"}, {"username": "ali.mohammadi"},
         {"username": "leila.nouri"}]},
         prepare=most(6), again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username":
         "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "علی", "surname": "محمدی", "username": "ali.mohammadi", "role": "assistant"}],
         ["events.enroll 53", {"name": "لیلا", "surname": "نوری", "username": "leila.nouri", "role": "participant"}]], "changed": true, "links": [{"event":
         "math-10", "username": "sara.jafari", "role": "participant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}",
         "entry_token": "{token}", "user_id": "e45ed40f34005e1636649ab1", "action": "created", "changed": true}, {"event": "math-10", "username":
         "ali.mohammadi", "role": "assistant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}",
         "user_id": "7d112681b8dd80723871a87f", "action": "unchanged", "changed": false}, {"event": "math-10", "username": "leila.nouri", "role":
         "participant", "entry_link": "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id":
         "be17881e010a71c3fa3f4e96", "action": "created", "changed": true}], "summary": {"created": 2, "updated": 0, "deleted": 0, "unchanged": 1, "failed":
         0}, "warnings": ["event math-10 would have 7 members, and its service allows 6 (max_event_user)"], "before": {}, "after": {"math-10 / sara.jafari":
         {"event": "math-10", "username": "sara.jafari", "role": "participant"}, "math-10 / leila.nouri": {"event": "math-10", "username": "leila.nouri",
         "role": "participant"}}, "check": {"links": [{"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link": null,
         "entry_token": null, "user_id": null, "action": "created", "changed": true}, {"event": "math-10", "username": "ali.mohammadi", "role": "assistant",
         "entry_link": null, "entry_token": null, "user_id": null, "action": "unchanged", "changed": false}, {"event": "math-10", "username": "leila.nouri",
         "role": "participant", "entry_link": null, "entry_token": null, "user_id": null, "action": "created", "changed": true}]}}"""),
    Case("a link that is lost", LINK, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.enroll"), again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari",
         "role": "participant"}]], "changed": true, "link": {"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "e45ed40f34005e1636649ab1"}, "before": {},
         "after": {"event": "math-10", "username": "sara.jafari", "role": "participant"}, "check": {"link": {"event": "math-10", "username": "sara.jafari",
         "role": "participant", "entry_link": null, "entry_token": null, "user_id": null}}}"""),
    Case("a link that is lost twice", LINK, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.enroll", times=0),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari",
         "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari", "role": "participant"}],
         ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari", "role": "participant"}]], "changed": false, "msg":
         "alocom_event_link math-10 / sara.jafari: enrol: the connection broke before the answer was complete: connection reset by peer [outcome_unknown]",
         "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a link that is refused", LINK, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.enroll", "status", status=403),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}]], "changed": false, "msg": "alocom_event_link math-10 / sara.jafari: enrol: simulated
         failure 403 (HTTP 403). The account may not do this", "code": 403, "check": {"changed": true, "msg": null}}"""),
    Case("a link that is not told", LINK, {"event": "math-10", "username": "sara.jafari"}, heard={"events.enroll": top(eventLink=None)},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari",
         "role": "participant"}]], "changed": false, "msg": "alocom_event_link math-10 / sara.jafari: enrol: the answer holds no entry link
         [outcome_unknown]. sara.jafari may be in the event now; run the task again, which is harmless", "code": "outcome_unknown", "check": {"changed":
         true, "msg": null}}"""),
    Case("a link that is not told, then refused", LINK, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.enroll", "status",
         status=403, skip=1),
         heard={"events.enroll": top(eventLink=...)},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari",
         "role": "participant"}]], "changed": false, "msg": "alocom_event_link math-10 / sara.jafari: enrol: the first answer told no entry link, and asking
         again failed: enrol: simulated failure 403 [outcome_unknown] (HTTP 403). sara.jafari may be in the event now; run the task again, which is
         harmless", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a link that is no address", LINK, {"event": "math-10", "username": "sara.jafari"}, heard={"events.enroll": top(eventLink="http://[")},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری", "username": "sara.jafari",
         "role": "participant"}]], "changed": false, "msg": "alocom_event_link math-10 / sara.jafari: enrol: the answer holds no entry link
         [outcome_unknown]. sara.jafari may be in the event now; run the task again, which is harmless", "code": "outcome_unknown", "check": {"changed":
         true, "msg": null}}"""),
    Case("a link under another name", LINK, {"event": "math-10", "username": "sara.jafari"}, again=False,
         heard={"events.enroll": top(eventLink=..., event_link="https://a.ir/b?token=t", token=..., userId=..., user_id=7)},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}]], "changed": true, "link": {"event": "math-10", "username": "sara.jafari", "role":
         "participant", "entry_link": "https://a.ir/b?token=t", "entry_token": "t", "user_id": 7}, "before": {}, "after": {"event": "math-10", "username":
         "sara.jafari", "role": "participant"}, "check": {"link": {"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link": null,
         "entry_token": null, "user_id": null}}}"""),
    Case("a link without a token", LINK, {"event": "math-10", "username": "sara.jafari"}, again=False,
         heard={"events.enroll": top(eventLink="https://a.ir/b", token=None, userId=None)},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}]], "changed": true, "link": {"event": "math-10", "username": "sara.jafari", "role":
         "participant", "entry_link": "https://a.ir/b", "entry_token": null, "user_id": null}, "before": {}, "after": {"event": "math-10", "username":
         "sara.jafari", "role": "participant"}, "check": {"link": {"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link": null,
         "entry_token": null, "user_id": null}}}"""),
    Case("a link answered by nothing", LINK, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.enroll", "no_content"), again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.enroll 53", {"name": "سارا", "surname":
         "جعفری", "username": "sara.jafari", "role": "participant"}]], "changed": true, "link": {"event": "math-10", "username": "sara.jafari", "role":
         "participant", "entry_link": null, "entry_token": null, "user_id": 156}, "warnings": ["math-10 / sara.jafari was enrolled, but the vendor's answer
         was empty, so there is no entry link; run the task again for one"], "before": {}, "after": {"event": "math-10", "username": "sara.jafari", "role":
         "participant"}, "check": {"link": {"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link": null, "entry_token": null,
         "user_id": null}, "warnings": null}}"""),
    Case("a role of a link that is refused", LINK, {"event": "math-10", "people": [{"username": "ali.mohammadi", "role": "teacher"},
         {"username": "sara.jafari"}]},
         prepare=fault("events.update", "status", status=403), again=False,
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["users.index", {"username":
         "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role":
         "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152,
         "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], ["events.enroll 53", {"name": "سارا", "surname": "جعفری",
         "username": "sara.jafari", "role": "participant"}]], "changed": true, "links": [{"event": "math-10", "username": "ali.mohammadi", "role": "teacher",
         "entry_link": null, "entry_token": null, "user_id": null, "action": "failed", "changed": false, "error": [403, "update members: simulated failure
         403"]}, {"event": "math-10", "username": "sara.jafari", "role": "participant", "entry_link":
         "https://class.kavano.org/class/kariz-demo/math-10?token={token}", "entry_token": "{token}", "user_id": "e45ed40f34005e1636649ab1", "action":
         "created", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}, "msg": "alocom_event_link: 1 of 2
         people failed (math-10 / ali.mohammadi); the first: update members: simulated failure 403 (HTTP 403). The account may not do this", "code": 403,
         "before": {}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username": "sara.jafari", "role": "participant"}},
         "check": {"msg": null}}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "alocom", case, tmp_path) == case.expected
