# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles each source file of a module process once for all tests instead of once a task.

Python keeps no compiled code of what it imports from a zip file, as Ansible sends modules, so most of the time of a small task is the compiler's. With
this folder on ``PYTHONPATH``, code is kept under ``$KARIZ_TEST_COMPILED``, by what the source says.
"""

import hashlib
import importlib.util
import marshal
import os
import sys


def keep(folder, known=None):
    """Return a ``compile`` of whole modules that keeps its results in a folder, and reads them from ``known`` where they are there by their digest."""
    known = {} if known is None else known

    def compiled(source, filename, *args, **kwargs):
        text = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else bytes(source)
        digest = hashlib.sha256(importlib.util.MAGIC_NUMBER + text).hexdigest()
        place = os.path.join(folder, digest)
        try:
            code = known.get(digest)
            if code is None:
                with open(place, "rb") as handle:
                    code = known[digest] = marshal.load(handle)
        except (OSError, EOFError, ValueError, TypeError):
            code = compile(source, filename, *args, **kwargs)
            mine = "%s.%d" % (place, os.getpid())
            with open(mine, "wb") as handle:
                marshal.dump(code, handle)
            os.replace(mine, place)
            known[digest] = code
        else:
            import _imp

            _imp._fix_co_filename(code, filename)
        return code

    return compiled


def know(folder, sources):
    """Return the compiled code of these files by its digest, for :func:`keep`."""
    known = {}
    compiled = keep(folder, known)
    for place in sources:
        with open(place, "rb") as handle:
            compiled(handle.read(), place, "exec", dont_inherit=True)
    return known


def apply(folder):
    import zipimport

    zipimport.compile = keep(folder)


if sys.platform == "linux" and os.environ.get("KARIZ_TEST_COMPILED"):
    apply(os.environ["KARIZ_TEST_COMPILED"])
