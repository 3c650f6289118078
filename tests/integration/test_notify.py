# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role notify, the callback sms_alert, the filters and the test, in real plays."""

from __future__ import annotations

import pytest

OWN = {"payamsms": "982000123", "smspanel": "30001234"}


def message(key, number=1, **more):
    return {"key": key, "recipient": "0912 000 %04d" % number, "text": "متن %s" % key, **more}


@pytest.fixture
def notify(texts, tmp_path):
    """Run the role and return ``(played, {key: entry of the report})``."""

    def made(messages, door="fast", check=False, environment=None, keywords=None, **variables):
        # Variables of the caller must not get into those of the role, whatever their names.
        mine = dict.fromkeys(("shown", "words", "told", "report", "keys", "numbers", "lost", "text", "made", "message"), "the caller's")
        given = {**mine, "notify_messages": messages, "notify_sender": OWN, "notify_journal": str(tmp_path / "notify.jsonl"), **variables}
        tasks = [
            {"name": "notify", "ansible.builtin.include_role": {"name": "kariz.panels.notify"}, "vars": dict(given, notify_fail=False)},
            {"name": "report", "ansible.builtin.debug": {"var": "notify_report"}},
            {"name": "summary", "ansible.builtin.debug": {"var": "notify_summary"}},
        ]
        played = texts(tasks, door, check=check, environment=environment, keywords=keywords).ok()
        return played, {entry["key"]: entry for entry in played["report"]["notify_report"]}
    return made


@pytest.mark.smoke
def test_once_for_each_key(payamsms, smspanel, notify, door):
    messages = [message("a"), message("b", 2, text="سلام {{ 1 + 1 }}"), message("c", 3, when=False)]
    _played, foretold = notify(messages, door, check=True)
    assert {key: entry["outcome"] for key, entry in foretold.items()} == {"a": "would be sent", "b": "would be sent"}
    assert payamsms.writes() == smspanel.writes() == []
    played, report = notify(messages, door)
    assert {key: (entry["outcome"], entry["provider"]) for key, entry in report.items()} == {"a": ("sent", "payamsms"), "b": ("sent", "payamsms")}
    assert played["summary"]["notify_summary"]["sent"] == 2
    _played, report = notify(messages, door)
    assert {entry["outcome"] for entry in report.values()} == {"already"}
    assert payamsms.sent() == ["a", "b"] and smspanel.sent() == []
    assert [row["body"] for row in payamsms.dump()["messages"]] == ["متن a", "سلام 2"]
    assert "متن a" not in played.output and "09120000001" not in played.output


def test_the_second_gets_what_the_first_refuses(payamsms, smspanel, notify, door):
    messages = [message("ok"), message("words", 2, text="قمار")]
    _played, report = notify(messages, door)
    assert {key: (entry["outcome"], entry["provider"]) for key, entry in report.items()} == {"ok": ("sent", "payamsms"), "words": ("sent", "smspanel")}
    _played, report = notify(messages, door)
    assert {entry["outcome"] for entry in report.values()} == {"already"}
    assert payamsms.sent() == ["ok"] and smspanel.sent() == ["قمار"]


def test_both_refuse(payamsms, smspanel, notify, texts, tmp_path):
    smspanel.settings(credit=0)
    payamsms.settings(balance=0)
    _played, report = notify([message("a")])
    assert report["a"]["outcome"] == "refused" and "payamsms: " in report["a"]["why"] and "smspanel: " in report["a"]["why"]
    assert payamsms.writes() == smspanel.writes() == []
    failed = texts([{"name": "notify", "ansible.builtin.include_role": {"name": "kariz.panels.notify"}, "vars": {
        "notify_messages": [message("a")], "notify_sender": OWN, "notify_journal": str(tmp_path / "notify.jsonl")}}]).failed()
    assert "1 of 1 messages did not go out" in failed.output


