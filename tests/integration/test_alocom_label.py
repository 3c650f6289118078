# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels, through both doors."""

from __future__ import annotations

import pytest

LABEL = "kariz.panels.alocom_label"

ALTERNATIVES = [
    {},
    {"create_returns_id": True, "create_status": 201, "envelope": "data_wrapped"},
    {"create_returns_id": False, "label_unique": False, "order": "oldest", "take_max": 3, "total_count": "zero", "filter": "ignored"},
    {"total_count": "absent", "filter": "exact", "label_style": "ids"},
]


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, LABEL: options, "ignore_errors": True, **more}


@pytest.mark.parametrize(("door", "settings"), [("module", {})] + [("fast", settings) for settings in ALTERNATIVES],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset(**settings)
    life = cycle(LABEL)
    life.add("create", title="پایه دهم")
    # Arabic yeh and kaf, a joiner and spaces at the edges: the same title to every reader.
    life.add("same title typed otherwise", title=" \u200cپا\u064aه دهم ")
    life.add("second", title="كاريز")
    life.add("delete", title="پایه دهم", state="absent")
    life.add("list", labels=[{"title": "a"}, {"title": "b"}, {"title": "کاریز"}])
    life.add("mixed list", labels=[{"title": "a", "state": "absent"}, {"title": "c"}, {"title": "b"}])
    life.add("list of absent", labels=[{"title": "b"}, {"title": "zz"}], state="absent")
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["same title typed otherwise"])
    assert sorted(alocom.titles()) == ["c", "كاريز"]
    created = life.result(played, "create")
    assert created["label"]["title"] == "پایه دهم" and isinstance(created["label"]["id"], int)
    assert created["diff"] == {"before": {}, "after": {"title": "پایه دهم"},
                               "before_header": "alocom_label پایه دهم (before)", "after_header": "alocom_label پایه دهم (after)"}
    assert life.result(played, "create", "check")["label"] == {"title": "پایه دهم", "id": None}
    assert life.result(played, "delete")["diff"]["after"] == {}
    mixed = life.result(played, "mixed list")
    assert [(row["title"], row["action"], row["changed"]) for row in mixed["labels"]] == [
        ("a", "deleted", True), ("c", "created", True), ("b", "unchanged", False)]
    assert mixed["summary"] == {"created": 1, "updated": 0, "deleted": 1, "unchanged": 1, "failed": 0}
    assert all(isinstance(row["id"], int) for row in mixed["labels"])
    assert mixed["diff"]["before"] == {"a": {"title": "a"}} and mixed["diff"]["after"] == {"c": {"title": "c"}}
    assert set(mixed) >= {"changed", "diff", "labels", "summary", "api"} and set(mixed["api"]) == {"requests", "retries", "seconds"}


def test_rename_by_id(alocom, run, door, cycle):
    alocom.seed("labels", 2, prefix="old")
    number = alocom.dump()["labels"][0]["id"]
    life = cycle(LABEL)
    life.add("rename", id=str(number), title="new")
    life.add("rename in a list", labels=[{"id": str(number), "title": "newer"}])
    life.add("delete by id", id=str(number), state="absent")
    tasks = life.tasks + [task("no such id", id="999999", title="q"), task("absent id", id="999999", state="absent"),
                          task("taken title", labels=[{"title": "old-00002"}, {"title": "w"}])]
    played = run(tasks, door).ok()
    life.verify(played)
    assert life.result(played, "rename")["diff"]["before"] == {"title": "old-00001"}
    assert life.result(played, "rename")["diff"]["after"] == {"title": "new"}
    assert life.result(played, "rename")["label"] == {"title": "new", "id": number}
    assert "there is no label with id 999999" in played["no such id"]["msg"] and played["no such id"]["error"]["code"] == "not_found"
    assert played["absent id"]["changed"] is False
    assert sorted(alocom.titles()) == ["old-00002", "w"]


@pytest.mark.smoke
def test_purge(alocom, run, door):
    alocom.seed("labels", 30, prefix="x")
    wanted = [{"title": "x-00001"}, {"title": "fresh"}, {"title": "x-00002", "state": "absent"}]
    played = run([
        task("over the limit", labels=wanted, purge=True),
        task("over the limit in check mode", labels=wanted, purge=True, keywords={"check_mode": True}),
        task("without a list", title="a", purge=True),
        task("check", labels=wanted, purge=True, purge_limit=28, keywords={"check_mode": True}),
        task("real", labels=wanted, purge=True, purge_limit=28),
        task("again", labels=wanted, purge=True, purge_limit=0),
        task("empty list", labels=[], purge=True),
        task("empty list again", labels=[], purge=True),
    ], door).ok()
    for name in ("over the limit", "over the limit in check mode"):
        assert played[name]["error"]["code"] == "purge_limit" and "28 labels" in played[name]["msg"] and played[name]["changed"] is False
    assert "purge: true needs labels" in played["without a list"]["msg"]
    check, real = played["check"], played["real"]
    assert check["diff"] == real["diff"] and check["summary"] == real["summary"] == {
        "created": 1, "updated": 0, "deleted": 29, "unchanged": 1, "failed": 0}
    assert [row["action"] for row in real["labels"]] == ["unchanged", "created", "deleted"] + ["deleted"] * 28
    assert played["again"]["changed"] is False
    assert played["empty list"]["summary"]["deleted"] == 2 and played["empty list again"]["changed"] is False
    assert alocom.titles() == []


