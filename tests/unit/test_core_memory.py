# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memories, Memory


def test_facts():
    memory = Memory()
    assert "a" not in memory and memory.get("a") is None and memory.get("a", 7) == 7
    memory["a"] = 1
    assert "a" in memory and memory["a"] == memory.get("a") == memory.setdefault("a", 2) == 1
    assert memory.setdefault("b", 3) == memory["b"] == 3
    assert memory.pop("a") == 1 and memory.pop("a") is None and memory.pop("a", 4) == 4
    with pytest.raises(KeyError):
        memory["a"]  # pylint: disable=pointless-statement


class Items:
    """The items of one loop, each by vendor, owner and mode."""

    def __init__(self):
        self.memories = Memories()

    def item(self, owner="me", check=False, keeps=True, vendor="v", writes=0, failed=False):
        client = SimpleNamespace(vendor=vendor, owner=lambda: owner, transport=SimpleNamespace(writes=writes))
        client.memory = self.memories.of(client, check, keeps)
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
