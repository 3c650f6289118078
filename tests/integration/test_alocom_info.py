# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The info modules of Alocom: what they return, what they ask for, and that nothing is ever written."""

from __future__ import annotations

import json

import pytest

GUEST_CODE = "guest-canary-4711"
USER_KEYS = {"id", "username", "name", "surname", "cellphone", "labels"}
MODULES = {
    "attendance": "kariz.panels.alocom_attendance_info",
    "event": "kariz.panels.alocom_event_info",
    "file": "kariz.panels.alocom_file_info",
    "import_sample": "kariz.panels.alocom_import_sample_info",
    "label": "kariz.panels.alocom_label_info",
    "profile": "kariz.panels.alocom_profile_info",
    "service": "kariz.panels.alocom_service_info",
    "user": "kariz.panels.alocom_user_info",
    "visit": "kariz.panels.alocom_visit_info",
}


def info(task, module, /, ignore=False, **options):
    more = options.pop("keywords", {})
    return {"name": task, MODULES[module]: options, "ignore_errors": ignore, **more}


def names(rows, key="username"):
    return [row[key] for row in rows]


@pytest.mark.smoke
@pytest.mark.seed("default")
def test_every_module(alocom, run):
    """Values of each module, the same in check mode and behind the other door; the cost of a whole play is one login."""
    alocom.mutate("services", {"id": 12}, {"used_time": "۳٫۵", "remain_time": "16.5"})
    tasks = [
        info("users", "user"), info("user", "user", username="ali.mohammadi", with_details=True), info("user by id", "user", id="148"),
        info("nobody", "user", username="ali"), info("no such id", "user", id="99999"),
        info("part", "user", username_contains="MOHAMMAD"), info("names", "user", name="علي", surname="محمدی"),
        info("labelled", "user", labels=["پایه یازدهم", "همكاران"]),
        info("disabled", "user", with_details=True, query="[?enabled == `false`].username"),
        info("labels", "label"), info("some labels", "label", title=" پايه"), info("one label", "label", id="۹"), info("no label", "label", id="1"),
        info("events", "event"), info("event", "event", slug="math-10", with_details=True), info("event by id", "event", id="53"),
        info("no event", "event", slug="math-11"), info("no event id", "event", id="99999"), info("running", "event", in_progress=True),
        info("not running", "event", in_progress=False, query="[].slug"), info("of a service", "event", service="جلسات همكاران"),
        info("of a service id", "event", service="۱۴", query="[].slug"), info("service text", "event", service_title="اصلی", query="[].slug"),
        info("of agents", "event", agents=["کاریز نمونه"], type="educational", query="length(@)"), info("of nobody", "event", agents=["x"]),
        info("services", "service"), info("active", "service", kind="active"), info("service", "service", id="16"),
        info("no service", "service", id="1"), info("expired", "service", status=["expired"], query="[].id"),
        info("two states", "service", status=["expired", "active"], type=["conference"], query="[].id"),
        info("titled", "service", title="كلاس", query="[].id"), info("suggested", "service", kind="suggested", type=["class"]),
        info("available", "service", kind="available"), info("offer", "service", kind="available", id="28"),
        info("files", "file", event="math-10"), info("recordings", "file", service="کلاس اصلی", recordings_only=True, title="math-10", query="[].title"),
        info("attendances", "attendance", event="math-10", date="2025-10-4"),
        info("roll call", "attendance", event="53", date="۱۴۰۴/۷/۱۲", with_details=True), info("no roll call", "attendance", event="53", date="2025-10-05"),
        info("visits", "visit"), info("some visits", "visit", device_name=["desktop"], browser=["chrome"], os=["WINDOWS"], event_type=["class"],
                                      from_date="1404/7/12", to_date="2025-10-4", event_name="ریاضی", sort_column="username", sort_order="descending"),
        info("profile", "profile"), info("services of the account", "profile", query="services[].expired_at_iso"), info("sample", "import_sample"),
    ]
    played = run(tasks).ok()
    assert alocom.writes() == []

    def found(task):
        result = played[task]
        assert result["changed"] is False and set(result["api"]) == {"requests", "retries", "seconds"}, task
        return next(result[key] for key in ("users", "labels", "events", "services", "files", "attendances", "visits", "profile", "link") if key in result)

    users = found("users")
    assert len(users) == 12 and all(set(user) == USER_KEYS for user in users)
    assert found("user") == [{"id": 149, "username": "ali.mohammadi", "name": "علی", "surname": "محمدی", "cellphone": "09121234502",
                              "labels": ["استادان", "همکاران"], "email": "ali.mohammadi@example.ir", "enabled": True,
                              "alocom_id": alocom.users()["ali.mohammadi"]["alocom_id"]}]
    assert names(found("user by id")) == ["zahra.karimi"] and found("user by id")[0]["enabled"] is True
    assert found("nobody") == found("no such id") == []
    assert sorted(names(found("part"))) == ["ali.mohammadi", "mohammad.sadeghi"]
    assert names(found("names")) == ["ali.mohammadi"]
    assert sorted(names(found("labelled"))) == ["ali.mohammadi", "amir.kazemi", "narges.yazdani", "reza.mousavi", "sara.jafari"]
    assert found("disabled") == ["mohammad.sadeghi"]
    assert sorted(names(found("labels"), "title")) == sorted(alocom.titles()) and set(found("labels")[0]) == {"id", "title"}
    assert sorted(names(found("some labels"), "title")) == ["پایه دهم", "پایه یازدهم"]
    assert found("one label") == [{"id": 9, "title": "پایه دهم"}] and found("no label") == []

    assert sorted(names(found("events"), "slug")) == ["math-10", "physics-11-old", "staff-meeting"]
    listed = next(event for event in found("events") if event["slug"] == "math-10")
    assert listed == {"id": 53, "slug": "math-10", "title": "ریاضی دهم", "alocom_link": "https://class.kavano.org/class/kariz-demo/math-10",
                      "agent_service_id": None, "status": "active", "service": "کلاس اصلی", "enabled": True, "agent": "کاریز نمونه", "type": "class",
                      "duration": 4, "user_count": 5}
    event = dict(found("event")[0])
    members = event.pop("members")
    assert event == {**listed, "agent_service_id": 14, "start_by_admin": False, "guest_access": True, "guest_count": 5, "guest_code_count": 1,
                     "service_expired_at": "1404/8/23", "service_expired_at_iso": "2025-11-14", "service_editable": True, "max_event_user": 100,
                     "max_online_user": 100}
    assert [(member["username"], member["role"], member["name"]) for member in members][:2] == [
        ("zahra.karimi", "teacher", "زهرا"), ("ali.mohammadi", "assistant", "علی")]
    assert len(members) == 5 and set(members[0]) == {"username", "role", "userid", "name", "surname"}
    by_id = found("event by id")[0]
    assert by_id["members"] == members and by_id["slug"] == "math-10" and by_id["agent"] is None and by_id["service"] == "کلاس اصلی"
    assert found("no event") == found("no event id") == found("of nobody") == []
    assert names(found("running"), "slug") == names(found("of a service"), "slug") == ["staff-meeting"]
    assert sorted(found("not running")) == ["math-10", "physics-11-old"] and found("of a service id") == found("service text") == ["math-10"]
    assert found("of agents") == 3

    assert [(service["id"], service["status"]) for service in sorted(found("services"), key=lambda row: row["id"])] == [
        (12, "expired"), (14, "active"), (16, "active")]
    old = next(service for service in found("services") if service["id"] == 12)
    assert old == {"id": 12, "service_id": 3, "title": "سرویس پارسال", "type": "class", "status": "expired", "time_duration": 12, "used_time": 3.5,
                   "remain_time": 16.5, "disk_capacity": 500, "consumed_disk_capacity": None, "remain_disk_capacity": None, "max_event_user": 10,
                   "start_date": "1403/6/3", "start_time": "16:10", "start_iso": "2024-08-24T16:10:00", "end_date": "1403/7/3", "end_time": "16:10",
                   "end_iso": "2024-09-24T16:10:00"}
    active = {service["id"]: service for service in found("active")}
    assert set(active) == {14, 16} and active[16]["concurrent_video"] == 5 and active[16]["expired_at_iso"] == "2025-12-19"
    assert active[14]["status"] == "active" and active[14]["credit_duration"] == 365 and active[16]["max_event_user"] is None
    service = found("service")[0]
    assert service["created_at"] == "1404/2/20" and service["created_at_iso"] == "2025-05-10" and service["remain_disk_capacity"] == 380
    assert service["start_iso"] == "2025-05-10T09:30:00" and service["used_time"] is None and service["max_event_user"] is None
    assert found("no service") == [] and found("expired") == [12] and found("two states") == [16] and found("titled") == [14]
    assert [offer["id"] for offer in found("suggested")] == [66] and len(found("available")) == 4
    assert found("offer")[0]["discounted_price"] == 2500000 and found("offer")[0]["is_free"] is False and found("offer")[0]["is_dedicated"] is False

    assert len(found("files")) == 4 and sorted(found("recordings")) == ["math-10-1403-1", "math-10-1403-2", "math-10-1403-3"]
    recording = next(row for row in found("files") if row["title"] == "math-10-1403-1")
    assert recording["size"] == 87001 and recording["format"] == ".mp4" and recording["url"].endswith("/math-10-1403-1.mp4")
    assert recording["remover"] is None and recording["uploader"]["last_name"] == "نمونه" and recording["deleted"] is False and len(recording["id"]) == 24
    assert len(found("attendances")) == 2 and set(found("attendances")[0]) == {"id", "date", "teacher_name"} and found("no roll call") == []
    call = found("roll call")[0]
    assert call["teacher_name"] == "زهرا" and sorted(names(call["presents"] + call["absents"])) == sorted(names(members))
    assert names(call["absents"]) == ["zahra.karimi", "hossein.rezaei"]
    visits = found("visits")
    assert len(visits) == 8 and set(visits[0]) == {"first_name", "last_name", "username", "role", "event_type", "event_name", "address_ip",
                                                   "device_name", "os", "browser", "login_date", "login_time", "exit"}
    assert [visit["exit"] is None for visit in visits].count(True) == 1
    assert names(found("some visits")) == ["zahra.karimi", "fatemeh.ahmadi"]
    profile = found("profile")
    assert profile["username"] == "kariz-demo" and profile["enabled"] is True and profile["cellphone"] == "09120000000" and "password" not in profile
    assert [service["id"] for service in profile["services"]] == [14, 16] and found("services of the account") == ["2025-11-14", "2025-12-19"]
    assert found("sample") == "https://cloud.alocom.co/s/9S6YbK2Q9sN3hWS/download"

    assert alocom.summary()["logins"] == 1
    costs = {task: played[task]["api"]["requests"] for task in (
        "labels", "user by id", "event by id", "services", "service", "active", "suggested", "profile", "sample", "roll call", "attendances")}
    assert costs == {"labels": 1, "user by id": 1, "event by id": 3, "services": 2, "service": 3, "active": 1, "suggested": 1, "profile": 1, "sample": 1,
                     "roll call": 5, "attendances": 2}

    def shown(play, task):
        return {key: value for key, value in play[task].items() if key not in ("api", "invocation", "_ansible_no_log")}
    checked = run(tasks, check=True).ok()
    assert all(shown(checked, task["name"]) == shown(played, task["name"]) for task in tasks)
    some = ("users", "user", "labels", "event", "service", "files", "roll call", "some visits", "profile", "sample")
    module = run([task for task in tasks if task["name"] in some], "module").ok()
    assert all(shown(module, name) == shown(played, name) for name in some)
    assert alocom.writes() == []


