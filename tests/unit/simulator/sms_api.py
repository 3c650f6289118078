# SPDX-License-Identifier: GPL-3.0-or-later
"""Bare HTTP calls to the two vendors of text messages, written from their documents; standard library only."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


def request(address: str, method: str = "GET", body: Any = None, form: dict[str, str] | None = None, **headers: str) -> tuple[int, Any]:
    data = None
    if form is not None:
        data = urllib.parse.urlencode(form).encode()
    elif body is not None:
        data = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, data, headers, method=method), timeout=10) as answer:
            status, raw = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, raw = error.code, error.read()
    try:
        return status, json.loads(raw)
    except ValueError:
        return status, raw.decode()


class PayamSms:
    login_form = {"systemName": "kariz-demo-org", "username": "kariz-demo", "password": "kariz-demo-pass", "scope": "webservice", "grant_type": "password"}

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = ""

    def login(self, client: str = "kariz-client:kariz-client-secret", query: bool = False, **change: str) -> tuple[int, Any]:
        form = {**self.login_form, **change}
        basic = "Basic " + base64.b64encode(client.encode()).decode()
        address = f"{self.url}/auth/oauth/token" + (f"?{urllib.parse.urlencode(form)}" if query else "")
        status, answer = request(address, "POST", form={} if query else form, Authorization=basic)
        if status == 200 and isinstance(answer, dict):
            self.token = answer.get("access_token", self.token)
        return status, answer

    def get(self, path: str, *pairs: tuple[str, str], **query: str) -> tuple[int, Any]:
        given = urllib.parse.urlencode([*pairs, *query.items()])
        return request(f"{self.url}/{path}?{given}", Authorization=f"Bearer {self.token}")

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        return request(f"{self.url}/{path}", "POST", body, Authorization=f"Bearer {self.token}")


class SmsPanel:
    def __init__(self, url: str) -> None:
        self.url = url
        self.headers = {"token": "kariz-demo-token"}

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        return request(f"{self.url}/{path}", method, body, **self.headers)

    def result(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = self.call(method, path, body)
        assert status == 200 and answer["status"] == 200, answer
        return answer["result"]
