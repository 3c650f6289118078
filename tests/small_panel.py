# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job of no vendor, which does what its test says and asks no server: for tests of the places where jobs run."""

from __future__ import annotations

import copy


class Client:
    """As much of a client as the places ask for."""

    vendor = "vendor"

    def __init__(self, options=None, redactor=None, tokens=None, note=None):
        self.made_with = (options, redactor, tokens, note)

    @staticmethod
    def secrets(params):
        return [(params.get("extra") or {}).get("token")]


class Job:
    """Returns what ``does(host)`` returns, and keeps the hosts that it was given."""

    vendor = "vendor"
    client = Client
    name = "thing"
    plural = "things"
    reveals: tuple = ("password",)
    options = {"name": {"type": "str"}, "count": {"type": "int", "default": 3}, "secret": {"type": "str", "no_log": True}, "extra": {"type": "dict"},
               "things": {"type": "list", "elements": "dict", "options": {"title": {"type": "str"}, "code": {"type": "str", "no_log": True}}},
               "api_token_cache": {"type": "bool", "default": True}, "secrets_path": {"type": "path", "no_log": False},
               "journal": {"type": "str", "no_log": False}}

    def __init__(self, does=None, reveals=("password",)):
        self.does = does or (lambda host: {"changed": False, "thing": {"count": host.params["count"]}})
        self.reveals = reveals
        self.hosts: list = []

    def arguments(self):
        return {"argument_spec": copy.deepcopy(self.options), "supports_check_mode": True, "required_one_of": [("name", "things")]}

    @staticmethod
    def module_name():
        return "vendor_thing"

    @staticmethod
    def label_of(holder):
        return holder["title"]

    @staticmethod
    def mistakes(_checked):
        return []

    def run(self, host):
        self.hosts.append(host)
        return self.does(host)
