# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an editor can see of the rules for a value: JSON Schema beside the check, for the schema of the desired-state file."""

from __future__ import annotations

#: What people write for a number, in digits of any script.
NUMBER = r"^\+?[0-9۰-۹٠-٩\s().,/٬\-]*[0-9۰-۹٠-٩][0-9۰-۹٠-٩\s().,/٬\-]*$"
#: A mobile number: ten digits of any script or more.
MOBILE = r"^([^0-9۰-۹٠-٩A-Za-z]*[0-9۰-۹٠-٩]){10,}[^A-Za-z]*$"


def seen_as(**schema):
    """Say of a check, in JSON Schema, what it takes: the check decides, the schema may be wider and never narrower."""
    def marked(check):
        check.schema = schema
        return check
    return marked
