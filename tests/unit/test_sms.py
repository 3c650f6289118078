# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers, parts of texts, times in Tehran."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import tehran
from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import content, iran_mobile, parts

SPELLINGS = ["09121234567", "9121234567", "+989121234567", "00989121234567", "989121234567", "۰۹۱۲۱۲۳۴۵۶۷", "٠٩١٢١٢٣٤٥٦٧", "0912 123 45 67", "0912-123-4567",
             "(0912) 123.4567", "+98 (912) 123-4567", "\u200e+98\u00a0912 1234567\u200c", "+9809121234567", 9121234567, "۹۸۹۱۲۱۲۳۴۵۶۷"]


@pytest.mark.parametrize("value", SPELLINGS)
def test_spellings(value):
    assert iran_mobile(value) == "989121234567"
    assert iran_mobile(value, "local") == "09121234567" and iran_mobile(value, "e164") == "+989121234567"


@pytest.mark.parametrize(("value", "reason"), [
    ("02188776655", "landline"), ("+982188776655", "landline"), ("0912123456", "digits"), ("091212345678", "digits"), ("abc", "more than digits"),
    ("", "empty"), (None, "nothing is not a phone number$"), (True, "true or false is not a phone number$"), ([], "not a phone number$"),
    ("+14155552671", "Iran"), ("0012125551234", "Iran"),
    ("0912123456a", "more than")])
def test_refused_with_a_reason(value, reason):
    with pytest.raises(ValueError, match=reason):
        iran_mobile(value)


def test_unknown_format():
    with pytest.raises(ValueError, match="format"):
        iran_mobile("09121234567", "short")


@given(st.integers(0, 999_999_999), st.sampled_from(["0", "", "98", "+98", "0098"]), st.sampled_from(["", " ", "-"]))
def test_every_mobile_in_every_spelling(number, prefix, between):
    local = "9%09d" % number
    written = prefix + between.join([local[:3], local[3:6], local[6:]])
    assert iran_mobile(written) == "98" + local
    assert iran_mobile(iran_mobile(written)) == iran_mobile(written)


@given(st.text(max_size=20))
def test_never_anything_but_a_number_or_a_reason(value):
    try:
        made = iran_mobile(value)
    except ValueError:
        return
    assert made.isascii() and made.isdigit() and len(made) == 12 and made.startswith("989")


@pytest.mark.parametrize(("text", "count", "encoding", "characters", "room"), [
    ("", 0, "gsm", 0, 160), ("a" * 160, 1, "gsm", 160, 160), ("a" * 161, 2, "gsm", 161, 153), ("a" * 306, 2, "gsm", 306, 153),
    ("a" * 307, 3, "gsm", 307, 153), ("{" * 80, 1, "gsm", 160, 160), ("€" * 81, 2, "gsm", 162, 153), ("آ" * 70, 1, "ucs2", 70, 70),
    ("آ" * 71, 2, "ucs2", 71, 67), ("آ" * 134, 2, "ucs2", 134, 67), ("آ" * 135, 3, "ucs2", 135, 67), ("😀" * 35, 1, "ucs2", 70, 70),
    ("😀" * 36, 2, "ucs2", 72, 67), ("😀" * 67, 3, "ucs2", 134, 67), ("a" * 152 + "{" + "a" * 152, 3, "gsm", 306, 153),
    ("سلام", 1, "ucs2", 4, 70), ("\u200c", 1, "ucs2", 1, 70), ("\uffff\U00010000", 1, "ucs2", 3, 70)])
def test_parts(text, count, encoding, characters, room):
    assert parts(text) == {"parts": count, "encoding": encoding, "characters": characters, "per_part": room}


@given(st.text(min_size=1, max_size=400))
def test_parts_hold_the_text(text):
    made = parts(text)
    assert (made["parts"] - 1) * (made["per_part"] - 1) < made["characters"] <= made["parts"] * made["per_part"]
    assert parts(text + "a")["parts"] >= made["parts"]


@pytest.mark.parametrize(("value", "stamp"), [
    ("2026-03-21 08:30", "2026-03-21 08:30:00"), ("2026-03-21T08:30:15", "2026-03-21 08:30:15"), ("2026-03-21T05:00:00Z", "2026-03-21 08:30:00"),
    ("2026-03-21T05:00:00.123Z", "2026-03-21 08:30:00"), ("2026-07-21T08:30:00+03:30", "2026-07-21 08:30:00"),
    ("2026-03-20T21:00:00-0800", "2026-03-21 08:30:00"),
    ("۲۰۲۶-۰۳-۲۱ ۰۸:۳۰", "2026-03-21 08:30:00"), ("2026-03-21T05:00:00+00", "2026-03-21 08:30:00"), ("2026-03-21T05:00:00z", "2026-03-21 08:30:00"),
    ("2026-03-21T17:45:00+12:45", "2026-03-21 08:30:00"), ("2026-03-21 18:00:00,9 +1300", "2026-03-21 08:30:00"), ("1700-01-01 00:00", "1700-01-01 00:00:00"),
    ("1405/1/1 8:30", "2026-03-21 08:30:00"), ("۱۴۰۵-۰۱-۰۱T۰۵:۰۰Z", "2026-03-21 08:30:00")])
def test_times(value, stamp):
    assert tehran.stamp(value) == stamp


@pytest.mark.parametrize("value", ["", "tomorrow", "2026-13-01 10:00", "2026-02-30 10:00", "2026-03-21", "08:30", "1405-13-01 10:00",
                                   "1404-12-30 10:00", "1699-12-31 10:00", "0001-01-01 00:00Z"])
def test_no_times(value):
    with pytest.raises(ValueError, match="time"):
        tehran.stamp(value)


@given(st.datetimes(datetime.datetime(2022, 10, 1), datetime.datetime(2100, 1, 1), timezones=st.just(datetime.timezone.utc)))
def test_a_time_stays_the_same_moment(value):
    value = value.replace(microsecond=0)
    assert tehran.moment(value.isoformat()) == value
    assert tehran.moment(tehran.stamp(value.isoformat())) == value


def test_times_for_programs():
    assert tehran.iso("2026-03-21 08:30") == "2026-03-21T08:30:00+03:30" and tehran.iso("2026-03-21T05:00:00Z") == "2026-03-21T08:30:00+03:30"
    assert tehran.iso("soon") is None and tehran.iso(None) is None and tehran.now().tzinfo is tehran.TEHRAN
    with pytest.raises(ValueError, match="1404 is no leap year"):
        tehran.moment("1404-12-30 10:00")


def test_what_makes_a_message_the_one_it_is():
    """The same people in any spelling and order; what is no number of Iran is itself."""
    wanted = {"recipients": ["+14155552671", "989121234567", "989129999999"], "text": "t", "send_date": None}
    assert content(["0912 999 9999", "+989121234567", "09121234567", "+14155552671"], "t") == content(reversed(wanted["recipients"]), "t", "") == wanted
    assert content(["09121234567"], "t", "2026-03-21", kind="x") == {"recipients": ["989121234567"], "text": "t", "send_date": "2026-03-21", "kind": "x"}


@pytest.mark.parametrize("value", ["0095 1 234 5678", "0095-912345678", "001 912 123 4567", "0049 9121234567"])
def test_numbers_of_other_countries(value):
    with pytest.raises(ValueError, match="not a number of Iran"):
        iran_mobile(value)


@pytest.mark.parametrize("value", [9121234567.0, 989121234567.0, "9121234567.0", "9.12123e+09", "9.89121E11"])
def test_numbers_that_became_a_float(value):
    with pytest.raises(ValueError, match="put it in quotes"):
        iran_mobile(value)
