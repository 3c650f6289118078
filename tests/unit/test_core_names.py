# SPDX-License-Identifier: GPL-3.0-or-later
"""Users read the names that they wrote: every job calls itself by its module's name."""

from __future__ import annotations

import importlib
import pathlib

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.options import connection

ACTIONS = pathlib.Path(connection.__file__).resolve().parents[3] / "action"
MODULES = sorted(path.stem for path in ACTIONS.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", MODULES)
def test_a_job_knows_its_module(module):
    job = getattr(importlib.import_module("ansible_collections.kariz.panels.plugins.action.%s" % module).ActionModule, "job", None)
    if job is not None:
        assert job.module_name() == module
