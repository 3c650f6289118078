# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One object's failure is its own: the others of a list are read and written; only the end of the login or of the connection ends them all."""

from __future__ import annotations

import pytest
from jobs import carry_out


def failed(result, plural):
    """Return the places of the items that failed."""
    return [place for place, row in enumerate(result[plural]) if row["action"] == "failed"]


@pytest.mark.parametrize("concurrency", [1, 8])
@pytest.mark.parametrize("fault", [{"kind": "status", "status": 401}, {"kind": "reset_before"}, {"kind": "status", "status": 500}], ids=["401", "reset", "500"])
def test_the_detail_of_one_user(alocom, fault, concurrency):
    alocom.seed("users", 12, prefix="u")
    rows = alocom.dump()["users"]
    alocom.fault(method="GET", path="users/%d$" % rows[2]["id"], times=0, **fault)
    wanted = [{"username": row["username"], "email": "new-%d@example.ir" % row["id"]} for row in rows]
    result = carry_out("alocom_user", dict(alocom.connection, users=wanted, api_retries=0, api_concurrency=concurrency))
    assert failed(result, "users") == [2] and result["summary"]["updated"] == 11, result["msg"]
    assert rows[2]["username"] in result["msg"] and len(alocom.writes()) == 11


def test_the_login_ends_while_a_list_is_written(alocom):
    """The token becomes void and the login is refused: one object says so, the rest says why it was not attempted."""
    alocom.seed("users", 12, prefix="u")
    rows = alocom.dump()["users"]
    alocom.fault("token_expiry", path="users/%d$" % rows[3]["id"], method="GET")
    alocom.fault("status", status=401, path="auth/login", times=0, skip=1)
    wanted = [{"username": row["username"], "email": "new-%d@example.ir" % row["id"]} for row in rows]
    result = carry_out("alocom_user", dict(alocom.connection, users=wanted, api_concurrency=1))
    assert failed(result, "users") == list(range(12)) and len(alocom.writes()) == 1
    codes = [row["error"]["code"] for row in result["users"]]
    # Three were read before the end: the first of them tries to write.
    assert codes == [401, "not_attempted", "not_attempted", 401] + ["not_attempted"] * 8
    assert result["users"][11]["error"]["message"].startswith("not attempted, because login") and result["error"]["code"] == 401
    assert alocom.summary()["logins"] == 3


def test_nobody_listens_any_more(alocom):
    """The first of many says so, and no other knocks."""
    users = [{"username": "u%d" % number, "status": "Enable"} for number in range(9)]
    result = carry_out("deltasib_user_status", dict(api_url="http://127.0.0.1:9", api_token="t", api_retries=0, api_concurrency=1, users=users))
    assert result["failed"] and result["api"]["requests"] == 1
