# SPDX-License-Identifier: GPL-3.0-or-later
"""The pure parts of the cross-vendor work: the file, drift, pace and alerts, pages."""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import io
import json
import pathlib
import random
import re
import tempfile

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, drift, export, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.text import yaml_data
from ansible_collections.kariz.panels.plugins.module_utils._core.text.yaml_data import Unsafe, dump, dump_data, is_plain, load_data, safe

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "playbooks/files/desired_state.schema.json").read_text(encoding="utf-8"))
NOW = "2026-11-21T08:30:00+00:00"
ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=12)

# -- the file --------------------------------------------------------------------------------------------------------------


def problems(document):
    with pytest.raises(desired.Invalid) as caught:
        desired.accounts([("a.yml", document)])
    return [problem.sentence() for problem in caught.value.problems]


def test_steps_come_in_the_order_of_the_table_and_go_in_reverse():
    found = desired.accounts([("a.yml", {"panels": {"alocom": {
        "events": [{"slug": "x", "title": "x", "service": "x"}], "users": [{"username": "u"}], "labels": [{"title": "l"}]}}}),
        ("b.yml", {"panels": {"deltasib": [{"account": "one", "users": [{"username": "u1"}], "statuses": [{"username": "u1", "status": "Active"}]}]}})])
    order = [("alocom", "labels"), ("alocom", "users"), ("alocom", "events"), ("deltasib", "users"), ("deltasib", "statuses")]
    assert [(step["vendor"], step["kind"]) for step in desired.steps(found)] == order
    assert [(step["vendor"], step["kind"]) for step in desired.steps(found, "absent")] == order[2::-1]
    assert [step["kind"] for step in desired.staying(found)] == ["users", "statuses"]


def test_what_a_kind_refers_to_is_made_before_it():
    found = {(kind.vendor, kind.name): kind.resource.refers for kind in kinds.KINDS if kind.resource.refers}
    assert found == {("alocom", "users"): ("labels",), ("alocom", "events"): ("users",), ("podspace", "members"): ("organizations",),
                     **{("deltasib", name): ("users",) for name in ("services", "payments", "statuses")}}
    for (vendor, name), others in found.items():
        order = list(kinds.of(vendor))
        assert all(order.index(other) < order.index(name) for other in others)
        assert "foretold" not in kinds.of(vendor)[name].task_options


def test_what_goes_comes_after_all_else_of_its_account():
    account, = desired.accounts([("a.yml", {"panels": {"alocom": {
        "options": {"users": {"purge": True, "purge_labels": ["l"], "update_password": "always"}},
        "labels": [{"title": "l"}, {"title": "m", "state": "absent"}], "events": [{"slug": "x", "title": "x", "service": "x"}],
        "users": [{"username": "u", "name": "n", "surname": "s", "password": "secret"}, {"username": "v", "state": "absent"}]}}})])
    parts = [(step["kind"], step.get("part"), step["count"]) for step in desired.steps([account])]
    assert parts == [("labels", "make", 1), ("users", "make", 1), ("events", None, 1), ("users", "remove", 1), ("labels", "remove", 1)]
    assert [(step["kind"], step.get("part")) for step in desired.steps([account], whole=True)] == [("labels", None), ("users", None), ("events", None)]
    users = kinds.of("alocom")["users"]
    make, remove = account.arguments(users, part="make"), account.arguments(users, part="remove")
    assert "purge" not in make and [item["username"] for item in make["users"]] == ["u"] and make["update_password"] == "always"
    # Named, so that purge spares it, and with nothing that would be written again.
    assert remove["purge"] is True and remove["users"] == [{"username": "u"}, {"username": "v", "state": "absent"}]
    made = {users.resource.key_of({"username": "u"})}
    assert [item["username"] for item in account.arguments(users, part="remove", made=made)["users"]] == ["v"]


