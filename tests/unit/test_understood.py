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
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.client import SmsPanelClient

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
