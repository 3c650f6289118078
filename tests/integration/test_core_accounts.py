# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account a task writes with: a token that the task gave is never replaced by what lies in the environment."""

from __future__ import annotations

import pytest
from jobs import carry_out

#: For each vendor a write and a read, and what the vendor itself says of a void token: its own code.
TASKS = {
    "alocom": ("alocom_label", {"title": "تازه"}, 401),
    "deltasib": ("deltasib_user", {"username": "new", "password": "secret-word"}, -6),
    "payamsms": ("payamsms_message", {"customer_id": "c1", "sender": "982000123", "recipient": "989121234567", "body": "x"}, 401),
    "podspace": ("podspace_organization", {"name": "تازه"}, 21),
    "smspanel": ("smspanel_phonebook", {"name": "تازه", "numbers": ["09121234567"]}, 401),
}
VOID = "token-of-account-a-expired"


@pytest.fixture(params=TASKS)
def account(request):
    """The vendor, its task, and the options of a login (or of a good token for a vendor without one) that another account left in the environment."""
    vendor = request.getfixturevalue(request.param)
    module, params, code = TASKS[request.param]
    connection = dict(vendor.connection)
    if request.param == "smspanel":
        connection.pop("api_token")
        connection.update(api_username="kariz-demo", api_password="kariz-demo-pass")
    names = ("api_username", "api_password", "api_system_name", "api_client_id", "api_client_secret", *(["api_token"] if request.param == "podspace" else []))
    credentials = {name: connection.pop(name) for name in names if name in connection}
    environ = {"%s_%s" % (request.param.upper(), name.upper()): value for name, value in credentials.items()}
    return vendor, module, {**connection, **params}, code, credentials, environ


def logins(vendor):
    return vendor.summary().get("logins", 0)


@pytest.mark.parametrize("check", [False, True])
def test_a_void_token_of_the_task_ends_there(account, check):
    vendor, module, params, code, _credentials, environ = account
    result = carry_out(module, {**params, "api_token": VOID}, check=check, environ=environ)
    assert result["failed"] and not result["changed"] and vendor.writes() in ([], ["smspanel.book.add"])
    assert result["error"]["code"] == code and "api_token" in result["msg"] and VOID not in str(result)
    assert logins(vendor) == 0


@pytest.mark.parametrize("account", ["alocom", "deltasib", "payamsms"], indirect=True)
def test_it_ends_in_the_middle_of_a_task_too(account):
    """The token dies between the look and the write; nothing goes on with another account."""
    vendor, module, params, code, credentials, environ = account
    connection = {option: params[option] for option in ("api_url", "ca_path") if option in params}
    token = carry_out("%s_login" % vendor.name, {**connection, **credentials})["token"]
    vendor.clear_journal()
    vendor.fault("token_expiry", skip=1)
    result = carry_out(module, {**params, "api_token": token}, environ=environ)
    assert result["failed"] and result["error"]["code"] == code and "do not replace it" in result["msg"]
    assert logins(vendor) == 0 and token not in str(result)


def test_tokens_and_credentials_of_one_level(account):
    """Both on the task, or both in the environment: the token first, then one login and the same call again."""
    vendor, module, params, _code, credentials, environ = account
    if vendor.name == "podspace":
        assert carry_out(module, params, environ=environ)["changed"]
        return
    first = carry_out(module, {**params, **credentials, "api_token": VOID})
    again = carry_out(module, params, environ={**environ, "%s_API_TOKEN" % vendor.name.upper(): VOID})
    assert first["changed"] is True and again["changed"] is False, (first, again)
    assert logins(vendor) == (0 if vendor.name == "smspanel" else 2)


def test_half_of_the_credentials_on_the_task(account):
    """A username on the task and a password in the environment go together, also behind a token."""
    vendor, module, params, _code, credentials, environ = account
    if vendor.name == "podspace":
        return
    named = {name: credentials[name] for name in ("api_username", "api_system_name") if name in credentials}
    assert carry_out(module, {**params, **named, "api_token": VOID}, environ=environ)["changed"] is True
    if "api_system_name" in named:
        alone = carry_out(module, {**params, "api_username": named["api_username"], "api_token": VOID}, environ=environ)
        assert alone["failed"] and "do not replace it" in alone["msg"]
