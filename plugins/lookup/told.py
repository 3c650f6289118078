# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: told
short_description: A secret that a vendor told once in this run, or a long list of a result
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Modules of this collection return what a vendor tells only once (the password of a new user, an entry link, a login token) as a reference
    instead of the secret itself. A reference is a template with this lookup, so whatever uses such a value gets the secret, while callbacks,
    C(-v), C(--diff) and everything else that prints a result show the reference.
  - With the variable C(kariz_result_limit) set to V(beside), as roles and playbooks of this collection have it, a list that is too long for a result
    stands there as a reference as well.
  - You never write a call of this lookup yourself.
options:
  _terms:
    description: References, as the results of modules hold them.
    type: list
    elements: str
    required: true
notes:
  - The secrets lie in files of the run that only their owner can read, and go with the run. A reference of another run fails.
  - M(ansible.builtin.debug) and M(ansible.builtin.set_fact) resolve a reference and print the secret. Use C(no_log) there.
  - No request is sent.
seealso:
  - module: kariz.panels.alocom_user
  - module: kariz.panels.alocom_event_link
  - module: kariz.panels.alocom_login
"""

EXAMPLES = r"""
- name: Make a user whose password the vendor chooses
  kariz.panels.alocom_user:
    username: ali.rezaei
    name: علی
    surname: رضایی
  register: made

- name: Hand the password on, which resolves the reference
  ansible.builtin.copy:
    content: "{{ made.user.password }}"
    dest: /tmp/ali-password
    mode: "0600"
  no_log: true
"""

RETURN = r"""
_raw:
  description: The secrets or lists, in the order of the references.
  type: list
  elements: raw
"""

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.kariz.panels.plugins.plugin_utils._told import resolve


class LookupModule(LookupBase):

    def run(self, terms, variables=None, **kwargs):
        self.set_options(var_options=variables, direct=kwargs)
        try:
            return [resolve(term) for term in terms]
        except LookupError as error:
            raise AnsibleLookupError("told: %s" % error) from None
