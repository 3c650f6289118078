# SPDX-License-Identifier: GPL-3.0-or-later
"""Balances and attendance: pace and alerts, pages, charts, words and CSV. No play, no simulator."""

from __future__ import annotations

import contextlib
import csv
import datetime
import html.parser
import io
import json
import pathlib
import re
import threading
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._business import attendance, credits, drift, kinds, plan, pricing, spending
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import attendance as attendance_view
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import charts, credit, credit_text
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.language import FOLDER, LANGUAGES, Language, catalogue

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-21T08:30:00+00:00"

# -- pace, forecast, alerts ------------------------------------------------------------------------------------------------


def one(**more):
    return dict({"vendor": "alocom", "account": "s", "key": "k", "kind": "hours", "name": "کلاس", "left": 40.0, "total": 100.0, "expires": None,
                 "unlimited": False, "of": "account"}, **more)


def past(days, left):
    at = datetime.datetime.fromisoformat(NOW) - datetime.timedelta(days=days)
    return {"at": at.isoformat(), "vendor": "alocom", "account": "s", "key": "k", "left": left}


def test_a_forecast_begins_after_the_last_time_something_was_added():
    made, = credits.measured([one()], [past(20, 500), past(15, 5), past(10, 80), past(5, 60)], NOW)
    assert made["per_day"] == pytest.approx(4) and made["days_left"] == pytest.approx(10)
    assert credits.measured([one()], [], NOW)[0]["days_left"] is None
    assert credits.measured([one()], [past(5, 40)], NOW)[0]["per_day"] == 0
    assert credits.measured([one()], [past(0.1, 90)], NOW)[0]["per_day"] is None


def test_nothing_switches_a_forecast_off():
    """Not a refund of one rial, nor a payment a moment ago, nor a figure of a wrong clock, before or after now."""
    steady = [past(day, 40.0 + 4 * day) for day in range(10, 0, -1)]
    refund = [past(day, 40.0 + 4 * day + (0.001 if day < 4 else 0)) for day in range(10, 0, -1)]
    paid = [past(day, 4.0 * day) for day in range(10, 0, -1)]
    early = steady + [past(4.5, 1.0)]
    late, later = credits.trimmed(steady + [past(-1, 3), past(-400, 7)], NOW, 400)
    assert later == 2 and late == steady
    for history in (steady, refund, paid, late):
        made, = credits.measured([one()], credits.daily(history), NOW)
        assert made["per_day"] == pytest.approx(4, rel=0.01) and made["days_left"] == pytest.approx(10, rel=0.01), history
    assert credits.measured([one()], credits.daily(early), NOW)[0]["days_left"] is not None


def test_a_history_keeps_one_figure_a_day_of_tehran_and_takes_damage():
    lines = [json.dumps(dict(past(0, 1), at=at, left=left)) for at, left in (
        ("2026-11-10T20:29:00Z", 9), ("2026-11-10T20:31:00Z", 8), ("2026-11-11T19:00:00+00:00", 7), ("2026-11-11T12:00:00+03:30", 6))]
    broken = ["{", "[]", "3", "null", '{"at": "soon", "vendor": "v", "account": "a", "key": "k", "left": 1}', json.dumps(dict(past(1, 1), left="1")),
              json.dumps(dict(past(1, 1), left=None)), json.dumps(dict(past(1, 1), left=True)), json.dumps(dict(past(1, 1), vendor=[])), '{"left": NaN}',
              json.dumps(dict(past(1, 1), left=float("inf"))), json.dumps(dict(past(1, 1), at=3)), "\ufffd"]
    damaged: list = []
    found = credits.daily(credits.readable([line for pair in zip(broken, lines + [""] * 20) for line in pair], damaged))
    # Half past eight in the evening of universal time is midnight in Tehran.
    assert [(entry["at"], entry["left"]) for entry in found] == [("2026-11-10T20:29:00Z", 9), ("2026-11-11T19:00:00+00:00", 7)]
    assert damaged == list(range(1, 2 * len(broken), 2))


