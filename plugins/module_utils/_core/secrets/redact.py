# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place through which text goes before it is shown: no secret is left in it, in whatever encoding a server echoes it, and nothing that steers a
terminal.
"""

from __future__ import annotations

import base64
import collections
import functools
import html
import json
import re
import threading
from urllib.parse import quote, quote_plus

from ..text.letters import shown

MASK = "********"
# Ansible's own word for a masked option, used in ``invocation`` so that both ways of running look the same.
MASKED_OPTION = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
_ESCAPE = re.compile("%[0-9A-F]{2}")
_UNICODE = re.compile(r"\\u[0-9a-f]{4}")
# What no encoding but base64 and hexadecimal writes in another way.
_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
# What some servers write as \uXXXX in JSON although they need not.
_CAUTIOUS = re.compile("[<>&'\"+=]")
# What servers leave as it is in an address: nothing, what a path may hold, what JavaScript leaves, what a client leaves that only mends addresses.
_SAFE = ("", "/", "!'()*", "!#$&'()*+,/:;=?@[]~")
_MARKS = re.compile("[<>&'\"\\\\]")
_QUOTES = re.compile("['\"]")
_SLASHED = re.compile("[\\\\'\"]")
_FOREIGN = re.compile("[^\x00-\x7f]")
# What some servers write as \uXXXX so that JSON can stand in a page.
_IN_PAGES = (re.compile("[<>&']"), re.compile("[<>&]"))
_DIGITS = re.compile("[0-9\u06f0-\u06f9\u0660-\u0669]")
_PERSIAN, _ARABIC = ({ord("0") + number: chr(first + number) for number in range(10)} for first in (0x06f0, 0x0660))
_LATIN = {ord(sign): chr(number) for table in (_PERSIAN, _ARABIC) for number, sign in table.items()}
_HEAD = 3


def _base64_forms(raw):
    """Yield what is left of ``raw`` inside any base64 text that contains it, at each of the three alignments."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(raw).decode().rstrip("=")
        for shift in (0, 1, 2):
            whole = encode(b"\0" * shift + raw).decode()
            # Characters that also depend on the neighbouring bytes are cut off at both ends.
            start = (0, 2, 3)[shift]
            end = (len(raw) + shift) * 8 // 6
            yield whole[start:end]


def _escaped(text):
    """Return how URLs, JSON, HTML and programs write a text that is more than letters and digits."""
    marked = html.escape(text)
    in_json = {json.dumps(form, ensure_ascii=ascii_only)[1:-1] for form in (text, marked) for ascii_only in (True, False)}
    pages = _in_html(text).union(*map(_in_html, in_json))
    if not text.isascii():
        pages |= {_FOREIGN.sub(functools.partial(_as_number, kind), form) for form in (text, marked) for kind in ("&#%d;", "&#x%x;", "&#x%X;")}
    if _MARKS.search(text):
        in_json |= {signs.sub(_as_code, form) for form in in_json for signs in _IN_PAGES}
    if "/" in text:
        in_json |= {form.replace("/", "\\/") for form in in_json}
    in_json |= {json.dumps(form)[1:-1] for form in in_json}
    cautious = json.dumps(_CAUTIOUS.sub("\0", text))[1:-1].split("\\u0000")
    in_json.add("".join(part + sign for part, sign in zip(cautious, [*map(_as_code, _CAUTIOUS.finditer(text)), ""])))
    if not text.isprintable() or not text.isascii():
        # Some servers write the escapes in upper case.
        in_json |= {_UNICODE.sub(lambda escape: "\\u" + escape.group()[2:].upper(), form) for form in in_json if "\\u" in form}
    return in_json | pages | _in_urls(text) | _in_programs(text)


def _in_urls(text):
    """Return how an address holds a text, also as part of an address inside it."""
    once = {quote(text, safe=safe, errors="surrogatepass") for safe in _SAFE} | {quote_plus(text, errors="surrogatepass")}
    # Some servers write the escapes in lower case.
    once |= {_ESCAPE.sub(lambda escape: escape.group().lower(), form) for form in once if "%" in form}
    return once | {quote(form, safe="") for form in once}


