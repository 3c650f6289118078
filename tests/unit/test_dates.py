# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jalali dates to ISO 8601: what vendors send and what people type."""

from __future__ import annotations

import datetime

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

days = st.dates(datetime.date(1800, 1, 1), datetime.date(2300, 12, 31))
clocks = st.times().map(lambda time: time.replace(microsecond=0))
separators = st.sampled_from("/-.")
spellings = st.sampled_from([lambda text: text, lambda text: text.translate(PERSIAN), lambda text: text.translate(ARABIC), lambda text: " %s\n" % text])


def jalali(day, separator="/", width=1):
    found = jdatetime.date.fromgregorian(date=day)
    return separator.join(str(part).zfill(width) for part in (found.year, found.month, found.day))


@given(days, separators, st.sampled_from([1, 2]), spellings)
def test_every_jalali_day_in_every_spelling(day, separator, width, spelling):
    text = spelling(jalali(day, separator, width))
    assert dates.iso(text) == day.isoformat()
    assert dates.day(text, "date") == day.isoformat()


@given(days, clocks, spellings)
def test_a_time_beside_the_day_or_behind_it(day, clock, spelling):
    wanted = datetime.datetime.combine(day, clock).isoformat()
    assert dates.iso(spelling(jalali(day)), spelling(clock.isoformat())) == wanted
    assert dates.iso(spelling("%s %s" % (jalali(day), clock.isoformat()))) == wanted


@given(days)
def test_gregorian_days_stay(day):
    assert dates.iso(day.isoformat()) == dates.iso(day) == dates.day(day.isoformat(), "date") == day.isoformat()
    assert dates.iso(dates.iso(jalali(day))) == day.isoformat()


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.binary()), st.one_of(st.none(), st.text()))
def test_anything_else_is_no_date_and_no_error(value, clock):
    found = dates.iso(value, clock)
    assert found is None or datetime.datetime.fromisoformat(found)


@pytest.mark.parametrize("value", [None, "", "-", " ", "1400/13/1", "1400/12/30", "1400/5", "1400/5/32", "00/5/9", "2021-02-30", "1400/5/9 25:00", "زمان"])
def test_what_is_no_date(value):
    assert dates.iso(value) is None


@pytest.mark.parametrize(("value", "clock", "wanted"), [
    ("1400/5/9", None, "2021-07-31"),
    ("1400/5/9", "18:45", "2021-07-31T18:45:00"),
    ("1400/5/9", "-", "2021-07-31"),
    ("1399/12/30", None, "2021-03-20"),
    ("۱۴۰۱/۹/۹", "۱۸:۴۵", "2022-11-30T18:45:00"),
    ("2021-07-26 16:10:06", None, "2021-07-26T16:10:06"),
    ("2024-03-18T09:31:04.906Z", None, "2024-03-18T09:31:04Z"),
])
def test_what_the_vendor_sends(value, clock, wanted):
    assert dates.iso(value, clock) == wanted


@pytest.mark.parametrize("value", ["", "tomorrow", "1404/7/32", "2025-10-04 10:00", "20251004", None])
def test_a_bad_day_names_its_option(value):
    with pytest.raises(UsageError, match="^from_date must be a day such as"):
        dates.day(value, "from_date")


def test_without_the_library(monkeypatch):
    monkeypatch.setattr(dates, "jdatetime", None)
    told = []
    host = type("Host", (), {"warn": staticmethod(told.append)})
    assert dates.iso("1400/5/9", "18:45") is None
    assert dates.iso("2021-7-5") == dates.day("2021-7-5", "date") == "2021-07-05"
    with pytest.raises(UsageError, match="date: a Jalali date needs the Python library jdatetime") as caught:
        dates.day("1400/5/9", "date")
    assert caught.value.code == "missing_library"
    dates.warn_if_lacking(host)
    assert len(told) == 1 and "jdatetime" in told[0]
    monkeypatch.setattr(dates, "jdatetime", jdatetime)
    dates.warn_if_lacking(host)
    assert len(told) == 1