def test_refusals_before_any_request(alocom, run):
    """Two items that name one object, an empty key: told with the place, nothing sent."""
    played = run([
        task("same twice", labels=[{"title": "a"}, {"title": "کاریز"}, {"title": " كاريز"}]),
        task("same id twice", labels=[{"id": "5", "title": "a"}, {"id": "5", "title": "b"}]),
        task("two ids, one new title", labels=[{"id": "5", "title": "a"}, {"id": "6", "title": "a"}]),
        task("empty title", title=""),
        task("blank title in a list", labels=[{"title": "a"}, {"title": "  "}]),
        task("title and list", title="a", labels=[{"title": "b"}]),
        task("nothing"),
        task("item without a key", labels=[{"state": "absent"}]),
    ]).ok()
    assert "labels[2]: names the same label" in played["same twice"]["msg"]
    assert "labels[1]: names the same label" in played["same id twice"]["msg"]
    assert "labels[1]: " in played["two ids, one new title"]["msg"]
    assert "title" in played["empty title"]["msg"] and "labels[1]" in played["blank title in a list"]["msg"]
    for name in ("title and list", "nothing", "item without a key"):
        assert played.kinds(name) == ["failed"], name
    assert alocom.journal() == []


@pytest.mark.seed("empty", label_unique=False)
def test_ambiguity(alocom, run):
    """Two labels of one title: the task says their ids and touches neither, whatever it was asked for."""
    alocom.seed("labels", 2, prefix="twin")
    for number in (1, 2):
        alocom.mutate("labels", {"title": "twin-%05d" % number}, {"title": "twin"})
    ids = [row["id"] for row in alocom.dump()["labels"]]
    played = run([
        task("present", title="twin"), task("absent", title="twin", state="absent"),
        task("list", labels=[{"title": "other"}, {"title": "twin"}]),
        task("by id", id=str(ids[0]), title="single"), task("by id and key", labels=[{"id": str(ids[1]), "title": "n"}, {"title": "twin"}]),
        task("then", title="twin"),
    ]).ok()
    for name in ("present", "absent", "list"):
        assert played.kinds(name) == ["failed"] and played[name]["error"]["code"] == "ambiguous"
        assert all(str(number) in played[name]["msg"] for number in ids)
    assert played["list"]["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert played["list"]["changed"] is True and played["list"]["labels"][1]["error"]["code"] == "ambiguous"
    assert played["by id"]["changed"] is True and played["then"]["changed"] is False
    assert "labels[1]: names the same label (twin) as labels[0]" in played["by id and key"]["msg"]


@pytest.mark.seed("default")
def test_in_use(alocom, run):
    played = run([task("in use", title="پایه دهم", state="absent"), task("list", labels=[{"title": "پایه دهم"}, {"title": "همکاران"}], state="absent")]).ok()
    assert played.kinds("in use") == ["failed"] and played["in use"]["error"]["http_status"] == 400 and "برچسب در حال استفاده است" in played["in use"]["msg"]
    assert played["in use"]["changed"] is False
    assert played["in use"]["error"]["vendor"] == "alocom" and played["in use"]["error"]["operation"] == "delete label"
    assert set(played["in use"]["error"]) == {"vendor", "operation", "http_status", "code", "name", "message", "retryable"}
    assert "پایه دهم" in played["in use"]["msg"]
    assert len(alocom.titles()) == 4


def test_single_list_and_loop_are_equal(alocom, run, door):
    """The same wishes in three spellings leave the same labels and tell the same story."""
    wishes = [{"title": "one"}, {"title": "two"}, {"title": "one", "state": "absent"}, {"title": "three"}]
    played = run([
        {"name": "loop", LABEL: {"title": "{{ item.title }}", "state": "{{ item.state | default('present') }}"}, "loop": wishes},
        {"name": "loop again", LABEL: {"title": "{{ item.title }}"}, "loop": wishes[1:2] + wishes[3:]},
        {"name": "loop check", LABEL: {"title": "{{ item }}"}, "loop": ["new", "new", "two"], "check_mode": True},
        task("list", labels=[wishes[1], wishes[2], wishes[3]]),
    ], door).ok()
    assert [entry["changed"] for entry in played["loop"]["results"]] == [True] * 4
    assert [entry["changed"] for entry in played["loop again"]["results"]] == [False] * 2
    # The fast door knows what an earlier item of the loop would have done; separate modules in check mode cannot.
    assert [entry["changed"] for entry in played["loop check"]["results"]] == [True, door == "module", False]
    assert played["list"]["changed"] is False
    assert sorted(alocom.titles()) == ["three", "two"]


def test_large_answers(alocom, run):
    alocom.seed("labels", 1200, prefix="many")
    items = [{"title": "many-%05d" % number} for number in range(2, 1201)] + [{"title": "fresh"}]
    played = run([task("auto", labels=items), task("full", labels=items, return_content="full"),
                  task("summary", labels=items, return_content="summary")]).ok()
    auto, full, summary = (played[name]["labels"] for name in ("auto", "full", "summary"))
    assert len(auto) == len(full) == len(summary) == 1200
    # A label is nothing but its title and its id, so the three differ only for what has more (see the users).
    for rows in (auto, full, summary):
        assert [(row["title"], row["action"], row["changed"]) for row in rows[-2:]] == [
            ("many-01200", "unchanged", False), ("fresh", "created" if rows is auto else "unchanged", rows is auto)]
    assert played["auto"]["api"]["requests"] <= 4
