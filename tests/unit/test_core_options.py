# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: precedence, checks; and for every module, documentation and argument specification say the same."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import pathlib
import subprocess
import sys

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.options import connection as options

PLUGINS = pathlib.Path(options.__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py") if path.stem != "__init__")
CREDENTIALS = ("api_username", "api_password", "api_token")
SPEC = options.connection_options("vendor", CREDENTIALS, CREDENTIALS[1:], url="https://default.test")


def settle(params, environ=()):
    given = {name: entry.get("default") for name, entry in SPEC.items()}
    return options.settle("vendor", list(SPEC), dict(given, **params), CREDENTIALS, dict(environ))


ENVIRONMENT = {"VENDOR_API_USERNAME": "env-user", "VENDOR_API_PASSWORD": "env-password", "VENDOR_API_TOKEN": "env-token"}


@pytest.mark.parametrize("chosen", [names for size in range(4) for names in itertools.combinations(CREDENTIALS, size)], ids=str)
@pytest.mark.parametrize("there", [names for size in range(4) for names in itertools.combinations(CREDENTIALS, size)], ids=str)
def test_precedence(chosen, there):
    """The task beats the environment; what may be somebody else's joins nothing nearer: neither a token, nor credentials a token."""
    environ = {"VENDOR_%s" % name.upper(): "env-" + name for name in there}
    settled = settle({name: "task-" + name for name in chosen}, environ)
    for name in CREDENTIALS:
        if name in chosen:
            assert settled[name] == "task-" + name
        elif (name == "api_token" and chosen) or ("api_token" in chosen and "api_username" not in chosen):
            assert settled[name] is None
        else:
            assert settled[name] == ("env-" + name if name in there else None)


FIVE = (*CREDENTIALS, "api_system", "api_client")


@pytest.mark.parametrize(("levels", "account", "expected"), [
    # a token stands alone, whatever lies behind it
    ([{"api_token": "t"}, {"api_username": "u", "api_password": "p"}], ("api_username",), {"api_token": "t"}),
    ([{"api_token": "t", "api_password": "p"}, {"api_username": "u"}], ("api_username",), {"api_token": "t", "api_password": "p"}),
    ([{}, {"api_token": "t"}, {"api_username": "u"}], ("api_username",), {"api_token": "t"}),
    # ... unless the account is named beside it
    ([{"api_token": "t", "api_username": "u"}, {"api_password": "p", "api_token": "x"}], ("api_username",),
     {"api_token": "t", "api_username": "u", "api_password": "p"}),
    ([{"api_token": "t", "api_username": "u"}, {"api_password": "p", "api_system": "s"}], ("api_username", "api_system"),
     {"api_token": "t", "api_username": "u"}),
    # a vendor that knows nothing but tokens
    ([{"api_token": "t"}, {"api_token": "x", "api_client": "c"}], (), {"api_token": "t"}), ([{"api_token": ""}, {"api_token": "x"}], (), {"api_token": "x"}),
    # credentials complete each other, without a token of another level
    ([{"api_username": "u"}, {"api_token": "t", "api_username": "x"}, {"api_password": "p"}], ("api_username",), {"api_username": "u", "api_password": "p"}),
    # one level may hold both
    ([{}, {"api_token": "t", "api_username": "u", "api_password": "p"}], ("api_username",), {"api_token": "t", "api_username": "u", "api_password": "p"}),
    ([{"other": 1}, {}], ("api_username",), {}),
], ids=str)
def test_levels(levels, account, expected):
    assert options.nearest(levels, FIVE, account) == expected


@pytest.mark.parametrize(("params", "word"), [
    ({"api_url": ""}, "api_url"), ({"api_url": "panel.test"}, "api_url"), ({"api_url": "ftp://panel.test"}, "api_url"), ({"api_url": "http://"}, "api_url"),
    ({"api_timeout": 0}, "api_timeout"), ({"api_timeout": -1.0}, "api_timeout"), ({"api_deadline": 0}, "api_deadline"), ({"api_retries": -1}, "api_retries"),
    ({"api_concurrency": 0}, "api_concurrency"), ({"ca_path": "/nonexistent/ca"}, "ca_path"), ({"api_timeout": float("nan")}, "api_timeout"),
    ({"api_url": "http://panel.test:0"}, "api_url"), ({"api_url": "http://[::1"}, "api_url"), ({"api_url": "http://panel.test:port/"}, "api_url"),
])
def test_what_is_refused(params, word):
    with pytest.raises(UsageError, match=word):
        settle(params)


@pytest.mark.parametrize("params", [
    {"api_timeout": 0.001}, {"api_deadline": 0.5}, {"api_retries": 0}, {"api_concurrency": 1},
    {"api_url": "http://panel.test:1/x"}, {"ca_path": os.path.dirname(__file__)},
])
def test_what_is_accepted(params):
    settled = settle(params)
    assert {name: settled[name] for name in params} == params


def test_all_that_is_wrong_is_told_together():
    with pytest.raises(UsageError) as caught:
        settle({"api_url": "", "api_timeout": 0, "api_retries": -1, "api_concurrency": 0, "ca_path": "/nonexistent/ca"})
    named = [problem.text.split(" ")[0].rstrip(":") for problem in caught.value.problems]
    assert named == ["api_url", "api_timeout", "api_retries", "api_concurrency", "ca_path"]


def test_only_secrets_are_secret():
    assert {name for name, entry in SPEC.items() if entry.get("no_log")} == {"api_password", "api_token"} and SPEC["api_token_cache"]["no_log"] is False


def test_a_password_in_the_address_is_not_told():
    with pytest.raises(UsageError) as caught:
        settle({"api_url": "ftp://user:canary@panel.test"})
    assert "canary" not in caught.value.message


@pytest.mark.parametrize(("url", "clear"), [
    ("http://panel.test", True), ("https://panel.test", False), ("http://127.0.0.1:5", False), ("http://localhost", False), ("http://[::1]:5/x", False),
    ("http://127.0.0.1.evil.test", True), ("http://10.0.0.1", True), ("HTTP://panel.test", True),
])
def test_in_clear(url, clear):
    assert options.in_clear(url) is clear


# -- documentation and specification --------------------------------------------------------------------------------------


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
