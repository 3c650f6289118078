#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_init
short_description: Write a first folder for the whole business from what is there today
version_added: 1.0.0
description:
  - Reads today's objects of every vendor whose credentials are in the environment and writes a folder to go on from, C(business.yml) with what is there,
    C(vault.yml) with places for the secrets, and a C(README.md) with the next three commands. Running C(kariz.panels.provision) on it changes nothing.
  - The first line of C(business.yml) names a JSON Schema that lies beside it, so that editors complete and check.
  - Writes over nothing. What a vendor said is data in the files, never a template, as in M(kariz.panels.desired_export).
  - The playbook C(kariz.panels.init) is made of it. It always runs on the controller; the vendors are read where the task runs.
options:
  dest:
    description:
      - The folder on the controller.
    type: path
    default: business
  vendors:
    description:
      - The vendors to read; by default all whose credentials are in the environment.
    type: list
    elements: str
  language:
    description:
      - Language of the comments; by default that of the environment (E(LC_ALL), E(LANG)), English unless it is Persian.
    type: str
    choices: [fa, en]
attributes:
  check_mode:
    description: Reads, and says what it would write.
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
- name: A first folder
  kariz.panels.desired_init:
    dest: business
    language: fa
"""

RETURN = r"""
folder:
  description: Where the files are.
  returned: success
  type: str
  sample: /home/office/business
files:
  description: Names of the files.
  returned: success
  type: list
  elements: str
  sample: [.desired_state.schema.json, README.md, business.yml, vault.yml]
counts:
  description: How many objects of which kind stand in C(business.yml), for each vendor.
  returned: success
  type: dict
  sample: {"alocom": {"labels": 4, "users": 200}}
commands:
  description: The next three commands.
  returned: success
  type: list
  elements: str
  sample: [ansible-playbook kariz.panels.plan -e desired_state=business -e plan_path=plan.json]
lines:
  description: Counts and commands for a terminal.
  returned: success
  type: list
  elements: str
  sample: ["alocom: 4 labels, 200 users"]
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
