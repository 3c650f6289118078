# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fingerprints of secrets: known again, and of no use to whoever reads them."""

from __future__ import annotations

import hashlib
import json

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import fingerprint as room

ACCOUNT = ["vendor", ["api_token", "a-secret"], ["api_url", None]]


def test_the_same_data_is_known_again_and_nothing_else():
    kept = room.fingerprint(ACCOUNT)
    assert room.matches(kept, json.loads(json.dumps(ACCOUNT)))
    assert room.matches(room.fingerprint({"a": 1, "b": 2}), {"b": 2, "a": 1})
    for other in (ACCOUNT[:2], ["vendor", ["api_token", "a-secreT"], ["api_url", None]], None):
        assert not room.matches(kept, other)


def test_fingerprints_are_salted_and_slow(monkeypatch):
    first, second = room.fingerprint(ACCOUNT), room.fingerprint(ACCOUNT)
    assert first[:32] != second[:32] and first[32:] != second[32:] and len(first) == 32 + 64
    rounds = []
    real = hashlib.pbkdf2_hmac
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", lambda *arguments: rounds.append(arguments[3]) or real(*arguments))
    assert room.matches(first, ACCOUNT) and rounds == [200_000]


@pytest.mark.parametrize("kept", ["", "zz" * 48, "00", room.fingerprint(None)[:-1], "é" * 100], ids=["empty", "no hex", "short", "cut", "no ASCII"])
def test_what_is_no_fingerprint_matches_nothing(kept):
    assert not room.matches(kept, None)
