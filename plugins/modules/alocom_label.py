#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_label
short_description: Manage labels of Alocom users
version_added: 1.0.0
description:
  - Makes, renames and removes the labels by which users of an Alocom account are sorted.
  - A label that is in use cannot be removed; the vendor refuses it and the task fails with its message. Check mode says so as well when it is told with
    O(foretold) what earlier tasks do with the users; the users are read for it.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.foretold
  - kariz.panels.state.purge
options:
  title: &title
    description:
      - Title of the label. Titles compare with Persian and Arabic letters taken as the same.
      - With O(id), the title the label shall have.
    type: str
  id: &id
    description:
      - The vendor's id of the label, to rename it.
    type: str
  rename_from: &rename_from
    description:
      - The title that the label may still have, to rename it without knowing its id. Once it is renamed, nothing changes any more.
      - When labels of both titles are there, the task fails. When neither is, one is made by its new title, with a warning.
      - With O(state=absent) whichever of the two is there goes.
    type: str
  state:
    description:
      - Whether the label shall be there.
    type: str
    choices: [present, absent]
    default: present
  labels:
    description:
      - Many labels in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      title: *title
      id: *id
      rename_from: *rename_from
      state:
        description:
          - Whether the label shall be there; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove all labels of the account that O(labels) does not name.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_label_info
  - module: kariz.panels.alocom_user
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One label
  kariz.panels.alocom_label:
    title: پایه دهم
  register: grade

- name: Rename it
  kariz.panels.alocom_label:
    id: "{{ grade.label.id }}"
    title: پایه یازدهم

- name: Rename one by its title
  kariz.panels.alocom_label:
    title: کلاس ریاضی
    rename_from: ریاضی

- name: Exactly these labels
  kariz.panels.alocom_label:
    labels:
      - title: پایه دهم
      - title: پایه یازدهم
    purge: true
    purge_limit: 5
"""

RETURN = r"""
label:
  description: The label, when one was given by O(title) or O(id).
  returned: success, without O(labels)
  type: dict
  contains:
    id:
      description: The vendor's id; V(null) in check mode for a label that would be made.
      type: int
    title:
      description: Title.
      type: str
  sample: {"id": 12, "title": "پایه دهم"}
labels:
  description: One entry for each item of O(labels), then one for each label removed by O(purge).
  returned: with O(labels)
  type: list
  elements: dict
  contains:
    title:
      description: Title.
      type: str
    id:
      description: The vendor's id.
      type: int
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the label was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"id": 12, "title": "پایه دهم", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(labels)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"title": "پایه دهم"}, "before_header": "alocom_label پایه دهم (before)", "after_header": "alocom_label پایه دهم (after)"}
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "delete label", "http_status": 400, "code": 400, "name": "refused", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.label import LABEL
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(LABEL)


if __name__ == "__main__":
    main()
