# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One error shape for every vendor: what was attempted, what the vendor said, what may be done."""

from __future__ import annotations

import json

from .text.letters import excerpt

#: Most characters of a vendor's own words in a message.
_WORDS = 300
#: Most letters of an answer that are looked at for them, and letters at their end of which the next one might tell that they are a secret.
_LOOKED_AT = 200000
_UNSURE = 50000


def _words(foreign, redactor):
    """Return the beginning of a server's words, without any secret. Of a long answer, its beginning is looked at, unless that folds to next to nothing."""
    if len(foreign) > _LOOKED_AT:
        folded = " ".join(redactor.text(foreign[:_LOOKED_AT]).split())
        if len(folded) > _UNSURE:
            return excerpt(folded[:_WORDS + 1], _WORDS)
    return excerpt(redactor.text(foreign), _WORDS)


class PanelError(Exception):
    """Any failure of this collection.

    ``error`` is the mapping users get: ``vendor``, ``operation``, ``http_status``, ``code``, ``name``, ``message``, ``retryable``.

    :arg message: our own words.
    :arg foreign: what a server wrote, raw and whole: a text or a decoded answer. It may echo a secret, so it stands in no message before
        :meth:`tell` has let a redactor read it. Nobody else folds or cuts such text: a secret with two spaces, or across the cut, would be missed.
    """

    code: int | str | None = None
    name: str | None = None
    retryable = False
    #: Names in the options that nobody knows at the vendor, for programs; ``error`` holds them as ``missing`` where there are any.
    missing: tuple | list = ()
    #: It is about the account or the connection as such (the login is refused, nobody listens, the time is up): no other request fares better.
    ends_all = False
    #: What had been written for the object before it was taken back, so that nothing is different now.
    undone = False

    def __init__(self, message, vendor=None, operation=None, http_status=None, code=None, name=None, retryable=None, hint=None, foreign=None):
        super().__init__(message)
        self.message = message
        self.vendor = vendor
        self.operation = operation
        self.http_status = http_status
        self.code = self.code if code is None else code
        self.name = self.name if name is None else name
        self.retryable = self.retryable if retryable is None else retryable
        self.hint = hint
        self.foreign = foreign

    def tell(self, redactor):
        """Put the server's own words into the message, without any secret; only now they are folded and cut. Return the error."""
        self.message = redactor.text(self.message)
        self.hint = redactor.text(self.hint) if self.hint else self.hint
        if self.foreign is not None:
            foreign = self.foreign if isinstance(self.foreign, str) else json.dumps(self.foreign, ensure_ascii=False, default=str)
            words = _words(foreign, redactor) or "no text"
            self.message = "%s: %s" % (self.message, words) if self.message else words
            self.foreign = None
        self.args = (self.message,)
        return self

    @property
    def error(self):
        made = {
            "vendor": self.vendor, "operation": self.operation, "http_status": self.http_status,
            "code": self.code, "name": self.name or (self.code if isinstance(self.code, str) else type(self).code),
            "message": self.message, "retryable": self.retryable,
        }
        if self.missing:
            made["missing"] = list(self.missing)
        return made

    def sentence(self):
        """Return the failure as one sentence, with the advice where there is one."""
        # A refusal that came with a status of success is not explained by it.
        status = " (HTTP %s)" % self.http_status if self.http_status and self.http_status >= 300 else ""
        code = " [%s]" % self.code if self.code not in (None, "") and self.code != self.http_status else ""
        text = "%s%s%s" % (self.message, code, status)
        return "%s. %s" % (text.rstrip("."), self.hint) if self.hint else text


class UsageError(PanelError):
    """The options cannot be honoured; found before any write, most often before any request.

    :arg option: name of the one option that it is about, where it is about one.
    """

    code = "bad_option"

    def __init__(self, message, *more, option=None, **named):
        super().__init__(message, *more, **named)
        self.option = option


class ApiError(PanelError):
    """The vendor answered with a refusal."""


class AuthError(ApiError):
    """The vendor does not accept the credentials or the token."""

    code = "not_authenticated"


class ForbiddenError(AuthError):
    """The vendor knows who asks and does not let them do this: that says nothing about the next object."""

    code = "forbidden"


class ConflictError(ApiError):
    """The vendor refuses because such an object seems to exist or the data is not valid (409, 422)."""


class NotFoundError(ApiError):
    """The vendor says that the object is not there."""


class BadAnswerError(PanelError):
    """The answer is not what the vendor documents: cut JSON, an HTML page, an empty body, another type."""

    code = "bad_answer"


class TransportError(PanelError):
    """No usable answer arrived and, for a write, the request certainly did not reach the vendor."""

    code = "no_connection"
    retryable = True


class DeadlineError(PanelError):
    """``api_deadline`` passed."""

    code = "deadline"
    retryable = True
    ends_all = True


class NotAttempted(PanelError):
    """One of many objects for which nothing was sent, because what failed before ends all of them."""

    code = "not_attempted"

    def __init__(self, because):
        super().__init__("not attempted, because %s" % because.message, vendor=because.vendor, operation=because.operation, retryable=because.retryable)
        self.ends_all = True


class UnknownOutcome(PanelError):
    """A write was sent and nobody knows whether the vendor carried it out.

    ``settled`` is true when the server itself has certainly finished with the request: a whole answer of its own came, such as a plain 500 or a body
    that cannot be read. It is false when it may still be working on it: after a time-out, a connection that was closed or reset (by whom, nobody
    knows), and an answer of a gateway (408, 502, 503, 504, 52x).
    """

    code = "outcome_unknown"

    def __init__(self, message, settled=True, late=False, **kwargs):
        super().__init__(message, **kwargs)
        self.settled = settled
        #: No time is left to look or to repeat.
        self.late = late


class WriteRefused(PanelError):
    """The transport refused to send a write in check mode. Reaching this is a defect of the collection."""

    code = "write_in_check_mode"
