# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers are strangers: whatever a vendor's server sends instead of its answer, every module says so in words, and a look that failed is never "absent"."""

from __future__ import annotations

import time

import pytest
import strangers
from conftest import PASSWORD, Alocom, DeltaSib, PayamSms, Podspace, SmsPanel
from jobs import carry_out
from strangers import DOUBTFUL, STRANGE, UNUSED, carry, operations

VENDORS = {"alocom": Alocom, "deltasib": DeltaSib, "payamsms": PayamSms, "podspace": Podspace, "smspanel": SmsPanel}
#: Errors of ours that a strange answer may not lead to.
NEVER = ("unexpected ", "Traceback", "defect", "Error:", "object has no attribute")

LOGINS = ("auth.login", "auth.gettoken", "token")
_ROWS = tuple(how for how in STRANGE if how.startswith(("rows ", "one row ", "list ")))
_VALUES = tuple(how for how in STRANGE if how.startswith("values "))
#: Ways in which a part of an answer is strange that not every case reads.
UNREAD = {
    "users.get": _ROWS, "profile.get": _ROWS + _VALUES, "events.attendance_detail": _VALUES, "token": _ROWS + _VALUES, "profile": _ROWS + _VALUES,
    # Half of a number is one, and so is another; one row in a list of its own is a list that some clients were seen to read.
    "balance": ("cut", "number"), "get_user_organizations": ("rows are lists",), "auth.logout": STRANGE,
}
#: What marks as read what it tells, so that a lost answer is not asked for again.
ONCE = ("inbox",)
#: What becomes of a write is looked for: here it is enough that nobody stumbles.
AFTER_A_WRITE = ("page", "missing page", "cut", "number", "nothing", "nested", "rows are numbers", "values are null", "values are lists", "values are objects")


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
        """Return the result and the journal of a run; None when the first answer to this operation cannot become strange in this way."""
        self.sim.clear_faults()
        self.vendor.fault("strange", operation=operation, how=how, times=0)
        result, journal = self.run()
        first = next((entry for entry in journal if entry["operation"] == operation), None)
        return (result, journal) if first is not None and first["fault"] else None

    def problem(self, operation, how, first):
        """Return what is wrong with a run, or None.

        :arg first: this operation is asked for before anything is written, and its answer is needed.
        """
        run = self.strange(operation, how)
        if run is None:
            self.fresh()
            return None
        result, journal = run
        wrote = any(entry["write"] for entry in journal)
        problem = self._judged(result, wrote, operation, how, first)
        if not result["failed"] or result["changed"] or wrote or operation in ONCE:
            self.sim.clear_faults()
            self.fresh()
        return problem and "%s, %s: %s: %s" % (operation, how, problem, result.get("msg"))

    def _judged(self, result, wrote, operation, how, first):
        error = result.get("error") or {"code": "bad_answer"}
        if result["failed"] and wrong_words(result):
            return "says what no user should read"
        if not first or how in DOUBTFUL or how in UNREAD.get(operation, ()):
            return None
        if not result["failed"]:
            return "is taken for an answer"
        if error["code"] not in (("bad_answer", "outcome_unknown") if operation in ONCE else ("bad_answer",)):
            return "is called %s" % error["code"]
        if (result["changed"] or wrote) and "summary" not in result:
            # In a list, an item whose own answers were good goes on.
            return "is followed by a write"
        return None


@pytest.mark.parametrize(("name", "place"), cases())
def test_a_strange_answer_is_told_in_words(simulator, files, monkeypatch, name, place):
    """Each operation of a case, each strange answer: the task fails, says what was expected, and writes nothing after a look that failed."""
    # Nobody waits for a server that is slow to show what it made.
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    case = Case(simulator, name, getattr(strangers, name)()[place], files)
    wrote = False
    problems = []
    for operation, write in dict.fromkeys(case.honest()):
        wrote = wrote or write
        if operation in LOGINS and "login" not in case.case[0]:
            continue
        case.fresh()
        for how in AFTER_A_WRITE if wrote else STRANGE + DOUBTFUL:
            problem = case.problem(operation, how, first=not wrote)
            if problem:
                problems.append(problem)
    case.sim.clear_faults()
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", VENDORS)
def test_every_operation_is_reached(simulator, files, name):
    """A new operation of a vendor needs a case here before anybody relies on its answer."""
    reached = set()
    for case in getattr(strangers, name)():
        reached.update(operation for operation, _write in Case(simulator, name, case, files).honest())
    assert operations(name) - reached == UNUSED[name]


#: Tasks that would find nothing to do where nothing is: at a wrong address, nothing is anywhere.
NOTHING_THERE = {
    "alocom": [("alocom_user", {"id": "5", "state": "absent"}), ("alocom_user", {"username": "u", "state": "absent"}), ("alocom_user_info", {"id": "5"}),
               ("alocom_label", {"title": "t", "state": "absent"}), ("alocom_event", {"slug": "s", "state": "absent"})],
    "podspace": [("podspace_folder_share", {"folder_hash": "h", "person": "p", "state": "absent"}),
                 ("podspace_organization", {"name": "n", "state": "absent"})],
    "smspanel": [("smspanel_phonebook", {"name": "b", "state": "absent"}), ("smspanel_phonebook_info", {}), ("smspanel_phonebook_info", {"name": "b"}),
                 ("smspanel_user", {"username": "u", "password": "secret-12"})],
    "deltasib": [("deltasib_session", {"session_id": "5"}), ("deltasib_user_info", {})],
    "payamsms": [("payamsms_message", {"customer_id": "c", "state": "absent"}), ("payamsms_message_info", {"customer_ids": ["c"]})],
}


@pytest.mark.parametrize("name", VENDORS)
def test_a_missing_page_is_not_a_missing_thing(simulator, files, name):
    """A server that does not know the path says nothing about what was asked for: a page, and JSON that is not the vendor's."""
    vendor, facts = prepared(simulator, name)
    for module, options in NOTHING_THERE[name]:
        for body in ("<h1>Not Found</h1>", {"timestamp": 1, "path": "/x"}, None):
            simulator.clear_faults()
            vendor.fault("status", status=404, body=body, times=0, skip=0 if name in ("smspanel", "podspace") else 1)
            vendor.clear_journal()
            result = carry((module, module, options), dict(vendor.connection, api_retries=0), facts)
            assert result["failed"] and result["error"]["code"] == "bad_answer" and not result["changed"], (module, body, result)
            assert not wrong_words(result) and vendor.writes() == [], result
    simulator.clear_faults()


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("body", ["<h1>Not Found</h1>", {"message": "..."}])
def test_where_the_report_of_visits_is(simulator, status, body):
    """Its path is not documented: whatever says that it is not there, the advice is to give another one."""
    vendor, _facts = prepared(simulator, "alocom")
    vendor.fault("status", operation="events.visits", status=status, body=body, times=0)
    result = carry_out("alocom_visit_info", vendor.connection)
    simulator.clear_faults()
    assert result["failed"] and "give the one your panel uses in path" in result["msg"], result


@pytest.mark.parametrize("title", ["یک ماهه ۵۰ گیگ", "یک ماهه 50 گیگ", "یک ماهه ٥٠ گیگ", "يك ماهه ۵۰ گيگ"])
def test_a_service_in_any_digits(simulator, title):
    """A title is found whatever digits and letters it is typed in: nothing is bought a second time."""
    vendor, _facts = prepared(simulator, "deltasib")
    result = carry_out("deltasib_user_service", dict(vendor.connection, username="zahra.karimi", service=title))
    assert not result["failed"] and not result["changed"] and vendor.writes() == [], result
