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


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["ansible-galaxy", "collection", "build", "--output-path", folder], check=True)
        (archive,) = pathlib.Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            names = tar.getnames()
        target = pathlib.Path(folder, "installed")
        # forced, because the checkout itself counts as an installed collection
        install = ["ansible-galaxy", "collection", "install", "--offline", "--force", str(archive), "-p", str(target)]
        subprocess.run(install, check=True, env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(target)})
        manifest = json.loads((target / "ansible_collections/kariz/panels/MANIFEST.json").read_text("utf-8"))
    unwanted = [name for name in names if name.startswith(FOR_DEVELOPERS) or "__pycache__" in name]
    if unwanted:
        print("should not be in the archive (see build_ignore in galaxy.yml):", *unwanted, sep="\n  ")
        return 1
    print(f"{archive.name}: {len(names)} files, version {manifest['collection_info']['version']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