def test_what_is_sent(alocom, run):
    """The vendor's filters under the vendor's names, days as the vendor writes them, one value alone where its example has one."""
    alocom.reset("default")
    run([
        info("a", "user", username="x", name=" ahmad", surname="کریمی", labels=["پایه دهم"]),
        info("b", "event", service_title="درس", agents=["x"], type="webinar", in_progress=False),
        info("c", "service", title="x", type=["class"], status=["active", "expired"]), info("d", "file", event="math-10", title="x", recordings_only=True),
        info("e", "attendance", event="math-10", date="1404/7/12"),
        info("f", "visit", first_name="f", last_name="l", username="u", event_name="e", address_ip="192.0.2.1", from_date="1404/7/1", to_date="2025-10-4",
             device_name=["mobile", "tablet"], event_type=["class"], browser=["safari"], os=["Ios"], sort_column="first_name"),
    ]).ok()
    bodies = {entry["operation"]: {key: value for key, value in entry["body"].items() if key not in ("take", "skip")}
              for entry in alocom.journal() if entry["method"] == "POST" and entry["operation"] != "auth.login"}
    assert bodies == {
        "users.index": {"username": "x", "name": "ahmad", "labels": [9]},
        "events.index": {},
        "services.index": {"title": "x", "type": "class", "status": ["active", "expired"]},
        "events.files": {"title": "x", "flag": "record"},
        "events.attendance": {"date": "2025-10-04"},
        "events.visits": {"firstName": "f", "lastName": "l", "username": "u", "eventName": "e", "addressIp": "192.0.2.1", "from": "2025-09-23",
                          "to": "2025-10-04", "deviceName": ["mobile", "tablet"], "eventType": ["class"], "browser": ["safari"], "os": ["Ios"],
                          "sortColumn": "firstName", "sortBy": 1},
    }
    asked = next(entry["body"] for entry in alocom.journal() if entry["operation"] == "events.index")
    assert asked == {"service_title": "درس", "agents": ["x"], "type": "webinar", "in_progress": 0, "take": 100, "skip": 0}
    assert alocom.summary()["request_errors"] == 0


