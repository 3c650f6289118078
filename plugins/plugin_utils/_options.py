# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lookup and inventory plugins share: from a plugin's options to a client, and one shape of failure."""

from __future__ import annotations

import contextlib
import os
import re

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.module_utils.basic import missing_required_lib
from ansible.utils.display import Display

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.http import session
from ansible_collections.kariz.panels.plugins.module_utils._core.http.answers import reading
from ansible_collections.kariz.panels.plugins.module_utils._core.http.tokens import TokenStore
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import misfits, nearest, variable
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import is_omitted, plain, without_omitted
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.declared import given_secrets
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import connect, connection_of
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

display = Display()

#: Names that plugin documentation has for types beside those of argument specifications.
_TYPES = {"string": "str", "boolean": "bool", "integer": "int", "dictionary": "dict"}
_KNOWN = ("str", "path", "bool", "int", "float", "list", "dict")
#: Classes in messages of the platform, and what people call such a value.
_CLASS = re.compile(r"<class '(?:[\w.]*\.)?(?:_AnsibleTagged|_AnsibleLazy(?:Template)?)?(\w+)'>")
_IN_WORDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "list": "a list", "dict": "a mapping", "nonetype": "nothing",
             "date": "a day", "datetime": "a moment"}
#: More letters of a message than this are not told.
_MOST = 2000


class PluginHost(Host):
    """The view that a plugin on the controller gives to a job. Plugins only read: check mode keeps every write back."""

    def __init__(self, params):
        super().__init__(params, check_mode=True, warn=display.warning, note=display.vv)
        if params["api_token_cache"]:
            self.tokens = TokenStore(C.DEFAULT_LOCAL_TMP)


@contextlib.contextmanager
def own_sources(vendor_class):
    """Let a plugin take its options while the vendor's environment is out of sight.

    For the platform the environment wins over its configuration file; here it is what is left when nothing nearer says
    anything, as for modules, and :func:`connected` adds it.
    """
    names = [variable(vendor_class.vendor, name) for name in vendor_class.connection]
    hidden = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _specification(definitions):
    """Return the argument specification behind the documented options of a plugin."""
    spec: dict = {}
    for name, entry in definitions.items():
        if name.startswith("_"):
            continue
        kind = _TYPES.get(entry.get("type"), entry.get("type") or "str")
        made = {"type": kind if kind in _KNOWN else "raw", "choices": entry.get("choices"), "no_log": _looks_secret(name)}
        if kind == "list":
            made["elements"] = entry.get("elements") if entry.get("elements") in _KNOWN else "raw"
        if entry.get("suboptions"):
            made["options"] = _specification(entry["suboptions"])
        spec.update(dict.fromkeys([name] + list(entry.get("aliases") or ()), made))
    return spec


def refuse_mistakes(plugin, vendor_class, title, named, error_class=AnsibleError, variables=None, more=()):
    """Raise ``error_class`` when something that is set is no option of this plugin, or not of its type: the platform passes over the first, and shows
    the whole value of the second, whatever it is.

    :arg named: what is set by hand.
    :arg variables: in which an option may be set that is not set by hand.
    :arg more: what else is wrong: :class:`.check.Problem`.
    """
    spec = _specification(plugin.option_definitions)
    problems = _mistakes(spec, named)
    for name, entry in plugin.option_definitions.items():
        source = next((one["name"] for one in reversed(entry.get("vars") or ()) if one["name"] in (variables or ())), None)
        if source is not None and name in spec and (named or {}).get(name) is None:
            found = _mistakes({source: spec[name]}, {source: variables[source]})
            problems += [check.Problem(problem.path, problem.text, problem.given, problem.advice or "it is the option %s" % name) for problem in found]
    problems += more
    if problems:
        # What would be told of the connection by itself is told beside them.
        wrong = {problem.path[:1] for problem in problems}
        given_here = {name: value for name, value in (named or {}).items()
                      if name in vendor_class.connection and (name,) not in wrong and value is not None and not _is_template(value)}
        values = check.Checker(vendor_class.connection).check(plain(given_here)).values
        problems += [check.Problem((name,), text) for name, text in misfits(
            vendor_class.vendor, {name: values[name] for name in given_here}, vendor_class.headers)]
        raise error_class("%s: %s" % (title, check.told(problems)))


