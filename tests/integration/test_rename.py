# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renaming by the old name (``rename_from``) of whatever has nothing but a name to be known by: labels and spaces."""

from __future__ import annotations

import json

import pytest
from jobs import Loop, carry_out
from playing import DOORS, play, playbook

LABELS = ("alocom", "alocom_label", "title", "label", "labels")
SPACES = ("podspace", "podspace_organization", "name", "organization", "organizations")
KINDS = pytest.mark.parametrize("kind", [LABELS, SPACES], ids=["labels", "spaces"])


class Renaming:
    """One kind of objects at its vendor: what is there and what a task makes of it."""

    def __init__(self, request, kind):
        vendor, self.module, self.key, self.one, self.many = kind
        self.vendor = request.getfixturevalue(vendor)
        self.vendor.reset("default")
        for name in ("old", "other"):
            assert self.do(**{self.key: name})["changed"]
        self.vendor.clear_journal()

    def item(self, new, old=None, **more):
        return {self.key: new, **({"rename_from": old} if old is not None else {}), **more}

    def do(self, check=False, **options):
        return carry_out(self.module, {**self.vendor.connection, **options}, check=check)

    def names(self):
        return {row[self.key]: row.get("id") or row.get("hash") for row in self.vendor.dump()[self.many]}


@pytest.fixture
def renaming(request):
    return lambda kind: Renaming(request, kind)


@KINDS
@pytest.mark.parametrize("door", DOORS)
def test_life(renaming, kind, door, tmp_path, cycle):
    there = renaming(kind)
    before = there.names()
    life = cycle("kariz.panels." + there.module)
    life.add("one", **there.item("new", "old"))
    life.add("typed otherwise", **there.item("كاريز", " new "))
    life.add("list", **{there.many: [there.item("newer", "کاریز"), there.item("other"), there.item("third")]})
    played = play(life.tasks, tmp_path, door=door, keywords={"module_defaults": {there.vendor.group: there.vendor.connection}}).ok()
    life.verify(played)
    after = there.names()
    assert after["newer"] == before["old"] and "old" not in after and "new" not in after and set(after) == (set(before) - {"old"}) | {"newer", "third"}
    one = life.result(played, "one")
    assert one["diff"]["before"] == {there.key: "old"} and one["diff"]["after"] == {there.key: "new"} and one[there.one][there.key] == "new"
    listed = life.result(played, "list")
    assert [row["action"] for row in listed[there.many]] == ["updated", "unchanged", "created"] and not listed.get("warnings")


@KINDS
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_what_is_there(renaming, kind, check):
    """Renamed already: nothing. Both: an error, and nothing of the list is written. Neither: made, and said."""
    there = renaming(kind)
    same = there.do(check, **there.item("other", "older"))
    assert same["changed"] is False and same["warnings"] == [], same
    both = there.do(check, **there.item("other", "old"))
    assert both["failed"] and both["error"]["code"] == "both_exist" and "old cannot be renamed to other: both are there" in both["msg"], both
    assert there.vendor.writes() == []
    neither = there.do(check, **there.item("fresh", "nobody"))
    assert neither["changed"] and "there is no %s nobody to rename, so fresh is made" % there.one in neither["warnings"][0], neither
    assert ("fresh" in there.names()) is not check


@KINDS
def test_mistakes(renaming, kind):
    there = renaming(kind)
    id_option = "id" if kind is LABELS else "hash"
    for options, reason in (
            (there.item("new", "new"), "rename_from is the same"),
            (there.item("new", " "), "rename_from must not be empty"), (there.item("new", "old", **{id_option: "7"}), "both say which object is meant"),
            ({there.many: [there.item("a", "old"), there.item("b", "old")]}, "names the same"),
            ({there.many: [there.item("old"), there.item("b", "old")]}, "names the same"), ({there.many: [{"rename_from": "old"}]}, there.key),
            ({there.many: [there.item("a")], "rename_from": "old"}, "mutually exclusive")):
        result = there.do(**options)
        assert result["failed"] and reason in result["msg"], (options, result)
    assert there.vendor.journal() == []


