# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: sms_alert
type: notification
short_description: A text to on-call when a run fails
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Sends one text at the end of a run in which a host failed or could not be reached, with play, task, host and the first line of the error.
  - What was rescued or ignored is no failure. Check mode is quiet. Trouble with the text itself is a warning and never changes the outcome of the run.
  - Secrets of the environment and what looks like one are taken out. Of tasks with C(no_log) nothing but their name is told.
  - The connection comes from the environment variables of the provider, such as E(PAYAMSMS_API_USERNAME) or E(SMSPANEL_API_TOKEN).
requirements:
  - enable in configuration (C(callbacks_enabled = kariz.panels.sms_alert))
  - requests (Python library) on the controller
options:
  provider:
    description: Who sends the text.
    type: str
    choices: [payamsms, smspanel]
    default: payamsms
    env:
      - name: SMS_ALERT_PROVIDER
    ini:
      - section: sms_alert
        key: provider
  sender:
    description: Number to send from.
    type: str
    required: true
    env:
      - name: SMS_ALERT_SENDER
    ini:
      - section: sms_alert
        key: sender
  recipient:
    description: Mobile number of who is on call.
    type: str
    required: true
    env:
      - name: SMS_ALERT_RECIPIENT
    ini:
      - section: sms_alert
        key: recipient
  name:
    description: What the text begins with, such as the name of the site.
    type: str
    default: Ansible
    env:
      - name: SMS_ALERT_NAME
    ini:
      - section: sms_alert
        key: name
  length:
    description: Most characters of the text. 70 fit in one part of a Persian text, 160 of an English one.
    type: int
    default: 300
    env:
      - name: SMS_ALERT_LENGTH
    ini:
      - section: sms_alert
        key: length
"""

import os
import re
import uuid
from typing import Any

from ansible import context
from ansible.plugins.callback import CallbackBase

from ansible_collections.kariz.panels.plugins.module_utils._core.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.message import MESSAGE as PAYAMSMS
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.message import MESSAGE as SMSPANEL

_SECRET_NAME = re.compile("PASS|SECRET|TOKEN|KEY|CREDENTIAL|VAULT", re.IGNORECASE)
#: password=..., "token": "...", Authorization: Bearer ...
_SECRET_TEXT = re.compile(
    r"""(?i)((?:pass(?:word|wd)?|secret|token|api[_-]?key|authorization)["']?\s*[:=]\s*)(?:(?:bearer|basic)\s+)?("[^"]*"|'[^']*'|[^\s,;&}]+)""")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "kariz.panels.sms_alert"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._play = ""
        self._failures = {}
        self._told = False

    def v2_playbook_on_play_start(self, play):
        self._play = play.get_name().strip()

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if not ignore_errors:
            self._note(result)

    def v2_runner_on_unreachable(self, result):
        self._note(result)

    def _note(self, result):
        try:
            host = result._host.get_name()
            told = result._result
            quiet = told.get("_ansible_no_log") or getattr(result._task, "no_log", False)
            message = "(hidden by no_log)" if quiet else str(told.get("msg") or told.get("stderr") or told.get("module_stderr") or "no message")
            # Later failures of a host are consequences or follow a rescue; which of them counted is known at the end.
            self._failures.setdefault(host, []).append((self._play, result._task.get_name().strip(), message))
        except Exception as error:  # pylint: disable=broad-except
            self._display.warning("sms_alert: %s: %s" % (type(error).__name__, error))

    def v2_playbook_on_stats(self, stats):
        try:
            lost = [host for host in self._failures if stats.summarize(host)["failures"] or stats.summarize(host)["unreachable"]]
            if lost and not self._told and not context.CLIARGS.get("check"):
                self._told = True
                self._send(lost)
        except Exception as error:  # pylint: disable=broad-except
            self._display.warning("sms_alert: the text was not sent: %s" % clean("%s: %s" % (type(error).__name__, error)))

    def _send(self, lost):
        play, task, message = self._failures[lost[0]][-1]
        lines = (clean(message).strip() or "no message").splitlines()
        more = " and %d more hosts" % (len(lost) - 1) if len(lost) > 1 else ""
        text = "%s: failed on %s%s\nplay: %s\ntask: %s\n%s" % (self.get_option("name"), lost[0], more, clean(play), clean(task), lines[0])
        text = text[:max(20, self.get_option("length"))]
        limits = {"api_timeout": 10, "api_deadline": 20, "api_retries": 1}
        if self.get_option("provider") == "payamsms":
            job: Any = PAYAMSMS
            given = {"customer_id": "sms-alert-%s" % uuid.uuid4().hex, "recipient": self.get_option("recipient"), "body": text}
        else:
            job = SMSPANEL
            given = {"recipients": [self.get_option("recipient")], "text": text}
        checked = check.options_of(job, dict(given, sender=self.get_option("sender"), **limits))
        if checked.problems:
            raise ValueError(check.told(checked.problems))
        try:
            job.run(Host(checked.values, check_mode=False, warn=self._display.warning, note=self._display.vv))
        except Failed as failure:
            self._display.warning("sms_alert: the text was not sent: %s" % clean(failure.result["msg"]))


def clean(text):
    """Return a text without the secrets of the environment and without what looks like one."""
    redactor = Redactor()
    redactor.add(*[value for name, value in os.environ.items() if _SECRET_NAME.search(name) and len(value) >= 5])
    return _SECRET_TEXT.sub(r"\1********", redactor.text(str(text)))
