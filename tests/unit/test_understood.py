# SPDX-License-Identifier: GPL-3.0-or-later
"""Which answers of 408, 429 and 5xx are a vendor's own refusal: its documented envelope with a documented code, and nothing that a gateway could send."""

from __future__ import annotations

import json

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Reply
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.client import PayamSmsClient
from ansible_collections.kariz.panels.plugins.module_utils._podspace.client import PodspaceClient
from ansible_collections.kariz.panels.plugins.module_utils._podspace.envelope import Envelope
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.client import SmsPanelClient, named

VENDORS = (AlocomClient, DeltaSibClient, PayamSmsClient, PodspaceClient, SmsPanelClient)
#: What gateways, balancers and content networks answer in the name of whoever stands behind them.
GENERIC = [
    "", "upstream request timeout", "<html><h1>504 Gateway Time-out</h1></html>", "null", "[]", "{}", "504", '"error"', "{", "[" * 5000,
    {"message": "Endpoint request timed out"}, {"message": "...", "errors": {}}, {"status": 504, "message": "Gateway Timeout"},
    {"status": 503, "result": {"status": 22}},
    {"error": "bad_gateway", "error_description": "..."}, {"errorCode": 504, "description": "Gateway Timeout"}, {"errorCode": "E1", "description": "..."},
    {"ErrorCode": 502, "ErrorDesc": "..."}, {"ErrorCode": "502"}, {"code": 504, "error": "..."}, {"hasError": True, "errorCode": 504, "message": "..."},
    {"hasError": True}, {"statusCode": 504, "error": "Gateway Timeout", "message": "..."}, {"hasError": False, "result": {"statusCode": 504, "result": None}},
]


def understood(vendor, body, status=504):
    text = body if isinstance(body, str) else json.dumps(body)
    return vendor.understood(vendor.__new__(vendor), Reply(status, {}, text.encode()))


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.vendor)
@pytest.mark.parametrize("body", GENERIC, ids=lambda body: str(body)[:40])
def test_a_gateway_speaks_for_nobody(vendor, body):
    assert not understood(vendor, body)


@pytest.mark.parametrize(("vendor", "body", "expected"), [
    *((DeltaSibClient, {"ErrorCode": code, "ErrorDesc": "..."}, code not in (0, -1, -7)) for code in (0, -1, -2, -3, -4, -5, -6, -7)),
    (DeltaSibClient, {"errorcode": "-5"}, True), (DeltaSibClient, {"ERRORCODE": "-1"}, False),
    (PayamSmsClient, {"errorCode": "E6", "description": "..."}, True), (PayamSmsClient, "E6", True),
    (PayamSmsClient, '"E107"', True), (PayamSmsClient, "E999", False),
    (PodspaceClient, {"hasError": True, "errorCode": 44}, True), (PodspaceClient, {"hasError": True, "errorCode": "INVALID-TOKEN"}, True),
    (PodspaceClient, {"hasError": True, "errorCode": 999}, False), (PodspaceClient, {"hasError": True, "errorCode": 45}, False),
    (PodspaceClient, {"hasError": False, "result": {"statusCode": 200, "result": '{"hasError": true, "errorCode": 206}'}}, True),
    (PodspaceClient, {"hasError": False, "result": {"statusCode": 200, "result": '{"hasError": false, "result": 44}'}}, False),
], ids=str)
def test_what_the_vendor_itself_says(vendor, body, expected):
    assert bool(understood(vendor, body)) is expected


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.vendor)
@pytest.mark.parametrize(("status", "retryable"), [
    *((status, False) for status in (301, 400, 401, 403, 404, 409, 413, 422)), *((status, True) for status in (408, 429, 500, 501, 502, 503, 504, 522))])
def test_retryable_is_one_word_for_all_vendors(vendor, status, retryable):
    """The same event is told alike, whichever vendor it happens at and in whatever body."""
    for text in ("", "<html></html>", '{"message": "x"}', '{"status": %d, "message": "x"}' % status):
        reply = Reply(status, {}, text.encode())
        answer = json.loads(text) if text.startswith("{") else None
        assert vendor.refusal(vendor.__new__(vendor), "look", reply, answer).error["retryable"] is retryable, text


@pytest.mark.parametrize(("vendor", "status", "body", "retryable"), [
    *((DeltaSibClient, status, {"ErrorCode": -1}, True) for status in (200, 400, 500)),
    *((DeltaSibClient, status, {"ErrorCode": -5}, False) for status in (200, 400, 503)),
    *((PodspaceClient, status, {"hasError": True, "errorCode": 999}, True) for status in (200, 500)),
    *((PodspaceClient, status, {"hasError": True, "errorCode": 4}, False) for status in (200, 403, 500)), (PayamSmsClient, 500, {"errorCode": "E6"}, False),
], ids=str)
def test_retryable_of_the_vendors_own_codes(vendor, status, body, retryable):
    assert vendor.refusal(vendor.__new__(vendor), "look", Reply(status, {}, b""), body).error["retryable"] is retryable


@pytest.mark.parametrize(("code", "retryable"), [(1000, True), (2000, True), (22, False), (40, False), (77, False)])
def test_retryable_of_the_panels_codes(code, retryable):
    assert named("look", code).error["retryable"] is retryable


@pytest.mark.parametrize("text", ["[" * 200000 + "]" * 200000, "[" * 102 + "]" * 102,
                                  '{"a":' * 150 + "1" + "}" * 150, '[{}, [1, %s2%s]]' % ("[" * 101, "]" * 101)],
                         ids=["200000", "102", "objects", "in the middle"])
def test_an_answer_nested_beyond_reason(text):
    with pytest.raises(ValueError, match="nested"):
        Reply(200, {}, text.encode()).json()
    assert not Envelope({"hasError": False, "result": text}).failed


@pytest.mark.parametrize("text", ["[" * 101 + "]" * 101, "[%s]" % ",".join(['{"a": [1]}'] * 500),
                                  '"%s"' % ("[" * 300), "1"], ids=["101", "wide", "text", "bare"])
def test_an_answer_that_is_only_large(text):
    assert Reply(200, {}, text.encode()).json() == json.loads(text)
