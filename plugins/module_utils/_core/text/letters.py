# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normal forms of Persian text and digits, used only for comparing, never for what is sent."""

from __future__ import annotations

import json
import re
import unicodedata

# Marks that only tell a screen in which direction to write (UAX 9), and characters that take no room at all.
_UNSEEN = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" + "\u00ad\u200b\u2060\ufeff"
_LETTERS = str.maketrans({
    "\u064a": "\u06cc",  # Arabic yeh -> Persian yeh
    "\u0649": "\u06cc",  # alef maksura, typed for yeh by some keyboards
    "\u0643": "\u06a9",  # Arabic kaf -> Persian keheh
    "\u0640": None,      # tatweel only stretches a word
    "\u00a0": " ",       # a space that does not break looks like any other
    # Arabic digits that look like the Persian ones; 4, 5 and 6 do not.
    "\u0660": "\u06f0", "\u0661": "\u06f1", "\u0662": "\u06f2", "\u0663": "\u06f3", "\u0667": "\u06f7", "\u0668": "\u06f8", "\u0669": "\u06f9",
    **dict.fromkeys(_UNSEEN),
})
# Letters in the shape that they take inside a word, as old programs and PDF files store them.
_SHAPES = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
_DIGITS = str.maketrans("\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                        "01234567890123456789", _UNSEEN)
#: Characters that keyboards and copied web pages leave at the edges of a word, and that nobody sees there.
EDGES = " \t\r\n\u00a0\u200c\u200d" + _UNSEEN
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([,\u060c\u066c][0-9]{3})+(\.[0-9]+)?")
#: More digits than any id, amount or count has: a number of more is none.
DIGITS = 30
LARGEST = 10 ** DIGITS
_WHOLE = re.compile(r"-?[0-9]{1,%d}" % DIGITS)
_NUMBER = re.compile(r"\+?(?=.*[0-9])[0-9\s().,/\u00a0\u060c\u066c\u200c\u2010-\u2015\u2212-]+")


# What steers a terminal or ends a line where nobody sees it, and halves of characters, which stand in no file and in no module's answer.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# The two halves of a character in JSON look like one that stands alone.
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_REPLACED = "\ufffd"
#: What begins a template of Jinja, and the line with which a text says that its templates begin otherwise.
TEMPLATE = re.compile(r"\{(?=[{%#])|\A#(?=jinja2:)")


def counted(number, words):
    """Return ``"1 label"``, ``"2 labels"``: a number before the plural of an English word, or before its singular."""
    if number == 1:
        words = re.sub(r"(?<=us)es$|(?<=x)es$|(?<=[^s])s$", "", words)
    return "%d %s" % (number, words)


def digits(value):
    """Return the text with Persian and Arabic digits as ASCII digits, without marks that nobody sees."""
    return str(value).translate(_DIGITS)


def ungrouped(value):
    """Return a number as text in ASCII digits without what separates its thousands, spaces at the edges cut off."""
    text = digits(value).strip(EDGES)
    return text.replace(",", "").replace("\u060c", "").replace("\u066c", "") if _GROUPED.fullmatch(text) else text


def whole_number(value):
    """Return the whole number that a text is, in any digits, or None; one of more than :data:`DIGITS` is none."""
    text = digits(value).strip(EDGES)
    return int(text) if _WHOLE.fullmatch(text) else None


def is_whole(value):
    """Return whether a text is a whole number without a sign, in any digits, :data:`DIGITS` at most; spaces around it mean nothing."""
    text = digits(value).strip()
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def username_check(value):
    """Return what a username must be when it holds characters that nobody sees, or None: the vendor takes such a name for another person's."""
    return _marks(value, _UNSEEN + "\u200c\u200d")


def id_check(value):
    """Return what an id of the user's own must be when it holds characters that nobody sees, or None: what is to happen once would happen for each of two ids
    that nobody tells apart. Within a Persian word the joiner is a letter like others.
    """
    return _marks(str(value).strip(EDGES), _UNSEEN + "\u200d") or _marks(str(value)[:1] + str(value)[-1:], EDGES)


def _marks(value, those):
    found = sorted({"U+%04X" % ord(sign) for sign in str(value) if sign in those})
    return "holds a mark that nobody sees (%s); type it again" % ", ".join(found) if found else None


def is_number(value):
    """Return whether a text is a number that people write: digits of any script, what they put between them, a plus in front; no letters."""
    return _NUMBER.fullmatch(digits(value).strip(EDGES)) is not None


def normal(value):
    """Return the form of a text in which two spellings that people cannot tell apart are equal.

    NFC, Persian yeh and kaf, no tatweel, no marks of direction, no joiners or spaces at the edges. Digits of another look stay as they are: in a title
    a Persian digit is a choice of the writer; numeric fields use :func:`digits` as well.
    """
    text = str(value)
    if text.isascii():
        return text.strip(EDGES)
    before = None
    while text != before:
        # Taking a sign out may bring two together that have a composed form, so this goes on until nothing changes.
        before = text
        text = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape.group()), text)
        text = unicodedata.normalize("NFC", text).translate(_LETTERS).strip(EDGES).replace("\u200c ", " ").replace(" \u200c", " ")
    return text


