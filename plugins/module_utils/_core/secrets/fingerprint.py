# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recognising secrets that were seen before, from what may be kept in a file that others read."""

from __future__ import annotations

import hashlib
import hmac
import json
import os

#: So many rounds take a tenth of a second: nothing for one look, years for a list of guesses.
_ROUNDS = 200_000
_SALT = 16


def fingerprint(data):
    """Return a text by which :func:`matches` knows the same plain data again, and from which nobody learns the data."""
    salt = os.urandom(_SALT)
    return salt.hex() + _digest(data, salt)


def matches(kept, data):
    """Return whether ``kept`` is a fingerprint of this data."""
    try:
        salt = bytes.fromhex(kept[:2 * _SALT])
    except ValueError:
        return False
    return hmac.compare_digest(kept[2 * _SALT:].encode(), _digest(data, salt).encode())


def _digest(data, salt):
    text = json.dumps(data, sort_keys=True, default=str)
    return hashlib.pbkdf2_hmac("sha256", text.encode(), salt, _ROUNDS).hex()
