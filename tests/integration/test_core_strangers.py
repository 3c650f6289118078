# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers are strangers: whatever a vendor's server sends instead of its answer, every module says so in words, and a look that failed is never "absent"."""

from __future__ import annotations

import pytest
import strangers
from conftest import PASSWORD, Alocom, DeltaSib, PayamSms, Podspace, SmsPanel
from jobs import carry_out
from strangers import DOUBTFUL, STRANGE, UNUSED, carry, operations

VENDORS = {"alocom": Alocom, "deltasib": DeltaSib, "payamsms": PayamSms, "podspace": Podspace, "smspanel": SmsPanel}
#: Errors of ours that a strange answer may not lead to.
NEVER = ("unexpected ", "Traceback", "defect", "Error:", "object has no attribute")


def prepared(sim, name):
    """Return the vendor with its small example, and facts about it that the cases need."""
    made = VENDORS[name](sim)
    if name == "alocom":
        made.reset("default", fixed_token="token-that-is-good-without-a-login")
        made.seed("labels", 1, prefix="spare")
        made.seed("users", 2, prefix="pupil", labels=["year 1"])
        spare = next(row for row in made.dump()["labels"] if row["title"].startswith("spare"))
        return made, {"user": str(made.users()["mahdi.sharifi"]["id"]), "password": PASSWORD, "token": "token-that-is-good-without-a-login",
                      "spare": spare["title"], "label": str(spare["id"]), "pupil": next(name for name in made.users() if name.startswith("pupil"))}
    made.reset("empty" if name == "smspanel" else "default")
    if name == "deltasib":
        zahra = made.users()["zahra.karimi"]["User_Id"]
        return made, {"user": str(zahra), "voucher": str(880000 + zahra)}
    if name == "payamsms":
        made.seed("messages", 1, prefix="old")
        made.seed("messages", 1, prefix="due", sendDate="2099-01-01 10:00:00")
        made.seed("inbox", 2)
        return made, {"message": "old-00001", "scheduled": "due-00001", "server": made.dump()["messages"][0]["serverId"]}
    if name == "podspace":
        return made, {"folder": made.entity("گزارش‌ها"), "file": made.entity("گزارش سالانه.pdf")}
    made.seed("phonebooks", 2, prefix="b", numbers=2)
    sent = carry_out("smspanel_message", dict(strangers.TEXT, **made.connection))
    return made, {"message": str(sent["message"]["id"]), "book": sorted(made.books())[0]}


def cases():
    return [pytest.param(name, place, id="%s %s" % (name, case[0])) for name in VENDORS for place, case in enumerate(getattr(strangers, name)())]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Files that some cases send."""
    folder = tmp_path_factory.mktemp("strangers")
    (folder / "me.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    text = "name,surname,username,cellphone,email,password,status\nسارا,نو,sara.new,09121110000,,secret-12,1\n"
    (folder / "people.csv").write_text(text, encoding="utf-8")
    return {"picture": str(folder / "me.png"), "sheet": str(folder / "people.csv")}


def wrong_words(result):
    """Return whether a failed result says what no user should read."""
    text = "%s %s" % (result["msg"], result["error"])
    return any(word in text for word in NEVER) or (result["error"] is not None and result["error"]["code"] in (None, "defect"))


class Case:
    """One case against a vendor that answers one operation strangely."""

    def __init__(self, sim, name, case, files):
        self.sim, self.name, self.case, self.files = sim, name, case, files
        self.told = None

    def fresh(self):
        self.vendor, facts = prepared(self.sim, self.name)
        self.facts = dict(facts, **self.files)
        self.vendor.clear_journal()

    def run(self):
        self.vendor.clear_journal()
        result = carry(self.case, dict(self.vendor.connection, api_retries=0), self.facts)
        return result, self.vendor.journal()

    def honest(self):
        """Return the operations of an honest run in their order, and whether each writes."""
        self.fresh()
        result, journal = self.run()
        assert not result["failed"], result
        return [(entry["operation"], entry["write"]) for entry in journal]

    def strange(self, operation, how):
        """Return the result and the journal of a run; None when an answer to this operation cannot become strange in this way."""
        self.sim.clear_faults()
        self.vendor.fault("strange", operation=operation, how=how, times=0)
        result, journal = self.run()
        hit = any(entry["fault"] for entry in journal)
        return (result, journal) if hit else None

    def problem(self, operation, how, first):
        """Return what is wrong with a run, or None.

        :arg first: this operation is asked for before anything is written, and its answer is needed.
        """
        run = self.strange(operation, how)
        if run is None:
            return None
        result, journal = run
        self.told = result.get("msg")
        error = result.get("error") or {"code": "bad_answer", "http_status": None}
        if result["failed"] and wrong_words(result):
            return "says what no user should read"
        if first and how in STRANGE:
            if not result["failed"]:
                return "is taken for an answer"
            if error["code"] != "bad_answer":
                return "is called %s" % error["code"]
            if result["changed"] or any(entry["write"] for entry in journal):
                return "is followed by a write"
        elif result["failed"] and error["code"] not in ("bad_answer", "outcome_unknown") and not error["http_status"]:
            return "is called %s" % error["code"]
        return None


@pytest.mark.parametrize(("name", "place"), cases())
def test_a_strange_answer_is_told_in_words(simulator, files, name, place):
    """Each operation of a case, each strange answer: the task fails, says what was expected, and writes nothing after a look that failed."""
    case = Case(simulator, name, getattr(strangers, name)()[place], files)
    asked = case.honest()
    wrote = False
    done = set()
    problems = []
    for operation, write in asked:
        wrote = wrote or write
        if operation in done:
            continue
        done.add(operation)
        for how in STRANGE + DOUBTFUL:
            if wrote or how in DOUBTFUL:
                case.sim.clear_faults()
                case.fresh()
            problem = case.problem(operation, how, first=not wrote)
            if problem:
                problems.append("%s, %s: %s: %s" % (operation, how, problem, case.told))
    case.sim.clear_faults()
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", VENDORS)
def test_every_operation_is_reached(simulator, files, name):
    """A new operation of a vendor needs a case here before anybody relies on its answer."""
    reached = set()
    for case in getattr(strangers, name)():
        reached.update(operation for operation, _write in Case(simulator, name, case, files).honest())
    assert operations(name) - reached == UNUSED[name]
