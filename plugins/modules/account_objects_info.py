#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: account_objects_info
short_description: Read the objects of any vendor's account as items of the desired-state file
version_added: 1.0.0
description:
  - Reads what an account holds today and returns it in the form in which the vendor's modules, and so the desired-state file, take it.
  - Secrets are never returned; RV(withheld) tells where there is one.
  - Objects that share their natural key are left out with a warning, because a file could not tell them apart.
options:
  vendor:
    description:
      - The vendor.
    type: str
    required: true
    choices: [alocom, deltasib, payamsms, podspace, smspanel]
  connection:
    description:
      - The vendor's connection options, as its modules take them. What is not given is taken from the vendor's environment variables.
    type: dict
    default: {}
  kinds:
    description:
      - Keys of the desired-state file to read. All that the vendor can list, unless given.
    type: list
    elements: str
  with_details:
    description:
      - V(false) leaves out what the vendor tells only in a request for each object; RV(left_out) names it.
    type: bool
    default: true
  named:
    description:
      - For each of these keys of the desired-state file the items of a file; RV(unnamed) then tells what the account holds beside them, and
        RV(objects) is left out.
    type: dict
  return_content:
    description:
      - How much comes back. V(summary) returns of each object only what it is called, and its state.
      - V(full) returns everything, however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result, and beyond that as much as fits;
        RV(shortened) says what was left out. The variable C(kariz_result_limit), or E(KARIZ_RESULT_LIMIT) in the environment, sets another limit,
        V(0) none.
    type: str
    choices: [auto, full, summary]
    default: auto
attributes:
  check_mode:
    description: Changes nothing, so it does the same in check mode.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.desired_export
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Everything of an account, credentials from the environment
  kariz.panels.account_objects_info:
    vendor: alocom
  register: school
"""

RETURN = r"""
objects:
  description: For each kind the items, in the order of the vendor.
  returned: success
  type: dict
  sample: {"labels": [{"title": "پایه دهم"}], "users": [], "events": []}
withheld:
  description: Options that hold a secret or need one to make the object anew, with the kind and the place (from 0) of their item.
  returned: success
  type: list
  elements: dict
  sample: [{"kind": "events", "place": 0, "option": "guest_codes"}]
left_out:
  description: For each kind the options that were not read, because only a request for each object tells them.
  returned: success, without O(with_details)
  type: dict
  sample: {"users": ["email", "enabled"]}
unnamed:
  description:
    - For each key of O(named) the objects that no item names, compared by what they are, whichever name an item uses. What nobody can take away, such
      as an owner of a space, is never among them.
  returned: when O(named) is given
  type: dict
  sample: {"services": ["username sara / 11"]}
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
  sample: {"requests": 12, "retries": 0, "seconds": 0.31}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "login", "http_status": 401, "code": "not_authenticated", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._business.objects import OBJECTS
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(OBJECTS)


if __name__ == "__main__":
    main()
