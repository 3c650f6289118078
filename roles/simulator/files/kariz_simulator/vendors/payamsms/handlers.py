# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations of the guide."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from ... import sms
from ...messages import Answer, Call, Refusal
from ...vendor import Handlers
from .state import Row, State

handlers = Handlers()

TEXTS = {
    "E2": "ورود تمامی پارامترها الزامیست",
    "E4": "دسترسی غیر مجاز به سیستم",
    "E5": "نام کاربری و یا کلمه عبور صحیح نیست",
    "E6": "اعتبار برای ارسال کافی نیست",
    "E7": "پیام ورودی جدید خوانده نشده‌ای وجود ندارد",
    "E8": "شناسه وارد شده پیام جهت دریافت وضعیت نامعتبر است",
    "E43": "شماره گیرنده نامعتبر است",
    "E107": "تعداد گیرندگان مشخص شده بیش از ۲۵۰ گیرنده است",
    "E132": "متن وارد شده شامل کلمات حساس است",
    "E211": "طول متن پیام بیش از حد مجاز است",
    "E223": "شماره اختصاصی وارد شده نا معتبر است",
    "E303": "هیچ شماره گیرنده صحیحی وارد نشده",
    "E305": "شناسه وارد شده پیام جهت دریافت وضعیت وجود ندارد",
    "E766": "متن پیام خالیست",
}
MOST = 250
MOST_PARTS = 32
INBOX_AT_ONCE = 90


def code_answer(settings: Row, code: str) -> Answer:
    """A logical code outside the items; the guide does not show its place."""
    if settings["code_style"] == "text":
        return Answer(settings["code_status"], code, media="text/plain")
    return Answer(settings["code_status"], {"errorCode": code, "description": TEXTS[code]})


def refusal(vendor: Any, code: str) -> Refusal:
    answer = code_answer(vendor.settings, code)
    made = Refusal(answer.status, answer.body)
    made.answer = answer
    return made


# Token

#: How a login may travel: helper scripts send a form, a client in Go a query, the guide prints JSON.
MEDIA = {"form": "application/x-www-form-urlencoded", "json": "application/json"}


def login_parameters(call: Call, place: str) -> Row:
    """The parameters of a login from where this server looks for them; what stands elsewhere it does not see."""
    body = call.body if isinstance(call.body, dict) else {}
    if place == "any":
        return {**call.query, **body}
    if place == "query":
        return call.query
    return body if call.media == MEDIA[place] else {}


