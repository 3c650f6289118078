# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of Alocom, as they are found, told, purged and read: every request, result and refusal, in check mode and for real."""

from __future__ import annotations

import pytest
from resources import Case, seen
from resources_alocom import event, fault, members, rows

EVENT, EVENTS = "alocom_event", "alocom_event_info"
NEW = {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}

CASES = [
    # -- removed
    Case("an event goes", EVENT, {"slug": "math-10", "state": "absent"},
         gives=r"""{"asked": ["events.index", "events.delete 53", "events.get 53"], "changed": true, "event": {"slug": "math-10", "id": 53, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس
         اصلی", "enabled": true}, "before": {"slug": "math-10"}, "after": {}}"""),
    Case("an event by its id goes", EVENT, {"id": 53, "state": "absent"},
         gives=r"""{"asked": ["events.index", "events.delete 53", "events.get 53"], "changed": true, "event": {"slug": "math-10", "id": 53, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس
         اصلی", "enabled": true}, "before": {"slug": "math-10"}, "after": {}}"""),
    Case("an event that is not there goes", EVENT, {"slug": "nothing", "state": "absent"},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index"], "changed": false, "event": {"slug": "nothing", "id": null, "status": null,
         "alocom_link": null, "agent_service_id": null}}"""),
    Case("a running event goes", EVENT, {"slug": "staff-meeting", "state": "absent", "foretold": {"users": []}},
         gives=r"""{"asked": ["events.index", "events.delete 54"], "changed": false, "msg": "alocom_event staff-meeting: delete event: امکان حذف رویداد وجود
         ندارد . (HTTP 400)", "code": 400, "check": {"msg": "alocom_event staff-meeting: staff-meeting is in use, so it cannot be removed: it is running
         [in_use]", "code": "in_use"}}"""),
    Case("events go, foretold", EVENT, {"events": [{"slug": "staff-meeting", "state": "absent"}, {"slug": "math-10", "state": "absent"}],
         "foretold": {"users": []}},
         gives=r"""{"asked": ["events.index", "events.delete 54", "events.delete 53", "events.get 53"], "changed": true, "events": [{"slug": "staff-meeting",
         "id": 54, "status": "active", "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "title":
         "جلسه هماهنگی همکاران", "service": "جلسات همکاران", "enabled": true, "action": "failed", "changed": false, "error": [400, "delete event: امکان حذف
         رویداد وجود ندارد ."]}, {"slug": "math-10", "id": 53, "action": "deleted", "changed": true}], "summary": {"created": 0, "updated": 0, "deleted": 1,
         "unchanged": 0, "failed": 1}, "msg": "alocom_event: 1 of 2 events failed (staff-meeting); the first: delete event: امکان حذف رویداد وجود ندارد .
         (HTTP 400)", "code": 400, "before": {"math-10": {"slug": "math-10"}}, "after": {}, "check": {"events": [{"slug": "staff-meeting", "id": 54,
         "status": "active", "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "title": "جلسه هماهنگی
         همکاران", "service": "جلسات همکاران", "enabled": true, "action": "failed", "changed": false, "error": ["in_use", "staff-meeting is in use, so it
         cannot be removed: it is running"]}, {"slug": "math-10", "id": 53, "action": "deleted", "changed": true}], "msg": "alocom_event: 1 of 2 events
         failed (staff-meeting); the first: staff-meeting is in use, so it cannot be removed: it is running [in_use]", "code": "in_use"}}"""),
    Case("events of one service that are not named", EVENT, {"purge": True, "purge_service": "کلاس اصلي", "events": [NEW]},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.delete 53", "events.get 53"], "changed": true, "events":
         [{"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14,
         "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id":
         53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم",
         "service": "کلاس اصلی", "enabled": true, "action": "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged":
         0, "failed": 0}, "before": {"math-10": {"slug": "math-10"}}, "after": {"math-11": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}},
         "check": {"events": [{"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53, "status": "active",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی",
         "enabled": true, "action": "deleted", "changed": true}]}}"""),
    Case("events of a service by its id that are not named", EVENT, {"purge": True, "purge_service": "۱۴", "events": [NEW]},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.delete 53", "events.get 53"], "changed": true, "events":
         [{"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14,
         "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id":
         53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": "14", "title": "ریاضی دهم",
         "service": "کلاس اصلی", "enabled": true, "action": "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged":
         0, "failed": 0}, "before": {"math-10": {"slug": "math-10"}}, "after": {"math-11": {"slug": "math-11", "title": "ریاضی", "service": "کلاس اصلی"}},
         "check": {"events": [{"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53, "status": "active",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": "14", "title": "ریاضی دهم", "service": "کلاس اصلی",
         "enabled": true, "action": "deleted", "changed": true}]}}"""),
    Case("events of the service of all", EVENT, {"purge": True, "events": [{**NEW, "service": 14}]},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.delete 53", "events.get 53"], "changed": true, "events":
         [{"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14,
         "title": "ریاضی", "service": "14", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53,
         "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": "14", "title": "ریاضی دهم", "service":
         "کلاس اصلی", "enabled": true, "action": "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0,
         "failed": 0}, "before": {"math-10": {"slug": "math-10"}}, "after": {"math-11": {"slug": "math-11", "title": "ریاضی", "service": "14"}}, "check":
         {"events": [{"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "ریاضی", "service": "14",
         "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": "14", "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "action": "deleted", "changed": true}]}}"""),
    Case("events of the service at the top", EVENT, {"purge": True, "service": "کلاس اصلی", "events": [{"slug": "math-11", "title": "a"}]},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "a", "slug":
         "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.delete 53", "events.get 53"], "changed": true, "events": [{"slug":
         "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "a",
         "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس
         اصلی", "enabled": true, "action": "deleted", "changed": true}], "summary": {"created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0},
         "before": {"math-10": {"slug": "math-10"}}, "after": {"math-11": {"slug": "math-11", "title": "a", "service": "کلاس اصلی"}}, "check": {"events":
         [{"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id": null, "title": "a", "service": "کلاس اصلی", "enabled":
         true, "start_by_admin": false, "action": "created", "changed": true}, {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "action": "deleted", "changed": true}]}}"""),
    Case("events of two services", EVENT, {"purge": True, "events": [{**NEW, "service": 14}, {"slug": "b", "title": "b", "service": 16}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: purge: true needs purge_service (or one service for all events): only events of one
         service are ever removed", "code": "bad_option"}"""),
    Case("a purge without a service", EVENT, {"purge": True, "events": [{"slug": "math-10"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: purge: true needs purge_service (or one service for all events): only events of one
         service are ever removed", "code": "bad_option"}"""),
    Case("a purge of one", EVENT, {**NEW, "purge": True},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: purge: true needs events", "code": "bad_option"}"""),
    Case("nothing but the named by id", EVENT, {"purge": True, "purge_service": "کلاس اصلی", "events": [{"id": 53, "title": "a"}]},
         gives=r"""{"asked": ["events.get 53", "events.index", "events.index", ["events.update 53", {"title": "a", "slug": "math-10", "status": 1,
         "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"},
         {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]],
         "changed": true, "events": [{"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10",
         "agent_service_id": null, "title": "a", "service": "کلاس اصلی", "enabled": true, "action": "updated", "changed": true}], "summary": {"created": 0,
         "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0}, "before": {"id 53": {"slug": "math-10", "title": "ریاضی دهم"}}, "after": {"id 53":
         {"slug": "math-10", "title": "a"}}}"""),
    # -- found
    Case("links do not end with the slug", EVENT, {"slug": "math-10", "title": "ریاضی دهم"}, settings={"slug_in_link": False},
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.get 55", "events.get 55", "events.index", "events.index"], "changed": false, "event":
         {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/70d0ff82", "agent_service_id": null,
         "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}}"""),
    Case("links do not end with the slug, and it is another", EVENT, {"slug": "math-11", "title": "ریاضی دهم", "service": 14},
         settings={"slug_in_link": False},
         again=False,
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.get 55", "events.get 55", "events.index", "events.index", "services.index",
         "services.index", ["events.create", {"title": "ریاضی دهم", "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}]],
         "changed": true, "event": {"slug": "math-11", "id": 56, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/8ac7917e",
         "agent_service_id": 14, "title": "ریاضی دهم", "service": "14", "enabled": true, "start_by_admin": false}, "before": {}, "after": {"slug": "math-11",
         "title": "ریاضی دهم", "service": "14"}, "check": {"event": {"slug": "math-11", "id": null, "status": null, "alocom_link": null, "agent_service_id":
         null, "title": "ریاضی دهم", "service": "14", "enabled": true, "start_by_admin": false}}}"""),
    Case("slugs cannot be read", EVENT, {"slug": "math-11", "title": "ریاضی دهم", "service": 14}, settings={"slug_in_link": False},
         prepare=fault("events.get", "status", status=403, skip=1, times=0),
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.get 55", "events.get 55", "events.index", "events.index"], "changed": false, "msg":
         "alocom_event math-11: 3 of 3 failed: 7dd6752b, 31681721, 70d0ff82: get event: simulated failure 403 (HTTP 403).
         The account may not do this", "code": 403}"""),
    Case("a slug is taken by what is not listed", EVENT, NEW, heard={"events.index": lambda body: {"data": []}}, again=False,
         prepare=lambda v: v.mutate("events", {"id": 53}, {"slug": "math-11"}),
         gives=r"""{"asked": ["events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی", "slug": "math-11", "status": 1,
         "start_by_admin": 0, "agent_service_id": 14}], "events.index"], "changed": false, "msg": "alocom_event math-11: create event: اطلاعات وارد شده صحیح
         نیست (slug: مقدار slug قبلا انتخاب شده است.) (HTTP 422)", "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("several events", EVENT, {"events": [{"slug": "math-10", "title": "جبر"}, {"slug": "staff-meeting", "enabled": True}, NEW]},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index", "services.index", "services.index", ["events.create", {"title": "ریاضی",
         "slug": "math-11", "status": 1, "start_by_admin": 0, "agent_service_id": 14}], "events.get 53", ["events.update 53", {"title": "جبر", "slug":
         "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150,
         "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"],
         "guest_count": 5}]], "changed": true, "events": [{"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "جبر", "service": "کلاس اصلی", "enabled": true, "action":
         "updated", "changed": true}, {"slug": "staff-meeting", "id": 54, "status": "active", "alocom_link":
         "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "title": "جلسه هماهنگی همکاران", "service": "جلسات
         همکاران", "enabled": true, "action": "unchanged", "changed": false}, {"slug": "math-11", "id": 56, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-11", "agent_service_id": 14, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "action": "created", "changed": true}], "summary": {"created": 1, "updated": 1, "deleted": 0, "unchanged": 1, "failed": 0},
         "before": {"math-10": {"slug": "math-10", "title": "ریاضی دهم"}}, "after": {"math-10": {"slug": "math-10", "title": "جبر"}, "math-11": {"slug":
         "math-11", "title": "ریاضی", "service": "کلاس اصلی"}}, "check": {"events": [{"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "جبر", "service": "کلاس اصلی", "enabled": true, "action":
         "updated", "changed": true}, {"slug": "staff-meeting", "id": 54, "status": "active", "alocom_link":
         "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "title": "جلسه هماهنگی همکاران", "service": "جلسات
         همکاران", "enabled": true, "action": "unchanged", "changed": false}, {"slug": "math-11", "id": null, "status": null, "alocom_link": null,
         "agent_service_id": null, "title": "ریاضی", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "action": "created", "changed":
         true}]}}"""),
    Case("events on the first page", EVENT, {"events": [{"slug": "physics-11-old"}, {"slug": "staff-meeting"}]}, settings={"take_max": 2},
         gives=r"""{"asked": ["events.index"], "changed": false, "events": [{"slug": "physics-11-old", "id": 55, "status": "expired", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/physics-11-old", "agent_service_id": null, "title": "فیزیک یازدهم پارسال", "service": "سرویس پارسال",
         "enabled": false, "action": "unchanged", "changed": false}, {"slug": "staff-meeting", "id": 54, "status": "active", "alocom_link":
         "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "title": "جلسه هماهنگی همکاران", "service": "جلسات
         همکاران", "enabled": true, "action": "unchanged", "changed": false}], "summary": {"created": 0, "updated": 0, "deleted": 0, "unchanged": 2,
         "failed": 0}}"""),
    Case("an event on the second page", EVENT, {"slug": "math-10"}, settings={"take_max": 2},
         gives=r"""{"asked": ["events.index", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}}"""),
    Case("an event by id on the second page", EVENT, {"id": 53}, settings={"take_max": 2},
         gives=r"""{"asked": ["events.index", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true}}"""),
    Case("one event twice", EVENT, {"events": [{"slug": "a", "title": "a"}, {"slug": "a", "title": "b"}]},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: events[1]: names the same event (a) as events[0]: each may occur once", "code":
         "bad_option"}"""),
    Case("without a slug", EVENT, {"title": "a"},
         gives=r"""{"asked": [], "changed": false, "msg": "alocom_event: slug, id or events is required", "code": "bad_option"}"""),
    # -- answers
    Case("members beside data", EVENT, {"slug": "math-10", "guest_count": 5}, settings={"envelope": "data_wrapped"},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}}"""),
    Case("members as an object", EVENT, {"slug": "math-10", "members": members("sara.jafari")}, again=False, heard={
        "events.get": lambda body: {**body, "enrolledUsers": {"1": body["enrolledUsers"][0], "7": body["enrolledUsers"][1]}}},
        gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid":
         156, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id":
         53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service":
         "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher",
         "userid": 148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "sara.jafari", "role": "participant"}]}, "before": {"slug":
         "math-10", "members": {}}, "after": {"slug": "math-10", "members": {"sara.jafari": {"role": "participant"}}}}"""),
    Case("no members are told", EVENT, {"slug": "math-10", "guest_count": 6}, heard={"events.get": event(beside_enrolledUsers=...)},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "msg": "alocom_event math-10: get event: expected a list of members under
         enrolledUsers, got null [bad_answer]", "code": "bad_answer"}"""),
    Case("members that are none", EVENT, {"slug": "math-10", "guest_count": 6}, heard={"events.get": event(beside_enrolledUsers="a")},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "msg": "alocom_event math-10: get event: expected a list of members under
         enrolledUsers, got a text of 1 characters [bad_answer]", "code": "bad_answer"}"""),
    Case("members within the event", EVENT, {"slug": "math-10", "guest_count": 6}, again=False, heard={
        "events.get": event(beside_enrolledUsers=..., enrolledUsers=[{"userid": 149, "role": "teacher"}])},
        gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         0, "users": [{"userid": 149, "role": "teacher"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 6}]], "changed": true, "event": {"slug":
         "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی
         دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 6, "members": [{"username": "#149",
         "role": "teacher", "userid": 149}]}, "before": {"slug": "math-10", "guest_count": 5}, "after": {"slug": "math-10", "guest_count": 6}}"""),
    Case("guest codes that are none", EVENT, {"slug": "math-10", "guest_count": 6}, heard={"events.get": event(guest_code={"a": 1})},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "msg": "alocom_event math-10: get event: guest_code: expected codes, got an
         object with a [bad_answer]", "code": "bad_answer"}"""),
    Case("guest codes of objects", EVENT, {"slug": "math-10", "guest_count": 6}, heard={"events.get": event(guest_code=[{"a": 1}])},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "msg": "alocom_event math-10: get event: guest_code: expected codes, got a
         list of 1 [bad_answer]", "code": "bad_answer"}"""),
    Case("guest codes of numbers and nothing", EVENT, {"slug": "math-10", "guest_codes": ["1"]}, heard={"events.get": event(guest_code=[1, None, ""])},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}}"""),
    Case("guests as texts", EVENT, {"slug": "math-10", "title": "a"}, again=False, heard={
        "events.get": event(guest_access="0", guest_count="۷", start_by_admin="1", guest_code=None)},
        gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "a", "slug": "math-10", "status": 1, "start_by_admin": 1,
         "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151, "role":
         "participant"}, {"userid": 152, "role": "participant"}], "guest_access": "0", "guest_count": "۷"}]], "changed": false, "msg": "alocom_event math-10:
         update event: اطلاعات وارد شده صحیح نیست (guest_access: فیلد guest_access معتبر نیست.; guest_count: فیلد guest_count معتبر نیست.) (HTTP 422)",
         "code": 422, "check": {"changed": true, "msg": null}}"""),
    Case("no service is told", EVENT, {"slug": "math-10", "service": 14, "guest_count": 6}, again=False, heard={
        "events.get": event(beside_serviceInfo=None, agent_service_id=None)},
        gives=r"""{"asked": ["events.get 53", "events.index", ["events.update 53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin":
         0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid": 150, "role": "participant"}, {"userid": 151,
         "role": "participant"}, {"userid": 152, "role": "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 6}]], "changed": true,
         "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id":
         null, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 6, "members":
         [{"username": "#148", "role": "teacher", "userid": 148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role":
         "participant", "userid": 150}, {"username": "#151", "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid":
         152}]}, "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی", "after": "14"}}}, "warnings": ["event math-10 belongs to service کلاس اصلی
         and cannot move to 14: the vendor has no call for that; remove the event and make it again"], "before": {"slug": "math-10", "service": "کلاس اصلی",
         "guest_count": 5}, "after": {"slug": "math-10", "service": "کلاس اصلی", "guest_count": 6}}"""),
    Case("the service beside the event", EVENT, {"slug": "math-10", "service": 14}, heard={"events.get": event(agent_service=None, agent_service_id=None)},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid": 148}, {"username":
         "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151", "role": "participant",
         "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}]}, "unchangeable": {"math-10": {"service": {"before": "کلاس اصلی",
         "after": "14"}}}}"""),
    Case("how many may be as a word", EVENT, {"slug": "math-10", "members": members("sara.jafari")}, again=False, heard={
        "events.get": event(beside_serviceInfo={"max_event_user": "-", "agent_service_id": 14, "title": "a"})},
        gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "sara.jafari"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 148, "role": "teacher"}, {"userid": 149, "role": "assistant"}, {"userid":
         150, "role": "participant"}, {"userid": 151, "role": "participant"}, {"userid": 152, "role": "participant"}, {"userid": 156, "role":
         "participant"}], "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status":
         "active", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی",
         "enabled": true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "#148", "role": "teacher", "userid":
         148}, {"username": "#149", "role": "assistant", "userid": 149}, {"username": "#150", "role": "participant", "userid": 150}, {"username": "#151",
         "role": "participant", "userid": 151}, {"username": "#152", "role": "participant", "userid": 152}, {"username": "sara.jafari", "role":
         "participant"}]}, "before": {"slug": "math-10", "members": {}}, "after": {"slug": "math-10",
         "members": {"sara.jafari": {"role": "participant"}}}}"""),
    Case("how many may be as a text", EVENT, {"slug": "math-10", "members": members("sara.jafari")}, again=False, heard={
        "events.get": event(beside_serviceInfo={"max_event_user": "۵", "agent_service_id": 14, "title": "a"})},
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
    Case("members by ids alone", EVENT, {"slug": "math-10", "members": members("ali.mohammadi", role="teacher"), "members_mode": "replace"}, again=False,
         heard={
        "events.get": event(beside_enrolledUsers=[{"userid": 149, "role": "assistant"}, {"userid": 148, "role": "teacher"}])},
        gives=r"""{"asked": ["events.get 53", "events.index", "users.index", "users.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update
         53", {"title": "ریاضی دهم", "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 149, "role": "teacher"}], "guest_access": 1,
         "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled": true,
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "ali.mohammadi", "role": "teacher", "userid": 149}]},
         "before": {"slug": "math-10", "members": {"ali.mohammadi": {"role": "assistant"}, "zahra.karimi": {"role": "teacher"}}}, "after": {"slug":
         "math-10", "members": {"ali.mohammadi": {"role": "teacher"}}}}"""),
    Case("members by ids alone, merged", EVENT, {"slug": "math-10", "members": members("ali.mohammadi", role="teacher")}, again=False, heard={
        "events.get": event(beside_enrolledUsers=[{"userid": 149, "role": "assistant"}, {"userid": 148, "role": None}])},
        gives=r"""{"asked": ["events.get 53", "events.index", ["users.index", {"username": "ali.mohammadi"}], ["events.update 53", {"title": "ریاضی دهم",
         "slug": "math-10", "status": 1, "start_by_admin": 0, "users": [{"userid": 149, "role": "teacher"}, {"userid": 148, "role": "participant"}],
         "guest_access": 1, "guest_code": ["1234"], "guest_count": 5}]], "changed": true, "event": {"slug": "math-10", "id": 53, "status": "active",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "title": "ریاضی دهم", "service": "کلاس اصلی", "enabled":
         true, "start_by_admin": false, "guest_access": true, "guest_count": 5, "members": [{"username": "ali.mohammadi", "role": "teacher", "userid": 149},
         {"username": "#148", "role": null, "userid": 148}]}, "before": {"slug": "math-10", "members": {"ali.mohammadi": {"role": "assistant"}}}, "after":
         {"slug": "math-10", "members": {"ali.mohammadi": {"role": "teacher"}}}}"""),
    Case("members without an id", EVENT, {"slug": "math-10", "guest_count": 6}, heard={"events.get": event(beside_enrolledUsers=[{"role": "teacher"}])},
         gives=r"""{"asked": ["events.get 53", "events.index"], "changed": false, "msg": "alocom_event math-10: get event: row 1: expected userid, got an
         object with role [bad_answer]", "code": "bad_answer"}"""),
    Case("a list with slugs", EVENT, {"slug": "other", "title": "ریاضی دهم"}, heard={"events.index": rows(slug="other")},
         gives=r"""{"asked": ["events.index"], "changed": false, "msg": "alocom_event other: 3 events match other (ids 55, 54, 53) [ambiguous]. Remove or
         rename one of them, or name the one you mean with id", "code": "ambiguous"}"""),
    # -- read
    Case("events are listed", EVENTS, {},
         gives=r"""{"asked": ["events.get 55", "events.index", "events.index"], "events": [{"id": 55, "slug": "physics-11-old", "title": "فیزیک یازدهم
         پارسال", "alocom_link": "https://class.kavano.org/class/kariz-demo/physics-11-old", "agent_service_id": null, "status": "expired", "service": "سرویس
         پارسال", "enabled": false, "agent": "کاریز نمونه", "type": "class", "duration": null, "user_count": 2}, {"id": 54, "slug": "staff-meeting", "title":
         "جلسه هماهنگی همکاران", "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id": null, "status": "active",
         "service": "جلسات همکاران", "enabled": true, "agent": "کاریز نمونه", "type": "conference", "duration": null, "user_count": 3}, {"id": 53, "slug":
         "math-10", "title": "ریاضی دهم", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "status": "active",
         "service": "کلاس اصلی", "enabled": true, "agent": "کاریز نمونه", "type": "class", "duration": 4, "user_count": 5}], "changed": false}"""),
    Case("an event by its slug, whole", EVENTS, {"slug": " math-10 ", "with_details": True},
         gives=r"""{"asked": ["events.get 53", "events.index", "users.index", "users.index"], "events": [{"id": 53, "slug": "math-10", "title": "ریاضی دهم",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "status": "active", "service": "کلاس اصلی", "enabled":
         true, "agent": "کاریز نمونه", "type": "class", "duration": 4, "user_count": 5, "start_by_admin": false, "guest_access": true, "guest_count": 5,
         "max_event_user": 100, "members": [{"username": "zahra.karimi", "role": "teacher", "userid": 148, "name": "زهرا", "surname": "کریمی"}, {"username":
         "ali.mohammadi", "role": "assistant", "userid": 149, "name": "علی", "surname": "محمدی"}, {"username": "maryam.hosseini", "role": "participant",
         "userid": 150, "name": "مریم", "surname": "حسینی"}, {"username": "hossein.rezaei", "role": "participant", "userid": 151, "name": "حسین", "surname":
         "رضایی"}, {"username": "fatemeh.ahmadi", "role": "participant", "userid": 152, "name": "فاطمه", "surname": "احمدی"}], "service_expired_at":
         "1404/8/23", "service_expired_at_iso": "2025-11-14", "service_editable": true, "max_online_user": 100, "guest_code_count": 1}],
         "changed": false}"""),
    Case("an event by its id", EVENTS, {"id": "۵۳"},
         gives=r"""{"asked": ["events.get 53", "users.index", "users.index"], "events": [{"id": 53, "slug": "math-10", "title": "ریاضی دهم", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "status": "active", "enabled": true, "service": "کلاس اصلی",
         "start_by_admin": false, "guest_access": true, "guest_count": 5, "max_event_user": 100, "members": [{"username": "zahra.karimi", "role": "teacher",
         "userid": 148, "name": "زهرا", "surname": "کریمی"}, {"username": "ali.mohammadi", "role": "assistant", "userid": 149, "name": "علی", "surname":
         "محمدی"}, {"username": "maryam.hosseini", "role": "participant", "userid": 150, "name": "مریم", "surname": "حسینی"}, {"username": "hossein.rezaei",
         "role": "participant", "userid": 151, "name": "حسین", "surname": "رضایی"}, {"username": "fatemeh.ahmadi", "role": "participant", "userid": 152,
         "name": "فاطمه", "surname": "احمدی"}], "type": "class", "user_count": 5, "agent": null, "duration": null, "service_expired_at": "1404/8/23",
         "service_expired_at_iso": "2025-11-14", "service_editable": true, "max_online_user": 100, "guest_code_count": 1}], "changed": false}"""),
    Case("an event by its slug that no link tells", EVENTS, {"slug": "math-10"}, settings={"slug_in_link": False},
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.get 55", "events.get 55", "events.index", "events.index"], "events": [{"id": 53,
         "slug": "math-10", "title": "ریاضی دهم", "alocom_link": "https://class.kavano.org/class/kariz-demo/70d0ff82", "agent_service_id": null, "status":
         "active", "service": "کلاس اصلی", "enabled": true, "agent": "کاریز نمونه", "type": "class", "duration": 4, "user_count": 5}], "changed": false}"""),
    Case("events whose slug no link tells", EVENTS, {}, settings={"slug_in_link": False},
         gives=r"""{"asked": ["events.get 53", "events.get 54", "events.get 55", "events.get 55", "events.index", "events.index"], "events": [{"id": 55,
         "slug": "physics-11-old", "title": "فیزیک یازدهم پارسال", "alocom_link": "https://class.kavano.org/class/kariz-demo/7dd6752b", "agent_service_id":
         null, "status": "expired", "service": "سرویس پارسال", "enabled": false, "agent": "کاریز نمونه", "type": "class", "duration": null, "user_count": 2},
         {"id": 54, "slug": "staff-meeting", "title": "جلسه هماهنگی همکاران", "alocom_link": "https://class.kavano.org/conference/kariz-demo/31681721",
         "agent_service_id": null, "status": "active", "service": "جلسات همکاران", "enabled": true, "agent": "کاریز نمونه", "type": "conference", "duration":
         null, "user_count": 3}, {"id": 53, "slug": "math-10", "title": "ریاضی دهم", "alocom_link": "https://class.kavano.org/class/kariz-demo/70d0ff82",
         "agent_service_id": null, "status": "active", "service": "کلاس اصلی", "enabled": true, "agent": "کاریز نمونه", "type": "class", "duration": 4,
         "user_count": 5}], "changed": false}"""),
    Case("events of a service", EVENTS, {"service": 14},
         gives=r"""{"asked": ["events.get 53", "services.index", "services.index", ["events.index", {"service_title": "کلاس اصلی"}], ["events.index",
         {"service_title": "کلاس اصلی"}]], "events": [{"id": 53, "slug": "math-10", "title": "ریاضی دهم", "alocom_link":
         "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": null, "status": "active", "service": "کلاس اصلی", "enabled": true, "agent":
         "کاریز نمونه", "type": "class", "duration": 4, "user_count": 5}], "changed": false}"""),
    Case("events of one of two services of a title", EVENTS, {"service": 14}, prepare=lambda v: v.mutate("services", {"id": 16}, {"title": "کلاس اصلی"}),
         gives=r"""{"asked": ["events.get 53", "events.get 54", "services.index", "services.index", "users.index", "users.index", ["events.index",
         {"service_title": "کلاس اصلی"}], ["events.index", {"service_title": "کلاس اصلی"}]], "events": [{"id": 53, "slug": "math-10", "title": "ریاضی دهم",
         "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10", "agent_service_id": 14, "status": "active", "service": "کلاس اصلی", "enabled":
         true, "agent": "کاریز نمونه", "type": "class", "duration": 4, "user_count": 5, "start_by_admin": false, "guest_access": true, "guest_count": 5,
         "max_event_user": 100, "members": [{"username": "zahra.karimi", "role": "teacher", "userid": 148, "name": "زهرا", "surname": "کریمی"}, {"username":
         "ali.mohammadi", "role": "assistant", "userid": 149, "name": "علی", "surname": "محمدی"}, {"username": "maryam.hosseini", "role": "participant",
         "userid": 150, "name": "مریم", "surname": "حسینی"}, {"username": "hossein.rezaei", "role": "participant", "userid": 151, "name": "حسین", "surname":
         "رضایی"}, {"username": "fatemeh.ahmadi", "role": "participant", "userid": 152, "name": "فاطمه", "surname": "احمدی"}], "service_expired_at":
         "1404/8/23", "service_expired_at_iso": "2025-11-14", "service_editable": true, "max_online_user": 100, "guest_code_count": 1}],
         "changed": false}"""),
    Case("events of a part of a service's title", EVENTS, {"service_title": "همکار", "in_progress": True},
         gives=r"""{"asked": ["events.get 54", ["events.index", {"in_progress": 1}], ["events.index", {"in_progress": 1}]], "events": [{"id": 54, "slug":
         "staff-meeting", "title": "جلسه هماهنگی همکاران", "alocom_link": "https://class.kavano.org/conference/kariz-demo/staff-meeting", "agent_service_id":
         null, "status": "active", "service": "جلسات همکاران", "enabled": true, "agent": "کاریز نمونه", "type": "conference", "duration": null, "user_count":
         3}], "changed": false}"""),
    Case("events of a type", EVENTS, {"type": "webinar", "in_progress": False},
         gives=r"""{"asked": [["events.index", {"type": "webinar", "in_progress": 0}]], "events": [], "changed": false}"""),
    Case("events of no service", EVENTS, {"service": "کلاس"},
         gives=r"""{"asked": ["services.index", "services.index"], "changed": false, "msg": "alocom_event_info: service: there is no bought service کلاس (did
         you mean کلاس اصلی?) [not_found]. alocom_service_info lists them", "code": "not_found"}"""),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_is_asked_and_told(wire, tmp_path, case):
    assert seen(wire, "alocom", case, tmp_path) == case.expected
