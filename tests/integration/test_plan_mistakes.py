# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do to plans and files by mistake: refused with a sentence, before any request or at least before the first write; and plans that travel."""

from __future__ import annotations

import json

import pytest
from playing import playbook

PERSON = {"name": "ن", "surname": "ن"}


def written(folder, panels, **variables):
    (folder / "business.yml").write_text(json.dumps(dict(variables, panels=panels), ensure_ascii=False), encoding="utf-8")


def refused(folder, alocom, **variables):
    """Return why apply refused; nothing was written, and no trace of Python is shown."""
    played = playbook("apply", folder, dict({"plan_path": "plan.json"}, **variables)).failed()
    assert alocom.writes() == [] and "Traceback" not in played.output and "KeyError" not in played.output, played.output
    result = played["Carry it out"]
    return "\n".join(result.get("differences") or [result["msg"]])


def test_other_words_another_file_another_account(tmp_path, alocom):
    """The plan was made with other variables, of another account, of a file that is gone, that names nobody any more, or has been given a second time."""
    account = {"account": "school", "connection": alocom.connection, "users": [dict(PERSON, username="a", surname="{{ word }}")]}
    written(tmp_path, {"alocom": account}, word="one")
    playbook("plan", tmp_path, {"desired_state": "business.yml"}).ok()
    assert "alocom/school: the file says something else about users than when it was planned" in refused(tmp_path, alocom, word="two")
    for change, said in (
            ({"connection": dict(alocom.connection, api_username="somebody-else")}, "alocom/school: "),
            ({"account": "north"}, "alocom/school is not in the file any more"),
            ({"account": "north"}, "alocom/north: the account is not in the plan"),
            ({"users": [dict(PERSON, username="a", surname="one"), dict(PERSON, username="A2", surname="one")]}, "the file says something else about users"),
            ({"users": []}, "the file says something else about users"),
            ({"limits": {"texts": 3}}, "the file says something else about limits"),
            ({"options": {"users": {"purge": True, "purge_labels": ["x"]}}}, "the file says something else about options")):
        written(tmp_path, {"alocom": dict(account, **change)}, word="one")
        told = refused(tmp_path, alocom)
        assert said in told or (said.startswith("alocom/school is") and "alocom/school: the account is in the plan and not in the file any more" in told), told
    for text, said in (("", "nothing is wanted"), ("panels: {alocom: {users: [{username: a}, {username: a}]}}", "names the same user"),
                       ("panels: [", "business.yml:2:1: "), ("- x\n", "must be a mapping")):
        (tmp_path / "business.yml").write_text(text, encoding="utf-8")
        assert said in refused(tmp_path, alocom), text
        for book in ("plan", "provision", "drift", "deprovision"):
            assert said in playbook(book, tmp_path, {"desired_state": "business.yml"}).failed().output, (book, text)
    alocom.clear_journal()
    # What YAML misreads, what no option is, what a template says: all at once, each once.
    (tmp_path / "business.yml").write_text("word: perhaps\npanels:\n  alocom:\n    labels: [010, {titel: x}]\n    users:\n      - username: 0x1F\n"
                                           "        name: n\n        surname: s\n        enabled: '{{ word }}'\n", encoding="utf-8")
    told = playbook("provision", tmp_path, {"desired_state": "business.yml"}).failed()["Read and check the file"]["msg"].split("\n")
    assert [line.split(" ")[0] for line in told[1:]] == ["business.yml:%s:" % place for place in ("4:14", "6:9", "4:20", "9:9")], told
    assert told[0].startswith("4 problems") and "did you mean title?" in told[3] and "'perhaps'" in told[4] and alocom.journal() == []
    (tmp_path / "business.yml").unlink()
    assert "there is no file or folder" in refused(tmp_path, alocom)


