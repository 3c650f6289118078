# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, through both doors."""

from __future__ import annotations

import pytest

USER = "kariz.panels.alocom_user"
SARA = {"username": "sara", "name": "سارا", "surname": "احمدی"}

ALTERNATIVES = [
    {},
    {"label_style": "ids", "envelope": "data_wrapped", "create_returns_id": True, "create_status": 201},
    {"label_style": "titles", "filter": "exact", "order": "oldest"},
    {"filter": "ignored", "take_max": 2, "honour_password": True, "create_returns_id": False},
    {"username_case": "insensitive", "unknown_fields": "ignore", "chosen_password": "chosen-by-vendor"},
]


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, USER: options, "ignore_errors": True, **more}


@pytest.mark.parametrize(("door", "settings"), [("module", {})] + [("fast", settings) for settings in ALTERNATIVES],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset("default", **settings)
    alocom.seed("users", 5, prefix="sara")
    # The same code decides behind both doors; a module for each of the steps would only take its time.
    few = {"create", "same typed otherwise", "clear labels", "clear e-mail and mobile", "delete", "list", "list again with changes"}
    life = cycle(USER, few if door == "module" else None)
    life.add("create", **SARA, labels=["پایه دهم"], cellphone="۰۹۱۲ ۱۲۳ ۴۵۶۷", email="Sara@example.ir")
    life.add("same typed otherwise", username="sara", surname=" احمدي", labels=["پاية دهم".replace("ة", "ه"), "پایه دهم", "پایه دهم"],
             cellphone="+98 912 123 4567", email="sara@EXAMPLE.ir", enabled=True)
    life.add("only the key", username="sara")
    life.add("rename", username="sara", name="ساره")
    life.add("more labels", username="sara", labels=["استادان", "پایه دهم"])
    life.add("labels in another order", username="sara", labels=["پایه دهم", "استادان"])
    life.add("clear labels", username="sara", labels=[])
    life.add("clear e-mail and mobile", username="sara", email="", cellphone="")
    life.add("disable", username="sara", enabled=False)
    life.add("name alone keeps the rest", username="sara", name="سارا")
    life.add("enable", username="sara", enabled=True)
    life.add("delete", username="sara", state="absent")
    life.add("list", users=[dict(SARA, labels=["همکاران"]), {"username": "ali", "name": "علی", "surname": "رضایی", "enabled": False}],)
    life.add("list again with changes", users=[{"username": "ali", "enabled": True}, dict(SARA, state="absent"), {"username": "sara-00001", "email": ""}])
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["same typed otherwise", "only the key", "labels in another order"])

    created = life.result(played, "create")
    assert created["user"]["password"] == settings.get("chosen_password", "sara@123")
    assert created["user"]["cellphone"] == "09121234567" and created["user"]["labels"] == ["پایه دهم"]
    assert isinstance(created["user"]["id"], int) and created["diff"]["before"] == {}
    assert created["diff"]["after"] == {"username": "sara", "name": "سارا", "surname": "احمدی", "email": "Sara@example.ir",
                                        "cellphone": "09121234567", "labels": ["پایه دهم"]}
    assert played.kinds("create real") == ["ok"] and "kariz.panels.told" in played["create real"]["user"]["password"]
    if door == "fast":
        assert life.result(played, "rename")["diff"]["before"] == {"username": "sara", "name": "سارا"}
        assert life.result(played, "disable")["user"]["enabled"] is False
    assert life.result(played, "clear labels")["user"]["labels"] == []
    cleared = life.result(played, "clear e-mail and mobile")
    assert cleared["diff"]["after"] == {"username": "sara", "email": "", "cellphone": ""}
    assert cleared["diff"]["before"] == {"username": "sara", "email": "Sara@example.ir", "cellphone": "09121234567"}
    assert life.result(played, "list")["summary"]["created"] == 2
    assert life.result(played, "list again with changes")["summary"] == {"created": 0, "updated": 2, "deleted": 1, "unchanged": 0, "failed": 0}
    users = alocom.users()
    assert "sara" not in users and users["ali"]["status"] == 1 and users["sara-00001"]["email"] is None
    # A user who must only be renamed keeps what nobody spoke of.
    assert users["sara-00002"]["email"] == "sara-00002@example.ir"


def test_one_option_leaves_the_others_alone(alocom, run):
    """PATCH needs every required field: what was not given is read first and goes along unchanged."""
    alocom.reset("default")
    before = alocom.users()["fatemeh.ahmadi"]
    run([task("disable", username="mohammad.sadeghi", name="م"), task("name", username="fatemeh.ahmadi", name="فا"),
         task("label", username="reza.mousavi", labels=["پایه یازدهم"])]).ok()
    after = alocom.users()
    assert after["fatemeh.ahmadi"] == dict(before, name="فا")
    assert after["mohammad.sadeghi"]["status"] == 0
    assert after["reza.mousavi"]["labels"] == ["پایه یازدهم"] and after["reza.mousavi"]["cellphone"] is None


