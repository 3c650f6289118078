# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports the collection's archive as Galaxy and Automation Hub do, in the strictest setting: a warning is a failure.

Without an argument the archive is built first. `--whole` leaves nothing of it to others, as for a release. Otherwise flake8 looks once at all plugins with the
importer's own settings, instead of once for each, and ansible-lint is left to the step of its name, which looks at more.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from galaxy_importer import constants

STRICT = {"CHECK_REQUIRED_TAGS": True, "REQUIRE_V1_OR_GREATER": True, "CHECK_CHANGELOG": True}
COMPLAINT = re.compile(r"\s*(WARNING|ERROR|CRITICAL)\b|\S+:\d+:\d+: [A-Z]\d+")


def flake8() -> list[str]:
    """What flake8 says of all plugins, asked as the importer asks."""
    folders = [name for name in ("plugins", "extensions") if pathlib.Path(name).is_dir()]
    command = [sys.executable, "-m", "flake8", "--isolated", "--extend-ignore", constants.FLAKE8_IGNORE_ERRORS, "--select", constants.FLAKE8_SELECT_ERRORS,
               "--max-line-length", str(constants.FLAKE8_MAX_LINE_LENGTH), *folders]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout.splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", nargs="?", type=pathlib.Path)
    parser.add_argument("--whole", action="store_true", help="with flake8 and ansible-lint of the importer itself")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = wanted.archive and wanted.archive.resolve()
        if archive is None:
            subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", folder], check=True, stdout=subprocess.DEVNULL)
            (archive,) = pathlib.Path(folder).glob("*.tar.gz")
        asked = {**STRICT, "RUN_FLAKE8": wanted.whole, "RUN_ANSIBLE_LINT": wanted.whole}
        settings = {f"GALAXY_IMPORTER_{name}": str(value) for name, value in asked.items()}
        # From an empty folder: the importer reads a configuration and writes its result where it stands.
        done = subprocess.run([sys.executable, "-m", "galaxy_importer.main", str(archive)], cwd=folder, env={**os.environ, **settings},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    said = done.stdout.splitlines() + ([] if wanted.whole else flake8())
    bad = [line for line in said if COMPLAINT.match(line)]
    if done.returncode or bad or "Importer processing completed successfully" not in done.stdout:
        print(*(bad or said[-20:]), sep="\n")
        print(f"the importer has {len(bad)} complaints" if bad else f"the importer ended with status {done.returncode}")
        return 1
    print(f"{archive.name}: imported without a warning ({sum(line.startswith('Loading ') for line in said)} plugins and roles)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
