# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account's own profile, through both doors."""

from __future__ import annotations

import json

import pytest
from conftest import PASSWORD

PROFILE = "kariz.panels.alocom_profile"
INFO = "kariz.panels.alocom_label"
NEW = "n3w-\"p'ass&%41+رمز-canary"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, PROFILE: options, "ignore_errors": True, **more}


def changes(alocom):
    return alocom.dump()["profile"]


@pytest.mark.parametrize(("door", "settings"), [("module", {}), ("fast", {}), ("fast", {"profile_style": "data"}), ("fast", {"profile_style": "profile"})],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value.values()) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset(**settings)
    life = cycle(PROFILE)
    life.add("names", name="مهیار", surname="راد")
    life.add("same to a reader", name=" مه\u064aار", surname="راد\u200c")
    life.add("contact", email="New@example.ir", cellphone="+98 912 669 1363")
    life.add("contact typed otherwise", email="new@EXAMPLE.ir", cellphone="۰۹۱۲۶۶۹۱۳۶۳", enabled=True)
    life.add("cleared", email="", cellphone="")
    life.add("off", enabled=False)
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["same to a reader", "contact typed otherwise"])
    contact = life.result(played, "contact")
    assert contact["diff"]["before"] == {"email": "demo@example.ir", "cellphone": "09120000000"}
    assert contact["diff"]["after"] == {"email": "New@example.ir", "cellphone": "09126691363"}
    assert contact["profile"] == {"id": 20, "username": "kariz-demo", "name": "مهیار", "surname": "راد", "email": "New@example.ir",
                                  "cellphone": "09126691363", "enabled": True}
    assert life.result(played, "contact", "check")["profile"] == contact["profile"] and contact["api"]["requests"] <= 3
    profile = changes(alocom)
    assert [profile[name] for name in ("name", "surname", "email", "cellphone", "status")] == ["مهیار", "راد", None, None, 0]
    bodies = [entry["body"] for entry in alocom.journal() if entry["operation"] == "profile.update"]
    assert bodies == [{"name": "مهیار", "surname": "راد"}, {"email": "New@example.ir", "cellphone": "09126691363"}, {"email": None, "cellphone": None},
                      {"status": 0}]


def test_avatar(alocom, run, door, cycle, tmp_path):
    for name, content in (("new.png", PNG), ("لوگو.JPG", JPEG), ("other.jpeg", JPEG), ("fake.png", JPEG), ("page.jpg", b"<html>"), ("logo.gif", b"GIF89a")):
        (tmp_path / name).write_bytes(content)
    mistakes = ("fake.png", "page.jpg", "logo.gif", "none.png", ".")
    played = run([task(name, avatar=str(tmp_path / name), name="x") for name in mistakes], door).ok()
    assert all(played[name]["error"]["code"] == "bad_option" and "avatar" in played[name]["msg"] for name in mistakes) and alocom.journal() == []
    life = cycle(PROFILE)
    life.add("png", avatar=str(tmp_path / "new.png"))
    life.add("with a name", avatar=str(tmp_path / "لوگو.JPG"), name="تازه")
    life.add("jpeg", avatar=str(tmp_path / "other.jpeg"))
    alocom.fault("truncate_json", path="upload-avatar")
    alocom.fault("reset_after", path="upload-avatar")
    played = run(life.tasks, door).ok()
    life.verify(played, always=life.names)
    png = life.result(played, "png")
    assert png["avatar_path"].endswith(".png") and life.result(played, "png", "check")["avatar_path"] is None
    assert png["diff"]["before"] == {} and png["diff"]["after"] == {"avatar": "new.png (sent)"}
    assert changes(alocom)["avatar"] == life.result(played, "jpeg", "again")["avatar_path"] and changes(alocom)["name"] == "تازه"


