# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo accounts of the simulated vendors, and the environment that reaches them: for `make demo`, `make try` and their tests."""

from __future__ import annotations

import json

LOGIN = {"API_USERNAME": "kariz-demo", "API_PASSWORD": "kariz-demo-pass"}
#: Vendor -> option -> value. The table in README.md and README.fa.md says the same.
ACCOUNTS = {
    "alocom": LOGIN,
    "deltasib": LOGIN,
    "payamsms": {**LOGIN, "API_SYSTEM_NAME": "kariz-demo-org", "API_CLIENT_ID": "kariz-client", "API_CLIENT_SECRET": "kariz-client-secret"},
    "podspace": {"API_TOKEN": "kariz-demo-token", "API_KEY": "kariz-demo-key"},
    "smspanel": {"API_TOKEN": "kariz-demo-token"},
}
#: How names of variables begin that would reach another account, or bend how Ansible runs here.
FOREIGN = ("ANSIBLE_", "KARIZ_", *(vendor.upper() + "_" for vendor in ACCOUNTS))


def credentials(simulator):
    """Return the environment variables of the vendors that a simulator runs: addresses, credentials, POD Space's product ids."""
    running = {vendor: options for vendor, options in ACCOUNTS.items() if vendor in simulator.ready}
    found = {"%s_%s" % (vendor.upper(), name): value for vendor, options in running.items() for name, value in options.items()}
    found.update({"%s_API_URL" % vendor.upper(): simulator.url(vendor) for vendor in running})
    if "deltasib" in running:
        found["DELTASIB_CA_PATH"] = simulator.ready["deltasib_ca"]
    if "podspace" in running:
        services = simulator.dump("podspace")["services"]
        found["PODSPACE_API_SERVICES"] = json.dumps({name: entry["product_id"] for name, entry in services.items()})
    return found


def without_foreign(environment):
    """Return the environment without what would reach other accounts."""
    return {name: value for name, value in environment.items() if not name.startswith(FOREIGN)}