def shown(text):
    """Return a text as it may stand on a terminal: what would steer it is spelt out (``\\x1b``), marks that turn the direction of a line are left out."""
    return _STEERS.sub(_spelt, text)


def no_template(value):
    """Return data of a stranger in which no text is a template of Jinja, for a way on which nothing can be marked as untrusted: a space parts the signs."""
    if isinstance(value, dict):
        return {no_template(name): no_template(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [no_template(part) for part in value]
    return TEMPLATE.sub(lambda found: found.group() + " ", value) if isinstance(value, str) else value


def _spelt(found):
    sign = found.group()
    if sign in _UNSEEN:
        return ""
    return _REPLACED if _HALF.match(sign) else sign.encode("unicode_escape").decode("ascii")


def kind_of(value):
    """Return in words what kind of thing a value is that should be a text, without what it holds."""
    for kinds, words in ((type(None), "nothing"), (bool, "true or false"), ((int, float), "a number"), (dict, "a mapping"), ((list, tuple, set), "a list"),
                         (str, "a text")):
        if isinstance(value, kinds):
            return words
    return "something else"


def excerpt(value, size=200):
    """Return at most ``size`` characters of a text on one line, for error messages."""
    text = " ".join(str(value).split())
    return text if len(text) <= size else text[:size] + "..."


#: Lists and objects within each other in an answer: no vendor comes near this, and beyond it whoever walks through the answer would fall.
DEEPEST = 100
TOO_DEEP = "is nested too deeply: more than %d lists or mappings in each other" % DEEPEST


def too_deep(value):
    """Return whether lists and mappings stand in each other more than :data:`DEEPEST` times."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        inside = (part.values() if isinstance(part, dict) else part for part in level if isinstance(part, (dict, list)))
        level = [part for parts in inside for part in parts if isinstance(part, (dict, list))]
        if not level:
            return False
    return True


def from_json(text):
    """Return what a JSON text says.

    :raises ValueError: it is not JSON, or nested more deeply than anything that is meant to be read.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    # Looked at only where there are enough brackets at all.
    if text.count("[") + text.count("{") > DEEPEST and too_deep(value):
        raise ValueError("nested too deeply")
    return value


def foreign_json(text):
    """Return what a JSON text of a stranger says; half a character in it, which no file and no result can hold, becomes the sign for a lost one.

    :raises ValueError: as :func:`from_json`.
    """
    value = from_json(text)
    return _without_halves(value) if _HALVES.search(text) else value


def _without_halves(value):
    if isinstance(value, str):
        return _HALF.sub(_REPLACED, value)
    if isinstance(value, dict):
        return {_without_halves(name): _without_halves(part) for name, part in value.items()}
    return [_without_halves(part) for part in value] if isinstance(value, list) else value
