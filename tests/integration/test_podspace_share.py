# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares of folders and files, through both doors: their life, and what is left when a change fails half way."""

from __future__ import annotations

import pytest

SHARE = {"folder": "kariz.panels.podspace_folder_share", "file": "kariz.panels.podspace_file_share"}
FOLDER, FILE = SHARE["folder"], SHARE["file"]

LIVES = [
    ("fast", "folder", {}),
    ("module", "folder", {}),
    ("fast", "file", {"inner": "object", "list_style": "list", "share_answer": "hash", "person_style": "user", "level_case": "upper", "date_style": "slash"}),
    ("fast", "file", {"inner_envelope": False, "list_style": "nested", "share_answer": "empty", "share_type": "flag", "entity_style": "hash",
                      "date_style": "time", "count": "absent"}),
    ("fast", "folder", {"list_style": "named", "share_answer": "hash", "person_style": "flat", "date_style": "epoch", "count": "outer",
                        "tell_password": True}),
    ("fast", "file", {"error_level": "status", "date_style": "omitted", "persons_case": "lower"}),
]


def task(task_name, module, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, module: options, "ignore_errors": True, **more}


def name(part):
    return part if isinstance(part, str) else ",".join(part) or "documented"


@pytest.mark.parametrize("door,kind,settings", LIVES, ids=name)
def test_life(podspace, pod, cycle, door, kind, settings):
    podspace.reset(**settings)
    place = podspace.seed("folders", 1, file=kind == "file")[0]
    where = {kind + "_hash": place}
    life = cycle(SHARE[kind])
    life.add("share", **where, person="z.karimi")
    life.add("same", **where, person="۰۹۱۲۱۲۳۴۵۰۱", level="view", expiration="")
    life.add("level", **where, person="Z.Karimi", level="edit")
    life.add("day", **where, person="z.karimi", expiration="۲۰۳۵/۱۲/۳۱")
    life.add("same day", **where, person="z.karimi", expiration="2035-12-31")
    life.add("both", **where, person="z.karimi", level="view", expiration="2036-01-01")
    life.add("no end", **where, person="z.karimi", expiration="")
    life.add("public", **where, public=True, expiration="2035-01-01", password="رمز&=۱")
    life.add("another password", **where, public=True, password="دیگر")
    life.add("public day", **where, public=True, expiration="2035-02-02", password="سوم")
    life.add("list", **where, shares=[{"person": "a.mohammadi", "level": "edit"}, {"person": "z.karimi", "state": "absent"}, {"public": True}])
    life.add("purge", **where, shares=[{"person": "h.rezaei"}], purge=True)
    life.add("remove", **where, person="h.rezaei", state="absent")
    played = pod([*life.tasks, task("always", SHARE[kind], **where, public=True, password="چهارم"),
                  task("always again", SHARE[kind], **where, public=True, password="پنجم", update_password="always")], door).ok()
    life.verify(played, unchanged=["same", "same day", "another password"])
    left = podspace.shares(place)
    assert list(left) == [None] and left[None]["password"] == "پنجم"
    made = life.result(played, "share")["share"]
    assert made["person"] == "z.karimi" and made["level"] == "view" and made[kind + "_hash"] == place
    assert life.result(played, "same")["api"]["requests"] == 1
    assert life.result(played, "day")["share"]["expiration"] == "2035-12-31" and life.result(played, "day")["share"]["level"] == "edit"
    public = life.result(played, "public")
    assert public["share"]["public"] is True and "password" not in public["share"] and public["diff"]["after"]["password"] == "********"
    assert [row["action"] for row in life.result(played, "list")["shares"]] == ["created", "deleted", "unchanged"]
    assert life.result(played, "purge")["summary"] == {"created": 1, "updated": 0, "deleted": 2, "unchanged": 0, "failed": 0}
    assert played["always again"]["changed"] is True and played["always again"]["diff"]["before"] != played["always again"]["diff"]["after"]
    for text in ("رمز&=۱", "دیگر", "سوم", "چهارم", "پنجم"):
        assert text not in played.output