def test_exhausted_is_not_healthy():
    """Nothing left, or less, alerts whatever the thresholds say; what a threshold about the amount asks for is done."""
    gone = [one(key=name, vendor=vendor, name=None, kind="money", left=left, total=None) for name, vendor, left in (
        ("zero", "payamsms", 0), ("owing", "smspanel", -5.0), ("some", "payamsms", 1))]
    gone += [one(key="hours", left=0, total=12), one(key="p", of="subscriber", kind="traffic", left=0, total=5), one(key="free", left=0, unlimited=True),
             one(key="q", of="subscriber", kind="traffic", left=0, total=5, expires="2026-01-01T00:00:00Z")]
    gauges = credits.measured(gone, [], NOW)
    assert [(alert["key"], alert["reason"], alert["action"]) for alert in credits.alerts(gauges, [])] == [
        (name, "exhausted", "warn") for name in ("hours", "p", "zero", "owing")]
    asked = credits.alerts(gauges, [{"vendor": "payamsms", "days_left": 3, "action": "text"}, {"below_percent": 10}, {"below": 0.5, "action": "fail"},
                                    {"expires_days": 3, "action": "fail"}])
    assert {(alert["key"], alert["reason"], alert["action"]) for alert in asked} == {
        ("zero", "exhausted", "fail"), ("owing", "exhausted", "fail"), ("hours", "exhausted", "fail"), ("p", "exhausted", "fail"), ("q", "ended", "fail")}
    report = report_of(gauges, ())
    for code, said in (("en", ["Balance: used up, 0 rial left", "Balance: used up, -5 rial left", "1 subscriber has nothing left"]),
                       ("fa", ["موجودی", "تمام شده است", "برای", "۱ مشترک چیزی نمانده است"])):
        assert all(part in "\n".join(credit_text.lines(report, code)) for part in said)
        text = credit.page(report, code)
        assert text.count('<div class="card bad">') == 3 and text.count('<div class="card ">') == 2


def test_a_threshold_that_names_nobody_is_told():
    accounts = [("alocom", "school"), ("payamsms", "main")]
    assert credits.wrong_thresholds([{"expires_days": 3}, {"vendor": "alocom", "account": "school"}, {"account": "main"}], accounts) == []
    wrong = credits.wrong_thresholds([{"vendor": "smspanel"}, {"account": "scool"}, {"vendor": "payamsms", "account": "school"}], accounts)
    assert [problem.sentence() for problem in wrong] == [
        "thresholds[0].vendor: no account of smspanel is read", "thresholds[1].account: unknown account, did you mean school? allowed here: main, school",
        "thresholds[2].account: unknown account; allowed here: main"]
    gauges = credits.measured([one()], [], NOW)
    assert credits.idle_thresholds([{"name": "کلاس"}, {"name": "کلاش", "below": 3}, {"below": 1}, {"kind": "money", "below": 2}], gauges) == [1, 3]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30), st.floats(0, 1e9))
def test_a_forecast_is_never_negative(lefts, left):
    history = [past(len(lefts) - place, value) for place, value in enumerate(lefts)]
    made, = credits.measured([one(left=left, total=None)], history, NOW)
    assert made["per_day"] is None or made["per_day"] >= 0
    assert made["days_left"] is None or made["days_left"] >= 0
    for code in LANGUAGES:
        checked(credit.page(report_of([made]), code))


def test_alerts_choose_the_gravest_action_and_only_what_is_selected():
    gauges = credits.measured([one(expires="2026-11-24T08:30:00"), one(key="other", vendor="payamsms", kind="money", left=5.0, total=None)], [], NOW)
    found = credits.alerts(gauges, [{"expires_days": 14, "action": "warn"}, {"expires_days": 5, "action": "fail"},
                                    {"below": 10, "kind": "money", "action": "text"}, {"below": 10, "vendor": "smspanel", "action": "fail"},
                                    {"below_percent": 40}])
    assert [(alert["reason"], alert["action"], alert["key"]) for alert in found] == [("expires_days", "fail", "k"), ("below", "text", "other")]
    assert credits.trimmed([past(400, 1), past(3, 2)], NOW, 30) == ([past(3, 2)], 0)


