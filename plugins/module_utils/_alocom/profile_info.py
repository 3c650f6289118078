# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the account's own profile. The vendor's document does not show its shape: what is known gets a name, the rest comes as it is."""

from __future__ import annotations

import re

from .._core.calendar import dates
from . import shapes
from .client import one, yes
from .reading import AlocomInfo
from .service_info import bought

_KNOWN = ("id", "username", "name", "surname", "email", "cellphone", "avatar")
_SECRET = re.compile("passw|token|secret", re.IGNORECASE)


class ProfileInfo(AlocomInfo):
    name = "profile_info"
    returns = "profile"

    def read(self, client, params, host):
        answer = client.get("get profile", "profile")
        found = shapes.PROFILE.read(one(answer, "profile", "agent", "user"), "get profile", client.vendor)
        inner = answer.get("data") if isinstance(answer.get("data"), dict) else {}
        services = next((place["activeServices"] for place in (found, answer, inner) if isinstance(place.get("activeServices"), list)), None)
        made = {name: found.get(name) for name in _KNOWN}
        made["enabled"] = None if found.get("status") is None else yes(found["status"])
        made.update({name: value for name, value in found.items()
                     if name not in made and name not in ("status", "activeServices") and not _SECRET.search(name)})
        if services is not None:
            made["services"] = [bought(row, "active") for row in shapes.SERVICE.all(services, "get profile", client.vendor)]
            if services:
                dates.warn_if_lacking(host)
        return made


PROFILE_INFO = ProfileInfo()