def test_inherited_shares_are_never_touched(podspace, pod, door):
    """h.rezaei sees the reports through the folder above."""
    reports, root = podspace.entity("گزارش‌ها"), podspace.entity("اسناد شرکت")
    above = podspace.shares(root)
    played = pod([
        task("absent", FOLDER, folder_hash=reports, person="h.rezaei", state="absent"),
        task("purge", FOLDER, folder_hash=reports, shares=[], purge=True),
        task("own share", FOLDER, folder_hash=reports, person="h.rezaei", level="edit"),
        task("own share away", FOLDER, folder_hash=reports, person="h.rezaei", state="absent")], door).ok()
    assert played["absent"]["changed"] is False and "folder %s above" % root in played["absent"]["warnings"][0]
    assert [row.get("person", "public") for row in played["purge"]["shares"]] == ["z.karimi", "public"] or played["purge"]["summary"]["deleted"] == 2
    assert played["own share"]["changed"] is True and root in played["own share"]["warnings"][0]
    assert played["own share away"]["changed"] is True
    assert podspace.shares(root) == above and podspace.shares(reports) == {}


def test_refusals(podspace, pod, door):
    reports = podspace.entity("گزارش‌ها")
    where = {"folder_hash": reports}
    tasks = [
        task("nobody", FOLDER, **where),
        task("both", FOLDER, **where, person="z.karimi", public=True),
        task("password for a person", FOLDER, **where, person="z.karimi", password="x"),
        task("take the password off", FOLDER, **where, public=True, password="", update_password="always"),
        task("no folder named", FOLDER, person="z.karimi"),
        task("purge without scope", FOLDER, shares=[{"folder_hash": reports, "person": "z.karimi"}], purge=True),
        task("no day", FOLDER, **where, person="z.karimi", expiration="فردا"),
        task("no such day", FOLDER, **where, person="z.karimi", expiration="2035-02-30"),
        task("jalali", FOLDER, **where, person="z.karimi", expiration="1414/07/31"),
        task("past", FOLDER, **where, person="z.karimi", expiration="2020-01-01"),
        task("public without password", FOLDER, **where, public=True, expiration="2033-01-01"),
        task("no such folder", FOLDER, folder_hash="NOSUCH", person="z.karimi"),
        task("absent of no folder", FOLDER, folder_hash="NOSUCH", person="z.karimi", state="absent"),
        task("a file", FILE, file_hash=reports, person="z.karimi"),
        task("one person twice", FOLDER, **where, shares=[{"person": "z.karimi"}, {"person": "09121234501", "level": "view"}]),
    ]
    before = podspace.dump()["shares"]
    played = pod(tasks, door).ok()
    told = {
        "nobody": "person", "both": "either person or public", "password for a person": "public share only", "take the password off": "not taken off",
        "no folder named": "folder_hash", "purge without scope": "folder_hash", "no day": "2026-12-31", "no such day": "2035-02-30",
        "jalali": "that month has 30 days",
        "past": "past", "public without password": "password", "no such folder": "FILE_NOT_FOUND", "a file": "FILE_NOT_FOUND",
        "one person twice": "names the same share"}
    for title, text in told.items():
        assert text in played[title]["msg"], (title, played[title]["msg"])
    assert played["public without password"]["error"]["code"] == "password_needed"
    assert played["absent of no folder"]["changed"] is False and "finds no folder NOSUCH" in played["absent of no folder"]["warnings"][0]
    assert podspace.writes() == [] and podspace.dump()["shares"] == before


def test_level_that_is_not_told(podspace, pod, door):
    """Neither made up as a difference nor lost when the share is made anew."""
    podspace.reset(tell_level=False)
    reports = podspace.entity("گزارش‌ها")
    played = pod([task("level", FOLDER, folder_hash=reports, person="z.karimi", level="view"),
                  task("day", FOLDER, folder_hash=reports, person="z.karimi", expiration="2033-01-01"),
                  task("day and level", FOLDER, folder_hash=reports, person="z.karimi", expiration="2033-01-01", level="edit")], door).ok()
    assert played["level"]["changed"] is False and "not compared" in played["level"]["warnings"][0]
    assert played["day"]["error"]["code"] == "level_needed"
    assert podspace.shares(reports)["z.karimi"]["level"] == "edit" and podspace.shares(reports)["z.karimi"]["expiration"] == "2033-01-01"


