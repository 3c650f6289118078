# SPDX-License-Identifier: GPL-3.0-or-later
"""POD Space behind the gateway of POD: one address, product ids, forms."""

from .vendor import Podspace

__all__ = ["Podspace"]