def password_tasks(connection, **more):
    """Change the password, then work with the new one."""
    fresh = dict(connection, api_password=NEW)
    return [
        task("check", password=NEW, current_password=PASSWORD, keywords={"check_mode": True}, **more),
        {"name": "still the old one", INFO: {"title": "a"}},
        task("real", password=NEW, current_password=PASSWORD, **more),
        {"name": "the old one is over", INFO: {"title": "a"}, "ignore_errors": True},
        {"name": "the new one", INFO: dict(fresh, title="a")},
    ]


@pytest.mark.parametrize("voids", [True, False])
def test_password(alocom, run, door, voids):
    alocom.reset(password_change_voids_tokens=voids)
    played = run(password_tasks(alocom.connection, name="تازه"), door, verbosity=4).ok()
    for name in ("check", "real"):
        assert played[name]["changed"] is True
        assert played[name]["diff"]["before"] == {"name": "کاریز", "password": "********"}
        assert played[name]["diff"]["after"] == {"name": "تازه", "password": "******** (changed)"}
    assert changes(alocom)["password"] == NEW and changes(alocom)["name"] == "تازه"
    # Neither side keeps the token of the old password, whether the vendor voids it or not.
    assert played.kinds("the old one is over") == ["failed"] and played["the old one is over"]["error"]["http_status"] == 401
    assert played["the new one"]["changed"] is False
    assert "canary" not in played.output + json.dumps(played.lines)


@pytest.mark.parametrize("token_only", [False, True], ids=["credentials", "token"])
def test_username_and_password_and_picture_at_once(alocom, run, door, token_only, tmp_path):
    """The order is such that each change still finds a login that works."""
    (tmp_path / "new.png").write_bytes(PNG)
    options = {"username": "kariz-new", "surname": "نو", "password": NEW, "current_password": PASSWORD, "avatar": str(tmp_path / "new.png")}
    if token_only:
        alocom.settings(fixed_token="token-for-tests")
    connection = {"api_url": alocom.url, "api_token": "token-for-tests"} if token_only else None
    played = run([task("all", **options), {"name": "after", INFO: dict(alocom.connection, api_username="kariz-new", api_password=NEW, title="a")}],
                 door, connection=connection).ok()
    profile = changes(alocom)
    assert played["all"]["changed"] is True and not played["all"].get("failed"), played["all"]
    assert (profile["username"], profile["password"], profile["surname"]) == ("kariz-new", NEW, "نو") and profile["avatar"]
    assert played["all"]["profile"]["username"] == "kariz-new" and played["all"]["diff"]["before"]["username"] == "kariz-demo"
    assert played["after"]["changed"] is True


def test_loop(alocom, run, door):
    """Within a loop, too, the options of an item are what counts."""
    played = run([{"name": "loop", PROFILE: {"username": "{{ item }}"}, "loop": ["kariz-demo", "kariz-new", "kariz-new"], "ignore_errors": True}], door).ok()
    first, second, third = played["loop"]["results"]
    assert first["changed"] is False and second["changed"] is True and third["error"]["http_status"] == 401
    assert changes(alocom)["username"] == "kariz-new"


def test_mistakes(alocom, run, door):
    played = run([
        task("nothing"), task("only the new one", password=NEW), task("only the current one", current_password=PASSWORD), task("short", password="12345",
                                                                                                                               current_password=PASSWORD),
        task("mail", email="x@y"), task("mobile", cellphone="123"), task("empty name", name=" "), task("empty username", username=""),
        task("empty current", password=NEW, current_password=""), task("unknown", title="x"),
    ], door).ok()
    for name, text in (("short", "6 characters"), ("mail", "email"), ("mobile", "cellphone"), ("empty name", "name: must not be empty"),
                       ("empty username", "username: must not be empty"), ("empty current", "current_password: must not be empty")):
        assert text in played[name]["msg"] and played[name]["error"]["code"] == "bad_option", name
    assert all(played.kinds(name) == ["failed"] for name in ("nothing", "only the new one", "only the current one", "unknown"))
    assert alocom.journal() == []
    played = run([task("wrong", name="پیش", password=NEW, current_password="not-the-one")], door).ok()
    assert played["wrong"]["error"]["http_status"] == 422 and played["wrong"]["error"]["operation"] == "change password"
    # The name had been changed by then, and the result says so.
    assert played["wrong"]["changed"] is True and "name was changed before that" in played["wrong"]["msg"] and changes(alocom)["name"] == "پیش"
    assert changes(alocom)["password"] == PASSWORD