@pytest.mark.parametrize("kind", ["reset_after", "reset_before", "truncate", "status_after", "html", "black_hole_after"])
def test_lost_answers_make_exactly_one(podspace, pod, kind):
    more = {"status": 502} if kind == "status_after" else {}
    reports, contracts = podspace.entity("گزارش‌ها"), podspace.entity("قراردادها")
    quick = {"api_timeout": 0.7} if kind.startswith("black") else {}

    def lose(*operations):
        return [{"name": "faults", "ansible.builtin.uri": {
            "url": podspace.sim.ready["control"] + "/faults", "method": "POST", "body_format": "json",
            "body": [{"vendor": "podspace", "kind": kind, "match_body": podspace.of(operation), **more} for operation in operations]}}]
    played = pod([
        *lose("share_folder"), task("person", FOLDER, folder_hash=contracts, person="z.karimi", level="edit", **quick),
        *lose("share_folder", "set_folder_password"), task("public", FOLDER, folder_hash=contracts, public=True, password="یک", **quick),
        *lose("remove_share", "share_folder"), task("change", FOLDER, folder_hash=reports, person="z.karimi", level="view", **quick),
        *lose("remove_share", "share_folder", "set_folder_password"),
        task("public change", FOLDER, folder_hash=reports, public=True, expiration="2034-01-01", password="دو", **quick),
        *lose("remove_share"), task("remove", FOLDER, folder_hash=contracts, person="z.karimi", state="absent", **quick)]).ok()
    if kind in ("black_hole_after", "reset_before"):
        # A server that may still be at work: the public share is closed rather than left to appear without a password.
        assert played["change"]["changed"] and played["remove"]["changed"] is (kind == "black_hole_after")
        if kind == "reset_before":
            assert played["person"]["error"]["code"] == "outcome_unknown"
            assert [played[name]["error"]["code"] for name in ("public", "public change")] == ["public_open", "public_open"]
        shares = [row for row in podspace.dump()["shares"] if row["person"] is None]
        assert all(row["password"] for row in shares)
        return
    assert all(played[title].get("changed") for title in ("person", "public", "change", "public change", "remove"))
    assert [(row["person"], row["password"]) for row in podspace.dump()["shares"] if row["entity"] == contracts] == [(None, "یک")]
    assert sorted((row["person"] or "", row["level"], row["expiration"], row["password"]) for row in podspace.dump()["shares"] if row["entity"] == reports) == [
        ("", "view", "2034-01-01", "دو"), ("z.karimi", "view", None, None)]


# What is left when a change fails half way

def change(podspace, pod, **options):
    reports = podspace.entity("گزارش‌ها")
    played = pod([task("change", FOLDER, folder_hash=reports, **{"person": "z.karimi", "level": "view", **options})]).ok()
    return played["change"], podspace.shares(reports)


@pytest.mark.parametrize("code", [4, 33, 101, 999])
def test_private_second_step_refused(podspace, pod, code):
    podspace.refuse("share_folder", code)
    result, shares = change(podspace, pod)
    assert result["error"]["code"] == code and "put back as it was before (edit)" in result["msg"]
    assert shares["z.karimi"]["level"] == "edit" and shares["z.karimi"]["expiration"] is None


def test_private_first_step_refused(podspace, pod):
    podspace.refuse("remove_share", 4)
    result, shares = change(podspace, pod)
    assert result["error"]["code"] == 4 and shares["z.karimi"]["level"] == "edit"
    assert podspace.writes() == ["remove_share"]


def test_private_cannot_be_put_back(podspace, pod):
    podspace.refuse("share_folder", 4, times=0)
    result, shares = change(podspace, pod)
    assert "z.karimi" not in shares
    assert "could not be put back" in result["msg"] and "it had edit, and IS NOT SHARED NOW" in result["msg"] and "/ z.karimi" in result["msg"]


def test_private_second_step_lost_for_good(podspace, pod):
    """The answer is lost and nothing can be looked at any more: the error says what is missing."""
    podspace.lose("share_folder", "reset_before", times=0)
    podspace.refuse("get_folder_shares_list", 999, skip=1, times=0)
    result, shares = change(podspace, pod)
    assert "z.karimi" not in shares and "IS NOT SHARED NOW" in result["msg"]


