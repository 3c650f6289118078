# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a journal is: a path, or ``postgresql://...``, whose password nobody may see."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote

#: The environment variable behind every option ``journal``; empty counts as not set.
VARIABLE = "KARIZ_JOURNAL"
#: Argument specification of the option. Not of type path: that would expand a $ in a password.
OPTION = {"type": "str", "no_log": False}
_SCHEME = re.compile(r"(?i)(postgres(?:ql)?)://")
_OTHER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# The last @ before the host ends the user part, so that a password with an @ or a / that nobody encoded is masked as well.
_USER = re.compile(r"^([^:]*://)(.*)@")
_SECRET_OPTION = re.compile(r"(?i)([?&](?:password|sslpassword|oauth_client_secret|passfile_content)=)([^&#]*)")


def where(params, environ=None):
    """Return where the journal of a task is: its option, or what the environment says, or None."""
    environ = os.environ if environ is None else environ
    return (params.get("journal") or "").strip() or (environ.get(VARIABLE) or "").strip() or None


def is_database(place):
    return bool(_SCHEME.match(place))


def is_foreign(place):
    """Return whether a place is an address that no engine reads."""
    return bool(_OTHER.match(place)) and not is_database(place)


def path_of(place):
    return os.path.abspath(os.path.expanduser(os.path.expandvars(place)))


def shown(place):
    """Return a place as users may see it: without user and password."""
    if not _OTHER.match(place):
        return place
    return _USER.sub(r"\1", _SECRET_OPTION.sub(r"\1********", place))


def secrets(place):
    """Return the secrets inside a place, in the spellings in which they may come back."""
    if not place or not isinstance(place, str) or not _OTHER.match(place):
        return []
    found = []
    user = _USER.match(_SECRET_OPTION.sub(r"\1", place))
    if user and ":" in user.group(2):
        found += [user.group(2), user.group(2).partition(":")[2]]
    found += [match.group(2) for match in _SECRET_OPTION.finditer(place)]
    found += [unquote(text) for text in found]
    return list(dict.fromkeys(text for text in found if text))
