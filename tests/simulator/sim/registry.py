# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendors the simulator has. A new vendor is one line here, one package under `vendors`, one OpenAPI file."""

from __future__ import annotations

from importlib import import_module

from .vendor import Vendor

#: Name -> "module:class"; imported only when the vendor is started.
VENDORS = {
    "alocom": "sim.vendors.alocom:Alocom",
    "deltasib": "sim.vendors.deltasib:DeltaSib",
    "payamsms": "sim.vendors.payamsms:PayamSms",
    "podspace": "sim.vendors.podspace:Podspace",
    "smspanel": "sim.vendors.smspanel:SmsPanel",
}


def create(names: list[str] | None = None, strict: bool = False) -> dict[str, Vendor]:
    """Start the named vendors, or all of them."""
    made = {}
    for name in names or list(VENDORS):
        module, _colon, attribute = VENDORS[name].partition(":")
        made[name] = getattr(import_module(module), attribute)(strict)
    return made
