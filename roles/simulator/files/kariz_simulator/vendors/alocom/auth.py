# SPDX-License-Identifier: GPL-3.0-or-later
"""Login, logout, and who may call."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from typing import Any

from ...messages import Answer, Call, Refusal
from . import texts
from .handlers import handlers
from .state import AGENT_ID, State


def jwt(claims: dict[str, Any]) -> str:
    """Something which looks like the vendor's tokens; nothing checks its signature."""
    parts = [json.dumps(part, separators=(",", ":")).encode() for part in ({"typ": "JWT", "alg": "HS256"}, claims)]
    parts.append(hashlib.sha256(b".".join(parts)).digest())
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


@handlers.on("auth.login")
def login(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if call.body["username"] != state.account["username"] or call.body["password"] != state.account["password"]:
        status = vendor.settings["login_error_status"]
        body: dict[str, Any] = {"message": texts.BAD_LOGIN}
        if status == 422:
            body["errors"] = {"username": [texts.BAD_LOGIN]}
        raise Refusal(status, body)
    seconds = vendor.settings["token_seconds"]
    token = jwt({"sub": AGENT_ID, "iat": int(time.time()), "jti": state.number("tokens")})
    state.tokens[token] = None if seconds is None else time.monotonic() + seconds
    return {"token": token}


@handlers.on("auth.logout")
def logout(vendor: Any, call: Call) -> Any:
    token = bearer(call)
    vendor.state.tokens.pop(token, None)
    if token == vendor.settings["fixed_token"]:
        vendor.state.fixed_token_void = True
    return {"message": texts.LOGGED_OUT}


def bearer(call: Call) -> str:
    scheme, _space, token = call.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def refused(vendor: Any, call: Call) -> Answer | None:
    """None for a caller with a living token."""
    state: State = vendor.state
    token = bearer(call)
    if token and token in state.tokens:
        until = state.tokens[token]
        if until is None or until > time.monotonic():
            return None
        del state.tokens[token]
    elif token and token == vendor.settings["fixed_token"] and not state.fixed_token_void:
        return None
    return Answer(401, {"message": texts.UNAUTHENTICATED})


def void_all(state: State) -> None:
    state.tokens.clear()
    state.fixed_token_void = True
