# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places of files, looked at before hours of work come to nothing."""

from __future__ import annotations

import os


def unwritable(path, folder=False):
    """Return why nothing can be written at an absolute path, as the end of a sentence that begins with it, or None.

    :arg folder: a folder of files is to be there, not a file.
    """
    try:
        if os.path.isdir(path) and not folder:
            return "is a folder, not a file"
        os.lstat(path)
        return "is a file, not a folder" if folder and not os.path.isdir(path) else None
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        return "cannot be written: %s" % error.strerror
    above = os.path.dirname(path)
    while not os.path.exists(above):
        above = os.path.dirname(above)
    return None if os.path.isdir(above) else "cannot be written: %s is no folder" % above