def _mistakes(spec, named):
    """Return what is wrong with options; what is a template says nothing of its value."""
    # As the platform takes it: no text for it are the bytes of one.
    problems: list = [check.Problem((name,), "must be text; this is binary data") for name, value in (named or {}).items() if isinstance(value, bytes)]
    try:
        found = check.collect(problems, plain, named) or {}
    except AnsibleError as error:
        # A value that is encrypted, and cannot be opened.
        return [check.Problem((), str(error))]
    return problems or check.Checker(spec).check({name: None if _is_template(value) else value for name, value in found.items()}).problems


def in_words(text):
    """Return a message of the platform without the names of Python's classes, and not longer than anybody reads."""
    text = _CLASS.sub(lambda found: _IN_WORDS.get(found.group(1).lower(), "something else"), text)
    return text if len(text) <= _MOST else text[:_MOST] + "..."


def _is_template(value):
    return isinstance(value, str) and ("{{" in value or "{%" in value)


def _looks_secret(name):
    return name.startswith("api_") and any(word in name for word in ("password", "token", "secret", "key", "services")) and name != "api_token_cache"


def take_options(plugin, vendor_class, title, variables, named):
    """Let a lookup take its options: those set by hand, checked, before variables and configuration files."""
    named = {name: without_omitted(value) for name, value in (named or {}).items() if not is_omitted(value)}
    refuse_mistakes(plugin, vendor_class, title, named, variables=variables)
    with own_sources(vendor_class):
        plugin.set_options(var_options=variables, direct=named)


def texts_of(terms, title):
    """Return the terms of a lookup as texts.

    :raises AnsibleError: telling of each that is none.
    """
    problems: list = []
    found = check.collect(problems, plain, {"terms": without_omitted(list(terms))}) or {}
    if not problems:
        checked = check.Checker({"terms": {"type": "list", "elements": "str"}}).check(found)
        problems = checked.problems
    if problems:
        raise AnsibleError("%s: %s" % (title, check.told(problems)))
    return checked.values["terms"]


def given(plugin, vendor_class, template):
    """Return the connection options that were set for this plugin, by hand, in a variable or in a configuration file.

    :arg template: makes values of templates in variables, which the platform leaves to the plugin.
    """
    direct, configured = {}, {}
    for name in vendor_class.connection:
        if plugin.has_option(name):
            value, origin = plugin.get_option_and_origin(name)
            if origin != "default" and value is not None:
                level = direct if origin == "Direct" else configured
                level[name] = template(value) if origin.startswith("var: ") else value
    found = {name: value for name, value in {**configured, **direct}.items() if name not in vendor_class.credentials}
    found.update(nearest((direct, configured), vendor_class.credentials, vendor_class.account))
    # The same plain data that a module would get: no tags of the platform.
    try:
        return plain(found)
    except check.OptionsError as error:
        raise AnsibleError("%s: %s" % (vendor_class.vendor, error.message)) from None


def account_of(vendor_class, named):
    """Return everything by which the account of a plugin is reached, environment included: address, names and secrets, as one list of plain data.

    :arg named: what :func:`given` returned.
    :returns: None where the options cannot be used; :func:`connected` says why.
    """
    checked = check.Checker(vendor_class.connection).check(named)
    if checked.problems:
        return None
    try:
        settled = connection_of(vendor_class, checked.values, PluginHost(checked.values))
    except PanelError:
        return None
    return [vendor_class.vendor] + [[name, settled.get(name)] for name in sorted(vendor_class.account_options())]


@contextlib.contextmanager
def connected(vendor_class, title, named, error_class=AnsibleError):
    """Yield ``(client, host)`` for the options of a plugin; every failure becomes ``error_class`` with the sentence that a module would fail with.

    :arg title: what the sentence begins with.
    :arg named: what :func:`given` returned.
    """
    if session.requests is None:
        raise error_class("%s: %s" % (title, missing_required_lib("requests")))
    checked = check.Checker(vendor_class.connection).check(named)
    host = PluginHost(checked.values)
    host.redactor.add(*checked.secrets)
    if checked.problems:
        host.redactor.add(*given_secrets(vendor_class.connection, named))
        raise error_class("%s: %s" % (title, check.told(checked.problems, host.redactor.text)))
    client = None
    try:
        client = connect(vendor_class, host.params, host)
        with reading(client):
            yield client, host
    except PanelError as error:
        raise error_class("%s: %s" % (title, in_words(error.tell(host.redactor).sentence()))) from None
    finally:
        if client is not None:
            client.transport.close()
