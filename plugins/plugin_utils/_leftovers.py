# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs that were killed have left in their folders: Ansible removes the folder of a run when the run ends, and not when it is killed."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time

from ansible import constants as C

#: How the platform names the folder of a run: the process that made it, and eight characters of chance.
_FOLDER = re.compile(r"ansible-local-([0-9]{1,10})[a-z0-9_]{8}")
_OURS = ("kariz_", ".kariz_")
_MARK = ".kariz_swept"
#: Seconds. The folder of folders may be shared with another machine, of whose processes nothing is known here.
OLD = 24 * 3600.0


def remove_once(folder=None):
    """Remove tokens and secrets of runs that were killed a day ago or longer; the first process of a run does it, at no other one's cost."""
    folder = folder or C.DEFAULT_LOCAL_TMP
    with contextlib.suppress(OSError):
        os.close(os.open(os.path.join(folder, _MARK), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _remove(os.path.dirname(folder), os.path.basename(folder))


def _remove(parent, own):
    for name in os.listdir(parent):
        found = _FOLDER.fullmatch(name)
        if found is None or name == own or _lives(int(found.group(1))):
            continue
        folder = os.path.join(parent, name)
        with contextlib.suppress(OSError):
            about = os.lstat(folder)
            if stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid():
                _empty(folder)


def _empty(folder):
    files = [os.path.join(folder, name) for name in os.listdir(folder) if name.startswith(_OURS)]
    if files and max(os.lstat(path).st_mtime for path in files) < time.time() - OLD:
        for path in files:
            os.unlink(path)
        # Unless something of others is in it.
        os.rmdir(folder)


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
