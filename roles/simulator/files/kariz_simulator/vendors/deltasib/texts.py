# SPDX-License-Identifier: GPL-3.0-or-later
"""Error texts, Persian names to build believable subscribers from, and dates in the server's calendar."""

from __future__ import annotations

from datetime import date, datetime

FATAL, BAD_KEY, BAD_IP, NOT_FOUND, INVALID, BAD_TOKEN = -1, -2, -3, -4, -5, -6
DESCRIPTIONS = {
    FATAL: "Fatal Error",
    BAD_KEY: "Invalid key",
    BAD_IP: "IP not permit",
    NOT_FOUND: "Require item not found",
    INVALID: "Invalid Data",
    BAD_TOKEN: "Invalid token",
}
#: The document has no HTTP status for an error but "not 200"; these are assumed.
STATUSES = {BAD_KEY: 401, BAD_IP: 403, BAD_TOKEN: 401, FATAL: 500}

NAMES = "زهرا علی مریم حسین فاطمه رضا نرگس امیر سارا محمد لیلا مهدی شیرین کاوه نیلوفر بهرام پریسا سینا ترانه یوسف".split()
FAMILIES = (
    "کریمی محمدی حسینی رضایی احمدی موسوی یزدانی کاظمی جعفری صادقی نوری شریفی قاسمی رستمی اکبری ملکی طاهری فرهادی بهرامی مرادی کیانی زارعی سلطانی"
).split()
STREETS = ("بلوار کشاورز", "خیابان آزادی", "خیابان انقلاب", "کوچه گلستان", "بلوار ارم", "خیابان شریعتی")


def jalali(day: date) -> str:
    """The day as YYYY/MM/DD of the Jalali calendar (arithmetic of 33-year cycles, right from 1799 to 2256)."""
    days = day.toordinal() - date(1600, 3, 20).toordinal()
    cycles, days = divmod(days, 12053)
    fours, days = divmod(days, 1461)
    year = 979 + 33 * cycles + 4 * fours
    if days >= 366:
        years, days = divmod(days - 1, 365)
        year += years
    month, in_month = divmod(days, 31) if days < 186 else divmod(days - 186, 30)
    month += 1 if days < 186 else 7
    return f"{year:04d}/{month:02d}/{in_month + 1:02d}"


def shown_day(moment: datetime | None, calendar: str) -> str:
    """A day the way the panel writes it; no day at all is the database's zero."""
    if moment is None:
        return "0000-00-00" if calendar == "gregorian" else ""
    return jalali(moment.date()) if calendar == "jalali" else moment.strftime("%Y-%m-%d")


def shown_time(moment: datetime | None, calendar: str) -> str:
    if moment is None:
        return "0000-00-00 00:00:00" if calendar == "gregorian" else ""
    return f"{shown_day(moment, calendar)} {moment:%H:%M:%S}"