def test_ended_ending_and_healthy_are_three_things():
    """What ended 387 days ago does not end within 14: in words, counts and colour, in both languages."""
    ends = {"over": "2025-10-30T08:30:00Z", "soon": "2026-11-25T08:30:00Z", "fine": "2027-06-01T08:30:00Z"}
    people = [one(key=name, name=name, of="subscriber", kind="traffic", left=9e9, total=1e10, expires=end) for name, end in ends.items()]
    gauges = credits.measured(people + [one(key="class", expires=ends["over"])], [], NOW)
    assert [credits.standing(gauge) for gauge in gauges] == ["ended", "ending", "healthy", "ended"]
    assert credits.standing(credits.measured([one()], [], NOW)[0]) is None
    report = report_of(gauges, credits.THRESHOLDS)
    assert {(alert["key"], alert["reason"]) for alert in report["alerts"]} == {("over", "ended"), ("soon", "expires_days"), ("class", "ended")}
    for code, said, counted in (("en", ["1 subscriber's services have ended", "1 subscriber's services end within 14 days", "has expired"],
                                 "1 ended, 1 end within 14 days, 1 go on"),
                                ("fa", ["سرویس", "۱ مشترک تمام شده است", "منقضی شده است"], "۱ تمام‌شده، ۱ تا ۱۴ روز دیگر تمام می‌شود، ۱ برقرار")):
        lines = "\n".join(line for line in credit_text.lines(report, code) if line.startswith("! "))
        text = credit.page(report, code)
        assert all(part in lines for part in said), lines
        assert counted in checked(text)
        rows = {name: row for row in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) for name in ends if "<bdi>%s<" % name in row}
        # Red, with an empty bar, though nine tenths of the traffic are left.
        assert '<div class="bad"><div class="bar" role="img" aria-label="0%"><i style="width:0.0%">' in rows["over"] and 'aria-label="90%"' in rows["fine"]
        # What ended is the headline, not what ends next.
        headline = text[text.index('<div class="tiles">'):text.index("<h2>")]
        assert ("Have ended" in headline or "تمام‌شده‌ها" in headline) and "Expires first" not in headline and "زودتر منقضی" not in headline
        assert '<div class="warn">' in rows["soon"] and '<div class="">' in rows["fine"]


# -- pages -----------------------------------------------------------------------------------------------------------------


class Page(html.parser.HTMLParser):
    """Refuses a page that is not well formed, or that would ask the network for something."""

    void = {"meta", "link", "br"}

    def __init__(self):
        super().__init__()
        self.open = []
        self.said = []

    def handle_starttag(self, tag, attrs):
        assert tag != "script"
        for name, value in attrs:
            assert not name.startswith("on") and name not in ("src", "srcset", "action"), (tag, name)
            assert name != "href" or value == "data:,", value
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)


def checked(text):
    page = Page()
    page.feed(text)
    assert page.open == [] and "url(" not in text and "http" not in text and "@import" not in text
    return "".join(page.said)


