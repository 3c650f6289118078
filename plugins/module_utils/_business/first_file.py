# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first folder of a business: from today's objects to files that somebody can go on from, with comments in his language. No I/O."""

from __future__ import annotations

import re

from .._core.options.connection import variable
from .._core.text.yaml_data import dump
from . import export, kinds

LANGUAGES = ("fa", "en")
SCHEMA = ".desired_state.schema.json"
WORDS: dict[str, dict] = {
    "en": {
        "file": "What shall be at every vendor. What is there today is written down here, so that nothing changes until you change something.",
        "connection": "The account is that of the environment. To name it here instead, take these lines and fill in vault.yml:",
        "limits": "What plan, provision and apply refuse to go beyond:",
        "vault": "Secrets, and nothing else. Fill in what you need, take the # away, then: ansible-vault encrypt %s",
        "of_connection": "How to reach the accounts, where business.yml has a connection:",
        "of_items": "Passwords of objects; one that is not given is left alone:",
        "readme": "# A business in one file\n\n`business.yml` says what shall be at every vendor; `vault.yml` holds the secrets. The next three commands:\n",
        "more": "\nSomething changed in `business.yml`? Plan it, look at `plan.json` (or the page of `-e plan_report=reports`), then apply exactly that. "
                "`drift` tells what somebody changed in the panels meanwhile.\n",
        "commands": ("what would change, and what it costs", "do exactly that", "what somebody changed meanwhile"),
    },
    "fa": {
        "file": "آنچه باید نزد هر سرویس‌دهنده باشد. آنچه امروز هست این‌جا نوشته شده، پس تا چیزی را عوض نکنید چیزی عوض نمی‌شود.",
        "connection": "حساب همان است که در متغیرهای محیط است. برای آن‌که این‌جا بیاید، این خط‌ها را باز کنید و vault.yml را پر کنید:",
        "limits": "حدی که plan و provision و apply از آن فراتر نمی‌روند:",
        "vault": "تنها رازها. آنچه لازم است پر کنید، # را بردارید، سپس: ansible-vault encrypt %s",
        "of_connection": "برای رسیدن به حساب‌ها، اگر در business.yml بخش connection هست:",
        "of_items": "گذرواژهٔ اشیا؛ آنچه داده نشود دست‌نخورده می‌ماند:",
        "readme": "# یک کسب‌وکار در یک فایل\n\n`business.yml` می‌گوید نزد هر سرویس‌دهنده چه باشد و رازها در `vault.yml` است. سه فرمان بعدی:\n",
        "more": "\nچیزی را در `business.yml` عوض کردید؟ با `plan` برنامه بسازید، `plan.json` (یا صفحهٔ `-e plan_report=reports`) را ببینید و با `apply` "
                "درست همان را اجرا کنید. `drift` می‌گوید در این میان چه کسی چه چیزی را در پنل‌ها عوض کرده است.\n",
        "commands": ("چه تغییر می‌کند و چه هزینه‌ای دارد", "درست همان را اجرا کن", "در این میان چه عوض شده است"),
    },
}


def commands(folder):
    """Return the next three commands."""
    return ["ansible-playbook kariz.panels.plan -e desired_state=%s -e plan_path=plan.json" % folder,
            "ansible-playbook kariz.panels.apply -e plan_path=plan.json",
            "ansible-playbook kariz.panels.drift -e desired_state=%s" % folder]


def files(found, language, folder):
    """Return ``{name: text}`` of the folder.

    :arg found: ``[(vendor, objects, withheld)]`` as account_objects_info returns them.
    :arg folder: as people type it.
    """
    words = WORDS[language]
    names = export.Names()
    panels: dict = {}
    secrets: list = []
    for vendor, objects, withheld in found:
        document, mine = export.document(vendor, vendor, {}, objects, withheld, names)
        entry = document["panels"][vendor][0]
        entry.pop("account")
        # An account of which nothing is written down yet is named all the same, so that it can be filled.
        panels[vendor] = entry
        secrets += mine
    business = "# yaml-language-server: $schema=%s\n---\n# %s\n%s" % (SCHEMA, words["file"], _commented(dump({"panels": panels}), words, language))
    connections = {vendor: _secrets_of(vendor) for vendor, _objects, _withheld in found}
    vault = "---\n# %s\n" % (words["vault"] % ("%s/vault.yml" % folder.rstrip("/")))
    vault += "# %s\n%s" % (words["of_connection"], "".join('# %s: ""\n' % name for some in connections.values() for name in some.values()))
    if secrets:
        vault += "# %s\n%s" % (words["of_items"], "".join('# %s: ""\n' % name for name in secrets))
    readme = words["readme"] + "".join("\n%d. %s:\n\n       %s\n" % (place + 1, text, command) for place, (text, command) in enumerate(
        zip(words["commands"], commands(folder)))) + words["more"]
    return {"business.yml": business, "vault.yml": vault, "README.md": readme}


def _secrets_of(vendor):
    """Return ``{option: variable}`` of the credentials with which an account is named in a file."""
    client = kinds.client_of(vendor)
    options = client.connection
    wanted = [name for name in ("api_password", "api_client_secret", "api_token") if name in options]
    # A user and his password where the vendor has such, otherwise a token.
    wanted = [name for name in wanted if name != "api_token"] or wanted
    return {name: variable(vendor, name).lower() for name in wanted}


def _commented(text, words, language):
    made = []
    vendor = None
    for line in text.splitlines():
        top = re.fullmatch(r"  (\w+):( \{\})?", line)
        inner = re.match(r"    (\w+):", line)
        if top and top.group(1) in kinds.vendors():
            vendor = top.group(1)
            made += [line.replace(": {}", ":"), *_places(vendor, words)]
            continue
        if inner and vendor and inner.group(1) in kinds.of(vendor):
            made.append("    # %s" % kinds.of(vendor)[inner.group(1)].about[language])
        made.append(line)
    return "\n".join(made) + "\n"


def _places(vendor, words):
    client = kinds.client_of(vendor)
    made = ["    # %s" % words["connection"], "    # connection:"]
    told = [name for name in ("api_url", "api_username", "api_system_name", "api_client_id") if name in client.connection]
    made += ["    #   %s: ..." % name for name in told if name != "api_url" or client.connection[name].get("required")]
    made += ['    #   %s: "{{ %s }}"' % (name, secret) for name, secret in _secrets_of(vendor).items()]
    return [*made, "    # %s" % words["limits"], "    # limits: {spend: 1000000, deletions: 5, approval: true}"]
