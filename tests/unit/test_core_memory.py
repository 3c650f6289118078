# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memories, Memory

#: As much of a resource as a memory looks at.
RESOURCE = SimpleNamespace(name="thing", reading="keys", key=("name",))


def test_facts():
    memory = Memory()
    assert "a" not in memory and memory.get("a") is None and memory.get("a", 7) == 7
    memory["a"] = 1
    assert "a" in memory and memory["a"] == memory.get("a") == memory.setdefault("a", 2) == 1
    assert memory.setdefault("b", 3) == memory["b"] == 3
    assert memory.pop("a") == 1 and memory.pop("a") is None and memory.pop("a", 4) == 4
    with pytest.raises(KeyError):
        memory["a"]  # pylint: disable=pointless-statement


def test_a_shared_fact_is_read_once_and_fails_for_each():
    memory, asked = Memory(), []

    def read():
        asked.append(1)
        if len(asked) == 1:
            raise PanelError("no")
        return "fact"
    errors = []
    for _item in range(2):
        with pytest.raises(PanelError, match="no") as caught:
            memory.shared("a", read)
        errors.append(caught.value)
    assert len(asked) == 1 and errors[0] is not errors[1] and "a" not in memory
    # For the next item of a loop it may be there.
    memory.begin(None)
    assert memory.shared("a", read) == memory.shared("a", read) == memory["a"] == "fact" and len(asked) == 2


def test_what_is_foretold_belongs_to_one_item():
    memory = Memory()
    assert memory.foretold is None
    memory.begin({"labels": [{"title": "a", "action": "created"}]})
    assert memory.foretold.made("labels", "title") == ["a"]
    memory.begin({})
    assert memory.foretold is not None and memory.foretold.made("labels", "title") == []
    memory.begin(None)
    assert memory.foretold is None


class Items:
    """The items of one loop, each by vendor, owner and mode."""

    def __init__(self):
        self.memories = Memories()

    def item(self, owner="me", check=False, keeps=True, vendor="v", writes=0, failed=False, foretold=None):
        client = SimpleNamespace(vendor=vendor, owner=lambda: owner, transport=SimpleNamespace(writes=writes))
        client.memory = self.memories.of(client, check, keeps, foretold)
        self.memories.after(client, failed)
        return client.memory


def test_a_memory_belongs_to_an_account_and_a_mode():
    loop = Items()
    mine = loop.item()
    assert loop.item() is mine and loop.item(check=0) is mine
    others = [loop.item(owner="you"), loop.item(check=True), loop.item(vendor="w")]
    assert len({id(memory) for memory in [mine, *others]}) == 4
    assert [loop.item(owner="you"), loop.item(check=True), loop.item(vendor="w")] == others and loop.item() is mine


def test_whoever_does_not_keep_starts_anew_and_takes_nothing_away():
    loop = Items()
    mine = loop.item()
    assert loop.item(keeps=False) is not mine and loop.item(keeps=False) is not loop.item(keeps=False) and loop.item() is mine


@pytest.mark.parametrize("other", [{"owner": "you"}, {"check": True}], ids=str)
def test_a_write_is_known_to_its_own_memory_only(other):
    loop = Items()
    mine, theirs, elsewhere = loop.item(), loop.item(**other), loop.item(vendor="w")
    assert loop.item(writes=1) is mine
    assert loop.item() is mine and loop.item(**other) is not theirs and loop.item(vendor="w") is elsewhere


def test_a_write_outside_every_memory_is_known_to_none():
    loop = Items()
    mine = loop.item()
    loop.item(keeps=False, writes=2)
    assert loop.item() is not mine


def test_a_failure_is_the_end_of_what_was_known_of_the_vendor():
    loop = Items()
    mine, theirs, elsewhere = loop.item(), loop.item(check=True), loop.item(vendor="w")
    loop.item(failed=True)
    assert loop.item() is not mine and loop.item(check=True) is not theirs and loop.item(vendor="w") is elsewhere


def test_who_has_what_outlives_a_failure_but_not_the_account():
    loop = Items()
    earlier = loop.item().earlier(RESOURCE)
    loop.item(failed=True)
    assert loop.item().earlier(RESOURCE) is earlier
    others = [loop.item(**more).earlier(RESOURCE) for more in ({"owner": "you"}, {"check": True}, {"vendor": "w"}, {"keeps": False})]
    assert all(other is not earlier for other in others)


def test_every_item_begins_anew_where_reading_failed():
    loop = Items()
    memory = loop.item(foretold={"labels": []})
    assert memory.foretold is not None

    def fails():
        raise PanelError("no")
    with pytest.raises(PanelError):
        memory.shared("a", fails)
    assert loop.item() is memory and memory.foretold is None and memory.shared("a", lambda: 1) == 1
