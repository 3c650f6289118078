# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates between the calendars: examples, the way there and back for any day, and strict errors."""

from __future__ import annotations

import datetime

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.plugin_utils._values import from_jalali, to_jalali

DAYS = st.dates(datetime.date(1701, 1, 1), datetime.date(2300, 1, 1))


@pytest.mark.parametrize(("value", "options", "wanted"), [
    ("2025-10-04", {}, "1404/07/12"),
    ("2025/10/4", {}, "1404/07/12"),
    ("۲۰۲۵-۱۰-۰۴", {}, "1404/07/12"),
    (datetime.date(2025, 3, 20), {}, "1403/12/30"),
    ("2025-10-04T10:15:00Z", {}, "1404/07/12 13:45:00"),
    ("2025-10-04T22:15:00Z", {}, "1404/07/13 01:45:00"),
    ("2025-10-04 10:15", {}, "1404/07/12 10:15:00"),
    ("2025-10-04T10:15:00+02:00", {}, "1404/07/12 11:45:00"),
    (datetime.datetime(2025, 10, 4, 10, 15, tzinfo=datetime.timezone.utc), {"format": "%H:%M"}, "13:45"),
    # Iran still turned its clocks then.
    ("2021-07-01T00:00:00Z", {}, "1400/04/10 04:30:00"),
    ("2025-10-04", {"persian": True}, "۱۴۰۴/۰۷/۱۲"),
    ("2025-10-04T10:15:00Z", {"format": "%A %d %B %Y، %H:%M", "persian": True}, "شنبه ۱۲ مهر ۱۴۰۴، ۱۳:۴۵"),
])
def test_to_jalali(value, options, wanted):
    assert to_jalali(value, **options) == wanted


@pytest.mark.parametrize(("value", "options", "wanted"), [
    ("1404/7/12", {}, "2025-10-04"),
    ("۱۴۰۴-۰۷-۱۲", {}, "2025-10-04"),
    ("٣/١٢/١٤٠٤", {"format": "%d/%m/%Y"}, "2026-02-22"),
    ("1404/07/12 13:45", {}, "2025-10-04T13:45:00+03:30"),
    ("1404/07/12 13:45", {"format": "%Y/%m/%d %H:%M"}, "2025-10-04T13:45:00+03:30"),
    ("1400/04/10 04:30:00", {}, "2021-07-01T04:30:00+04:30"),
    ("1403/12/30", {}, "2025-03-20"),
])
def test_from_jalali(value, options, wanted):
    assert from_jalali(value, **options) == wanted


@pytest.mark.parametrize("value", ["1404/07/12", "yesterday", "", None, "2025-13-01", "2025-02-30", "2025-10-04T25:00", True, 20251004])
def test_what_is_no_gregorian_date_is_refused_by_name(value):
    with pytest.raises(AnsibleFilterError, match="to_jalali") as caught:
        to_jalali(value)
    assert {None: "nothing", True: "true or false"}.get(value, repr(value)) + " is no " in str(caught.value)


@pytest.mark.parametrize("value", ["2025-10-04", "1404/13/01", "1404/12/30", "1404/07/31", "پریروز", "", None, "1404/07/12 24:00", "04/07/12"])
def test_what_is_no_jalali_date_is_refused_by_name(value):
    with pytest.raises(AnsibleFilterError, match="from_jalali") as caught:
        from_jalali(value)
    assert {None: "nothing", True: "true or false"}.get(value, repr(value)) + " is no " in str(caught.value)


@given(DAYS, st.booleans())
def test_a_day_comes_back(day, in_persian):
    assert from_jalali(to_jalali(day, persian=in_persian)) == day.isoformat()


@given(st.datetimes(datetime.datetime(2022, 10, 1), datetime.datetime(2300, 1, 1), timezones=st.just(datetime.timezone.utc)))
def test_a_moment_comes_back(moment):
    there = from_jalali(to_jalali(moment))
    assert datetime.datetime.fromisoformat(there) == moment.replace(microsecond=0)


@given(DAYS, DAYS)
def test_the_order_stays(one, other):
    assert (to_jalali(one) < to_jalali(other)) == (one < other)