def test_an_unknown_outcome_goes_to_nobody_else(payamsms, smspanel, notify):
    """The answer is lost and the status cannot be asked: PayamSMS may have it, so the SMS panel must not get it."""
    payamsms.fault("reset_after", path="/panel/webservice/send", times=1)
    payamsms.fault("status", path="/report/webservice/status", status=500, skip=1, times=0)
    for _time in range(2):
        _played, report = notify([message("a")])
        assert report["a"]["outcome"] == "unknown"
        assert smspanel.sent() == [] and payamsms.sent() == ["a"]
    payamsms.sim.clear_faults()
    _played, report = notify([message("a")])
    assert report["a"]["outcome"] == "already" and payamsms.sent() == ["a"] and smspanel.sent() == []


def test_the_first_is_down(payamsms, smspanel, notify):
    """What PayamSMS took earlier stays its own when it cannot be asked any more; the rest goes to the SMS panel."""
    notify([message("early")])
    payamsms.fault("status", path="/report/webservice/status", status=500, times=0)
    messages = [message("early"), message("late", 2)]
    _played, report = notify(messages)
    assert (report["late"]["outcome"], report["late"]["provider"]) == ("sent", "smspanel") and report["early"]["outcome"] == "already"
    payamsms.sim.clear_faults()
    _played, report = notify(messages)
    assert {entry["outcome"] for entry in report.values()} == {"already"}
    assert payamsms.sent() == ["early"] and smspanel.sent() == ["متن late"]


def test_templates_dry_run_and_checks(payamsms, smspanel, notify, texts, tmp_path):
    (tmp_path / "welcome.j2").write_text("سلام {{ person }}،\nخوش آمدید.\n", encoding="utf-8")
    templated = {"key": "t", "recipient": "09121234567", "template": str(tmp_path / "welcome.j2"), "variables": {"person": "سارا"}}
    played, report = notify([templated], notify_dry_run=True, notify_part_price=1200)
    assert report["t"]["outcome"] == "would be sent" and "خوش آمدید" in played.output and "1200" in played.output
    assert payamsms.operations() == smspanel.operations() == []
    _played, report = notify([templated], notify_providers=["smspanel"])
    assert report["t"]["provider"] == "smspanel" and smspanel.sent() == ["سلام سارا،\nخوش آمدید."]
    bad = [message("a"), message("a", 2), {"key": "landline", "recipient": "02188776655", "text": "x"}, {"key": "empty", "recipient": "09121234567"},
           {"key": "long", "recipient": "09121234567", "text": "آ" * 3000}]
    failed = texts([{"name": "notify", "ansible.builtin.include_role": {"name": "kariz.panels.notify"}, "vars": {
        "notify_messages": bad, "notify_sender": OWN}}]).failed()
    for word in ("messages[1].key: is the key of messages[0] too (a)", "messages[2]: '02188776655' is a landline", "messages[3]: no text",
                 "messages[4]: 45 parts"):
        assert word in failed.output
    assert payamsms.writes() == []


def test_a_thousand(payamsms, notify):
    messages = [message("term-%04d" % number, number % 10000) for number in range(1000)]
    _played, report = notify(messages)
    assert len(payamsms.sent()) == len(set(payamsms.sent())) == 1000 and {entry["outcome"] for entry in report.values()} == {"sent"}
    assert len(payamsms.operations()) <= 10


def test_filters_and_test(texts):
    played = texts([{"name": "say", "ansible.builtin.debug": {"msg": {
        "plain": "{{ '۰۹۱۲ ۱۲۳ ۴۵ ۶۷' | kariz.panels.iran_mobile }}", "local": "{{ 9121234567 | kariz.panels.iran_mobile(format='local') }}",
        "test": "{{ ['09121234567', '02188776655'] | select('kariz.panels.iran_mobile') | list }}", "parts": "{{ 'سلام' | kariz.panels.sms_parts }}"}}},
        {"name": "landline", "ansible.builtin.debug": {"msg": "{{ '02188776655' | kariz.panels.iran_mobile }}"}, "ignore_errors": True},
        {"name": "limit", "ansible.builtin.debug": {"msg": "{{ ('a' * 200) | kariz.panels.sms_parts(limit=1) }}"}, "ignore_errors": True}]).ok()
    assert played["say"]["msg"] == {"plain": "989121234567", "local": "09121234567", "test": ["09121234567"],
                                    "parts": {"parts": 1, "encoding": "ucs2", "characters": 4, "per_part": 70}}
    assert "landline" in played.output and "more than 1" in played.output