def test_private_answer_never_comes(podspace, pod):
    """No answer to the second step, and the share is not there: the old one is put back."""
    podspace.lose("share_folder", "black_hole", times=2)
    result, shares = change(podspace, pod, api_timeout=0.6)
    assert "put back as it was before" in result["msg"] and shares["z.karimi"]["level"] == "edit"


def test_private_second_step_arrives_late(podspace, pod):
    """The request was given up, nothing was there yet, and the server carries it out before the old share is put back: what is told is what is there."""
    podspace.lose("share_folder", "latency", seconds=1.2, times=2)
    result, shares = change(podspace, pod, api_timeout=0.8, level="view", expiration="2035-01-01")
    assert shares["z.karimi"]["level"] == "view" and result["changed"] is True and "put back" not in str(result), result


def test_expired_share_is_not_missed(podspace, pod):
    podspace.mutate("shares", {"person": "z.karimi"}, {"expiration": "2024-01-01"})
    podspace.refuse("share_folder", 33)
    result, shares = change(podspace, pod, expiration="2035-01-01")
    assert "it had ended on 2024-01-01" in result["msg"] and "z.karimi" not in shares


PUBLIC = {"person": None, "public": True, "level": None, "expiration": "2035-05-05"}


def public_change(podspace, pod, **options):
    values = {name: value for name, value in {**PUBLIC, **options}.items() if value is not None}
    reports = podspace.entity("گزارش‌ها")
    played = pod([task("change", FOLDER, folder_hash=reports, **values)]).ok()
    assert "تازه" not in played.output
    return played["change"], podspace.shares(reports)


def test_public_share_refused_is_put_back_with_a_password(podspace, pod):
    podspace.refuse("share_folder", 33)
    before = podspace.shares(podspace.entity("گزارش‌ها"))[None]["expiration"]
    result, shares = public_change(podspace, pod, password="تازه")
    assert result["error"]["code"] == 33 and "put back" in result["msg"]
    assert before is not None and shares[None]["expiration"] == before and shares[None]["password"] == "تازه"


@pytest.mark.parametrize("lose", [False, True], ids=["refused", "lost"])
def test_public_password_not_set_closes_the_share(podspace, pod, lose):
    if lose:
        podspace.lose("set_folder_password", "reset_before", times=0)
    else:
        podspace.refuse("set_folder_password", 101)
    result, shares = public_change(podspace, pod, password="تازه", api_retries=1)
    assert None not in shares and "not shared publicly now" in result["msg"]


def test_public_that_cannot_be_closed_is_told(podspace, pod):
    podspace.refuse("set_folder_password", 999)
    podspace.refuse("remove_share", 999, skip=1)
    result, shares = public_change(podspace, pod, password="تازه")
    assert shares[None]["password"] is None and "IS OPEN TO EVERYBODY WITHOUT A PASSWORD" in result["msg"]


def test_new_public_share_without_its_password_is_closed(podspace, pod, door):
    contracts = podspace.entity("قراردادها")
    podspace.refuse("set_folder_password", 4, times=2)
    played = pod([task("new", FOLDER, folder_hash=contracts, public=True, password="تازه"),
                  task("in a list", FOLDER, folder_hash=contracts, shares=[{"public": True, "password": "تازه"}, {"person": "z.karimi"}])], door).ok()
    assert played["new"]["error"]["code"] == 4 and [row["action"] for row in played["in a list"]["shares"]] == ["failed", "created"]
    assert list(podspace.shares(contracts)) == ["z.karimi"] and "تازه" not in played.output


def test_public_password_on_purpose_none(podspace, pod):
    result, shares = public_change(podspace, pod, password="")
    assert result["changed"] is True and shares[None]["password"] is None and shares[None]["expiration"] == "2035-05-05"


def test_known_to_have_no_password_needs_none(podspace, pod):
    podspace.reset(tell_password=True)
    podspace.mutate("shares", {"entity": podspace.entity("گزارش‌ها"), "person": None}, {"password": None})
    result, shares = public_change(podspace, pod)
    assert result["changed"] is True and shares[None]["expiration"] == "2035-05-05"


def test_public_that_was_closed_although_the_answer_cannot_be_read(podspace, pod):
    podspace.refuse("set_folder_password", 999)
    podspace.lose("remove_share", "truncate_json", skip=1)
    result, shares = public_change(podspace, pod, password="تازه")
    assert None not in shares and "not shared publicly now" in result["msg"]
