# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person or a log is told while a long task runs: plays with a terminal, with a log, under an automation controller."""

from __future__ import annotations

import re

import pytest

USER = "kariz.panels.alocom_user"
SAID = re.compile(r"created \d+ of \d+, [\d.]+ a (?:second|minute), \d+ s left(?: \(limit [^)]+\))?")
SECRET = "hidden-canary"


def users(count, latency, alocom, **more):
    """A task of creates, one after the other, each answered after so many seconds."""
    alocom.fault("latency", operation="users.create", seconds=latency, times=0)
    return {"name": "users", USER: {"api_concurrency": 1, "users": [
        {"username": "u%d" % number, "name": "n", "surname": SECRET, "password": SECRET} for number in range(count)]}, **more}


def screen(sent):
    """Return the lines that a terminal shows in the end."""
    lines, column = [""], 0
    for part in re.findall(r"\x1b\[K|\r|\n|[^\x1b\r\n]+|\x1b\[[^A-Za-z]*[A-Za-z]", sent):
        if part == "\n":
            lines.append("")
            column = 0
        elif part == "\r":
            column = 0
        elif part == "\x1b[K":
            lines[-1] = lines[-1][:column]
        elif not part.startswith("\x1b"):
            lines[-1] = lines[-1][:column] + part + lines[-1][column + len(part):]
            column += len(part)
    return [line.rstrip() for line in lines if line.strip()]


def test_on_a_terminal(alocom, run):
    """A line is written over itself and gone before the result; the screen ends as it would without it."""
    played = run([users(16, 0.15, alocom), {"name": "after", "ansible.builtin.debug": {"msg": "here"}}], terminal=True, diff=False).ok()
    assert len(set(SAID.findall(played.output))) >= 3
    assert SECRET not in played.output
    shown = screen(played.output)
    assert [line for line in shown if not line.startswith(("PLAY RECAP", "localhost"))] == [
        line for line in shown if line.startswith(("PLAY [", "TASK [", "changed: [localhost]", "ok: [localhost]", '    "msg": "here"', "}"))]
    assert sum(line.startswith("changed: [localhost]") for line in shown) == 1
    assert played["users"]["summary"]["created"] == 16


def test_in_a_log(alocom, run):
    """Without a terminal a line comes now and then, and only where the task takes long."""
    played = run([users(26, 0.25, alocom)], diff=False).ok()
    said = SAID.findall(played.output)
    assert 1 <= len(said) <= 2
    assert all("\n  " + text + "\n" in "\n" + played.output for text in said)
    assert "\x1b" not in played.output and SECRET not in played.output


@pytest.mark.parametrize("environment", [{"AWX_HOST": "https://awx.example"}, {"KARIZ_PROGRESS": "0"}], ids=["controller", "not wanted"])
def test_silent(alocom, run, environment):
    """A controller stores every line of a job, and gives it a terminal that nobody looks at."""
    played = run([users(10, 0.15, alocom)], terminal=True, diff=False, environment=environment).ok()
    assert "created " not in played.output and "\x1b[K" not in played.output


def test_texts(smspanel, texts, tmp_path):
    """Calls of one sender go one after the other, also where another task hands them over; one call alone says nothing."""
    smspanel.fault("latency", operation="sms.multiple", seconds=0.2, times=0)
    messages = [{"key": "k%d" % number, "recipient": "0912123450%d" % number, "text": "hidden"} for number in range(9)]
    played = texts([
        {"name": "calls", "kariz.panels.smspanel_message": {"kind": "multiple", "batch_size": 1, "messages": [
            {"sender": "30001234", "recipients": [one["recipient"]], "text": SECRET} for one in messages]}},
        {"name": "one call", "kariz.panels.message": {
            "messages": messages, "providers": ["smspanel"], "sender": "30001234", "journal": str(tmp_path / "journal.db")}}],
        terminal=True, diff=False).ok()
    said = re.findall(r"sent (\d+) of (\d+)", played.output)
    assert len(said) >= 2 and {of for _done, of in said} == {"9"} and SECRET not in played.output
    assert not [line for line in screen(played.output) if "sent" in line]
