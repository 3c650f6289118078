# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes `ansible_collections.kariz.panels` importable from a plain checkout, whatever folder it lies in."""

from __future__ import annotations

import gc
import os
import pathlib
import sys
import tempfile

import pytest
from hypothesis import HealthCheck, Phase, settings
from journal_places import server, where  # noqa: F401  # pylint: disable=unused-import

# How long an example takes says how busy the machine is, nothing more.
settings.register_profile("kariz", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Whether there is an example that fails is all that matters there: tests/tools/mutants.py.
settings.register_profile("mutants", settings.get_profile("kariz"), derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("KARIZ_HYPOTHESIS", "kariz"))

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
NAME = pathlib.Path("ansible_collections", "kariz", "panels")


def find_root() -> pathlib.Path:
    """The folder that holds ansible_collections: around the checkout, made by make, or made now for this run."""
    if CHECKOUT.parts[-3:] == NAME.parts:
        return CHECKOUT.parents[2]
    made_by_make = CHECKOUT / ".venv" / "collections"
    if (made_by_make / NAME).exists():
        return made_by_make
    # The object removes the folder when the process ends (of a link only the link), so it is kept with the function.
    find_root.folder = tempfile.TemporaryDirectory(prefix="kariz-unit-")
    root = pathlib.Path(find_root.folder.name)
    (root / NAME).parent.mkdir(parents=True)
    (root / NAME).symlink_to(CHECKOUT)
    return root


ROOT = find_root()
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def vendors():
    """Return a function that makes the simulator's vendors, once in a process: reading their contracts takes longer than a test."""
    from resources import Wire

    made = {}

    def of(strict):
        if strict not in made:
            made[strict] = Wire(strict)
        return made[strict]
    yield of
    for one in made.values():
        one.close()


@pytest.fixture(scope="module")
def wire(vendors, tmp_path_factory):
    """All vendors of the simulator in this process, as their documents say (``resources.py``)."""
    from resources import Laid

    with Laid(vendors(True), tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture(scope="module")
def lenient_wire(vendors, tmp_path_factory):
    """The same; what the documents do not say is taken as well."""
    from resources import Laid

    with Laid(vendors(False), tmp_path_factory.mktemp("home")) as made:
        yield made


def pytest_collection_finish():
    """Thousands of tests are there until the end: no search for garbage looks at them any more."""
    gc.collect()
    gc.freeze()