def _in_html(text):
    """Return how a page holds a text."""
    marked = html.escape(text)
    if marked == text:
        return {text}
    return {text, marked, html.escape(text, quote=False), *(marked.replace("&#x27;", spelling) for spelling in ("&#39;", "&#039;", "&apos;"))}


def _in_programs(text):
    """Return how languages, and databases, write a text or its bytes; and how it reads with its white space folded, or its bytes taken for letters."""
    found = {repr(text)[1:-1]}
    folded = " ".join(text.split())
    if " " in folded:
        # Without a space left, a word of ours may be the same.
        found.add(folded)
    if _SLASHED.search(text):
        found |= {text.replace("'", "''"), _QUOTES.sub(r"\\\g<0>", text), _SLASHED.sub(r"\\\g<0>", text)}
    if not text.isascii():
        raw = text.encode("utf-8", "surrogatepass")
        found |= {repr(raw)[2:-1], raw.decode("latin-1")}
    return found


def _as_code(sign):
    return "\\u%04x" % ord(sign.group())


def _as_number(kind, sign):
    return kind % ord(sign.group())


def forms(secret):
    """Return the spellings of a secret: plain, in any digits, URL-encoded, JSON-escaped, HTML-escaped, in a query or a program, hexadecimal and base64."""
    text = str(secret)
    raw = text.encode("utf-8", "surrogatepass")
    found = {text}
    if not _PLAIN.fullmatch(text):
        found |= _escaped(text)
    if _DIGITS.search(text):
        # A panel in Persian shows numbers in its own digits.
        latin = text.translate(_LATIN)
        found.update((latin, latin.translate(_PERSIAN), latin.translate(_ARABIC)))
    if len(raw) >= 4:
        found.update(form for form in _base64_forms(raw) if len(form) >= 5)
        found.update((raw.hex(), raw.hex().upper()))
    return {form for form in found if form}


class Redactor:
    """Knows the secrets of one task and takes them out of any text.

    Text is read once, whatever the number of secrets: a table says which lengths of spellings begin with three given letters, and a set
    whether the letters that follow are one of them.
    """

    def __init__(self):
        self._secrets = set()
        self._short = set()
        self._waiting: collections.deque = collections.deque()
        self._spellings: set = set()
        self._lengths: dict = {}
        self._lock = threading.Lock()

    def add(self, *secrets):
        """Remember secrets; empty values and None are passed over."""
        for secret in secrets:
            text = "" if secret is None else str(secret)
            if len(text) >= _HEAD:
                if text not in self._secrets:
                    self._secrets.add(text)
                    # Most tasks never show a text, so the spellings are made when the first one is.
                    self._waiting.append(text)
            elif text:
                # A one- or two-letter secret would blank out every text; it is removed where it stands alone.
                self._short.add(text)

    def text(self, value):
        """Return the text as it may be shown, without any secret. Where secrets overlap, all of their letters go."""
        if self._waiting:
            self._learn()
        made = []
        end = 0
        for start, stop in self._found(value) if self._lengths else ():
            if start >= end:
                made += [value[end:start], MASK]
            end = max(end, stop)
        clean = "".join(made) + value[end:]
        return MASK if clean in self._short else shown(clean)

    def _found(self, value):
        """Yield where spellings of secrets begin and end, the longest one at each place."""
        lengths, spellings = self._lengths, self._spellings
        for place in range(len(value) - _HEAD + 1):
            for length in lengths.get(value[place:place + _HEAD], ()):
                if value[place:place + length] in spellings:
                    yield place, place + length
                    break

    def _learn(self):
        with self._lock:
            while self._waiting:
                # Taken off only when it is known: another thread must not let a text pass meanwhile.
                for form in forms(self._waiting[0]):
                    self._spellings.add(form)
                    known = self._lengths.get(form[:_HEAD], ())
                    if len(form) not in known:
                        self._lengths[form[:_HEAD]] = tuple(sorted((*known, len(form)), reverse=True))
                self._waiting.popleft()

    def clean(self, value):
        """Return a copy of nested lists and mappings with every text redacted. Keys stay: they are names of ours or of the user."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.clean(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.clean(item) for item in value]
        return value
