# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the files of the desired state: what YAML makes of them, what is a template, and where a mistake stands."""

from __future__ import annotations

import json

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.template import Templar
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.plugin_utils import _desired, _yaml_text
from ansible_collections.kariz.panels.plugins.plugin_utils._reading import File
from ansible_collections.kariz.panels.plugins.plugin_utils._yaml_text import Number, Template, Unreadable, read


@pytest.fixture
def file(tmp_path):
    """Write a file and read it."""

    def made(text, loader=None):
        path = tmp_path / "state.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return File(str(path), loader or DataLoader())
    return made


def carried_out(found, **variables):
    templar = Templar(loader=found.loader, variables={**found.variables, **variables})
    return found.filled(json.loads(json.dumps(found.rendered(templar), default=str)))


def test_a_file_is_read_as_people_mean_it(file):
    found = file("""
school: شمال
grades: [۷, "{{ school }} ۸"]
price: 1.50
base: &base {name: ن, surname: "{{ school }}"}
panels:
  alocom:
    account: "{{ school }}"
    labels: [{title: 1.50}, {title: 2026-1-5}, {title: 1_000}, {title: 12}, {title: !!str 010}, {title: "{{ price }}"}, {title: ~}, {title: yes}]
    users:
      - {<<: *base, username: a, name: دیگر, email: "{{ nothing | default(omit) }}"}
      - <<: [*base, {labels: "{{ grades }}"}]
        username: !unsafe "{{ school }}"
      - "{{ nobody | default(omit) }}"
""")
    alocom = carried_out(found)["panels"]["alocom"]
    assert alocom["account"] == "شمال"
    assert [label["title"] for label in alocom["labels"]] == ["1.50", "2026-1-5", "1_000", 12, "010", 1.5, None, True]
    assert alocom["users"] == [{"username": "a", "name": "دیگر", "surname": "شمال"},
                               {"username": "{{ school }}", "name": "ن", "surname": "شمال", "labels": ["۷", "شمال ۸"]}]
    assert carried_out(found, school="جنوب")["panels"]["alocom"]["account"] == "جنوب"
    # A template that only names a variable is looked up once.
    assert len({text for _path, text in found.templates}) < len(found.templates)
    json_file = file(json.dumps({"x": "\U0001f600", "panels": {"alocom": {"account": "{{ x }}", "labels": [{"title": "a\tb"}]}}}))
    assert carried_out(json_file)["panels"]["alocom"] == {"account": "\U0001f600", "labels": [{"title": "a\tb"}]}


def test_an_encrypted_file_is_read_and_none_of_it_shown(file):
    vault = VaultLib([("default", VaultSecret(b"pass"))])
    loader = DataLoader()
    loader.set_vault_secrets([("default", VaultSecret(b"pass"))])
    assert carried_out(file(vault.encrypt("panels: {alocom: {account: x}}"), loader))["panels"]["alocom"] == {"account": "x"}
    with pytest.raises(Unreadable) as caught:
        file(vault.encrypt("panels:\n  hush: x\n bad: y"), loader)
    assert "hush" not in caught.value.sentence("a.yml")
    # What is no cipher text, or has no password, is a mistake with a place.
    unknown = file("panels: {alocom: {account: !vault x}}", loader)
    with pytest.raises(Unreadable) as caught:
        carried_out(unknown)
    assert caught.value.path == ("panels", "alocom", "account")


