# SPDX-License-Identifier: GPL-3.0-or-later
"""PayamSMS (web service guide 2.0), written from the project's vendor page."""

from .vendor import PayamSms

__all__ = ["PayamSms"]
