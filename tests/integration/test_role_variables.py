# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of roles: a misspelt key of an item, or a misspelt variable, is told with its place and with what was meant, before any request."""

from __future__ import annotations

import yaml
from playing import ROOT, play

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds

#: Case -> role, variables, and what its first task says.
CASES = {
    "classroom item": ("classroom", {"classroom_users": [{"username": "a"}, {"username": "b", "nmae": "x", "cellphone": 5}], "classroom_events": [{
        "slug": "x", "members": [{"usernam": "a"}]}]}, [
            "classroom: 2 mistakes in the options; nothing was sent", "classroom_users[1].nmae: unknown option, did you mean name? allowed here: cellphone, ",
            "classroom_events[0].members[0].usernam: unknown option, did you mean username? allowed here: role, username"]),
    "classroom secret": ("classroom", {"classroom_users": [{"username": "a", "password": ["canary"]}, "canary"]}, [
        "classroom_users[0].password: must be text, not a list", "classroom_users[1]: must be a mapping, not text; allowed here: "]),
    "classroom variable": ("classroom", {"classroom_user": [{"username": "a"}], "classroom_count": 3}, [
        "classroom has nothing to do: give classroom_labels, classroom_users or classroom_events; "
        "the role does not know classroom_count, classroom_user (did you mean classroom_users?)"]),
    "classroom nothing": ("classroom", {}, ["classroom has nothing to do: give classroom_labels, classroom_users or classroom_events"]),
    "subscriber item": ("subscriber", {"subscriber_users": [{"username": "u", "payments": [{"vouchr_no": "1"}], "pay_plan": "prepay"}]}, [
        "subscriber_users[0].payments[0].vouchr_no: unknown option, did you mean voucher_no?",
        "subscriber_users[0].pay_plan: must be one of prepaid, postpaid, not 'prepay'; did you mean prepaid?"]),
    "subscriber variable": ("subscriber", {"subscriber_user": []}, [
        "give subscriber_users; the role does not know subscriber_user (did you mean subscriber_users?)"]),
    "space item": ("organization_space", {"organization_space_members": [{"organisation": "o", "person": "p"}]}, [
        "organization_space_members[0].organisation: unknown option, did you mean organization?"]),
    "space variable": ("organization_space", {"organization_space_member": []}, ["organization_space_member (did you mean organization_space_members?)"]),
    "notify item": ("notify", {"notify_messages": [{"key": "k", "recipient": "09121234567", "txt": "t"}], "notify_sender": "3000"}, [
        "notify: notify_messages[0].txt: unknown option, did you mean text?"]),
    "notify variable": ("notify", {"notify_message": [], "notify_sendr": "3000"}, [
        "notify needs notify_messages and notify_sender; nothing was done; the role does not know notify_message (did you mean notify_messages?), "
        "notify_sendr (did you mean notify_sender?)"]),
    "notify without a sender": ("notify", {"notify_messages": []}, ["notify needs notify_sender; nothing was done"]),
    "credit report variable": ("credit_report", {"credit_report_account": [{"vendor": "alocom"}]}, [
        "credit_report has nothing to do: give credit_report_accounts or credit_report_desired_state; "
        "the role does not know credit_report_account (did you mean credit_report_accounts?)"]),
    "simulator variable": ("simulator", {"simulator_vendor": ["alocom"]}, [
        "simulator: simulator_vendor: is no variable of the role; did you mean simulator_vendors?"]),
    "credit report sender": ("credit_report", {"credit_report_recipients": ["09121234567"]}, ["credit_report_recipients needs credit_report_sender"]),
    "credit report item": ("credit_report", {"credit_report_accounts": [{"vendor": "alocm", "acount": "x"}]}, [
        "credit_report_accounts[0].acount: unknown option, did you mean account?",
        "credit_report_accounts[0].vendor: must be one of alocom, deltasib, payamsms, podspace, smspanel, not 'alocm'; did you mean alocom?"]),
}


TOLD = "{{ ansible_failed_task.name ~ '|' ~ (ansible_failed_result.error | default({})).code | default('') ~ '|' ~ ansible_failed_result.msg }}"


def test_mistakes(sim, tmp_path):
    tasks = []
    for case, (role, variables, _said) in CASES.items():
        tasks.append({"block": [{"name": case, "ansible.builtin.include_role": {"name": "kariz.panels." + role}, "vars": variables}],
                      "rescue": [{"name": "told " + case, "ansible.builtin.debug": {"msg": TOLD}}]})
    tasks.append({"name": "business", "kariz.panels.desired_state": {"pth": "x", "unmanaged": "perhaps"}, "ignore_errors": True})
    played = play(tasks, tmp_path).ok()
    first, unknown, wrong = played["business"]["msg"].splitlines()
    assert first == "desired_state: 2 mistakes in the options; nothing was sent" and wrong == "unmanaged: must be true or false, not 'perhaps'"
    assert unknown.startswith("pth: unknown option, did you mean path? allowed here: ")
    assert played["business"]["error"]["code"] == "bad_option"
    for case, (_role, _variables, said) in CASES.items():
        task, code, message = played["told " + case]["msg"].split("|", 2)
        assert (task, code) in (("Check the variables", "bad_option"), ("Refuse texts that nobody sends", "")), (case, message)
        assert all(text in message for text in said) and "canary" not in message, (case, message)
    assert "Traceback" not in played.output and "canary" not in played.output.replace("canary'", "")


