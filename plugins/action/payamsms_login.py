# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/tools/action_groups.py --write

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._payamsms.login import LOGIN
from ansible_collections.kariz.panels.plugins.plugin_utils._in_process import InProcessAction


class ActionModule(InProcessAction):
    job = LOGIN
