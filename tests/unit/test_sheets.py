# SPDX-License-Identifier: GPL-3.0-or-later
"""Sheets of passwords and links: what a spreadsheet shows is what opens the door."""

from __future__ import annotations

import csv
import datetime
import io

from ansible_collections.kariz.panels.plugins.module_utils._business import sheets
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar.tehran import TEHRAN

DAY = datetime.datetime(2026, 3, 21, 0, 5, tzinfo=TEHRAN)
SECRETS = {"users": {"a": {"password": "0012"}, "b": {"password": '=a"b'}, "c": {"password": "1e10"}, "d": {"password": "p;x y"}},
           "links": {"x / a": {"entry_link": "https://x/?t=1"}}}
PEOPLE = [{"username": name, "mobile": mobile, "secrets": {"password": ["users", name], "entry_link": ["links", "x / %s" % name]}}
          for name, mobile in (("a", "+989121234567"), ("b", "02122334455"), ("c", None), ("d", ""), ("e", 9351234567))]


def rows(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_cells():
    text, told = sheets.sheet(PEOPLE, SECRETS, now=DAY)
    assert text.startswith("\ufeff") and text.count("\r\n") == 6 and told == 4
    made = rows(text)
    assert [row["گذرواژه (password)"] for row in made] == ['="0012"', '="=a""b"', '="1e10"', "p;x y", ""]
    assert [row["موبایل (mobile)"] for row in made] == ["0912 123 4567", '="02122334455"', "", "", "0935 123 4567"]
    # Midnight of the first day of spring: the day is that of Tehran.
    assert [row["زمان به وقت تهران (Tehran)"] for row in made] == ["2026-03-21 00:05"] * 4 + [""]
    assert made[0]["تاریخ شمسی (Jalali)"] == "1405/01/01 00:05" and "نقش (role)" not in made[0]


def test_who_stays_keeps_his_time():
    text, _told = sheets.sheet(PEOPLE, SECRETS, now=DAY)
    later = DAY + datetime.timedelta(days=3)
    assert sheets.sheet(PEOPLE, SECRETS, text, later)[0] == text
    renewed = {"users": dict(SECRETS["users"], b={"password": "new-one"}), "links": SECRETS["links"]}
    times = [row["زمان به وقت تهران (Tehran)"][:10] for row in rows(sheets.sheet(PEOPLE, renewed, text, later)[0])]
    assert times == ["2026-03-21", "2026-03-24", "2026-03-21", "2026-03-21", ""]
    # What is no sheet of ours is written anew.
    assert sheets.sheet(PEOPLE, SECRETS, "x,y\n1,2\n", DAY)[0] == text
    assert sheets.path_of("/a/secrets.yml", "x/../y") == "/a/secrets-x_.._y.csv"
