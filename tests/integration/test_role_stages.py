# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles look before they write, one bad item stops nobody else, and the end is there for people to read."""

from __future__ import annotations

import copy
import csv
import io
import re
import stat

import pytest
from playing import play

USER = {"surname": "احمدی", "labels": ["پایه دهم"]}
TERM = {
    "classroom_service": "کلاس اصلی",
    "classroom_labels": [{"title": "پایه دهم"}, {"title": "پایه دهم"}],
    "classroom_users": [
        {"username": "sara", "name": "سارا", "cellphone": "0912 123 4567", **USER},
        {"username": "sara", "name": "سارا", "cellphone": "+98 912 123 4567", **USER},
        {"username": "ali", "name": "علی", **USER},
        {"username": "0012345678", "name": "رضا", "cellphone": "۰۹۳۵۱۲۳۴۵۶۷", **USER},
    ],
    "classroom_events": [
        {"slug": "physics-10", "title": "فیزیک", "members": [{"username": "sara"}, {"username": "sara"}, {"username": "ali"}, {"username": "0012345678"}]},
        {"slug": "math-10", "title": "ریاضی", "members": [{"username": "ali"}]},
    ],
}
SENDING = {"notify_sender": {"payamsms": "982000123", "smspanel": "30001234"}}


@pytest.fixture
def role(alocom, deltasib, podspace, payamsms, smspanel, tmp_path):
    defaults = {vendor.group: vendor.connection for vendor in (alocom, deltasib, podspace, payamsms, smspanel)}

    def made(name, check=False, **variables):
        given = {"notify_journal": str(tmp_path / "sent.db"), **SENDING, **variables}
        return play([{"name": "role", "ansible.builtin.include_role": {"name": "kariz.panels.%s" % name}}], tmp_path, check=check, verbosity=3,
                    keywords={"module_defaults": defaults}, variables=given)
    return made


def told(played, name):
    return played["kariz.panels.%s : Fail because of what failed, by reason" % name]["msg"]


def reported(played, name):
    return played["kariz.panels.%s : Report" % name]["msg"]


def changed(played):
    return int(re.findall(r"changed=(\d+)", played.output)[-1])


def sheet(path):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and stat.S_IMODE(path.stat().st_mode) == 0o600
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_a_class_with_mistakes(alocom, role):
    """Numbers, labels, members and services are looked at before the first write; who is right gets all of it, and all reasons are told."""
    wrong = copy.deepcopy(TERM)
    wrong["classroom_labels"].append({"title": ""})
    wrong["classroom_users"] += [
        {"username": "short", "name": "ا", "cellphone": "0912", **USER}, {"username": "lost", "name": "ب", "surname": "پ", "labels": ["پایه دهمم"]},
        {"username": "two", "name": "ت", **USER}, {"username": "two", "name": "ث", **USER}]
    wrong["classroom_events"][0]["members"] += [{"username": "short"}, {"username": "nobody"}]
    wrong["classroom_events"] += [{"slug": "art-10", "title": "هنر", "service": "کلاس اصل"}, {"slug": "a b", "title": "ج"}]
    looked = role("classroom", check=True, classroom_purge=True, **wrong).failed()
    assert alocom.writes() == []
    done = role("classroom", classroom_purge=True, **wrong).failed()
    assert told(looked, "classroom") == told(done, "classroom")
    lines = told(done, "classroom")
    for name, reason in (("short", "cellphone: must be a mobile number such as 09121234567, not '0912'"), ("two", "each saying something else"),
                         ("lost", "there is no label پایه دهمم (did you mean پایه دهم?)"), ("physics-10", "members: there is no user short, nobody"),
                         ("art-10", "کلاس اصل"), ("a b", "slug: must be of Latin letters"), ("item 3", "title (or id) is required and must not be empty"),
                         ("", "nothing was purged because of that")):
        assert [line for line in lines if name in line and reason in line], (name, reason, lines)
    assert sorted(alocom.users()) == ["0012345678", "ali", "sara"] and sorted(alocom.events()) == ["math-10", "physics-10"]
    members = {slug: {one["username"] for one in row["members"]} for slug, row in alocom.events().items()}
    assert members == {"physics-10": {"ali", "sara", "0012345678"}, "math-10": {"ali"}}, members
    report = reported(done, "classroom")
    assert report[:2] == ["labels: 1 made, 1 refused", "  refused: item 3"] and "users: 3 made, 3 refused" in report
    assert "events: 2 made, 2 refused" in report and "  refused: a b, art-10" in report
    # Put right, the rest follows, and nothing is done again.
    wrong["classroom_labels"].pop()
    wrong["classroom_users"][4]["cellphone"] = "09121234568"
    wrong["classroom_users"][5]["labels"] = ["پایه دهم"]
    wrong["classroom_users"].pop()
    wrong["classroom_events"][0]["members"].pop()
    wrong["classroom_events"][2]["service"] = "کلاس اصلی"
    wrong["classroom_events"].pop()
    done = role("classroom", **wrong).ok()
    assert reported(done, "classroom") == ["labels: 1 as they were", "users: 3 made, 3 as they were", "events: 1 made, 1 changed, 1 as they were",
                                           "  changed: physics-10"]
    assert sorted(alocom.events()) == ["art-10", "math-10", "physics-10"]
    alocom.clear_journal()
    assert changed(role("classroom", **wrong).ok()) == 0 and alocom.writes() == []


