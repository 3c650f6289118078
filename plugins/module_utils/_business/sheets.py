# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords and links as a sheet to print or to hand out: CSV that a spreadsheet opens as it stands. Pure functions."""

from __future__ import annotations

import csv
import io
import os
import re

from .._core.calendar import dates, tehran
from .._core.text.sms import iran_mobile
from .tables import cell

_BOM = "\ufeff"
#: Part of a person, or name of a secret -> heading, in the order of the columns.
_COLUMNS = {
    "name": "نام (name)", "surname": "نام خانوادگی (surname)", "username": "نام کاربری (username)", "password": "گذرواژه (password)",
    "role": "نقش (role)", "service": "سرویس (service)", "mobile": "موبایل (mobile)", "entry_link": "پیوند ورود (entry link)",
    "message": "پیامک (message)", "written": "زمان به وقت تهران (Tehran)", "jalali": "تاریخ شمسی (Jalali)",
}
_SECRETS = ("password", "entry_link")
#: What a spreadsheet would take for a number, a day or a share, and show as something else: 0012, 1e10, 1/2.
_NUMBER = re.compile(r"[0-9+\-.,:/ ]*[0-9][0-9+\-.,:/ eE]*")
_TOLD_MOBILE = re.compile(r"0[0-9]{3} [0-9]{3} [0-9]{4}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]")


def path_of(beside, name):
    """Return the path of a sheet beside the file of secrets: ``secrets.yml`` and ``physics-10`` give ``secrets-physics-10.csv``."""
    return "%s-%s.csv" % (os.path.splitext(beside)[0], _UNSAFE.sub("_", name))


def sheet(people, secrets, old=None, now=None):
    """Return ``(text, how many people have a secret in it)``.

    :arg people: mappings with what is known of each, and under ``secrets`` for each secret ``[kind, label]``, where the file of secrets has it.
    :arg secrets: ``{kind: {label: {name: secret}}}``.
    :arg old: the text of the sheet as it is; who is in it with the same secrets keeps his time.
    """
    now = now or tehran.now()
    moment = {"written": now.strftime("%Y-%m-%d %H:%M"), "jalali": dates.to_jalali(now.isoformat(), "%Y/%m/%d %H:%M") if dates.jdatetime else ""}
    rows = []
    for person in people:
        row = dict(person, mobile=_mobile(person.get("mobile")))
        for name, (kind, label) in (person.get("secrets") or {}).items():
            row[name] = ((secrets.get(kind) or {}).get(label) or {}).get(name)
        rows.append(row)
    held = [row for row in rows if any(row.get(name) for name in _SECRETS)]
    before = _times(old)
    for row in held:
        row.update(before.get(_identity(row)) or moment)
    columns = [name for name in _COLUMNS if any(row.get(name) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([_COLUMNS[name] for name in columns])
    writer.writerows([_shown(name, row.get(name)) for name in columns] for row in rows)
    return _BOM + out.getvalue(), len(held)


def _shown(name, value):
    """Return a cell whose text a spreadsheet leaves alone: a password with an apostrophe before it, or without its zeros, opens nothing."""
    text = "" if value is None else str(value)
    if name in ("written", "jalali") or (name == "mobile" and _TOLD_MOBILE.fullmatch(text)):
        return text
    if text and (_NUMBER.fullmatch(text) or cell(text) != text):
        return '="%s"' % text.replace('"', '""')
    return text


def _mobile(value):
    """Return a number as people write it; the spaces also keep its zero in a spreadsheet."""
    try:
        local = iran_mobile(value, "local")
    except (TypeError, ValueError):
        return value
    return "%s %s %s" % (local[:4], local[4:7], local[7:])


def _identity(row):
    return tuple(_shown(name, row.get(name)) for name in ("username", *_SECRETS))


def _times(old):
    """Return ``{identity: {written, jalali}}`` of a sheet."""
    if not old:
        return {}
    headings = {heading: name for name, heading in _COLUMNS.items()}
    lines = list(csv.reader(io.StringIO(old.lstrip(_BOM))))
    names = [headings.get(heading) for heading in (lines[0] if lines else ())]
    found = {}
    for line in lines[1:]:
        row = dict(zip(names, line))
        identity = tuple(row.get(name, "") for name in ("username", *_SECRETS))
        if row.get("written"):
            found[identity] = {"written": row["written"], "jalali": row.get("jalali", "")}
    return found
