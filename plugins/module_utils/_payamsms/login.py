# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for a play."""

from __future__ import annotations

from .._core.task.login import LoginJob
from .client import PayamSmsClient


class Login(LoginJob):
    vendor = "payamsms"
    client = PayamSmsClient
    connection = PayamSmsClient.connection


LOGIN = Login()