def report_of(gauges, thresholds=({"below_percent": 101},), errors=()):
    days = [(datetime.date(2026, 11, 21) + datetime.timedelta(days=number)).isoformat() for number in range(30)]
    return {"at": NOW, "accounts": [{"vendor": "alocom", "account": "s"}], "gauges": gauges, "errors": list(errors), "coming_days": days,
            "alerts": credits.alerts(gauges, thresholds)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_take_any_name_and_ask_the_network_for_nothing(code):
    evil = "</style><script>alert(1)</script>\"'&<b onclick=x>"
    gauges = credits.measured([one(name=evil, expires="2026-11-25T00:00:00Z"), one(key="b", left=None, total=None, unlimited=True)]
                              + [one(key="s%d" % number, name="%s%d" % (evil, number), of="subscriber", kind="traffic", left=number * 1e9, total=5e10,
                                     expires="2026-12-%02dT00:00:00" % (number % 28 + 1)) for number in range(40)], [past(3, 70), past(2, 60)], NOW)
    said = checked(credit.page(report_of(gauges, errors=[{"vendor": "alocom", "account": evil, "message": evil}]), code, title=evil))
    assert evil in said and ("۲۰" in said) is (code == "fa")
    assert checked(credit.page(report_of([]), code))


@pytest.mark.parametrize("name", sorted({path.name.partition(".")[0] for path in (pathlib.Path(FOLDER) / "words").iterdir()}))
def test_both_languages_say_the_same_things(name):
    english, persian = catalogue(name, "en"), catalogue(name, "fa")
    assert list(english) == list(persian)
    assert all(str(persian[key]).count("%s") == str(english[key]).count("%s") for key in english)
    # No word is left out of a catalogue, and none is there for nothing.
    used = "".join(path.read_text(encoding="utf-8") for path in pathlib.Path(FOLDER).rglob("*") if path.suffix in (".py", ".j2"))
    made = {"k_" + kind for kind in kinds.GAUGES} | set(credits.LIMITS)
    made |= {many + reason for many in ("many_", "one_") for reason in credits.LIMITS + ("ended", "exhausted")}
    made |= {"over_" + name for name in spending.LIMITS} | set(spending.PRICED) | set(pricing.FINAL)
    made |= {"w_" + change for change in drift.CHANGES} | set(drift.CHANGES) | set(plan.CHANGES)
    idle = [key for key in english if not re.search(r"""['"]%s['"]""" % key, used) and key not in made | set(filter(None, kinds.GAUGES.values()))]
    assert idle == []


def test_every_vendor_and_unit_has_its_words():
    """The table of vendors is the only place where a vendor stands: everything about all of them follows from it."""
    for row in kinds.VENDORS:
        assert set(row.titles) == set(LANGUAGES) and callable(row.left) and all(kind.vendor == row.name for kind in row.rows)
        for kind in row.rows:
            assert all(set(words) == set(LANGUAGES) for words in (kind.titles, kind.about, kind.note or kind.titles)), kind.name
            # What refuses to go while it is used foretells that; nothing else is asked about it.
            assert kind.resource.keeps_used is ("in_use" in vars(type(kind.resource))), kind.name
    for code in LANGUAGES:
        language = credit_text.language_of(code)
        assert all(credit_text.amount(language, kind, 2048) and language.say("k_" + kind) for kind in kinds.GAUGES)
    named = re.compile(r"""['"](%s)['"]""" % "|".join(kinds.vendors()))
    # These ask one vendor something of its own.
    special = {"message.py", "message_delivery.py", "sms_alert.py", "_watches.py"}
    found = [path.name for folder in ("module_utils/_business", "module_utils/_core", "plugin_utils", "action", "callback", "filter", "test")
             for path in (ROOT / "plugins" / folder).rglob("*.py") if named.search(path.read_text(encoding="utf-8"))]
    assert set(found) - special == {"kinds.py"}
    # Nor does a table of kinds stand anywhere else: two kinds are keys of it, in code or in a catalogue.
    keys = re.compile(r"""^\s*['"]?(?:kind_)?(%s)['"]?: """ % "|".join({kind.name for kind in kinds.KINDS} - {"messages", "users"}), re.MULTILINE)
    tables = [path.name for folder in ("module_utils/_business", "module_utils/_core", "plugin_utils", "action", "callback", "filter", "test")
              for path in (ROOT / "plugins" / folder).rglob("*") if path.suffix in (".py", ".yml") and len(keys.findall(path.read_text(encoding="utf-8"))) > 1]
    assert tables == []


def test_csv_is_safe_to_open_in_a_spreadsheet():
    text = credit_text.to_csv(report_of(credits.measured([one(name="=HYPERLINK(1)", expires="2026-12-01T21:00:00Z")], [], NOW)))
    # A spreadsheet takes a file for UTF-8 when it begins with this mark.
    assert text.startswith("\ufeff") and "\ufeff" not in text[1:]
    row, = csv.DictReader(io.StringIO(text[1:]))
    assert row["name"] == "'=HYPERLINK(1)" and (row["left"], row["unit"], row["days_left"]) == ("40", "hours", "")
    assert (row["at"], row["at_tehran"], row["at_jalali"]) == (NOW, "2026-11-21 12:00", "1405/08/30")
    assert (row["expires"], row["expires_tehran"], row["expires_jalali"]) == ("2026-12-01T21:00:00Z", "2026-12-02 00:30", "1405/09/11")


FORMULA = r"[\s\ufeff\u200f]*[-=+@\uff1d\uff20]"


@given(st.text(max_size=4), st.sampled_from(["", " ", "\t", "\r\n", "\ufeff", "\u200f", "\xa0"]), st.sampled_from("=+-@\uff1d\uff20"), st.text(max_size=6))
def test_no_name_is_a_formula_in_any_table(front, invisible, sign, rest):
    formula = invisible + sign + "cmd|' /C calc'!A0" + rest
    person = {"first_name": formula, "last_name": front + ";" + formula, "username": rest}
    call = {"account": "s", "slug": formula, "title": rest, "date": "2026-11-02", "teacher_name": None, "presents": [person], "absents": []}
    visit = dict(person, account="s", event_name=formula, login_time="2026-11-02T08:00:00Z", exit="2026-11-02T09:30:00Z")
    gauges = credits.measured([one(name=formula)], [], NOW)
    for text in (attendance.calls_csv({"calls": [call]}), attendance.visits_csv({"visits": [visit]}), credit_text.to_csv(report_of(gauges))):
        _head, *rows = csv.reader(io.StringIO(text[1:], newline=""))
        assert len(rows) == 1 and any(cell.startswith("'") for cell in rows[0])
        assert not any(re.match(FORMULA, cell) for cell in rows[0])
        # Split at semicolons, as a spreadsheet of many countries does, no part of a text is a formula either.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            assert not any(re.match(FORMULA, cell) for cell in row)


@pytest.mark.parametrize("code", LANGUAGES)
def test_attendance_adds_up(code):
    people = [{"first_name": name, "last_name": "<b>", "username": name} for name in "abc"]
    x, y = {"account": "s", "id": 5, "slug": "x", "title": "<i>x"}, {"account": "s", "id": 6, "slug": "5", "title": "y"}
    report = {"at": NOW, "from": "2026-11-01", "to": "2026-11-30", "classes": [x, y],
              "calls": [dict(x, class_id=5, date="2026-11-02T21:00:00Z", teacher_name="t", presents=people[:2], absents=people[2:]),
                        dict(x, class_id=5, date="2026-11-04T11:00:00Z", teacher_name="t", presents=people[:1], absents=people[1:])],
              "visits": [dict(people[0], account="s", event_name="x", login_time="2026-11-02T08:00:00Z", exit="2026-11-02T09:30:00Z"),
                         dict(people[0], account="s", event_name="x", login_time="2026-11-02T08:00:00Z", exit=None)]}
    found = attendance.summary(report)
    assert found["total"] == {"calls": 2, "present": 3, "absent": 3, "visits": 2, "minutes": 90.0}
    # Nine in the evening of universal time is the next day in Tehran.
    assert found["days"] == {"2026-11-03": {"present": 2, "absent": 1}, "2026-11-04": {"present": 1, "absent": 2}}
    assert {person["username"]: (person["present"], person["absent"]) for person in found["people"]} == {"a": (2, 0), "b": (1, 1), "c": (0, 2)}
    assert found["hours"][11] == 2
    assert "<i>x" in checked(attendance_view.page(report, code))
    assert [(row["id"], row["calls"]) for row in found["classes"]] == [(5, 2), (6, 0)]
    rows = list(csv.DictReader(io.StringIO(attendance.calls_csv(report)[1:])))
    assert len(rows) == 6 and (rows[0]["date"], rows[0]["date_tehran"], rows[0]["date_jalali"]) == ("2026-11-02T21:00:00Z", "2026-11-03 00:30", "1405/08/12")
    row = list(csv.DictReader(io.StringIO(attendance.visits_csv(report)[1:])))[0]
    assert (row["login_time_tehran"], row["exit_jalali"], row["minutes"]) == ("2026-11-02 11:30", "1405/08/11", "90")
    checked(attendance_view.page(dict(report, calls=[], visits=[]), code))


# -- charts ----------------------------------------------------------------------------------------------------------------

MOMENT = datetime.datetime.fromisoformat("2026-11-21T21:30:00+00:00")


@pytest.mark.parametrize("code", LANGUAGES)
def test_charts_run_in_the_reading_direction_and_name_the_days_of_tehran(code):
    language = Language(code, "credit")
    # Half past nine in the evening of universal time: the heading, the axis and the columns are of the 22nd, the 1st of Azar.
    today = {"en": "11-22", "fa": "۰۹/۰۱"}[code]
    drawn = charts.trend([(-40, 90.0), (-20, 70.0), (0, 50.0)], MOMENT, language, 50)
    assert [label["text"] for label in drawn["labels"]][1] == today and len(drawn["labels"]) == 3
    assert (drawn["dot"][0] > 160) is not (code == "fa") or drawn["dot"][0] == pytest.approx(160, abs=30)
    first, last = drawn["labels"][0], drawn["labels"][2]
    assert (first["x"] < last["x"]) is (code == "en") and (first["anchor"], last["anchor"]) == (("start", "end") if code == "en" else ("end", "start"))
    bars = charts.columns([("a", 1, ""), ("b", 2, "")], language)["wide"]["bars"]
    assert (bars[0]["x"] < bars[1]["x"]) is (code == "en")
    day = datetime.date(2026, 11, 22)
    report = dict(report_of(credits.measured([one(key="p", of="subscriber", kind="traffic", expires="2026-11-21T22:00:00Z")], [], MOMENT.isoformat())),
                  at=MOMENT.isoformat(), coming_days=[(day + datetime.timedelta(days=number)).isoformat() for number in range(30)])
    text = credit.page(report, code)
    assert "<title>%s: %s</title>" % (today, language.number(1)) in text
    assert {"en": "As of 2026-11-22, 01:00", "fa": "۱ آذر ۱۴۰۵، ساعت ۰۱:۰۰"}[code] in checked(text)


def test_there_is_no_empty_chart():
    language = Language("en", "credit")
    assert charts.trend([(0, 5.0)], MOMENT, language) is None and charts.trend([(-0.2, 9.0), (0, 5.0)], MOMENT, language) is None
    assert charts.trend([(-9, 0.0), (0, 0.0)], MOMENT, language) is None
    assert charts.columns([], language) is None and charts.columns([("a", 0, ""), ("b", None, "")], language) is None
    # Nobody there on any day is something to see.
    assert len(charts.columns([("a", 0, "bad"), ("b", None, "")], language, most=100, rate=True)["narrow"]["bars"]) == 1
    people = [one(key="p", of="subscriber", kind="traffic", expires="2035-01-01T00:00:00Z")]
    text = credit.page(report_of(credits.measured(people, [], NOW)), "en")
    assert "No service ends in the next 30 days." in text and "<svg class" not in text


@given(st.lists(st.tuples(st.floats(-400, 0), st.floats(-1e12, 1e12)), max_size=400), st.none() | st.floats(0.001, 1e6), st.sampled_from(LANGUAGES))
def test_a_line_stays_in_its_drawing_and_a_year_is_no_longer_than_it_is_wide(points, ahead, code):
    drawn = charts.trend(sorted(points), MOMENT, Language(code, "credit"), ahead)
    for pair in (drawn["line"].split() + drawn["ahead"].split() if drawn else ()):
        x, y = map(float, pair.split(","))
        assert 0 <= x <= drawn["width"] and 0 <= y <= drawn["floor"]
    assert drawn is None or len(drawn["line"].split()) <= drawn["width"] / 2 + 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_tables_have_heads_for_every_column(code):
    people = [one(key=name, name=name, of="subscriber", kind="traffic", expires="2026-12-01T00:00:00Z") for name in "ab"]
    for text in (credit.page(report_of(credits.measured(people, [], NOW)), code),
                 attendance_view.page({"at": NOW, "from": "2026-11-01", "to": "2026-11-30", "classes": [{"account": "s", "id": 1, "slug": "x", "title": "x"}],
                                       "calls": [], "visits": []}, code)):
        heads = re.findall(r"<th[^>]*>[^<]*</th>", text)
        assert heads and all('scope="col"' in head and not head.endswith("></th>") for head in heads)


# -- reading ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fast", [True, False])
def test_accounts_are_read_side_by_side(fast):
    """Without processes of their own, twelve are under way at once: each waits for all others. Results come in the order of the calls."""
    together = threading.Barrier(12 if fast else 1, timeout=20)

    class Action:
        def __init__(self, number):
            self.number = number

        def is_fast(self, task_vars):
            return fast

        @contextlib.contextmanager
        def surroundings(self):
            yield {"A": "b"}

        def carried_out(self, environment):
            together.wait()
            return {"number": self.number, "environment": environment}

        def run(self, task_vars):
            return {"number": self.number, "environment": None}
    action = types.SimpleNamespace(_made=lambda name, arguments, check_mode: Action(arguments["number"]))
    found = BusinessAction.run_modules(action, "kariz.panels.credit_info", [{"number": number} for number in range(12)], {})
    assert found == [{"number": number, "environment": {"A": "b"} if fast else None} for number in range(12)]
