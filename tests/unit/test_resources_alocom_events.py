# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of Alocom, made and changed: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen
from resources_alocom import fault, members

EVENT = "alocom_event"
NEW = {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}

CASES = [
    # -- made
    Case("an event", EVENT, NEW,
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}]], "changed": true, "event": {"slug": "math-11", "id": 56, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service": "کلاس اصلی",
         "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}, "check": {"event":
         {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس اصلی", "enabled":
         true, "start_by_admin": false}}}"""),
    Case("an event with everything", EVENT, {
        **NEW, "service": "۱۴", "enabled": False, "start_by_admin": True, "back_link": "https://a.ir", "guest_access": True, "guest_codes": ["12", "۱۳"],
        "guest_count": 3, "members": members("ali.mohammadi") + members("sara.jafari", role="teacher")},
        gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["users.index", {"username":
         "ali.mohammadi"}], ["users.index", {"username": "sara.jafari"}], ["events.create", {"title": "ریاضی", "slug": "math-11", "status": 0,
         "start_by_admin": 1, "users": [{"userid": 149, "role": "participant"}, {"userid": 156, "role": "teacher"}], "guest_access": 1, "guest_code": ["12",
         "۱۳"], "guest_count": 3, "back_link": "https://a.ir", "agent_service_id": 14}]], "changed": true, "event": {"slug": "math-11", "id": 56, "status":
         "inactive", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service": "۱۴",
         "enabled": false, "start_by_admin": true, "guest_access": true, "guest_count": 3, "members": [{"username": "ali.mohammadi", "role": "participant"},
         {"username": "sara.jafari", "role": "teacher"}]}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "۱۴", "enabled": false,
         "start_by_admin": true, "back_link": "********", "guest_access": true, "guest_codes": "********", "guest_count": 3, "members": {"ali.mohammadi":
         {"role": "participant"}, "sara.jafari": {"role": "teacher"}}}, "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link":
         null, "agent_service_id": null, "title": "ریاضی", "service": "۱۴", "enabled": false, "start_by_admin": true, "guest_access": true, "guest_count": 3,
         "members": [{"username": "ali.mohammadi", "role": "participant"}, {"username": "sara.jafari", "role": "teacher"}]}}}"""),
    Case("an event with nothing in what may be empty", EVENT, {**NEW, "back_link": "", "guest_codes": [], "members": [], "guest_count": 0,
         "guest_access": False},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "guest_access": 0, "guest_count": 0, "back_link": "", "agent_service_id": 14}]], "changed":
         true, "event": {"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11",
         "agent_service_id": 14, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": false, "guest_count": 0,
         "members": []}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی", "back_link": "********", "guest_access": false,
         "guest_codes": "********", "guest_count": 0, "members": {}}, "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link": null,
         "agent_service_id": null, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": false, "guest_count":
         0, "members": []}}}"""),
    Case("an event without a title", EVENT, {"slug": "math-11", "service": 14},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index"], "changed": false, "msg": "alocom_event math-11: event math-11 does not exist
         and cannot be made without title [missing_option]", "code": "missing_option"}"""),
    Case("an event without a service", EVENT, {"slug": "math-11", "title": "a"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index"], "changed": false, "msg": "alocom_event math-11: event math-11 does not exist
         and cannot be made without service [missing_option]", "code": "missing_option"}"""),
    Case("an event of no service", EVENT, {**NEW, "service": "کلاس اصلي دوم"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index"], "changed": false, "msg": "alocom_event
         math-11: service: there is no bought service کلاس اصلي دوم (did you mean کلاس اصلی?) [not_found]. alocom_service_info lists them", "code":
         "not_found"}"""),
    Case("an event of one of two services", EVENT, NEW, prepare=lambda v: v.mutate("services", {"id": 16}, {"title": "کلاس اصلی"}),
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index"], "changed": false, "msg": "alocom_event
         math-11: service: 2 services are called کلاس اصلی (ids 16, 14) [ambiguous]. Give the id of the one you mean", "code": "ambiguous"}"""),
    Case("an event of the service that is active", EVENT, NEW, prepare=lambda v: v.mutate("services", {"id": 12}, {"title": "کلاس اصلی"}),
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}]], "changed": true, "event": {"slug": "math-11", "id": 56, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service": "کلاس اصلی",
         "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}, "check": {"event":
         {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس اصلی", "enabled":
         true, "start_by_admin": false}}}"""),
    Case("an event of a service that has ended", EVENT, {**NEW, "service": "سرویس پارسال"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 12}]], "changed": false, "msg": "alocom_event math-11: create event:
         اطلاعات وارد شده صحیح نیست (agent_service_id: سرویس انتخاب شده فعال نیست.) (HTTP 422)", "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("a slug that is none", EVENT, {**NEW, "slug": "ریاضی 11"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: slug: must be of Latin letters, digits, '-', '_', '.' and '~', without spaces, not
         'ریاضی 11'", "code": "bad_option"}"""),
    Case("a count below zero", EVENT, {**NEW, "guest_count": -1},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: guest_count: must be 0 or more, not -1", "code": "bad_option"}"""),
    Case("an event that is lost", EVENT, NEW, prepare=fault("events.create"),
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.index"], "changed": true, "event": {"slug": "math-11", "id":
         56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": null, "title": "ریاضی", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"},
         "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس
         اصلی", "enabled": true, "start_by_admin": false}}}"""),
    Case("an event without its id", EVENT, NEW, settings={"create_returns_id": False},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.index"], "changed": true, "event": {"slug": "math-11", "id":
         56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"},
         "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس
         اصلی", "enabled": true, "start_by_admin": false}}}"""),
    Case("an event answered by nothing", EVENT, NEW, prepare=fault("events.create", "no_content"),
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.index"], "changed": true, "event": {"slug": "math-11", "id":
         56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"},
         "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس
         اصلی", "enabled": true, "start_by_admin": false}}}"""),
    Case("one member twice", EVENT, {**NEW, "members": members("ali.mohammadi", " ali.mohammadi")},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: members: ali.mohammadi is named more than once", "code": "bad_option"}"""),
    Case("one member in two cases", EVENT, {**NEW, "members": members("ali.mohammadi", "Ali.Mohammadi")}, settings={"username_case": "lower"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "Ali.Mohammadi"}], ["users.index", {"username":
         "Ali.Mohammadi"}], ["users.index", {"username": "ali.mohammadi"}]], "changed": false, "msg": "alocom_event math-11: members: ali.mohammadi and
         Ali.Mohammadi are one user of the vendor [same_object]. Name each once", "code": "same_object"}"""),
    Case("an unknown member", EVENT, {**NEW, "members": members("ali.mohamadi", "sara.jafari", "nobody")},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "users.index", "users.index"], "changed": false, "msg": "alocom_event math-11:
         members: there is no user ali.mohamadi (did you mean ali.mohammadi, fatemeh.ahmadi or mohammad.sadeghi?), nobody [not_found]. Make them first with
         alocom_user", "code": "not_found", "check": {"changed": true, "msg": null, "warnings": ["user ali.mohamadi, nobody does not exist yet; a real run
         would need it"]}}"""),
    Case("an unknown role", EVENT, {**NEW, "members": members("ali.mohammadi", role="chief")},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: members[0].role: must be one of participant, assistant, teacher, not 'chief'",
         "code": "bad_option"}"""),
    Case("a member who is foretold", EVENT, {**NEW, "members": members("new.one"), "foretold": {"users": [{"username": "new.one", "action": "created"}]}},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", ["users.index", {"username": "new"}], ["users.index", {"username":
         "new.one"}], ["users.index", {"username": "new.one"}], ["users.index", {"username": "one"}]], "changed": false, "msg": "alocom_event math-11:
         members: there is no user new.one [not_found]. Make them first with alocom_user", "code": "not_found", "check": {"changed": true, "msg": null}}"""),
    Case("more members than the service allows", EVENT, {**NEW, "members": members("ali.mohammadi", "sara.jafari")},
         prepare=lambda v: v.mutate("services", {"id": 14}, {"properties": {"max_event_user": 1}}),
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["users.index", {"username":
         "ali.mohammadi"}], ["users.index", {"username": "sara.jafari"}], ["events.create", {"title": "ریاضی", "slug": "math-11", "status": 1,
         "start_by_admin": 0, "users": [{"userid": 149, "role": "participant"}, {"userid": 156, "role": "participant"}], "agent_service_id": 14}]],
         "changed": true, "event": {"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11",
         "agent_service_id": 14, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "members": [{"username":
         "ali.mohammadi", "role": "participant"}, {"username": "sara.jafari", "role": "participant"}]}, "warnings": ["event math-11 would have 2 members, and
         its service allows 1 (max_event_user)"], "before": {}, "after": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی", "members":
         {"ali.mohammadi": {"role": "participant"}, "sara.jafari": {"role": "participant"}}}, "check": {"event": {"slug": "math-11", "id": null, "status":
         null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "members":
         [{"username": "ali.mohammadi", "role": "participant"}, {"username": "sara.jafari", "role": "participant"}]}}}"""),
    # -- changed
    Case("nothing changes", EVENT, {"slug": "math-10", "title": "رياضي دهم", "service": "کلاس اصلی", "enabled": True, "start_by_admin": False,
         "guest_access": True,
                                    "guest_codes": ["1234"], "guest_count": 5, "members": members("Zahra.karimi", role="teacher") + members("ali.mohammadi")},
         again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "Zahra.karimi"}], ["users.index", {"username": "Zahra.karimi"}],
         ["users.index", {"username": "ali.mohammadi"}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "participant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true,
         "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id":
         14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members":
         [{"username": "Zahra.karimi", "role": "teacher", "userid": 148}, {"username": "ali.mohammadi", "role": "participant", "userid": 149}, {"username":
         "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant", "userid": 151}, {"username": "#152", "role":
         "participant", "userid": 152}]}, "before": {"slug": "math-10", "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin":
         false, "guest_access": true, "guest_codes": "********", "guest_count": 5, "members": {"ali.mohammadi": {"role": "assistant"}, "zahra.karimi":
         {"role": "teacher"}}}, "after": {"slug": "math-10", "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false,
         "guest_access": true, "guest_codes": "********", "guest_count": 5, "members": {"Zahra.karimi": {"role": "teacher"}, "ali.mohammadi": {"role":
         "participant"}}}}"""),
    Case("a title", EVENT, {"slug": "math-10", "title": "جبر"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null,
         "title": "جبر", "service": "کلاس اصلی", "enabled": true}, "before": {"slug": "math-10", "title": "ریاضی دهم"}, "after": {"slug": "math-10", "title":
         "جبر"}}"""),
    Case("a title and a back link", EVENT, {"slug": "math-10", "title": "جبر", "back_link": "https://a.ir"}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5, "back_link":
         "https://a.ir"}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "جبر", "service": "کلاس اصلی", "enabled": true}, "before":
         {"slug": "math-10", "title": "ریاضی دهم"}, "after": {"slug": "math-10", "title": "جبر"}}"""),
    Case("a back link alone", EVENT, {"slug": "math-10", "back_link": "https://a.ir"},
         gives=r"""{"asked": ["events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}}"""),
    Case("a back link that is told", EVENT, {"slug": "math-10", "back_link": "https://a.ir"}, settings={"back_link_in_answer": True},
         gives=r"""{"asked": ["events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}}"""),
    Case("a back link that is told and stays", EVENT, {"slug": "math-10", "title": "جبر"}, settings={"back_link_in_answer": True},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5, "back_link":
         "https://school.example.ir/back"}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "جبر", "service": "کلاس اصلی", "enabled": true}, "before":
         {"slug": "math-10", "title": "ریاضی دهم"}, "after": {"slug": "math-10", "title": "جبر"}}"""),
    Case("an event is off", EVENT, {"slug": "math-10", "enabled": False},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 0, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true,
         "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id":
         null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": false}, "before": {"slug": "math-10", "enabled": true}, "after": {"slug": "math-10",
         "enabled": false}}"""),
    Case("an event that ended is on", EVENT, {"slug": "physics-11-old", "enabled": True},
         gives=r"""{"asked": ["events.index"], "changed": false, "event": {"slug": "physics-11-old", "id": 55, "status": "expired", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/physics-11-old", "agent_service_id": null, "title": "فیزیک یازدهم پارسال", "service": "سرویس پارسال",
         "enabled": false}, "warnings": ["event physics-11-old has expired with its service; enabled cannot change that"]}"""),
    Case("an event that ended is off", EVENT, {"slug": "physics-11-old", "enabled": False},
         gives=r"""{"asked": ["events.index"], "changed": false, "event": {"slug": "physics-11-old", "id": 55, "status": "expired", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/physics-11-old", "agent_service_id": null, "title": "فیزیک یازدهم پارسال", "service": "سرویس پارسال",
         "enabled": false}}"""),
    Case("an event that ended gets a title", EVENT, {"slug": "physics-11-old", "enabled": True, "title": "a"},
         gives=r"""{"asked": ["events.get 55", "events.index", ["events.update 55", {"title": "a", "slug": "physics-11-old", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 156, "role": "participant"}], "guest_access": 0, "guest_count": 0}]], "changed": true,
         "event": {"slug": "physics-11-old", "id": 55, "status": "expired", "alocom_link": "https://class.kavano.org/class/kariz-demo/physics-11-old",
         "agent_service_id": null, "title": "a", "service": "سرویس پارسال", "enabled": false}, "warnings": ["event physics-11-old has expired with its
         service; enabled cannot change that"], "before": {"slug": "physics-11-old", "title": "فیزیک یازدهم پارسال", "enabled": false}, "after": {"slug":
         "physics-11-old", "title": "a", "enabled": false}}"""),
    Case("no guests", EVENT, {"slug": "math-10", "guest_access": False, "guest_codes": [], "guest_count": 0},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 0, "guest_code": [], "guest_count": 0}]], "changed": true, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14,
         "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": false, "guest_count": 0, "members":
         [{"username": "#148", "role": "teacher", "userid": 148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role":
         "participant", "userid": 150}, {"username": "#151", "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid":
         152}]}, "before": {"slug": "math-10", "guest_access": true, "guest_codes": "********", "guest_count": 5}, "after": {"slug": "math-10",
         "guest_access": false, "guest_codes": "******** (changed)", "guest_count": 0}}"""),
    Case("guests", EVENT, {"slug": "staff-meeting", "guest_access": True, "guest_codes": ["a", "b"], "guest_count": 2},
         gives=r"""{"asked": ["events.get 54", "events.index", ["events.update 54", {"title": "جلسه هماهنگی همکاران", "slug": "staff-meeting", "status": 1,
         "start_by_admin": 0, "users": [{"userid": 149, "role": "teacher"}, {"userid": 154, "role": "participant"}, {"userid": 155, "role": "participant"}],
         "guest_access": 1, "guest_count": 2, "guest_code": ["a", "b"]}]], "changed": true, "event": {"slug": "staff-meeting", "id": 54, "status": "active",
         "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": 16, "title": "جلسه هماهنگی همکاران", "service":
         "جلسات همکاران", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 2, "members": [{"username": "#149", "role":
         "teacher", "userid": 149}, {"username": "#154", "role": "participant", "userid": 154}, {"username": "#155", "role": "participant", "userid": 155}]},
         "before": {"slug": "staff-meeting", "guest_access": false, "guest_codes": "********", "guest_count": 0}, "after": {"slug": "staff-meeting",
         "guest_access": true, "guest_codes": "******** (changed)", "guest_count": 2}}"""),
    Case("guest codes as a text", EVENT, {"slug": "math-10", "title": "جبر"}, settings={"guest_code_style": "string"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": "1234", "guest_count": 5}]], "changed": true, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null,
         "title": "جبر", "service": "کلاس اصلی", "enabled": true}, "before": {"slug": "math-10", "title": "ریاضی دهم"}, "after": {"slug": "math-10", "title":
         "جبر"}}"""),
    Case("guest codes as a list", EVENT, {"slug": "staff-meeting", "guest_codes": []}, settings={"guest_code_style": "list"},
         gives=r"""{"asked": ["events.get 54", "events.index"], "changed": false, "event": {"slug": "staff-meeting", "id": 54, "status": "active",
         "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": 16, "title": "جلسه هماهنگی همکاران", "service":
         "جلسات همکاران", "enabled": true, "start_by_admin": false, "guest_access": false, "guest_count": 0, "members": [{"username": "#149", "role":
         "teacher", "userid": 149}, {"username": "#154", "role": "participant", "userid": 154}, {"username": "#155", "role": "participant",
         "userid": 155}]}}"""),
    Case("by whom it is begun", EVENT, {"slug": "math-10", "start_by_admin": True},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         1, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true,
         "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id":
         14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": true, "guest_access": true, "guest_count": 5, "members":
         [{"username": "#148", "role": "teacher", "userid": 148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role":
         "participant", "userid": 150}, {"username": "#151", "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid":
         152}]}, "before": {"slug": "math-10", "start_by_admin": false}, "after": {"slug": "math-10", "start_by_admin": true}}"""),
    Case("a slug by its id", EVENT, {"id": "۵۳", "slug": "math-12"},
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-12", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true,
         "event": {"slug": "math-12", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id":
         null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}, "before": {"slug": "math-10"}, "after": {"slug": "math-12"}}"""),
    Case("no event of this id", EVENT, {"id": 99, "slug": "math-12"},
         gives=r"""{"asked": ["events.index", "events.index"], "changed": false, "msg": "alocom_event math-12: there is no event with id 99 [not_found].
         Leave id out to have it made", "code": "not_found"}"""),
    Case("another service", EVENT, {"slug": "math-10", "service": "جلسات همکاران"},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی",
         "after": "جلسات همکاران"}}}, "warnings": ["event math-10 belongs to service کلاس اصلی and cannot move to جلسات همکاران: the vendor has no call for
         that; remove the event and make it again"]}"""),
    Case("another service by id", EVENT, {"slug": "math-10", "service": 16},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی",
         "after": "16"}}}, "warnings": ["event math-10 belongs to service کلاس اصلی and cannot move to 16: the vendor has no call for that; remove the event
         and make it again"]}"""),
    Case("the same service by id", EVENT, {"slug": "math-10", "service": "۱۴"},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی",
         "after": "۱۴"}}}}"""),
    Case("another title and another service", EVENT, {"slug": "math-10", "title": "جبر", "service": 16}, again=False,
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14,
         "title": "جبر", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username":
         "#148", "role": "teacher", "userid": 148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant",
         "userid": 150}, {"username": "#151", "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]},
         "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی", "after": "16"}}}, "warnings": ["event math-10 belongs to service کلاس اصلی and
         cannot move to 16: the vendor has no call for that; remove the event and make it again"], "before": {"slug": "math-10", "title": "ریاضی دهم",
         "service": "کلاس اصلی"}, "after": {"slug": "math-10", "title": "جبر", "service": "کلاس اصلی"}}"""),
    Case("a member is added", EVENT, {"slug": "math-10", "members": members("sara.jafari", role="teacher")},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid":
         150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role": "teacher"}],
         "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled":
         true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148},
         {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role":
         "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}, {"username": "sara.jafari", "role": "teacher"}]},
         "before": {"slug": "math-10", "members": {}}, "after": {"slug": "math-10", "members": {"sara.jafari": {"role": "teacher"}}}}"""),
    Case("a member becomes another", EVENT, {"slug": "math-10", "members": members("ali.mohammadi", role="teacher")},
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid":
         150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code":
         ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "ali.mohammadi", "role": "teacher", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role":
         "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "before": {"slug": "math-10", "members":
         {"ali.mohammadi": {"role": "assistant"}}}, "after": {"slug": "math-10", "members": {"ali.mohammadi": {"role": "teacher"}}}}"""),
    Case("other members", EVENT, {"slug": "math-10", "members": members("sara.jafari", "ali.mohammadi"), "members_mode": "replace"},
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", "users.index", ["users.index", {"username": "ali.mohammadi"}], ["users.index",
         {"username": "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid":
         156, "role": "participant"}, {"userid": 149, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed":
         true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10",
         "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count":
         5, "members": [{"username": "sara.jafari", "role": "participant"}, {"username": "ali.mohammadi", "role": "participant", "userid": 149}]}, "before":
         {"slug": "math-10", "members": {"ali.mohammadi": {"role": "assistant"}, "fatemeh.ahmadi": {"role": "participant"}, "hossein.rezaei": {"role":
         "participant"}, "maryam.hosseini": {"role": "participant"}, "zahra.karimi": {"role": "teacher"}}}, "after": {"slug": "math-10", "members":
         {"ali.mohammadi": {"role": "participant"}, "sara.jafari": {"role": "participant"}}}}"""),
    Case("no members", EVENT, {"slug": "math-10", "members": [], "members_mode": "replace"},
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", "users.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10",
         "status": 1, "start_by_admin": 0, "users": [], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug":
         "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی
         دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": []}, "before": {"slug":
         "math-10", "members": {"ali.mohammadi": {"role": "assistant"}, "fatemeh.ahmadi": {"role": "participant"}, "hossein.rezaei": {"role": "participant"},
         "maryam.hosseini": {"role": "participant"}, "zahra.karimi": {"role": "teacher"}}}, "after": {"slug": "math-10", "members": {}}}"""),
    Case("no members more", EVENT, {"slug": "math-10", "members": []},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}}"""),
    Case("many members", EVENT, {"slug": "math-10", "members": members("sara.jafari", "leila.nouri", "mahdi.sharifi")},
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1,
         "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"},
         {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role": "participant"}, {"userid": 158, "role":
         "participant"}, {"userid": 159, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14,
         "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members":
         [{"username": "zahra.karimi", "role": "teacher", "userid": 148}, {"username": "ali.mohammadi", "role": "assistant", "userid": 149}, {"username":
         "maryam.hosseini", "role": "participant", "userid": 150}, {"username": "hossein.rezaei", "role": "participant", "userid": 151}, {"username":
         "fatemeh.ahmadi", "role": "participant", "userid": 152}, {"username": "sara.jafari", "role": "participant"}, {"username": "leila.nouri", "role":
         "participant"}, {"username": "mahdi.sharifi", "role": "participant"}]}, "before": {"slug": "math-10", "members": {}}, "after": {"slug": "math-10",
         "members": {"leila.nouri": {"role": "participant"}, "mahdi.sharifi": {"role": "participant"}, "sara.jafari": {"role": "participant"}}}}"""),
    Case("members beyond what is allowed", EVENT, {"slug": "math-10", "members": members("sara.jafari")},
         prepare=lambda v: v.mutate("services", {"id": 14}, {"properties": {"max_event_user": 5}}),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid":
         150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role":
         "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی",
         "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid":
         148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151",
         "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}, {"username": "sara.jafari", "role":
         "participant"}]}, "warnings": ["event math-10 would have 6 members, and its service allows 5 (max_event_user)"], "before": {"slug": "math-10",
         "members": {}}, "after": {"slug": "math-10", "members": {"sara.jafari": {"role": "participant"}}}}"""),
    Case("members who are too many already", EVENT, {"slug": "math-10", "members": members("ali.mohammadi", role="teacher")},
         prepare=lambda v: v.mutate("services", {"id": 14}, {"properties": {"max_event_user": 2}}),
         gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "teacher"}, {"userid":
         150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code":
         ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "ali.mohammadi", "role": "teacher", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role":
         "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "before": {"slug": "math-10", "members":
         {"ali.mohammadi": {"role": "assistant"}}}, "after": {"slug": "math-10", "members": {"ali.mohammadi": {"role": "teacher"}}}}"""),
    Case("an update that is lost", EVENT, {"slug": "math-10", "title": "جبر"}, prepare=fault("events.update"),
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}], ["events.update 53",
         {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role":
         "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}],
         "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "جبر", "service": "کلاس اصلی", "enabled":
         true}, "before": {"slug": "math-10", "title": "ریاضی دهم"}, "after": {"slug": "math-10", "title": "جبر"}}"""),
    Case("an update that is refused", EVENT, {"slug": "math-10", "title": "جبر"}, prepare=fault("events.update", "status", status=403),
         gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "جبر", "slug": "math-10", "status": 1, "start_by_admin": 0,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": false, "msg":
         "alocom_event math-10: update event: simulated failure 403 (HTTP 403). The account may not do this", "code": 403, "check": {"changed": true, "msg":
         null}}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "alocom", case, tmp_path) == case.expected
