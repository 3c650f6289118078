# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that somebody names: where they are, and what to say of one that is nowhere."""

from __future__ import annotations

import os

from ansible_collections.kariz.panels.plugins.module_utils._core.text.near import near

#: Of a folder with more entries than this nothing is proposed.
_MOST = 2000


def found(named, folders):
    """Return the path of a file or folder that is named absolutely, by ``~``, or as it lies in one of the folders; None where it is nowhere."""
    named = os.path.expanduser(str(named))
    return next((path for path in (os.path.join(folder, named) for folder in folders) if os.path.exists(path)), None)


def nowhere(named, folders, what="file"):
    """Return a sentence about a file that is nowhere: with files beside it of a similar name, or the first folder of its path that is not there."""
    path = os.path.expanduser(str(named))
    beside = list(dict.fromkeys(os.path.dirname(os.path.join(folder, path)) for folder in folders))
    there = [folder for folder in beside if os.path.isdir(folder)]
    names = [name for folder in there for name in sorted(os.listdir(folder))[:_MOST] if not name.startswith(".")]
    alike = [os.path.join(os.path.dirname(str(named)), name) for name in near(os.path.basename(path), names)]
    said = "there is no %s %s" % (what, named)
    if alike:
        return "%s (did you mean %s?)" % (said, " or ".join(alike))
    if not there:
        lacking = beside[0]
        while lacking and os.path.dirname(lacking) != lacking and not os.path.isdir(os.path.dirname(lacking)):
            lacking = os.path.dirname(lacking)
        return "%s: the folder %s does not exist" % (said, lacking)
    return said
