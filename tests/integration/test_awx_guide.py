# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/guides/awx.md, followed as it is written on a controller whose jobs really run: from nothing to a scheduled, approved provision."""

from __future__ import annotations

import datetime
import json
import os
import shutil

import private_postgres
import pytest
from controller_api import TOKEN, Controller, Server
from controller_jobs import Jobs, Runner
from guides import Reader
from playing import COLLECTIONS, ROOT
from test_awx_setup import awx_collection

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates

pytestmark = pytest.mark.platform

GUIDE = ROOT / "docs/guides/awx.md"


@pytest.mark.long
def test_from_nothing_to_a_scheduled_approved_provision(sim, server, tmp_path):
    for vendor in ("alocom", "deltasib"):
        sim.reset(vendor, "default")
    project = tmp_path / "panels"
    # What the guide's shell does: the repository to begin with. What the reader writes into it, the controller finds there.
    shutil.copytree(ROOT / "extensions/awx/project", project)
    (project / "business").mkdir()
    jobs = Jobs(Runner(project, {"ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}))
    controller = Controller([path.name for path in project.glob("*.yml")], jobs)
    address = server.fresh()
    places = [("https://pnlapi.alocom.co", sim.url("alocom")), ("https://10.0.0.5:1043", sim.url("deltasib")),
              ("/etc/ssl/deltasib.pem", sim.ready["deltasib_ca"]),
              ("db.example.com", "127.0.0.1"), ('"5432"', '"%d"' % server.port), ("database: panels", "database: %s" % address.rpartition("/")[2]),
              ("sslmode: verify-full", "sslmode: disable")]
    secrets = {"vault_school_password": "kariz-demo-pass", "vault_reseller_password": "kariz-demo-pass", "vault_journal_password": private_postgres.PASSWORD}
    (tmp_path / "vault.yml").write_text(json.dumps(secrets), encoding="utf-8")
    with Server(controller) as running:
        environment = {"CONTROLLER_HOST": running.url, "CONTROLLER_OAUTH_TOKEN": TOKEN, "CONTROLLER_VERIFY_SSL": "0", "HOME": os.environ.get("HOME", "/"),
                       "ANSIBLE_COLLECTIONS_PATH": "%s:%s" % (COLLECTIONS, awx_collection.ensure())}
        reader = Reader(tmp_path, environment, None, places, again=False)
        reader.follow(GUIDE)
        titles = {row["title"] for row in sim.dump("alocom")["labels"]}
        bought = [row["Service_Id"] for row in sim.dump("deltasib")["bought"] if row["Username"] == "narges.yazdani"]
        assert {"یازدهم تجربی", "دبیران شیمی"} <= titles and bought == [11]
        # The time of the schedule comes: the plan is empty, waits all the same, and nothing is done while it waits or once it is denied.
        sim.clear_journal()
        weekly = jobs.due(controller, "kariz.panels plan every Saturday")
        plan = jobs.waiting(weekly, 0)
        approval = jobs.waiting(weekly, 1)
        assert plan["status"] == "successful" and ": 0 changes" in plan["result_stdout"], plan["result_stdout"][-3000:]
        assert approval["status"] == "pending" and weekly["status"] == "running"
        assert controller.answer("POST", "/api/v2/workflow_approvals/%d/deny/" % approval["id"], {}, {})[0] == 204
        assert jobs.ended(weekly)["status"] == "failed"
        # Somebody changes the files: approved, it is done, and bought once more or told twice is nothing.
        (project / "business/term.yml").write_text((project / "business/term.yml").read_text("utf-8").replace("دبیران شیمی", "دبیران زیست"), encoding="utf-8")
        weekly = jobs.due(controller, "kariz.panels plan every Saturday")
        approval = jobs.waiting(weekly, 1)
        assert [entry["operation"] for entry in sim.journal() if entry["write"]] == []
        assert controller.answer("POST", "/api/v2/workflow_approvals/%d/approve/" % approval["id"], {}, {})[0] == 204
        assert jobs.ended(weekly)["status"] == "successful", weekly
        assert "دبیران زیست" in {row["title"] for row in sim.dump("alocom")["labels"]}
        assert [row["Service_Id"] for row in sim.dump("deltasib")["bought"] if row["Username"] == "narges.yazdani"] == [11]
        # Those of every day run as well, and the ones that are not asked for do not.
        for name, said in (("kariz.panels drift every morning", "no difference"), ("kariz.panels balances every morning", "alocom")):
            done = jobs.ended(jobs.due(controller, name))
            assert said in done["result_stdout"], done["result_stdout"][-3000:]
        # Reports and exports go where the survey suggests, here a folder of the test; the days of the evening's are today's in Tehran.
        templates = {row["name"].removeprefix("kariz.panels "): row["id"] for row in controller.objects["job_templates"].values()}
        for name in ("attendance", "export"):
            for question in controller.surveys[templates[name]]["spec"]:
                if question["variable"] == "%s_path" % name:
                    question["default"] = str(tmp_path / name)
        done = jobs.ended(jobs.due(controller, "kariz.panels attendance every evening"))
        assert done["status"] == "successful", done["result_stdout"][-3000:]
        today = dates.tehran(datetime.datetime.now(datetime.timezone.utc)).date().isoformat()
        assert sorted({path.suffix for path in (tmp_path / "attendance").iterdir()}) == [".csv", ".html", ".json"]
        report = json.loads((tmp_path / "attendance/attendance.json").read_text("utf-8"))
        assert (report["from"], report["to"]) == (today, today)
        launch = "/api/v2/job_templates/%d/launch/" % templates["export"]
        assert controller.answer("POST", launch, {}, {"extra_vars": {"survey_kinds": ["labels"]}})[0] == 400
        status, told = controller.answer("POST", launch, {}, {"extra_vars": {"survey_kinds": "labels", "survey_only": "alocom"}})
        done = jobs.ended(jobs.jobs[told["id"]])
        assert (status, done["status"]) == (201, "successful"), done["result_stdout"][-3000:]
        [exported] = (tmp_path / "export").iterdir()
        assert "دبیران زیست" in exported.read_text("utf-8") and "users:" not in exported.read_text("utf-8")
    texts = json.dumps([job.get("result_stdout") for job in jobs.jobs.values()], ensure_ascii=False)
    assert not [secret for secret in secrets.values() if secret in texts or secret in json.dumps(reader.first, ensure_ascii=False)]
    server.give_back(address)
