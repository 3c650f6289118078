# SPDX-License-Identifier: GPL-3.0-or-later
"""Normal forms of Persian text, and waits told by a server."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from ansible._internal._templating._jinja_bits import is_possibly_template
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.http import retries
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline, backoff, retry_after
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import (
    DEEPEST,
    DIGITS,
    counted,
    digits,
    excerpt,
    foreign_json,
    from_json,
    id_check,
    is_number,
    is_whole,
    no_template,
    normal,
    shown,
    ungrouped,
    username_check,
    whole_number,
)

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


#: Signs that nobody sees, whatever stands beside them: marks of direction (UAX 9), and characters without room.
UNSEEN = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u200b\u2060\ufeff"
#: No two of these look alike, alone or beside each other.
VISIBLE = "abABéچپمدیک۱1٤۴٥۵٦۶4-_ۀهة"


@given(st.text(alphabet=VISIBLE + "\u200c ", max_size=12), st.lists(st.tuples(st.integers(0, 12), st.sampled_from(UNSEEN)), max_size=6))
def test_marks_that_nobody_sees_make_no_difference(text, marks):
    marked = text
    for place, mark in marks:
        marked = marked[:place] + mark + marked[place:]
    assert normal(marked) == normal(text) and not set(normal(marked)) & set(UNSEEN)
    assert digits(marked) == digits(text)


@given(st.text(alphabet=VISIBLE, max_size=8), st.text(alphabet=VISIBLE, max_size=8))
def test_texts_that_look_different_are_never_equal(one, other):
    assert (normal(one) == normal(other)) is (one == other)


@given(st.text())
def test_normal_is_a_normal_form_of_any_text(text):
    assert normal(normal(text)) == normal(text) and normal(text) == normal("\ufeff%s\u200f " % text)


@pytest.mark.parametrize(("one", "other"), [
    ("\ufead\ufbfe\ufe8e\ufebf\ufbfd", "ریاضی"),  # letters in the shape they have inside a word
    ("\ufefb", "لا"), ("۱۲۳۷۸۹۰", "١٢٣٧٨٩٠"), ("کلاس\u00a0دهم", "کلاس دهم"), ("كلاس \u200cدهم", "کلاس دهم"), ("مـــیز", "میز"), ("موسى", "موسی"),
    (" \t a\r\n", "a"), ("e\u0301", "\u00e9"), (5, "5"), ("", "\u202b\u202c"),
])
def test_what_people_cannot_tell_apart_is_equal(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize("text", [
    "12", "۱۲", "٠٩١٢", "+98 912 123 45 67", "0912-123-4567", "(021) 8888 1234", "1,200", "۱۲٬۰۰۰", "0098.912", "\u202a0912\u202c", " 5 ", "021/88", 7,
    "1\u200c2", "0912\u20111234", "5\u22124",
])
def test_numbers(text):
    assert is_number(text) is True


@pytest.mark.parametrize("text", ["", " ", "12a", "a12", "۱۲الف", "+", "-", "()", "1+2", "++1", "1;2", "0x1", "1e5", "½", "²", "१२", None])
def test_no_numbers(text):
    assert is_number(text) is False


@pytest.mark.parametrize(("text", "found"), [
    ("1,200", "1200"), ("۱۲٬۳۴۵٬۶۷۸", "12345678"), ("-1,000.5", "-1000.5"), ("+12,345", "+12345"), (" 12 ", "12"), ("1,2", "1,2"), ("1234,567", "1234,567"),
    ("1,2345", "1,2345"), ("1,200,30", "1,200,30"), (",200", ",200"), ("1,200.", "1,200."), ("a", "a"), (5, "5"), ("\u202a12\u202c", "12"),
])
def test_thousands_apart(text, found):
    assert ungrouped(text) == found


@given(st.integers(min_value=0, max_value=10**15))
def test_digits(number):
    persian = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert digits(persian) == digits(arabic) == digits(number) == str(number)


@pytest.mark.parametrize(("text", "unsigned", "found"), [
    ("12", True, 12), (" ۱۲ ", True, 12), (7, True, 7), ("007", True, 7), ("-5", False, -5), ("1.0", False, None), ("", False, None), ("²", False, None),
    ("12a", False, None), (None, False, None), ("9" * DIGITS, True, 10 ** DIGITS - 1), ("9" * (DIGITS + 1), False, None),
])
def test_whole_numbers(text, unsigned, found):
    assert is_whole(text) is unsigned and whole_number(text) == found


@given(st.text())
def test_excerpt_is_one_short_line(text):
    assert len(excerpt(text)) <= 203 and "\n" not in excerpt(text)


def test_excerpt_is_cut_where_it_says():
    assert excerpt("a" * 200) == "a" * 200 and excerpt("a" * 201) == "a" * 200 + "..." and excerpt("abc", 3) == "abc" and excerpt("abcd", 3) == "abc..."


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


def test_deadline(monkeypatch):
    monkeypatch.setattr(retries.time, "monotonic", lambda: 1000.0)
    assert Deadline(0).passed() and not Deadline(60).passed() and Deadline(60).left() == 60


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_is_read_to_a_depth_that_nobody_needs(opening):
    def nested(depth):
        return opening * depth + "1" + ("]" if opening == "[" else "}") * depth

    assert from_json(nested(DEEPEST)) is not None and from_json(nested(DEEPEST + 1)) is not None
    for depth in (DEEPEST + 2, DEEPEST + 3, 100000):
        with pytest.raises(ValueError, match="nested too deeply"):
            from_json(nested(depth))


@pytest.mark.parametrize(("text", "value"), [
    ('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}), ('"%s"' % ("[" * 500), "[" * 500), ("[%s]" % ",".join(["[]", "{}"] * 300), [[], {}] * 300), ("5", 5),
])
def test_json_that_is_not_deep_is_read(text, value):
    assert from_json(text) == value


def test_what_is_no_json_is_a_value_error():
    with pytest.raises(ValueError):
        from_json("<html>")


def test_one_of_many_words():
    words = ["labels", "statuses", "purchases", "messages", "boxes", "access"]
    assert [counted(1, word) for word in words] == ["1 label", "1 status", "1 purchase", "1 message", "1 box", "1 access"]
    assert [counted(number, word) for number, word in zip((0, 2, 11, 10), words)] == ["0 labels", "2 statuses", "11 purchases", "10 messages"]


@pytest.mark.parametrize(("text", "value"), [
    (r'"a\ud800"', "a\ufffd"), (r'"\udc00\ud83d\ude00"', "\ufffd\U0001f600"), (r'{"\ud800": [{"b": "\uDFFF"}], "c": 1}', {"\ufffd": [{"b": "\ufffd"}], "c": 1}),
    (r'"\\ud800"', "\\ud800"), ("[1, null]", [1, None])])
def test_half_a_character_of_a_stranger_is_a_lost_one(text, value):
    """No file, no terminal and no answer of a module can hold one."""
    assert foreign_json(text) == value


@pytest.mark.parametrize(("value", "fine"), [
    ("a", True), ("می‌روم-1", True), ("a b", True), ("a\u200e", False), ("\u2067a\u2069", False), ("a\u200bb", False), ("a\u200db", False), ("a\u200c", False),
    (" a", False), ("a\u00a0", False), ("a\u00adb", False)])
def test_ids_that_nobody_could_tell_apart(value, fine):
    assert (id_check(value) is None) is fine


TEMPLATES = ["{{ lookup('ansible.builtin.pipe', 'id') }}", "{% set a = 1 %}", "{# note #}", "{{{ 1 }}}", "a {{ b }} c {{ d",
             "#jinja2:variable_start_string:'[['\n[[ 1 ]]"]


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_stranger_s_text_is_no_template(text):
    made = no_template({"a": [text, {text: (text, 1, None, True)}]})
    texts = [made["a"][0], *made["a"][1], *[part for part in next(iter(made["a"][1].values())) if isinstance(part, str)]]
    assert len(texts) == 3 and not any(is_possibly_template(part) for part in texts), texts
    assert {part.replace(" ", "") for part in texts} == {text.replace(" ", "")}
    assert next(iter(made["a"][1].values()))[1:] == [1, None, True]


@given(st.text(st.sampled_from("{}%# a\n"), max_size=12))
def test_no_text_of_signs_is_a_template(text):
    made = no_template(text)
    assert not is_possibly_template(made) and no_template(made) == made
    assert is_possibly_template(text) or made == text


@pytest.mark.parametrize(("text", "told"), [
    ("a\x1b[31m", "a\\x1b[31m"), ("a\tb\nc", "a\tb\nc"), ("a\u202eb", "ab"), ("\x85", "\\x85"), ("می\u200cشود", "می\u200cشود")])
def test_what_stands_on_a_terminal_does_not_steer_it(text, told):
    assert shown(text) == told


@pytest.mark.parametrize(("name", "mark"), [("ali", None), ("a\u200cb", "U+200C"), ("a\u200db", "U+200D"), ("a\u202eb", "U+202E")])
def test_a_username_holds_no_mark_that_nobody_sees(name, mark):
    assert username_check(name) == (mark and "holds a mark that nobody sees (%s); type it again" % mark)