def test_reading_to_the_end(alocom, run):
    """More than one page of everything that has pages, with the requests that takes; details are read several at once."""
    alocom.reset("default")
    alocom.seed("users", 238, prefix="many")
    alocom.seed("labels", 150)
    alocom.seed("events", 137, prefix="many", members=3)
    alocom.seed("files", 246, event="math-10")
    alocom.seed("visits", 242, event="math-10", date="2025-11-01")
    alocom.seed("attendances", 20, event="math-10", date="2025-11-01")
    played = run([
        info("login", "profile"), info("users", "user", query="[].username"), info("user", "user", username="many-00001"), info("labels", "label"),
        info("events", "event"), info("events in detail", "event", with_details=True, query="[].[slug, length(members), members[0].username]"),
        info("files", "file", event="math-10", query="[].id"), info("visits", "visit", query="length(@)"),
        info("roll calls", "attendance", event="math-10", date="2025-11-01", with_details=True, query="[].length(presents)"),
        info("users in detail", "user", with_details=True, query="[].email"),
    ]).ok()
    assert len(set(played["users"]["users"])) == 250 and len(played["labels"]["labels"]) == 154
    assert names(played["user"]["users"]) == ["many-00001"]
    assert len(played["events"]["events"]) == 140 and len(played["events in detail"]["events"]) == 140
    assert ["many-00001", 3, "zahra.karimi"] in played["events in detail"]["events"]
    assert len(set(played["files"]["files"])) == 250 and played["visits"]["visits"] == 250
    assert len(played["roll calls"]["attendances"]) == 20
    assert sum(email is not None for email in played["users in detail"]["users"]) == 243
    costs = {name: played[name]["api"]["requests"] for name in (
        "users", "user", "labels", "events", "events in detail", "files", "visits", "roll calls", "users in detail")}
    # Pages overlap by a row. Events: one more to see that links end with the slug; in detail: 140 and the users for the usernames.
    assert costs == {"users": 3, "user": 1, "labels": 1, "events": 3, "events in detail": 2 + 140 + 3, "files": 4 + 1, "visits": 3, "roll calls": 2 + 1 + 20,
                     "users in detail": 3 + 250}
    assert alocom.writes() == [] and alocom.summary()["logins"] == 1


