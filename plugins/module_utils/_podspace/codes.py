# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's error dictionary in words, with what to do about each."""

from __future__ import annotations

from .._core.errors import ApiError, AuthError, ConflictError, ForbiddenError, NotFoundError
from .._core.http.retries import may_pass

VENDOR = "podspace"
#: The vendor met an error that it cannot name: how far it came is not told.
UNKNOWN = 999


class Code:
    """One entry of the dictionary. Names are the vendor's, its two slips of spelling put right (21, 33)."""

    def __init__(self, name, words, hint, kind=ApiError, retryable=False):
        self.name = name
        self.words = words
        self.hint = hint
        self.kind = kind
        self.retryable = retryable


CODES = {
    4: Code("PERMISSION_DENIED", "the account may not do this",
            "Only the owner of a space, folder or file may; look whose token api_token is"),
    6: Code("INVALID_NICKNAME", "this is not a valid username", "Give person as username, mobile number or e-mail, as POD knows it"),
    10: Code("INVALID_DATE", "the date is not valid", "Give expiration as a day that exists, from today on"),
    21: Code("INVALID_TOKEN", "the token is not valid", "Give a token of the business panel in api_token (or PODSPACE_API_TOKEN)",
             AuthError),
    33: Code("SSO_COMMUNICATION", "the vendor could not reach its own sign-on service", "Run again later", retryable=True),
    34: Code("USER_NOT_REGISTERED", "the vendor does not know this person", "The person must have an account at POD; check the spelling of person"),
    40: Code("TOKEN_NOT_AUTHORIZED", "the token is not authorised for this service",
             "Ask in the business panel for this service, and for a token that may use it",
             ForbiddenError),
    44: Code("DUPLICATE_CUSTOMER", "this person is already there", "The list may show the person under another name: give person as the username",
             ConflictError),
    78: Code("OBJECT_NOT_FOUND", "nothing like this was found", "It may have been removed; check the hash and the person", NotFoundError),
    101: Code("INVALID_REQUEST", "the vendor does not accept the request as it was sent",
              "Check the values; if this account's service has other parameter names, say so in api_parameters"),
    103: Code("INVALID_DATE_FORMAT", "the vendor does not understand the date", "It was sent as YYYY-MM-DD"),
    202: Code("FILE_NOT_FOUND", "this file or folder was not found", "Check folder_hash or file_hash", NotFoundError),
    204: Code("FOLDER_SHARE_BEFORE", "it is already shared with this person",
              "The list may show the person under another name, or the share may come from a folder above: give person as the username", ConflictError),
    206: Code("NO_SPACE_FOR_SAVING", "the storage is full", "Free some space or take a larger plan (podspace_plan_info, podspace_invoice)"),
    999: Code("UNKNOWN_ERROR", "the vendor met an error that it cannot name", "Run again later; the vendor's support can tell more", retryable=True),
}
_BY_NAME = {entry.name.replace("_", ""): code for code, entry in CODES.items()}
_BY_NAME["SSOCOMMUNICATIOAN"] = 33
_BY_STATUS = {401: AuthError, 404: NotFoundError, 409: ConflictError}


def number(value):
    """Return an error code of an answer as a number: sent as one, as text, or as the name of the dictionary."""
    text = str(value if value is not None else "").strip()
    if text.isascii() and text.lstrip("-").isdigit():
        return int(text) if len(text) < 12 else None
    return _BY_NAME.get(text.upper().replace("_", "").replace("-", ""))


def failure(operation, code, message, http_status, reference=None):
    """Return the error for a refusal of the vendor.

    :arg message: the vendor's own text, or None.
    """
    entry = CODES.get(code)
    told = message if message and (entry is None or message != entry.name) else None
    words = operation
    if entry is not None:
        words = "%s: %s (%s)" % (operation, entry.words, entry.name)
    elif told is None:
        words = "%s: the vendor refused without saying why" % operation
    if reference:
        words += ", reference %s" % reference
    kind = entry.kind if entry is not None else _BY_STATUS.get(http_status, ApiError)
    retryable = entry.retryable if entry is not None else bool(http_status and may_pass(http_status))
    return kind(words, foreign=told, vendor=VENDOR, operation=operation, http_status=http_status, code=code if code is not None else http_status,
                name=entry.name if entry is not None else "refused", retryable=retryable, hint=entry.hint if entry is not None else None)
