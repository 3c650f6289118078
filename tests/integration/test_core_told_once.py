# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a vendor chooses and tells once: the same bytes through both ways of running, whatever else is secret in the task."""

from __future__ import annotations

import pytest

#: The account's password, and inside every secret that the vendors choose below.
OWN = "pass1234"
PERSON = {"name": "ن", "surname": "خ"}
CHOSEN = "Ab-%s<&\"\\é" % OWN
TOKEN = "tk-%s-%s.x" % (OWN, OWN)
LINK = "https://class.example/e1?token=%s" % TOKEN


@pytest.mark.seed("default", chosen_password=CHOSEN, password=OWN)
@pytest.mark.seed("default", vendor="deltasib", password=OWN)
def test_what_a_vendor_chose_comes_back_whole(alocom, deltasib, payamsms, run, door):
    """A password, a link or a token that contains another secret of the task is not masked inside."""
    payamsms.settings(password=OWN)
    alocom.fault("status", path="auth/login$", status=200, body={"token": TOKEN})
    alocom.fault("status", path="enroll-user-with-token$", status=200, times=2,
                 body={"enrolmentId": 7, "userId": 9, "eventLink": LINK, "token": TOKEN})
    deltasib.fault("status", path="auth", match_body="gettoken", status=200, body={"token": TOKEN, "SessionTimeout": "600"})
    payamsms.fault("status", path="oauth/token", status=200, body={"access_token": TOKEN, "expires_in": 600})
    alocom.settings(fixed_token="fixed-" + OWN)
    own = {vendor.group: {**vendor.connection, "api_password": OWN} for vendor in (alocom, deltasib, payamsms)}
    own[alocom.group]["api_token"] = "fixed-" + OWN
    enrolled = {"event": "math-10", "username": "new.%s" % OWN, **PERSON}
    played = run([
        {"kariz.panels.alocom_user": {"users": [{"username": "first", **PERSON, "password": OWN}, {"username": OWN, **PERSON}]}, "register": "users"},
        {"kariz.panels.alocom_user": {"username": "alone", **PERSON}, "register": "user"},
        {"kariz.panels.alocom_event_link": enrolled, "register": "link"},
        {"kariz.panels.alocom_event_link": {"people": [enrolled]}, "register": "links"},
        *({"kariz.panels.%s_login" % vendor: {"api_token_cache": False}, "register": vendor} for vendor in ("alocom", "deltasib", "payamsms")),
        {"name": "whole", "ansible.builtin.assert": {"quiet": True, "that": [
            "users.users[1].password == chosen", "users.users[1].username == own", "user.user.password == chosen", "link.link.entry_link == link_whole",
            "link.link.entry_token == token", "link.link.username == 'new.' ~ own", "links.links[0].entry_link == link_whole",
            "links.links[0].entry_token == token", "alocom.token == token", "deltasib.token == token", "payamsms.token == token",
            "'invocation' not in users or own not in users.invocation | to_json",
        ]}, "vars": {"chosen": CHOSEN, "own": OWN, "token": TOKEN, "link_whole": LINK}},
    ], door, connection=own[alocom.group], keywords={"module_defaults": own}, verbosity=1).ok()
    assert played.kinds("whole") == ["ok"]
