# SPDX-License-Identifier: GPL-3.0-or-later
"""Where filters stand: all in one Python file, since Ansible loads each file for each use of one; each documented in a file of its name."""

import importlib
from pathlib import Path

import yaml

from ansible_collections.kariz.panels.plugins.filter import panels
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documentation

FOLDER = Path(__file__).resolve().parents[2] / "plugins/filter"


def test_one_python_file_however_many_filters():
    assert [path.name for path in FOLDER.glob("*.py")] == ["panels.py"]


def test_each_filter_has_a_function_and_a_documentation_of_its_name():
    filters = panels.FilterModule().filters()
    assert sorted(filters) == sorted(path.stem for path in FOLDER.glob("*.yml"))
    for place, names in panels.FILTERS.items():
        module = importlib.import_module("ansible_collections.kariz.panels.plugins.plugin_utils." + place)
        for name in names:
            assert callable(getattr(module, name)), name
            assert filters[name].__name__ == documentation(name)["name"] == name
            with open(FOLDER / (name + ".yml"), encoding="utf-8") as file:
                assert set(yaml.safe_load(file)) == {"DOCUMENTATION", "EXAMPLES", "RETURN"}, name