def test_files_add_up_and_must_not_disagree():
    one = {"panels": {"alocom": {"account": "s", "connection": {"api_url": "http://x"}, "users": [{"username": "a"}]}}}
    other = {"panels": {"alocom": [{"account": "s", "users": [{"username": "b"}]}]}}
    account, = desired.accounts([("a.yml", one), ("b.yml", other)])
    assert [item.value["username"] for item in account.items["users"]] == ["a", "b"]
    other["panels"]["alocom"][0]["connection"] = {"api_url": "http://y"}
    with pytest.raises(desired.Invalid, match=r"b.yml: panels.alocom\[0\].connection.api_url: another file says something else"):
        desired.accounts([("a.yml", one), ("b.yml", other)])


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: "%s-%s" % (kind.vendor, kind.name))
def test_files_that_agree_about_an_item_are_no_error(kind):
    """Of any kind: once what two files say word for word; otherwise a mistake that names both places."""
    entry = WHOLE["panels"][kind.vendor]
    entry = dict(entry[0] if isinstance(entry, list) else entry)
    items = entry.get(kind.name)
    if items is None:
        # Shares: no file of these tests has them.
        items = [dict({"folder_shares": {"folder_hash": "h"}, "file_shares": {"file_hash": "h"}}[kind.name], person="p", level="view")]
    whole = {"account": "a", "connection": entry.get("connection", {}), kind.name: items[:1]}

    def made(*entries):
        return desired.accounts([("%s.yml" % name, {"panels": {kind.vendor: one}}) for name, one in zip("ab", entries)])
    account, = made(whole, whole)
    assert len(account.items[kind.name]) == 1 and account.items[kind.name][0].file == "a.yml"
    with pytest.raises(desired.Invalid, match=r"a.yml: panels.%s.%s\[1\]: names the same .* as panels.%s.%s\[0\]: each may occur once" % (
            (kind.vendor, kind.name) * 2)):
        made({**whole, kind.name: items[:1] * 2})
    field = next((field for field in kind.resource.fields if field.name not in kind.resource.key and field.kind == "str" and field.name in items[0]), None)
    if field is not None:
        other = {**whole, kind.name: [dict(items[0], **{field.name: "otherwise"})]}
        with pytest.raises(desired.Invalid, match=r"b.yml: panels.%s.%s\[0\]: names the same .* in a.yml and wants something else of it" % (
                kind.vendor, kind.name)):
            made(whole, other)


def test_one_account_of_several_never_sees_the_others_options():
    first, second = desired.accounts([("a.yml", {"panels": {"alocom": [
        {"account": "a", "connection": {"api_token": "t"}, "options": {"labels": {"purge": True}}, "labels": [{"title": "x"}]},
        {"account": "b", "labels": [{"title": "y"}]}]}})])
    kind = kinds.of("alocom")["labels"]
    assert first.arguments(kind) == {"api_token": "t", "purge": True, "labels": [{"title": "x"}]}
    assert first.arguments(kind, "absent") == {"api_token": "t", "labels": [{"title": "x", "state": "absent"}]}
    assert second.arguments(kind) == {"labels": [{"title": "y"}]}


TOKENS = [{"account": "a", "connection": {"api_url": "https://P.example/x/", "api_token": "t1-secret"}}, {"account": "b"}]


