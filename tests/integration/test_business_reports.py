# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Balances, the credit report and the attendance report against all vendors at once, and their pages in a browser."""

from __future__ import annotations

import csv
import datetime
import json

import browser
import pytest
from playing import play, playbook

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.history import History


@pytest.fixture
def accounts(sim, tmp_path, alocom, podspace, deltasib, payamsms, smspanel):
    """One account of each vendor, a second one of Alocom, and one that is refused: as items of ``credit_report_accounts``."""
    for vendor in (alocom, podspace, deltasib):
        vendor.reset("default")
    deltasib.seed("users", 40, service=11)
    found = [{"vendor": vendor.name, "connection": vendor.connection} for vendor in (deltasib, payamsms, podspace, smspanel)]
    # One server by two names: two accounts of a file that are one at the vendor would be refused.
    return [{"vendor": "alocom", "account": name, "connection": dict(alocom.connection, api_url=alocom.url.replace("127.0.0.1", host))}
            for name, host in (("مدرسه", "127.0.0.1"), ("north", "localhost"))] + found


def role(tmp_path, **variables):
    """Run the role with variables of its own."""
    return play([{"name": "Report", "ansible.builtin.include_role": {"name": "kariz.panels.credit_report"}}], tmp_path,
                variables={"credit_report_path": str(tmp_path / "report"), **variables})


def test_balances_of_every_vendor(tmp_path, sim, accounts):
    """Every account is read, none written to; with the report's folder the second run says that nothing changed."""
    path = tmp_path / "accounts.yml"
    panels: dict = {}
    for account in accounts:
        panels.setdefault(account["vendor"], []).append({"account": account.get("account", account["vendor"]), "connection": account["connection"]})
    path.write_text(json.dumps({"panels": panels}, ensure_ascii=False), encoding="utf-8")
    sim.clear_journal()
    wanted = {"desired_state": str(path), "balances_path": str(tmp_path / "out")}
    lines = playbook("balances", tmp_path, wanted).ok()["What is left"]["balances.lines"]
    told = "\n".join(lines)
    for text in ("alocom/مدرسه: کلاس اصلی: 8 hours of 12 hours", "payamsms/payamsms: Balance: 100,000,000 rial", "smspanel/smspanel: Balance: 1,000,000 rial",
                 "podspace/podspace: ", "deltasib/deltasib: Subscribers: "):
        assert text in told, told
    assert not any(entry["write"] for entry in sim.journal())
    assert "changed=0" in playbook("balances", tmp_path, wanted).ok().output
    sim.clear_journal()
    playbook("balances", tmp_path, {"desired_state": str(path), "only": "payamsms"}, door="module").ok()
    assert {entry["vendor"] for entry in sim.journal()} == {"payamsms"}


