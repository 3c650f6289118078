# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL of the tests' own: from Debian's packages, in a temporary folder, on the loopback, under an unprivileged user, gone at the end."""

from __future__ import annotations

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
#: As awkward as people choose them; in the address it is percent-encoded.
PASSWORD = "pg%41/@'q:رمز&canary"


class Missing(Exception):
    """PostgreSQL is not here and cannot be installed."""


def binaries():
    """Return the folder of the newest server's programs, installed now when that is possible."""
    for attempt in range(2):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
        if found:
            return found[-1].parent
        if attempt == 0:
            subprocess.run(["sh", str(ROOT / "tests/tools/system.sh"), "postgresql"], stdout=subprocess.DEVNULL, check=False)
    raise Missing("PostgreSQL is not installed here and cannot be (Debian: apt-get install postgresql)")


class Server:
    """A running server: ``url(...)`` gives addresses, ``stop()`` and ``start()`` let tests lose it."""

    def __init__(self, bin_folder):
        self.bin = bin_folder
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kariz-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.process = None
        self.empty: list = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # The server refuses to run as root.
        self.user = ("postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody") if os.geteuid() == 0 else None
        secret = self.folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        if self.user:
            for path in (self.folder, secret):
                shutil.chown(path, self.user)
        self._run("initdb", "-D", str(self.data), "-U", "kariz", "--pwfile", str(secret), "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8",
                  "--no-sync")
        self.start()

    def _command(self, name, *arguments):
        head = ["setpriv", "--reuid", self.user, "--regid", str(pwd.getpwnam(self.user).pw_gid), "--clear-groups"] if self.user else []
        return [*head, str(self.bin / name), *arguments]

    def _run(self, name, *arguments):
        done = subprocess.run(self._command(name, *arguments), cwd=self.folder, capture_output=True, text=True, check=False, env={
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)})
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self):
        log = self.folder / "log"
        with open(log, "ab") as output:
            self.process = subprocess.Popen(self._command(
                "postgres", "-D", str(self.data), "-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60",
                # The tests lose connections and processes, not the machine.
                "-c", "fsync=off"),
                cwd=self.folder, stdout=output, stderr=output, start_new_session=True)
        for _try in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                if "ready to accept connections" in log.read_text("utf-8", "replace").rpartition("starting PostgreSQL")[2]:
                    return
            time.sleep(0.05)
        raise AssertionError(log.read_text("utf-8", "replace"))

    def stop(self):
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                # SIGQUIT: connections are cut at once, and the next start recovers.
                self.process.send_signal(3)
            self.process.wait(30)
            self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database="postgres", password=PASSWORD, more=""):
        from urllib.parse import quote
        secret = "" if password is None else ":" + quote(password, safe="")
        return "postgresql://kariz%s@127.0.0.1:%d/%s%s" % (secret, self.port, database, more)

    def give_back(self, address):
        """Empty a database for the next who asks for one: a hundred times quicker than making another. One that somebody still holds stays as it is."""
        import psycopg
        with contextlib.suppress(psycopg.Error), psycopg.connect(address, autocommit=True, options="-c lock_timeout=1000") as connection:
            tables = connection.execute("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]
            if tables:
                connection.execute("DROP TABLE %s" % tables)
            self.empty.append(address)

    def fresh(self):
        """Return the address of an empty database."""
        import psycopg
        if self.empty:
            return self.empty.pop()
        name = "j%d" % time.monotonic_ns()
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE %s" % name)
        return self.url(name)
