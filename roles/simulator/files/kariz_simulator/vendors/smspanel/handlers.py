# SPDX-License-Identifier: GPL-3.0-or-later
"""The seventeen operations of the page. Business failures come with outer status 200 and a code inside `result`."""

from __future__ import annotations

import re
from typing import Any

from ... import sms
from ...messages import Answer, Call, Refusal
from ...vendor import Handlers
from .state import Row, State, local

handlers = Handlers()

UNAUTHORISED = "احراز هویت انجام نشد"
NOT_FOUND = "یافت نشد"


def ok(result: Any) -> Answer:
    return Answer(200, {"status": 200, "result": result})


def failed(settings: Row, status: int, message: str) -> Answer:
    """An outer failure; some servers of this brand answer it with HTTP 200."""
    return Answer(status if settings["http_follows"] else 200, {"status": status, "message": message})


def code(vendor: Any, number: int) -> Any:
    return str(number) if vendor.settings["codes_as_text"] else number


def bare(vendor: Any, number: int) -> Answer:
    return ok(code(vendor, number))


def caller(vendor: Any, call: Call) -> str | None:
    """The user who calls; None when nobody is known by these headers."""
    settings = vendor.settings
    token = call.headers.get("token")
    if token is not None:
        return str(settings["username"]) if token == settings["token"] else None
    name, password = call.headers.get("username"), call.headers.get("password")
    if name == settings["username"] and password == settings["password"]:
        return str(name)
    user = vendor.state.users.get(name)
    return name if user is not None and user["password"] == password else None


# The user


@handlers.on("credit")
def credit(vendor: Any, call: Call) -> Any:
    status = vendor.settings["user_status"]
    return ok({"status": code(vendor, status), "value": vendor.state.credit if status in (0, 2) else 0})


@handlers.on("profile")
def profile(vendor: Any, call: Call) -> Any:
    name = caller(vendor, call)
    user = vendor.state.users.get(name)
    status = vendor.settings["user_status"]
    if status not in (0, 2) and user is None:
        return ok({"status": code(vendor, status), "details": {}})
    if user is None:
        details = {"fullname": "کاریز نمونه", "company": "کاریز", "date": "1404/01/15", "fax": "", "mellicode": "0012345679", "shenasname": "12",
                   "addr": "تهران", "postcode": "1234567890"}
    else:
        sent = user["sent"]
        full = sent.get("name") or " ".join(filter(None, (sent.get("firstName"), sent.get("lastName"))))
        details = {"fullname": full, "company": "", "date": "1404/12/01", "fax": "", "mellicode": sent.get("melliCode", ""),
                   "shenasname": sent.get("shShenasname", ""), "addr": sent.get("addres", ""), "postcode": sent.get("postalCode", "")}
    return ok({"status": code(vendor, 0), "details": details})


@handlers.on("register")
def register(vendor: Any, call: Call) -> Any:
    if vendor.settings["register_needs_auth"] and caller(vendor, call) is None:
        raise refuse(vendor, 401, UNAUTHORISED)
    body = call.body
    checks = (
        (10, re.fullmatch(r"[A-Za-z0-9_.-]{3,}", body["username"])),
        (17, body["password"] == body["repeatPassword"]),
        (11, not body.get("mobileNumber") or re.fullmatch(r"09\d{9}", body["mobileNumber"])),
        (12, not body.get("melliCode") or re.fullmatch(r"\d{10}", body["melliCode"])),
        (13, not body.get("email") or re.fullmatch(r"\S+@\S+\.\S+", body["email"])),
        (14, body.get("modir", "") in vendor.settings["managers"]),
        (16, body.get("package", "") in vendor.settings["packages"]),
        (15, body["username"] not in vendor.state.users and body["username"] != vendor.settings["username"]),
    )
    for number, good in checks:
        if not good:
            return bare(vendor, number)
    sent = {name: value for name, value in body.items() if name not in ("password", "repeatPassword")}
    vendor.state.users[body["username"]] = {"password": body["password"], "sent": sent}
    return bare(vendor, 0)


