# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  journal:
    description:
      - Where it is written down what may happen only once, before the request leaves and after the answer. A path (a SQLite file, made with mode 0600 when it
        is not there; it lies where the task runs) or C(postgresql://...) for many machines. The password may come from E(PGPASSWORD), a password file or a
        service file, and is masked everywhere.
      - Taken from the environment variable E(KARIZ_JOURNAL) when it is not given.
      - Of parallel runs with one key exactly one sends, and the others learn what came of it. What nobody knows the outcome of is never repeated; it is
        settled with M(kariz.panels.journal_entry). See the guide C(docs/journal.md).
    type: str
seealso:
  - module: kariz.panels.journal_info
  - module: kariz.panels.journal_entry
"""
