# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts that reports are made of: a page without network or script, charts as inline SVG, words and numbers of two languages."""

from __future__ import annotations

import datetime
import html
import math

from .._core.calendar import dates

LANGUAGES = ("fa", "en")
_PERSIAN_SIGNS = str.maketrans({",": "\u066c", ".": "\u066b", "-": "\u2212"})

STYLE = """
:root{--ground:#f4f6f8;--card:#fff;--ink:#16222c;--soft:#5b6b78;--line:#e1e7ec;--accent:#0b7a75;--accent2:#0b7a7522;--good:#1f8a4c;--warn:#b86e00;
--bad:#c0362c;--warnground:#fff5e2;--badground:#fdeceb;--shadow:0 1px 2px #0d1b2a14,0 4px 14px #0d1b2a0d}
@media (prefers-color-scheme:dark){:root{--ground:#10171d;--card:#19232b;--ink:#e8eef2;--soft:#9aacb9;--line:#2b3843;--accent:#3ec7bf;--accent2:#3ec7bf2a;
--good:#58c886;--warn:#f0b04a;--bad:#ff8478;--warnground:#33291a;--badground:#3a2223;--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.65 Vazirmatn,Vazir,"IRANSansX","Segoe UI","Noto Sans Arabic","Noto Naskh Arabic",system-ui,
"DejaVu Sans",Tahoma,sans-serif;padding:28px clamp(14px,4vw,48px)}
main,header,footer{max-width:1120px;margin-inline:auto}
header{display:flex;gap:16px;align-items:center;margin-block-end:22px}
header svg{flex:none}
h1{font-size:25px;line-height:1.3;margin:0}
h2{font-size:17px;margin:30px 0 12px;display:flex;gap:10px;align-items:center}
p{margin:0}
.soft{color:var(--soft)}
.small{font-size:13px}
.tiles,.cards{display:grid;gap:14px;grid-template-columns:repeat(auto-fit,minmax(min(150px,100%),1fr))}
.cards{grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),1fr))}
.tile,.card,.panel{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:16px 18px;box-shadow:var(--shadow);min-width:0}
.tile b{display:block;font-size:27px;line-height:1.35;font-weight:650;overflow-wrap:anywhere}
.card{display:flex;flex-direction:column;gap:8px;border-block-start:4px solid var(--accent)}
.card.warn{border-block-start-color:var(--warn)}
.card.bad{border-block-start-color:var(--bad)}
.card h3{font-size:15px;margin:0;overflow-wrap:anywhere}
.big{font-size:24px;font-weight:650;line-height:1.3}
.big small{font-size:14px;font-weight:400;color:var(--soft)}
.bar{height:9px;border-radius:6px;background:var(--line);overflow:hidden;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.bar i{display:block;height:100%;border-radius:6px;background:var(--accent)}
.warn .bar i,i.warn{background:var(--warn)}
.bad .bar i,i.bad{background:var(--bad)}
.chip{display:inline-block;border-radius:99px;
padding:1px 11px;font-size:12.5px;font-weight:400;background:var(--accent2);color:var(--accent);white-space:nowrap}
.good{color:var(--good)}.t-warn{color:var(--warn)}.t-bad{color:var(--bad)}
ul.alerts{list-style:none;margin:0;padding:0;display:grid;gap:9px;grid-template-columns:repeat(auto-fit,
minmax(min(440px,100%),1fr))}
.row{display:flex;justify-content:space-between;gap:8px;flex-wrap:wrap}
ul.alerts li{border-radius:11px;padding:10px 15px;background:var(--warnground);border-inline-start:4px solid var(--warn);overflow-wrap:anywhere}
ul.alerts li.bad{background:var(--badground);border-color:var(--bad)}
svg.chart{display:block;width:100%;height:auto;overflow:visible}
svg text{font-family:inherit;fill:var(--soft)}
.line{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.area{fill:var(--accent2)}
.ahead{fill:none;stroke:var(--warn);stroke-width:2;stroke-dasharray:4 5;stroke-linecap:round}
.dot{fill:var(--accent)}
.axis{stroke:var(--line);stroke-width:1}
.column{fill:var(--accent)}.column.warn{fill:var(--warn)}.column.bad{fill:var(--bad)}.column.soft{fill:var(--line)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:start;padding:8px 11px;border-block-end:1px solid var(--line);vertical-align:middle}
th{color:var(--soft);font-weight:600;font-size:13px}
tr:last-child td{border:0}
td.number,th.number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
td .bar{min-width:74px}
footer{margin-block-start:34px;color:var(--soft);font-size:13px}
@page{margin:13mm}
@media print{:root{--ground:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--accent:#0b7a75;--accent2:#0b7a7522;--good:#1f8a4c;--warn:#b86e00;
--bad:#c0362c;--warnground:#fff;--badground:#fff;--shadow:none}body{padding:0;font-size:12px}.tile,.card,.panel,li,tr{break-inside:avoid}
h2{break-after:avoid}.tiles{grid-template-columns:repeat(4,1fr)}.cards{grid-template-columns:repeat(3,1fr)}}
"""