def refuse(vendor: Any, status: int, message: str) -> Refusal:
    answer = failed(vendor.settings, status, message)
    return Refusal(answer.status, answer.body)


# Sending


def refused(vendor: Any, sender: str, recipients: list[str], text: str) -> int:
    state: State = vendor.state
    if sender not in vendor.settings["lines"]:
        return 23
    if not text:
        return 24
    if not recipients:
        return 25
    if len(recipients) > vendor.settings["max_recipients"]:
        return 21
    if not all(re.fullmatch(r"09\d{9}", local(number)) for number in recipients):
        return 28
    if state.cost(text, recipients) > state.credit:
        return 22
    return 0


def sent(vendor: Any, sender: str, recipients: list[str], text: str, kind: str, due: float | None = None, **more: Any) -> Row:
    number = refused(vendor, sender, recipients, text)
    if number:
        return {"status": code(vendor, number), "id": 0}
    return {"status": code(vendor, 0), "id": vendor.state.add(sender, recipients, text, kind, due, **more)["id"]}


@handlers.on("sms.send")
def send(vendor: Any, call: Call) -> Any:
    return ok(sent(vendor, call.body["from"], call.body["recipients"], call.body["message"], "plain", type=call.body["type"]))


@handlers.on("sms.future")
def future(vendor: Any, call: Call) -> Any:
    due = sms.moment(call.body["sendDate"])
    if due is None or due <= vendor.state.clock.now():
        return ok({"status": code(vendor, 26), "id": 0})
    more = {name: call.body[name] for name in ("prtrys", "sentPeriod", "sendDate") if name in call.body}
    return ok(sent(vendor, call.body["from"], call.body["recipients"], call.body["message"], "scheduled", due, **more))


@handlers.on("sms.pattern")
def pattern(vendor: Any, call: Call) -> Any:
    found = vendor.state.patterns.get(call.body["patternId"])
    if found is None or not found["active"]:
        return ok({"status": code(vendor, 29), "id": 0})
    values = call.body["message"]
    if set(values) != set(re.findall(r"{(\w+)}", found["text"])):
        return ok({"status": code(vendor, 28), "id": 0})
    return ok(sent(vendor, call.body["from"], call.body["recipients"], found["text"].format(**values), "pattern", patternId=call.body["patternId"]))


@handlers.on("sms.phonebook")
def to_phonebook(vendor: Any, call: Call) -> Any:
    book = vendor.state.book(str(call.body["bookId"]))
    if book is None:
        return ok({"status": code(vendor, 40), "id": 0})
    numbers = [entry["number"] for entry in book["numbers"]] + call.body["recipients"]
    if not numbers:
        return ok({"status": code(vendor, 25), "id": 0})
    cost = vendor.state.cost(call.body["message"], numbers)
    if call.body["from"] not in vendor.settings["lines"] or not call.body["message"] or cost > vendor.state.credit:
        wrong = 23 if call.body["from"] not in vendor.settings["lines"] else 24 if not call.body["message"] else 22
        return ok({"status": code(vendor, wrong), "id": 0})
    row = vendor.state.add(call.body["from"], numbers, call.body["message"], "phonebook", bookId=book["book_id"])
    return ok({"status": code(vendor, 0), "id": row["id"]})


@handlers.on("sms.multiple")
def multiple(vendor: Any, call: Call) -> Any:
    body = call.body
    lists = [body[name] for name in ("fromArray", "recipients", "messageArray", "typeArray")]
    if len({len(item) for item in lists}) != 1:
        return ok([{"status": code(vendor, 28), "id": 0}])
    return ok([sent(vendor, sender, numbers, text, "multiple", type=kind) for sender, numbers, text, kind in zip(*lists, strict=True)])


# Reports


