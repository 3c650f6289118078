# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clients of all vendors share: the token and its renewal, checked answers, concurrent calls."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from urllib.parse import urljoin, urlsplit

from ..errors import ApiError, AuthError, PanelError, UnknownOutcome
from ..options.connection import address, short_digest, without_user
from ..state.memory import Memory
from ..text.letters import excerpt
from .ahead import Ahead
from .answers import reading
from .parallel import Parallel
from .transport import Effect, Transport

#: Options about how a server is trusted: they make no other account.
_TRUST = {"validate_certs", "ca_path"}
#: What whoever answers at an address says of a path that he does not have.
_ELSEWHERE = (404, 405, 410)
#: Redirects with which a server may also answer a write that it has carried out (RFC 9110, 15.4).
_PERHAPS_DONE = (301, 302, 303)
_NOTHING = type(None)


class Token:
    """An access token and, where the vendor says it, the time (seconds since the epoch) at which it ends."""

    def __init__(self, value, expires=None):
        self.value = value
        self.expires = expires

    def usable(self):
        return bool(self.value) and (self.expires is None or time.time() < self.expires - 5)


class NoContent(dict):
    """What a write was answered that the vendor carried out without a word: an answer in which nothing is found, whatever type was expected."""


class Client:
    """Base of a vendor's client. A subclass says how to log in, what a request carries and what a failure looks like.

    :arg options: the connection options (``api_url``, ``api_token``, ...), environment already applied.
    :arg host: see :mod:`.host`; gives warnings, the token store and the per-loop cache.
    """

    vendor = "vendor"
    connection: dict = {}
    #: Options that may come from the environment only after what the task gives has been looked at.
    credentials: tuple = ()
    #: Those of them that together name an account: a token that comes without them stands alone.
    account: tuple = ("api_username",)
    #: Options that travel in a header, with the encoding in which they do.
    headers: tuple = (("api_token", "latin-1"),)
    secret_options: tuple = ("api_password", "api_token")
    #: Options that make two connections different accounts; part of the digest under which tokens are kept.
    identity: tuple = ("api_url", "api_username", "api_password", "api_token", "validate_certs", "ca_path")

    def __init__(self, options, redactor, tokens=None, note=None):
        self.options = options
        self.redactor = redactor
        self.tokens = tokens
        self.redactor.add(*self.secrets(options))
        self.transport = Transport(
            self.vendor, options["api_url"], redactor, timeout=options["api_timeout"], retries=options["api_retries"],
            validate_certs=options["validate_certs"], ca_path=options["ca_path"], concurrency=options["api_concurrency"], note=note)
        self.transport.understood = self.understood
        self._login_lock = threading.RLock()
        self._token: Token | None = None
        #: A token that the vendor has taken: one refusal of it may be about what was asked.
        self._taken: str | None = None
        #: Of the last login of this client.
        self._made: Token | None = None
        #: For each thread, the operation whose answer was heard last, and the write among them; see :func:`.answers.reading`.
        self.heard = threading.local()
        #: What is known of the account; each item of a loop is given its own or that of the items before it.
        self.memory = Memory()
        self.token_of_task = False
        #: Takes a verb and returns what is told of how far many calls are, or None; see :meth:`.host.Host.progress`.
        self.progress = lambda what: None

    def use(self, redactor, note, memory=None, token_of_task=False):
        """Serve another item of a loop: its secrets are the ones to keep out of messages now.

        :arg memory: what is known of the account for this item.
        :arg token_of_task: the task (or a plugin's own configuration) gave the token, so nothing of the environment stands in for it.
        """
        self.memory = Memory() if memory is None else memory
        self.token_of_task = token_of_task
        self.redactor = self.transport.redactor = redactor
        self.transport.note = note
        redactor.add(*self.secrets(self.options))
        if self._token is not None:
            redactor.add(self._token.value)

    @classmethod
    def secrets(cls, options):
        """Return every secret value among the connection options; a vendor that takes maps adds those inside them."""
        return [options.get(name) for name in cls.secret_options]

    @classmethod
    def account_of(cls, options):
        """Return ``{vendor, url, name}`` of the account behind connection options: the same for all tasks of one account, and no secret.

        ``name`` is the account's user (with what else names it), or a digest of the token where nothing but a token is given; None without either.
        """
        user = [str(options[name]) for name in cls.account if options.get(name)]
        token = options.get("api_token")
        if not user and token:
            user = ["token %s" % short_digest(str(token))]
        return {"vendor": cls.vendor, "url": address(options["api_url"]), "name": " / ".join(user) or None}

    # -- what a vendor says about itself -------------------------------------------------------------------------

    def login(self):
        """Return a new :class:`Token`; called only when credentials are there."""
        raise AuthError("this vendor has no login", vendor=self.vendor, operation="login")

    def can_login(self):
        return bool(self.options.get("api_username") and self.options.get("api_password"))

    def authorise(self, token, call):
        """Put the token into the keyword arguments of :meth:`Transport.send`."""
        call["headers"] = dict(call.get("headers") or {}, Authorization="Bearer %s" % token)

    def is_void(self, reply):
        """Return whether the vendor says that the token is void."""
        return reply.status == 401

    def understood(self, reply):
        """Return whether a reply of 408, 429 or 5xx is the vendor's own refusal, so that a write was certainly not carried out.

        Only what the vendor documents and what no gateway would send counts: a status or a ``message`` as JSON proves nothing.
        """
        return False

    def is_own(self, answer):
        """Return whether a decoded answer of an error looks like the vendor's; what answers at a wrong address is somebody else."""
        return isinstance(answer, dict)

    def refusal(self, operation, reply, answer):
        """Return the :class:`ApiError` that an answer stands for, or None when it is a success.

        What the vendor wrote goes into ``foreign``, whole: :meth:`read` lets the redactor see it before it is cut.
        """
        if reply.ok:
            return None
        return ApiError("", foreign=reply.text, vendor=self.vendor, operation=operation, http_status=reply.status)

    # -- calls -----------------------------------------------------------------------------------------------------

    def call(self, operation, method, path, effect=Effect.READ, expect=dict, **kwargs):
        """Send one authorised call and return its decoded answer.

        :arg expect: the JSON type (or tuple of types) the vendor documents, with the type of None where there may be no body; None accepts anything.
            A write that is answered with a success without content gives a :class:`NoContent`.
        :raises AuthError: no token can be had, or a new one is refused too.
        :raises ApiError: the vendor refuses; :raises BadAnswerError: the answer cannot be read (a read);
        :raises UnknownOutcome: a write whose result nobody knows.
        """
        token = self.token()
        reply = self._send(operation, method, path, effect, token, kwargs)
        if not self.is_void(reply):
            self._taken = token.value
        else:
            token = self.renew(token, operation, reply)
            reply = self._send(operation, method, path, effect, token, kwargs)
            if token is not self._made and self.is_void(reply):
                # What another process had kept is void as well: only now is there a login.
                token = self.renew(token, operation, reply)
                reply = self._send(operation, method, path, effect, token, kwargs)
        return self.read(operation, reply, effect, expect)

    def _send(self, operation, method, path, effect, token, kwargs):
        call = dict(kwargs)
        self.authorise(token.value, call)
        return self.transport.send(operation, method, path, effect, **call)

    def read(self, operation, reply, effect, expect=dict):
        """Return the decoded answer of a reply, or raise what it stands for."""
        self.heard.last = operation
        before = getattr(self.heard, "written", None)
        if effect not in Effect.SAFE:
            self.heard.written = operation
        readable = True
        try:
            answer = reply.json()
        except ValueError:
            answer, readable = None, not reply.text.strip()
        error = self._redirected(operation, reply, effect) or self._refused(operation, reply, answer)
        if error is not None:
            if not isinstance(error, UnknownOutcome):
                self.heard.written = before
            if reply.status in _ELSEWHERE and not self.is_own(answer):
                error = self._elsewhere(operation, reply)
            raise error.tell(self.redactor)
        if reply.without_content and effect not in Effect.SAFE:
            return NoContent()
        if expect is None:
            return answer
        if not readable or not isinstance(answer, expect):
            names = " or ".join({dict: "a JSON object", list: "a JSON list", _NOTHING: "nothing"}.get(kind, kind.__name__)
                                for kind in (expect if isinstance(expect, tuple) else (expect,)))
            raise self.transport.bad_answer(operation, reply, names, effect)
        return answer

    def _refused(self, operation, reply, answer):
        """Return the refusal in an answer with the vendor's own words in it, redacted; None when it is a success."""
        error = self.refusal(operation, reply, answer)
        if error is None:
            return None
        if isinstance(error.code, str) and error.code != type(error).code:
            error.code = excerpt(self.redactor.text(error.code), 40)
        return error.tell(self.redactor)

    def _redirected(self, operation, reply, effect):
        """Return the error for an answer that points elsewhere. It is not followed: it could carry secrets to anybody."""
        place = reply.headers.get("Location") if 300 <= reply.status < 400 else None
        if not place:
            return None
        shown = excerpt(self.redactor.text(without_user(place).partition("?")[0]))
        if effect not in Effect.SAFE and reply.status in _PERHAPS_DONE and not self._moved(reply.asked, place):
            return UnknownOutcome("%s: instead of answering, the server sends us on to %s, and nobody knows whether it did anything before; look whether "
                                  "api_url is right" % (operation, shown), vendor=self.vendor, operation=operation, http_status=reply.status)
        return ApiError("%s: the server sends us on to %s" % (operation, shown), vendor=self.vendor, operation=operation, http_status=reply.status,
                        code=reply.status, name="redirected",
                        hint="Redirects are not followed, since they could carry secrets elsewhere: put the address that answers itself into api_url")

    def _moved(self, asked, place):
        """Return whether the same thing is to be asked at another address; any other place may be that of what a write has made."""
        old, new = (urlsplit(url).path.rstrip("/") for url in (asked, urljoin(asked, place)))
        below = old.removeprefix(urlsplit(self.transport.base_url).path)
        return new == old or (bool(below) and new.endswith(below))

    def _elsewhere(self, operation, reply):
        """Return the error for a page that is missing at this address: nothing that the vendor says about the thing that was asked for."""
        return ApiError("%s: expected an answer of the vendor, got %s" % (operation, reply.headers.get("Content-Type") or "no content type"),
                        vendor=self.vendor, operation=operation, http_status=reply.status, code="bad_answer", name="bad_answer",
                        hint="Check api_url: what answers there is not the vendor's service")

    # -- tokens ----------------------------------------------------------------------------------------------------

    def digest(self):
        """Return a digest of everything that makes this connection what it is; holds no readable secret."""
        return self._digest_of(set(self.identity) | set(self.secret_options))

    @classmethod
    def account_options(cls):
        """Return the names of the options that make an account: its address and everything that opens it."""
        return (set(cls.identity) | set(cls.secret_options)) - _TRUST

    def owner(self):
        """Return a digest of the account alone, however it is reached."""
        return self._digest_of(self.account_options())

    def _digest_of(self, names):
        text = json.dumps([self.vendor] + [[name, self.options.get(name)] for name in sorted(names)], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def token(self):
        """Return a usable token: the one in hand, the user's, the run's, or that of a new login."""
        with self._login_lock:
            if self._token is None:
                if self.options.get("api_token"):
                    self._token = Token(self.options["api_token"])
                elif not self.can_login():
                    raise self._no_credentials()
            if self._token is None or not self._token.usable():
                self._token = self._stored_or_new(None)
            self.redactor.add(self._token.value)
            return self._token

    def renew(self, void, operation, reply):
        """Return a token other than the void one; one login, however many threads found it void."""
        with self._login_lock:
            if self._token is not None and self._token.value != void.value:
                return self._token
            if not self.can_login():
                raise self._void_token(void.value, operation, reply)
            self._token = self._stored_or_new(void.value)
            # It may be another process's, of which nobody here has heard yet.
            self.redactor.add(self._token.value)
            return self._token

    def _void_token(self, void, operation, reply):
        """Return the error for a token that the vendor does not take any more, when there is nothing to log in with."""
        try:
            refused = self._refused(operation, reply, reply.json())
        except ValueError:
            refused = self._refused(operation, reply, None)
        told = " (%s)" % refused.message if refused is not None else ""
        if self.token_of_task:
            hint = "Give a new api_token, or the account's own credentials beside it: those of the environment may be another account's and do not replace it"
        else:
            hint = "Give a new token, or %s" % self.credentials_hint()
        error = AuthError("%s: the vendor says that api_token is void or expired%s" % (operation, told), vendor=self.vendor, operation=operation,
                          http_status=reply.status, code=refused.code if refused is not None else None, name="not_authenticated", hint=hint)
        # One that was taken a moment ago may have ended, or not open this one object: what follows tells.
        error.ends_all = void != self._taken
        return error

    def forget_token(self):
        with self._login_lock:
            self._token = None
            if self.tokens is not None:
                self.tokens.drop(self.digest())

    def _stored_or_new(self, void):
        if self.tokens is None:
            return self._login()
        return self.tokens.get(self.digest(), void, self._login, self.transport.deadline)

    def _login(self):
        try:
            made = self.login()
        except PanelError as error:
            # Without a login nothing else can be asked of this account.
            error.ends_all = True
            raise
        self.redactor.add(made.value)
        self._made = made
        return made

    def _no_credentials(self):
        error = AuthError("no credentials: give api_token, or %s" % self.credentials_hint(), vendor=self.vendor, operation="login", code="no_credentials")
        error.ends_all = True
        return error

    def credentials_hint(self):
        prefix = self.vendor.upper()
        return "api_username and api_password (or %s_API_USERNAME and %s_API_PASSWORD in the environment)" % (prefix, prefix)

    # -- many calls ------------------------------------------------------------------------------------------------

    def map(self, function, items, progress=None):
        """Call ``function`` for each item, several at a time, and return ``[(result, error)]`` in order: see :class:`.parallel.Parallel`.

        :arg progress: without it, the items are said to be read.
        """
        items = list(items)
        if progress is None and len(items) > 1:
            progress = self.progress("read")
        self.transport.grow(len(items))
        return Parallel(self._told(function), items, progress).run(self.options["api_concurrency"], self.transport.cut)

    def ahead(self, fetch):
        """Return what reads pages several at a time: see :class:`.ahead.Ahead`."""
        def page(take, skip):
            answer = fetch(take, skip)
            self.transport.grow(1, reading=True)
            return answer
        return Ahead(self._told(page), self.options["api_concurrency"], self.transport.cut)

    def _told(self, function):
        """Let a function that runs in a thread of its own answer for what it reads."""
        def one(*arguments):
            try:
                with reading(self):
                    return function(*arguments)
            except PanelError as error:
                error.tell(self.redactor)
                raise
        return one