@pytest.mark.parametrize("vendor", kinds.vendors())
def test_accounts_of_any_vendor_stay_apart(vendor):
    """The same user, the same token, the environment behind either; an empty credential; names that are missing, twice or too alike."""
    client = kinds.client_of(vendor)
    upper = vendor.upper()

    def told(entries, **environ):
        try:
            desired.accounts([("a.yml", {"panels": {vendor: entries}})], {"%s_%s" % (upper, name.upper()): value for name, value in environ.items()})
        except desired.Invalid as invalid:
            return "; ".join(problem.sentence() for problem in invalid.problems)
        return ""
    here = {"api_url": "https://p.example/x"}
    token = dict(here, api_token="t1-secret")
    assert told(TOKENS, api_url="https://p.example:443/x", api_token="t2") == ""
    same = told(TOKENS, api_url="https://p.example:443/x", api_token="t1-secret")
    assert "is the same account of the vendor as %s/a: the same token at p.example:443/x" % vendor in same and "t1-secret" not in same
    assert "is the same account" in told([TOKENS[0], {"account": "b", "connection": token}])
    assert told([TOKENS[0], {"account": "b", "connection": dict(token, api_url="https://q.example")}]) == ""
    if client.account:
        user = dict(here, api_password="p", **{name: "u" for name in client.account})
        assert "user u" in told([{"account": "a", "connection": user}, {"account": "b", "connection": dict(user, api_password="q")}])
        assert told([{"account": "a", "connection": user}, {"account": "b", "connection": dict(user, api_username="v")}]) == ""
        assert "is the same account" in told([{"account": "a", "connection": user}, {"account": "b", "connection": here}],
                                             api_password="p", **{name: "u" for name in client.account})
    empty = told([TOKENS[0], {"account": "b", "connection": dict(here, api_token="")}])
    assert "panels.%s[1].connection.api_token: api_token renders empty, so that the environment's %s_API_TOKEN" % (vendor, upper) in empty
    assert told([{"account": "b", "connection": dict(here, api_token="")}]) == ""
    assert "stands in this list already" in told([{"account": "a"}, {"account": "a", "connection": here}])
    assert "differs only in spelling" in told([{"account": "علی"}, {"account": "علي"}])
    both = [("a.yml", {"panels": {vendor: {"account": "a"}}}), ("b.yml", {"panels": {vendor: {}}})]
    with pytest.raises(desired.Invalid, match="b.yml: panels.%s: account is required" % vendor):
        desired.accounts(both)


@pytest.mark.parametrize(("document", "said"), [
    ({"alocom": {}}, "a.yml: alocom: vendors stand under the key panels"),
    ([], "a.yml: the file: must be a mapping with the key panels"),
    ({"panels": []}, "a.yml: panels: must be a mapping of vendors"),
    ({}, "nothing is wanted"),
    ({"panels": {"alocom": [{}, {}]}}, "a.yml: panels.alocom[0]: account is required where a vendor has several"),
    ({"panels": {"alocom": {"users": {"username": "a"}}}}, "a.yml: panels.alocom.users: must be a list of users"),
    ({"panels": {"alocom": {"events": [{"slug": "s", "members": [None]}]}}}, "a.yml: panels.alocom.events[0].members[0]: must be a mapping"),
    ({"panels": {"alocom": {"events": [{"slug": "s", "members": [{"role": "teacher"}]}]}}}, "members[0]: username is required"),
    ({"panels": {"alocom": {"users": [{"username": "a", "password": "hush!"}]}}}, "a.yml: panels.alocom.users[0].password: must have 6"),
    ({"panels": {"alocom": {"options": {"users": {"purge": True}}}}}, "purge: true needs purge_labels"),
    ({"panels": {"podspace": {"members": [{"person": "x"}]}}}, "organization is required"),
    ({"panels": {"deltasib": {"connection": {"api_url": "https://x", "api_system_name": "y"}}}}, "unknown option"),
])
def test_what_is_wrong_is_told_with_its_place(document, said):
    found = problems(document)
    assert any(said in text for text in found), found
    assert not any("hush!" in text for text in found)


@given(ANYTHING)
def test_no_document_breaks_the_check(value):
    for document in (value, {"panels": value}, {"panels": {"alocom": value}}, {"panels": {"alocom": {"users": value, "options": value, "connection": value}}},
                     {"panels": {"alocom": {"events": [value]}}}):
        try:
            desired.accounts([("a.yml", document)])
        except desired.Invalid as invalid:
            assert invalid.problems


# -- the schema ------------------------------------------------------------------------------------------------------------


