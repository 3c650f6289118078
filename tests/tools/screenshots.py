# SPDX-License-Identifier: GPL-3.0-or-later
"""`make screenshots`: the reports of a made-up business as readers see them, on a screen (light and dark), on a phone and on paper, in both languages.

All of them are written to `build/screenshots`; those that the documentation shows are copied to `docs/images`.
"""

from __future__ import annotations

import datetime
import random
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "integration"))

from browser import PHONE, SCREEN, Browser, find, pdf_tool

from ansible_collections.kariz.panels.plugins.module_utils._business import credits, desired, drift
from ansible_collections.kariz.panels.plugins.module_utils._business import plan as plans
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import attendance, credit
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import drift as drift_page
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import plan as plan_page

#: A moment after midnight in Tehran that is still the day before elsewhere.
NOW = "2026-11-21T21:10:00+00:00"
#: Which of the pictures the documentation shows.
SHOWN = ("credit-report.fa.light", "credit-report.en.dark", "credit-report.fa.phone", "credit-report.en.paper", "attendance.fa.dark", "attendance.en.light",
         "attendance.en.phone", "attendance.fa.paper", "plan.fa.light", "plan.en.dark", "plan.fa.phone", "plan.en.paper", "drift.fa.light", "drift.en.dark")
#: So much of a page is shown in the documentation, in pixels of its screen.
HIGHEST = 1400


def gauge(vendor, account, key, kind, name, left, total=None, expires=None, unlimited=False, of="account"):
    return {"vendor": vendor, "account": account, "key": key, "kind": kind, "name": name, "left": left, "total": total, "expires": expires,
            "unlimited": unlimited, "of": of}


def day(days):
    return (datetime.datetime.fromisoformat(NOW) + datetime.timedelta(days=days)).isoformat(timespec="seconds")


def past(one, daily, days, chance, topped_up=None):
    """Return made-up figures of the days before: used evenly, with a payment on one of them."""
    made, left = [], one["left"]
    for number in range(1, days):
        left += daily * chance.uniform(0.5, 1.5)
        if number == topped_up:
            left -= daily * 40
        made.append(dict({name: one[name] for name in ("vendor", "account", "key")}, at=day(-number), left=max(0, left)))
    return made[::-1]


def credit_report():
    chance = random.Random(7)
    school, north = ("alocom", "school"), ("alocom", "north-branch")
    hours = gauge(*school, "service 1", "hours", "کلاس اصلی", 212, 300, day(180))
    evening = gauge(*north, "service 5", "hours", "Evening classes", 18, 400, day(41))
    balance, texts = gauge("payamsms", "payamsms", "balance", "money", None, 43_661_171), gauge("smspanel", "smspanel", "credit", "money", None, 0)
    plan = gauge("podspace", "podspace", "plan", "storage", "سازمانی صد گیگ", 86 * 2 ** 30, 100 * 2 ** 30)
    history = (past(hours, 3.6, 25, chance) + past(evening, 4.2, 25, chance) + past(balance, 1_138_000, 20, chance, 14) + past(texts, 44_000, 15, chance)
               + past(plan, 200 * 2 ** 20, 300, chance))
    people = []
    for number in range(160):
        # 46 have ended, some of them long ago; the others end in the next two months, a few in years.
        end = -chance.uniform(1, 400) if number < 46 else chance.choice((chance.uniform(0.5, 60), chance.uniform(0.5, 60), 2918))
        people.append(gauge("deltasib", "acme", "subscriber s%03d" % number, "traffic", "sub-%03d" % number, chance.uniform(0.1, 80) * 2 ** 30, 80 * 2 ** 30,
                            day(end), of="subscriber"))
    gauges = [hours, gauge(*school, "service 1 disk", "disk", "کلاس اصلی", 12, 500),
              gauge(*school, "service 2", "hours", "کنفرانس دبیران", None, None, day(9), True),
              gauge(*school, "service 3", "hours", "تابستان", 60, 120, day(-12)), evening, balance, texts, plan] + people
    accounts = [{"vendor": vendor, "account": account} for vendor, account in dict.fromkeys((one["vendor"], one["account"]) for one in gauges)]
    gauges = credits.measured(gauges, history, NOW)
    today = credits.day_of(NOW)
    return {"at": NOW, "accounts": accounts + [{"vendor": "alocom", "account": "south"}], "gauges": gauges,
            "errors": [{"vendor": "alocom", "account": "south", "message": "credit of alocom: login failed (HTTP 401): wrong username or password"}],
            "coming_days": [(today + datetime.timedelta(days=number)).isoformat() for number in range(30)],
            "alerts": credits.alerts(gauges, credits.THRESHOLDS + ({"vendor": "smspanel", "below": 200_000, "action": "fail"},))}