def test_plans_that_are_none(tmp_path, alocom):
    written(tmp_path, {"alocom": {"account": "school", "connection": alocom.connection, "labels": [{"title": "x"}]}})
    playbook("plan", tmp_path, {"desired_state": "business.yml"}).ok()
    whole = (tmp_path / "plan.json").read_text(encoding="utf-8")
    document = json.loads(whole)
    for text, said in ((whole[:len(whole) // 2], "it is not JSON"), ("", "it is not JSON"), ("[]", "this is no plan of kariz.panels"),
                       ("\"plan\"", "this is no plan"),
                       ("null", "this is no plan"), (json.dumps({"plan_digest": 5}), "format"),
                       (json.dumps(dict(document, at="yesterday")), "was changed after it was made"),
                       (json.dumps(dict(document, only=["x"])), "was changed after it was made"),
                       (json.dumps({"plan_digest": document["plan_digest"], "packed": 7, "lines": []}), "cannot be unpacked")):
        (tmp_path / "plan.json").write_text(text, encoding="utf-8")
        assert said in refused(tmp_path, alocom), text[:40]
    (tmp_path / "plan.json").unlink()
    (tmp_path / "plan.json").mkdir()
    assert "the plan cannot be read" in refused(tmp_path, alocom)
    assert "the plan cannot be read" in refused(tmp_path, alocom, plan_path="nowhere.json")
    assert "max_age" in refused(tmp_path, alocom, plan_path="nowhere.json", plan_max_age="soon")


def test_a_file_with_nothing_but_what_goes(tmp_path, alocom):
    """Only absents: planned, told as final, carried out; a second plan has nothing to do, and says so on one line and on its page."""
    alocom.seed("users", 2, prefix="u")
    written(tmp_path, {"alocom": {"account": "school", "connection": alocom.connection,
                                  "users": [{"username": name, "state": "absent"} for name in ("u-00001", "u-00002", "x")]}})
    lines = playbook("plan", tmp_path, {"desired_state": "business.yml"}).ok()["The plan"]["plan.lines"]
    assert lines[1:] == ["alocom/school: users (what goes): 2 deleted (u-00001, u-00002), 1 unchanged", "cannot be undone: 2 deletions (u-00001, u-00002)"]
    playbook("apply", tmp_path, {"plan_path": "plan.json"}).ok()
    assert alocom.users() == {}
    lines = playbook("plan", tmp_path, {"desired_state": "business.yml", "plan_report": "reports"}).ok()["The plan"]["plan.lines"]
    assert len(lines) == 1 and lines[0].endswith(": 0 changes, 3 as the file wants them")
    assert "Everything is as the file wants it." in (tmp_path / "reports" / "plan.en.html").read_text(encoding="utf-8")
    assert playbook("apply", tmp_path, {"plan_path": "plan.json"}).ok()["What came of it"]["msg"][0].endswith(": nothing to do")


def unsafe(value):
    """Return YAML in which every key and every text is marked !unsafe, as a platform hands over what earlier jobs of a workflow left."""
    if isinstance(value, dict):
        return "{%s}" % ", ".join("!unsafe %s: %s" % (json.dumps(name), unsafe(part)) for name, part in value.items())
    if isinstance(value, list):
        return "[%s]" % ", ".join(map(unsafe, value))
    return "!unsafe %s" % json.dumps(value) if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("count", [3, 400])
def test_a_plan_travels_in_a_workflow(tmp_path, alocom, count):
    """What set_stats leaves, handed to a job elsewhere as a platform does: without secrets, small, and good for exactly that plan."""
    people = [dict(PERSON, username="pupil-%d" % number, password="secret-word-%d" % number) for number in range(count)]
    written(tmp_path, {"alocom": {"account": "school", "connection": alocom.connection, "users": people}})
    planned = playbook("plan", tmp_path, {"desired_state": "business.yml", "plan_stats": True}).ok()
    artifacts = planned["(artifacts)"]
    left = json.dumps(artifacts, ensure_ascii=False)
    assert set(artifacts) == {"panels_plan"} and "secret-word" not in left and alocom.connection["api_password"] not in left
    # Three plain facts of a change, packed: a workflow of thousands of changes stays far below what a platform keeps.
    assert len(left) < 3000 + 60 * count and not (tmp_path / "plan.json").exists()
    digest = artifacts["panels_plan"]["plan_digest"][:12]
    assert any(digest in line for line in artifacts["panels_plan"]["lines"])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "business.yml").write_bytes((tmp_path / "business.yml").read_bytes())
    (elsewhere / "artifacts.yml").write_text("{%s}" % ", ".join("!unsafe %s: %s" % (json.dumps(name), unsafe(part)) for name, part in artifacts.items()))
    done = playbook("apply", elsewhere, {"approved": digest, "journal": "j.db"}, arguments=["-e", "@artifacts.yml"]).ok()
    assert done["What came of it"]["msg"][0] == "plan %s: %d done" % (digest, count) and len(alocom.users()) == count
    assert "secret-word" not in done.output
