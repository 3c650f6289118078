#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_share_info
short_description: Read shares of POD Space
version_added: 1.0.0
description:
  - Returns the shares of a folder or of a file, those that come from folders above included, or what others share with the account.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  folder_hash:
    description:
      - Shares of this folder.
    type: str
  file_hash:
    description:
      - Shares of this file.
    type: str
  shared_with_me:
    description:
      - V(true) for what others share with the account.
    type: bool
  person:
    description:
      - Only shares with this person, by username, mobile number or e-mail.
    type: str
  public:
    description:
      - Only public shares, or only those with people.
    type: bool
  inherited:
    description:
      - Only shares that come from a folder above, or only those of the folder or file itself.
    type: bool
seealso:
  - module: kariz.panels.podspace_folder_share
  - module: kariz.panels.podspace_file_share
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who can see the folder
  kariz.panels.podspace_share_info:
    folder_hash: CWMUTHEDM5RAJOU4
  register: result

- name: What is shared with us
  kariz.panels.podspace_share_info:
    shared_with_me: true
    query: "[].entity_name"
"""

RETURN = r"""
shares:
  description: The shares, or what O(query) makes of them.
  returned: success
  type: list
  elements: dict
  contains:
    share_hash:
      description: The vendor's hash of the share; V(null) where the vendor lists the folders and files that are shared, not their shares.
      type: str
    public:
      description: Whether it is with everybody.
      type: bool
    person:
      description: The person it is with.
      returned: for a share with a person
      type: str
    username:
      description: The vendor's username of the person.
      returned: for a share with a person
      type: str
    level:
      description: V(view) or V(edit).
      returned: when the vendor tells it
      type: str
    expiration:
      description: The last day, or V(null).
      type: str
    has_password:
      description: Whether a public share has a password.
      returned: when the vendor tells it
      type: bool
    url:
      description: Address of a public share.
      returned: when the vendor tells it
      type: str
    entity_hash:
      description: The folder or file that is shared.
      type: str
    entity_name:
      description: Its name.
      type: str
    entity_kind:
      description: V(folder) or V(file).
      type: str
    inherited_from:
      description: Hash of the folder above that is shared, V(null) when it is the folder or file itself.
      returned: without O(shared_with_me)
      type: str
  sample: [{"share_hash": "SQ2XHB2NA4JT6FME", "public": false, "person": "z.karimi", "level": "edit", "expiration": null, "inherited_from": null}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "podspace", "url": "https://api.pod.ir/srv/sc/nzh/doServiceCall", "name": "token 9f86d081884c"}
api:
  description: What the task cost.
  returned: when a request was made
  type: dict
  sample: {"requests": 1, "retries": 0, "seconds": 0.021}
error:
  description: What went wrong, for programs. C(error.code) is the vendor's own number where it gave one.
  returned: failure
  type: dict
  sample: {"vendor": "podspace", "operation": "get_folder_shares_list", "http_status": 200, "code": 21, "name": "INVALID_TOKEN", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.info import SHARE_INFO


def main():
    run_module(SHARE_INFO)


if __name__ == "__main__":
    main()
