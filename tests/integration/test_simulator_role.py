# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role `simulator`: one that runs on behind plays, told again and again what shall be; and the archive as a user gets it, with the simulator in it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playing import COLLECTIONS, ROOT, play, run_command

sys.path.insert(0, str(ROOT / "tests/tools"))

import build  # noqa: E402
from steps import copy_collection  # noqa: E402

FOLDER = ROOT / "roles/simulator/files"
STEP = "kariz.panels.simulator : Start or stop the simulator"


@pytest.fixture
def folder(tmp_path):
    """Where the simulator of a test is remembered; at the end none runs."""
    yield tmp_path / "simulator"
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(json.loads((tmp_path / "simulator/simulator.json").read_text(encoding="utf-8"))["pid"], signal.SIGKILL)


@pytest.fixture
def told(folder):
    """Tell the daemon what shall be, as the role does: its answer, or the words with which it refuses."""

    def made(**asked):
        done = subprocess.run([sys.executable, "-m", "kariz_simulator.daemon"], input=json.dumps({"path": str(folder), **asked}), cwd=FOLDER,
                              capture_output=True, text=True, timeout=120, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip()

    return made


def ask(answer, path="", body=None):
    request = urllib.request.Request("%s/%s" % (answer["control"], path), None if body is None else json.dumps(body).encode(), method="POST" if body else "GET")
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.load(reply)


def test_a_life(told, folder):
    foretold = told(check=True)
    assert foretold == {"changed": True, "did": ["started"], "running": False, "environment": {}} and not folder.exists()
    first = told(vendors=["alocom"], seed="empty", seeds=[{"vendor": "alocom", "kind": "users", "count": 3}], settings={"alocom": {"take_max": 7}})
    assert (first["changed"], first["did"], first["running"]) == (True, ["started"], True) and os.stat(folder).st_mode & 0o777 == 0o700
    assert {name.partition("_")[0] for name in first["environment"]} == {"ALOCOM"}
    held = ask(first, "dump?vendor=alocom")
    assert len(held["users"]) == 3 and ask(first, "reset", {"vendor": "alocom", "seed": "empty"})["settings"]["alocom"]["take_max"] is None
    # Again: nothing is started, and nothing that it holds is lost.
    told(settings={"alocom": {"take_max": 7}})
    ask(first, "seed", {"vendor": "alocom", "kind": "labels", "count": 2})
    again = told(vendors=["alocom"], seed="empty", settings={"alocom": {"take_max": 7}})
    assert (again["changed"], again["pid"], len(ask(first, "dump?vendor=alocom")["labels"])) == (False, first["pid"], 2)
    # Faults are made once, made again when they were used, and end with an empty list.
    down = [{"vendor": "alocom", "kind": "status", "status": 503, "times": 1}]
    assert [told(faults=down)["did"], told(faults=down)["did"], told(check=True, faults=[])["did"]] == [["faults"], [], ["no faults"]]
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(first["environment"]["ALOCOM_API_URL"] + "/api/v1/auth/login", b"{}", timeout=30)
    assert [told(faults=down)["did"], told()["did"], told(faults=[])["did"], told(faults=[])["did"]] == [["faults"], [], ["no faults"], []]
    assert told(check=True, reset=True)["did"] == ["reset"] and len(ask(first, "dump?vendor=alocom")["labels"]) == 2
    assert told(reset=True, seed="empty")["did"] == ["reset"] and ask(first, "dump?vendor=alocom")["labels"] == []
    assert told(vendors=["alocom", "smspanel"]) == "the simulator of %s runs without smspanel; stop it first" % folder
    assert told(state="stopped", check=True) == {"changed": True, "did": ["stopped"], "running": True} and ask(first)["pid"] == first["pid"]
    assert told(state="stopped") == {"changed": True, "did": ["stopped"], "running": False}
    with pytest.raises(urllib.error.URLError):
        ask(first)
    assert told(state="stopped") == {"changed": False, "did": [], "running": False}


def test_what_is_wrong_is_said(told, folder):
    assert told(vendors=["alocomm"]) == "unknown vendor alocomm; known: alocom, deltasib, payamsms, podspace, smspanel"
    assert "unknown seed 'full'" in told(vendors=["smspanel"], seed="full")
    assert "wrong_setting" in told(vendors=["smspanel"], settings={"smspanel": {"wrong_setting": 1}})
    # A start that could not be finished leaves nothing behind that nobody knows of.
    assert told(state="stopped")["changed"] is False
    taken = told(vendors=["smspanel"])
    port = taken["control"].rpartition(":")[2].partition("/")[0]
    other = told(vendors=["smspanel"], path=str(folder / "other"), port=int(port))
    assert "address already in use" in other and "simulator.log" in other


def test_another_process_of_that_number_is_not_stopped(told, folder):
    first = told(vendors=["smspanel"])
    ready = folder / "simulator.json"
    kept = ready.read_text(encoding="utf-8")
    with subprocess.Popen(["sleep", "60"]) as stranger:
        # As after a restart of the machine: the file is there, its number is somebody else's.
        ready.write_text(json.dumps({**json.loads(kept), "pid": stranger.pid}), encoding="utf-8")
        assert told(state="stopped")["changed"] is False and stranger.poll() is None
        stranger.kill()
    ready.write_text(kept, encoding="utf-8")
    assert told(state="stopped")["did"] == ["stopped"] and first["running"]


def test_two_at_the_same_moment_are_one(folder):
    command = [sys.executable, "-m", "kariz_simulator.daemon"]
    both = [subprocess.Popen(command, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _number in range(2)]
    for one in both:
        one.stdin.write(json.dumps({"path": str(folder), "vendors": ["smspanel"]}))
        one.stdin.close()
    answers = [json.loads(one.stdout.read()) for one in both]
    for one in both:
        one.stdout.close()
        one.wait(60)
    assert sorted(answer["changed"] for answer in answers) == [False, True] and answers[0]["pid"] == answers[1]["pid"]


def test_without_its_requirements_it_says_which_command_brings_them(tmp_path):
    (tmp_path / "aiohttp.py").write_text("raise ModuleNotFoundError('No module named aiohttp', name='aiohttp')\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "kariz_simulator"], cwd=FOLDER, env={**os.environ, "PYTHONPATH": str(tmp_path)},
                          capture_output=True, text=True, timeout=60, check=False)
    wanted = "the simulator needs aiohttp: %s -m pip install -r %s" % (sys.executable, FOLDER / "requirements.txt")
    assert (done.returncode, done.stderr.strip()) == (1, wanted)


def test_its_requirements_are_those_of_the_tests_without_what_is_optional():
    def names(path):
        return set(re.findall(r"(?m)^([A-Za-z][\w-]*)", path.read_text(encoding="utf-8")))

    assert names(ROOT / "tests/requirements/simulator.txt") - names(FOLDER / "requirements.txt") == {"openpyxl", "xlrd", "uvloop"}
    assert names(FOLDER / "requirements.txt") <= names(ROOT / "tests/requirements/simulator.txt")


def test_the_container_starts_what_is_there():
    """Its last line is a command of the package; the ports are exchanged for free ones, all else is as written."""
    lines = (FOLDER / "Containerfile").read_text(encoding="utf-8").splitlines()
    [words] = [json.loads(line[4:]) for line in lines if line.startswith("CMD ")]
    assert words[:3] == ["python", "-m", "kariz_simulator"] and "EXPOSE %s %s" % (words[-3], words[-1]) in lines
    for place in [line.split()[1] for line in lines if line.startswith("COPY ")]:
        assert (FOLDER / place).exists()
    command = [sys.executable, *("0" if word.isdigit() else word for word in words[1:]), "--parent", str(os.getpid())]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as process:
        ready = json.loads(process.stdout.readline())
        assert ready["control"].startswith("http://localhost:") and ready["deltasib"].startswith("https://localhost:")
        assert ask(ready)["pid"] == process.pid
        process.terminate()


def test_the_role_in_plays(tmp_path, folder):
    role = {"ansible.builtin.include_role": {"name": "kariz.panels.simulator"}}
    options = {"simulator_path": str(folder), "simulator_vendors": ["alocom"], "simulator_seed": "empty"}
    label = {"name": "label", "kariz.panels.alocom_label": {"title": "t", "api_retries": 0}}
    tasks = [{**role, "vars": options}, label, {**role, "vars": options}, {**label, "name": "again"},
             {**role, "vars": {**options, "simulator_faults": [{"vendor": "alocom", "kind": "status", "status": 503, "times": 0}]}},
             {**label, "name": "down", "ignore_errors": True}, {**role, "vars": {**options, "simulator_faults": []}}, {**label, "name": "up"},
             {**role, "vars": {**options, "simulator_state": "stopped"}}]
    keywords = {"environment": "{{ simulator_environment | default({}) }}"}
    checked = play(tasks[:1], tmp_path, keywords=keywords, check=True).ok()
    assert checked[STEP]["changed"] is True and not folder.exists()
    played = play(tasks, tmp_path, keywords=keywords).ok()
    assert [line["result"]["changed"] for line in played.lines if line["task"] == STEP] == [True, False, True, True, True]
    assert (played["label"]["changed"], played["again"]["changed"], played["up"]["changed"]) == (True, False, False)
    assert played["down"]["error"]["http_status"] == 503 and "WARNING" not in played.output
    assert not (folder / "simulator.json").exists()
    wrong = play([{**role, "vars": {**options, "simulator_statee": "stopped", "simulator_seed": "full"}}], tmp_path).failed()
    assert "full" in wrong.output and not (folder / "simulator.json").exists()


def test_the_archive_as_a_user_gets_it(tmp_path, folder):
    """Built and installed as for Galaxy: what users need and none of the tests; its simulator starts, and a module works against it."""
    source = copy_collection(str(tmp_path / "source"))
    (tmp_path / "built").mkdir()
    installed = tmp_path / "installed"
    said = build.look(build.build(source, tmp_path / "built"), installed)
    assert "version" in said
    place = installed / "ansible_collections/kariz/panels"
    assert {path.name for path in place.iterdir() if path.is_dir()} == {
        "LICENSES", "changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles", "tests"}
    assert [str(path.relative_to(place)) for path in (place / "tests").rglob("*")] == ["tests/config.yml"]
    book = tmp_path / "book.yml"
    book.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "environment": "{{ simulator_environment | default({}) }}", "tasks": [
        {"ansible.builtin.include_role": {"name": "kariz.panels.simulator"}},
        {"name": "people", "kariz.panels.alocom_user_info": {}},
        {"name": "subscribers", "kariz.panels.deltasib_user_info": {}},
        {"ansible.builtin.include_role": {"name": "kariz.panels.simulator"}, "vars": {"simulator_state": "stopped"}}]}]), encoding="utf-8")
    environment = {"ANSIBLE_COLLECTIONS_PATH": str(installed), "PYTHONPATH": str(installed)}
    began = time.time()
    played = run_command([str(book), "-e", "simulator_path=%s" % folder], tmp_path, environment=environment, fresh=True).ok()
    assert (len(played["people"]["users"]), len(played["subscribers"]["users"])) == (12, 7) and str(ROOT) not in played.output
    assert (folder / "simulator.log").stat().st_mtime >= began and COLLECTIONS != str(installed)
