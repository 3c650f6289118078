# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that only their owner may read, put in their place as a whole: whoever reads, and whoever loses power, has the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile


def target(path):
    """Return where a file really is: behind a link of one's own or of root; anybody else's link is not followed, since it may lead anywhere."""
    with contextlib.suppress(OSError):
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode) and found.st_uid in (os.geteuid(), 0):
            return os.path.realpath(path)
    return path


def replace(path, content):
    """Write a file (0600) whole or not at all, and durably.

    :arg content: text, or bytes. The folder must be there.
    :raises OSError: it could not be written; what was there is untouched.
    """
    place = target(path)
    folder, name = os.path.split(place)
    # The name of the draft has to fit as well.
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".%s-" % name[:40])
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            settle(file)
        os.replace(draft, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
    _settle_folder(folder)


def settle(file):
    """See to it that what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def _settle_folder(folder):
    # Some file systems cannot; the file itself is whole all the same.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
