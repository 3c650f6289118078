#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: journal_entry
short_description: Settle an entry of a journal by hand, or forget old ones
version_added: 1.0.0
description:
  - When a run was killed between its request and the answer, or the answer was lost, nobody knows what happened, and no run repeats it. Look into the
    vendor's panel and say here what you saw.
  - Who settled an entry and when is kept with it.
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
  key:
    description:
      - The key to settle or forget.
    type: str
  state:
    description:
      - V(done) says that it did happen, so it is never repeated.
      - V(not_sent) says that it did not, so the next run may try again.
      - V(forgotten) deletes the entry of O(key), or all settled ones that are O(older_than) so many days. An entry of which nobody knows the outcome is
        never forgotten. What is forgotten may happen once more.
      - V(taken_over) puts the entries of O(old_path) into the journal, once.
    type: str
    choices: [done, not_sent, forgotten, taken_over]
    required: true
  older_than:
    description:
      - With O(state=forgotten), the days after which a settled entry goes.
    type: float
  old_path:
    description:
      - With O(state=taken_over), a journal of an earlier version (JSON lines). Afterwards it is kept beside its place with C(.old) behind its name; a file that
        is not there any more changes nothing. What the journal knows already stays as it is. A file with a damaged line is refused with the line's number.
      - Needed for a journal in a database, or at another path. A file of that form at the path of O(journal) itself is taken over by the first run that
        writes.
    type: path
  comment:
    description:
      - Kept with the entry.
    type: str
attributes:
  check_mode:
    description: Says what it would do.
    support: full
  diff_mode:
    description: Shows the state before and after.
    support: full
requirements:
  - psycopg (version 3), for a journal at C(postgresql://...)
seealso:
  - module: kariz.panels.journal_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: It did go out, says the panel
  kariz.panels.journal_entry:
    journal: /var/lib/school/journal.db
    key: meeting-1405-ali
    state: done
    comment: seen in the panel under 8123

- name: Keep two years
  kariz.panels.journal_entry:
    journal: /var/lib/school/journal.db
    state: forgotten
    older_than: 730

- name: From the file of an earlier version into the database
  kariz.panels.journal_entry:
    journal: postgresql://school@db.example.ir/journal
    state: taken_over
    old_path: /var/lib/school/sent.jsonl
"""

RETURN = r"""
entry:
  description: The entry as it is now.
  returned: success, with O(key) and another state than V(forgotten)
  type: dict
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
  sample: {"key": "welcome-17", "operation": "message", "state": "done", "provider": "smspanel", "id": null, "outcome": {}, "code": null,
           "summary": "plain, 1 recipients (0912***4567)", "reserved_at": "2026-03-01T08:30:00.000000Z", "settled_at": "2026-03-01T09:12:44.310000Z",
           "run": "node1-81-5e1f", "node": "node1", "settled_by": "sara", "comment": "seen in the panel under 8123"}
forgotten:
  description: How many entries went.
  returned: success, with O(state=forgotten)
  type: int
  sample: 1204
taken_over:
  description: How many entries the earlier version's file had.
  returned: success, with O(state=taken_over)
  type: int
  sample: 311
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

from ansible_collections.kariz.panels.plugins.module_utils._core.journal.by_hand import JOURNAL_ENTRY
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(JOURNAL_ENTRY)


if __name__ == "__main__":
    main()
