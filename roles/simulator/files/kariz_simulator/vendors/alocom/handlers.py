# SPDX-License-Identifier: GPL-3.0-or-later
"""The table the operation files write their handlers into."""

from ...vendor import Handlers

handlers = Handlers()
