# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the collection's archive as a user would get it, installs it from there, and looks for what must not be in it."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

#: What users need, and nothing else. Of the tests only the settings of ansible-test, whose checks run on the archive as well.
FOR_USERS = {"CHANGELOG.md", "CHANGELOG.md.license", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "COPYING", "FILES.json", "LICENSES", "MANIFEST.json",
             "README.fa.md", "README.md", "REUSE.toml", "SECURITY.md", "changelogs",
             "docs", "extensions", "meta", "playbooks", "plugins", "requirements.txt", "roles", "tests"}
OF_THE_TESTS = {"tests", "tests/config.yml"}


def build(source: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Build the archive of the collection in SOURCE into FOLDER and return its path."""
    subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", str(folder)], check=True, cwd=source, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tar.gz")
    return archive


def look(archive: pathlib.Path, folder: pathlib.Path) -> str:
    """Install the archive below FOLDER and return a line about it; SystemExit when it holds what it should not."""
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    unwanted = sorted(name for name in names if name.split("/")[0] not in FOR_USERS or "__pycache__" in name
                      or (name.startswith("tests") and name not in OF_THE_TESTS))
    if unwanted:
        sys.exit("\n  ".join(["should not be in the archive (see build_ignore in galaxy.yml):", *unwanted]))
    # forced, because the checkout itself counts as an installed collection
    install = ["ansible-galaxy", "collection", "install", "--offline", "--force", str(archive), "-p", str(folder)]
    subprocess.run(install, check=True, env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(folder)}, stdout=subprocess.DEVNULL)
    manifest = json.loads((folder / "ansible_collections/kariz/panels/MANIFEST.json").read_text("utf-8"))
    return f"{archive.name}: {len(names)} files, version {manifest['collection_info']['version']}"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        print(look(build(pathlib.Path.cwd(), pathlib.Path(folder)), pathlib.Path(folder, "installed")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