def test_the_credit_report_with_history_alerts_and_a_refused_account(tmp_path, sim, accounts, payamsms, smspanel):
    folder = tmp_path / "report"
    folder.mkdir()
    now = datetime.datetime.now(datetime.timezone.utc)
    # Ten days of using ten million a day: what is left lasts ten more.
    (folder / "history.jsonl").write_text("".join(json.dumps({
        "at": (now - datetime.timedelta(days=day)).isoformat(), "vendor": "payamsms", "account": "payamsms", "key": "balance", "left": 1e8 + 1e7 * day,
    }) + "\n" for day in range(10, 0, -1)))
    refused = {"vendor": "alocom", "account": "closed", "connection": dict(accounts[0]["connection"], api_password="wrong-canary")}
    thresholds = [{"vendor": "payamsms", "days_left": 11, "action": "text"}, {"vendor": "smspanel", "below": 5_000_000, "action": "fail"}]
    wanted = {"credit_report_accounts": [*accounts, refused], "credit_report_thresholds": thresholds}
    texts = {"credit_report_recipients": ["09121234567"], "credit_report_sender": {"payamsms": "982000123", "smspanel": "30001234"},
             "notify_payamsms": payamsms.connection, "notify_smspanel": smspanel.connection, "notify_journal": str(tmp_path / "journal")}
    played = role(tmp_path, **wanted, **texts).failed()
    result = played["kariz.panels.credit_report : Read every account and write the report"]
    assert [(alert["vendor"], alert["reason"], alert["action"]) for alert in result["alerts"]] == [
        ("smspanel", "below", "fail"), ("payamsms", "days_left", "text")]
    gauge = next(one for one in result["gauges"] if one["vendor"] == "payamsms")
    assert gauge["days_left"] == pytest.approx(10, rel=0.01) and gauge["per_day"] == pytest.approx(1e7, rel=0.01)
    assert [error["account"] for error in result["errors"]] == ["closed"] and "wrong-canary" not in played.output
    assert "SMS panel" in played.output and "under 5,000,000 rial" in played.output
    # One text for the day, however often the report is made.
    assert len(payamsms.sent()) == 1
    role(tmp_path, **wanted, **texts).failed()
    assert len(payamsms.sent()) == 1

    rows = list(csv.DictReader((folder / "credit-report.csv").open(encoding="utf-8-sig")))
    assert {row["vendor"] for row in rows} == {"alocom", "deltasib", "payamsms", "podspace", "smspanel"}
    assert len(json.loads((folder / "credit-report.json").read_text(encoding="utf-8"))["gauges"]) == len(rows)
    kept = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    assert len([one for one in kept if one["vendor"] == "payamsms"]) == 11
    calm = role(tmp_path, credit_report_accounts=accounts, credit_report_thresholds=[]).ok()
    assert "failed=0" in calm.output
    assert "changed=0" in role(tmp_path, credit_report_accounts=accounts, credit_report_thresholds=[]).ok().output


