# SPDX-License-Identifier: GPL-3.0-or-later
"""The white-label SMS panel (REST v1), written from the project's vendor page."""

from .vendor import SmsPanel

__all__ = ["SmsPanel"]