@pytest.mark.parametrize("body", [
    {"data": {"agent": [{"name": "کاریز", "username": "kariz-demo"}]}}, {"user": {"name": "کاریز"}, "id": 5, "name": None, "message": "x"},
    [{"profile": {"data": {"name": "کاریز", "email": None}}}],
], ids=["nested", "beside", "list"])
def test_shapes(alocom, run, body):
    """What the answer holds is compared wherever it stands; what it does not hold is sent, and that is said."""
    alocom.fault("wrong_type", path="agents/profile$", times=0, body=body)
    played = run([task("same", name="کاریز"), task("unread", name="کاریز", cellphone="09120000001", keywords={"check_mode": True}),
                  task("sent", name="کاریز", cellphone="09120000001")]).ok()
    assert played["same"]["changed"] is False
    for name in ("unread", "sent"):
        assert "cellphone" in played[name]["warnings"][0] and "cannot be compared" in played[name]["warnings"][0]
        assert played[name]["changed"] is True and played[name]["diff"]["before"] == {"name": "کاریز"}
    assert [entry["body"] for entry in alocom.journal() if entry["write"]] == [{"cellphone": "09120000001"}]


@pytest.mark.parametrize("kind", ["html", "empty", "truncate_json"])
def test_unreadable(alocom, run, kind):
    alocom.fault(kind, path="agents/profile$", times=0)
    played = run([task("set", name="x y")]).ok()
    assert played["set"]["error"]["code"] == "bad_answer" and alocom.writes() == []


LOST = [("reset_after", {}), ("status_after", {"status": 500}), ("status_after", {"status": 503}), ("black_hole_after", {}), ("reset_before", {}),
        ("html", {}), ("truncate_json", {})]


@pytest.mark.parametrize(("kind", "options", "door"), [(*fault, "fast") for fault in LOST] + [(*LOST[0], "module")],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_lost_answers(alocom, run, door, kind, options):
    """Each change is made, and told once, although its answer is lost: fields, username, password."""
    for path in ("profile/update", "change-password"):
        if (kind, path) != ("reset_before", "change-password"):
            # A password is not sent again after a closed connection: see the next test.
            alocom.fault(kind, path=path, **options)
    alocom.fault(kind, path="profile/update", match_body="username", skip=1 if kind.endswith("before") else 0, **options)
    fresh = {"api_username": "kariz-new", "api_password": NEW}
    played = run([task("fields", name="تازه", api_timeout=0.5), task("username", username="kariz-new", api_timeout=0.5),
                  task("password", password=NEW, current_password=PASSWORD, api_username="kariz-new", api_timeout=0.5),
                  {"name": "after", INFO: dict(fresh, title="a")}], door).ok()
    assert all(played[name]["changed"] is True and not played[name].get("failed") for name in ("fields", "username", "password", "after")), [
        played[name].get("msg") for name in ("fields", "username", "password")]
    profile = changes(alocom)
    assert (profile["name"], profile["username"], profile["password"]) == ("تازه", "kariz-new", NEW)


def test_lost_for_good(alocom, run, door):
    alocom.fault("reset_before", path="profile/update|change-password", times=0)
    played = run([task("fields", name="تازه"), task("password", password=NEW, current_password=PASSWORD)], door).ok()
    for name in ("fields", "password"):
        assert played[name]["error"]["code"] == "outcome_unknown" and played[name]["changed"] is False
    assert alocom.writes() == ["profile.update", "profile.update", "profile.password"] and changes(alocom)["password"] == PASSWORD
