# SPDX-License-Identifier: GPL-3.0-or-later
"""What automation controllers count of a job, extensions/audit/event_query.yml: `--write` writes it from the modules that there are, `--check` compares it."""

from __future__ import annotations

from generated import ROOT, keep

#: Vendors, with what they are in the words of the controllers' own taxonomy.
BUCKETS = {"alocom": "app_integration_messaging", "deltasib": "networking", "payamsms": "app_integration_messaging", "podspace": "storage",
           "smspanel": "app_integration_messaging"}
#: Modules about several accounts, which return ``accounts_used``.
ACROSS = ("desired_apply", "desired_state", "message")
HEAD = """---
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/tools/audit_query.py --write
# Read by automation controllers that count what a job managed (indirect node counting). Every distinct canonical_facts is one managed node of the
# subscription, so what is counted is the account at a vendor, however many subscribers, users, members or messages it has. What only reads is not counted,
# nor is a task that was refused before it changed anything.
"""
QUERY = """  query: >-
    select(type == "object") | select((.failed != true and .error == null) or .changed == true) |
    ([.account?] + [(.accounts_used? // [])[]?]) | .[] | select(type == "object") | select(.vendor != null and .url != null and .name != null) |
    {name: ([.vendor, .url, .name] | join(" ")),
    canonical_facts: {vendor: .vendor, url: .url, account: .name},
    facts: {name: .name, device_type: "api_endpoint", infra_type: "public_cloud",
    infra_bucket: (%s)[.vendor]}} |
    select(.name | length <= 255)
"""


def counted() -> list[str]:
    """The modules whose results are looked at."""
    names = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
    return [name for name in names if name in ACROSS or (name.partition("_")[0] in BUCKETS and not name.endswith(("_info", "_login")))]


def text() -> str:
    first, *others = counted()
    buckets = "{%s}" % ",\n    ".join('"%s": "%s"' % pair for pair in BUCKETS.items())
    made = HEAD + "kariz.panels.%s: &account\n" % first + QUERY % buckets
    return made + "".join("kariz.panels.%s: *account\n" % name for name in others)


if __name__ == "__main__":
    keep(__file__, __doc__, "modules counted", {ROOT / "extensions" / "audit" / "event_query.yml": text()})
