# SPDX-License-Identifier: GPL-3.0-or-later
"""The account itself."""

from __future__ import annotations

from typing import Any

from ...messages import Call
from . import texts
from .auth import void_all
from .checks import bad, confirmed
from .handlers import handlers
from .services import active_services
from .state import State

MAGIC = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}


@handlers.on("profile.get")
def get(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    account = {name: value for name, value in state.account.items() if name != "password"}
    services = {"activeServices": active_services(state)}
    style = vendor.settings["profile_style"]
    if style == "profile":
        return {"profile": account, **services}
    return {"data": {**account, **services}} if style == "data" else {**account, **services}


@handlers.on("profile.update")
def update(vendor: Any, call: Call) -> Any:
    account = vendor.state.account
    body = call.body or {}
    before = (account["username"], account["password"])
    if "password" in body:
        account["password"] = confirmed(body)
    for name in ("name", "surname", "username"):
        if name in body:
            account[name] = body[name]
    for name in ("email", "cellphone"):
        if name in body:
            account[name] = body[name] or None
    if "status" in body:
        account["status"] = int(body["status"])
    if (account["username"], account["password"]) != before:
        credentials_changed(vendor)
    return {"message": texts.PROFILE_UPDATED}


@handlers.on("profile.password")
def password(vendor: Any, call: Call) -> Any:
    account = vendor.state.account
    if call.body["current_password"] != account["password"]:
        raise bad("current_password", texts.WRONG_PASSWORD)
    account["password"] = confirmed(call.body)
    credentials_changed(vendor)
    return {"message": texts.PROFILE_PASSWORD}


def credentials_changed(vendor: Any) -> None:
    """A new username or password breaks the login in use."""
    if vendor.settings["password_change_voids_tokens"]:
        void_all(vendor.state)


@handlers.on("profile.avatar")
def avatar(vendor: Any, call: Call) -> Any:
    image = call.files.get("image")
    kind = image.filename.rpartition(".")[2].lower() if image else ""
    if image is None or kind not in MAGIC or not image.data.startswith(MAGIC[kind]):
        raise bad("image", texts.AVATAR_KIND)
    path = f"/storage/avatars/{vendor.state.hex_id('avatar')}.{kind}"
    vendor.state.account["avatar"] = path
    return {"path": path}
