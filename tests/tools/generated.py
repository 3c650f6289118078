# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps files of the roles equal to what they are made from: `--write` writes them, `--check` fails when they differ."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def keep(tool, description, what, texts):
    """Carry out the tool's command line.

    :arg tool: the tool's file.
    :arg what: what the files are, for the line at the end.
    :arg texts: ``{path: text that the file shall have}``.
    """
    parser = argparse.ArgumentParser(description=description)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--write", action="store_true")
    which.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if stale and arguments.check:
        sys.exit("stale: %s; run tests/tools/%s --write" % (", ".join(str(path.relative_to(ROOT)) for path in stale), Path(tool).name))
    for path in stale:
        path.write_text(texts[path], encoding="utf-8")
    print("%s: %d, %s" % (what, len(texts), "written" if stale else "as they should be"))
