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
    description:
      - Who sends the text. Several are tried in order; the next one gets it only when the one before did not take it.
      - One of V(payamsms), V(smspanel), or both with a comma between them.
    type: list
    elements: str
    default: [payamsms]
    env:
      - name: SMS_ALERT_PROVIDER
    ini:
      - section: sms_alert
        key: provider
  sender:
    description:
      - Number to send from. With two providers whose numbers differ, one for each in their order, with a comma between them.
    type: list
    elements: str
    required: true
    env:
      - name: SMS_ALERT_SENDER
    ini:
      - section: sms_alert
        key: sender
  recipient:
    description: Mobile numbers of who is on call, with commas between them.
    type: list
    elements: str
    required: true
    env:
      - name: SMS_ALERT_RECIPIENT
    ini:
      - section: sms_alert
        key: recipient
  quiet:
    description:
      - Minutes in which the same play failing for the same reason is told only once, over all runs that share O(journal). V(0) tells each run.
      - The first line of the error is the reason, whichever task or host it is of; numbers in it, such as seconds and ids, make no other reason.
    type: int
    default: 0
    env:
      - name: SMS_ALERT_QUIET
    ini:
      - section: sms_alert
        key: quiet
  journal:
    description:
      - The journal that O(quiet) needs, a path or C(postgresql://...).
    type: str
    env:
      - name: SMS_ALERT_JOURNAL
      - name: KARIZ_JOURNAL
    ini:
      - section: sms_alert
        key: journal
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

EXAMPLES = r"""
examples: |
  # ansible.cfg, with the connections of both providers in the environment
  [defaults]
  callbacks_enabled = kariz.panels.sms_alert
  [sms_alert]
  name = school
  provider = payamsms, smspanel
  sender = 982000123, 30001234
  recipient = 09121234567, 09351234567
  quiet = 60
  journal = ~/alerts.db
"""

import contextlib
import os
import re
import types
import uuid
from typing import Any

from ansible import context
from ansible.errors import AnsibleError
from ansible.plugins.callback import CallbackBase

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, UNKNOWN, Journal, digest
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.message import MESSAGE as PAYAMSMS
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.message import MESSAGE as SMSPANEL
from ansible_collections.kariz.panels.plugins.plugin_utils._options import in_words

_SECRET_NAME = re.compile("PASS|SECRET|TOKEN|KEY|CREDENTIAL|VAULT", re.IGNORECASE)
_HIDDEN = "(hidden by no_log)"
_NOTHING = "no message"
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

    def set_options(self, *arguments, **more):
        try:
            super().set_options(*arguments, **more)
        except (ArithmeticError, TypeError, ValueError):
            # The platform falls over numbers that are none, such as inf.
            raise AnsibleError("sms_alert: quiet and length must be whole numbers (SMS_ALERT_QUIET, SMS_ALERT_LENGTH)") from None
        except AnsibleError as error:
            # It shows the whole value, however long it is.
            raise AnsibleError(in_words(str(error))) from None

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
            message = _HIDDEN if quiet else str(told.get("msg") or told.get("stderr") or told.get("module_stderr") or _NOTHING)
            # Later failures of a host are consequences or follow a rescue; which of them counted is known at the end.
            self._failures.setdefault(host, []).append((self._play, result._task.get_name().strip(), message))
        except Exception as error:  # pylint: disable=broad-except
            self._display.warning("sms_alert: %s" % told(error))

    def v2_playbook_on_stats(self, stats):
        try:
            lost = [host for host in self._failures if stats.summarize(host)["failures"] or stats.summarize(host)["unreachable"]]
            if lost and not self._told and not context.CLIARGS.get("check"):
                self._told = True
                self._send(lost)
        except Exception as error:  # pylint: disable=broad-except
            self._display.warning("sms_alert: the text was not sent: %s" % clean(told(error)))

    def _send(self, lost):
        play, task, message = self._failures[lost[0]][-1]
        lines = (clean(message).strip() or _NOTHING).splitlines()
        more = " and %d more hosts" % (len(lost) - 1) if len(lost) > 1 else ""
        text = "%s: failed on %s%s\nplay: %s\ntask: %s\n%s" % (self.get_option("name"), lost[0], more, clean(play), clean(task), lines[0])
        # No provider takes a character that is none, and the alert matters more than what such a name looked like.
        text = check.readable(text[:max(20, self.get_option("length"))])
        with self._once(play, task, lines[0]) as alert:
            if alert.mine:
                alert.sent = [self._tell(recipient, text) for recipient in self.get_option("recipient")]

    @contextlib.contextmanager
    def _once(self, play, task, reason):
        """Give an object whose ``mine`` says whether this run may tell; what it puts into ``sent`` decides whether a later run may."""
        alert: Any = types.SimpleNamespace(mine=True, sent=[])
        quiet, where = self.get_option("quiet"), (self.get_option("journal") or "").strip()
        if not quiet or not where:
            if quiet:
                self._display.warning("sms_alert: quiet needs journal (or KARIZ_JOURNAL): every run tells")
            yield alert
            return
        key = digest([self.get_option("name"), play, *told_reason(task, reason)])
        with Journal(where, "alert", deadline=20, warn=self._display.warning) as journal:
            wanted = {key: ([play, task, reason], "play %s" % clean(play))}
            won, others = journal.reserve(wanted, renew=quiet * 60)
            if not won and others[key].state == UNKNOWN:
                # A run that was killed while it told: an alert too many is better than none.
                journal.settle({key: (REFUSED, {})}, owners={key: others[key].run})
                won, _others = journal.reserve(wanted, renew=quiet * 60)
            alert.mine = bool(won)
            yield alert
            if won:
                journal.settle({key: (DONE if any(alert.sent) else REFUSED, {})})

    def _tell(self, recipient, text):
        """Send to one person through the first provider that takes it; return whether it may have arrived."""
        providers, senders = self.get_option("provider"), self.get_option("sender")
        for place, provider in enumerate(one.strip() for one in providers):
            try:
                self._hand_to(provider, senders[min(place, len(senders) - 1)], recipient.strip(), text)
                return True
            except Failed as failure:
                self._display.warning("sms_alert: the text was not sent: %s" % in_words(clean(failure.result["msg"])))
                if (failure.result.get("error") or {}).get("code") == "outcome_unknown":
                    return True
        return False

    def _hand_to(self, provider, sender, recipient, text):
        limits = {"api_timeout": 10, "api_deadline": 20, "api_retries": 1}
        job: Any = {"payamsms": PAYAMSMS, "smspanel": SMSPANEL}.get(provider)
        if job is None:
            raise ValueError("provider must be payamsms or smspanel, not %s" % check.quoted(provider))
        if provider == "payamsms":
            given = {"customer_id": "sms-alert-%s" % uuid.uuid4().hex, "recipient": recipient, "body": text}
        else:
            given = {"recipients": [recipient], "text": text}
        checked = check.options_of(job, dict(given, sender=sender, **limits))
        if checked.problems:
            raise ValueError(check.told(checked.problems))
        job.run(Host(checked.values, check_mode=False, warn=self._display.warning, note=self._display.vv))


def told(error):
    """Return in words what went wrong, not longer than anybody reads; the class only of what nobody foresaw."""
    text = str(error) if isinstance(error, (ValueError, AnsibleError, PanelError)) else "%s: %s" % (type(error).__name__, error)
    return in_words(text)


def told_reason(task, reason):
    """Return what makes a failure the same one: its reason without numbers that differ from run to run; the task where the reason says nothing."""
    return ([task] if reason in (_HIDDEN, _NOTHING) else []) + [re.sub(r"[0-9]+(?:[.,:][0-9]+)*", "#", reason)]


def clean(text):
    """Return a text without the secrets of the environment and without what looks like one."""
    redactor = Redactor()
    redactor.add(*[value for name, value in os.environ.items() if _SECRET_NAME.search(name) and len(value) >= 5])
    return _SECRET_TEXT.sub(r"\1********", redactor.text(str(text)))
