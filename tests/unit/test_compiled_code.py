# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller keeps the compiled code of this collection's files (``plugins/__init__.py``), wherever a play, a lookup or an inventory enters it."""

import json
import os
import subprocess
import sys

#: Imports plugins as Ansible's loaders do, and tells by which importer each file of the collection came and whether its compiled code is there.
LOOK = """
import builtins, importlib, json, os, sys
from ansible.plugins import loader

compiled = []
own = builtins.compile
builtins.compile = lambda source, filename, *more, **named: (compiled.append(str(filename)), own(source, filename, *more, **named))[1]
loader.init_plugin_loader()
for plugin in sys.argv[1:]:
    kind, name = plugin.split(":")
    getattr(loader, kind + "_loader").get("kariz.panels." + name, class_only=True)
ours = [module for name, module in sys.modules.items() if name.startswith("ansible_collections.kariz.panels.plugins.") and name.count(".") > 4]
files = [module for module in ours if getattr(module, "__file__", None) and not hasattr(module, "__path__")]
print(json.dumps({
    "files": len(files), "not kept": [module.__name__ for module in files if not os.path.exists(module.__spec__.cached or "")],
    "compiled": [name for name in compiled if "/plugins/" in name and not name.endswith("__init__.py")],
    "finders": [finder.__name__ for finder in sys.meta_path if getattr(finder, "__module__", "") == "ansible_collections.kariz.panels.plugins"]}))
"""


def test_compiled_code_is_kept():
    plugins = ("action:alocom_user", "action:message", "lookup:told", "inventory:deltasib", "callback:summary")
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _time in ("Python writes it", "it is there"):
        told = subprocess.run([sys.executable, "-c", LOOK, *plugins], check=True, capture_output=True, text=True, env=environ).stdout
    seen = json.loads(told)
    assert seen["files"] > 50
    assert (seen["not kept"], seen["compiled"], seen["finders"]) == ([], [], ["Kept"])


def test_what_is_not_below_the_collection_is_left_to_others():
    from ansible_collections.kariz.panels import plugins

    folders = list(plugins.__path__)
    assert plugins.Kept.find_spec(plugins.__name__ + ".filter.panels", [folders[0] + "/filter"]).origin == folders[0] + "/filter/panels.py"
    assert plugins.Kept.find_spec(plugins.__name__ + ".filter", folders) is None
    assert plugins.Kept.find_spec(plugins.__name__ + "_of_others.filter.panels", [folders[0] + "/filter"]) is None
    assert plugins.Kept.find_spec(plugins.__name__ + ".nothing", None) is None


def test_only_the_platform_s_importer_is_gone_before():
    from ansible_collections.kariz.panels import plugins

    class First:
        pass

    class _AnsibleCollectionFinder:
        pass

    theirs = [First(), _AnsibleCollectionFinder(), First]
    importers = list(theirs)
    plugins.keep(importers)
    plugins.keep(importers)
    assert importers == [theirs[0], plugins.Kept, *theirs[1:]]
    without = [First()]
    plugins.keep(without)
    assert len(without) == 1