def attendance_report():
    chance = random.Random(3)
    titles = ("ریاضی پایه دهم", "فیزیک پایه دهم", "شیمی یازدهم", "ادبیات", "English, level 2", "زیست‌شناسی")
    first = ("سارا", "علی", "زهرا", "حسین", "مریم", "رضا", "نگار", "امیر", "لیلا", "Daniel")
    last = ("احمدی", "رضایی", "کریمی", "موسوی", "حسینی", "جعفری")
    people = [{"first_name": chance.choice(first), "last_name": chance.choice(last), "username": "pupil.%02d" % number} for number in range(28)]
    report = {"at": NOW, "from": "2026-10-23", "to": "2026-11-21", "classes": [], "calls": [], "visits": [],
              "errors": [{"account": "north-branch", "message": "there is no class mth-10 (did you mean math-10?)"}]}
    for number, title in enumerate(titles):
        named = {"account": "school", "slug": "class-%d" % number, "title": title}
        report["classes"].append(dict(named, id=number))
        for days in range(number % 3, 30, 3 + number % 3):
            at = "2026-%s" % (datetime.date(2026, 10, 23) + datetime.timedelta(days=days)).strftime("%m-%d")
            there = [person for person in people if chance.random() < 0.72 + 0.05 * number]
            report["calls"].append(dict(named, class_id=number, date=at + "T06:30:00Z", teacher_name="خانم کریمی" if number % 2 else "Mr. Daneshvar",
                                        presents=there, absents=[person for person in people if person not in there]))
            for person in there:
                hour = chance.choice((4, 5, 5, 6, 6, 6, 8, 10, 12, 13))
                report["visits"].append(dict(person, account="school", event_name=title, login_time="%sT%02d:10:00Z" % (at, hour),
                                             exit="%sT%02d:%02d:00Z" % (at, hour + 1, chance.randrange(60))))
    return report


def change(name, action, before=None, after=None, price=None, final=()):
    return {"object": name, "action": action, "place": 0, "state": None, "before": before or {}, "after": after or {}, "final": list(final),
            **({"price": price} if price else {})}


def plan_document():
    """Return a plan of three vendors: people, a class, purchases, texts and what goes; an account lacks money, and one wants a signature."""
    people = [("sara.ahmadi", "سارا", "احمدی", "دبیران"), ("ali.rezaei", "علی", "رضایی", "یازدهم تجربی"), ("taraneh.amini", "ترانه", "امینی", "یازدهم تجربی"),
              ("daniel.k", "Daniel", "Kazemi", "یازدهم تجربی")]
    users = [change(name, "created", after={"username": name, "name": first, "surname": last, "labels": [label]}) for name, first, last, label in people]
    users.append(change("omid.nouri", "updated", {"labels": ["دهم الف"], "password": "********"}, {"labels": ["یازدهم تجربی"], "password": "******** (new)"},
                        final=["passwords"]))
    services = [change("narges.yazdani / 11", "created", after={"username": "narges.yazdani", "service": "11", "pay_plan": "postpaid"}, final=["purchases"],
                       price={"what": "purchase", "amount": 132_000, "vat": 10}),
                change("office-north / سه ماهه ۲۰۰ گیگ", "created", after={"username": "office-north", "service": "سه ماهه ۲۰۰ گیگ", "pay_plan": "prepaid"},
                       final=["purchases"], price={"what": "purchase", "amount": 385_000, "vat": 10, "prepaid": True})]
    texts = [change("term-opens-%d" % number, "created", final=["texts"], price={"what": "text", "parts": 2, "amount": 2_000},
                    after={"recipient": "0912555%04d" % number, "body": "کلاس یازدهم از شنبه ساعت ۸ آغاز می‌شود؛ حضور یکی از اولیا در جلسهٔ نخست لازم است."})
             for number in range(1, 4)]

    def step(vendor, account, kind, changes, unchanged=0, part=None):
        same = {str(place): "-" for place in range(unchanged)}
        return {"vendor": vendor, "account": account, "kind": kind, "part": part, "changes": changes, "unchanged": same}
    paid = change("office-north / 4077", "created", after={"amount": "300,000", "voucher_no": "4077"}, final=["payments"],
                  price={"what": "payment", "amount": 300_000})
    going = [change(name, "deleted", {"username": name}, final=["deletions"]) for name in ("old.pupil", "guest-7")]
    steps = [step("alocom", "school", "labels", [change("یازدهم تجربی", "created", after={"title": "یازدهم تجربی"})], 6),
             step("alocom", "school", "users", users, 195),
             step("alocom", "school", "events", [change("physics-11", "updated", {"members": {}}, {"members": {"omid.nouri": {"role": "participant"}}})], 11),
             step("deltasib", "acme", "payments", [paid]),
             step("deltasib", "acme", "services", services, 158), step("payamsms", "payamsms", "messages", texts),
             step("podspace", "podspace", "organizations", [change("دبیران یازدهم", "created", after={"name": "دبیران یازدهم"})], 3),
             step("alocom", "school", "users", going, 0, "remove")]
    wanted = {"alocom": {"account": "school", "connection": {"api_username": "school"}, "limits": {"deletions": 1}},
              "deltasib": {"account": "acme", "connection": {"api_username": "acme", "api_url": "https://panel.example"},
                           "limits": {"spend": 1_000_000, "approval": True}},
              "payamsms": {"connection": {"api_username": "school"}}, "podspace": {}}
    balances = {("payamsms", "payamsms"): {"left": 4_500}, ("deltasib", "acme"): {"of_subscribers": {"office-north": 20_000}}}
    accounts = desired.accounts([("business.yml", {"panels": wanted})], {})
    made = plans.document(accounts, {}, steps, balances, NOW, "business", None)
    # The key of the secrets is another each time; a picture shall not be.
    return dict(made, plan_digest=plans.digest({"at": NOW, "steps": steps}))


