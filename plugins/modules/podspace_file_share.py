#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_file_share
short_description: Share a file of POD Space with people or publicly
version_added: 1.0.0
description:
  - Shares a file with a person, or publicly with everybody who has the link, changes such shares and removes them.
  - Shares that come from a folder above are shown by a warning and never touched.
  - The vendor cannot change a share. A change of O(level) or O(expiration) removes it and shares again; when sharing again fails, the old share is put
    back, and when that fails too, the error says who has lost which access.
  - A public share gets its password after it is there. When the password cannot be set, the share is taken away again, so that it is never left open.
  - A password cannot be read, so a change of O(level) or O(expiration) of a public share asks for O(password) as well; V("") says that it shall have none.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
options:
  file_hash: &place
    description:
      - The vendor's hash of the file.
    type: str
  person: &person
    description:
      - Username, mobile number or e-mail of somebody who has an account at POD. Case and the kind of digits do not matter.
    type: str
  public: &public
    description:
      - Share with everybody who has the link, instead of O(person).
    type: bool
  level: &level
    description:
      - V(view) allows to see, download, copy and share on; V(edit) also to rename.
      - A person gets V(view) unless this says otherwise.
    type: str
    choices: [view, edit]
  expiration: &expiration
    description:
      - The last day of the share, such as V(2026-12-31) or, in the Jalali calendar, V(1405/10/10); V("") for no end.
    type: str
  password: &password
    description:
      - Password of a public share. It cannot be read, so O(update_password) says when it is sent.
      - V("") says that the share shall have none.
    type: str
  update_password: &update_password
    description:
      - V(on_create) sets the password of a share that is made, V(always) also of one that is there.
    type: str
    choices: [on_create, always]
    default: on_create
  state:
    description:
      - Whether the file shall be shared so.
    type: str
    choices: [present, absent]
    default: present
  shares:
    description:
      - Many shares in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      file_hash: *place
      person: *person
      public: *public
      level: *level
      expiration: *expiration
      password: *password
      update_password:
        description:
          - By default what O(update_password) of the task says.
        type: str
        choices: [on_create, always]
      state:
        description:
          - By default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove all shares of the file that O(shares) does not name, a public one too. Those of folders above stay. Needs O(file_hash) at the top.
    type: bool
    default: false
seealso:
  - module: kariz.panels.podspace_share_info
  - module: kariz.panels.podspace_folder_share
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A colleague may edit until the end of the year
  kariz.panels.podspace_file_share:
    file_hash: 6IDR6IQVQWYILCXV
    person: z.karimi
    level: edit
    expiration: "2035-12-31"

- name: Everybody with the link and the password may see it
  kariz.panels.podspace_file_share:
    file_hash: 6IDR6IQVQWYILCXV
    public: true
    expiration: "2035-12-31"
    password: "{{ link_password }}"

- name: Exactly these
  kariz.panels.podspace_file_share:
    file_hash: 6IDR6IQVQWYILCXV
    shares:
      - person: z.karimi
        level: edit
      - person: "09121234502"
    purge: true
"""

RETURN = r"""
share:
  description: The share, when one was given by O(person) or O(public).
  returned: success, without O(shares)
  type: dict
  contains:
    file_hash:
      description: The file.
      type: str
    person:
      description: The person it is shared with.
      returned: when it is shared with one
      type: str
    public:
      description: V(true) for a public share.
      returned: when it is public
      type: bool
    share_hash:
      description: The vendor's hash of the share; V(null) in check mode for one that would be made.
      type: str
    username:
      description: The vendor's username of the person; V(null) for a public share and for one that was just made.
      type: str
    url:
      description: Address of a public share, where the vendor's answer tells one; otherwise V(null).
      type: str
    level:
      description: What it allows.
      returned: when the vendor tells it
      type: str
    expiration:
      description: The last day.
      type: str
  sample: {"file_hash": "FILE", "person": "z.karimi", "share_hash": "SQ2XHB2NA4JT6FME", "username": "z.karimi", "level": "edit"}
shares:
  description: One entry for each item of O(shares), in their order, then one for each removed by O(purge). Keys as in RV(share).
  returned: with O(shares)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the share was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"file_hash": "FILE", "public": true, "share_hash": "VLH6Q3VQK5FQGX33", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(shares)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 1, "unchanged": 2, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {"person": "z.karimi", "level": "view"}, "after": {"person": "z.karimi", "level": "edit"}}
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
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs. C(error.code) is the vendor's own number where it gave one.
  returned: failure
  type: dict
  sample: {"vendor": "podspace", "operation": "share_file", "http_status": 200, "code": 4, "name": "PERMISSION_DENIED", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.share import FILE_SHARE


def main():
    run_module(FILE_SHARE)


if __name__ == "__main__":
    main()
