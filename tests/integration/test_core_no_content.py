# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that answers writes with 204 and no body: what was carried out is told as done, once, by every module that writes."""

from __future__ import annotations

import base64
import importlib
from pathlib import Path

import pytest
from jobs import carry_out, job_of

PERSON = {"username": "new", "name": "نام", "surname": "خانواده"}
PLAIN = {"sender": "30001234", "recipients": ["09121234567"], "text": "x"}
TEXT = {"sender": "982000123", "recipient": "989121234567", "body": "x"}
LATER = {"send_date": "2199-01-01 08:00:00"}
SHEET = "username,name,surname,email,password\nnew,نام,خانواده,new@example.ir,secret-word\n"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

#: A life for each module that writes: steps of options, each of which changes something.
LIVES = {
    "alocom_label": [{"title": "تازه"}, {"title": "تازه", "state": "absent"}],
    "alocom_user": [dict(PERSON, password="secret-word"), dict(PERSON, name="نو"), dict(PERSON, state="absent"), PERSON],
    "alocom_event": [{"slug": "new", "title": "ت", "service": "14", "members": [{"username": "zahra.karimi", "role": "teacher"}]},
                     {"slug": "new", "title": "ن"}, {"slug": "new", "state": "absent"}],
    "alocom_event_member": [{"event": "math-10", "username": "narges.yazdani", "role": "participant"},
                            {"event": "math-10", "username": "narges.yazdani", "role": "assistant"},
                            {"event": "math-10", "username": "narges.yazdani", "state": "absent"}],
    "alocom_event_link": [dict(PERSON, event="math-10", role="participant")],
    "alocom_user_import": [{"src": "sheet"}],
    "alocom_profile": [{"surname": "نو"}, {"avatar": "picture"}],
    "deltasib_user": [{"username": "new", "password": "p"}, {"username": "new", "password": "q", "update_password": "always"}],
    "deltasib_user_status": [{"username": "maryam.hosseini", "status": "تعلیق"}],
    "deltasib_user_service": [{"username": "narges.yazdani", "service": "14", "pay_plan": "postpaid"},
                              {"username": "narges.yazdani", "service": "14", "state": "canceled"}],
    "deltasib_user_payment": [{"username": "narges.yazdani", "voucher_no": "4711", "amount": 7000, "currency_id": 1}],
    "deltasib_session": [{"username": "ali.mohammadi"}],
    "payamsms_message": [dict(TEXT, customer_id="a"), dict(TEXT, customer_id="b", **LATER), {"customer_id": "b", "state": "absent"}],
    "podspace_organization": [{"name": "پژوهش"}, {"name": "پژوهش", "description": "دو"}, {"name": "پژوهش", "state": "absent"}],
    "podspace_organization_member": [{"organization": "فروش", "person": "h.rezaei"}, {"organization": "فروش", "person": "h.rezaei", "role": "maintainer"},
                                     {"organization": "فروش", "person": "h.rezaei", "state": "absent"}],
    "podspace_folder_share": [{"person": "z.karimi", "level": "view"}, {"person": "z.karimi", "level": "edit"}, {"person": "z.karimi", "state": "absent"},
                              {"public": True, "password": "secret-word"}],
    "podspace_invoice": [{"plan": "13", "redirect_url": "https://example.ir/back"}],
    "smspanel_phonebook": [{"name": "تازه", "numbers": ["09121234567"]}, {"name": "تازه", "numbers": ["09121234568"], "numbers_mode": "replace"},
                           {"name": "تازه", "state": "absent"}],
    "smspanel_user": [{"username": "new", "password": "secret-word"}],
    "smspanel_message": [PLAIN, dict(PLAIN, kind="scheduled", **LATER),
                         dict(PLAIN, kind="pattern", text=None, pattern_id=101, variables={"name": "a", "code": "1"}),
                         {"kind": "multiple", "messages": [PLAIN, dict(PLAIN, text="y")]}],
}
LIVES["podspace_file_share"] = LIVES["podspace_folder_share"]
#: What a task of this module must have been given back, whatever the answer of the write held: the look that follows tells.
IDS = {"alocom_label": "id", "alocom_user": "id", "alocom_event": "id", "podspace_organization": "hash", "smspanel_phonebook": "id", "payamsms_message": "id"}
#: Secrets and ids that nothing tells later: the task says so.
LOST = ("alocom_event_link", "podspace_invoice", "smspanel_message")
#: What costs money or reaches people: one call, whatever comes back.
ONCE = ("deltasib_user_service", "deltasib_user_payment", "payamsms_message", "podspace_invoice", "smspanel_user", "smspanel_message")
#: Steps after whose empty answer nothing can tell what came of them: no look shows a password, an invoice, a text, a picture or an entry link. A public
#: share without its password is taken away again.
UNTOLD = {"podspace_invoice": (0,), "smspanel_message": (0, 1, 2, 3), "alocom_event_link": (0,), "alocom_user_import": (0,), "alocom_profile": (1,),
          "deltasib_user": (1,), "podspace_folder_share": (3,), "podspace_file_share": (3,)}