@pytest.mark.seed("default")
def test_password(alocom, run, door):
    tasks = [
        task("create", **SARA, password="first-secret-1"),
        task("again", **SARA, password="second-secret-2"),
        task("always check", **SARA, password="third-secret-3", update_password="always", keywords={"check_mode": True}),
        task("always", **SARA, password="third-secret-3", update_password="always"),
        task("always again", **SARA, password="third-secret-3", update_password="always"),
        task("list", users=[dict(SARA, password="fourth-secret-4"), {"username": "ali.mohammadi", "password": "fifth-secret-5", "update_password": "always"}]),
        task("too short", username="sara", password="12345", update_password="always"),
        task("empty", username="sara", password=""),
    ]
    played = run(tasks, door, verbosity=3).ok()
    assert played["create"]["changed"] is True and played["again"]["changed"] is False
    for name in ("always check", "always", "always again"):
        assert played[name]["changed"] is True and played[name]["diff"]["before"] != played[name]["diff"]["after"]
    assert played["always check"]["diff"] == played["always"]["diff"]
    assert [row["action"] for row in played["list"]["users"]] == ["unchanged", "updated"]
    assert "6 characters" in played["too short"]["msg"] and "password" in played["empty"]["msg"]
    assert alocom.users()["sara"]["password"] == "third-secret-3"
    assert alocom.users()["ali.mohammadi"]["password"] == "fifth-secret-5"
    assert "-secret-" not in played.output
    assert "password" not in played["create"]["user"]


@pytest.mark.seed("default")
def test_purge_within_labels(alocom, run):
    wanted = [{"username": "maryam.hosseini"}, {"username": "new", "name": "نو", "surname": "آمده", "labels": ["پایه دهم"]}]
    played = run([
        task("without labels", users=wanted, purge=True),
        task("limit", users=wanted, purge=True, purge_labels=["پایه دهم"], purge_limit=2),
        task("check", users=wanted, purge=True, purge_labels=["پايه دهم"], keywords={"check_mode": True}),
        {**task("real", users=wanted, purge=True, purge_labels=["پايه دهم"]), "register": "real"},
        {"name": "told", "ansible.builtin.debug": {"var": "real"}},
        task("again", users=wanted, purge=True, purge_labels=["پایه دهم"]),
        task("both labels", users=[], purge=True, purge_labels=["استادان", "همکاران"]),
        task("busy", users=[], purge=True, purge_labels=["پایه یازدهم"]),
    ]).ok()
    assert "purge_labels" in played["without labels"]["msg"] and "3 users" in played["limit"]["msg"]
    assert played["check"]["diff"] == played["told"]["real"]["diff"] and played["check"]["summary"]["deleted"] == 3
    assert played["again"]["changed"] is False
    left = set(alocom.users())
    assert {"maryam.hosseini", "new"} <= left and not {"hossein.rezaei", "fatemeh.ahmadi", "reza.mousavi"} & left
    # narges and amir are in a running event: the vendor refuses, the others go, the task says so.
    assert played["both labels"]["summary"]["failed"] == 1 and "ali.mohammadi" in left
    assert played.kinds("busy") == ["failed"] and played["busy"]["summary"] == {"created": 0, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 2}
    assert {"narges.yazdani", "amir.kazemi"} <= left and "sara.jafari" not in left


