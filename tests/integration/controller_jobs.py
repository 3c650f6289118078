# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs of the controller in :mod:`controller_api`: what AWX hands over, played through ansible-runner's transmit, worker and process as AWX does it.

A job has a folder of its own with a copy of the project, and all of it is removed when the job ends. Credentials become environment, files and variables
by their types' injectors, rendered in Jinja's sandbox.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import controller_rules as rules
import jinja2.sandbox

ENDED = ("successful", "failed", "canceled")
#: The variables of the inventory of the collection's own job templates.
_LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}


class Injected:
    """What credentials become: ``env`` of a job, the same as it is shown (``safe``), ``extra_vars``, and files below the job's own folder.

    :arg folder: where the worker will have the job's folder.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.env: dict = {}
        self.safe: dict = {}
        self.extra_vars: dict = {}
        self.files: dict = {}

    def add(self, kind, inputs):
        fields = {field["id"]: field for field in kind["inputs"].get("fields", [])}
        values = {name: value for name, value in inputs.items() if value != ""}
        values.update({name: False for name, field in fields.items() if field.get("type") == "boolean" and name not in values})
        shown = {name: "**********" if fields[name].get("secret") else value for name, value in values.items()}
        environment = jinja2.sandbox.ImmutableSandboxedEnvironment()
        names: dict = {}
        for name, template in kind["injectors"].get("file", {}).items():
            path = "env/tmp%d" % len(self.files)
            self.files[path] = environment.from_string(template).render(**values)
            names[name.partition(".")[2]] = str(self.folder / path)

        class Tower:
            filename = names.get("", names)
        for name, template in kind["injectors"].get("env", {}).items():
            made = environment.from_string(template)
            self.env[name], self.safe[name] = made.render(tower=Tower, **values), made.render(tower=Tower, **shown)
        for name, template in kind["injectors"].get("extra_vars", {}).items():
            self.extra_vars[name] = environment.from_string(template).render(tower=Tower, **values)


class Runner:
    """Runs one play as a controller does: ``run(...)`` gives :class:`Done`."""

    def __init__(self, project, environment):
        self.project = project
        self.environment = environment

    def run(self, playbook, credentials=(), extra_vars=None, hosts=None, variables=None, number=1, check=False, diff=False):
        """Play a file of the project.

        :arg credentials: pairs of a type and inputs.
        :arg hosts: ``{name: variables}``.
        """
        with tempfile.TemporaryDirectory(prefix="awx_%d_" % number) as private, tempfile.TemporaryDirectory(prefix="runner_") as remote:
            work = Path(remote) / "job"
            injected = Injected(work)
            for kind, inputs in credentials:
                injected.add(kind, inputs)
            self._fill(Path(private), work, injected, extra_vars or {}, hosts or {"localhost": _LOCAL}, variables or {}, number)
            words = [sys.executable, "-m", "ansible_runner"]
            (Path(private) / "env/cmdline").write_text(" ".join(["--check"] * check + ["--diff"] * diff), encoding="utf-8")
            sent = subprocess.run([*words, "transmit", private, "-p", playbook, "-i", str(number)], stdout=subprocess.PIPE, check=True)
            worker = subprocess.run([*words, "worker", "--private-data-dir", str(work)], input=sent.stdout, stdout=subprocess.PIPE,
                                    env=self._surroundings(), check=False)
            subprocess.run([*words, "process", private, "-i", str(number)], input=worker.stdout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            return Done(Path(private) / "artifacts" / str(number), injected)

    def _surroundings(self):
        """A worker has no environment of the vendors: everything comes with the job."""
        return {name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL", "LANG", "TMPDIR") if name in os.environ}

    def _fill(self, private, work, injected, extra_vars, hosts, variables, number):
        shutil.copytree(self.project, private / "project")
        for name in ("env", "inventory"):
            (private / name).mkdir()
        env = {"JOB_ID": str(number), "AWX_PRIVATE_DATA_DIR": str(work), "AWX_HOST": "https://controller.example.com", "ANSIBLE_FORCE_COLOR": "false",
               "MAX_EVENT_RES": "700000", **self.environment, **injected.env}
        (private / "env/envvars").write_text(json.dumps(env), encoding="utf-8")
        named = {"awx_job_id": number, "awx_user_name": "admin", **extra_vars}
        lines = ["%s: %s" % (json.dumps(name), json.dumps(value)) for name, value in named.items()]
        # What comes from a credential is never a template.
        lines += ["!unsafe %s: !unsafe %s" % (json.dumps(name), json.dumps(value)) for name, value in injected.extra_vars.items()]
        (private / "env/extravars").write_text("---\n" + "\n".join(lines) + "\n", encoding="utf-8")
        (private / "env/settings").write_text(json.dumps({"idle_timeout": 0, "job_timeout": 300, "pexpect_timeout": 5}), encoding="utf-8")
        (private / "inventory/hosts.json").write_text(json.dumps({"all": {"hosts": hosts, "vars": variables}}), encoding="utf-8")
        for name, text in injected.files.items():
            (private / name).write_text(text, encoding="utf-8")
            (private / name).chmod(0o600)


class Done:
    """What a controller has of a job that ended: ``status``, ``output``, ``events``, ``artifacts``; all else is gone."""

    def __init__(self, place, injected):
        self.injected = injected
        self.status = (place / "status").read_text(encoding="utf-8") if (place / "status").exists() else "failed"
        self.output = (place / "stdout").read_text(encoding="utf-8") if (place / "stdout").exists() else ""
        files = sorted((place / "job_events").glob("*.json"), key=lambda path: int(path.name.partition("-")[0]))
        self.events = [json.loads(path.read_text(encoding="utf-8")) for path in files if "partial" not in path.name]
        self.text = json.dumps(self.events, ensure_ascii=False)
        self.artifacts: dict = {}
        for event in self.events:
            self.artifacts.update(event.get("event_data", {}).get("artifact_data") or {})

    def results(self, task):
        return [event["event_data"]["res"] for event in self.events if event["event"].startswith("runner_") and event.get("event_data", {}).get("task") == task
                and "res" in event["event_data"]]

    def ok(self):
        assert self.status == "successful", self.output[-6000:]
        return self


class Jobs:
    """What a controller's users start: jobs and workflows, one after another, in a thread of their own."""

    def __init__(self, runner):
        self.runner = runner
        self.jobs: dict = {}
        self.nodes: dict = {}
        self._last = 1000
        self._approved = threading.Condition(threading.RLock())

    # -- what is asked -------------------------------------------------------------------------------------------------

    def answer(self, controller, method, kind, number, part, query, data):
        """Return the answer to a request about jobs, None for all others."""
        if method == "POST" and part == "launch" and kind in ("job_templates", "workflow_job_templates"):
            row = controller.find(kind, number)
            return self._launch(controller, kind, row, data) if row else (404, {})
        if kind == "workflow_approvals" and part in ("approve", "deny") and method == "POST":
            return self._decide(number, part)
        if kind == "workflow_jobs" and part == "workflow_nodes":
            return controller.page([self._node(one) for one in self.nodes.get(number, []) if one["job"] and (
                "job__name" not in query or self.jobs[one["job"]]["name"] == query["job__name"])])
        if kind in ("jobs", "workflow_jobs", "workflow_approvals") and number in self.jobs and part is None:
            return 200, {name: value for name, value in self.jobs[number].items() if name != "done"}
        return None

    @staticmethod
    def _node(one):
        kind = "workflow_approvals" if one["approval"] else "jobs"
        return {"id": one["id"], "identifier": one["identifier"], "related": {"job": "/api/v2/%s/%d/" % (kind, one["job"])}}

    def _launch(self, controller, kind, row, data):
        given = data.get("extra_vars") or {}
        given = json.loads(given) if isinstance(given, str) else given
        spec = controller.surveys.get(row["id"], {}) if row["survey_enabled"] else {}
        asked = {question["variable"] for question in spec.get("spec", [])}
        wrong = rules.answers(spec, given)
        if wrong:
            return 400, {"variables_needed_to_start": wrong}
        taken = given if row["ask_variables_on_launch"] else {name: value for name, value in given.items() if name in asked}
        job = self._new("workflow_job" if kind.startswith("workflow") else "job", row["name"])
        work = self._workflow if kind.startswith("workflow") else self._job
        threading.Thread(target=self._guarded, args=(work, controller, row, job, taken), daemon=True).start()
        return 201, {**job, job["type"]: job["id"], "ignored_fields": {name: value for name, value in given.items() if name not in taken}}

    def _new(self, kind, name):
        self._last += 1
        job = {"id": self._last, "type": kind, "name": name, "status": "pending", "failed": False, "finished": None, "elapsed": 0, "started": None,
               "event_processing_finished": False, "url": "/api/v2/%ss/%d/" % (kind, self._last)}
        self.jobs[self._last] = job
        return job

    def _end(self, job, status):
        with self._approved:
            job.update(status=status, failed=status == "failed", finished="2026-12-01T00:00:00Z", event_processing_finished=True)
            self._approved.notify_all()

    def _guarded(self, work, controller, row, job, given):
        try:
            work(controller, row, job, given)
        except Exception as error:  # pylint: disable=broad-except
            job["trouble"] = repr(error)
        finally:
            if job["status"] not in ENDED:
                self._end(job, "failed")

    # -- jobs ----------------------------------------------------------------------------------------------------------

    def _job(self, controller, row, job, given):
        with controller.lock:
            spec = controller.surveys.get(row["id"], {}) if row["survey_enabled"] else {}
            usual = {question["variable"]: question["default"] for question in spec.get("spec", []) if question.get("default") not in (None, "")}
            credentials = [controller.objects["credentials"][number] for number in controller.links.get(("job_templates", row["id"], "credentials"), ())]
            pairs = [(controller.objects["credential_types"][one["credential_type"]], one["inputs"]) for one in credentials]
            inventory = controller.objects["inventories"][row["inventory"]]
            hosts = {one["name"]: json.loads(one["variables"] or "{}") for one in controller.objects["hosts"].values() if one["inventory"] == row["inventory"]}
        job["status"] = "running"
        done = self.runner.run(row["playbook"], pairs, {**usual, **given}, hosts, json.loads(inventory["variables"] or "{}"), job["id"],
                               check=row["job_type"] == "check", diff=row["diff_mode"])
        job["done"], job["artifacts"], job["result_stdout"] = done, done.artifacts, done.output
        self._end(job, done.status)

    def _workflow(self, controller, row, job, given):
        with controller.lock:
            spec = controller.surveys.get(row["id"], {}) if row["survey_enabled"] else {}
            usual = {question["variable"]: question["default"] for question in spec.get("spec", []) if question.get("default") not in (None, "")}
            nodes = {one["id"]: one for one in controller.objects["workflow_job_template_nodes"].values() if one["workflow_job_template"] == row["id"]}
            leads = {(number, how): controller.links.get(("workflow_job_template_nodes", number, how), set())
                     for number in nodes for how in ("success_nodes", "failure_nodes", "always_nodes")}
        self.nodes[job["id"]] = [{"id": number, "identifier": node["identifier"], "job": None, "approval": False} for number, node in nodes.items()]
        waiting = [number for number in nodes if not any(number in found for found in leads.values())]
        artifacts: dict = {}
        failed = False
        job["status"] = "running"
        while waiting:
            number = waiting.pop(0)
            told = next(one for one in self.nodes[job["id"]] if one["id"] == number)
            kind, template = controller.unified(nodes[number]["unified_job_template"])
            if kind == "workflow_approval_templates":
                step = self._new("workflow_approval", template["name"])
                told.update(job=step["id"], approval=True)
                with self._approved:
                    self._approved.notify_all()
                    self._approved.wait_for(lambda step=step: step["status"] in ENDED, timeout=300)
            else:
                step = self._new("job", template["name"])
                told["job"] = step["id"]
                # What a workflow was given counts for its jobs, above what the ones before handed over.
                self._guarded(self._job, controller, template, step, {**artifacts, **usual, **given})
                artifacts.update(step.get("artifacts") or {})
            good = step["status"] == "successful"
            follow = leads[number, "success_nodes" if good else "failure_nodes"] | leads[number, "always_nodes"]
            failed = failed or (not good and not follow)
            waiting += sorted(follow)
        self._end(job, "failed" if failed else "successful")

    def _decide(self, number, part):
        step = self.jobs.get(number)
        if step is None or step["status"] in ENDED:
            return 400, {"error": "This workflow step has already been approved or denied."}
        self._end(step, "successful" if part == "approve" else "failed")
        return 204, {}

    def due(self, controller, schedule):
        """Let the time of a schedule come; return the job that it starts, or None when it is not enabled."""
        row = controller.named("schedules", schedule)
        kind, template = controller.unified(row["unified_job_template"])
        if not row["enabled"]:
            return None
        _status, told = self._launch(controller, kind, template, {"extra_vars": row["extra_data"]})
        return self.jobs[told["id"]]

    def waiting(self, job, number):
        """Wait for a workflow to come to its node of this place, and return the job of that node."""
        with self._approved:
            assert self._approved.wait_for(lambda: len([one for one in self.nodes.get(job["id"], []) if one["job"]]) > number or job["status"] in ENDED, 120)
        return self.jobs[[one["job"] for one in self.nodes[job["id"]] if one["job"]][number]]

    def ended(self, job):
        """Wait for a job's end and return it."""
        with self._approved:
            assert self._approved.wait_for(lambda: job["status"] in ENDED, 120), job
        return job