@pytest.fixture
def alerting(payamsms, smspanel):
    names = {"PAYAMSMS_%s" % name.upper(): value for name, value in payamsms.connection.items()}
    return dict(names, SMSPANEL_API_URL=smspanel.url, SMSPANEL_API_TOKEN="kariz-demo-token", ANSIBLE_CALLBACKS_ENABLED="results,kariz.panels.sms_alert",
                SMS_ALERT_SENDER="982000123", SMS_ALERT_RECIPIENT="0912 123 4567", SMS_ALERT_NAME="school")


FAIL = {"name": "copy the grades", "ansible.builtin.fail": {"msg": "no route, password=hunter-22 kariz-client-secret\nsecond line"}}


def test_alert(payamsms, texts, alerting):
    rescued = {"name": "block", "block": [dict(FAIL, name="first try")], "rescue": [{"name": "again", "ansible.builtin.debug": {"msg": "ok"}}]}
    quiet = texts([rescued, dict(FAIL, name="ignored", ignore_errors=True)], environment=alerting).ok()
    texts([FAIL], environment=alerting, check=True).failed()
    assert payamsms.sent() == [] and "sms_alert" not in quiet.output
    texts([rescued, FAIL], environment=alerting, hosts=("localhost", "other")).failed()
    (row,) = payamsms.dump()["messages"]
    first, *rest = row["body"].splitlines()
    assert row["recipient"] == "989121234567" and first in ("school: failed on localhost and 1 more hosts", "school: failed on other and 1 more hosts")
    assert rest == ["play: all", "task: copy the grades", "no route, password=******** ********"]


def test_alert_of_the_other_provider_and_no_log(smspanel, texts, alerting):
    environment = dict(alerting, SMS_ALERT_PROVIDER="smspanel", SMS_ALERT_SENDER="30001234")
    texts([dict(FAIL, no_log=True)], environment=environment).failed()
    assert smspanel.sent()[0].endswith("(hidden by no_log)") and "hunter" not in smspanel.sent()[0]


def test_several_people_a_second_provider_and_quiet(payamsms, smspanel, texts, alerting, tmp_path):
    """Each on call gets one text, through the second provider when the first does not take it, and the same failure is told once in the chosen time."""
    payamsms.settings(balance=0)
    environment = dict(alerting, SMS_ALERT_PROVIDER="payamsms,smspanel", SMS_ALERT_SENDER="982000123,30001234", SMS_ALERT_QUIET="60",
                       SMS_ALERT_RECIPIENT="0912 123 4567, 09351234567", KARIZ_JOURNAL=str(tmp_path / "journal.db"))
    for _time in range(2):
        texts([FAIL], environment=environment).failed()
    assert len(smspanel.sent()) == 2 and payamsms.sent() == []
    # Another task with the same reason is the same failure, also when it took another time; another reason, or another task that hides its own, is not.
    for number, (said, count) in enumerate(((FAIL["ansible.builtin.fail"]["msg"], 2), ("no answer within 30.2 s", 4), ("no answer within 31 s", 4))):
        texts([{"name": "task %d" % number, "ansible.builtin.fail": {"msg": said}}], environment=environment).failed()
        assert len(smspanel.sent()) == count, said
    for name, count in (("hidden", 6), ("hidden", 6), ("hidden too", 8)):
        texts([dict(FAIL, name=name, no_log=True)], environment=environment).failed()
        assert len(smspanel.sent()) == count, name


def test_an_alert_never_changes_the_run(payamsms, texts, alerting):
    payamsms.fault("status", path="oauth", status=500, times=0)
    played = texts([FAIL], environment=alerting).failed()
    assert played.rc == 2 and "the text was not sent" in played.output and "kariz-client-secret" not in played.output.rpartition("sms_alert")[2]
    broken = {name: value for name, value in alerting.items() if name != "SMS_ALERT_SENDER"}
    assert texts([FAIL], environment=broken).failed().rc == 2