@pytest.mark.parametrize(("text", "wanted"), [("1700-1-1", "1700-01-01"), ("1699/1/1", "2320-03-21")])
def test_where_jalali_years_end(text, wanted, monkeypatch):
    assert dates.iso(text) == dates.day(text, "date") == wanted
    monkeypatch.setattr(dates, "jdatetime", None)
    if text.startswith("1700"):
        assert dates.day(text, "date") == wanted
    else:
        with pytest.raises(UsageError, match="library jdatetime"):
            dates.day(text, "date")


@pytest.mark.parametrize(("text", "utc"), [
    ("1404/07/12 13:45 +05:45", "2025-10-04T08:00:00"), ("1404/07/12 13:45-0330", "2025-10-04T17:15:00"), ("1404/07/12 13:45:10Z", "2025-10-04T13:45:10"),
    ("1404/07/12 13:45", "2025-10-04T10:15:00"), ("1404/07/12 13:45 +12:00", "2025-10-04T01:45:00")])
def test_zones(text, utc):
    found = datetime.datetime.fromisoformat(dates.from_jalali(text))
    assert found.astimezone(datetime.timezone.utc).replace(tzinfo=None).isoformat() == utc and found.utcoffset() == datetime.timedelta(minutes=210)


@pytest.mark.parametrize(("year", "offset"), [(2021, 270), (2025, 210)])
def test_summer_time_while_there_was_one(year, offset, monkeypatch):
    summer = datetime.datetime(year, 7, 1, 12)
    assert dates.tehran(summer).utcoffset() == datetime.timedelta(minutes=offset) and dates.tehran(summer).replace(tzinfo=None) == summer
    moment = datetime.datetime(year, 7, 1, 12, tzinfo=datetime.timezone.utc)
    assert dates.tehran(moment).utcoffset() == datetime.timedelta(minutes=offset) and dates.tehran(moment) == moment

    def lacking(name):
        raise dates.zoneinfo.ZoneInfoNotFoundError(name)
    # Without a zone database, standard time is better than none.
    monkeypatch.setattr(dates.zoneinfo, "ZoneInfo", lacking)
    assert dates.tehran(moment).utcoffset() == dates.tehran(summer).utcoffset() == datetime.timedelta(minutes=210)


def test_filters_without_the_library(monkeypatch):
    monkeypatch.setattr(dates, "jdatetime", None)
    for function, value in ((dates.to_jalali, "2025-10-04"), (dates.from_jalali, "1404/7/12"), (dates.from_jalali, "tomorrow")):
        with pytest.raises(ValueError, match="need the Python library jdatetime on the machine where the filter runs"):
            function(value)


@pytest.mark.parametrize(("form", "value", "timed"), [
    ("%Y/%m/%d", "1404/07/12", False), *((form, value, True) for form, value in (
        ("%Y/%m/%d %H", "1404/07/12 00"), ("%Y/%m/%d %M", "1404/07/12 00"), ("%Y/%m/%d %S", "1404/07/12 00"),
        ("%Y/%m/%d %f", "1404/07/12 000000")))])
def test_a_form_with_a_time_gives_a_moment(form, value, timed):
    assert dates.from_jalali(value, form) == ("2025-10-04T00:00:00+03:30" if timed else "2025-10-04")


@pytest.mark.parametrize(("text", "reason"), [("1404/12/30", "1404 is no leap year"), ("1403/12/31", "that month has 30 days"), ("1404/13/45", "12 months"),
                                              ("2025-02-29", "that month has 28 days"), ("1404/7/31", "that month has 30 days")])
def test_why_there_is_no_such_day(text, reason):
    with pytest.raises(UsageError, match=reason):
        dates.day(text, "date")
    assert dates.day("1403/12/30", "date") == "2025-03-20"
