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

    rows = list(csv.DictReader((folder / "credit-report.csv").open(encoding="utf-8")))
    assert {row["vendor"] for row in rows} == {"alocom", "deltasib", "payamsms", "podspace", "smspanel"}
    assert len(json.loads((folder / "credit-report.json").read_text(encoding="utf-8"))["gauges"]) == len(rows)
    assert len((folder / "history.jsonl").read_text().splitlines()) > 10
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
    rows = list(csv.DictReader((tmp_path / "out/attendance.csv").open(encoding="utf-8")))
    assert len(rows) == 27 and {row["class"] for row in rows} == {slug}
    assert "changed=0" in playbook("attendance", tmp_path, wanted, environment=environment).ok().output
    alocom.settings(visit_path=None)
    without = playbook("attendance", tmp_path, dict(wanted, events=other), environment=environment).ok()["Read and write"]
    assert without["summary"]["calls"] == 0 and "without visits" in without["warnings"][0]
    assert "from_date is later than to_date" in playbook("attendance", tmp_path, dict(wanted, to_date="1404/1/1"), environment=environment).failed().output


def test_pages_open_without_a_complaint(tmp_path, alocom, accounts):
    """Both reports in both languages, light and dark, as the browser of a reader shows them."""
    program = browser.find()
    environment = {"ALOCOM_%s" % name.upper(): value for name, value in alocom.connection.items()}
    alocom.seed("attendances", 2, event="math-10", date="2026-11-02")
    role(tmp_path, credit_report_accounts=accounts).ok()
    days = {"from_date": "2026-11-01", "to_date": "2026-11-30", "attendance_path": str(tmp_path / "report")}
    playbook("attendance", tmp_path, days, environment=environment).ok()
    if program is None:
        pytest.skip("no Chromium here, and none can be installed")
    for name, said in (("credit-report.fa.html", "گزارش اعتبار"), ("credit-report.en.html", "Credit report"), ("attendance.fa.html", "گزارش حضور و غیاب"),
                       ("attendance.en.html", "Attendance report")):
        for flags in ((), ("--blink-settings=preferredColorScheme=0",)):
            text, console = browser.opened(program, tmp_path / "report" / name, *flags)
            assert said in text and "<svg" in text
            assert console == []


def test_a_browser_that_complains_is_heard(tmp_path):
    program = browser.find()
    if program is None:
        pytest.skip("no Chromium here, and none can be installed")
    page = tmp_path / "bad.html"
    page.write_text("<script>console.error('oh dear')</script>", encoding="utf-8")
    assert "oh dear" in "".join(browser.opened(program, page)[1])


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
    assert len(report()["trend"]) >= 12 and len(kept()) == 13
    assert report("one")["per_day"] == pytest.approx(1e7, rel=0.01) and len(kept()) == 14
    broken = play([{"name": "R", "kariz.panels.credit_report": {"vendors": ["payamsms"], "journal": str(tmp_path / "nowhere/x.db")}}], tmp_path).failed()["R"]
    assert "nowhere does not exist" in broken["msg"] and broken["error"]["code"] == "journal"
