# SPDX-License-Identifier: GPL-3.0-or-later
"""Alocom, version 4.23.0 of its web service."""

from .vendor import Alocom

__all__ = ["Alocom"]
