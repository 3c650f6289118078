# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""POD Space through the gateway of POD: one address, a product id and a key for each service, forms, an envelope within an envelope."""

from __future__ import annotations

import json

from .._core.errors import ApiError, BadAnswerError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import Shape, identity, rows, strange
from .._core.http.client import Client, NoContent
from .._core.http.paging import bounded
from .._core.http.retries import proves_nothing
from .._core.http.transport import Effect
from .._core.options.connection import connection_options
from .._core.text.letters import normal
from . import codes, names
from .envelope import Envelope
from .names import PARAMETERS, pick

#: Rows asked for at once where the vendor takes a size.
PAGE = 500
#: A list of so many rows whose total is not told may have been cut, so the next page is asked for.
_MAY_BE_CUT = 10

ORGANIZATION = Shape(texts=(*names.NAME, "description"), values=names.ROLE)


class PodspaceClient(Client):
    """Client of one POD business account."""

    vendor = "podspace"
    credentials = ("api_token",)
    account = ()
    secret_options = ("api_token", "api_key")
    connection = connection_options(
        "podspace", credentials, secret_options, url="https://api.pod.ir/srv/sc/nzh/doServiceCall",
        api_key={"type": "str", "no_log": True}, api_services={"type": "dict"}, api_parameters={"type": "dict"})

    def __init__(self, options, redactor, tokens=None, note=None):
        super().__init__(options, redactor, tokens, note)
        self._check_map("api_services", options.get("api_services"))
        self._check_map("api_parameters", options.get("api_parameters"))

    @classmethod
    def secrets(cls, options):
        found = super().secrets(options)
        services = options.get("api_services")
        if isinstance(services, str):
            # Not converted yet, or not convertible: what was given wrong must not be told either.
            try:
                services = json.loads(services)
            except ValueError:
                found.append(services)
        if isinstance(services, dict):
            found += [entry.get("api_key") for entry in services.values() if isinstance(entry, dict)]
        return found

    # -- the maps of the account -------------------------------------------------------------------------------------

    def _check_map(self, option, given):
        unknown = sorted(str(name) for name in given or () if name not in PARAMETERS)
        if unknown:
            raise self._usage("%s: there is no operation %s" % (option, ", ".join(unknown)), "Operations are %s" % ", ".join(PARAMETERS))
        for operation, entry in (given or {}).items():
            if option == "api_parameters":
                wrong = sorted(set(entry) - set(PARAMETERS[operation])) if isinstance(entry, dict) else ["(not a map)"]
                known = ", ".join(PARAMETERS[operation]) or "none"
            elif isinstance(entry, dict):
                wrong, known = sorted(set(entry) - {"product_id", "api_key", "extra_params"}), "product_id, api_key, extra_params"
            else:
                wrong, known = ([] if isinstance(entry, (str, int)) and not isinstance(entry, bool) else ["(not a number)"]), "a number"
            if wrong:
                raise self._usage("%s.%s: %s is not known" % (option, operation, ", ".join(map(str, wrong))), "Known: %s" % known)

    def _usage(self, message, hint=None):
        return UsageError(message, vendor=self.vendor, operation="options", hint=hint)

    def product(self, operation):
        """Return product id, API key and further parameters of an operation.

        :raises UsageError: one is missing.
        """
        entry = (self.options.get("api_services") or {}).get(operation)
        entry = entry if isinstance(entry, dict) else {"product_id": entry}
        number = entry.get("product_id")
        if number in (None, ""):
            raise self._usage("api_services has no product id for %s" % operation,
                              "Give api_services: {%s: <scProductId>} (or PODSPACE_API_SERVICES in the environment, as JSON)" % operation)
        key = entry.get("api_key") or self.options.get("api_key")
        if not key:
            raise self._usage("there is no API key for %s" % operation, "Give api_key for all services, or api_services.%s.api_key" % operation)
        return str(number), str(key), entry.get("extra_params") or {}

    def need(self, *operations):
        """Raise UsageError, before any request, unless all these operations can be called."""
        for operation in operations:
            self.product(operation)

    def form(self, operation, values):
        """Return what the vendor gets under its own names; ``body.<name>`` puts a value into the JSON object of ``body``, an empty name leaves it out."""
        known = dict(PARAMETERS[operation])
        known.update((self.options.get("api_parameters") or {}).get(operation) or {})
        made, inner = {}, {}
        for name, value in values.items():
            if value is None:
                continue
            if isinstance(value, bool):
                value = "true" if value else "false"
            other = known[name]
            if other and other.startswith("body."):
                inner[other[len("body."):]] = value
            elif other:
                made[other] = value
        if inner:
            made["body"] = json.dumps(inner, ensure_ascii=False)
        return made

    # -- calls -------------------------------------------------------------------------------------------------------

    def authorise(self, token, call):
        call["headers"] = {"_token_": token, "_token_issuer_": "1"}

    def is_void(self, reply):
        # There is no login: a void token is an error like any other.
        return False

    def credentials_hint(self):
        return "PODSPACE_API_TOKEN in the environment"

    def understood(self, reply):
        """A code of the error dictionary is a refusal, whatever the HTTP status; 999 says only that something went wrong (page 1.1)."""
        try:
            told = Envelope(reply.json())
        except ValueError:
            return False
        return told.failed and told.code in codes.CODES and told.code != codes.UNKNOWN

    def is_own(self, answer):
        return Envelope(answer).readable

    def refusal(self, operation, reply, answer):
        told = Envelope(answer)
        if reply.ok and not told.failed:
            return None
        status = told.status or reply.status
        return codes.failure(operation, told.code, told.message or (None if told.readable else reply.text), status, told.reference)

    def read(self, operation, reply, effect, expect=dict):
        try:
            answer = super().read(operation, reply, effect, expect)
        except ApiError as error:
            status = error.http_status or 0
            if effect not in Effect.SAFE and error.code not in codes.CODES and (status >= 500 or proves_nothing(status)):
                # The gateway may pass on in its envelope that it waited in vain for the service behind it.
                raise UnknownOutcome(error.message, settled=not proves_nothing(status), vendor=self.vendor, operation=operation,
                                     http_status=error.http_status) from None
            raise
        told = Envelope({"result": None} if isinstance(answer, NoContent) else answer)
        if not told.readable:
            raise self.transport.bad_answer(operation, reply, "an answer with hasError and result", effect)
        return told

    def service(self, operation, effect=Effect.READ, **values):
        """Call one of the 19 services with parameters in our names; None is left out."""
        if values.get("start"):
            self.transport.grow(1, reading=True)
        number, key, extra = self.product(operation)
        data = dict(extra, scProductId=number, scApiKey=key, **self.form(operation, values))
        return self.call(operation, "POST", self.options["api_url"], effect, data=data)

    def listing(self, operation, identify, enough=None, size=None, **values):
        """Return all rows of a list.

        Nothing says how lists are paged. The vendor's total is believed when it is told; without one, a list that could have been cut is
        asked for its next page, unless ``enough`` of its rows is true.

        :arg size: ask for pages of this size from the start.
        """
        told = self.service(operation, size=size, **values)
        found = {identify(row): row for row in self._rows(operation, told.payload)}
        while True:
            before = len(bounded(found, operation, self.vendor))
            if (told.count or 0) <= before and (told.count or before < _MAY_BE_CUT or (size and before < size)):
                break
            if not told.count and enough is not None and enough(list(found.values())):
                break
            told, page = self._next(operation, told, before, values)
            found.update({identify(row): row for row in page})
            if len(found) == before:
                if (told.count or 0) > before:
                    raise BadAnswerError("%s: the vendor counts %d rows but gives only %d" % (operation, told.count, before), vendor=self.vendor,
                                         operation=operation)
                break
        return list(found.values())

    def _next(self, operation, told, start, values):
        try:
            following = self.service(operation, start=start, size=PAGE, **values)
        except ApiError as error:
            if told.count or error.code not in (101, 999):
                raise
            # A service that takes no paging parameters told everything at once.
            return told, []
        following.count = following.count or told.count
        return following, self._rows(operation, following.payload)

    def _rows(self, operation, payload):
        if isinstance(payload, dict):
            payload = next((payload[name] for name in names.LISTS if isinstance(payload.get(name), list)), payload)
        if isinstance(payload, list) and len(payload) == 1 and isinstance(payload[0], list):
            # Some clients were seen to take the list from result[0].
            payload = payload[0]
        return rows(payload, *names.LISTS, operation=operation, vendor=self.vendor)

    # -- spaces, which most resources need -----------------------------------------------------------------------------

    def organizations(self, named=()):
        """Return the spaces of the account; read once, forgotten by :meth:`forget_organizations`.

        :arg named: names or hashes; when all of them have been seen, a list whose end is uncertain is not read further.
        """
        missing = {normal(text) for text in named if text}

        def enough(page):
            seen = {normal(text) for row in page for text in (organization_hash(row), pick(row, names.NAME)) if text}
            return bool(missing) and missing <= seen

        def read():
            found = self.listing("get_user_organizations", organization_hash, enough)
            for row in found:
                ORGANIZATION.read(row, "get_user_organizations", self.vendor)
                if not organization_hash(row) or not pick(row, names.NAME):
                    raise strange("get_user_organizations", self.vendor, "hash and name", row, "a space")
            return [
                {"id": organization_hash(row), "hash": organization_hash(row), "name": pick(row, names.NAME),
                 # None: the list does not tell it, so nobody knows what it is.
                 "description": row["description"] or "" if "description" in row else None,
                 "role": str(pick(row, names.ROLE, "")).lower() or None} for row in found]
        listed = self.memory.shared("organizations", read)
        return self.memory.foretold.laid_over("organizations", listed, "name", "hash") if self.memory.foretold else listed

    def forget_organizations(self):
        self.memory.pop("organizations", None)

    def organization(self, text, named=()):
        """Return the space with this hash or name, or None.

        :raises PanelError: two spaces have the name.
        """
        listed = self.organizations(named or [text])
        found = [row for row in listed if row["hash"] == text] or [row for row in listed if normal(row["name"] or "") == normal(text)]
        if len(found) > 1:
            raise PanelError("%d organizations are called %s (hashes %s)" % (len(found), text, ", ".join(row["hash"] for row in found)), vendor=self.vendor,
                             operation="get_user_organizations", code="ambiguous", hint="Name the one you mean by its hash")
        return found[0] if found else None


def organization_hash(row):
    """Return the hash of a space: told as ``hash``, or as ``organization``, which may be an object of its own."""
    found = pick(row, names.HASH)
    return identity(pick(found, names.HASH) if isinstance(found, dict) else found)
