# SPDX-License-Identifier: GPL-3.0-or-later
"""POD Space: how people, days and envelopes are read, whatever comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import AuthError, BadAnswerError, ConflictError, NotFoundError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._podspace import codes, fields, names, persons
from ansible_collections.kariz.panels.plugins.module_utils._podspace.client import PodspaceClient
from ansible_collections.kariz.panels.plugins.module_utils._podspace.envelope import Envelope
from ansible_collections.kariz.panels.plugins.module_utils._podspace.invoice import link
from ansible_collections.kariz.panels.plugins.module_utils._podspace.plan import number
from ansible_collections.kariz.panels.plugins.module_utils._podspace.share import current

VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["hasError", "errorCode", "result", "statusCode", "count", "message", "x"]) | st.text(), inner), max_leaves=12)


def test_one_person_in_many_spellings():
    assert len({persons.identity(text) for text in ("09121234501", "+98 912 123 4501", "۰۹۱۲۱۲۳۴۵۰۱", "00989121234501", "9121234501", "0912-123-4501")}) == 1
    assert persons.identity(" Z.Karimi ") == persons.identity("z.karimi") != persons.identity("z.karimi2")
    assert persons.sent("+98 912 123 4501") == "09121234501" and persons.sent("Z.Karimi") == "Z.Karimi"
    assert [persons.kind(text) for text in ("09121234501", "a@b.ir", "a.b")] == ["mobile", "email", "username"]


def test_a_hidden_number_may_be_anybodys():
    told, untold = {"username": "a.b", "mobile": "09121234501"}, {"username": "c.d"}
    assert persons.hidden_from("09120000000", [told, untold]) and not persons.hidden_from("09120000000", [told])
    assert not persons.hidden_from("x.y", [untold]) and not persons.hidden_from("09120000000", [{"username": "09121111111"}])


@pytest.mark.parametrize("told", ["2035-12-31", "2035/12/31", "2035-12-31T00:00:00+03:30", "2035-12-30T20:30:00.000Z", "2035-12-31 10:00:00", 2082659400000,
                                  "2082659400000", "۲۰۳۵/۱۲/۳۱"])
def test_one_day_in_many_spellings(told):
    assert fields.told(told) == "2035-12-31"


def test_a_jalali_day():
    assert fields.given("۱۴۱۴/۷/۱") == "2035-09-23"


@pytest.mark.parametrize("text", ["tomorrow", "2035-02-30", "1404/07/31", "35-1-1", "2035-13-01"])
def test_what_is_no_day(text):
    with pytest.raises(UsageError, match="expiration"):
        fields.given(text)


def test_days_that_are_none():
    assert fields.given(" ") == "" and fields.told(None) is fields.told("") is None


@given(VALUES)
def test_an_envelope_never_breaks(value):
    told = Envelope(value)
    assert told.failed or told.code is None
    assert Envelope({"hasError": False, "result": {"result": json.dumps(value), "header": {}, "statusCode": 200}}).readable


@pytest.mark.parametrize("answer", [
    {"hasError": True, "errorCode": 204, "message": "x"},
    {"hasError": False, "errorCode": "204", "result": None},
    {"hasError": False, "errorCode": 0, "result": {"result": '{"hasError": true, "errorCode": 204, "message": "x"}', "header": {}, "statusCode": 200}},
    {"hasError": False, "errorCode": 0, "result": {"result": {"error": "FOLDER_SHARE_BEFORE"}, "header": {}, "statusCode": 409}},
    {"hasError": False, "result": {"result": {"hasError": False, "errorCode": 0, "result": '{"hasError": true, "errorCode": "204"}'}, "statusCode": 200}},
])
def test_a_refusal_at_any_level(answer):
    told = Envelope(answer)
    assert told.failed and told.code == 204
    assert isinstance(codes.failure("share_folder", told.code, told.message, 200), ConflictError)


def test_every_code_has_words_and_advice():
    assert sorted(codes.CODES) == [4, 6, 10, 21, 33, 34, 40, 44, 78, 101, 103, 202, 204, 206, 999]
    assert all(entry.words and entry.hint and entry.name.isupper() for entry in codes.CODES.values())
    assert codes.number("SSO_COMMUNICATIOAN") == 33 and codes.number("INVALID-TOKEN") == 21 and codes.number(" 4 ") == 4 and codes.number("x") is None
    assert isinstance(codes.failure("x", None, "gone", 404), NotFoundError) and isinstance(codes.failure("x", 40, None, 200), AuthError)
    assert "without saying why" in codes.failure("x", None, None, 200).message


def test_nineteen_operations():
    assert len(names.PARAMETERS) == 19


def test_payment_links():
    address = "https://pay.pod.ir/1"
    assert link(address) == link({"paymentUrl": address}) == link({"invoice": {"id": 1, "link": address}}) == address
    assert link({"id": 3, "url": 4}) is link("soon") is link(None) is None


@pytest.mark.parametrize("known", [None, "hash", "shareHash"])
def test_a_list_whose_rows_say_no_hash_has_an_end(known):
    """A server that ignores ``start`` gives the same rows again, which are the same also without a hash."""
    asked = []

    class Panel(PodspaceClient):
        def __init__(self):  # pylint: disable=super-init-not-called
            pass

        def service(self, operation, effect=None, **values):
            asked.append(values)
            assert len(asked) < 9
            rows = [dict({"person": {"username": "u%d" % number}}, **({known: "h%d" % number} if known else {})) for number in range(20)]
            return Envelope({"hasError": False, "result": json.loads(json.dumps(rows))})

    found = Panel().listing("get_folder_shares_list", lambda row: names.told_apart(row, names.SHARE_HASH), folder_hash="f")
    assert len(found) == 20 and len(asked) == 2


@pytest.mark.parametrize(("told", "wanted"), [
    ("1,200,000", 1200000), ("۱٬۲۰۰٬۰۰۰", 1200000), (1e10, 10 ** 10), ("1e10", 10 ** 10), ("5.0", 5), (2 ** 60 + 1, 2 ** 60 + 1),
    (str(2 ** 60 + 1), 2 ** 60 + 1),
    ("unlimited", None), ("", None), (None, None), (True, None), ("1e999999999", None), (float("inf"), None), ("nan", None)])
def test_numbers_of_plans(told, wanted):
    assert number(told) == wanted


def test_whose_a_share_is():
    """A share of a folder above is left alone, so a row that does not say what it shares is no row; a vendor that never says it is believed."""
    row = {"hash": "s", "type": "PUBLIC", "level": "VIEW"}
    for told, above in (({}, None), ({"entity": None}, None), ({"entity": {}}, None), ({"entity": {"hash": "f"}}, None), ({"entity": {"hash": "g"}}, "g"),
                        ({"entityHash": "g"}, "g"), ({"entity": {"name": "n"}, "entityHash": "f"}, None), ({"folder": {"hash": "g"}}, "g")):
        assert current(dict(row, **told), "folder_hash", "f", "get_folder_shares_list")["inherited_from"] == above, told
    for entity in ({"name": "n"}, {"hash": None, "type": "folder"}, {"hash": ""}):
        with pytest.raises(BadAnswerError, match="the hash of what is shared"):
            current(dict(row, entity=entity), "folder_hash", "f", "get_folder_shares_list")
    # Of what others share with me, nobody looks for what is above.
    assert current(dict(row, entity={"name": "n"}), "entity_hash", None, "get_share_with_me")["entity_hash"] is None
