# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An automation controller as far as configuration as code needs one: objects that are made, changed, found, linked and deleted over AWX's API.

It is stricter than AWX in one thing: a field or filter that is not known is refused instead of passed over. Jobs are :mod:`controller_jobs`.
"""

from __future__ import annotations

import copy
import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import controller_rules as rules
from controller_rules import Refused

TOKEN = "controller-token-canary"
_ASK = dict.fromkeys(("ask_%s_on_launch" % name for name in (
    "diff_mode", "variables", "limit", "tags", "skip_tags", "job_type", "verbosity", "inventory", "credential", "execution_environment", "forks",
    "instance_groups", "job_slice_count", "labels", "timeout", "scm_branch")), False)
#: Writable fields of each kind with what they are when nobody says so; ``None`` for a reference.
FIELDS = {
    "organizations": {"name": "", "description": ""},
    "execution_environments": {"name": "", "description": "", "image": "", "organization": None, "credential": None, "pull": ""},
    "credential_types": {"name": "", "description": "", "kind": "", "inputs": {}, "injectors": {}},
    "credentials": {"name": "", "description": "", "organization": None, "credential_type": None, "inputs": {}},
    "projects": {"name": "", "description": "", "organization": None, "scm_type": "", "scm_url": "", "scm_branch": "", "credential": None,
                 "default_environment": None, "scm_update_on_launch": False, "scm_update_cache_timeout": 0, "scm_clean": False, "timeout": 0},
    "inventories": {"name": "", "description": "", "organization": None, "kind": "", "host_filter": None, "variables": ""},
    "hosts": {"name": "", "description": "", "inventory": None, "enabled": True, "variables": ""},
    "inventory_sources": {"name": "", "description": "", "inventory": None, "source": "", "source_path": "", "source_vars": "", "source_project": None,
                          "credential": None, "execution_environment": None, "overwrite": False, "overwrite_vars": False, "update_on_launch": False,
                          "update_cache_timeout": 0, "timeout": 0},
    "labels": {"name": "", "organization": None},
    "notification_templates": {"name": "", "description": "", "organization": None, "notification_type": "", "notification_configuration": {},
                               "messages": None},
    "job_templates": {"name": "", "description": "", "job_type": "run", "inventory": None, "project": None, "playbook": "", "forks": 0, "limit": "",
                      "verbosity": 0, "extra_vars": "", "job_tags": "", "timeout": 0, "execution_environment": None, "survey_enabled": False,
                      "diff_mode": False, "allow_simultaneous": False, "job_slice_count": 1, **_ASK},
    "workflow_job_templates": {"name": "", "description": "", "organization": None, "inventory": None, "extra_vars": "", "limit": "",
                               "survey_enabled": False, "allow_simultaneous": False, **_ASK},
    "workflow_job_template_nodes": {"identifier": "", "workflow_job_template": None, "unified_job_template": None, "extra_data": {},
                                    "all_parents_must_converge": False},
    "workflow_approval_templates": {"name": "", "description": "", "timeout": 0},
    "schedules": {"name": "", "description": "", "unified_job_template": None, "rrule": "", "enabled": True, "extra_data": {}},
}
REFERENCES = {"organization": "organizations", "credential_type": "credential_types", "credential": "credentials", "project": "projects",
              "source_project": "projects", "inventory": "inventories", "execution_environment": "execution_environments",
              "default_environment": "execution_environments", "workflow_job_template": "workflow_job_templates"}
#: What a request may hold and the controller does not take from it.
READ_ONLY = {"credential_types": {"managed"}, "workflow_job_template_nodes": {"type"}, "job_templates": {"organization"}}
NEEDED = {"credentials": ("credential_type",), "inventories": ("organization",), "hosts": ("inventory",), "inventory_sources": ("inventory",),
          "labels": ("organization",), "schedules": ("unified_job_template",), "workflow_job_template_nodes": ("workflow_job_template",)}
UNIFIED = ("job_templates", "workflow_job_templates", "projects", "inventory_sources", "workflow_approval_templates")
LINKS = {"credentials": "credentials", "labels": "labels", "success_nodes": "workflow_job_template_nodes", "failure_nodes": "workflow_job_template_nodes",
         "always_nodes": "workflow_job_template_nodes",
         **{"notification_templates_%s" % when: "notification_templates" for when in ("started", "success", "error", "approvals")}}
_PATH = re.compile(r"/api/v2/(\w+)/(?:(\d+)/(?:(\w+)/)?)?")


def type_of(kind):
    return {"inventories": "inventory"}.get(kind, kind[:-1])


class Controller:
    """The objects, and one step for each request: ``answer(method, path, query, data)`` gives a status and a body."""

    def __init__(self, playbooks=(), jobs=None):
        self.playbooks = list(playbooks)      #: what the project holds, known once it has been updated
        self.jobs = jobs
        self.objects = {kind: {} for kind in FIELDS}
        self.links: dict = {}
        self.surveys: dict = {}
        self.requests: list = []
        self.lock = threading.RLock()
        self._last = 0
        self.make("organizations", {"name": "Default"})

    # -- objects -------------------------------------------------------------------------------------------------------

    def make(self, kind, data):
        row = self._checked(kind, data, None)
        self._last += 1
        row["id"] = self._last
        self.objects[kind][row["id"]] = row
        if kind == "projects":
            row["updated"] = True
        return row

    def named(self, kind, name):
        return next((row for row in self.objects[kind].values() if row.get("name", row.get("identifier")) == name), None)

    def find(self, kind, number):
        return self.objects[kind].get(number)

    def unified(self, number):
        return next(((kind, self.objects[kind][number]) for kind in UNIFIED if number in self.objects[kind]), (None, None))

    def _checked(self, kind, data, before):
        unknown = set(data) - set(FIELDS[kind]) - READ_ONLY.get(kind, set())
        if unknown:
            raise Refused(**dict.fromkeys(unknown, "this controller has no such field in %s" % kind))
        row = copy.deepcopy(before or FIELDS[kind])
        for name, value in data.items():
            if name not in FIELDS[kind]:
                continue
            usual = FIELDS[kind][name]
            if value is None and isinstance(usual, str):
                value = ""
            if name in REFERENCES:
                if value in ("", None):
                    value = None
                elif value not in self.objects[REFERENCES[name]]:
                    raise Refused(**{name: "Invalid pk %s - object does not exist." % value})
            elif usual is not None and value is not None and (not isinstance(value, type(usual)) or (isinstance(value, bool) and not isinstance(usual, bool))):
                raise Refused(**{name: "Not a valid %s: %r" % (type(usual).__name__, value)})
            row[name] = copy.deepcopy(value)
        name = row.get("name", row.get("identifier"))
        if not name or len(str(name)) > 512:
            raise Refused(name="This field may not be blank.")
        for needed in NEEDED.get(kind, ()):
            if row[needed] is None:
                raise Refused(**{needed: "This field is required."})
        self._unique(kind, row, before)
        getattr(self, "_check_%s" % kind, lambda row, before: None)(row, before)
        return row

    def _unique(self, kind, row, before):
        beside = {"organizations": (), "credential_types": ("kind",), "credentials": ("organization", "credential_type"), "hosts": ("inventory",),
                  "inventory_sources": ("inventory",), "schedules": ("unified_job_template",), "workflow_job_template_nodes": ("workflow_job_template",)}
        names = ("identifier" if kind == "workflow_job_template_nodes" else "name", *beside.get(kind, ("organization",)))
        for other in self.objects[kind].values():
            if (before is None or other["id"] != before["id"]) and all(other.get(name) == row.get(name) for name in names):
                raise Refused(__all__="%s with this %s already exists." % (kind, " and ".join(names)))

    def _check_credential_types(self, row, before):
        used = before is not None and any(one["credential_type"] == before["id"] for one in self.objects["credentials"].values())
        rules.credential_type(row, used, before)

    def _check_credentials(self, row, before):
        kind = self.objects["credential_types"][row["credential_type"]]
        if before is not None:
            for name, value in row["inputs"].items():
                if value == "$encrypted$":
                    row["inputs"][name] = before["inputs"].get(name, "")
        rules.credential(row, kind)
        for field in kind["inputs"].get("fields", []):
            if field.get("choices") and not row["inputs"].get(field["id"]):
                row["inputs"][field["id"]] = field["choices"][0]

    @staticmethod
    def _check_notification_templates(row, before):
        usual = {"http_method": "POST", "disable_ssl_verification": False, "username": "", "password": ""}
        row["notification_configuration"] = {**usual, **row["notification_configuration"]}
        rules.notification_template(row)

    @staticmethod
    def _check_projects(row, before):
        if row["scm_type"] not in ("", "git", "svn", "insights", "archive") or (row["scm_type"] == "git" and not row["scm_url"]):
            raise Refused(scm_url="SCM URL is required.")

    @staticmethod
    def _check_inventories(row, before):
        if row["variables"]:
            json.loads(row["variables"])

    @staticmethod
    def _check_inventory_sources(row, before):
        if row["source"] == "scm" and (row["source_project"] is None or not row["source_path"]):
            raise Refused(source_project="Project required for scm type sources.")

    def _check_job_templates(self, row, before):
        if row["project"] is None:
            raise Refused(project="This field may not be null.")
        if row["playbook"] not in self.playbooks:
            raise Refused(playbook="Playbook not found for project.")
        if row["inventory"] is None and not row["ask_inventory_on_launch"]:
            raise Refused(inventory="You must either set a default value or ask to prompt on launch.")
        row["organization"] = self.objects["projects"][row["project"]]["organization"]

    def _check_workflow_job_template_nodes(self, row, before):
        if row["unified_job_template"] is not None and self.unified(row["unified_job_template"])[0] is None:
            raise Refused(unified_job_template="Invalid pk")

    def _check_schedules(self, row, before):
        if self.unified(row["unified_job_template"])[0] is None:
            raise Refused(unified_job_template="Invalid pk")
        rules.schedule(row["rrule"])

    def delete(self, kind, number):
        if kind == "credential_types" and any(one["credential_type"] == number for one in self.objects["credentials"].values()):
            return 403, {"detail": "Deletion not allowed for credential types that are in use"}
        gone = self.objects[kind].pop(number)
        self.surveys.pop(number, None)
        if kind == "workflow_job_templates":
            for node in [one for one in self.objects["workflow_job_template_nodes"].values() if one["workflow_job_template"] == number]:
                self.objects["workflow_approval_templates"].pop(node["unified_job_template"], None)
                del self.objects["workflow_job_template_nodes"][node["id"]]
        for name in ("hosts", "inventory_sources") if kind == "inventories" else ():
            self.objects[name] = {key: one for key, one in self.objects[name].items() if one["inventory"] != number}
        self.objects["schedules"] = {key: one for key, one in self.objects["schedules"].items() if one["unified_job_template"] != number}
        for rows in self.objects.values():
            for one in rows.values():
                for name, other in REFERENCES.items():
                    if other == kind and one.get(name) == number:
                        one[name] = None
        self.links = {place: {other for other in found if not (LINKS[place[2]] == kind and other == number)}
                      for place, found in self.links.items() if place[:2] != (kind, number)}
        self._forget_labels()
        return (202 if kind == "inventories" else 204), gone and {}

    def _forget_labels(self):
        """A label without anything that has it is removed by the controller itself."""
        used = {number for place, found in self.links.items() if place[2] == "labels" for number in found}
        for number in [number for number, row in self.objects["labels"].items() if number not in used and row.get("was_used")]:
            del self.objects["labels"][number]

    # -- what users see ------------------------------------------------------------------------------------------------

    def shown(self, kind, row):
        url = "/api/v2/%s/%d/" % (kind, row["id"])
        made = {name: copy.deepcopy(value) for name, value in row.items() if name not in ("updated", "was_used")}
        made.update(type=type_of(kind), url=url, summary_fields={}, related={name: "%s%s/" % (url, name) for name in ("survey_spec", "launch", "update")})
        made["related"].update({name: "/api/v2/%s/%d/" % (REFERENCES[name], row[name]) for name in REFERENCES if row.get(name)})
        if kind == "credential_types":
            made["managed"] = False
        if kind == "projects":
            made.update(scm_revision="0" * 40, status="successful")
        if kind == "credentials":
            fields = self.objects["credential_types"][row["credential_type"]]["inputs"].get("fields", [])
            secrets = {field["id"] for field in fields if field.get("secret")}
            made["inputs"] = {name: "$encrypted$" if name in secrets and value else value for name, value in row["inputs"].items()}
        if kind == "notification_templates":
            made["notification_configuration"]["password"] = "$encrypted$"
        if kind == "workflow_job_template_nodes" and row["unified_job_template"]:
            other, _row = self.unified(row["unified_job_template"])
            made["related"]["unified_job_template"] = "/api/v2/%s/%d/" % (other, row["unified_job_template"])
        return made

    def page(self, rows):
        return 200, {"count": len(rows), "next": None, "previous": None, "results": rows}

    def listed(self, kind, query):
        if kind == "unified_job_templates":
            rows = [self.shown(name, row) for name in UNIFIED for row in self.objects[name].values()]
        else:
            rows = [self.shown(kind, row) for row in self.objects[kind].values()]
        either = {name[4:]: value for name, value in query.items() if name.startswith("or__")}
        for name, value in query.items():
            if name in ("page_size", "page", "order_by") or name.startswith("or__"):
                continue
            if kind != "unified_job_templates" and name not in ("id", *FIELDS[kind], *READ_ONLY.get(kind, ())):
                return 400, {"detail": "%s has no field named '%s'" % (kind, name)}
            rows = [row for row in rows if str(row.get(name)) == value]
        if either:
            rows = [row for row in rows if any(str(row.get(name)) == value for name, value in either.items())]
        return self.page(rows)

    # -- requests ------------------------------------------------------------------------------------------------------

    def answer(self, method, path, query, data):
        found = _PATH.fullmatch(path)
        if not found:
            return 404, {"detail": "Not found."}
        kind, number, part = found[1], found[2] and int(found[2]), found[3]
        if self.jobs is not None:
            with self.lock:
                told = self.jobs.answer(self, method, kind, number, part, query, data)
            if told is not None:
                return told
        with self.lock:
            try:
                return self._answer(method, kind, number, part, query, data)
            except Refused as refused:
                status = 403 if "not allowed for credential types" in str(refused.errors) else 400
                return status, refused.errors

    def _answer(self, method, kind, number, part, query, data):
        if kind != "unified_job_templates" and kind not in FIELDS:
            return 404, {"detail": "Not found."}
        if number is None:
            if method == "GET":
                return self.listed(kind, query)
            if method == "POST" and kind in FIELDS and kind != "workflow_approval_templates":
                return 201, self.shown(kind, self.make(kind, data))
            return 405, {}
        row = self.find(kind, number)
        if row is None:
            return 404, {"detail": "Not found."}
        if part is None:
            if method == "GET":
                return 200, self.shown(kind, row)
            if method == "DELETE" and kind != "labels":
                return self.delete(kind, number)
            if method == "PATCH":
                row.update(self._checked(kind, data, row))
                return 200, self.shown(kind, row)
            return 405, {}
        if part == "survey_spec" and kind in ("job_templates", "workflow_job_templates"):
            return self._survey(method, number, data)
        if part == "create_approval_template" and kind == "workflow_job_template_nodes" and method == "POST":
            made = self.make("workflow_approval_templates", data)
            row["unified_job_template"] = made["id"]
            return 201, self.shown("workflow_approval_templates", made)
        if part in LINKS and (kind in ("job_templates", "workflow_job_templates") or part.endswith("_nodes") or part in ("credentials", "labels")):
            return self._link(method, kind, number, part, data)
        return 404, {"detail": "Not found."}

    def _survey(self, method, number, data):
        if method == "POST":
            wrong = rules.survey(data)
            if wrong:
                return 400, {"error": wrong}
            self.surveys[number] = data
        return 200, copy.deepcopy(self.surveys.get(number, {}))

    def _link(self, method, kind, number, part, data):
        if kind == "workflow_approval_templates" or (part.endswith("_nodes") and kind != "workflow_job_template_nodes"):
            return 404, {"detail": "Not found."}
        there = self.links.setdefault((kind, number, part), set())
        other = LINKS[part]
        if method == "GET":
            return self.page([self.shown(other, self.objects[other][one]) for one in sorted(there)])
        target = data.get("id")
        if target not in self.objects[other]:
            return 400, {"detail": "Object does not exist."}
        if data.get("disassociate"):
            there.discard(target)
            self._forget_labels()
            return 204, {}
        if part == "credentials":
            types = {self.objects[other][one]["credential_type"] for one in there - {target}}
            if self.objects[other][target]["credential_type"] in types:
                return 400, {"detail": "Cannot assign multiple credentials of one type."}
        if part.endswith("_nodes") and len({self.objects[other][one]["workflow_job_template"] for one in (target, number)}) > 1:
            return 400, {"detail": "Nodes of another workflow cannot be linked."}
        there.add(target)
        self.objects[other][target]["was_used"] = True
        return 204, {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def log_message(self, *_arguments):
        pass

    def _serve(self):
        parts = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        controller = self.server.controller
        if self.headers.get("Authorization") != "Bearer %s" % TOKEN:
            status, told = 401, {"detail": "Authentication credentials were not provided."}
        else:
            data = json.loads(body) if body else {}
            status, told = controller.answer(self.command, parts.path, dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True)), data)
            controller.requests.append((self.command, parts.path, status))
        text = b"" if status == 204 else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("X-API-Product-Name", "AWX")
        self.send_header("X-API-Product-Version", "24.6.1")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve


class Server(ThreadingHTTPServer):
    """A controller on a free port of this machine; a context manager."""

    daemon_threads = True

    def __init__(self, controller):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.controller = controller
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.server_address[1]

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()
