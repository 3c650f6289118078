# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text messages: mobile numbers of Iran in any spelling, and how many parts an operator counts for a text. Pure functions."""

from __future__ import annotations

import re

from ..options.seen import MOBILE, seen_as
from .letters import DIGITS, LARGEST, digits, kind_of

FORMATS = {"international": "98%s", "local": "0%s", "e164": "+98%s"}
#: What people, copied pages and spreadsheets put between the digits of a number.
_SEPARATORS = re.compile("[\\s().\\-\u2010-\u2015\u2212\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/]")
_PREFIXES = ("+98", "0098", "98", "0")
#: What is left of a number that YAML, JSON or a spreadsheet took for one with a decimal point.
_WAS_FLOAT = re.compile(r"[0-9]+\.0|[0-9](\.[0-9]+)?[eE]\+?[0-9]+")

# 3GPP TS 23.038: the default alphabet, one unit each, and its extension, two each.
_BASIC = frozenset(
    "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e"
    "\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf"
    "abcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0")
_EXTENSION = frozenset("\f^{}\\[~]|\u20ac")
#: Units that fit in a message of one part, and in each part of a longer one (whose parts carry a header).
_GSM, _UCS2 = (160, 153), (70, 67)


def float_reason(value):
    """Return what became of a number that is a float, or was one, or None."""
    if not isinstance(value, float) and not _WAS_FLOAT.fullmatch(digits(value).strip()):
        return None
    return ("became a number with a decimal point on its way here, so digits of it may be lost: put it in quotes in YAML or JSON, and give its column the "
            "format text in a spreadsheet")


@seen_as(pattern=MOBILE, minimum=9000000000)
def iran_mobile(value, form="international"):
    """Return a mobile number of Iran as ``989121234567`` (international), ``09121234567`` (local) or ``+989121234567`` (e164).

    :raises ValueError: it is none; the text says why.
    """
    if form not in FORMATS:
        raise ValueError("format: must be one of %s, not %r" % (", ".join(FORMATS), form))
    if value is None or isinstance(value, (bool, list, dict)):
        raise ValueError("%s is not a phone number" % kind_of(value))
    if isinstance(value, int) and abs(value) >= LARGEST:
        raise ValueError("a number of more than %d digits is not a phone number" % DIGITS)
    reason = float_reason(value)
    if reason:
        raise ValueError("%r %s" % (value, reason))
    number = _SEPARATORS.sub("", digits(value).strip())
    if not number:
        raise ValueError("an empty text is not a phone number")
    if not re.fullmatch(r"\+?[0-9]+", number):
        raise ValueError("%r is not a phone number: it holds more than digits" % (value,))
    rest = number
    for prefix in _PREFIXES:
        if rest.startswith(prefix) and len(rest) - len(prefix) >= 10:
            rest = rest[len(prefix):]
            break
    if rest.startswith("09") and len(rest) == 11:
        # +98 0912...: the zero of the national form left in.
        rest = rest[1:]
    if rest.startswith("+") or (number.startswith("00") and not number.startswith("0098")):
        raise ValueError("%r is not a number of Iran" % (value,))
    if len(rest) == 10 and rest[0] in "12345678":
        raise ValueError("%r is a landline, which receives no text messages" % (value,))
    if len(rest) != 10 or not rest.startswith("9"):
        raise ValueError("%r is not a mobile number of Iran: it has not 10 digits from the 9 on" % (value,))
    return FORMATS[form] % rest


def content(recipients, text, send_date=None, **more):
    """Return what makes a message the one it is, the same whoever sends it: for the digest in a journal. The sender's number is no part of it."""
    people = set()
    for number in recipients:
        try:
            people.add(iran_mobile(number))
        except ValueError:
            people.add(str(number))
    return dict({"recipients": sorted(people), "text": text, "send_date": send_date or None}, **more)


def parts(text):
    """Return ``{"parts", "encoding", "characters", "per_part"}`` of a text as an operator counts it.

    ``characters`` counts what takes room: characters of the GSM 03.38 extension (``{``, ``€``, ...) and those outside the Basic Multilingual
    Plane (emoji) take two, and are never split between two parts.
    """
    plain = all(sign in _BASIC or sign in _EXTENSION for sign in text)
    if plain:
        sizes = [2 if sign in _EXTENSION else 1 for sign in text]
        single, several = _GSM
    else:
        sizes = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
        single, several = _UCS2
    units = sum(sizes)
    if units <= single:
        count, room = (1 if text else 0), single
    else:
        count, room = 1, several
        left = several
        for size in sizes:
            if size > left:
                count += 1
                left = several
            left -= size
    return {"parts": count, "encoding": "gsm" if plain else "ucs2", "characters": units, "per_part": room}