@handlers.on("token")
def token(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    settings = vendor.settings
    expected = base64.b64encode(f"{settings['client_id']}:{settings['client_secret']}".encode()).decode()
    if call.headers.get("Authorization", "") != f"Basic {expected}":
        raise Refusal(401, {"error": "invalid_client", "error_description": "Bad client credentials"})
    given = login_parameters(call, settings["token_from"])
    if any(not isinstance(given.get(name), str) or not given[name] for name in ("systemName", "username", "password", "scope", "grant_type")):
        raise Refusal(400, {"error": "invalid_request", "error_description": "Missing parameter"})
    if given["grant_type"] != "password" or given["scope"] != "webservice":
        raise Refusal(400, {"error": "unsupported_grant_type", "error_description": "Only password and webservice"})
    if any(given[name] != settings[setting] for name, setting in (("systemName", "system_name"), ("username", "username"), ("password", "password"))):
        if settings["login_refusal"] == "code":
            raise refusal(vendor, "E5")
        raise Refusal(int(settings["login_refusal"][-3:]), {"error": "invalid_grant", "error_description": "Bad credentials"})
    now = state.clock.now()
    # The same token until it ends, and a new login does not make it last longer.
    living = next((value for value, until in state.tokens.items() if until > now + 1), None)
    if living is None:
        living = hashlib.sha256(f"payamsms {state.number()}".encode()).hexdigest()
        state.tokens[living] = now + float(settings["token_seconds"])
    left = int(state.tokens[living] - now)
    return {"access_token": living, "expires_in": left, "scope": "webservice", "userDetails": {"username": settings["username"]}}


def authenticated(vendor: Any, call: Call) -> bool:
    state: State = vendor.state
    scheme, _space, value = call.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not value:
        return False
    if value == vendor.settings["fixed_token"] and not state.fixed_token_void:
        return True
    return state.tokens.get(value, 0) > state.clock.now()


# Balance


@handlers.on("balance")
def balance(vendor: Any, call: Call) -> Any:
    return Answer(200, vendor.state.balance)


# Sending


def refused(vendor: Any, sender: str, recipient: str, body: str) -> str | None:
    """The code with which one message is refused, or None."""
    settings = vendor.settings
    if sender not in settings["senders"]:
        return "E223"
    if not re.fullmatch(r"989\d{9}", recipient):
        return "E43"
    if not body:
        return "E766"
    if sms.parts(body) > MOST_PARTS:
        return "E211"
    if any(word in body for word in settings["sensitive_words"]):
        return "E132"
    if vendor.state.balance < sms.parts(body) * settings["price"]:
        return "E6"
    return None


def accept(vendor: Any, items: list[Row]) -> Any:
    """Take the messages of one call; `items` have sender, recipient, body, customerId, sendDate."""
    state: State = vendor.state
    if not items:
        raise refusal(vendor, "E303")
    if len(items) > MOST:
        raise refusal(vendor, "E107")
    if any(item.get("sendDate") and sms.moment(item["sendDate"]) is None for item in items):
        raise refusal(vendor, "E2")
    if vendor.settings["credit_refusal"] == "call" and sum(sms.parts(item["body"]) for item in items) * vendor.settings["price"] > state.balance:
        raise refusal(vendor, "E6")
    answers = []
    for item in items:
        mobile: Any = int(item["recipient"]) if item["recipient"].isdigit() and vendor.settings["mobile_style"] == "number" else item["recipient"]
        answer = {"customerId": item.get("customerId"), "mobile": mobile}
        code = refused(vendor, item["sender"], item["recipient"], item["body"])
        if code is None:
            row = state.add(item["sender"], item["recipient"], item["body"], item.get("customerId"), item.get("sendDate"))
            answer["serverId"] = row["serverId"]
        else:
            answer.update(errorCode=code, description=TEXTS[code])
        answers.append(answer)
    return answers if vendor.settings["answer_order"] == "kept" else answers[::-1]


@handlers.on("send")
def send(vendor: Any, call: Call) -> Any:
    return accept(vendor, call.body)


@handlers.on("send.src")
def send_with_source(vendor: Any, call: Call) -> Any:
    return accept(vendor, [{**item, "sender": call.body["sender"]} for item in call.body["smsItems"]])


@handlers.on("send.src.body")
def send_with_source_and_body(vendor: Any, call: Call) -> Any:
    shared = {name: call.body[name] for name in ("sender", "body", "sendDate") if name in call.body}
    return accept(vendor, [{**item, **shared} for item in call.body["smsItems"]])


# Reports


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@handlers.on("status")
def status(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    ids = listed(call.query["ids"])
    if len(ids) > MOST:
        raise refusal(vendor, "E107")
    wanted = set(ids)
    name = "customerId" if call.query["byCustomer"] == "true" else "serverId"
    answers = []
    for row in state.messages:
        told = state.report(row) if row[name] in wanted else None
        if told is None:
            continue
        done = {"Send Successfully": "totalDeliveredParts", "Failed": "totalUnDeliveredParts"}.get(told, "totalUnKnownParts")
        counts = {key: row["parts"] if key == done else 0 for key in ("totalDeliveredParts", "totalUnDeliveredParts", "totalUnKnownParts")}
        answers.append({"customerId": row["customerId"], "serverId": row["serverId"], "totalParts": row["parts"], **counts, "status": told})
    if not answers and vendor.settings["unknown_ids"] == "E305":
        raise refusal(vendor, "E305")
    return answers


@handlers.on("inbox")
def inbox(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if call.query["number"] not in vendor.settings["senders"]:
        raise refusal(vendor, "E223")
    rows = [row for row in state.inbox if row["to"] == call.query["number"]]
    if call.query.get("id"):
        found = [row for row in rows if row["id"] > int(call.query["id"])]
    else:
        found = [row for row in rows if not row["read"]][:INBOX_AT_ONCE]
        for row in found:
            row["read"] = True
    if not found and vendor.settings["no_inbox"] == "E7":
        raise refusal(vendor, "E7")
    return [{name: row[name] for name in ("body", "id", "from", "date", "to")} for row in found]


# Scheduled messages


@handlers.on("scheduled.list")
def scheduled(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    query = call.query
    bounds = {}
    for name in ("from", "to"):
        if query.get(name):
            bounds[name] = sms.moment(query[name])
            if bounds[name] is None:
                raise refusal(vendor, "E2")
    if not any(query.get(name) for name in ("serverId", "customerId", "from", "to")):
        raise refusal(vendor, "E2")
    rows = [
        row for row in state.scheduled()
        if (not query.get("serverId") or row["serverId"] == query["serverId"])
        and (not query.get("customerId") or row["customerId"] == query["customerId"])
        and (bounds.get("from") is None or row["due"] >= bounds["from"]) and (bounds.get("to") is None or row["due"] <= bounds["to"])
    ]
    page, size = int(query.get("page", "0")), int(query.get("size", "10"))
    if vendor.settings["page_max"] is not None:
        size = min(size, vendor.settings["page_max"])
    shown = [
        {"serverId": row["serverId"], "customerId": row["customerId"], "sendDate": row["sendDate"], "recipient": row["recipient"], "message": row["body"],
         "totalPrice": row["price"], "parts": row["parts"]}
        for row in rows[page * size:(page + 1) * size]
    ]
    return {"totalItem": len(rows), "totalPages": -(-len(rows) // size), "currentPage": page, "scheduledMessages": shown}


@handlers.on("scheduled.cancel")
def cancel(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    row = next((row for row in state.messages if row["serverId"] == call.body["serverId"]), None)
    if row is None:
        raise refusal(vendor, "E305")
    waits = state.waits(row)
    if waits:
        state.cancel(row, call.body.get("cancelMessage"))
    return {"serverId": row["serverId"], "recipient": row["recipient"], "status": waits}
