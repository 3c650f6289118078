# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``omit``: what is omitted is as if it were not given, wherever it stands: options, items, maps inside them, filters, lookups, roles, inventories, files."""

from __future__ import annotations

import json

from conftest import DeltaSib, Podspace
from playing import DOORS, play, playbook, program

OMIT = "{{ omit }}"
#: In expressions and as texts that the platform fills in later: plugins are handed them in different ways.
USERS = "[{'username': who, 'name': 'n', 'surname': 's', 'email': omit, 'cellphone': omit, 'password': 'Secret-12345'}]"


def told(played):
    return json.dumps([line["result"] for line in played.lines], ensure_ascii=False)


def test_tasks_lookups_and_filters(texts, alocom, smspanel, tmp_path):
    """Both ways of running make the same of it, and no vendor ever sees the platform's word."""
    for door in DOORS:
        books = [{"name": "book-%s" % door, "numbers": ["09121234567", OMIT], "flag": OMIT}, OMIT]
        played = texts([
            {"name": "flat", "kariz.panels.alocom_user": {
                "username": "flat-%s" % door, "name": "n", "surname": "s", "email": OMIT, "labels": OMIT, "password": "Secret-12345", "api_timeout": OMIT,
                "users": OMIT}},
            {"name": "many", "kariz.panels.alocom_user": {"users": "{{ %s }}" % USERS}, "vars": {"who": "many-%s" % door}},
            {"name": "books", "kariz.panels.smspanel_phonebook": {"phonebooks": "{{ books }}"}},
            {"name": "message", "kariz.panels.message": {
                "messages": "{{ messages }}", "providers": ["smspanel", OMIT], "part_price": OMIT,
                "journal": str(tmp_path / "journal.db"), "sender": {"smspanel": "30001234", "payamsms": OMIT}}},
            {"name": "credit", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.smspanel_credit', api_token=token, api_timeout=omit, "
                                                                "api_url=url) is number }}"}},
            {"name": "terms", "ansible.builtin.debug": {"msg": "{{ query('kariz.panels.alocom_service', omit, api_url=alocom.api_url, api_token=omit, "
                                                               "api_username=alocom.api_username, api_password=alocom.api_password) is sequence }}"}},
            {"name": "right", "ansible.builtin.debug": {"msg": "{{ %s | kariz.panels.right_items(module='alocom_user', key=omit) }}" % USERS},
             "vars": {"who": "right"}},
            {"name": "keys", "ansible.builtin.debug": {
                "msg": "{{ [{'a': {'b': [omit, 1], 'c': omit}, 'd': omit}, omit] | kariz.panels.only_keys(['a', 'd']) }}"}},
            {"name": "format", "ansible.builtin.debug": {"msg": "{{ '09121234567' | kariz.panels.iran_mobile(omit) }}"}},
        ], door=door, keywords={"module_defaults": {alocom.group: alocom.connection}, "vars": {
            "books": books, "messages": [{"key": "key-%s" % door, "recipient": "09121234567", "text": "hello", "sender": OMIT}, OMIT],
            "token": "kariz-demo-token", "url": smspanel.url, "alocom": alocom.connection}}).ok()
        assert "Omit" not in told(played)
        assert smspanel.books()["book-%s" % door] == ["09121234567"] and played["message"]["summary"]["sent"] == 1
        assert played["credit"]["msg"] is True and played["terms"]["msg"] is True
        assert played["right"]["msg"] == [{"username": "right", "name": "n", "surname": "s", "password": "Secret-12345"}]
        assert played["keys"]["msg"] == [{"a": {"b": [1]}}] and played["format"]["msg"] == "989121234567"
        people = {row["username"]: row for row in alocom.dump()["users"]}
        assert people["flat-%s" % door]["email"] is people["many-%s" % door]["email"] is None
    assert "mit>" not in json.dumps(alocom.sim.journal()) and "omit_place" not in json.dumps(alocom.sim.journal())


def test_roles_and_files(podspace: Podspace, deltasib: DeltaSib, tmp_path):
    """A role gets lists in which something is omitted; a variable of its own that is omitted as a whole is told, since its tasks would meet it."""
    environment = {**deltasib.environment, **{"PODSPACE_%s" % name.upper(): value if isinstance(value, str) else json.dumps(value)
                                              for name, value in podspace.connection.items()}}
    role = {"ansible.builtin.include_role": {"name": "kariz.panels.organization_space"}}
    variables = {"organization_space_organizations": [{"name": "omitted", "description": OMIT}, OMIT], "organization_space_members": [OMIT]}
    play([{"name": "role", **role, "vars": variables}], tmp_path, environment=environment).ok()
    assert "omitted" in podspace.spaces()
    failed = play([{"name": "role", **role, "vars": {**variables, "organization_space_purge": OMIT}}], tmp_path, environment=environment).failed()
    assert "organization_space_purge: must not be omit; leave the variable out, or give default(...) something else" in failed.output
    file = tmp_path / "wanted.yml"
    file.write_text("panels:\n  deltasib:\n    users: [\"{{ omit }}\", {username: omit.one, password: Secret-12345, name: \"{{ omit }}\", family: F}]\n")
    playbook("provision", tmp_path, {"desired_state": str(file)}, environment=environment).ok()
    assert deltasib.users()["omit.one"]["Name"] in ("", None)
    assert "mit>" not in json.dumps(podspace.sim.journal())


def test_inventory_files(deltasib, tmp_path):
    """Options of a file are templates, whatever they are for; those of which nothing can be made are told with their place, all at once."""
    deltasib.seed("users", 2)

    def read(text):
        file = tmp_path / "x.deltasib.yml"
        file.write_text("plugin: kariz.panels.deltasib\n" + text)
        asked = len(deltasib.sim.journal())
        done = program("ansible-inventory", ["-i", file, "--list"], tmp_path, {
            **deltasib.environment, "ANSIBLE_INVENTORY_ENABLED": "auto", "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1", "OWN_PASSWORD": "x"})
        return done, len(deltasib.sim.journal()) - asked
    templated = ("with_status: \"{{ 1 == 2 }}\"\nwith_sessions: \"{{ 1 == 1 }}\"\nstrict: \"{{ true }}\"\napi_timeout: \"{{ '20' }}\"\n"
                 "filter: \"{{ 'Username=' ~ \\\"'\\\" ~ who ~ \\\"'\\\" if who is defined else omit }}\"\napi_url: \"{{ omit }}\"\n")
    done, _requests = read(templated)
    assert done.returncode == 0, done.stderr
    hosts = json.loads(done.stdout)["_meta"]["hostvars"]
    assert len(hosts) == 2 and all("sessions" in host and "status" not in host for host in hosts.values())
    wrong = ("with_status: \"{{ 'maybe' }}\"\napi_password: \"{{ nope }}\"\napi_timeout: \"{{ 0 }}\"\nca_path: [a]\n"
             "keyed_groups:\n- {key: family, default_value: none, trailing_separator: false}\n")
    done, requests = read(wrong)
    assert done.returncode != 0 and requests == 0
    for line in ("5 mistakes in the options; nothing was sent", "with_status: must be true or false, not 'maybe'", "api_password: 'nope' is undefined",
                 "ca_path: must be text, not a list", "api_timeout: must be more than 0, not 0",
                 "keyed_groups[0]: default_value and trailing_separator are mutually exclusive: give one of them"):
        assert line in done.stderr, (line, done.stderr)
