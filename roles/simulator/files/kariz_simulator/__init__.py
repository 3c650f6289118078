# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded vendor simulator: real HTTP servers with state, written from the vendors' documents."""