def test_what_is_no_mistake(alocom, run):
    """An empty list that was given on purpose; a variable of one's own; beside something to do, a near name is a warning."""
    def role(name, **variables):
        return {"name": name, "ansible.builtin.include_role": {"name": "kariz.panels.classroom"}, "vars": variables}
    played = run([
        role("computed", classroom_labels="{{ [] }}", classroom_notes="mine"), role("empty", classroom_users=[]),
        role("near", classroom_labels=[{"title": "x"}], classroom_user="y"), role("again", classroom_labels=[{"title": "x"}]),
    ]).ok()
    assert alocom.titles() == ["x"]
    assert "classroom_user is no variable of the role classroom; did you mean classroom_users?" in played.output
    assert "classroom_notes" not in played.output


#: Variable that names a file -> role, variables beside it, and a file of a similar name that is there; None where its folder is not there either.
PERSON = {"username": "sara", "name": "سارا", "surname": "احمدی", "password": "secret-word", "cellphone": "09121234567"}
SENDER = {"notify_sender": "3000", "notify_providers": ["smspanel"]}
FILES = {
    "classroom_invite_template": ("classroom", {"classroom_users": [PERSON], "classroom_invite": True, **SENDER}, "invite.txt.j2"),
    "classroom_alocom.ca_path": ("classroom", {"classroom_users": [PERSON]}, None),
    "subscriber_welcome_template": ("subscriber", {"subscriber_users": [{"username": "sara", "password": "secret-word"}], "subscriber_welcome": True,
                                                   **SENDER}, "welcome.txt.j2"),
    "subscriber_deltasib.ca_path": ("subscriber", {"subscriber_users": [{"username": "sara", "password": "secret-word"}]}, None),
    "organization_space_podspace.ca_path": ("organization_space", {"organization_space_organizations": [{"name": "x"}]}, None),
    "credit_report_desired_state": ("credit_report", {}, "business.yml"),
    "credit_report_journal": ("credit_report", {"credit_report_accounts": [{"vendor": "alocom"}]}, None),
    "notify_journal": ("notify", {"notify_messages": [{"key": "k", "recipient": "09121234567", "text": "t"}], **SENDER}, None),
    "notify_messages.template": ("notify", {"notify_messages": [{"key": "k", "recipient": "09121234567"}], **SENDER}, "reminder.txt.j2"),
    "notify_payamsms.ca_path": ("notify", {"notify_messages": [{"key": "k", "recipient": "09121234567", "text": "t"}], "notify_sender": "3000",
                                           "notify_providers": ["payamsms"]}, None),
    "notify_smspanel.ca_path": ("notify", {"notify_messages": [{"key": "k", "recipient": "09121234567", "text": "t"}], **SENDER}, None),
    "simulator_python": ("simulator", {}, None),
    "simulator_path": ("simulator", {}, None),
}


def test_every_variable_that_names_a_file_is_tried_below():
    """Those that are only written to are made, with their folders."""
    written = {"classroom_secrets_path", "subscriber_secrets_path", "credit_report_path"}
    specs = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "roles").glob("*/meta/argument_specs.yml")]
    options = {name: option for spec in specs for name, option in spec["argument_specs"]["main"]["options"].items()}
    named = {name for name, option in options.items() if option["type"] == "path" or name.endswith(("_journal", "_template", "_python", "_desired_state"))}
    connections = {name + ".ca_path" for name, option in options.items() if name.rpartition("_")[2] in kinds.vendors()}
    items = {"%s.template" % name for name, option in options.items() if "template" in (option.get("options") or ())}
    assert (named | connections | items) - written == set(FILES)


def test_a_file_that_is_named_and_missing(alocom, deltasib, podspace, smspanel, tmp_path):
    tasks, said = [], {}
    for place, (variable, (role, variables, alike)) in enumerate(FILES.items()):
        folder = tmp_path / str(place)
        lost = str(folder / "there" / (alike or "file"))
        if alike:
            (folder / "there").mkdir(parents=True)
            (folder / "there" / alike).write_text("", encoding="utf-8")
            lost = str(folder / "there" / alike.replace("e", "", 1))
        name, _dot, inner = variable.partition(".")
        vendor = {"alocom": alocom, "deltasib": deltasib, "podspace": podspace, "smspanel": smspanel}.get(name.rpartition("_")[2])
        if inner == "template":
            given = {name: [dict(variables[name][0], template=lost)]}
        else:
            given = {name: {**(vendor.connection if vendor else {}), inner: lost} if inner else "/proc/no/such" if variable == "simulator_path" else lost}
        # What is looked for first is the file, so nothing is started and nobody is told anything.
        whole = {"notify_journal": str(tmp_path / "sent.db"), "credit_report_path": str(tmp_path / "report"), "simulator_path": str(tmp_path / "sim"),
                 **variables, **given}
        tasks.append({"block": [{"name": variable, "ansible.builtin.include_role": {"name": "kariz.panels." + role}, "vars": whole}],
                      "rescue": [{"name": "told " + variable, "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"}}]})
        said[variable] = lost, str(folder / "there" / alike) if alike else None
    played = play(tasks, tmp_path).ok()
    for variable, (lost, alike) in said.items():
        told = played["told " + variable]["msg"]
        place = {"notify_journal": "journal", "credit_report_journal": "journal", "notify_messages.template": "template of message k"}.get(
            variable, "ca_path" if variable.endswith(".ca_path") else variable)
        assert place in told and (lost in told or variable == "simulator_path"), (variable, told)
        advice = ["did you mean %s?" % alike] if alike else ["does not exist", "there is no", "No such file", "give a Python"]
        assert any(text in told for text in advice), (variable, told)
    assert [vendor.writes() for vendor in (alocom, deltasib, podspace, smspanel)] == [[]] * 4
