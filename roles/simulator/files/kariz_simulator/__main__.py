# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m kariz_simulator`, or `python` and this folder: see cli.py."""

from __future__ import annotations

import sys
from pathlib import Path

if __package__:
    from .cli import main
else:
    # Started as a folder: its own files must not be found as modules (`journal`, `server`, ...).
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from kariz_simulator.cli import main

if __name__ == "__main__":
    main()
