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