OTHER_ANSWERS = [
    {"take_max": 7, "order": "oldest", "filter": "ignored", "label_style": "ids", "envelope": "data_wrapped", "guest_code_style": "list",
     "back_link_in_answer": True, "attendance_style": "objects", "profile_style": "data", "slug_in_link": False},
    {"filter": "exact", "label_style": "titles", "guest_code_style": "string", "profile_style": "profile", "visit_path": "/api/v2/report"},
]


@pytest.mark.parametrize("settings", OTHER_ANSWERS, ids=["capped, wrapped", "exact, titles"])
def test_other_answers_of_the_vendor(alocom, run, settings):
    """Where the vendor's document is silent or says two things, each gives the same result."""
    alocom.reset("default", **settings)
    path = {"path": settings["visit_path"]} if "visit_path" in settings else {}
    played = run([
        info("users", "user"), info("user", "user", username="ali.mohammadi", with_details=True), info("labelled", "user", labels=["پایه یازدهم"]),
        info("events", "event", query="[].slug"), info("event", "event", slug="math-10", with_details=True),
        info("service", "event", service="کلاس اصلی", query="[].slug"), info("files", "file", event="math-10", query="length(@)"),
        info("roll call", "attendance", event="math-10", date="2025-10-04", with_details=True), info("visits", "visit", query="length(@)", **path),
        info("profile", "profile"), info("titled", "service", title="کلاس اصلی", query="[].id"),
    ]).ok()
    assert len(played["users"]["users"]) == 12 and played["user"]["users"][0]["labels"] == ["استادان", "همکاران"]
    assert len(played["labelled"]["users"]) == 4
    assert sorted(played["events"]["events"]) == ["math-10", "physics-11-old", "staff-meeting"]
    event = played["event"]["events"][0]
    assert event["slug"] == "math-10" and event["guest_code_count"] == 1 and len(event["members"]) == 5 and "guest_codes" not in event
    assert event.get("back_link") == ("https://school.example.ir/back" if settings.get("back_link_in_answer") else None)
    assert played["service"]["events"] == ["math-10"] and played["titled"]["services"] == [14]
    assert played["files"]["files"] == 4 and played["visits"]["visits"] == 8
    assert [(len(call["presents"]), len(call["absents"])) for call in played["roll call"]["attendances"]] == [(3, 2), (4, 1)]
    assert played["profile"]["profile"]["username"] == "kariz-demo" and len(played["profile"]["profile"]["services"]) == 2


