# SPDX-License-Identifier: GPL-3.0-or-later
"""Normal forms of Persian text, and waits told by a server."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline, backoff, retry_after
from ansible_collections.kariz.panels.plugins.module_utils._core.text import digits, excerpt, normal

WORDS = st.text(alphabet="یيىکكاآبپ\u200c ـ۱1١aAé\u0301\u00a0", max_size=20)


@given(WORDS)
@example("A\u0640\u0301")
def test_normal_is_a_normal_form(text):
    assert normal(normal(text)) == normal(text)


@given(WORDS)
def test_keyboards_make_no_difference(text):
    arabic = text.replace("ی", "\u064a").replace("ک", "\u0643")
    assert normal(arabic) == normal(text)
    assert normal("\u200c %s\u00a0" % text) == normal(text)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("A", "a"), ("۱", "1"), ("می‌روم", "میروم"), ("", "x")])
def test_what_people_can_tell_apart_stays_apart(one, other):
    assert normal(one) != normal(other)


@given(st.integers(min_value=0, max_value=10**15))
def test_digits(number):
    persian = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert digits(persian) == digits(arabic) == digits(number) == str(number)


@given(st.text())
def test_excerpt_is_one_short_line(text):
    assert len(excerpt(text)) <= 203 and "\n" not in excerpt(text)


@given(st.floats(min_value=0, max_value=1e6))
def test_retry_after_in_seconds(seconds):
    assert retry_after(" %r " % seconds) == seconds


@given(st.integers(min_value=-10**6, max_value=10**6))
def test_retry_after_as_a_date(seconds):
    when = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    asked = retry_after(format_datetime(when, usegmt=True))
    assert asked is not None and asked >= 0 and abs(asked - max(0, seconds)) <= 2


@given(st.text())
def test_retry_after_never_breaks(text):
    found = retry_after(text)
    assert found is None or found >= 0


@pytest.mark.parametrize("text", [None, "", " ", "soon", "-5", "nan", "inf", "Sun, 99 Nov 9999 99:99:99 GMT"])
def test_odd_retry_after(text):
    """Nonsense is no wish at all; a wish is a number that can be compared with the time that is left."""
    found = retry_after(text)
    assert found is None or found == 0 or found > 10**6


@given(st.integers(min_value=0, max_value=1000))
def test_backoff_stays_in_its_bounds(attempt):
    wait = backoff(attempt)
    assert 0.1 <= wait <= 10


def test_deadline():
    assert Deadline(0).passed() and not Deadline(60).passed() and 59 < Deadline(60).left() <= 60
