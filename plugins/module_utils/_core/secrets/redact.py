# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place that removes secrets from text, in every encoding in which a server may echo them."""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

MASK = "********"
# Ansible's own word for a masked option, used in ``invocation`` so that both doors look the same.
MASKED_OPTION = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
_ESCAPE = re.compile("%[0-9A-F]{2}")


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


def forms(secret):
    """Return the spellings of a secret: plain, URL-encoded, JSON-escaped, HTML-escaped, hexadecimal and base64."""
    text = str(secret)
    raw = text.encode("utf-8", "surrogatepass")
    found = {text, quote(text, safe=""), quote(text), quote_plus(text), html.escape(text), repr(text)[1:-1]}
    for ascii_only in (True, False):
        escaped = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        found.update((escaped, escaped.replace("/", "\\/"), json.dumps(escaped)[1:-1]))
    if len(raw) >= 4:
        found.update(form for form in _base64_forms(raw) if len(form) >= 5)
        found.update((raw.hex(), raw.hex().upper()))
    # Some servers write the escapes of a URL in lower case.
    found.update([_ESCAPE.sub(lambda escape: escape.group().lower(), form) for form in found if "%" in form])
    return {form for form in found if form}


class Redactor:
    """Knows the secrets of one task and takes them out of any text or nested result."""

    def __init__(self):
        self._secrets = set()
        self._short = set()
        self._pattern = None

    def add(self, *secrets):
        """Remember secrets; empty values and None are passed over."""
        for secret in secrets:
            text = "" if secret is None else str(secret)
            if len(text) >= 3 and text not in self._secrets:
                self._secrets.add(text)
                self._pattern = None
            elif text and len(text) < 3:
                # A one- or two-letter secret would blank out every text; it is removed where it stands alone.
                self._short.add(text)

    def text(self, value):
        """Return the text without any secret."""
        if self._pattern is None and self._secrets:
            spellings = sorted(set().union(*map(forms, self._secrets)), key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, spellings)))
        clean = self._pattern.sub(MASK, value) if self._pattern else value
        return MASK if clean in self._short else clean

    def clean(self, value):
        """Return a copy of nested lists and mappings with every text redacted."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {(self.text(key) if isinstance(key, str) else key): self.clean(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.clean(item) for item in value]
        return value
