# SPDX-License-Identifier: GPL-3.0-or-later
"""For every module, documentation and argument specification say the same, and both ways of running know the same job."""

from __future__ import annotations

import importlib
import json
import os
import pathlib
import subprocess
import sys

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.kariz.panels.plugins.module_utils._core.options import connection as options

PLUGINS = pathlib.Path(options.__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py") if path.stem != "__init__")


@pytest.fixture(scope="module")
def documented():
    """The documentation of all modules as users see it, fragments included."""
    root = next(path for path in sys.path if (pathlib.Path(path) / "ansible_collections/kariz/panels").exists())
    command = [os.path.join(os.path.dirname(sys.executable), "ansible-doc"), "-t", "module", "--json"]
    done = subprocess.run([*command, *("kariz.panels.%s" % name for name in MODULES)], stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(root)})
    return {name: entry["doc"] for name, entry in json.loads(done.stdout).items()}


def action_of(name):
    return importlib.import_module("ansible_collections.kariz.panels.plugins.action.%s" % name).ActionModule


def specification_of(name):
    """Return the argument specification: of the job that the action plugin names, or its own where it only calls other modules."""
    action = action_of(name)
    return action.job.arguments()["argument_spec"] if hasattr(action, "job") else action.options


#: Modules behind both doors; the others are work for the controller alone and call these.
VENDOR_MODULES = [name for name in MODULES if hasattr(action_of(name), "job")]


def facts(entry, kind):
    """What documentation and specification must agree on, of one option."""
    made = {"type": entry.get("type") or "str", "required": bool(entry.get("required")), "default": entry.get("default"),
            "choices": sorted(map(str, entry.get("choices") or ())), "elements": entry.get("elements"), "aliases": sorted(entry.get("aliases") or ())}
    inner = entry.get("suboptions" if kind == "documentation" else "options")
    made["options"] = {name: facts(part, kind) for name, part in (inner or {}).items()}
    return made


@pytest.mark.parametrize("name", MODULES)
def test_documentation_equals_specification(documented, name):
    told = {option: facts(entry, "documentation") for option, entry in documented["kariz.panels.%s" % name]["options"].items()}
    specified = {option: facts(entry, "specification") for option, entry in specification_of(name).items()}
    assert told == specified


@pytest.mark.parametrize("name", MODULES)
def test_secrets_are_marked(name):
    """Every option that looks like a secret says whether it is one; those that are, are never logged."""
    def walk(spec):
        for option, entry in spec.items():
            if any(word in option for word in ("password", "token", "secret", "_key")) and entry["type"] in ("str", "raw"):
                assert "no_log" in entry, option
            if option in ("api_password", "api_token", "password", "current_password"):
                assert entry["no_log"] is True, option
            walk(entry.get("options") or {})

    walk(specification_of(name))


@pytest.mark.parametrize("name", VENDOR_MODULES)
def test_module_and_action_run_the_same_job(name):
    module = importlib.import_module("ansible_collections.kariz.panels.plugins.modules.%s" % name)
    job = action_of(name).job
    assert [thing for thing in vars(module).values() if thing is job], "the module does not name %r" % job
    assert (PLUGINS / "action" / ("%s.py" % name)).exists()


@pytest.mark.parametrize("name", [name for name in VENDOR_MODULES if "api_timeout" in specification_of(name)])
def test_an_empty_variable_counts_as_not_set(name, monkeypatch):
    """Automation controllers set every variable of a credential; blank inputs come as empty text."""
    vendor = name.split("_", 1)[0].upper()
    spec = specification_of(name)
    variables = {option: "%s_%s" % (vendor, option.upper()) for option, entry in spec.items() if entry.get("fallback")}
    assert {"api_timeout", "validate_certs"} <= set(variables)
    for variable in variables.values():
        monkeypatch.delenv(variable, raising=False)
    without = ArgumentSpecValidator(spec).validate({}).validated_parameters
    for variable in variables.values():
        monkeypatch.setenv(variable, "")
    checked = ArgumentSpecValidator(spec).validate({})
    assert not [text for text in checked.error_messages if "convert" in text or "must be one of" in text]
    assert {option: checked.validated_parameters[option] for option in variables} == {option: without[option] for option in variables}
    monkeypatch.setenv(variables["api_timeout"], "7")
    assert ArgumentSpecValidator(spec).validate({}).validated_parameters["api_timeout"] == 7
