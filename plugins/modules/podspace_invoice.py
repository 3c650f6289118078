#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_invoice
short_description: Issue an invoice for a POD Space storage plan
version_added: 1.0.0
description:
  - Issues an invoice for a plan and returns the link to pay it. Nothing is paid by this module; whoever opens the link pays.
  - The vendor lists invoices nowhere, and each call makes another. With O(journal) and O(message_id) a local file remembers what was issued, the intent
    being on disk before the request leaves, so that one is issued at most once ever. Without them one is issued each time the task runs.
  - The request is never repeated. When its answer is lost, the task and every later run with the same O(message_id) fail with
    C(error.code=outcome_unknown) until a person has looked into the panel and told the journal; the message says how.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state.action
  - kariz.panels.journal
options:
  plan:
    description:
      - Title, number or hash of a plan on offer.
    type: str
    required: true
  redirect_url:
    description:
      - Where the payer is sent after paying.
    type: str
    required: true
  message_id:
    description:
      - Your own id of this invoice in O(journal).
    type: str
seealso:
  - module: kariz.panels.podspace_plan_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: The invoice for this year's storage, once
  kariz.panels.podspace_invoice:
    plan: سازمانی پانصد گیگ
    redirect_url: https://company.example.ir/paid
    journal: /var/lib/kariz/journal.db
    message_id: storage-1405
  register: storage

- name: Tell who pays
  ansible.builtin.debug:
    msg: "{{ storage.payment_url }}"
"""

RETURN = r"""
payment_url:
  description: The link to pay; V(null) in check mode.
  returned: success
  type: str
  sample: https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100
invoice:
  description: The invoice. For one that the journal knows, as it was issued then.
  returned: success
  type: dict
  contains:
    plan:
      description: The plan as it was given.
      type: str
    plan_id:
      description: Number of the plan.
      type: int
    plan_title:
      description: Title of the plan.
      type: str
    price:
      description: Price in rial.
      type: int
    redirect_url:
      description: Where the payer is sent.
      type: str
    message_id:
      description: Your own id.
      type: str
    payment_url:
      description: The link to pay.
      type: str
    invoice_id:
      description: The vendor's number of the invoice, when it tells it.
      type: int
  sample: {"plan": "سازمانی پانصد گیگ", "plan_id": 13, "price": 48000000, "payment_url": "https://pay.pod.ir/pbc/payinvoice/?invoiceId=9400100"}
diff:
  description: What is issued.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"invoice": {"plan": "سازمانی پانصد گیگ", "redirect_url": "https://company.example.ir/paid"}}}
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
  sample: {"vendor": "podspace", "operation": "buy_plan_with_gateway", "http_status": 200, "code": 21, "name": "INVALID_TOKEN", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.invoice import INVOICE


def main():
    run_module(INVOICE)


if __name__ == "__main__":
    main()