def test_services_that_share_a_title(alocom, run):
    alocom.reset("default")
    alocom.mutate("services", {"id": 16}, {"title": "کلاس اصلی"})
    played = run([info("14", "event", service="14", query="[].slug"), info("16", "event", service="16", query="[].slug"),
                  info("which", "event", ignore=True, service="کلاس اصلی")]).ok()
    assert played["14"]["events"] == ["math-10"] and played["16"]["events"] == ["staff-meeting"]
    assert played.kinds("which") == ["failed"] and "14" in played["which"]["msg"] and "16" in played["which"]["msg"]


@pytest.mark.seed("default")
def test_feeding_back(alocom, run):
    """What is read can be given to the state modules and changes nothing there."""
    alocom.clear_journal()
    played = run([
        info("users", "user", with_details=True, keywords={"register": "users"},
             query="[].{username: username, name: name, surname: surname, email: email, cellphone: cellphone, enabled: enabled, labels: labels}"),
        {"name": "users again", "kariz.panels.alocom_user": {"users": "{{ users.users }}"}},
        info("labels", "label", query="[].{title: title}", keywords={"register": "labels"}),
        {"name": "labels again", "kariz.panels.alocom_label": {"labels": "{{ labels.labels }}", "purge": True}},
        info("events", "event", with_details=True, keywords={"register": "events"},
             query="[].{slug: slug, title: title, service: service, enabled: enabled, start_by_admin: start_by_admin, guest_access: guest_access, "
                   "guest_count: guest_count, members: members[].{username: username, role: role}}"),
        {"name": "events again", "kariz.panels.alocom_event": {"events": "{{ events.events }}", "members_mode": "replace"}},
    ]).ok()
    for name, count in (("users", 12), ("labels", 4), ("events", 3)):
        assert played[name + " again"]["changed"] is False and played[name + " again"]["summary"]["unchanged"] == count
    assert alocom.writes() == []


