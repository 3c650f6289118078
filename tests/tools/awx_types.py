# SPDX-License-Identifier: GPL-3.0-or-later
"""Credential types for automation controllers, extensions/awx/controller_credential_types.yml: made of the vendors' connection options and their documentation.

`--write` writes them, `--check` compares them. What controllers demand of a type is in docs/guides/awx.md and held by tests/integration/test_awx_setup.py.
"""

from __future__ import annotations

import importlib
import re

import yaml
from generated import ROOT, keep

PLUGINS = "ansible_collections.kariz.panels.plugins"
VENDORS = {"alocom": "Alocom", "deltasib": "DeltaSib", "payamsms": "PayamSMS", "podspace": "POD Space", "smspanel": "SMS panel"}
#: Words that a label keeps as they are written here.
_WORDS = {"api": "API", "url": "address", "ca": "CA", "id": "ID"}
_MARKUP = re.compile(r"\b[A-Z]\(([^()#]*)(?:#\w+)?\)")
#: Maps may hold keys of their own, which are secrets.
_MAPS = {"api_services", "api_parameters"}
#: What is on when nothing is said; a controller gives a checkbox that a credential lacks as false, so the box turns it off.
_OFF = {"validate_certs": ("skip_certificate_check", "Do not check the server's certificate", "Anybody on the way can read the password then."),
        "api_token_cache": ("without_token_cache", "Log in again for every task", "Otherwise one login serves all tasks of a job.")}
#: Where the documentation says more than a form has room for.
_HELP = {"api_token": "A token, used instead of a login. It is also what an account is known by when nothing else is given."}
HEAD = """---
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/tools/awx_types.py --write
# The list controller_credential_types as infra.aap_configuration and the playbook kariz.panels.awx_setup read it. What is left empty counts as not set.
# The inputs of a type cannot be changed once a credential uses it, so every option of a vendor is there from the beginning.
"""


class Unsafe(str):
    """A text that Ansible must not render: the controller does."""


class Dumper(yaml.SafeDumper):
    """Writes such texts with their tag, and lists within their parent."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


Dumper.add_representer(Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text), style='"'))


def client_of(vendor):
    """Return the client class of a vendor, which declares the connection options."""
    module = importlib.import_module(f"{PLUGINS}.module_utils._{vendor}.client")
    return next(thing for thing in vars(module).values() if isinstance(thing, type) and getattr(thing, "vendor", "") == vendor)


def documented(vendor):
    """Return the documentation of a vendor's connection options by name."""
    found = {}
    for fragment in ("connection", vendor):
        text = importlib.import_module(f"{PLUGINS}.doc_fragments.{fragment}").ModuleDocFragment.DOCUMENTATION
        found.update(yaml.safe_load(text)["options"])
    return found


def help_of(name, entry):
    """The beginning of an option's documentation, without markup, and what counts when it is left empty."""
    if name in _HELP:
        return _HELP[name]
    text = _MARKUP.sub(lambda found: found[1], entry["description"][0])
    default = entry.get("default")
    return text if default in (None, False) else "%s Empty: %s." % (text, "%g" % default if isinstance(default, float) else default)


