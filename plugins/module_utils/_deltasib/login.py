# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in once for many tasks (vendor page 3.1). The service has no logout."""

from __future__ import annotations

from .._core.task.login import LoginJob
from .client import DeltaSibClient


class Login(LoginJob):
    vendor = "deltasib"
    client = DeltaSibClient
    connection = DeltaSibClient.connection


LOGIN = Login()
