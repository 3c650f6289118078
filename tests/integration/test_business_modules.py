# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cross-vendor modules used on their own, through both doors: what they return, and that a connection's secrets stay in."""

from __future__ import annotations

import base64
import json

import pytest
from playing import play


@pytest.mark.seed("default")
def test_the_modules_on_their_own(tmp_path, alocom, podspace, door):
    secret = alocom.connection["api_password"]
    options = {"vendor": "alocom", "connection": alocom.connection}
    wrong = dict(alocom.connection, api_password="wrong-canary")
    (tmp_path / "state.yml").write_text(json.dumps({"panels": {"alocom": {"connection": alocom.connection, "labels": [{"title": "تازه"}]}}}))
    step = {"vendor": "alocom", "account": "alocom", "kind": "labels"}
    played = play([
        {"name": "objects", "kariz.panels.account_objects_info": dict(options, kinds=["labels", "events"])},
        {"name": "pod", "kariz.panels.account_objects_info": {"vendor": "podspace", "connection": podspace.connection}},
        {"name": "left", "kariz.panels.credit_info": options},
        {"name": "refused", "kariz.panels.credit_info": dict(options, connection=wrong), "ignore_errors": True},
        {"name": "no such option", "kariz.panels.account_objects_info": dict(options, connection={"api_usr": "x"}), "ignore_errors": True},
        {"name": "no such kind", "kariz.panels.account_objects_info": dict(options, kinds=["shares"]), "ignore_errors": True},
        {"name": "export", "kariz.panels.desired_export": {"path": str(tmp_path / "state.yml"), "kinds": ["labels"], "dest": str(tmp_path / "out")}},
        {"name": "compare", "kariz.panels.desired_state": {"path": str(tmp_path / "state.yml"), "step": step, "unmanaged": True}, "check_mode": True,
         "register": "compared"},
        {"name": "drift", "kariz.panels.desired_drift": {"results": ["{{ compared }}"]}},
        {"name": "attendance", "kariz.panels.attendance_report": {
            "path": str(tmp_path / "state.yml"), "from_date": "2025-01-01", "to_date": "2025-01-02", "dest": str(tmp_path / "out")}},
        {"name": "range", "kariz.panels.alocom_attendance_info": {"event": "math-10", "date": "2025-01-02", "to_date": "2025-01-01", **alocom.connection},
         "ignore_errors": True},
    ], tmp_path, door=door, verbosity=3).ok()
    assert [item["title"] for item in played["objects"]["objects"]["labels"]] == alocom.titles()
    assert [(entry["kind"], entry["option"]) for entry in played["objects"]["withheld"]] == [("events", "guest_codes")]
    assert set(played["objects"]["objects"]) == {"labels", "events"} and played["objects"]["api"]["requests"] > 1
    assert {item["name"] for item in played["pod"]["objects"]["organizations"]} == set(podspace.spaces())
    assert {one["kind"] for one in played["left"]["gauges"]} == {"hours", "disk"}
    assert "credit of alocom: login" in played["refused"]["msg"] and played["refused"]["error"]["http_status"] == 401
    assert "connection.api_usr: unknown option, did you mean api_url?" in played["no such option"]["msg"]
    assert "alocom has no shares; it has labels, users, events" in played["no such kind"]["msg"]
    assert played["export"]["files"][0]["counts"] == {"labels": len(alocom.titles())}
    assert played["drift"]["lines"][0].startswith("0 objects as the file wants them; 1 missing, 4 extra")
    assert alocom.writes() == [] and "تازه" not in alocom.titles()
    assert "to_date must be no earlier than date" in played["range"]["msg"]
    token = podspace.connection["api_token"]
    for canary in (secret, "wrong-canary", token, base64.b64encode(secret.encode()).decode()):
        assert canary not in played.output and canary not in json.dumps(played.lines, ensure_ascii=False)