def test_the_schema_knows_every_vendor_and_agrees_with_the_check():
    meta.validate(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    assert set(SCHEMA["properties"]["panels"]["properties"]) == set(kinds.vendors())
    good = {"anything": 1, "panels": {"alocom": {"account": "s", "users": [{"username": "a", "enabled": "{{ x }}", "labels": ["l"]}]},
                                      "smspanel": [{"account": "a", "phonebooks": [{"name": "n", "numbers": ["0912"], "numbers_mode": "replace"}]}]}}
    # A list may be written as one word, or as words with commas, for the play as for an editor.
    for labels in ("پایه دهم", "a, b"):
        short = {"panels": {"alocom": {"users": [{"username": "a", "labels": labels}]}}}
        assert validator.is_valid(short) and desired.accounts([("a.yml", short)])
    assert list(validator.iter_errors(good)) == []
    for document in ({"panels": {"alocm": {}}}, {"panels": {"alocom": {"users": [{"usrname": "a"}]}}}, {"panels": {"alocom": {"users": [{"name": "a"}]}}},
                     {"panels": {"alocom": {"events": [{"slug": "s", "members": [{"role": "boss", "username": "u"}]}]}}},
                     {"panels": {"alocom": {"users": [{"username": "a", "enabled": "perhaps"}]}}}):
        assert list(validator.iter_errors(document)), document
        assert problems(document)
    texts = [option["description"] for option in SCHEMA["$defs"]["alocom"]["properties"]["users"]["anyOf"][0]["items"]["properties"].values()]
    assert all(texts) and not any(re.search(r"\b[A-Z]\(", text) for text in texts)


#: A file with every kind of value, and what people (and YAML) put in the place of another.
WHOLE = {"panels": {
    "alocom": [{"account": "a", "connection": {"api_url": "https://a.example", "api_username": "u", "api_password": "p"},
                "options": {"users": {"update_password": "always"}}, "labels": [{"title": "first"}, {"title": "y", "state": "absent"}],
                "users": [{"username": "u", "name": "n", "surname": "s", "email": "a@b.ir", "cellphone": "09121234567", "enabled": True, "labels": ["x"],
                           "password": "secret1"}],
                "events": [{"slug": "p-1", "title": "t", "service": "s", "guest_count": 3, "guest_access": False, "members_mode": "replace",
                            "members": [{"username": "u", "role": "teacher"}]}]}],
    "deltasib": {"connection": {"api_url": "https://d", "api_token": "t"}, "users": [{"username": "u", "password": "p"}],
                 "services": [{"username": "u", "service": "11", "pay_plan": "prepaid"}], "statuses": [{"user_id": "4", "status": "x"}],
                 "payments": [{"username": "u", "voucher_no": "12", "amount": "120000", "currency_id": 1, "payment_type": "cash"}]},
    "podspace": {"organizations": [{"name": "n", "description": ""}], "members": [{"organization": "n", "person": "p", "role": "guest"}]},
    "smspanel": {"phonebooks": [{"name": "n", "numbers": ["09121234567"], "numbers_mode": "merge"}]},
    "payamsms": {"messages": [{"customer_id": "1", "sender": "98", "recipient": "09121234567", "body": "b"}]}}}
SLIPS = [None, True, False, 0, 1, -1, 1.5, "", " ", "x", "0912", "perhaps", "yes", "12", "absent", [], ["x"], [1], [None], [[]], {}, {"a": 1}, [{"a": 1}],
         [True], "۱۲"]


def places(value, path=()):
    for name, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield path + (name,)
        yield from places(part, path + (name,))


def slipped(rng):
    """Return the file with one thing in it set to something else, left out, misspelt, or with something beside it."""
    document = copy.deepcopy(WHOLE)
    # Whether there is anything at all, and whether a space stands in the options, is said across the whole file and its neighbours.
    path = rng.choice([path for path in places(document) if len(path) > 1 and path[-1] != "organization"])
    holder = document
    for name in path[:-1]:
        holder = holder[name]
    how = rng.choice(["set", "set", "set", "drop", "add", "rename"])
    if how == "set":
        holder[path[-1]] = copy.deepcopy(rng.choice(SLIPS))
    elif how == "drop":
        del holder[path[-1]]
    elif how == "rename" and isinstance(path[-1], str):
        holder[path[-1] + "s"] = holder.pop(path[-1])
    elif isinstance(holder, dict):
        holder["extra"] = 1
    return document, "%s %s" % (how, path)


def test_the_schema_and_the_check_say_the_same_of_a_thousand_slips():
    validator = Draft202012Validator(SCHEMA)
    rng = random.Random(20261126)
    refused = 0
    for document, what in [(WHOLE, "nothing")] + [slipped(rng) for _time in range(1200)]:
        try:
            checked = bool(desired.accounts([("a.yml", document)]))
        except desired.Invalid:
            checked = False
        assert validator.is_valid(document) == checked, (what, document)
        refused += not checked
    assert 300 < refused < 1100


# -- export ----------------------------------------------------------------------------------------------------------------


def test_placeholders_have_names_of_their_own_and_templates_are_marked():
    objects = {"users": [{"username": "a.b"}, {"username": "a-b", "name": "{{ x }}"}, {"username": "ab"}]}
    withheld = [{"kind": "users", "place": place, "option": "password"} for place in (0, 1, 2)]
    document, names = export.document("deltasib", "شعبه یک", {"api_url": "https://x", "api_password": "secret"}, objects, withheld)
    # Names that the platform takes with -e, in a file of variables and in a template.
    assert all(name.isascii() and name.isidentifier() for name in names) and len(set(names)) == len(names) == 4
    assert names[-1].startswith("deltasib_") and names[-1].endswith("_users_ab_password")
    entry = document["panels"]["deltasib"][0]
    assert entry["users"][1]["password"] == "{{ %s | default(omit) }}" % names[2]
    assert isinstance(entry["users"][1]["name"], Unsafe) and "secret" not in json.dumps(document)


def test_accounts_and_their_files_never_share_a_name():
    names, accounts = export.Names(), ["north 1", "north/1", "north-1", "north_1", "شمال ۱", "شمال/۱", "North_1"]
    secrets = [export.document("alocom", account, {"api_password": "x"}, {}, [], names)[1] for account in accounts]
    assert len({name for made in secrets for name in made}) == len(accounts) and secrets[3] == ["alocom_north_1_api_password"]
    # The same name whichever accounts are exported beside it.
    assert [export.document("alocom", account, {"api_password": "x"}, {}, [])[1] for account in accounts] == secrets
    files = {export.file_name("alocom", account) for account in accounts}
    assert len(files) == len(accounts) and "alocom-north_1.yml" in files and not any("/" in name for name in files)


#: What a template, or YAML, could begin with, in pieces.
PIECES = st.sampled_from([
    "#jinja2:", "#jinja2:variable_start_string:'[[',variable_end_string:']]'\n[[ x ]]", "{{ x }}", "#jinja2: ", "variable_start_string",
    "variable_end_string", "block_start_string", "line_statement_prefix", "line_comment_prefix", ":'[['", ":']]'", ":'x'", ", ", "\n", "\r\n", "[[",
    "]]", "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", "#", "# ", "!vault |", "!unsafe ", "!!python/object:x ", "&a", "*a", "<<: ", "- ", "? ",
    "? x", ": ", "|", ">", "'", '"', "`", "@", "---", "...", "lookup('pipe','id')", "1 + 1", "x", "ی", "\u200c", "\u2028", "\x85", "\ufeff", "\x00",
    "\x1b", "\U0001f600", "yes", "null", "~", "0o17", "0x1f", "1e3", "12:30:45", "2026-01-01", "=", "\t", " ", "", "._"])
TEXTS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=7).map("".join)
PLAIN = st.from_regex(yaml_data._PLAIN, fullmatch=True)
LOADER = DataLoader()


