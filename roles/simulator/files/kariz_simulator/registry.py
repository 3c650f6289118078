# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendors the simulator has. A new vendor is one line here, one package under `vendors`, one OpenAPI file."""

from __future__ import annotations

from importlib import import_module

from .vendor import Vendor

#: Name -> "module:class"; imported only when the vendor is started.
VENDORS = {
    "alocom": ".vendors.alocom:Alocom",
    "deltasib": ".vendors.deltasib:DeltaSib",
    "payamsms": ".vendors.payamsms:PayamSms",
    "podspace": ".vendors.podspace:Podspace",
    "smspanel": ".vendors.smspanel:SmsPanel",
}


def create(names: list[str] | None = None, strict: bool = False) -> dict[str, Vendor]:
    """Start the named vendors, or all of them."""
    made = {}
    for name in names or list(VENDORS):
        module, _colon, attribute = VENDORS[name].partition(":")
        made[name] = getattr(import_module(module, __package__), attribute)(strict)
    return made
