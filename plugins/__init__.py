# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files below are found as Python finds any other, so that their compiled code is kept beside them.

Ansible's importer of collections compiles each file anew in each process: a tenth of a second before the first task of every play, and in every inventory.
"""

from __future__ import annotations

import importlib.util
import os
import sys


class Kept:
    """Finds files; packages, and all that is not below this one, stay with the importers that had them."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        for folder in path or () if name.startswith(__name__ + ".") else ():
            file = os.path.join(folder, name.rpartition(".")[2] + ".py")
            if os.path.isfile(file):
                return importlib.util.spec_from_file_location(name, file)
        return None


def keep(importers):
    """Put the above right before Ansible's own importer of collections, where there is one: a module on its host has none."""
    names = [getattr(importer, "__name__", type(importer).__name__) for importer in importers]
    if "_AnsibleCollectionFinder" in names and Kept.__name__ not in names:
        importers.insert(names.index("_AnsibleCollectionFinder"), Kept)


keep(sys.meta_path)
