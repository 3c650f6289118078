# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib's reseller service (port 1043): subscribers of an internet provider, their services, payments and sessions."""

from .vendor import DeltaSib

__all__ = ["DeltaSib"]
