# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache of an inventory belongs to one account, also where the account is known by its token alone, and gives none of its secrets away."""

from __future__ import annotations

import hashlib
import json

import pytest
from jobs import carry_out
from playing import ROOT, program

PLUGINS = sorted(path.stem for path in (ROOT / "plugins/inventory").glob("*.py"))


class Source:
    """One inventory file with a cache, read by the real ``ansible-inventory``."""

    def __init__(self, vendor, folder):
        self.vendor = vendor
        self.folder = folder
        self.cache = folder / "cache"
        # What makes an account is given case by case.
        self.rest = {name: value for name, value in vendor.connection.items() if name not in ("api_username", "api_password")}

    def read(self, credentials, environment=None):
        """Return the names of the hosts, and how many requests that took."""
        self.vendor.clear_journal()
        path = self.folder / ("x.%s.yml" % self.vendor.name)
        path.write_text(json.dumps({
            "plugin": "kariz.panels.%s" % self.vendor.name, "cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(self.cache),
            **self.rest, **credentials}), encoding="utf-8")
        done = program("ansible-inventory", ["-i", path, "--list"], self.folder, {
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1",
            **{"%s_%s" % (self.vendor.name.upper(), name.upper()): value for name, value in (environment or {}).items()}})
        assert done.returncode == 0, done.stderr
        return set(json.loads(done.stdout)["_meta"]["hostvars"]), self.vendor.summary()["requests"]


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.seed("default")
@pytest.mark.seed("default", vendor="deltasib")
def test_a_cache_serves_only_the_account_that_filled_it(name, request, tmp_path):
    vendor = request.getfixturevalue(name)
    source = Source(vendor, tmp_path)
    first, second = (carry_out("%s_login" % name, vendor.connection)["token"] for _login in range(2))
    assert first != second
    hosts, requests = source.read({"api_token": first})
    assert hosts and requests
    # However the same account is named, nothing is asked.
    assert source.read({"api_token": first}) == (hosts, 0)
    assert source.read({}, {"api_token": first}) == (hosts, 0)
    assert source.read({"api_token": "{{ lookup('ansible.builtin.env', '%s_API_TOKEN') }}" % name.upper()}, {"api_token": first}) == (hosts, 0)
    # To all that is known, another token is another account.
    again, requests = source.read({"api_token": second})
    assert again == hosts and requests
    again, requests = source.read({}, {"api_token": first})
    assert again == hosts and requests
    # So are credentials, and the same token at another address.
    credentials = {name: vendor.connection[name] for name in ("api_username", "api_password")}
    assert source.read(credentials)[1] and source.read({}, credentials) == (hosts, 0)
    assert source.read({**credentials, "api_url": vendor.url.replace("localhost", "127.0.0.1").rstrip("/") + "/"})[1]
    kept = "".join(path.read_text(encoding="utf-8") for path in source.cache.iterdir())
    for secret in (first, second, vendor.connection["api_password"]):
        assert secret not in kept and json.dumps(secret)[1:-1] not in kept
        assert hashlib.sha256(secret.encode()).hexdigest() not in kept
