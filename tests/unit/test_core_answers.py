# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer must be before anybody reads from it, and the net for whoever trips over one."""

from __future__ import annotations

import threading

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.answers import Shape, identity, reading, rows

PERSON = Shape("id", "number", required=("name",), texts=("name", "phone"), values=("age",), objects=("home",), lists=("tags",))


def read(**row):
    return PERSON.read(row, "look", "vendor", "row 2")


@pytest.mark.parametrize(("row", "more"), [
    ({"id": 1, "name": "n"}, {}), ({"number": "a", "name": "n"}, {}), ({"id": None, "number": 0, "name": "n"}, {}), ({"id": 1, "name": 5}, {"name": "5"}),
    ({"id": 1, "name": "n", "phone": 9.5}, {"phone": "9.5"}), ({"id": 1, "name": "n", "phone": None, "age": None, "home": None, "tags": None}, {}),
    ({"id": 1, "name": "n", "age": True, "home": [], "tags": {"0": "a", "2": "b"}}, {"home": {}, "tags": ["a", "b"]}),
    ({"id": 1, "name": "n", "other": [1]}, {}), ({"id": 1, "name": "n", "tags": {}}, {"tags": []}),
])
def test_spellings_that_are_read(row, more):
    assert read(**row) == {**row, **more}


@pytest.mark.parametrize(("row", "told"), [
    ({"name": "n"}, "row 2: expected id or number, got an object with name"), ({"id": "", "name": "n"}, "expected id or number"),
    ({"id": True, "name": "n"}, "expected id or number"), ({"id": [1], "name": "n"}, "expected id or number"), ({"id": 1.5, "name": "n"}, "expected id"),
    ({"id": 1}, "row 2: expected name, got"), ({"id": 1, "name": None}, "expected name"),
    ({"id": 1, "name": ["a", "b"]}, "row 2, name: expected a text, got a list of 2"),
    ({"id": 1, "name": False}, "row 2, name: expected a text, got true or false"), ({"id": 1, "name": "n", "age": {}}, "row 2, age: expected one value"),
    ({"id": 1, "name": "n", "home": [1]}, "row 2, home: expected an object"),
    ({"id": 1, "name": "n", "home": "x"}, "home: expected an object, got a text of 1"),
    ({"id": 1, "name": "n", "tags": {"a": 1}}, "row 2, tags: expected a list"), ({"id": 1, "name": "n", "tags": 3}, "tags: expected a list, got a number"),
])
def test_strange_rows(row, told):
    with pytest.raises(errors.BadAnswerError) as caught:
        read(**row)
    assert told in caught.value.message and caught.value.message.startswith("look: row 2") and caught.value.code == "bad_answer"


@pytest.mark.parametrize("row", [None, 5, "secret-canary", [], [{"id": 1}], True])
def test_rows_that_are_no_objects(row):
    with pytest.raises(errors.BadAnswerError) as caught:
        rows([{"id": 1, "name": "n"}, row], operation="list things", vendor="vendor", shape=PERSON)
    assert "list things: row 2: expected an object with id or number, got" in caught.value.message and "secret" not in caught.value.message


def test_flat_rows():
    flat = Shape("id", flat=True)
    assert flat.read({"id": 1, "a": None, "b": "x", "c": 1.5}, "look", "vendor")
    with pytest.raises(errors.BadAnswerError, match="look: a: expected one value, got an object with b"):
        flat.read({"id": 1, "a": {"b": 1}}, "look", "vendor")


@pytest.mark.parametrize(("value", "kept"), [(1, 1), ("a", "a"), (0, 0), ("", None), (None, None), (True, None), (1.5, None), ([1], None), ({}, None)])
def test_identity(value, kept):
    assert identity(value) == kept


class Client:
    """A client as far as the net needs it."""

    vendor = "vendor"

    def __init__(self):
        self.heard = threading.local()
        self.notes = []
        self.transport = self
        self.note = self.notes.append

    def hear(self, operation, write=False):
        self.heard.last = operation
        self.heard.written = operation if write else getattr(self.heard, "written", None)


@pytest.mark.parametrize("error", [AttributeError("get"), TypeError("x"), KeyError("id"), IndexError(0), ValueError("x"), OverflowError("inf")])
def test_the_net(error):
    client = Client()
    with pytest.raises(errors.BadAnswerError) as caught, reading(client):
        client.hear("list things")
        raise error
    assert caught.value.message.startswith("list things: expected an answer as the vendor documents it") and caught.value.operation == "list things"
    assert type(error).__name__ in client.notes[0] and type(error).__name__ not in caught.value.message and caught.value.__cause__ is error
    with pytest.raises(errors.UnknownOutcome) as lost, reading(client):
        client.hear("make thing", write=True)
        client.hear("list things")
        raise error
    assert lost.value.operation == "make thing"


def test_what_the_net_lets_through():
    """A defect before anything was heard stays one, and so does an error that has words already."""
    client = Client()
    client.hear("earlier")
    with pytest.raises(KeyError), reading(client):
        raise KeyError("x")
    with pytest.raises(errors.UsageError), reading(client):
        client.hear("list things")
        raise errors.UsageError("no")
    with pytest.raises(RuntimeError), reading(client):
        client.hear("list things")
        raise RuntimeError("defect")
    assert client.heard.last == "list things"


def test_a_net_in_a_net():
    """What the inner one heard, the outer one heard too."""
    client = Client()
    with pytest.raises(errors.UnknownOutcome), reading(client):
        with reading(client):
            client.hear("make thing", write=True)
        raise TypeError("x")
    client = Client()
    client.hear("around")
    with reading(client):
        pass
    assert client.heard.last == "around"


def test_an_object_is_told_by_the_first_of_its_names():
    row = {"x" * 31: 1, **dict.fromkeys("abcdefg")}
    with pytest.raises(errors.BadAnswerError) as caught:
        PERSON.read(row, "look", "vendor")
    assert caught.value.message == "look: expected id or number, got an object with %s..., a, b, c, d, e" % ("x" * 30)
    assert (caught.value.vendor, caught.value.operation) == ("vendor", "look")
