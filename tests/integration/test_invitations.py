# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one vendor's role has another vendor send: invitations of classroom, welcomes of subscriber, each text once ever."""

from __future__ import annotations

import pytest
from playing import play

TERM = {
    "classroom_service": "کلاس اصلی",
    "classroom_users": [
        {"username": "sara", "name": "سارا", "surname": "احمدی", "cellphone": "09121234567"},
        {"username": "ali", "name": "علی", "surname": "رضایی"},
        {"username": "t.kazemi", "name": "مریم", "surname": "کاظمی", "cellphone": "۰۹۱۲ ۵۵۵ ۰۱۰۲"},
    ],
    "classroom_events": [
        {"slug": "physics-10", "title": "فیزیک دهم", "members": [{"username": "t.kazemi", "role": "teacher"}, {"username": "sara"}, {"username": "ali"}]},
    ],
    "classroom_invite": True,
}


@pytest.fixture
def both(alocom, deltasib, payamsms, smspanel, tmp_path):
    defaults = {vendor.group: vendor.connection for vendor in (alocom, deltasib, payamsms, smspanel)}

    def made(role, check=False, **variables):
        sending = {"notify_sender": {"payamsms": "982000123", "smspanel": "30001234"}, "notify_journal": str(tmp_path / "sent.jsonl")}
        return play([{"name": "role", "ansible.builtin.include_role": {"name": "kariz.panels.%s" % role}}], tmp_path, check=check, verbosity=3,
                    keywords={"module_defaults": defaults}, variables={**sending, **variables})
    return made


def test_a_class_is_invited_once(alocom, payamsms, both):
    assert "WARNING" not in both("classroom", check=True, **TERM).ok().output
    assert payamsms.sent() == [] and alocom.writes() == []
    played = both("classroom", **TERM).ok()
    assert sorted(payamsms.sent()) == ["classroom-physics-10-sara", "classroom-physics-10-t.kazemi"]
    texts = {row["customerId"]: row for row in payamsms.dump()["messages"]}
    text = texts["classroom-physics-10-sara"]["body"]
    assert "سارا احمدی" in text and "/physics-10?token=" in text
    assert "token=" not in played.output
    # Whose message is sent keeps the link that is in it: nobody's is asked for again, and nothing changes.
    alocom.clear_journal()
    again = both("classroom", **TERM).ok()
    assert len(payamsms.sent()) == 2 and alocom.writes() == [] and "changed=0" in again.output
    later = {**TERM, "classroom_users": [*TERM["classroom_users"][:1], {**TERM["classroom_users"][1], "cellphone": "09351234567"}, TERM["classroom_users"][2]]}
    both("classroom", check=True, **later).ok()
    assert alocom.writes() == []
    both("classroom", **later).ok()
    # One link, for the one who gets a message now.
    assert sum("enrol" in operation for operation in alocom.writes()) == 1, alocom.writes()
    assert sorted(payamsms.sent()) == ["classroom-physics-10-ali", "classroom-physics-10-sara", "classroom-physics-10-t.kazemi"]


def test_a_new_subscriber_is_welcomed_once(payamsms, both):
    variables = {"subscriber_welcome": True, "subscriber_users": [
        {"username": "zahra", "password": "secret-zahra", "name": "زهرا", "mobile": "09121234567"}, {"username": "omid", "password": "secret-omid"}]}
    both("subscriber", check=True, **variables).ok()
    assert payamsms.sent() == []
    both("subscriber", **variables).ok()
    assert payamsms.sent() == ["subscriber-welcome-zahra"]
    both("subscriber", **variables).ok()
    assert payamsms.sent() == ["subscriber-welcome-zahra"]


def test_welcomes_depend_on_who_has_none_yet(deltasib, payamsms, both):
    """A wrong status stops only its own subscriber; who could not be welcomed is welcomed later; a template that is not there fails first."""
    people = [{"username": "zahra", "password": "secret-zahra", "mobile": "0912", "status": "فعال"},
              {"username": "omid", "password": "secret-omid", "mobile": "09121234568", "status": "فعالل", "service": "11", "pay_plan": "postpaid"},
              {"username": "nima", "password": "secret-nima", "mobile": "09121234569", "status": "فعال", "service": "11", "pay_plan": "postpaid"},
              {"username": "brace", "password": "secret-brace", "name": "{{ '{{' }} x }}\"'<b>", "mobile": "09121234570"}]
    nobody = both("subscriber", subscriber_welcome=True, subscriber_users=people, notify_sender=None).failed()
    assert "subscriber_welcome needs notify_sender" in nobody.output and deltasib.writes() == []
    missing = both("subscriber", subscriber_welcome=True, subscriber_users=people, subscriber_welcome_template="missing.txt.j2").failed()
    assert "missing.txt.j2" in missing.output and deltasib.writes() == []
    told = both("subscriber", subscriber_welcome=True, subscriber_users=people).failed()
    assert "zahra: mobile is no mobile number" in told.output and "omid: " in told.output
    assert sorted(payamsms.sent()) == ["subscriber-welcome-brace", "subscriber-welcome-nima", "subscriber-welcome-omid"]
    assert "{{ x }}\"'<b> عزیز" in {row["customerId"]: row["body"] for row in payamsms.dump()["messages"]}["subscriber-welcome-brace"]
    assert deltasib.bought("nima") == [(11, "Active")] and deltasib.bought("omid") == []
    people[0]["mobile"], people[1]["status"] = "09121234567", "فعال"
    both("subscriber", subscriber_welcome=True, subscriber_users=people).ok()
    assert len(payamsms.sent()) == 4 and "subscriber-welcome-zahra" in payamsms.sent() and deltasib.bought("omid") == [(11, "Active")]
