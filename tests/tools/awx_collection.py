# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the collection awx.awx where the tests of awx_setup find it: taken out of the wheel that tests/requirements/awx.txt names, once for an environment."""

from __future__ import annotations

import fcntl
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: The root of collections that holds it.
PLACE = pathlib.Path(sys.prefix) / "awx-collections"
_PART = "ansible_collections/awx/awx/"


def ensure() -> pathlib.Path:
    """Return the root of collections, made when it is not there."""
    done = PLACE / ".done"
    with open(PLACE.with_suffix(".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
                                "--ignore-requires-python",
                                "--dest", folder, "-r", str(ROOT / "tests" / "requirements" / "awx.txt")], check=True, stdout=sys.stderr)
                (wheel,) = pathlib.Path(folder).glob("*.whl")
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(PLACE, [name for name in archive.namelist() if name.startswith(_PART)])
            done.touch()
    return PLACE


if __name__ == "__main__":
    print("awx.awx: in %s" % ensure())
