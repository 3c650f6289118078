# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator behind plays does when the one that was started is gone, or is slow."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest
from kariz_simulator import client, daemon


def test_one_that_is_slow_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another in its place would know nothing of what the play did until now."""
    monkeypatch.setattr(daemon, "Remote", lambda ready: client.Remote(ready, timeout=0.2))
    monkeypatch.setattr(daemon.Daemon, "start", lambda self: pytest.fail("another one was started"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ready = {"control": f"http://127.0.0.1:{silent.getsockname()[1]}/_sim", "pid": os.getpid()}
        (tmp_path / "simulator.json").write_text(json.dumps(ready), encoding="utf-8")
        for state in ("started", "stopped"):
            with pytest.raises(client.SimulatorError, match=f"does not answer; end its process .{os.getpid()}"):
                daemon.Daemon({"path": str(tmp_path), "state": state}).carry_out()
    assert (tmp_path / "simulator.json").exists()


def test_one_that_is_gone_is(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (tmp_path / "simulator.json").write_text(json.dumps({"control": f"http://127.0.0.1:{port}/_sim", "pid": os.getpid()}), encoding="utf-8")
    assert daemon.Daemon({"path": str(tmp_path), "check": True}).carry_out()["did"] == ["started"]
    assert daemon.Daemon({"path": str(tmp_path), "state": "stopped"}).carry_out()["did"] == []