@pytest.mark.seed("default")
def test_refusals(alocom, run):
    played = run([
        task("mobile", username="sara", cellphone="12345"), task("e-mail", username="sara", email="nobody"),
        task("empty name", username="sara", name=""), task("twice", users=[SARA, {"username": "sara"}]),
        task("no name", username="nobody"), task("no name check", username="nobody", keywords={"check_mode": True}),
        task("unknown label", **SARA, labels=["نیست"]),
        task("unknown label check", **SARA, labels=["نیست"], keywords={"check_mode": True}),
        task("taken name", id=str(alocom.users()["leila.nouri"]["id"]), username="mahdi.sharifi"),
        task("by id", id=str(alocom.users()["leila.nouri"]["id"]), username="leila"),
        task("by id again", id=str(alocom.users()["leila.nouri"]["id"]), username="leila"),
        task("partly", users=[dict(SARA, password="secret-1"), {"username": "nobody"},
                              {"username": "x.y", "name": "ایکس", "surname": "ایگرگ", "labels": ["نیست"]},
                              {"username": "mahdi.sharifi", "name": "مهدی"}]),
        task("partly again", users=[dict(SARA), {"username": "mahdi.sharifi"}]),
        task("busy", username="narges.yazdani", state="absent"),
    ]).ok()
    for name in ("mobile", "e-mail", "empty name", "twice", "no name", "no name check", "unknown label", "taken name", "busy"):
        assert played.kinds(name) == ["failed"] and played[name]["changed"] is False, name
    assert "09121234567" in played["mobile"]["msg"] and "e-mail" in played["e-mail"]["msg"]
    assert "without name, surname" in played["no name"]["msg"] and played["no name"]["msg"] == played["no name check"]["msg"]
    assert "there is no label نیست" in played["unknown label"]["msg"]
    assert played["unknown label check"]["changed"] is True and "نیست" in str(played["unknown label check"]["warnings"])
    assert played["by id"]["changed"] is True and played["by id again"]["changed"] is False and "leila" in alocom.users()
    assert played["partly"]["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 2}
    assert [bool(row.get("error")) for row in played["partly"]["users"]] == [False, True, True, False]
    assert played["partly"]["changed"] is True and "2 of 4 users failed (nobody, x.y)" in played["partly"]["msg"]
    assert played["partly again"]["changed"] is False
    assert "امکان حذف کاربر وجود ندارد" in played["busy"]["msg"]


def test_made_but_not_finished(alocom, run, door):
    """The user is made and then the password is refused: the task fails and says that something changed."""
    alocom.fault("status", path="password-change", status=500, times=0)
    users = [dict(SARA, username=name, password="secret-1") for name in ("a", "b", "c", "d")]
    played = run([task("one", **SARA, password="secret-1"), task("list", users=users)], door).ok()
    assert played.kinds("one") == ["failed"] and played["one"]["changed"] is True and "was made, but password was not set" in played["one"]["msg"]
    assert played["list"]["changed"] is True and played["list"]["summary"]["failed"] == 4
    for row in played["list"]["users"]:
        assert row["changed"] is True and row["error"]["message"].count("was made") == 1
    assert set(alocom.users()) == {"sara", "a", "b", "c", "d"}


def test_large_answers(alocom, run):
    """What did not change comes back as its key when there is much of it."""
    alocom.seed("users", 1001, prefix="u")
    items = [{"username": "u-%05d" % number} for number in range(2, 1002)] + [{"username": "u-00001", "name": "نو"}]
    played = run([task("auto", users=items, keywords={"check_mode": True}), task("full", users=items, return_content="full", keywords={"check_mode": True}),
                  task("summary", users=items, return_content="summary", keywords={"check_mode": True})]).ok()
    auto, full, summary = (played[name]["users"] for name in ("auto", "full", "summary"))
    assert len(auto) == len(full) == len(summary) == 1001
    assert "name" not in auto[0] and auto[-1]["name"] == "نو" and full[0]["name"] and "name" not in summary[-1]
    assert all(row["username"] and row["action"] for row in auto + full + summary)
    assert played["auto"]["diff"] == played["summary"]["diff"] and len(played["auto"]["diff"]["after"]) == 1


@pytest.mark.parametrize("case", ["insensitive", "lower"])
def test_username_case(alocom, run, case):
    """A vendor that does not tell upper case from lower in usernames: no failure, no second user, no change for ever."""
    alocom.reset(username_case=case)
    person = {"name": "سارا", "surname": "احمدی"}
    played = run([task("create", username="Sara", **person, password="secret-1"), task("again", username="Sara", **person),
                  task("lower", username="sara", **person)]).ok()
    assert len(alocom.users()) == 1
    assert played["create"]["changed"] is True and played["again"]["changed"] is False and played["lower"]["changed"] is False


@pytest.mark.parametrize(("door", "created_id"), [("fast", False), ("fast", True), ("module", False)])
def test_loop_equals_list(alocom, run, door, created_id):
    """A loop that makes, changes and removes one user knows what its earlier items did."""
    alocom.reset("default", create_returns_id=created_id)
    wishes = [dict(SARA, password="secret-1"), dict(SARA, name="ساره"), dict(SARA, name="ساره"), {"username": "sara", "labels": ["همکاران"]},
              {"username": "sara", "email": "s@example.ir"}, {"username": "sara", "email": ""}, {"username": "sara", "enabled": False},
              {"username": "sara", "state": "absent"}, {"username": "sara", "state": "absent"}]
    arguments = {name: "{{ item.%s | default(omit) }}" % name for name in ("username", "name", "surname", "labels", "email", "enabled", "password", "state")}
    played = run([{"name": "loop", USER: arguments, "loop": wishes}], door).ok()
    assert [entry["changed"] for entry in played["loop"]["results"]] == [True, True, False, True, True, True, True, True, False]
    assert "sara" not in alocom.users()