def read_back(text):
    """Return what the platform reads in a file of ours, its templates carried out."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        data = LOADER.load_from_file(file.name, cache="none", trusted_as_template=True)
    with contextlib.redirect_stderr(io.StringIO()):
        return json.loads(json.dumps(Templar(loader=LOADER, variables={"x": "RAN"}).template(data)))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS | PLAIN, min_size=1, max_size=6))
def test_nothing_of_a_vendor_is_a_template_in_a_file_of_ours(texts):
    user = dict(zip(("username", "name", "surname", "email", "cellphone"), texts))
    document, _names = export.document("alocom", texts[-1], {"api_url": texts[0]}, {"labels": [{"title": text} for text in texts], "users": [user]}, [])
    assert read_back(dump(document)) == {"panels": {"alocom": [{
        "account": texts[-1], "connection": {"api_url": texts[0]}, "labels": [{"title": text} for text in texts], "users": [user]}]}}
    kept = {texts[0]: {"users": {texts[-1]: {"password": texts[0]}}}}
    assert read_back(dump_data(kept)) == kept == load_data(dump_data(kept))
    assert safe("a\ud800") == "a?" and isinstance(safe("a\ud800"), Unsafe)
    assert "\n" not in export.comment(texts[0]) and yaml.safe_load("# %s\nx: 1" % export.comment(texts[0])) == {"x": 1}


@settings(max_examples=200, deadline=None)
@given(PLAIN | TEXTS.filter(is_plain))
def test_a_plain_text_is_no_template_for_the_platform(text):
    templar = Templar(loader=LOADER)
    assert not templar.is_possibly_template(trust_as_template(text)) and templar.template(trust_as_template(text)) == text


# -- drift -----------------------------------------------------------------------------------------------------------------


def test_a_report_of_drift_tells_what_could_not_be_compared():
    place = {"vendor": "alocom", "account": "s"}
    report = drift.gather([
        dict(place, kind="labels", diff={"before": {"x": {"title": "x"}}, "after": {}}, summary={"unchanged": 2}),
        dict(place, kind="users", error={"code": 401}, msg="no <login> | here"),
        dict(place, kind="events", not_attempted=True, msg="not attempted")], NOW)
    assert report["summary"] == {"missing": 0, "different": 0, "extra": 1, "same": 2, "failed": 2} and report["failed"] and report["differs"]
    assert drift.lines(report)[1:] == ["alocom/s: labels x: there, but not wanted", "alocom/s: users: could not be compared: no <login> | here",
                                       "alocom/s: events: could not be compared: not attempted"]
    assert r"no &lt;login> \| here" in drift.markdown(report)


def test_what_could_not_be_compared_is_never_no_difference():
    """A wrong option, a missing library, an unexpected error, a step that failed before it knew its account: each is a line, whatever the play made of it."""
    place = {"vendor": "alocom", "account": "s", "kind": "users"}
    same = dict(place, outcome="done", summary={"unchanged": 1}, users=[{"username": "a", "action": "unchanged"}], diff={"before": {}, "after": {}})
    for broken in (dict(place, msg="users: unknown option", failed=False, outcome="failed"), dict(place, msg="unexpected KeyError", changed=False),
                   {"item": place, "msg": "needs the Python library requests", "failed": False}, {"msg": "no such file", "failed": False}, {},
                   dict(same, outcome="failed", uncompared="what else is there: refused"), dict(place, outcome="not_attempted", msg="not attempted"),
                   dict(same, users=[{"username": "a", "action": "failed", "error": {"message": "no"}}], outcome="failed")):
        report = drift.gather([same, broken], NOW)
        assert report["failed"] and report["summary"]["failed"] == 1, broken
        assert sum("could not be compared" in line for line in drift.lines(report)) == 2, broken
    report = drift.gather([dict(same, unchangeable={"a": {"surname": {"before": "x", "after": "y"}}}, unmanaged=["b", "a"])], NOW)
    assert report["differs"] and drift.lines(report)[1:] == ["alocom/s: users a: differs (surname: x -> y)", "alocom/s: users b: there, but not wanted"]
    assert drift.gather([same], NOW)["differs"] is False and drift.gather([same], NOW)["failed"] is False


def test_the_table_and_the_written_schema_are_in_step():
    spec = importlib.util.spec_from_file_location("desired_schema", ROOT / "tests/tools/desired_schema.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.schema() == SCHEMA
