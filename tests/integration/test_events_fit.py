# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of roles and playbooks with long lists: a controller keeps nothing of one that is too long for it, and the stages that follow need all of it."""

from __future__ import annotations

import json

from playing import play, playbook

#: So long that a few hundred people are as much as thousands with usual names; a Persian letter has six characters in an event.
NAME = "نام بسیار بلند " * 24
PEOPLE = [{"username": "pupil.%04d" % number, "name": NAME, "surname": NAME + str(number), "labels": ["grade"]} for number in range(200)]


def fits(played):
    """Every event of a run that a controller stores is one that it keeps."""
    sizes = {line["task"]: len(json.dumps(line["result"])) for line in played.lines}
    assert max(sizes.values()) <= 700_000, sorted(sizes.items(), key=lambda size: -size[1])[:3]
    return played


def test_roles(alocom, payamsms, tmp_path):
    """The results that the stages of a role make are longer than events may be: nobody is forgotten, and later tasks have all of them."""
    def classroom(**more):
        variables = {"classroom_alocom": alocom.connection, "classroom_labels": [{"title": "grade"}], "classroom_users": PEOPLE, **more}
        return play([{"name": "role", "ansible.builtin.include_role": {"name": "kariz.panels.classroom"}},
                     {"name": "later", "ansible.builtin.debug": {"msg": "{{ classroom_users_result.users | map(attribute='action') | unique }}"}},
                     {"name": "names", "ansible.builtin.debug": {"msg": "{{ classroom_users_result.users | map(attribute='username') | length }}"}}],
                    tmp_path, variables=variables)
    for more, action, left in (({}, "created", 200), ({"classroom_state": "absent"}, "deleted", 0)):
        played = fits(classroom(**more).ok())
        assert played["later"]["msg"] == [action] and int(played["names"]["msg"]) == 200 and len(alocom.users()) == left
    texts = [{"key": "k-%d" % number, "recipient": "0912%07d" % (number + 10), "text": "سلام " * 100 + str(number)} for number in range(300)]
    variables = {"notify_messages": texts, "notify_sender": {"payamsms": "982000123"}, "notify_payamsms": payamsms.connection,
                 "notify_providers": ["payamsms"], "notify_journal": str(tmp_path / "journal.db"), "notify_dry_run": True}
    played = fits(play([{"name": "role", "ansible.builtin.include_role": {"name": "kariz.panels.notify"}},
                        {"name": "later", "ansible.builtin.debug": {"msg": "{{ notify_told.messages | length }} {{ notify_report | length }}"}}],
                       tmp_path, variables=variables).ok())
    shown = played["kariz.panels.notify : Show texts, parts and cost"]["msg"]
    assert played["later"]["msg"] == "300 300" and 0 < len(shown["messages"]) == 300 - shown["left_out"] < 300 and payamsms.sent() == []


def test_playbooks(alocom, tmp_path):
    file = {"panels": {"alocom": {"account": "school", "connection": alocom.connection, "labels": [{"title": "grade"}], "users": PEOPLE}}}
    (tmp_path / "business.yml").write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    wanted = {"desired_state": "business.yml"}
    drift = fits(playbook("drift", tmp_path, dict(wanted, drift_json="drift.json")).ok())
    assert json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))["summary"]["missing"] == 201 and len(drift["What differs"]["drift.lines"]) > 50
    for name, left, told in (("provision", 200, "200 created"), ("deprovision", 0, "200 deleted")):
        done = fits(playbook(name, tmp_path, wanted, diff=True).ok())
        assert len(alocom.users()) == left and any(line.endswith(told) for line in done["What was done"]["msg"])
