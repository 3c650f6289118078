# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every secret is a canary, and the server echoes all it is sent: none may be seen in any output, argument list or file."""

from __future__ import annotations

import base64
import html
import json
import stat
import threading
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

LABEL = "kariz.panels.alocom_label"
USER = "kariz.panels.alocom_user"
EVENT = "kariz.panels.alocom_event"
TOKEN = "tok%2Fen/\"'+canary="
FOREIGN = "ژتون-canary/+="
OWN = ["own%%41/\"'\\\u06a9\u0627\u0631-canary-%d" % number for number in range(4)]
CODES = ["guest-%d/\"\u0631\u0645\u0632%%" % number for number in range(2)]


def forms(secret):
    """The spellings to look for, made here and not by the code under test."""
    raw = secret.encode()
    found = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), html.escape(secret), raw.hex(), raw.hex().upper()}
    for ascii_only in (True, False):
        once = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
        found |= {once, json.dumps(once, ensure_ascii=ascii_only)[1:-1], once.replace("/", "\\/")}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for shift in range(3):
            # Without the characters that the neighbours of the secret also shape.
            found.add(encode(b"x" * shift + raw).decode().rstrip("=")[4 if shift else 0:-3])
    return found


def leaks(text, secrets):
    return {form for secret in secrets for form in forms(secret) if form in text}


class Watcher(threading.Thread):
    """Samples the arguments of all processes while a play runs."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen = set()
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(0.02):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    self.seen.add(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
                except OSError:
                    continue

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        self.join()


def task(task_name, /, module=LABEL, keywords=None, **options):
    return {"name": task_name, module: options, "ignore_errors": True, **(keywords or {})}


@pytest.mark.smoke
def test_canaries(alocom, run, tmp_path, door):
    canaries = [alocom.connection["api_password"], TOKEN, FOREIGN, *OWN, *CODES]
    alocom.settings(fixed_token=TOKEN)
    alocom.seed("users", 2, prefix="u")
    person = {"name": "ن", "surname": "خ"}
    event = {"slug": "e1", "title": "ت", "service": "14"}
    users = [{"username": "list%d" % number, **person, "password": OWN[number]} for number in range(1, 3)]
    # A careless server: it answers with all it was sent, to a login, to reads and to writes, with statuses of every kind.
    for status in (400, 422, 500):
        for path in ("auth/login", "labels/list", "users$", "events$", "password-change"):
            alocom.fault("echo_secrets", path=path, status=status)
    attempts = [task("attempt %d" % number, title="x", api_retries=0) for number in range(7)]
    attempts += [task("user attempt %d" % number, USER, username="attempted", **person, password=OWN[0], api_retries=0) for number in range(8)]
    attempts += [task("event attempt %d" % number, EVENT, **{**event, "slug": "attempted"}, guest_codes=CODES, api_retries=0) for number in range(5)]
    tasks = [
        *attempts,
        {"name": "calm", "ansible.builtin.uri": {"url": alocom.sim.ready["control"] + "/faults", "method": "DELETE"}},
        task("user", USER, username="user", **person, password=OWN[0]),
        task("users", USER, users=users), task("always", USER, username="list1", password=OWN[3], update_password="always"),
        task("event", EVENT, **event, guest_codes=CODES), task("event again", EVENT, slug="e1", guest_codes=CODES[:1]),
        task("unknown option", USER, username="u", passwort=1, password=OWN[0]), task("wrong type", USER, users=[{"username": "a", "password": OWN[1]}, "b"]),
        task("token", title="y", api_token=TOKEN), task("foreign token", title="z", api_token=FOREIGN, api_username="", api_password=""),
        task("bad password", title="z", api_password=OWN[2]),
        task("address", title="z", api_url="http://user:%s@127.0.0.1:9/" % quote(OWN[2], safe=""), api_retries=0),
        {**task("async", USER, username="user", password=OWN[0], update_password="always"), "async": 30, "poll": 1},
        {**task("loop", USER, username="{{ item.n }}", password="{{ item.p }}", update_password="always"), "no_log": False,
         "loop": [{"n": "list1", "p": OWN[1]}], "loop_control": {"label": "{{ item.n }}"}},
    ]
    local, home = tmp_path / "local-tmp", tmp_path / "ansible-home"
    with Watcher() as watcher:
        played = run(tasks, door, verbosity=4, environment={"ANSIBLE_LOCAL_TEMP": str(local), "ANSIBLE_ASYNC_DIR": str(tmp_path / "async"),
                                                            "ANSIBLE_REMOTE_TEMP": str(tmp_path / "remote-tmp")}).ok()
    for name in ("user", "users", "always", "event", "event again", "loop"):
        assert played[name]["changed"] is True, (name, played[name])
    assert any("SQLSTATE" in played[entry["name"]].get("msg", "") for entry in attempts)
    # What the platform itself prints of a loop's item is not ours: the loop's variables are in its result.
    lines = [line for line in played.lines if line["task"] != "loop"]
    assert leaks(json.dumps(lines, ensure_ascii=False), canaries) == set()
    output = played.output.split("TASK [loop]")[0]
    assert leaks(output, canaries) == set()
    assert leaks("\n".join(watcher.seen), canaries) == set() and any("ansible-playbook" in text for text in watcher.seen)
    # Left on disk: nothing with a secret but what the test itself wrote.
    written = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith(("play-", "results-"))]
    for path in written:
        assert leaks(path.read_bytes().decode("utf-8", "replace"), canaries) == set(), path
    for path in [*local.rglob("*"), *home.rglob("kariz*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 and "token" not in path.name, path
