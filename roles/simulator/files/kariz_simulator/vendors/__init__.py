# SPDX-License-Identifier: GPL-3.0-or-later
"""One package a vendor; `registry.py` lists them."""
