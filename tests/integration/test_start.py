# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody with the page `docs/start.md`, an archive and a Python alone: every command of it, literally, in a shell of its own."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys

import guides
import pytest
import yaml
from playing import FOREIGN, ROOT

PAGE = ROOT / "docs/start.md"
# A Python of nothing gets an ansible-core of its own.
pytestmark = pytest.mark.platform


@pytest.mark.long
def test_from_nothing_to_a_first_run(tmp_path):
    sys.path.insert(0, str(ROOT / "tests/tools"))
    from steps import copy_collection  # the archive is built of a copy, as a release is
    bare = {name: value for name, value in os.environ.items() if not name.startswith((*FOREIGN, "PYTHON", "VIRTUAL_ENV"))}
    bare.update(HOME=str(tmp_path), LC_ALL="C.UTF-8")
    copy = copy_collection(str(tmp_path / "copy"))
    galaxy = [os.path.join(os.path.dirname(sys.executable), "ansible-galaxy"), "collection", "build", "--output-path", str(tmp_path), str(copy)]
    subprocess.run(galaxy, env=bare, check=True, capture_output=True, timeout=300)
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    assert "kariz-panels-%s.tar.gz" % version in PAGE.read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "copy")

    lines = ["set -e"]
    for block in guides.blocks(PAGE):
        if block.file:
            lines.append("cat > %s <<'END'\n%sEND" % (block.file, block.text))
        elif block.language == "sh" and block.mark != "shown":
            lines += [block.text]
    # The interpreter of these tests stands for the reader's own.
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python3").symlink_to(os.path.join(sys.base_prefix, "bin", "python3"))
    bare["PATH"] = "%s%s%s" % (tmp_path / "bin", os.pathsep, os.pathsep.join(
        part for part in bare["PATH"].split(os.pathsep) if part != os.path.dirname(sys.executable)))
    done = subprocess.run(["bash"], input="\n".join(lines), env=bare, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    changed = re.findall(r"changed=(\d+) .*failed=0", done.stdout)
    # As the page says: made, left, looked at, stopped.
    assert changed[:2] == ["4", "0"] and len(changed) == 4, done.stdout
    secrets = tmp_path / "first-passwords.yml"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600 and secrets.read_text(encoding="utf-8").count("password:") == 2