@handlers.on("sms.latest")
def latest(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if not state.messages:
        return ok({"status": code(vendor, 31)})
    row = state.messages[-1]
    details = {"id": row["id"], "message": row["message"], "recipients": row["recipients"], "from": row["from"], "state": state.delivery(row),
               "now": state.clock.stamp(), "time": state.clock.stamp(row["made"])}
    return ok({"status": code(vendor, 0), "details": details})


@handlers.on("sms.status")
def status(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    ids = call.body["idArray"]
    if not ids or len(ids) > vendor.settings["max_ids"]:
        return ok({"status": code(vendor, 30 if not ids else 32)})
    by_id = {row["id"]: row for row in state.messages}
    return ok({"status": code(vendor, 0), "result": [code(vendor, state.delivery(by_id[number]) if number in by_id else 14) for number in ids]})


# Phonebooks


def book_list(vendor: Any, books: list[Row], asked: str | None = None) -> Answer:
    settings = vendor.settings
    if not books:
        how = settings["empty_list"] if asked is None else settings["missing_book"]
        if how == "status404":
            return failed(settings, 404, NOT_FOUND)
        if how == "code40":
            return ok({"status": code(vendor, 40)})
    other = "title" if settings["book_name_in"] == "uname" else "uname"
    rows = [{"book_id": row["book_id"], settings["book_name_in"]: row["name"], other: settings["username"] if other == "uname" else "",
             "count": len(row["numbers"])} for row in books]
    if settings["list_style"] == "bare":
        return ok(rows)
    if settings["list_style"] == "single" and len(rows) == 1:
        return ok({"status": code(vendor, 0), "result": rows[0]})
    return ok({"status": code(vendor, 0), "result": rows})


@handlers.on("books.list")
def books(vendor: Any, call: Call) -> Any:
    return book_list(vendor, vendor.state.books)


@handlers.on("books.get")
def one_book(vendor: Any, call: Call) -> Any:
    name = call.params["name"]
    return book_list(vendor, [row for row in vendor.state.books if row["name"] == name], name)


@handlers.on("books.create")
def create_book(vendor: Any, call: Call) -> Any:
    if vendor.state.book_named(call.body["name"]) is not None:
        return ok({"status": code(vendor, 41), "id": 0})
    row = vendor.state.add_book(call.body["name"], call.body["numbers"], call.body.get("flag"))
    return ok({"status": code(vendor, 0), "id": row["book_id"]})


@handlers.on("books.delete")
def delete_book(vendor: Any, call: Call) -> Any:
    row = vendor.state.book(call.params["id"])
    if row is None:
        return bare(vendor, 40)
    vendor.state.books.remove(row)
    return bare(vendor, 0)


@handlers.on("numbers.list")
def numbers(vendor: Any, call: Call) -> Any:
    row = vendor.state.book(call.params["id"])
    style = vendor.settings["number_list_style"]
    if row is None:
        return ok({"status": code(vendor, 40)})
    if not row["numbers"] and vendor.settings["empty_list"] == "code40":
        return ok({"status": code(vendor, 40)})
    if style == "bare":
        return ok(row["numbers"])
    whole = {"status": code(vendor, 0), "result": row["numbers"]}
    return ok([whole] if style == "wrapped" else whole)


@handlers.on("numbers.add")
def add_numbers(vendor: Any, call: Call) -> Any:
    row = vendor.state.book(call.params["id"])
    if row is None:
        return bare(vendor, 40)
    if not call.body["numbers"]:
        return bare(vendor, 42)
    vendor.state.add_numbers(row, call.body["numbers"])
    return bare(vendor, 0)


@handlers.on("numbers.remove")
def remove_numbers(vendor: Any, call: Call) -> Any:
    row = vendor.state.book(call.params["id"])
    if row is None:
        return bare(vendor, 40)
    if not call.body["numbers"]:
        return bare(vendor, 42)
    # The values are compared as they are kept.
    named = set(call.body["numbers"])
    if vendor.settings["unknown_number_removal"] == "code40" and not named & {entry["number"] for entry in row["numbers"]}:
        return bare(vendor, 40)
    row["numbers"] = [entry for entry in row["numbers"] if entry["number"] not in named]
    return bare(vendor, 0)
