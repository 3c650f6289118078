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

FOR_DEVELOPERS = (".ci/", ".git", ".venv", "Makefile", "pyproject.toml", "pytest.ini")


def build(source: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Build the archive of the collection in SOURCE into FOLDER and return its path."""
    subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", str(folder)], check=True, cwd=source, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tar.gz")
    return archive


def look(archive: pathlib.Path, folder: pathlib.Path) -> str:
    """Install the archive below FOLDER and return a line about it; SystemExit when it holds what it should not."""
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    unwanted = [name for name in names if name.startswith(FOR_DEVELOPERS) or "__pycache__" in name]
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
