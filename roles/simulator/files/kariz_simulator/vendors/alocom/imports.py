# SPDX-License-Identifier: GPL-3.0-or-later
"""Users from a spreadsheet, in two steps with state in between."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from zipfile import BadZipFile

from ...messages import Call, Upload
from . import texts
from .checks import bad
from .handlers import handlers
from .labels import accepted
from .state import AGENT_ID, Row, State

COLUMNS = ("name", "surname", "username", "cellphone", "email")
#: The guide links a sample sheet it does not show, so headings in Persian are taken as well.
HEADINGS = {
    "نام": "name",
    "نام خانوادگی": "surname",
    "نام کاربری": "username",
    "موبایل": "cellphone",
    "شماره موبایل": "cellphone",
    "ایمیل": "email",
}


def cells(upload: Upload) -> list[list[str]]:
    """The rows of the sheet as text; raises ValueError for a file of another kind.

    The libraries for workbooks are needed by nobody else, so a simulator without them is missing nothing but these two kinds.
    """
    kind = upload.filename.rpartition(".")[2].lower()
    if kind == "csv":
        return [list(row) for row in csv.reader(io.StringIO(upload.data.decode("utf-8-sig")))]
    if kind == "xlsx":
        import openpyxl

        sheet = openpyxl.load_workbook(io.BytesIO(upload.data), read_only=True).worksheets[0]
        return [[as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    if kind == "xls":
        import xlrd

        try:
            old = xlrd.open_workbook(file_contents=upload.data).sheet_by_index(0)
        except xlrd.XLRDError as error:
            raise ValueError(kind) from error
        return [[as_text(value) for value in old.row_values(number)] for number in range(old.nrows)]
    raise ValueError(kind)


def as_text(value: Any) -> str:
    if value is None:
        return ""
    # Spreadsheets keep numbers as floating point.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


#: Columns by position, whatever their headings say.
POSITIONS = {"position": list(COLUMNS), "other_position": ["surname", "name", "username", "cellphone", "email"]}


def records(rows: list[list[str]], columns: str) -> list[Row]:
    """The rows under their headings, or by position; empty rows are passed over."""
    if not rows:
        return []
    heads = POSITIONS.get(columns) or [HEADINGS.get(head.strip(), head.strip().lower()) for head in rows[0]]
    found = []
    for row in rows[1:]:
        record = {head: text.strip() for head, text in zip(heads, row, strict=False) if head in COLUMNS}
        if any(record.values()):
            found.append({name: record.get(name, "") for name in COLUMNS})
    return found


def valid(record: Row) -> bool:
    # A spreadsheet number has lost its zero in front.
    if re.fullmatch(r"9[0-9]{9}", record["cellphone"]):
        record["cellphone"] = "0" + record["cellphone"]
    return (
        all(record[name] for name in ("name", "surname", "username"))
        and not re.search(r"\s", record["username"])
        and bool(re.fullmatch(r"(09[0-9]{9})?", record["cellphone"]))
        and bool(re.fullmatch(r"([^@\s]+@[^@\s]+\.[^@\s.]+)?", record["email"]))
    )


@handlers.on("users.import")
def upload(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if "file" not in call.files:
        raise bad("file", texts.REQUIRED)
    try:
        found = records(cells(call.files["file"]), vendor.settings["import_columns"])
    except (ValueError, KeyError, BadZipFile) as error:
        raise bad("file", texts.BAD_FILE) from error
    new: dict[str, Row] = {}
    wrong = duplicate = 0
    for record in found:
        key = state.fold(record["username"])
        if not valid(record):
            wrong += 1
        elif key in new or state.user_named(record["username"]):
            duplicate += 1
        else:
            new[key] = {
                "agent_id": AGENT_ID,
                **{name: record[name] or None for name in COLUMNS},
                "password": vendor.settings["chosen_password"] or f"{record['username']}@123",
                "status": 1,
            }
    state.pending_import = list(new.values())
    counts = {"total": len(found), "invalid": wrong, "duplicate": duplicate, "new": len(new)}
    return {"response": [{**counts, "users": state.pending_import}]}


@handlers.on("users.import_confirm")
def confirm(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if state.pending_import is None:
        raise bad("file", texts.NO_IMPORT)
    labels = accepted(state, (call.body or {}).get("label") or [], "label")
    for record in state.pending_import:
        # Somebody may have been registered since the upload.
        if state.user_named(record["username"]) is None:
            state.add_user({**record, "labels": labels})
    state.pending_import = None
    return {"message": texts.IMPORTED}
