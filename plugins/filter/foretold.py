# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: foretold
short_description: What earlier tasks change, for the option foretold of later ones
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Takes from registered results the names and ids of the objects that were created, updated or deleted, or would be in check mode, by kind.
  - Given to a later task as O(ignore:foretold), it makes check mode find what only the earlier tasks would make.
options:
  _input:
    description:
      - The registered results. One of a task that was skipped counts as nothing.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Labels
  kariz.panels.alocom_label:
    labels:
      - title: پایه نهم
  register: made

- name: Users who carry them, exact in check mode too
  kariz.panels.alocom_user:
    users:
      - {username: sara.ahmadi, name: سارا, surname: احمدی, labels: [پایه نهم]}
    foretold: "{{ [made] | kariz.panels.foretold }}"
"""

RETURN = r"""
_value:
  description: Objects by kind, each with its C(action).
  type: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import foretold


class FilterModule:
    def filters(self):
        return {"foretold": documented(foretold, DOCUMENTATION)}