@pytest.mark.seed("default")
def test_refused_options(alocom, run, door):
    wrong = {
        "id and name": ("user", {"id": "1", "name": "x"}, "mutually exclusive"),
        "empty id": ("user", {"id": " "}, "id must not be empty"),
        "empty slug": ("event", {"slug": ""}, "slug must not be empty"),
        "slug and filter": ("event", {"slug": "x", "in_progress": True}, "mutually exclusive"),
        "kind": ("service", {"kind": "mine,active"}, "kind"),
        "status": ("service", {"kind": "active", "status": ["active"]}, "status goes with kind: mine"),
        "neither": ("file", {}, "event or service is required"),
        "both": ("file", {"event": "x", "service": "y"}, "mutually exclusive"),
        "no date": ("attendance", {"event": "math-10"}, "date"),
        "bad date": ("attendance", {"event": "math-10", "date": "1404/7/32"}, "date must be a day such as"),
        "other host": ("visit", {"path": "https://example.com/x"}, "path must be a path"),
        "other host too": ("visit", {"path": "//example.com/x"}, "path must be a path"),
        "backwards": ("visit", {"from_date": "2025-10-05", "to_date": "1404/7/12"}, "from_date is later"),
        "order alone": ("visit", {"sort_order": "ascending"}, "sort_column"),
        "device": ("visit", {"device_name": ["fridge"]}, "device_name"),
        "query": ("label", {"query": "[?"}, "not a JMESPath expression"),
        "unknown": ("label", {"titel": "x"}, "titel"),
    }
    asked = {
        "no label": ("user", {"labels": ["پایه نهم"]}, "there is no label پایه نهم"),
        "no event": ("file", {"event": "math-11"}, "there is no event math-11"),
        "no event either": ("attendance", {"event": "math-11", "date": "2025-10-04"}, "there is no event math-11"),
        "no service": ("file", {"service": "x"}, "there is no bought service x"),
        "no service either": ("event", {"service": "x"}, "there is no bought service x"),
        "no path": ("visit", {"path": "/api/v1/agents/reports"}, "give the one your panel uses in path"),
    }
    if door == "module":
        # The same specification is checked behind both doors; a process for each task is slow.
        wrong, asked = ({name: cases[name] for name in names} for cases, names in ((wrong, ("empty slug", "both", "unknown")), (asked, ("no path",))))
    played = run([info(name, module, ignore=True, **options) for name, (module, options, _text) in wrong.items()], door).ok()
    assert alocom.journal() == []
    played.lines += run([info(name, module, ignore=True, **options) for name, (module, options, _text) in asked.items()], door).ok().lines
    for name, (_module, _options, text) in {**wrong, **asked}.items():
        assert played.kinds(name) == ["failed"] and text in played[name]["msg"], (name, played[name]["msg"])
    assert all(played[name]["error"]["vendor"] == "alocom" for name in asked)


