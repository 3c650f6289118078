# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m kariz_simulator`, or `python` and this folder: see cli.py."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

if not __package__:
    # Started as a folder: its own files must not be found as modules (`journal`, `server`, ...).
    sys.path[0] = str(FOLDER.parent)

try:
    from kariz_simulator.cli import main
except ModuleNotFoundError as error:
    if not error.name or error.name.startswith("kariz_simulator"):
        raise
    sys.exit(f"the simulator needs {error.name}: {sys.executable} -m pip install -r {FOLDER.parent / 'requirements.txt'}")

if __name__ == "__main__":
    main()
