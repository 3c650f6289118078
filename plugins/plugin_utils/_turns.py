# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not happen twice is done by one host of a play after the other: each looks what is there when the one before it has ended.

Most objects have a name of which the vendor refuses a second one; nobody refuses a second payment, purchase, text, or space of POD. A lock in the folder of
the run is held while a task of that kind works for one account; whoever holds it last is written in it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from typing import Any

from ansible import constants as C

_NAME = ".kariz_turn_%s"


@contextlib.contextmanager
def turn(job, given, environment, folder=None):
    """Wait for one's turn and hold it; give whether another process of the run may have changed the account since this one held it last.

    Where the folder has no locks there are no turns.

    :arg given: the options of the task; those of the connection say whose turn it is.
    :arg environment: what the task adds to the environment, of which the account may come.
    """
    text = json.dumps([getattr(job, "vendor", None), {name: given.get(name) for name in _account(job)}, environment], sort_keys=True, default=str)
    path = os.path.join(folder or C.DEFAULT_LOCAL_TMP, _NAME % hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    with contextlib.ExitStack() as stack:
        changed = True
        try:
            file = stack.enter_context(open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+", encoding="ascii"))
            fcntl.flock(file, fcntl.LOCK_EX)
            changed = file.read() != str(os.getpid())
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()))
            file.flush()
        except OSError:
            pass
        yield changed


def _account(job):
    client: Any = getattr(job, "client", None)
    return sorted(client.account_options()) if hasattr(client, "account_options") else ("connections",)


def takes_turns(job):
    """Return whether the vendor would do twice what a job does twice, and the job knows by looking what is done already."""
    return getattr(job, "on_lost_create", None) in ("never", "look") or bool(getattr(job, "in_turn", False))
