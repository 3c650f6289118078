# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An object that needs several requests, of which a later one is refused: the item fails, and that something changed is said all the same."""

from __future__ import annotations

from playing import play

REFUSED = {"kind": "status", "status": 400, "times": 0}


def tasks(module, options, plural, item):
    """One object alone and in a list."""
    return [{"name": "alone", module: {**options, **item("alone")}, "ignore_errors": True},
            {"name": "list", module: {**options, plural: [item("listed")]}, "ignore_errors": True}]


def test_what_was_carried_out_before_a_refusal_is_told(alocom, smspanel, tmp_path, door):
    alocom.reset("empty")
    alocom.seed("users", 2, prefix="pupil")
    pupils = sorted(alocom.users())
    for key in ("alone", "listed"):
        alocom.seed("events", 1, prefix=key, service=14, members=0)
    slugs = {slug.split("-")[0]: slug for slug in alocom.events()}
    smspanel.reset("empty")
    for key in ("alone", "listed"):
        smspanel.seed("phonebooks", 1, prefix=key, numbers=2)
    names = {name.split("-")[0]: name for name in smspanel.books()}

    smspanel.fault(operation="numbers.remove", **REFUSED)
    played = play(tasks("kariz.panels.smspanel_phonebook", smspanel.connection, "phonebooks",
                        lambda key: {"name": names[key], "numbers": ["09120000001"], "numbers_mode": "replace"}), tmp_path, door=door)
    assert [played.kinds(name) for name in ("alone", "list")] == [["failed"], ["failed"]]
    assert all("09120000001" in numbers and len(numbers) == 3 for numbers in smspanel.books().values())
    assert played["alone"]["changed"] is True and played["list"]["changed"] is True, played["list"]
    assert (played["list"]["phonebooks"][0]["action"], played["list"]["phonebooks"][0]["changed"]) == ("failed", True)

    alocom.fault(operation="users.password", **REFUSED)
    played = play(tasks("kariz.panels.alocom_user", alocom.connection, "users",
                        lambda key: {"username": pupils[key == "listed"], "name": "نو", "password": "another-word", "update_password": "always"}),
                  tmp_path, door=door)
    assert {row["name"] for row in alocom.users().values()} == {"نو"}
    assert played["alone"]["changed"] is True and played["list"]["changed"] is True, played["list"]
    assert (played["list"]["users"][0]["action"], played["list"]["users"][0]["changed"]) == ("failed", True)

    alocom.sim.clear_faults()
    alocom.fault(operation="events.add_users", **REFUSED)
    alocom.fault(operation="events.enroll", **REFUSED)
    played = play(tasks("kariz.panels.alocom_event", alocom.connection, "events",
                        lambda key: {"slug": slugs[key], "title": "نام نو", "members": [{"username": pupils[0]}]}), tmp_path, door=door)
    changed = {row["title"] for row in alocom.events().values()} == {"نام نو"}
    for name in ("alone", "list"):
        assert played[name]["changed"] is (changed or played.kinds(name) == ["ok"]), played[name]
