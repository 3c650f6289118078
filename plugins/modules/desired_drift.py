#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_drift
short_description: Report what differs between the panels and the desired-state file
version_added: 1.0.0
description:
  - Turns the results of M(kariz.panels.desired_state) steps that ran in check mode into a report of every difference per vendor and object.
  - The playbook C(kariz.panels.drift) does both. This module asks no vendor anything and always runs on the controller.
options:
  results:
    description:
      - The results of the steps, as registered by the loop.
      - Without them it only looks whether the report could be written, before hours of comparing, and returns nothing of it.
    type: list
    elements: dict
  markdown_path:
    description:
      - File for the report as Markdown.
    type: path
  json_path:
    description:
      - File for the report as JSON, in the shape of RV(report).
    type: path
  report:
    description:
      - Folder for the report as a page, C(drift.fa.html) and C(drift.en.html).
    type: path
  languages:
    description:
      - Languages of the pages.
    type: list
    elements: str
    choices: [fa, en]
    default: [fa, en]
  return_content:
    description:
      - V(summary) returns of each object only its names and figures, V(full) everything however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result; beyond that as much of it as fits,
        and RV(shortened) says what was left out. What is written to files is always whole.
    type: str
    choices: [auto, full, summary]
    default: auto
attributes:
  check_mode:
    description: Changes nothing that is managed; the report files are written in check mode too.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Compare
  kariz.panels.desired_state:
    path: business.yml
    step: "{{ item }}"
  loop: "{{ plan.steps }}"
  check_mode: true
  failed_when: false
  register: compared

- name: Report
  kariz.panels.desired_drift:
    results: "{{ compared.results }}"
    markdown_path: drift.md
  register: drift
  failed_when: drift.differs or drift.report.failed
"""

RETURN = r"""
differs:
  description: Whether anything differs.
  returned: with O(results)
  type: bool
  sample: true
lines:
  description: The report for a terminal, one line a difference.
  returned: with O(results)
  type: list
  elements: str
  sample:
    - 198 objects as the file wants them; 1 different
    - "alocom/school: users ali: differs (name: علی -> رضا)"
report:
  description: The report as data.
  returned: with O(results)
  type: dict
  contains:
    at:
      description: When it was made.
      type: str
    differs:
      description: Whether anything differs.
      type: bool
    failed:
      description: Whether anything could not be compared.
      type: bool
    summary:
      description: How many objects are C(missing), C(different), C(extra), C(same); how many could not be compared (C(failed)).
      type: dict
    accounts:
      description: For each account its kinds, and for each kind C(differences) (C(object), C(change), C(fields)), C(failed), C(warnings) and the number
        of C(same) ones.
      type: list
      elements: dict
  sample: {"at": "2026-03-21T08:00:00+00:00", "differs": false, "failed": false, "summary": {"missing": 0, "different": 0, "extra": 0, "same": 12, "failed": 0},
           "accounts": []}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
