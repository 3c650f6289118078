#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: credit_report
short_description: Report what every account of the business has left
version_added: 1.0.0
description:
  - Reads what the named accounts have left (M(kariz.panels.credit_info)), says how long it lasts at its pace and what is under a threshold.
  - With O(dest) it writes the report as pages, JSON and CSV. The trend comes from a history of figures, kept beside the report or in O(journal).
  - The role C(kariz.panels.credit_report) and the playbook C(kariz.panels.balances) are made of it. An account that cannot be read is in RV(errors) and
    holds nobody up.
  - It runs on the controller; the vendors are read from where the task runs.
options:
  accounts:
    description:
      - The accounts.
    type: list
    elements: dict
    suboptions:
      vendor:
        description: The vendor.
        type: str
        required: true
        choices: [alocom, deltasib, payamsms, podspace, smspanel]
      account:
        description: A name for the account; the vendor's name unless given.
        type: str
      connection:
        description: The vendor's connection options. What is not given is taken from the vendor's environment variables.
        type: dict
      usernames:
        description: For DeltaSib the subscribers to read; all of them unless given.
        type: list
        elements: str
  path:
    description:
      - A desired-state file or folder, whose accounts are read as well.
    type: path
  vendors:
    description:
      - Vendors to read with the credentials in their environment variables. When nothing at all is named, all vendors that have credentials there.
    type: list
    elements: str
  only:
    description:
      - Vendors (V(alocom)) or accounts (V(alocom/school)) to which the above are limited.
    type: list
    elements: str
  thresholds:
    description:
      - What to warn of. A threshold applies to the gauges that all of its selectors (O(thresholds[].vendor), O(thresholds[].account), O(thresholds[].kind),
        O(thresholds[].name)) name, and has at least one limit (O(thresholds[].below), O(thresholds[].below_percent), O(thresholds[].days_left),
        O(thresholds[].expires_days)).
      - What nothing is left of, or less, is an alert always (C(exhausted)), with the gravest action of the thresholds about its amount, V(warn) without one.
      - Unless given, what expires within 14 days, lasts less than 7, or has less than 10 percent left.
    type: list
    elements: dict
    suboptions:
      vendor:
        description: Selector, the vendor.
        type: str
        choices: [alocom, deltasib, payamsms, podspace, smspanel]
      account:
        description: Selector, the account.
        type: str
      kind:
        description: Selector, the kind of gauge.
        type: str
        choices: [money, hours, disk, storage, traffic]
      name:
        description: Selector, what the gauge belongs to.
        type: str
      below:
        description: Less than so much is left, in the gauge's own unit.
        type: float
      below_percent:
        description: Less than so much of the total is left.
        type: float
      days_left:
        description: At its pace it lasts less than so many days.
        type: float
      expires_days:
        description: It expires within so many days, or has expired, which is told apart.
        type: float
      action:
        description: Under which of RV(to_warn), RV(to_text), RV(to_fail) it comes.
        type: str
        choices: [warn, text, fail]
        default: warn
  dest:
    description:
      - Folder for the report. Only its owner may read the files. Without it nothing is written.
    type: path
  languages:
    description:
      - Languages of the pages.
    type: list
    elements: str
    choices: [fa, en]
    default: [fa, en]
  title:
    description:
      - Title of the pages.
    type: str
  keep_days:
    description:
      - How long figures stay in the history, which holds the last of each day in Tehran.
    type: int
    default: 400
  journal:
    description:
      - A journal (M(kariz.panels.journal_info)) in which the history is kept, so that reports made on any machine, also in a container that goes, share one
        trend. A path on the controller, or C(postgresql://...). A history that is beside the report already is taken over.
      - Taken from the environment variable E(KARIZ_JOURNAL) when it is not given. Without either, C(history.jsonl) beside the report holds it.
      - Accounts are known there by their user (of a token by a digest) and the vendor's address.
    type: str
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
    description: Reads everything and writes no file and no journal.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: All accounts of the business
  kariz.panels.credit_report:
    path: business.yml
    dest: credit-report
    thresholds:
      - {kind: money, below: 500000, action: fail}
      - {expires_days: 30}
"""

RETURN = r"""
changed:
  description: Whether the figures are others than in the last report in O(dest).
  returned: always
  type: bool
  sample: true
lines:
  description: The report for a terminal.
  returned: always
  type: list
  elements: str
  sample: ["payamsms/payamsms: Balance: 43,661,171 rial; Lasts about 38 days at its pace of 1,138,075 rial a day"]
gauges:
  description: The gauges of M(kariz.panels.credit_info) with C(vendor), C(account), C(percent), C(per_day), C(days_left), C(expires_in) and
    C(trend), one point a day.
  returned: always
  type: list
  elements: dict
alerts:
  description: What is under a threshold, with C(reason) (the limit's name, C(ended) or C(exhausted)), C(value), C(limit) and C(action).
  returned: always
  type: list
  elements: dict
to_warn:
  description: The alerts to warn of, as sentences by language.
  returned: always
  type: dict
  sample: {"fa": [], "en": []}
to_text:
  description: The alerts to text, as sentences by language.
  returned: always
  type: dict
  sample: {"fa": [], "en": []}
to_fail:
  description: The alerts to fail of, as sentences by language.
  returned: always
  type: dict
  sample: {"fa": [], "en": []}
errors:
  description: Accounts that could not be read, with C(message).
  returned: always
  type: list
  elements: dict
accounts:
  description: The accounts that were asked.
  returned: always
  type: list
  elements: dict
  sample: [{"vendor": "payamsms", "account": "payamsms"}]
files:
  description: The files of the report.
  returned: always
  type: list
  elements: str
  sample: ["/srv/credit-report/credit-report.fa.html"]
day:
  description: Day of the report, in Tehran.
  returned: always
  type: str
  sample: "2026-03-21"
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
