# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of all tests of the journal: where it lies, on either engine."""

from __future__ import annotations

import private_postgres
import pytest


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL of the tests' own."""
    try:
        running = private_postgres.Server(private_postgres.binaries())
    except private_postgres.Missing as missing:
        pytest.skip(str(missing))
    yield running
    running.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """The place of a journal that does not exist yet, on either engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "sent.db")
        return
    server = request.getfixturevalue("server")
    address = server.fresh()
    yield address
    server.give_back(address)
