# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Normal forms of Persian text and digits, used only for comparing, never for what is sent."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({
    "\u064a": "\u06cc",  # Arabic yeh -> Persian yeh
    "\u0649": "\u06cc",  # alef maksura, typed for yeh by some keyboards
    "\u0643": "\u06a9",  # Arabic kaf -> Persian keheh
    "\u0640": None,      # tatweel only stretches a word
})
_DIGITS = str.maketrans("\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                        "01234567890123456789")
# Invisible characters that keyboards and copied web pages leave at the edges of a word.
_EDGES = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\ufeff"


def digits(value):
    """Return the text with Persian and Arabic digits as ASCII digits."""
    return str(value).translate(_DIGITS)


def normal(value):
    """Return the form of a text in which two spellings that people cannot tell apart are equal.

    NFC, Persian yeh and kaf, no tatweel, no joiners or spaces at the edges. Digits stay as they are: in a title
    a Persian digit is a choice of the writer; numeric fields use :func:`digits` as well.
    """
    before, text = None, str(value)
    while text != before:
        # Taking a sign out may bring two together that have a composed form, so this goes on until nothing changes.
        before = text
        text = unicodedata.normalize("NFC", text).translate(_LETTERS).strip(_EDGES).replace("\u200c ", " ").replace(" \u200c", " ")
    return text


def excerpt(value, size=200):
    """Return at most ``size`` characters of a text on one line, for error messages."""
    text = " ".join(str(value).split())
    return text if len(text) <= size else text[:size] + "..."