def test_no_module_is_forgotten():
    """Every module of a vendor that has a state or an effect has its life here; what only reads or logs in has none."""
    folders = importlib.import_module("ansible_collections.kariz.panels.plugins.modules").__path__
    names = {path.stem for folder in folders for path in Path(folder).glob("*_*.py")}
    vendors = {name.split("_")[0] for name in LIVES}
    assert {name for name in names if name.split("_")[0] in vendors and not name.endswith(("_info", "_login"))} == set(LIVES)


def steps_of(module, vendor, tmp_path):
    for step in LIVES[module]:
        step = {name: value for name, value in step.items() if value is not None}
        if module == "alocom_user_import":
            (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
            step["src"] = str(tmp_path / "people.csv")
        if step.get("avatar"):
            (tmp_path / "face.png").write_bytes(PNG)
            step["avatar"] = str(tmp_path / "face.png")
        if module.endswith("_share"):
            kind = module.split("_")[1]
            step["%s_hash" % kind] = vendor.entity({"folder": "قراردادها", "file": "گزارش سالانه.pdf"}[kind])
        yield step


@pytest.mark.parametrize("status", [204, 201])
@pytest.mark.parametrize("module", sorted(LIVES))
def test_writes_without_an_answer(request, module, status, tmp_path):
    vendor = request.getfixturevalue(module.split("_")[0])
    vendor.reset("default")
    job = job_of(module)
    calls = {}
    for silent in (False, True):
        vendor.reset("default")
        if silent:
            vendor.fault("no_content", times=0, status=status)
        calls[silent] = []
        for number, step in enumerate(steps_of(module, vendor, tmp_path)):
            vendor.clear_journal()
            result = carry_out(job, {**vendor.connection, **step})
            assert not result["failed"] and result["changed"] is True, (silent, number, result)
            calls[silent].append(vendor.writes())
            told = result.get(getattr(job, "name", ""))
            if silent and module in IDS and number == 0:
                assert told[IDS[module]], result
            if silent and module in LOST:
                assert result["warnings"], result
            if module not in (*LOST, "alocom_profile", "alocom_user_import", "deltasib_session") and "update_password" not in step:
                again = carry_out(job, {**vendor.connection, **step})
                assert not again["failed"] and again["changed"] is False, (silent, number, again)
    # The same writes as with answers, no more: nothing is sent twice.
    assert calls[True] == calls[False] and len(calls[True]) == len(LIVES[module]) > 0


@pytest.mark.parametrize("module", sorted(LIVES))
def test_an_empty_200_is_looked_after(request, module, tmp_path):
    """An empty body with 200 is how applications answer that broke down: what came of it is looked for, and said to be unknown where nothing can tell."""
    vendor = request.getfixturevalue(module.split("_")[0])
    vendor.reset("default")
    job = job_of(module)
    vendor.fault("no_content", times=0, status=200)
    assert LIVES[module]
    for number, step in enumerate(steps_of(module, vendor, tmp_path)):
        vendor.clear_journal()
        result = carry_out(job, {**vendor.connection, **step, "api_deadline": 30})
        writes = vendor.writes()
        if number in UNTOLD.get(module, ()):
            assert result["failed"] and result["error"]["code"] in ("outcome_unknown", "not_shared"), (number, result)
            assert result["error"]["name"] == result["error"]["code"]
        else:
            assert result["changed"] is True and not result["failed"], (number, result)
        if module in ONCE:
            assert len(writes) == 1, (number, writes)