def drift_report():
    """Return a report of drift: a name that differs, somebody gone, somebody too much, an account that could not be compared, one that is as it shall be."""
    place = {"vendor": "alocom", "account": "school"}
    panel = {"ali.rezaei": {"name": "علی", "surname": "رضائی"}, "omid.nouri": {"labels": ["دهم الف"], "enabled": False}}
    file = {"ali.rezaei": {"name": "علی", "surname": "رضایی"}, "omid.nouri": {"labels": ["یازدهم تجربی"], "enabled": True}, "sara.ahmadi": {"name": "سارا"}}
    return drift.gather([
        dict(place, kind="labels", outcome="done", summary={"unchanged": 7}, labels=[]),
        dict(place, kind="users", outcome="done", summary={"unchanged": 196}, users=[], diff={"before": panel, "after": file},
             unmanaged=["old.pupil", "guest-7"]),
        dict(place, kind="events", outcome="done", summary={"unchanged": 12}, events=[],
             unchangeable={"physics-11": {"service": {"before": "کلاس اصلی", "after": "کنفرانس دبیران"}}}),
        {"vendor": "deltasib", "account": "acme", "kind": "services", "outcome": "failed",
         "msg": "services of deltasib: login failed (HTTP 401): wrong username or password"},
        {"vendor": "smspanel", "account": "smspanel", "kind": "phonebooks", "outcome": "done", "summary": {"unchanged": 2}, "phonebooks": [],
         "diff": {"before": {"اولیا": {"numbers": ["09125550111"]}}, "after": {"اولیا": {"numbers": ["09125550111", "09125550112"]}}}},
        {"vendor": "podspace", "account": "podspace", "kind": "members", "outcome": "done", "summary": {"unchanged": 9}, "members": []}], NOW)


def pages(folder):
    """Write the pages and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made, view in (("credit-report", credit_report(), credit), ("attendance", attendance_report(), attendance),
                             ("plan", plan_document(), plan_page), ("drift", drift_report(), drift_page)):
        for code in ("fa", "en"):
            (folder / ("%s.%s.html" % (name, code))).write_text(view.page(made, code), encoding="utf-8")
    return sorted(folder.glob("*.html"))


def main():
    program, tool = find(), pdf_tool("pdftoppm")
    if program is None or tool is None:
        sys.exit("screenshots: Chromium and poppler-utils are needed and cannot be installed here")
    folder, images = ROOT / "build" / "screenshots", ROOT / "docs" / "images"
    shutil.rmtree(folder, ignore_errors=True)
    with Browser(program) as browser:
        for page in pages(folder):
            made = folder / page.stem
            for look, size, dark in (("light", SCREEN, False), ("dark", SCREEN, True), ("phone", PHONE, False)):
                browser.open(page, size, dark).picture("%s.%s.png" % (made, look))
                name = "%s.%s" % (page.stem, look)
                if name in SHOWN:
                    browser.picture(images / (name + ".png"), HIGHEST, 0.75 if size == SCREEN else 1)
            browser.open(page).paper("%s.pdf" % made)
            subprocess.run([tool, "-r", "75", "-png", "%s.pdf" % made, "%s.paper" % made], check=True)
            first = sorted(folder.glob(page.stem + ".paper-*.png"))[0]
            if page.stem + ".paper" in SHOWN:
                shutil.copyfile(first, images / (page.stem + ".paper.png"))
    print("screenshots: %d pictures in build/screenshots, %d of them in docs/images" % (len(list(folder.glob("*.png"))), len(SHOWN)))


if __name__ == "__main__":
    main()