def test_sheets_and_who_is_not_invited(alocom, payamsms, role, tmp_path):
    """Passwords that the vendor chooses, and links, as a sheet for each class; who is not invited is named; a second run changes none of it."""
    given = dict(TERM, classroom_invite=True, classroom_secrets_path=str(tmp_path / "secrets/term.yml"))
    # A member who was made elsewhere: no number is known of her.
    alocom.seed("users", 1, prefix="guest")
    given["classroom_events"] = copy.deepcopy(TERM["classroom_events"])
    given["classroom_events"][1]["members"].append({"username": "guest-00001"})
    missing = role("classroom", **{**given, "notify_sender": "{{ omit }}", "classroom_secrets_path": "/proc/nowhere/secrets.yml"}).failed()
    assert "cannot be written" in missing.output and alocom.writes() == []
    looked = role("classroom", check=True, **given).ok()
    assert alocom.writes() == [] and payamsms.sent() == [] and not (tmp_path / "secrets").exists()
    done = role("classroom", **given).ok()
    assert changed(looked) == changed(done)
    assert sorted(payamsms.sent()) == ["classroom-physics-10-0012345678", "classroom-physics-10-sara"]
    rows = {row["نام کاربری (username)"]: row for row in sheet(tmp_path / "secrets/term-physics-10.csv")}
    # A username of digits stays whole in a spreadsheet.
    assert set(rows) == {"sara", "ali", '="0012345678"'}
    sara = rows["sara"]
    assert sara["موبایل (mobile)"] == "0912 123 4567" and "/physics-10?token=" in sara["پیوند ورود (entry link)"] and sara["پیامک (message)"] == "sent"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d", sara["زمان به وقت تهران (Tehran)"])
    assert re.fullmatch(r"1[45]\d\d/\d\d/\d\d \d\d:\d\d", sara["تاریخ شمسی (Jalali)"])
    password = sara["گذرواژه (password)"]
    assert len(password) >= 6 and password not in done.output and "token=" not in done.output and rows["ali"]["پیوند ورود (entry link)"] == ""
    assert [row["نام کاربری (username)"] for row in sheet(tmp_path / "secrets/term-math-10.csv")] == ["ali", "guest-00001"]
    report = reported(done, "classroom")
    assert "not invited: no mobile number: ali (physics-10), ali (math-10)" in report
    assert "not invited: not among the users of the role, so no mobile number is known: guest-00001 (math-10)" in report
    assert [line for line in report if line.endswith("term-physics-10.csv: passwords and links of 3 people")]
    before = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    alocom.clear_journal()
    again = role("classroom", **given).ok()
    assert changed(again) == 0 and alocom.writes() == [] and len(payamsms.sent()) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()} == before


PEOPLE = [{"username": "u%d" % number, "password": "secret-%d" % number, "mobile": "0912 000 000%d" % number, "service": "11", "pay_plan": "prepaid",
           "payments": [{"voucher_no": str(number), "amount": "130,000", "currency_id": "1"}]} for number in range(1, 6)]


