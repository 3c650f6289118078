# SPDX-License-Identifier: GPL-3.0-or-later
"""The table that the other files fill; apart from them, so that nobody imports in a circle."""

from ...vendor import Handlers

handlers = Handlers()
