# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What earlier tasks said in check mode that they would make."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.state.foretold import Foretold, changes

MADE = {"id": None, "title": "made", "action": "created"}
RENAMED = {"id": 2, "title": "new name", "action": "updated"}
GONE = {"id": 3, "title": "gone", "action": "deleted"}
SAME = {"id": 4, "title": "same", "action": "unchanged"}
FAILED = {"id": 5, "title": "failed", "action": "failed"}
ALL = [MADE, RENAMED, GONE, SAME, FAILED]


def test_what_a_task_returned_that_it_changes():
    assert changes([dict(entry, color="red", hash="h", slug=None) for entry in ALL]) == [
        {"hash": "h", "title": "made", "action": "created"}, {"id": 2, "hash": "h", "title": "new name", "action": "updated"},
        {"id": 3, "hash": "h", "title": "gone", "action": "deleted"}]
    assert changes(None) == changes([]) == changes([{"title": "no action"}]) == []


def test_what_would_be_there():
    told = Foretold({"labels": ALL})
    assert told.made("labels", "title") == ["made", "new name"] and told.made("users", "title") == [] and told.made("labels", "username") == []
    assert told.renamed("labels", "title") == {"2": "new name"} and told.renamed("users", "title") == {}
    assert told.renamed("labels", "title", "hash") == {}


def test_names_of_any_kind():
    told = Foretold({"users": [{"username": 912, "action": "created"}, {"username": "", "action": "created"}, {"username": None, "action": "updated", "id": 1},
                               {"username": "", "action": "updated", "id": 1}, {"username": "a", "action": "updated", "id": None}]})
    assert told.made("users", "username") == ["912", "a"] and told.renamed("users", "username") == {}


@pytest.mark.parametrize("given", [{}, {"labels": None}, {"labels": []}, {"labels": "made"}, {"labels": {"title": "made"}}, {"labels": [None, "made", 5]},
                                   {"labels": [{"title": "made"}]}])
def test_what_is_no_result_foretells_nothing(given):
    told = Foretold(given)
    rows = [{"id": 1, "title": "there"}]
    assert told.made("labels", "title") == [] and told.laid_over("labels", rows, "title") == rows


def test_a_list_as_it_would_be():
    told = Foretold({"labels": tuple(ALL)})
    rows = [{"id": 2, "title": "old name", "color": "red"}, {"id": 3, "title": "gone"}, {"id": "4", "title": "same"}, {"id": 9}]
    assert told.laid_over("labels", rows, "title") == [
        {"id": 2, "title": "new name", "color": "red"}, {"id": "4", "title": "same"}, {"id": 9, "title": None}, {"id": None, "title": "made"}]
    # Nothing of what was given is touched, and what is there by that name is not made again.
    assert rows[0]["title"] == "old name"
    assert told.laid_over("labels", [{"id": 2, "title": "x"}, {"id": 7, "title": "made "}], "title") == [
        {"id": 2, "title": "new name"}, {"id": 7, "title": "made "}]
    assert told.laid_over("users", rows, "title") == [dict(row, title=row.get("title")) for row in rows]
    hashed = Foretold({"rooms": [{"hash": "h", "name": "new", "action": "updated"}, {"hash": "g", "name": "x", "action": "deleted"}]})
    assert hashed.laid_over("rooms", [{"hash": "h", "name": "old"}, {"hash": "g", "name": "x"}], "name", "hash") == [{"hash": "h", "name": "new"}]
    without = Foretold({"rooms": [{"name": "x", "action": "deleted"}]})
    assert without.laid_over("rooms", [{"name": "x"}], "name") == [{"name": "x"}]


def test_nothing_is_told_of_a_kind_that_nobody_named():
    assert Foretold({}).of("labels") == [] and Foretold({"labels": None}).of("labels") == []
