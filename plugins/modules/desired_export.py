#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_export
short_description: Write today's state of accounts as desired-state files
version_added: 1.0.0
description:
  - Reads what the accounts hold and writes one file for each, which M(kariz.panels.desired_state) and so the playbook C(kariz.panels.provision) accept.
    Provisioning from them changes nothing.
  - Secrets are left as variables with names of their own, listed at the top of each file. An item's variable that is not set leaves the option alone;
    a connection's falls back to the vendor's environment variables.
  - Only the named accounts and vendors are asked anything. The files are written on the controller; the vendor is read from where the task runs.
options:
  path:
    description:
      - A desired-state file or folder that names the accounts and their connections. Objects in it do not matter.
    type: path
  vendors:
    description:
      - Vendors to export with the credentials in their environment variables. When nothing at all is named, all vendors that have credentials there.
    type: list
    elements: str
  only:
    description:
      - Vendors (V(alocom)) or accounts (V(alocom/school)) to which O(path) and O(vendors) are limited.
    type: list
    elements: str
  kinds:
    description:
      - Kinds of objects to export, such as V(users). All that can be listed, unless given.
    type: list
    elements: str
  with_details:
    description:
      - V(false) leaves out what a vendor tells only in a request for each object, such as e-mail and status of Alocom's users or members of its events. The
        first lines of the file say what is not in it; C(kariz.panels.provision) leaves that alone.
    type: bool
    default: true
  dest:
    description:
      - Folder for the files, C(<vendor>-<account>.yml) each. Only their owner may read them.
    type: path
    required: true
attributes:
  check_mode:
    description: Reads everything and writes no file.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Every account of the business
  kariz.panels.desired_export:
    path: business.yml
    dest: export

- name: The Alocom account whose credentials are in the environment
  kariz.panels.desired_export:
    vendors: alocom
    dest: export
"""

RETURN = r"""
files:
  description: The files.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: Path on the controller.
      type: str
    vendor:
      description: Vendor.
      type: str
    account:
      description: Account.
      type: str
    counts:
      description: Number of objects of each kind.
      type: dict
    secrets:
      description: Names of the variables that stand for secrets.
      type: list
      elements: str
    changed:
      description: Whether the text of the file is another than before.
      type: bool
  sample: [{"path": "/srv/export/alocom-school.yml", "vendor": "alocom", "account": "school", "counts": {"labels": 4, "users": 200, "events": 12},
            "secrets": ["alocom_school_api_password"], "changed": true}]
lines:
  description: The same for a terminal.
  returned: success
  type: list
  elements: str
  sample: ["export/alocom-school.yml: 4 labels, 200 users, 12 events; to fill in: alocom_school_api_password"]
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
