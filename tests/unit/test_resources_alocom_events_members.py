# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is in an event of Alocom: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen
from resources_alocom import fault, faults, most

MEMBER = "alocom_event_member"

CASES = [
    Case("somebody is added", MEMBER, {"event": "math-10", "username": "sara.jafari"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}]], "changed": true, "member": {"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role":
         "participant"}, "before": {}, "after": {"event": "math-10", "username": "sara.jafari"}}"""),
    Case("somebody is added with a role", MEMBER, {"event": "۵۳", "username": " sara.jafari ", "role": "teacher"},
         gives=r"""{"asked": ["events.get 53", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53",
         {"users": [{"userid": 156, "role": "teacher"}]}]], "changed": true, "member": {"event": "۵۳", "username": " sara.jafari ", "userid": 156,
         "event_id": 53, "role": "teacher"}, "before": {}, "after": {"event": "۵۳", "username": " sara.jafari ", "role": "teacher"}}"""),
    Case("somebody is there", MEMBER, {"event": " math-10", "username": "ali.mohammadi", "role": "assistant"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "member": {"event":
         "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant"}}"""),
    Case("somebody is there, in another case", MEMBER, {"event": "math-10", "username": "Ali.Mohammadi"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}]], "changed": false, "member": {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role":
         "assistant"}}"""),
    Case("a role becomes another", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"},
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "member": {"event": "math-10", "username": "ali.mohammadi", "userid": 149,
         "event_id": 53, "role": "teacher"}, "before": {"event": "math-10", "username": "ali.mohammadi", "role": "assistant"}, "after": {"event": "math-10",
         "username": "ali.mohammadi", "role": "teacher"}}"""),
    Case("somebody goes", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"},
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}], "events.get 53"], "changed": true, "member": {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53,
         "role": "assistant"}, "before": {"event": "math-10", "username": "ali.mohammadi"}, "after": {}}"""),
    Case("somebody who is not in it goes", MEMBER, {"event": "math-10", "username": "sara.jafari", "state": "absent"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}]], "changed": false, "member": {"event":
         "math-10", "username": "sara.jafari", "userid": null, "event_id": null}}"""),
    Case("somebody unknown goes", MEMBER, {"event": "math-10", "username": "nobody", "state": "absent"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "nobody"}]], "changed": false, "member": {"event": "math-10",
         "username": "nobody", "userid": null, "event_id": null}}"""),
    Case("somebody unknown", MEMBER, {"event": "math-10", "username": "sara.jafary"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ary"}], ["users.index", {"username": "sar"}], ["users.index",
         {"username": "sara.jafary"}]], "changed": false, "msg": "alocom_event_member math-10 / sara.jafary: there is no user sara.jafary (did you mean
         sara.jafari?) [not_found]. Make it first with alocom_event or alocom_user", "code": "not_found", "check": {"changed": true, "msg": null, "warnings":
         ["user sara.jafary does not exist yet; a real run would need it"]}}"""),
    Case("an unknown event", MEMBER, {"event": "math-1O", "username": "sara.jafari"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}]], "changed": false, "msg":
         "alocom_event_member math-1O / sara.jafari: there is no event math-1O (did you mean math-10?) [not_found]. Make it first with alocom_event or
         alocom_user", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["event math-1O does not exist yet; a real run would need
         it"]}}"""),
    Case("an event by its title", MEMBER, {"event": "رياضی دهم", "username": "sara.jafari"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}]], "changed": false, "msg":
         "alocom_event_member رياضی دهم / sara.jafari: there is no event رياضی دهم (did you mean math-10?) [not_found]. Make it first with alocom_event or
         alocom_user", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["event رياضی دهم does not exist yet; a real run would need
         it"]}}"""),
    Case("an unknown event, and somebody goes", MEMBER, {"event": "math-11", "username": "sara.jafari", "state": "absent"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}]], "changed": false, "member":
         {"event": "math-11", "username": "sara.jafari", "userid": null, "event_id": null},
         "warnings": ["there is no event math-11, so nobody is in it"]}"""),
    Case("unknown both", MEMBER, {"event": "math-11", "username": "nobody"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "nob"}], ["users.index", {"username": "nobody"}],
         ["users.index", {"username": "ody"}]], "changed": false, "msg": "alocom_event_member math-11 / nobody: there is no event math-11 (did you mean
         math-10?) and no user nobody [not_found]. Make it first with alocom_event or alocom_user", "code": "not_found", "check": {"changed": true, "msg":
         null, "warnings": ["event math-11 and user nobody does not exist yet; a real run would need it"]}}"""),
    Case("somebody who is foretold", MEMBER, {"event": "math-10", "username": "new.one", "foretold": {"users": [{"username": "new.one",
         "action": "created"}]}},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "new"}], ["users.index", {"username": "new.one"}],
         ["users.index", {"username": "one"}]], "changed": false, "msg": "alocom_event_member math-10 / new.one: there is no user new.one [not_found]. Make
         it first with alocom_event or alocom_user", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("an event that is foretold", MEMBER, {"event": "math-11", "username": "sara.jafari", "foretold": {"events": [{"slug": "math-11",
         "action": "created"}]}},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}]], "changed": false, "msg":
         "alocom_event_member math-11 / sara.jafari: there is no event math-11 (did you mean math-10?) [not_found]. Make it first with alocom_event or
         alocom_user", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("an event that is foretold with its members", MEMBER, {"event": "math-11", "members": [{"username": "sara.jafari"}, {"username": "ali.mohammadi"}],
         "foretold": {"events": [{"slug": "math-11", "action": "created", "members": [{"username": "Sara.Jafari"}]}]}}, again=False,
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["users.index", {"username":
         "sara.jafari"}]], "changed": false, "members": [{"event": "math-11", "username": "sara.jafari", "userid": null, "event_id": null, "action":
         "failed", "changed": false, "error": ["not_found", "there is no event math-11 (did you mean math-10?)"]}, {"event": "math-11", "username":
         "ali.mohammadi", "userid": null, "event_id": null, "action": "failed", "changed": false, "error": ["not_found", "there is no event math-11 (did you
         mean math-10?)"]}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 2}, "msg": "alocom_event_member: 2 of 2 members
         failed (math-11 / sara.jafari, math-11 / ali.mohammadi); the first: there is no event math-11 (did you mean math-10?) [not_found]. Make it first
         with alocom_event or alocom_user", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("neither is foretold", MEMBER, {"event": "math-11", "username": "nobody", "foretold": {"events": [], "users": []}},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "nob"}], ["users.index", {"username": "nobody"}],
         ["users.index", {"username": "ody"}]], "changed": false, "msg": "alocom_event_member math-11 / nobody: there is no event math-11 (did you mean
         math-10?) and no user nobody [not_found]. Make it first with alocom_event or alocom_user", "code": "not_found"}"""),
    Case("several people", MEMBER, {"event": "math-10", "members": [
        {"username": "sara.jafari"}, {"username": "ali.mohammadi", "role": "teacher"}, {"username": "maryam.hosseini", "state": "absent"},
        {"username": "leila.nouri", "role": "assistant"}, {"username": "zahra.karimi"}]},
        gives=r"""{"asked": ["events.get 53", "events.index", "users.index", ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"},
         {"userid": 158, "role": "assistant"}]}], "events.get 53", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1,
         "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"},
         {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role": "participant"}, {"userid": 158, "role":
         "assistant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], "events.get 53", ["events.remove_users 53", {"users": [150]}],
         "events.get 53"], "changed": true, "members": [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant",
         "action": "created", "changed": true}, {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "teacher", "action":
         "updated", "changed": true}, {"event": "math-10", "username": "maryam.hosseini", "userid": 150, "event_id": 53, "role": "participant", "action":
         "deleted", "changed": true}, {"event": "math-10", "username": "leila.nouri", "userid": 158, "event_id": 53, "role": "assistant", "action":
         "created", "changed": true}, {"event": "math-10", "username": "zahra.karimi", "userid": 148, "event_id": 53, "role": "teacher", "action":
         "unchanged", "changed": false}], "summary": {"created": 2, "updated": 1, "deleted": 1, "unchanged": 1, "failed": 0}, "before": {"math-10 /
         ali.mohammadi": {"event": "math-10", "username": "ali.mohammadi", "role": "assistant"}, "math-10 / maryam.hosseini": {"event": "math-10",
         "username": "maryam.hosseini"}}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username": "sara.jafari"}, "math-10 / ali.mohammadi":
         {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}, "math-10 / leila.nouri": {"event": "math-10", "username": "leila.nouri",
         "role": "assistant"}}}"""),
    Case("people of two events", MEMBER, {"members": [{"event": "math-10", "username": "sara.jafari"}, {"event": "staff-meeting",
         "username": "sara.jafari"}]},
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}],
         ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}]}], ["events.add_users 54", {"users": [{"userid": 156, "role":
         "participant"}]}]], "changed": true, "members": [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role":
         "participant", "action": "created", "changed": true}, {"event": "staff-meeting", "username": "sara.jafari", "userid": 156, "event_id": 54, "role":
         "participant", "action": "created", "changed": true}], "summary": {"created": 2, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}, "before":
         {}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username": "sara.jafari"}, "staff-meeting / sara.jafari": {"event": "staff-meeting",
         "username": "sara.jafari"}}}"""),
    Case("people of two events, of which one is not there", MEMBER, {"members": [
        {"event": "math-10", "username": "sara.jafari"}, {"event": "math-11", "username": "sara.jafari"}]},
        gives=r"""{"asked": ["events.get 53", "events.get 55", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}],
         ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}]}]], "changed": true, "members": [{"event": "math-10", "username":
         "sara.jafari", "action": "created", "changed": true}, {"event": "math-11", "username": "sara.jafari", "userid": null, "event_id": null, "action":
         "failed", "changed": false, "error": ["not_found", "there is no event math-11 (did you mean math-10?)"]}], "summary": {"created": 1, "updated": 0,
         "deleted": 0, "unchanged": 0, "failed": 1}, "msg": "alocom_event_member: 1 of 2 members failed (math-11 / sara.jafari); the first: there is no event
         math-11 (did you mean math-10?) [not_found]. Make it first with alocom_event or alocom_user", "code": "not_found", "before": {}, "after": {"math-10
         / sara.jafari": {"event": "math-10", "username": "sara.jafari"}}, "check": {"msg": null, "warnings": ["event math-11 does not exist yet; a real run
         would need it"]}}"""),
    Case("people of an event that cannot be read", MEMBER, {"members": [{"event": "math-10", "username": "sara.jafari"}, {"event": "staff-meeting",
         "username": "sara.jafari"}]},
         prepare=fault("events.get", "status", status=403),
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.index", "events.index", ["users.index", {"username": "sara.jafari"}],
         ["events.add_users 54", {"users": [{"userid": 156, "role": "participant"}]}]], "changed": true, "members": [{"event": "math-10", "username":
         "sara.jafari", "userid": null, "event_id": null, "action": "failed", "changed": false, "error": [403, "get event: simulated failure 403"]},
         {"event": "staff-meeting", "username": "sara.jafari", "action": "created", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 0,
         "unchanged": 0, "failed": 1}, "msg": "alocom_event_member: 1 of 2 members failed (math-10 / sara.jafari); the first: get event: simulated failure
         403 (HTTP 403). The account may not do this", "code": 403, "before": {}, "after": {"staff-meeting / sara.jafari": {"event": "staff-meeting",
         "username": "sara.jafari"}}}"""),
    Case("who is not named", MEMBER, {"event": "math-10", "purge": True, "members": [{"username": "zahra.karimi"}, {"username": "sara.jafari"}]},
         gives=r"""{"asked": ["events.get 53", "events.index", "events.index", "users.index", "users.index", ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}], "events.get 53", ["events.remove_users 53", {"users": [149, 150, 151, 152]}], "events.get 53"], "changed": true,
         "members": [{"event": "math-10", "username": "zahra.karimi", "userid": 148, "event_id": 53, "role": "teacher", "action": "unchanged", "changed":
         false}, {"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant", "action": "created", "changed": true},
         {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant", "action": "deleted", "changed": true},
         {"event": "math-10", "username": "maryam.hosseini", "userid": 150, "event_id": 53, "role": "participant", "action": "deleted", "changed": true},
         {"event": "math-10", "username": "hossein.rezaei", "userid": 151, "event_id": 53, "role": "participant", "action": "deleted", "changed": true},
         {"event": "math-10", "username": "fatemeh.ahmadi", "userid": 152, "event_id": 53, "role": "participant", "action": "deleted", "changed": true}],
         "summary": {"created": 1, "updated": 0, "deleted": 4, "unchanged": 1, "failed": 0}, "before": {"math-10 / ali.mohammadi": {"event": "math-10",
         "username": "ali.mohammadi"}, "math-10 / maryam.hosseini": {"event": "math-10", "username": "maryam.hosseini"}, "math-10 / hossein.rezaei":
         {"event": "math-10", "username": "hossein.rezaei"}, "math-10 / fatemeh.ahmadi": {"event": "math-10", "username": "fatemeh.ahmadi"}}, "after":
         {"math-10 / sara.jafari": {"event": "math-10", "username": "sara.jafari"}}}"""),
    Case("nobody is named", MEMBER, {"event": "physics-11-old", "purge": True, "members": []},
         gives=r"""{"asked": ["events.get 55", "events.get 55", "events.index", "events.index", "users.index", "users.index", ["events.remove_users 55",
         {"users": [148, 156]}], "events.get 55"], "changed": true, "members": [{"event": "physics-11-old", "username": "zahra.karimi", "userid": 148,
         "event_id": 55, "role": "teacher", "action": "deleted", "changed": true}, {"event": "physics-11-old", "username": "sara.jafari", "userid": 156,
         "event_id": 55, "role": "participant", "action": "deleted", "changed": true}], "summary": {"created": 0, "updated": 0, "deleted": 2, "unchanged": 0,
         "failed": 0}, "before": {"physics-11-old / zahra.karimi": {"event": "physics-11-old", "username": "zahra.karimi"}, "physics-11-old / sara.jafari":
         {"event": "physics-11-old", "username": "sara.jafari"}}, "after": {}}"""),
    Case("a purge without an event", MEMBER, {"purge": True, "members": [{"event": "math-10", "username": "zahra.karimi"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: purge: true needs event at the top: only members of that one event are ever
         removed", "code": "bad_option"}"""),
    Case("a purge with another event", MEMBER, {"purge": True, "event": "math-10", "members": [
        {"event": " math-10", "username": "zahra.karimi"}, {"event": "staff-meeting", "username": "zahra.karimi"}]},
        gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: members[1]: with purge: true all members belong to the event at the top
         (math-10), not to staff-meeting", "code": "bad_option"}"""),
    Case("a purge of an event that is not there", MEMBER, {"purge": True, "event": "math-11", "members": []},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index"], "changed": false, "msg": "alocom_event_member (0 members): there is no event
         math-11 (did you mean math-10?) [not_found]. Give its slug or its id; alocom_event_info lists them", "code": "not_found", "check": {"msg": null}}"""),
    Case("one person twice", MEMBER, {"event": "math-10", "members": [{"username": "zahra.karimi"}, {"username": "zahra.karimi"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: members[1]: names the same member (math-10 / zahra.karimi) as members[0]: each
         may occur once", "code": "bad_option"}"""),
    Case("one person of one event by slug and id", MEMBER, {"members": [
        {"event": "math-10", "username": "zahra.karimi"}, {"event": "53", "username": "zahra.karimi"}]},
        gives=r"""{"asked": ["events.index", "events.index"], "changed": false, "msg": "alocom_event_member: members[1]: names the same member
         (53 / zahra.karimi) as members[0]: each may occur once", "code": "bad_option"}"""),
    Case("without an event", MEMBER, {"username": "zahra.karimi"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: event is required and must not be empty", "code": "bad_option"}"""),
    Case("an empty name", MEMBER, {"event": "math-10", "username": " "},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: username is required and must
         not be empty", "code": "bad_option"}"""),
    Case("an unknown role", MEMBER, {"event": "math-10", "username": "zahra.karimi", "role": "chief"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event_member: role: must be one of participant, assistant, teacher, not 'chief'", "code":
         "bad_option"}"""),
    Case("more than may be", MEMBER, {"event": "math-10", "members": [{"username": "sara.jafari"}, {"username": "leila.nouri"}]}, prepare=most(6),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "leila.nouri"}], ["users.index", {"username": "sara.jafari"}],
         ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}, {"userid": 158, "role": "participant"}]}]], "changed": true, "members":
         [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant", "action": "created", "changed": true},
         {"event": "math-10", "username": "leila.nouri", "userid": 158, "event_id": 53, "role": "participant", "action": "created", "changed": true}],
         "summary": {"created": 2, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}, "warnings": ["event math-10 would have 7 members, and its
         service allows 6 (max_event_user)"], "before": {}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username": "sara.jafari"}, "math-10 /
         leila.nouri": {"event": "math-10", "username": "leila.nouri"}}}"""),
    Case("as many as may be", MEMBER, {"event": "math-10", "members": [{"username": "sara.jafari"}, {"username": "zahra.karimi", "state": "absent"}]},
         prepare=most(5),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["users.index", {"username": "zahra.karimi"}],
         ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}]}], "events.get 53", ["events.remove_users 53", {"users": [148]}],
         "events.get 53"], "changed": true, "members": [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant",
         "action": "created", "changed": true}, {"event": "math-10", "username": "zahra.karimi", "userid": 148, "event_id": 53, "role": "teacher", "action":
         "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}, "before": {"math-10 /
         zahra.karimi": {"event": "math-10", "username": "zahra.karimi"}}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username":
         "sara.jafari"}}}"""),
    Case("one for another", MEMBER, {"event": "math-10", "members": [{"username": "sara.jafari"}, {"username": "leila.nouri"}, {"username": "zahra.karimi",
         "state": "absent"}]},
         prepare=most(5),
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"},
         {"userid": 158, "role": "participant"}]}], "events.get 53", ["events.remove_users 53", {"users": [148]}], "events.get 53"], "changed": true,
         "members": [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant", "action": "created", "changed":
         true}, {"event": "math-10", "username": "leila.nouri", "userid": 158, "event_id": 53, "role": "participant", "action": "created", "changed": true},
         {"event": "math-10", "username": "zahra.karimi", "userid": 148, "event_id": 53, "role": "teacher", "action": "deleted", "changed": true}],
         "summary": {"created": 2, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}, "warnings": ["event math-10 would have 6 members, and its
         service allows 5 (max_event_user)"], "before": {"math-10 / zahra.karimi": {"event": "math-10", "username": "zahra.karimi"}}, "after": {"math-10 /
         sara.jafari": {"event": "math-10", "username": "sara.jafari"}, "math-10 / leila.nouri": {"event": "math-10", "username": "leila.nouri"}}}"""),
    Case("more than may be, others purged", MEMBER, {"event": "math-10", "purge": True, "members": [{"username": "sara.jafari"},
         {"username": "leila.nouri"}]}, prepare=most(1),
         gives=r"""{"asked": ["events.get 53", "events.index", "events.index", "users.index", "users.index", ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}, {"userid": 158, "role": "participant"}]}], "events.get 53", ["events.remove_users 53", {"users": [148, 149, 150, 151,
         152]}], "events.get 53"], "changed": true, "members": [{"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role":
         "participant", "action": "created", "changed": true}, {"event": "math-10", "username": "leila.nouri", "userid": 158, "event_id": 53, "role":
         "participant", "action": "created", "changed": true}, {"event": "math-10", "username": "zahra.karimi", "userid": 148, "event_id": 53, "role":
         "teacher", "action": "deleted", "changed": true}, {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role":
         "assistant", "action": "deleted", "changed": true}, {"event": "math-10", "username": "maryam.hosseini", "userid": 150, "event_id": 53, "role":
         "participant", "action": "deleted", "changed": true}, {"event": "math-10", "username": "hossein.rezaei", "userid": 151, "event_id": 53, "role":
         "participant", "action": "deleted", "changed": true}, {"event": "math-10", "username": "fatemeh.ahmadi", "userid": 152, "event_id": 53, "role":
         "participant", "action": "deleted", "changed": true}], "summary": {"created": 2, "updated": 0, "deleted": 5, "unchanged": 0, "failed": 0},
         "warnings": ["event math-10 would have 2 members, and its service allows 1 (max_event_user)"], "before": {"math-10 / zahra.karimi": {"event":
         "math-10", "username": "zahra.karimi"}, "math-10 / ali.mohammadi": {"event": "math-10", "username": "ali.mohammadi"}, "math-10 / maryam.hosseini":
         {"event": "math-10", "username": "maryam.hosseini"}, "math-10 / hossein.rezaei": {"event": "math-10", "username": "hossein.rezaei"}, "math-10 /
         fatemeh.ahmadi": {"event": "math-10", "username": "fatemeh.ahmadi"}}, "after": {"math-10 / sara.jafari": {"event": "math-10", "username":
         "sara.jafari"}, "math-10 / leila.nouri": {"event": "math-10", "username": "leila.nouri"}}}"""),
    # -- what goes wrong
    Case("somebody added is lost", MEMBER, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.add_users"),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}], "events.get 53"], "changed": true, "member": {"event": "math-10", "username": "sara.jafari", "userid": 156,
         "event_id": 53, "role": "participant"}, "before": {}, "after": {"event": "math-10", "username": "sara.jafari"}}"""),
    Case("somebody added never came", MEMBER, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.add_users", "reset_before"),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}], "events.get 53", "events.get 53", ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}]}]],
         "changed": true, "member": {"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant"}, "before": {},
         "after": {"event": "math-10", "username": "sara.jafari"}}"""),
    Case("two added never came", MEMBER, {"event": "math-10", "members": [{"username": "sara.jafari"}, {"username": "leila.nouri"}]},
         prepare=fault("events.add_users", "reset_before", times=2),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "leila.nouri"}], ["users.index", {"username": "sara.jafari"}],
         ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}, {"userid": 158, "role": "participant"}]}], "events.get 53", "events.get
         53", ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}, {"userid": 158, "role": "participant"}]}], "events.get 53",
         "events.get 53", "events.get 53", "events.get 53", "events.get 53"], "changed": false, "members": [{"event": "math-10", "username": "sara.jafari",
         "userid": null, "event_id": null, "action": "failed", "changed": false, "error": ["outcome_unknown", "add members: the connection broke before the
         answer was complete: connection reset by peer"]}, {"event": "math-10", "username": "leila.nouri", "userid": null, "event_id": null, "action":
         "failed", "changed": false, "error": ["outcome_unknown", "add members: the connection broke before the answer was complete: connection reset by
         peer"]}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 2}, "msg": "alocom_event_member: 2 of 2 members failed
         (math-10 / sara.jafari, math-10 / leila.nouri); the first: add members: the connection broke before the answer was complete: connection reset by
         peer [outcome_unknown]. Nobody knows whether it happened: look at event 53 in the panel, or run the task again, which looks first", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("somebody added fails at the vendor", MEMBER, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.add_users", "status",
         status=500),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}], "events.get 53", "events.get 53", ["events.add_users 53", {"users": [{"userid": 156, "role": "participant"}]}]],
         "changed": true, "member": {"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role": "participant"}, "before": {},
         "after": {"event": "math-10", "username": "sara.jafari"}}"""),
    Case("there is no call to add", MEMBER, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.add_users", "status", status=404),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}], "events.get 53", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"],
         "guest_count": 5}]], "changed": true, "member": {"event": "math-10", "username": "sara.jafari", "userid": 156, "event_id": 53, "role":
         "participant"}, "before": {}, "after": {"event": "math-10", "username": "sara.jafari"}}"""),
    Case("adding is refused", MEMBER, {"event": "math-10", "username": "sara.jafari"}, prepare=fault("events.add_users", "status", status=403),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.add_users 53", {"users": [{"userid":
         156, "role": "participant"}]}]], "changed": false, "msg": "alocom_event_member math-10 / sara.jafari: add members: simulated failure 403 (HTTP 403).
         The account may not do this", "code": 403, "check": {"changed": true, "msg": null}}"""),
    Case("there is no call to remove", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"}, prepare=fault("events.remove_users",
         "status", status=405),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}], "events.get 53", "events.get 53", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152,
         "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], "events.get 53"], "changed": true, "member": {"event":
         "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant"}, "before": {"event": "math-10", "username":
         "ali.mohammadi"}, "after": {}}"""),
    Case("the call removes by other ids", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"},
         settings={"remove_users_id": "enrolment"},
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}], "events.get 53", "events.get 53", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152,
         "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], "events.get 53"], "changed": true, "member": {"event":
         "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant"}, "before": {"event": "math-10", "username":
         "ali.mohammadi"}, "after": {}}"""),
    Case("removing is lost", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"}, prepare=fault("events.remove_users", times=2),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}], ["events.remove_users 53", {"users": [149]}], "events.get 53"], "changed": true, "member": {"event": "math-10", "username":
         "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant"}, "before": {"event": "math-10", "username": "ali.mohammadi"}, "after": {}}"""),
    Case("removing never came", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"}, prepare=fault("events.remove_users",
         "reset_before", times=2),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}], ["events.remove_users 53", {"users": [149]}], "events.get 53", "events.get 53", ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 150, "role": "participant"},
         {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}],
         "events.get 53"], "changed": true, "member": {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "assistant"},
         "before": {"event": "math-10", "username": "ali.mohammadi"}, "after": {}}"""),
    Case("removing is refused", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "state": "absent"}, prepare=fault("events.remove_users", "status",
         status=403),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.remove_users 53",
         {"users": [149]}]], "changed": false, "msg": "alocom_event_member math-10 / ali.mohammadi: remove members: simulated failure 403 (HTTP 403). The
         account may not do this", "code": 403, "check": {"changed": true, "msg": null}}"""),
    Case("a role that is lost", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}, prepare=fault("events.update"),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "member":
         {"event": "math-10", "username": "ali.mohammadi", "userid": 149, "event_id": 53, "role": "teacher"}, "before": {"event": "math-10", "username":
         "ali.mohammadi", "role": "assistant"}, "after": {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}}"""),
    Case("a role that never came", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}, prepare=fault("events.update",
         "reset_before", times=0),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], "events.get 53",
         ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"},
         {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role":
         "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10",
         "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role":
         "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"],
         "guest_count": 5}], "events.get 53"], "changed": false, "msg": "alocom_event_member math-10 / ali.mohammadi: update members: the connection broke
         before the answer was complete: connection reset by peer [outcome_unknown]. Nobody knows whether it happened: look at event 53 in the panel, or run
         the task again, which looks first", "code": "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
    Case("a role that is refused", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"}, prepare=fault("events.update", "status",
         status=422),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}]], "changed": false, "msg": "alocom_event_member math-10 / ali.mohammadi: update members: simulated
         failure 422 (HTTP 422)", "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("a role that is lost, and the event cannot be read", MEMBER, {"event": "math-10", "username": "ali.mohammadi", "role": "teacher"},
         prepare=faults(fault("events.update", "reset_before", times=2), fault("events.get", "status", status=403, skip=2, times=0)),
         gives=r"""{"asked": ["events.get 53", "events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53",
         {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access":
         1, "guest_code": ["1234"], "guest_count": 5}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], "events.get 53"], "changed":
         false, "msg": "alocom_event_member math-10 / ali.mohammadi: update members: the connection broke before the answer was complete: connection reset by
         peer [outcome_unknown]. Nobody knows whether it happened: look at event 53 in the panel, or run the task again, which looks first", "code":
         "outcome_unknown", "check": {"changed": true, "msg": null}}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "alocom", case, tmp_path) == case.expected