@pytest.mark.parametrize(("text", "said"), [
    ("panels:\n  alocom:\n   - a: 1\n    b: 2\n", "a.yml:4:5: "),
    ("panels:\n  alocom:\n\t- a\n", "a tab stands where spaces must\n    \t- a"),
    ("panels:\n  x: {{ y }}\n", "a.yml:2:7: a value that begins with {{ needs quotes\n      x: {{ y }}\n          ^"),
    ("panels:\n  x: {{ y }} z\n", "a value that begins with {{ needs quotes\n      x: {{ y }} z\n"),
    ("panels:\n  x: a: b\n", "a text with a colon in it needs quotes\n      x: a: b\n          ^"),
    ("panels:\n  a: 1\n  b: 2\n  a: 3\n", "a.yml:4:3: the key a is given twice\n      a: 3\n      ^"),
    ('{"panels": {},\n "panels": {}}', "a.yml:2:2: the key panels is given twice"),
    ("panels:\n  x: 'a\n", "the end of the file came first"),
    ("panels: *x\n", "no anchor"),
    ("panels: !!python/name:os.system\n", "unknown tag"),
    ("a: 1\n---\nb: 2\n", "a.yml:2:1: a second document (---) begins here"),
    ("? [x]\n: 1\n", "a key must be a word, not a list"),
    (b"panels:\n  x: ok\n  y: \xd3\xe1\xc7\xe3\n", "a.yml:3:6: the file is not UTF-8 text"),
    ("panels:\n  x: a\x07b\n", "a.yml:2: a character that no text holds"),
    ("panels:\n  password: hush! : x\n", "password: ********"),
])
def test_what_cannot_be_read_is_told_with_its_line(file, text, said):
    with pytest.raises(Unreadable) as caught:
        file(text)
    told = caught.value.sentence("a.yml")
    assert said in told and "hush!" not in told and told.startswith("a.yml:"), told


@pytest.mark.parametrize(("text", "number"), [("0123", 83), ("010", 8), ("0x1F", 31), ("0b11", 3), ("12:30:45", 45045), ("-0o17", None), ("08", None)])
def test_a_number_that_yaml_reads_otherwise_is_a_mistake(file, text, number):
    found = file("panels: {alocom: {users: [{username: %s}]}}" % text)
    assert [problem.sentence(where="f:1") for problem in found.problems] == (
        ["f:1: panels.alocom.users[0].username: YAML reads %s as the number %d; put it in quotes" % (text, number)] if number is not None else [])
    assert carried_out(found)["panels"]["alocom"]["users"] == [{"username": text}]


SCALARS = st.text(max_size=6) | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.dates()
DATA = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=10)


def shown(value):
    """Return what was read as YAML's own reader would have it."""
    if isinstance(value, dict):
        return {name: shown(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shown(part) for part in value]
    return value.value if isinstance(value, Number) else str(value) if isinstance(value, Template) else value


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), DATA, max_size=4), st.sampled_from([None, True, False]), st.booleans())
def test_reading_agrees_with_yaml(data, flow, unicode):
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=unicode)
    try:
        expected = yaml.load(text, Loader=_yaml_text._PARSER)
    except yaml.YAMLError:
        # Half characters and the like, which no file holds.
        with pytest.raises(Unreadable):
            read(text)
        return
    assert shown(read(text)) == expected


@given(st.text(max_size=40) | st.text("{}[]:-,&*!|>'\"%@`?#ab \n\t", max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        read(text)
    except Unreadable as error:
        assert error.sentence("f").startswith("f")


def test_a_file_is_read_and_checked_once_for_all_steps_of_a_task(tmp_path, monkeypatch):
    """However many steps a loop has; again when the file or what its templates say is another."""
    class Action(_desired.BusinessAction):
        def __init__(self):  # pylint: disable=super-init-not-called
            self._loader = DataLoader()
            self._templar = Templar(loader=self._loader)

    counts = {"read": 0, "checked": 0}

    def counted(name, function):
        def call(*arguments):
            counts[name] += 1
            return function(*arguments)
        return call
    monkeypatch.setattr(_desired, "File", counted("read", _desired.File))
    monkeypatch.setattr(_desired.desired, "accounts", counted("checked", _desired.desired.accounts))
    path = tmp_path / "business.yml"
    path.write_text("panels: {alocom: {labels: [{title: '{{ grade }}'}], users: [{username: a}]}}", encoding="utf-8")
    action = Action()
    for step in range(6):
        account, = action.accounts(str(path), {"grade": "ten", "step": step})
        assert account.items["labels"][0].value == {"title": "ten"}
    assert counts == {"read": 1, "checked": 1}
    assert action.accounts(str(path), {"grade": "nine"})[0].items["labels"][0].value == {"title": "nine"} and counts == {"read": 1, "checked": 2}
    path.write_text("panels: {alocom: {users: [{username: a}, {username: b}]}}", encoding="utf-8")
    assert len(action.accounts(str(path), {})[0].items["users"]) == 2 and counts == {"read": 2, "checked": 3}
