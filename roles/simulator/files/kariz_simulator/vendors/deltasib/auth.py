# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: made from the sha512 of the password, void after their time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import orjson

from ...messages import Call, Refusal
from . import texts
from .handlers import handlers
from .lists import refused


def key_of(password: str) -> str:
    return hashlib.sha512(password.encode()).hexdigest()


def made(state: Any, seconds: float) -> str:
    """A JSON web token, as the sample in the vendor's document."""
    now = time.time()
    claims = {"iat": int(now), "nbf": int(now) - 9, "exp": int(now + seconds), "data": {"scope": "reseller", "id": str(state.reseller["id"])}}

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    head = part(b'{"typ":"JWT","alg":"HS256"}') + "." + part(orjson.dumps({**claims, "jti": state.number("tokens")}))
    return head + "." + part(hmac.digest(b"kariz simulator", head.encode(), "sha256"))


@handlers.on("auth.gettoken")
def gettoken(vendor: Any, call: Call) -> Any:
    settings = vendor.settings
    if not settings["ip_permitted"]:
        raise refused(texts.BAD_IP)
    right = call.body["Api_Username"] == settings["username"] and call.body["Api_Key"].lower() == key_of(settings["password"])
    if not right:
        raise refused(texts.BAD_KEY)
    seconds = settings["token_seconds"]
    token = made(vendor.state, seconds)
    vendor.state.tokens[token] = time.time() + seconds
    answer: dict[str, Any] = {"token": token}
    if settings["session_timeout"] != "absent":
        answer["SessionTimeout"] = str(seconds) if settings["session_timeout"] == "string" else seconds
    return answer


def check(vendor: Any, call: Call) -> Refusal | None:
    """Why the caller may not go on, or None."""
    scheme, _space, token = call.headers.get("Authorization", "").partition(" ")
    values = {**(call.body if isinstance(call.body, dict) else {}), **call.query}
    place = vendor.settings["token_place"]
    given = set()
    if place in ("header", "both") and scheme.lower() == "bearer" and token.strip():
        given.add(token.strip())
    if place in ("parameter", "both") and values.get("Token"):
        given.add(str(values["Token"]))
    now = time.time()
    good = [token for token in given if token == vendor.settings["fixed_token"] or vendor.state.tokens.get(token, 0) > now]
    if not good:
        return refused(texts.BAD_TOKEN)
    if not vendor.settings["ip_permitted"]:
        return refused(texts.BAD_IP)
    return None