def test_subscribers_with_mistakes_and_a_credit(deltasib, payamsms, role, tmp_path):
    """Nothing is paid when the credit does not cover the list; a wrong voucher, day, number, and a line twice stop nobody else."""
    given = {"subscriber_welcome": True, "subscriber_secrets_path": str(tmp_path / "secrets.yml"), "subscriber_users": copy.deepcopy(PEOPLE)}
    people = given["subscriber_users"]
    for check in (True, False):
        short = role("subscriber", check=check, subscriber_credit=600000, **given).failed()
        assert "come to 650000, and subscriber_credit says that 600000 are left; nothing was done" in short.output and deltasib.writes() == []
    people.append(dict(people[0], mobile="+98 912 000 0001"))
    people[1]["payments"][0].update(voucher_date="1404/13/45")
    people[2]["payments"][0].update(voucher_no="12-x")
    people[3]["mobile"] = "0912"
    people += [dict(people[4], username="twice"), dict(people[4], username="twice", mobile="09121234567"), {"username": "a'b", "password": "x"}]
    looked = role("subscriber", check=True, subscriber_credit=390000, **given).failed()
    assert deltasib.writes() == []
    done = role("subscriber", subscriber_credit=390000, **given).failed()
    lines = told(done, "subscriber")
    assert told(looked, "subscriber") == lines
    for name, reason in (("2", "there is no day 1404/13/45"), ("12-x", "voucher_no: must be a number"), ("u4", "mobile is no mobile number"),
                         ("twice", "it stands there 2 times, each saying something else"), ("a'b", "username")):
        assert [line for line in lines if name in line and reason in line], (name, reason, lines)
    assert sorted(deltasib.users()) == ["u1", "u2", "u3", "u4", "u5"]
    assert [len(deltasib.vouchers(name)) for name in sorted(deltasib.users())] == [1, 0, 0, 1, 1]
    assert [len(deltasib.bought(name)) for name in sorted(deltasib.users())] == [1, 0, 0, 1, 1]
    report = reported(done, "subscriber")
    assert "subscribers: 5 made, 2 refused" in report and "payments: 3 made, 2 refused" in report and "services: 3 made" in report
    assert "no welcome: mobile is no mobile number: u4" in report and len(payamsms.sent()) == 4
    rows = sheet(tmp_path / "secrets-subscribers.csv")
    assert [row["گذرواژه (password)"] for row in rows] == ["secret-%d" % number for number in range(1, 6)]
    assert "secret-1" not in done.output + looked.output


def test_a_space_that_cannot_be(podspace, role):
    """A space that is refused, a member of a space that is nowhere, and a role that is none keep nobody else back."""
    wanted = {"organization_space_organizations": [{"name": "پژوهش"}, {"name": "حقوقی", "description": "ح"}, {"name": ""}],
              "organization_space_members": [
                  {"organization": "پژوهش", "person": "z.karimi"}, {"organization": "پژوهشش", "person": "h.rezaei"}, {"organization": "حقوقی", "person": " "},
                  {"organization": "حقوقی", "person": "h.rezaei"}, {"organization": "حقوقی", "person": "h.rezaei"}]}
    podspace.fault("status", status=200, body={"hasError": True, "errorCode": 999, "message": "..."}, times=1,
                   match_body=podspace.of("create_organization", "(?=.*name=%D9%BE)"))
    done = role("organization_space", **wanted).failed()
    lines = told(done, "organization_space")
    for name, reason in (("پژوهش", "UNKNOWN_ERROR"), ("z.karimi", "پژوهش"), ("h.rezaei", "پژوهشش"), ("item 3", "person"), ("item 3", "name")):
        assert [line for line in lines if name in line and reason in line], "\n".join([name, reason, *lines])
    assert podspace.members("حقوقی") == {"kariz.company": "OWNER", "h.rezaei": "GUEST"} and "پژوهش" not in podspace.spaces()
    report = reported(done, "organization_space")
    assert "spaces: 1 made, 2 refused" in report and "people: 1 made, 3 refused" in report
    wanted["organization_space_organizations"].pop()
    wanted["organization_space_members"] = wanted["organization_space_members"][:1] + wanted["organization_space_members"][3:]
    role("organization_space", **wanted).ok()
    assert podspace.members("پژوهش") == {"kariz.company": "OWNER", "z.karimi": "GUEST"}