@pytest.mark.seed("default")
def test_errors_name_the_operation(alocom, run, door):
    """A list that cannot be read is a failure and never an empty list; so is a detail, unless the object has just gone."""
    cases = {
        "list users": ("user", {}, "users/index$"), "get user": ("user", {"username": "ali.mohammadi", "with_details": True}, r"users/149$"),
        "label list": ("label", {}, "labels/list"), "list events": ("event", {}, "events/index"), "get event": ("event", {"id": "53"}, "events/53$"),
        "list services": ("service", {}, "services/index"), "active services": ("service", {"kind": "active"}, "active-services"),
        "suggested services": ("service", {"kind": "suggested"}, "suggested"), "get service": ("service", {"id": "14"}, "agent-services/14$"),
        "list files": ("file", {"event": "53"}, "files$"), "list attendances": ("attendance", {"event": "53", "date": "2025-10-04"}, "attendance$"),
        "get attendance": ("attendance", {"event": "53", "date": "2025-10-04", "with_details": True}, "attendance/detail$"),
        "list visits": ("visit", {}, "visits$"), "get profile": ("profile", {}, "profile$"), "get sample": ("import_sample", {}, "download-sample"),
    }
    if door == "module":
        cases = {name: cases[name] for name in ("get user", "get attendance", "list visits")}
    for _module, _options, path in cases.values():
        alocom.fault("status", path=path, status=500, body={"message": "canary of the server"}, times=1)
    played = run([info(name, module, ignore=True, **options) for name, (module, options, _path) in cases.items()], door).ok()
    for name in cases:
        result = played[name]
        assert played.kinds(name) == ["failed"], name
        assert result["error"]["operation"] == name and result["error"]["http_status"] == 500 and result["error"]["retryable"] is True
        assert "%s: canary of the server" % name in result["msg"] and result["msg"].startswith("alocom_%s_info: " % cases[name][0])
        assert result["changed"] is False and not set(result) & {"users", "events", "services", "labels", "files", "visits", "attendances", "profile", "link"}


@pytest.mark.seed("default")
def test_wrong_answers(alocom, run):
    for kind in ("empty", "html", "wrong_type", "truncate_json"):
        alocom.fault(kind, path="users/index$", times=1)
    alocom.fault("wrong_type", path="download-sample", times=1)
    alocom.fault("status", path="users/150$", status=404, times=1)
    played = run([info(str(number), "user", ignore=True) for number in range(4)] + [
        info("sample", "import_sample", ignore=True), info("one has gone", "user", with_details=True, query="length(@)")], arguments=("-v",)).ok()
    for name in ("0", "1", "2", "3", "sample"):
        assert played.kinds(name) == ["failed"] and played[name]["error"]["code"] in ("bad_answer", "no_connection"), played[name]
    assert played["one has gone"]["users"] == 11


def test_secrets_stay_out(alocom, run, door):
    """Guest codes, the password and the token, with all that a user can ask Ansible to show."""
    alocom.reset("default", guest_code_style="list")
    alocom.fault("echo_secrets", path="profile$", times=1)
    played = run([
        {"name": "codes", "kariz.panels.alocom_event": {"slug": "math-10", "guest_codes": [GUEST_CODE]}, "no_log": True},
        info("event", "event", slug="math-10", with_details=True), info("all", "event", with_details=True),
        info("query", "event", with_details=True, query="[].guest_codes"), info("echo", "profile", ignore=True),
        info("user", "user", username="ali.mohammadi", with_details=True),
    ], door, verbosity=4).ok()
    assert played["event"]["events"][0]["guest_code_count"] == 1 and played["query"]["events"] == []
    shown = played.output + json.dumps(played.lines, ensure_ascii=False)
    password = alocom.connection["api_password"]
    for secret in (GUEST_CODE, password, json.dumps(password)[1:-1], *alocom.dump()["tokens"]):
        assert secret not in shown
    assert played["event"]["invocation"]["module_args"]["api_password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def test_asking_until_something_changes(alocom, run):
    """A repeated task asks anew each time, within a loop too."""
    alocom.reset("default")
    played = run([
        {"name": "until", "kariz.panels.alocom_label_info": {}, "register": "found", "until": "found.labels | length > 99", "retries": 2, "delay": 0,
         "ignore_errors": True},
        {"name": "loop", "kariz.panels.alocom_event_info": {"slug": "{{ item }}"}, "loop": ["math-10", "staff-meeting", "none"]},
    ]).ok()
    assert alocom.operations().count("labels.list") == 3
    assert [names(result["events"], "slug") for result in played["loop"]["results"]] == [["math-10"], ["staff-meeting"], []]
    assert alocom.summary()["logins"] == 1