@KINDS
@pytest.mark.parametrize("name", ["old", "new"])
def test_whichever_is_there_goes(renaming, kind, name):
    """A file whose objects go at the end of a term may say ``rename_from``, whether that has been done or not."""
    there = renaming(kind)
    if name == "new":
        there.do(**there.item("new", "old"))
    wanted = {there.many: [there.item("new", "old"), there.item("other")], "state": "absent"}
    check, run, again = there.do(True, **wanted), there.do(**wanted), there.do(**wanted)
    assert check["summary"] == run["summary"] and run["summary"]["deleted"] == 2 and not again["changed"] and not again["failed"], (check, run, again)
    assert not {"old", "new", "other"} & set(there.names())
    for one in ("old", "new"):
        there.do(**{there.key: one})
    both = there.do(**there.item("new", "old", state="absent"))
    assert both["failed"] and both["error"]["code"] == "both_exist" and {"old", "new"} <= set(there.names())


@KINDS
@pytest.mark.parametrize("kind_of_loss", ["reset_after", "reset_before"])
def test_lost_answers(renaming, kind, kind_of_loss):
    there = renaming(kind)
    before = there.names()
    if kind is LABELS:
        there.vendor.fault(kind_of_loss, operation="labels.update")
    else:
        there.vendor.lose("edit_organization", kind_of_loss)
    result = there.do(**there.item("new", "old"))
    assert not result["failed"] and result["changed"] and there.names()["new"] == before["old"], result


@KINDS
def test_in_a_loop(renaming, kind):
    there = renaming(kind)
    loop = Loop()
    results = [loop.item(there.module, {**there.vendor.connection, **item}) for item in (
        there.item("new", "old"), there.item("new", "old"), there.item("newest", "new"), there.item("other", "nobody"))]
    assert [result["changed"] for result in results] == [True, False, True, False], results
    assert "newest" in there.names() and len(there.vendor.writes()) == 2


def test_purge_spares_what_is_renamed(renaming):
    there = renaming(LABELS)
    before = there.names()
    wanted = {"labels": [there.item("new", "old")] + [there.item(title) for title in before if title not in ("old", "other")], "purge": True}
    check, run, again = there.do(True, **wanted), there.do(**wanted), there.do(**wanted)
    assert check["summary"] == run["summary"] and (run["summary"]["updated"], run["summary"]["deleted"], run["summary"]["created"]) == (1, 1, 0), run
    assert there.names()["new"] == before["old"] and "other" not in there.names() and again["changed"] is False


def test_a_desired_state_that_renames(alocom, podspace, tmp_path):
    """In the file, too: users with the new title need it in check mode already, drift says one difference, and the second run changes nothing."""
    alocom.reset("default")
    for user in ("zahra.karimi", "ali.mohammadi"):
        alocom.mutate("users", {"username": user}, {"labels": ["پایه دهم"]})
    number = {row["title"]: row["id"] for row in alocom.dump()["labels"]}["پایه دهم"]
    space = podspace.spaces()["فروش"]["hash"]
    users = [{"username": "zahra.karimi", "labels": ["پایه دوازدهم"]}, {"username": "ali.mohammadi", "labels": ["پایه دوازدهم"]}]
    school = {"account": "school", "connection": alocom.connection, "labels": [{"title": "پایه دوازدهم", "rename_from": "پایه دهم"}], "users": users}
    company = {"account": "company", "connection": podspace.connection, "organizations": [{"name": "بازاریابی", "rename_from": "فروش"}]}
    state = {"panels": {"alocom": school, "podspace": company}}
    path = tmp_path / "business.yml"
    path.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    variables = {"desired_state": str(path)}
    checked = playbook("provision", tmp_path, variables, check=True).ok()
    drift = playbook("drift", tmp_path, variables).ok()
    assert alocom.writes() == [] and podspace.spaces()["فروش"]["hash"] == space
    assert "title: پایه دهم -> پایه دوازدهم" in drift.output and "name: فروش -> بازاریابی" in drift.output, drift.output
    assert "there, but not wanted" not in drift.output
    done = playbook("provision", tmp_path, variables).ok()
    assert "changed=0" not in checked.output and done.output.count("changed=0") == checked.output.count("changed=0")
    assert {row["title"]: row["id"] for row in alocom.dump()["labels"]}["پایه دوازدهم"] == number
    assert alocom.users()["zahra.karimi"]["labels"] == ["پایه دوازدهم"] and podspace.spaces()["بازاریابی"]["hash"] == space
    assert "changed=0" in playbook("provision", tmp_path, variables).ok().output
