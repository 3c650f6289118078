#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: awx_objects
short_description: Make objects of an automation controller from the lists that describe it
version_added: 1.0.0
description:
  - Brings a list in the form of C(infra.aap_configuration), such as C(controller_templates), about with the modules of C(awx.awx) or C(ansible.controller),
    or removes its objects. The playbook C(kariz.panels.awx_setup) calls it for the lists of this collection.
  - A second run changes nothing. Notifications that are there as wanted are not sent again, although their own module would do so each time.
  - In check mode an object that refers to one that an earlier task would make counts as one that would be made.
options:
  objects:
    description:
      - The objects, with the options of their module as keys. An empty credential, execution environment, branch or organization counts as not given.
      - Workflows take their nodes as C(simplified_workflow_nodes), each with C(identifier), C(unified_job_template) or C(approval_node), and
        C(success_nodes), C(failure_nodes), C(always_nodes).
    type: list
    elements: dict
    required: true
  kind:
    description:
      - What they are; the list of this name begins with C(controller_).
    type: str
    required: true
    choices: [credential_types, credentials, projects, inventories, hosts, inventory_sources, labels, notifications, templates, workflows, schedules]
  state:
    description:
      - Whether they shall be there. Labels are removed by the controller itself, with the last object that has them.
    type: str
    choices: [present, absent]
    default: present
  collection:
    description:
      - Whose modules do it; the first of these that is installed, unless given.
    type: str
    choices: [awx.awx, ansible.controller]
  update_secrets:
    description:
      - Send the secrets of credentials again that are there already. A controller does not show them, so each run changes them then.
    type: bool
    default: false
requirements:
  - The collection C(awx.awx) or C(ansible.controller), and the address and the token of the controller, such as E(CONTROLLER_HOST) and
    E(CONTROLLER_OAUTH_TOKEN), as its modules take them.
attributes:
  check_mode:
    description: Changes nothing and says what would change.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.desired_state
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A label, with CONTROLLER_HOST and CONTROLLER_OAUTH_TOKEN in the environment
  kariz.panels.awx_objects:
    kind: labels
    objects:
      - name: panels
        organization: Default
"""

RETURN = r"""
objects:
  description: The objects in the order in which they were brought about.
  returned: success
  type: list
  elements: dict
  contains:
    name:
      description: Its name.
      type: str
    changed:
      description: Whether it, or with a workflow one of its nodes, was made, changed or removed.
      type: bool
  sample: [{"name": "panels", "changed": true}]
"""
