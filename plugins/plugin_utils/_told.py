# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References in place of secrets that are told once, and of lists too long for a result: what callbacks print is a template, and whoever uses it gets what
is behind it.

They lie in files of the run that only their owner can read, one a process, a line each. A reference names the file and the place of the line.
"""

from __future__ import annotations

import json
import os
import re
import secrets

from ansible import constants as C
from ansible.template import trust_as_template

LOOKUP = "kariz.panels.told"
_NAME = "kariz_told_%s"
_REFERENCE = re.compile(r"([0-9a-f]{32})\.([0-9]{1,15})")
#: The file of this process: ``(process id, key)``. Workers are forks of one parent.
_mine: list = []


def refer(names, holders):
    """Replace the secrets of these names in mappings by references.

    :returns: False where the run has no folder to keep them in; the mappings are untouched then.
    """
    places = [(holder, name) for holder in holders for name in names if holder.get(name)]
    try:
        made = _keep([holder[name] for holder, name in places])
    except OSError:
        return False
    for (holder, name), reference in zip(places, made):
        holder[name] = _template(reference)
    return True


def reference_to(value):
    """Keep a part of a result that is too long for it, and return a reference; secrets in it are as well kept as others.

    :raises OSError: the run has no folder to keep it in.
    """
    return _template(_keep([value])[0])


def _template(reference):
    return trust_as_template("{{ lookup('%s', '%s') }}" % (LOOKUP, reference))


def _keep(values):
    """Write values down and return their references."""
    if not _mine or _mine[0] != os.getpid():
        _mine[:] = os.getpid(), secrets.token_hex(16)
    path = os.path.join(C.DEFAULT_LOCAL_TMP, _NAME % _mine[1])
    made = []
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "ab") as file:
        for value in values:
            made.append("%s.%d" % (_mine[1], file.seek(0, os.SEEK_END)))
            file.write(json.dumps(value).encode("ascii") + b"\n")
    return made


def resolve(reference):
    """Return the secret behind a reference.

    :raises LookupError: it is none, or of another run.
    """
    found = _REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
    if found is None:
        raise LookupError("that is no reference to a secret or a list")
    try:
        with open(os.path.join(C.DEFAULT_LOCAL_TMP, _NAME % found.group(1)), "rb") as file:
            place = int(found.group(2))
            file.seek(max(0, place - 1))
            if place and file.read(1) != b"\n":
                raise LookupError("that is no reference to a secret or a list")
            return json.loads(file.readline())
    except (OSError, ValueError):
        raise LookupError("this secret was told in another run, and is kept only until its run ends; use secrets_path, or a vault, "
                          "for what must last") from None
