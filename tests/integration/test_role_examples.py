# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of every role run as they are written, in their order; what they make is there, and a second run of the first one changes nothing."""

from __future__ import annotations

import json
import os
import re
import signal

import pytest
import yaml
from conftest import Vendor
from playing import ROOT, accounts, run_command

ROLES = sorted(path.parent.name for path in (ROOT / "roles").glob("*/tasks"))

BUSINESS = """
panels:
  alocom:
    - account: school
      connection: {api_username: kariz-demo, api_password: kariz-demo-pass}
"""


def plays(role):
    text = yaml.safe_load((ROOT / "roles" / role / "meta/argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]["main"]["examples"]
    return yaml.safe_load(text)


def changed(played):
    return int(re.findall(r"changed=(\d+)", played.output)[-1])


@pytest.fixture
def example(sim, tmp_path):
    """Run plays as a user with credentials of all vendors in the environment would."""
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default")
    environment = {**accounts.credentials(sim), "KARIZ_JOURNAL": str(tmp_path / "journal.db"), "MOLECULE_EPHEMERAL_DIRECTORY": str(tmp_path / "simulated")}
    (tmp_path / "business.yml").write_text(BUSINESS, encoding="utf-8")

    def made(play):
        book = tmp_path / "example.yml"
        text = json.dumps([play], ensure_ascii=False).replace("/srv/reports", str(tmp_path))
        book.write_text(text, encoding="utf-8")
        return run_command(["-i", "localhost,", "-c", "local", str(book), "-e", "vault_sara=word-for-sara"], tmp_path, "fast", None, environment, 240).ok()

    yield made
    if (tmp_path / "simulated/simulator.json").exists():
        os.kill(json.loads((tmp_path / "simulated/simulator.json").read_text(encoding="utf-8"))["pid"], signal.SIGTERM)


@pytest.mark.parametrize("role", ROLES)
def test_examples_of_a_role(role, sim, example, tmp_path):
    first, second, *rest = plays(role)
    assert "| `%s_" % role in (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    played = example(first)
    assert changed(played) > 0 and "word-for-sara" not in played.output
    vendors = {name: Vendor(sim, name) for name in accounts.ACCOUNTS}
    if role == "classroom":
        assert {row["slug"] for row in vendors["alocom"].dump()["events"]} >= {"physics-10"}
    if role == "subscriber":
        payments = [row for row in vendors["deltasib"].dump()["payments"] if row["VoucherNo"] == "140507120001"]
        assert len(payments) == 1 and len(vendors["payamsms"].dump()["messages"]) == 1
    if role == "organization_space":
        assert {row["name"] for row in vendors["podspace"].dump()["organizations"]} >= {"پژوهش"}
    if role == "notify":
        assert {row["customerId"] for row in vendors["payamsms"].dump()["messages"]} == {"physics-10-invite-sara", "physics-10-invite-omid"}
    if role == "credit_report":
        assert {path.name for path in (tmp_path / "credit").iterdir()} >= {"credit-report.fa.html", "credit-report.en.html", "credit-report.json"}
    sim.clear_journal()
    again = example(first)
    # A report is written anew each time; nothing at a vendor is.
    assert [entry["operation"] for entry in sim.journal() if entry["write"]] == [] and (changed(again) == 0 or role == "credit_report")
    for play in (second, *rest):
        example(play)
    assert not (tmp_path / "simulated/simulator.json").exists()
    if role == "classroom":
        assert "physics-10" not in {row["slug"] for row in vendors["alocom"].dump()["events"]}
        assert len(vendors["payamsms"].dump()["messages"]) == 2
    if role == "organization_space":
        assert "پژوهش" not in {row["name"] for row in vendors["podspace"].dump()["organizations"]}
    if role == "notify":
        assert len(vendors["payamsms"].dump()["messages"]) == 2