@pytest.mark.seed("default")
def test_the_attendance_report(tmp_path, alocom):
    slug, other = alocom.seed("events", 2, prefix="class", members=9)
    for day in (2, 5, 9):
        alocom.seed("attendances", 1, event=slug, date="2026-11-%02d" % day)
        alocom.seed("visits", 7, event=slug, date="2026-11-%02d" % day)
    alocom.seed("attendances", 1, event=other, date="2026-12-01")
    environment = {"ALOCOM_%s" % name.upper(): value for name, value in alocom.connection.items()}
    wanted = {"from_date": "1405/8/10", "to_date": "2026-11-30", "attendance_path": str(tmp_path / "out")}
    alocom.clear_journal()
    done = playbook("attendance", tmp_path, wanted, environment=environment).ok()["Read and write"]
    assert (done["changed"], done["summary"]["calls"], done["summary"]["present"], done["summary"]["absent"]) == (True, 3, 18, 9)
    assert done["summary"]["visits"] == 21 and alocom.writes() == []
    rows = list(csv.DictReader((tmp_path / "out/attendance.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 27 and {row["class"] for row in rows} == {slug}
    assert "changed=0" in playbook("attendance", tmp_path, wanted, environment=environment).ok().output
    alocom.settings(visit_path=None)
    without = playbook("attendance", tmp_path, dict(wanted, events=other), environment=environment).ok()["Read and write"]
    assert without["summary"]["calls"] == 0 and "without visits" in without["warnings"][0]
    alocom.settings(visit_path="/api/v2/report")
    there = playbook("attendance", tmp_path, dict(wanted, visit_path="/api/v2/report"), environment=environment).ok()["Read and write"]
    assert there["summary"]["visits"] == 21 and not there.get("warnings")
    assert "from_date is later than to_date" in playbook("attendance", tmp_path, dict(wanted, to_date="1404/1/1"), environment=environment).failed().output


def test_thresholds_that_mean_nothing_are_mistakes(tmp_path, payamsms, smspanel):
    """Misspelt, without a limit, of an unknown kind, of an account that is not read: told with their place before any request."""
    accounts = [{"vendor": "payamsms", "account": "main", "connection": payamsms.connection}]
    wrong = [{"vendor": "payamsm", "below": 3}, {"vendor": "payamsms"}, {"kind": "mony", "below": 1}, {"below": 1, "action": "cry"}, {"belo": 1}]
    told = role(tmp_path, credit_report_accounts=accounts, credit_report_thresholds=[wrong[0], *wrong[2:]]).failed().output
    for part in ("vendor: must be one of", "did you mean payamsms?", "kind: must be one of", "action: must be one of", "belo: unknown option"):
        assert part in told, (part, told)
    mine = {"name": "R", "kariz.panels.credit_report": {"accounts": accounts, "thresholds": wrong}, "ignore_errors": True}
    astray = [{"vendor": "smspanel", "below": 3}, {"account": "min", "below": 1}]
    lost = {"name": "L", "kariz.panels.credit_report": {"accounts": accounts, "thresholds": astray}}
    played = play([mine, lost], tmp_path).failed()
    for part in ("thresholds[0].vendor: must be one of", "did you mean payamsms?", "thresholds[1]: ", "below_percent", "thresholds[2].kind: must be one of",
                 "did you mean money?", "thresholds[3].action: must be one of warn, text, fail", "thresholds[4].belo: unknown option, did you mean below?"):
        assert part in played["R"]["msg"], (part, played["R"]["msg"])
    assert "thresholds[0].vendor: no account of smspanel is read" in played["L"]["msg"]
    assert "thresholds[1].account: unknown account, did you mean main?" in played["L"]["msg"]
    assert payamsms.journal() == []
    idle = play([{"name": "R", "kariz.panels.credit_report": {"accounts": accounts, "thresholds": [{"name": "x", "below": 3}]}}], tmp_path).ok()["R"]
    assert idle["warnings"] == ["thresholds[0] applies to nothing that was read"]


def test_a_report_takes_a_damaged_history_and_tells_what_is_used_up(tmp_path, payamsms, smspanel):
    """Lines that are no figures are left out with a warning; a balance of nothing is an alert without any threshold."""
    folder = tmp_path / "report"
    folder.mkdir()
    now = datetime.datetime.now(datetime.timezone.utc)

    def line(day, left):
        return json.dumps({"at": (now - datetime.timedelta(days=day)).isoformat(), "vendor": "payamsms", "account": "payamsms", "key": "balance", "left": left})
    broken = ["{half a li", "7", json.dumps({"at": "yesterday", "left": 3})]
    (folder / "history.jsonl").write_text("\n".join(broken + [line(day, 1e8 + 1e7 * day) for day in range(9, 0, -1)] + [line(-30, 5)]) + "\n")
    smspanel.settings(credit=0)
    accounts = [{"vendor": vendor.name, "connection": vendor.connection} for vendor in (payamsms, smspanel)]
    played = role(tmp_path, credit_report_accounts=accounts, credit_report_thresholds=[]).ok()
    result = played["kariz.panels.credit_report : Read every account and write the report"]
    assert "3 lines are no figures (the first is line 1)" in result["warnings"][0] and "dated after now" in result["warnings"][1]
    assert [(alert["vendor"], alert["reason"], alert["action"]) for alert in result["alerts"]] == [("smspanel", "exhausted", "warn")]
    assert next(one for one in result["gauges"] if one["vendor"] == "payamsms")["days_left"] == pytest.approx(10, rel=0.01)
    assert "! SMS panel \u2013 Balance: used up, 0 rial left" in result["lines"]
    kept = [json.loads(text) for text in (folder / "history.jsonl").read_text().splitlines()]
    assert len(kept) == 11 and "warnings" not in role(tmp_path, credit_report_accounts=accounts, credit_report_thresholds=[]).ok()[
        "kariz.panels.credit_report : Read every account and write the report"]


def test_reports_in_a_loop_tell_of_their_own_accounts(tmp_path, payamsms, smspanel):
    """One folder for several reports keeps the history of all of them, and each shows its own accounts alone."""
    state = tmp_path / "state.yml"
    state.write_text(json.dumps({"panels": {"payamsms": {"account": "file", "connection": "{{ item.file }}"}}}))
    loop = [{"accounts": [{"vendor": "smspanel", "account": "one", "connection": smspanel.connection}], "file": payamsms.connection},
            {"accounts": [], "file": payamsms.connection}]
    task = {"name": "R", "kariz.panels.credit_report": {"accounts": "{{ item.accounts }}", "path": str(state), "dest": str(tmp_path / "out")}, "loop": loop}
    for door in ("fast", "module"):
        first, second = play([task], tmp_path, door=door).ok()["R"]["results"]
        assert [one["account"] for one in first["accounts"]] == ["file", "one"] and [one["account"] for one in second["accounts"]] == ["file"]
        assert {one["account"] for one in second["gauges"]} == {"file"}
    assert len((tmp_path / "out/history.jsonl").read_text().splitlines()) == 2


def test_attendance_of_accounts_that_are_down_and_classes_that_are_misspelt(tmp_path, alocom):
    """A slug that is another class's id, an account that is refused, a typo beside a good name: the report is made, and all of it is told."""
    alocom.seed("events", 2, prefix="class", members=4)
    first, second = (row for row in alocom.events().values() if row["slug"].startswith("class"))
    # The second class has the first one's id for a slug.
    alocom.mutate("events", {"slug": second["slug"]}, {"slug": str(first["id"]), "title": "دومی"})
    for slug, count in ((first["slug"], 1), (str(first["id"]), 2)):
        for day in range(count):
            alocom.seed("attendances", 1, event=slug, date="2026-11-%02d" % (day + 2))
    state = tmp_path / "state.yml"
    accounts = [{"account": "good", "connection": alocom.connection},
                {"account": "closed", "connection": dict(alocom.connection, api_url=alocom.url.replace("127.0.0.1", "localhost"), api_password="wrong-canary")}]
    state.write_text(json.dumps({"panels": {"alocom": accounts}}), encoding="utf-8")
    wanted = {"from_date": "2026-11-01", "to_date": "2026-11-30", "desired_state": str(state), "attendance_path": str(tmp_path / "out")}
    played = playbook("attendance", tmp_path, wanted).failed()
    done = played["Read and write"]
    report = json.loads((tmp_path / "out/attendance.json").read_text(encoding="utf-8"))
    assert {row["slug"]: row["calls"] for row in report["summary"]["classes"]} == {first["slug"]: 1, str(first["id"]): 2}
    assert [error["account"] for error in done["errors"]] == ["closed"] and "wrong-canary" not in played.output
    assert "closed" in (tmp_path / "out/attendance.en.html").read_text(encoding="utf-8")
    only = dict(wanted, only="alocom/good")
    playbook("attendance", tmp_path, only).ok()
    by_name = playbook("attendance", tmp_path, dict(only, events="%s,clas-00001" % first["id"])).failed()["Read and write"]
    assert by_name["summary"]["calls"] == 2 and by_name["errors"][0]["message"].startswith("there is no class clas-00001 (did you mean class-00001")
    alone = playbook("attendance", tmp_path, dict(only, events="nobody")).failed()
    assert "there is no class nobody" in alone["Read and write"]["msg"]


def test_pages_open_without_a_complaint(tmp_path, alocom, accounts):
    """Both reports in both languages, light on a screen and dark on a telephone, as the browser of a reader shows them."""
    program = browser.find()
    environment = {"ALOCOM_%s" % name.upper(): value for name, value in alocom.connection.items()}
    alocom.seed("attendances", 2, event="math-10", date="2026-11-02")
    role(tmp_path, credit_report_accounts=accounts).ok()
    days = {"from_date": "2026-11-01", "to_date": "2026-11-30", "attendance_path": str(tmp_path / "report")}
    playbook("attendance", tmp_path, days, environment=environment).ok()
    if program is None:
        pytest.skip("no Chromium here, and none can be installed")
    with browser.Browser(program) as opened:
        for name, said in (("credit-report.fa.html", "گزارش اعتبار"), ("credit-report.en.html", "Credit report"), ("attendance.fa.html", "گزارش حضور و غیاب"),
                           ("attendance.en.html", "Attendance report")):
            for size, dark in ((browser.SCREEN, False), (browser.PHONE, True)):
                opened.open(tmp_path / "report" / name, size, dark)
                assert said in opened.evaluate("document.body.innerText") and opened.evaluate("document.querySelectorAll('svg').length")
                assert opened.console == [] and opened.evaluate(browser.MEASURE) == {"small": [], "beyond": [], "pale": []}, (name, size, dark)


def test_a_misspelt_option_shows_no_secret(alocom, tmp_path, door):
    """A map of connection options is plain data to the platform: what stands in it is masked by its name, or for want of a known name."""
    wrong = [{"vendor": "alocom", "connection": dict(alocom.connection, api_username="somebody else")},
             {"vendor": "alocom", "connection": dict(alocom.connection, api_pasword="misspelt-canary")},
             {"vendor": "alocmo", "connection": alocom.connection}]
    tasks = [{"name": "wrong %d" % number, "kariz.panels.credit_info": options, "ignore_errors": True} for number, options in enumerate(wrong)]
    played = play(tasks, tmp_path, door=door, verbosity=4).ok()
    assert [line["kind"] for line in played.lines] == ["failed"] * 3
    for shown in (alocom.connection["api_password"], json.dumps(alocom.connection["api_password"])[1:-1], "misspelt-canary"):
        assert shown not in played.output


def test_the_history_in_a_journal(tmp_path, payamsms, where):
    """Reports made in two folders (as in two containers) share one trend; a history beside the report is taken over; a check writes nothing."""
    now = datetime.datetime.now(datetime.timezone.utc)
    (tmp_path / "one").mkdir()
    (tmp_path / "one/history.jsonl").write_text("".join(json.dumps({
        "at": (now - datetime.timedelta(days=day)).isoformat(), "vendor": "payamsms", "account": "main", "key": "balance", "left": 1e8 + 1e7 * day,
    }) + "\n" for day in range(10, 0, -1)))
    before = (tmp_path / "one/history.jsonl").read_text()

    def report(dest=None, check=False, journal=where):
        account = {"vendor": "payamsms", "account": "main" if dest == "one" else "another name for it", "connection": payamsms.connection}
        more = {"dest": str(tmp_path / dest)} if dest else {}
        task = {"name": "R", "kariz.panels.credit_report": dict(more, accounts=[account], journal=journal)}
        return play([task], tmp_path, check=check).ok()["R"]["gauges"][0]

    def kept():
        with Journal(where, "history") as journal:
            return History(journal).read([("payamsms", apart.known_as(account, {}))])
    account = desired.Account("payamsms", "main", "", ())
    account.connection = payamsms.connection
    assert report(check=True)["per_day"] is None and kept() == []
    assert report("one")["per_day"] == pytest.approx(1e7, rel=0.01)
    assert len(kept()) == 11 and kept()[-1]["left"] == 10 ** 8 and (tmp_path / "one/history.jsonl").read_text() == before
    assert report("two")["per_day"] == pytest.approx(1e7, rel=0.01) and not (tmp_path / "two/history.jsonl").exists()
    # Of each day the last figure stays.
    assert len(report()["trend"]) == 11 and len(kept()) == 11
    assert report("one")["per_day"] == pytest.approx(1e7, rel=0.01) and len(kept()) == 11
    broken = play([{"name": "R", "kariz.panels.credit_report": {"vendors": ["payamsms"], "journal": str(tmp_path / "nowhere/x.db")}}], tmp_path).failed()["R"]
    assert "nowhere does not exist" in broken["msg"] and broken["error"]["code"] == "journal"
