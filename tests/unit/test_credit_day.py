# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A credit report's day, which is in the key of its text and so makes it one text a day, is that of Tehran, not the controller's."""

from __future__ import annotations

import datetime
import types

import pytest

from ansible_collections.kariz.panels.plugins.action import credit_report
from ansible_collections.kariz.panels.plugins.module_utils._business import desired


class Desk(credit_report.ActionModule):
    """The action without a play around it, and with an account that answers."""

    def __init__(self):  # pylint: disable=super-init-not-called
        self._task = types.SimpleNamespace(check_mode=False)

    def run_modules(self, name, asked, task_vars, **_more):
        return [{"gauges": []} for _one in asked]


@pytest.mark.parametrize(("moment", "day"), [
    ("2026-11-20T20:29:59+00:00", "2026-11-20"), ("2026-11-20T20:30:00+00:00", "2026-11-21"), ("2026-11-21T20:29:59+00:00", "2026-11-21"),
    # A controller whose own day is another one still, as the report is made.
    ("2026-11-21T01:00:00+09:00", "2026-11-20")])
def test_the_day_of_a_report_is_that_of_tehran(monkeypatch, moment, day):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromisoformat(moment).astimezone(tz)

    monkeypatch.setattr(credit_report.datetime, "datetime", Clock)
    accounts = desired.accounts([("business.yml", {"panels": {"payamsms": {"connection": {"api_token": "t"}}}})], {})
    params = {"thresholds": [], "keep_days": 400, "languages": ["en"], "title": None}
    made = Desk()._report(params, {}, accounts, None, None)
    assert made["day"] == day
