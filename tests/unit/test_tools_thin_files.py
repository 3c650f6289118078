# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugins and the code of modules are generated: what is written by hand into them is noticed and written over."""

from __future__ import annotations

import importlib.util
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("thin_files", ROOT / "tests/tools/thin_files.py")
thin_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(thin_files)

MODULE = '''# head
DOCUMENTATION = r"""
module: vendor_thing
"""

RETURN = r"""
thing:
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._vendor.thing import THING


def main():
    run_module(THING)


if __name__ == "__main__":
    main()
'''


@pytest.fixture
def folders(tmp_path, monkeypatch):
    for name in ("modules", "actions"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(thin_files, name.upper(), tmp_path / name)
    monkeypatch.setattr(thin_files, "ROOT", tmp_path)
    (tmp_path / "modules/vendor_thing.py").write_text(MODULE)
    (tmp_path / "modules/by_hand.py").write_text('DOCUMENTATION = r"""\nmodule: by_hand\n"""\n')
    return tmp_path


def test_an_action_plugin_is_written_from_its_module(folders):
    assert thin_files.problems() == ["actions/vendor_thing.py: not what tests/tools/action_groups.py --write writes"]
    thin_files.write()
    text = (folders / "actions/vendor_thing.py").read_text()
    assert "# Written by tests/tools/action_groups.py --write" in text and text.endswith("class ActionModule(InProcessAction):\n    job = THING\n")
    assert "module_utils._vendor.thing import THING\n" in text
    assert not thin_files.problems() and not (folders / "actions/by_hand.py").exists()


@pytest.mark.parametrize(("file", "old", "new"), [
    ("actions/vendor_thing.py", "job = THING", "job = OTHER"), ("modules/vendor_thing.py", "run_module(THING)", "print(1)\n    run_module(THING)"),
    ("modules/vendor_thing.py", "def main():", "import os\n\n\ndef main():"),
])
def test_what_is_changed_by_hand_is_noticed(folders, file, old, new):
    thin_files.write()
    path = folders / file
    right = path.read_text()
    path.write_text(right.replace(old, new))
    assert thin_files.problems() == ["%s: not what tests/tools/action_groups.py --write writes" % file]
    thin_files.write()
    assert path.read_text() == right


def test_the_collection_is_in_step():
    assert thin_files.problems() == []
    assert len(thin_files.wanted()) >= 100
