#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: journal_info
short_description: Read what a journal knows
version_added: 1.0.0
description:
  - Returns entries of a journal, the file or database in which O(kariz.panels.payamsms_message#module:journal) and other modules write down what may
    happen only once. Nothing is changed or made, and no vendor is asked.
options:
  journal:
    description:
      - The journal, a path or C(postgresql://...). Taken from the environment variable E(KARIZ_JOURNAL) when it is not given; one of the two is needed.
    type: str
  operation:
    description:
      - What the key stands for, such as V(message), V(invoice), V(payment) or V(service). All of them, unless given.
    type: str
  api_deadline:
    description:
      - Seconds for the whole task.
    type: float
    default: 30.0
  keys:
    description:
      - Only these keys.
    type: list
    elements: str
  state:
    description:
      - Only entries in this state. V(unknown) is what nobody knows the outcome of, to be settled with M(kariz.panels.journal_entry).
    type: str
    choices: [unknown, done, refused, reserved]
  since:
    description:
      - Only what was begun at or after this day or time, in ISO 8601; the day may be Jalali (V(1404/12/10)). Without an offset it is taken as UTC.
    type: str
  query:
    description:
      - A JMESPath expression; the result is what it makes of the list. Needs the Python library jmespath.
    type: str
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
requirements:
  - psycopg (version 3), for a journal at C(postgresql://...)
seealso:
  - module: kariz.panels.journal_entry
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What nobody knows
  kariz.panels.journal_info:
    journal: /var/lib/school/journal.db
    state: unknown
  register: journal

- name: Which invitations have gone out, from the journal that many machines share
  kariz.panels.journal_info:
    journal: "{{ shared_journal }}"  # postgresql://school@db.example.ir/journal?sslmode=verify-full
    keys: "{{ invitations | map(attribute='key') | list }}"
    state: done
"""

RETURN = r"""
entries:
  description: The entries, in the order in which they were begun.
  returned: success
  type: list
  elements: dict
  contains:
    key:
      description: The key.
      type: str
    operation:
      description: What the key stands for.
      type: str
    state:
      description: V(done), V(refused), V(reserved) while a run is at it, V(unknown) when that run has ended without an outcome.
      type: str
    provider:
      description: The vendor who has it.
      type: str
    id:
      description: The vendor's id of it.
      type: raw
    outcome:
      description: What was noted of the outcome.
      type: dict
    code:
      description: Why it was refused; V(not_sent) when a person said so.
      type: str
    summary:
      description: What it was, without text and whole number.
      type: str
    reserved_at:
      description: When it was begun, ISO 8601 in UTC.
      type: str
    settled_at:
      description: When its outcome was known.
      type: str
    run:
      description: The run that began it.
      type: str
    node:
      description: The machine of that run.
      type: str
    settled_by:
      description: The person who settled it by hand.
      type: str
    comment:
      description: That person's words.
      type: str
  sample: [{"key": "welcome-17", "operation": "message", "state": "unknown", "provider": "smspanel", "id": null, "outcome": {}, "code": null,
            "summary": "plain, 1 recipients (0912***4567)", "reserved_at": "2026-03-01T08:30:00.000000Z", "settled_at": null, "run": "node1-81-5e1f",
            "node": "node1", "settled_by": null, "comment": null}]
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": null, "operation": "journal_entry", "http_status": null, "code": "not_found", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.journal.by_hand import JOURNAL_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(JOURNAL_INFO)


if __name__ == "__main__":
    main()