def label(name):
    words = [_WORDS.get(word, word) for word in name.removeprefix("api_").split("_")]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def of_vendor(vendor):
    """Return the credential type of a vendor."""
    client, documents = client_of(vendor), documented(vendor)
    fields, env = [], {}
    for name, spec in client.connection.items():
        variable = "%s_%s" % (vendor.upper(), name.upper())
        if name == "ca_path":
            continue
        if name in _OFF:
            other, text, more = _OFF[name]
            fields.append({"id": other, "label": text, "type": "boolean", "help_text": more})
            env[variable] = Unsafe("{%% if %s %%}false{%% else %%}true{%% endif %%}" % other)
            continue
        field = {"id": name, "label": label(name), "type": "boolean" if spec["type"] == "bool" else "string"}
        if spec.get("no_log") or name in _MAPS:
            field["secret"] = True
        if name in _MAPS:
            field["multiline"] = True
        if spec.get("choices"):
            # A blank choice is stored as the first.
            field["choices"] = [spec["default"], *(choice for choice in spec["choices"] if choice != spec["default"])]
        field["help_text"] = help_of(name, documents[name]) + (" As JSON." if name in _MAPS else "")
        fields.append(field)
        env[variable] = Unsafe("{{ %s }}" % name)
    fields.append({"id": "ca", "label": "CA certificates", "type": "string", "multiline": True,
                   "help_text": "CA certificates (PEM) to trust instead of the usual ones."})
    env["%s_CA_PATH" % vendor.upper()] = Unsafe("{% if ca %}{{ tower.filename.ca }}{% endif %}")
    required = [name for name in ("api_url",) if client.connection[name].get("default") is None]
    return {"name": "kariz.panels %s" % VENDORS[vendor], "description": "An account at %s, for the collection kariz.panels." % VENDORS[vendor], "kind": "cloud",
            "inputs": {"fields": fields, **({"required": required} if required else {})},
            "injectors": {"file": {"template.ca": Unsafe("{{ ca }}")}, "env": env}}


def others():
    """Return the types that belong to no vendor."""
    journal = {
        "name": "kariz.panels journal", "kind": "cloud",
        "description": "A PostgreSQL database that remembers what may happen only once: files of a job are gone when it ends.",
        "inputs": {"fields": [
            {"id": "host", "label": "Host", "type": "string", "help_text": "Name or address of the PostgreSQL server."},
            {"id": "port", "label": "Port", "type": "string", "help_text": "Empty: 5432."},
            {"id": "database", "label": "Database", "type": "string", "help_text": "Its tables are made at the first use."},
            {"id": "username", "label": "Username", "type": "string", "help_text": "Its owner, or a role that may read, insert, change and delete there."},
            {"id": "password", "label": "Password", "type": "string", "secret": True, "help_text": "It is handed over as PGPASSWORD."},
            {"id": "sslmode", "label": "TLS", "type": "string", "choices": ["verify-full", "require", "prefer", "disable"],
             "help_text": "As libpq's sslmode: verify-full checks the server's certificate, require only encrypts."},
            {"id": "ca", "label": "CA certificates", "type": "string", "multiline": True, "help_text": "CA certificates (PEM) of the server, for verify-full."},
        ], "required": ["host", "database", "username"]},
        "injectors": {
            "file": {"template.ca": Unsafe("{{ ca }}")},
            "env": {
                "KARIZ_JOURNAL": Unsafe("postgresql://{{ username | urlencode }}@{{ host }}:{{ port | default('5432') }}/{{ database | urlencode }}"
                                        "?sslmode={{ sslmode | default('verify-full') }}"),
                "PGPASSWORD": Unsafe("{{ password }}"),
                "PGSSLROOTCERT": Unsafe("{% if ca %}{{ tower.filename.ca }}{% endif %}")}}}
    accounts = {
        "name": "kariz.panels accounts", "kind": "cloud",
        "description": "Connections of many accounts at once, since a job takes one credential of a type: YAML, a name for each account.",
        "inputs": {"fields": [
            {"id": "accounts", "label": "Accounts (YAML)", "type": "string", "secret": True, "multiline": True,
             "help_text": "A mapping of names of your own to connection options. A desired-state file refers to them as it does to any variable."},
        ], "required": ["accounts"]},
        "injectors": {"file": {"template": Unsafe("{{ accounts }}")},
                      "env": {"KARIZ_ACCOUNTS": Unsafe("{{ tower.filename }}")},
                      "extra_vars": {"panels_accounts_path": Unsafe("{{ tower.filename }}")}}}
    return [journal, accounts]


def text():
    types = {"controller_credential_types": [*map(of_vendor, VENDORS), *others()]}
    return HEAD + yaml.dump(types, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False)


if __name__ == "__main__":
    keep(__file__, __doc__, "files of credential types", {ROOT / "extensions" / "awx" / "controller_credential_types.yml": text()})