MARK = ('<svg width="46" height="46" viewBox="0 0 46 46" aria-hidden="true"><rect width="46" height="46" rx="12" fill="#0b7a75"/>'
        '<path d="M8 30c6-9 9-9 15-3s9 6 15-3" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/>'
        '<circle cx="14" cy="15" r="3" fill="#fff"/><circle cx="23" cy="12" r="3" fill="#fff" opacity=".75"/>'
        '<circle cx="32" cy="15" r="3" fill="#fff" opacity=".5"/></svg>')


def escape(value):
    return html.escape(str(value), quote=True)


class Language:
    """Words, numbers and dates of one language.

    :arg words: ``{key: text}``; a text may hold ``%`` places.
    """

    def __init__(self, code, words):
        self.code = code
        self.words = words
        self.right_to_left = code == "fa"

    def say(self, key, *parts):
        text = self.words[key]
        return text % parts if parts else text

    def signs(self, text):
        """Return a number's text in the signs of the language."""
        return dates.persian(str(text).translate(_PERSIAN_SIGNS)) if self.right_to_left else str(text)

    def number(self, value, places=None):
        if value is None:
            return "\u2013"
        if places is None:
            places = 0 if abs(value) >= 100 or float(value).is_integer() else 1
        return self.signs("{:,.{}f}".format(value, places))

    def percent(self, value):
        return "\u2013" if value is None else self.number(value, 0) + ("\u066a" if self.right_to_left else "%")

    def size(self, value):
        """Return bytes in the largest unit that keeps the number above one."""
        units = self.words["bytes"]
        step = 0
        value = float(value)
        while abs(value) >= 1024 and step < len(units) - 1:
            value /= 1024
            step += 1
        return "%s %s" % (self.number(value), units[step])

    def day(self, value):
        """Return the day of an ISO 8601 text or a date: Jalali in Persian."""
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if self.right_to_left:
            try:
                return dates.to_jalali(text, "%d %B %Y", True).lstrip("\u06f0")
            except ValueError:
                return dates.persian(text[:10])
        return text[:10]

    def short_day(self, value):
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if self.right_to_left:
            try:
                return dates.to_jalali(text[:10], "%m/%d", True)
            except ValueError:
                return dates.persian(text[5:10])
        return text[5:10]

    def time(self, value):
        """Return day and time of day, in Tehran."""
        moment = dates.tehran(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")))
        clock = moment.strftime("%H:%M")
        if self.right_to_left:
            return "%s\u060c \u0633\u0627\u0639\u062a %s" % (self.day(moment.isoformat()), dates.persian(clock))
        return "%s, %s" % (moment.strftime("%Y-%m-%d"), clock)


def document(language, title, subtitle, body, foot):
    """Return a whole page."""
    return (
        '<!DOCTYPE html>\n<html lang="%s" dir="%s">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n'
        "<header>%s<div><h1>%s</h1><p class=\"soft\">%s</p></div></header>\n<main>\n%s\n</main>\n<footer>%s</footer>\n</body>\n</html>\n" % (
            language.code, "rtl" if language.right_to_left else "ltr", escape(title), STYLE, MARK, escape(title), escape(subtitle), body, escape(foot)))


def tile(label, value, more="", state=""):
    return '<div class="tile"><p class="soft small">%s</p><b class="%s">%s</b><p class="soft small">%s</p></div>' % (
        escape(label), "t-" + state if state in ("warn", "bad") else state, escape(value), escape(more) or "&nbsp;")


def section(title, body, chip=""):
    return "<h2>%s%s</h2>\n%s" % (escape(title), '<span class="chip">%s</span>' % escape(chip) if chip else "", body)


def filled(percent):
    return '<div class="bar" role="img" aria-label="%d%%"><i style="width:%.1f%%"></i></div>' % (round(percent), max(0.0, min(100.0, percent)))


def table(columns, rows):
    """Return a table. ``columns``: ``[(title, class)]``; ``rows``: lists of cells that are markup already."""
    head = "".join('<th class="%s">%s</th>' % (kind, escape(title)) for title, kind in columns)
    body = "\n".join("<tr>%s</tr>" % "".join('<td class="%s">%s</td>' % (kind, cell) for cell, (_title, kind) in zip(row, columns)) for row in rows)
    return '<div class="panel scroll"><table><thead><tr>%s</tr></thead><tbody>\n%s\n</tbody></table></div>' % (head, body)


def trend(points, label, language, now, days_ahead=None, width=320, height=92):
    """Return a line of figures over days (0 is today), and where it leads at its pace until it is used up. Time runs from left to right."""
    if len(points) < 2:
        return ""
    first = points[0][0]
    # The future takes at most two thirds of the width.
    last = min(days_ahead, -first * 2) if days_ahead is not None else 0.0
    most = max(left for _day, left in points) or 1

    def x(day):
        return 4 + (width - 8) * (day - first) / ((last - first) or 1)

    def y(left):
        return 6 + (height - 26) * (1 - max(0, left) / most)

    def named(day, anchor):
        date = dates.tehran(datetime.datetime.fromisoformat(now.replace("Z", "+00:00"))).date() + datetime.timedelta(days=math.floor(day))
        return '<text x="%.1f" y="%d" font-size="10.5" text-anchor="%s" direction="ltr">%s</text>' % (x(day), height - 4, anchor, language.short_day(date))
    line = " ".join("%.1f,%.1f" % (x(day), y(left)) for day, left in points)
    made = ['<svg class="chart" viewBox="0 0 %d %d" role="img" aria-label="%s">' % (width, height, escape(label)),
            '<line class="axis" x1="4" x2="%d" y1="%d" y2="%d"/>' % (width - 4, height - 20, height - 20),
            '<polygon class="area" points="%.1f,%d %s %.1f,%d"/>' % (x(first), height - 20, line, x(points[-1][0]), height - 20),
            '<polyline class="line" points="%s"/>' % line, named(first, "start")]
    if x(0) - x(first) > 70:
        made.append(named(0, "middle" if last > 0 else "end"))
    if days_ahead is not None and last > 0:
        rest = points[-1][1] * (1 - last / days_ahead)
        made.append('<polyline class="ahead" points="%.1f,%.1f %.1f,%.1f"/>' % (x(0), y(points[-1][1]), x(last), y(rest)))
        if x(last) - x(0) > 70:
            made.append(named(last, "end"))
    made.append('<circle class="dot" cx="%.1f" cy="%.1f" r="3.4"/></svg>' % (x(points[-1][0]), y(points[-1][1])))
    return "".join(made)


def columns(values, label, language, width=760, height=190, most=None, rate=False):
    """Return columns. ``values``: ``[(name, value or None, state)]``; names that would not fit are left out evenly."""
    if not values:
        return ""
    highest = most or max([value for _name, value, _state in values if value is not None] or [1]) or 1
    step = (width - 44) / len(values)
    thick = min(34.0, step * 0.68)
    every = max(1, math.ceil(len(values) * 52 / (width - 44)))
    right = language.right_to_left
    made = ['<svg class="chart" viewBox="0 0 %d %d" role="img" aria-label="%s">' % (width, height, escape(label))]
    for part in (0, 0.5, 1):
        level = 10 + (height - 38) * (1 - part)
        text = language.percent(highest * part) if rate else language.number(highest * part)
        made.append('<line class="axis" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>' % (0 if right else 40, width - (40 if right else 0), level, level))
        made.append('<text x="%d" y="%.1f" font-size="11" text-anchor="%s" direction="ltr">%s</text>' % (
            width - 34 if right else 34, level + 4, "start" if right else "end", escape(text)))
    for place, (name, value, state) in enumerate(values):
        middle = 42 + step * (place + 0.5)
        middle = width - middle if right else middle
        if value is not None:
            tall = (height - 38) * min(1.0, value / highest)
            tall = max(tall, 2.0) if value else 0
            told = language.percent(value) if rate else language.number(value)
            made.append('<rect class="column %s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="3"><title>%s: %s</title></rect>' % (
                state, middle - thick / 2, height - 28 - tall, thick, tall, escape(name), escape(told)))
        if place % every == 0:
            made.append('<text x="%.1f" y="%d" font-size="11" text-anchor="middle">%s</text>' % (middle, height - 9, escape(name)))
    return "".join(made) + "</svg>"
