# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every guide does what it says: its code runs as it is written, a second time without a change, and the Persian one has the same code."""

from __future__ import annotations

import json
import re
import shutil

import guides
import pytest
from playing import ROOT, accounts


def persian(path):
    return path.with_name(path.name[:-3] + ".fa.md")


GUIDES = sorted(path for path in (ROOT / "docs/guides").glob("*.md") if not path.name.endswith(".fa.md") and path.name != "README.md")
PAIRS = [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").rglob("*.md") if persian(path).exists() and path.parent.name != "site")]
#: What goes deeper; the journal's example settles a text of the one before.
REFERENCES = [ROOT / "docs" / name for name in ("messages.md", "journal.md", "deltasib.md", "podspace.md", "business.md", "errors.md")]


def names(rows, key):
    return sorted(row[key] for row in rows)


def alocom(held, folder):
    titles = names(held["alocom"]["labels"], "title")
    assert "یازدهم تجربی" in titles and "دبیران فیزیک" in titles and "دهم تجربی" not in titles
    people = {row["username"]: row for row in held["alocom"]["users"]}
    assert "omid.nouri" not in people and people["ali.rezaei"]["cellphone"] == "09351234567"
    # Of the files of the office, whatever their columns are called, and who stayed of the first of them.
    imported = {name: (people[name]["surname"], people[name]["cellphone"]) for name in ("hanieh.sadeghi", "roya.kiani", "sina.moradi")}
    assert imported == {"hanieh.sadeghi": ("صادقی", "09121234570"), "roya.kiani": ("کیانی", "09121234571"), "sina.moradi": ("مرادی", "09351234572")}
    [event] = [row for row in held["alocom"]["events"] if row["slug"] == "physics-11"]
    assert sorted((row["username"], row["role"]) for row in event["members"]) == [
        ("ali.rezaei", "participant"), ("nima.karimi", "participant"), ("sara.ahmadi", "teacher")]
    assert (folder / "links.yml").read_text(encoding="utf-8").count("entry_link") == 3
    # Who came with the spreadsheet has a password that the vendor told nobody.
    assert (folder / "first-passwords.yml").read_text(encoding="utf-8").count("password:") == 3


def deltasib(held, folder):
    booked = [row for row in held["deltasib"]["payments"] if row["VoucherNo"].startswith("1405")]
    assert sorted((row["Username"], row["Price"]) for row in booked) == [("cafe.rose", 330000), ("sara.ahmadi", 120000)]
    bought = sorted((row["Username"], row["Service_Id"], row["ServiceStatus"]) for row in held["deltasib"]["bought"])
    assert [row for row in bought if row[0] in ("sara.ahmadi", "cafe.rose", "zahra.karimi")] == [
        ("cafe.rose", 12, "Active"), ("sara.ahmadi", 11, "Active"), ("zahra.karimi", 11, "Cancel"), ("zahra.karimi", 13, "Active")]
    statuses = {row["Username"]: row["Status_Id"] for row in held["deltasib"]["users"]}
    assert (statuses["narges.yazdani"], statuses["reza.mousavi"]) == (2, 1)
    assert "ali.mohammadi" not in names(held["deltasib"]["sessions"], "Username")


def podspace(held, folder):
    spaces = {row["name"]: set(row["members"]) for row in held["podspace"]["organizations"]}
    assert spaces["پژوهش"] == {"kariz.company", "z.karimi", "a.mohammadi"} and spaces["حقوقی"] == {"kariz.company", "r.mousavi"}
    [link] = [row for row in held["podspace"]["shares"] if row["entity"] == "MJFUD5GCY4KQP5FK"]
    assert link["person"] is None and link["password"] == (folder / "link-password").read_text(encoding="utf-8").strip()
    assert len(held["podspace"]["invoices"]) == 1


def payamsms(held, folder):
    assert names(held["payamsms"]["messages"], "customerId") == ["physics-exam-ali", "physics-exam-nima", "welcome-1405-ali", "welcome-1405-nima"]
    assert held["payamsms"]["balance"] == 100_000_000 - 2 * 1000


def smspanel(held, folder):
    assert len(held["smspanel"]["messages"]) == 3
    assert {row["name"]: len(row["numbers"]) for row in held["smspanel"]["phonebooks"]} == {"اولیای دهم": 3, "همکاران": 1}


def classroom(held, folder):
    assert len(held["payamsms"]["messages"]) == 4 == len(set(names(held["payamsms"]["messages"], "customerId")))
    assert "physics-10" not in names(held["alocom"]["events"], "slug") and "دهم تجربی" not in names(held["alocom"]["labels"], "title")
    people = names(held["alocom"]["users"], "username")
    assert "sara.ahmadi" in people and not {"ali.rezaei", "hanieh.sadeghi", "nima.karimi"} & set(people)


def subscriber(held, folder):
    assert names((row for row in held["deltasib"]["payments"] if row["VoucherNo"].startswith("1405")), "VoucherNo") == ["140507120001", "140508120017"]
    assert len(held["payamsms"]["messages"]) == 2
    assert {row["Status_Id"] for row in held["deltasib"]["users"] if row["Username"] == "cafe.rose"} == {2}
    assert [row["ServiceStatus"] for row in held["deltasib"]["bought"] if row["Username"] == "ali.mohammadi"] == ["Cancel"]


def organization_space(held, folder):
    spaces = {row["name"]: set(row["members"]) for row in held["podspace"]["organizations"]}
    assert spaces["پژوهش"] == {"kariz.company", "z.karimi"} and spaces["حقوقی"] == {"kariz.company", "r.mousavi", "a.mohammadi"}
    assert "فروش تهران" not in spaces
    assert [row["person"] for row in held["podspace"]["shares"] if row["entity"] == "MJFUD5GCY4KQP5FK"] == ["r.mousavi"]


def notify(held, folder):
    assert len(held["payamsms"]["messages"]) == 6 and held["smspanel"]["messages"] == []
    assert "خانوادهٔ کریمی گرامی، شهریهٔ مهر ۶۵۰٬۰۰۰ تومان است." in names(held["payamsms"]["messages"], "body")


def credit_report(held, folder):
    for place in ("credit", "subscribers"):
        assert {"credit-report.fa.html", "credit-report.en.html", "credit-report.json"} <= {path.name for path in (folder / place).iterdir()}
    assert len(held["payamsms"]["messages"]) == 1


def business(held, folder):
    assert "physics-10" not in names(held["alocom"]["events"], "slug") and "ali.rezaei" not in names(held["alocom"]["users"], "username")
    assert "آموزشگاه" in names(held["podspace"]["organizations"], "name")
    assert json.loads((folder / "drift.json").read_text(encoding="utf-8"))["differs"] is False
    assert all((folder / path).exists() for path in ("today/alocom-alocom.yml", "credit/credit-report.fa.html", "mehr/attendance.csv"))


def plan(held, folder):
    made = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert "یازدهم تجربی" in names(held["alocom"]["labels"], "title") and {"omid.nouri", "taraneh.amini"} <= set(names(held["alocom"]["users"], "username"))
    # Bought, sent and told once, although it was run twice.
    assert [row["Service_Id"] for row in held["deltasib"]["bought"] if row["Username"] == "narges.yazdani"] == [11]
    assert names(held["payamsms"]["messages"], "customerId") == ["term-opens-1405"] and held["payamsms"]["balance"] == 100_000_000 - 1000
    assert (folder / "passwords.yml").read_text(encoding="utf-8").count("password:") == 2
    assert "%s" % made["plan_digest"][:4] in (folder / "reports/plan.fa.html").read_text(encoding="utf-8") and (folder / "reports/drift.en.html").exists()


def on_call(held, folder):
    sent = [(row["customerId"], row["recipient"]) for row in held["payamsms"]["messages"]]
    assert ("shift-1405-09-1-sara", "989121234567") in sent and len(sent) == 2
    assert json.loads((folder / "drift.json").read_text(encoding="utf-8"))["differs"] is True
    assert (folder / "on-call/credit-report.fa.html").exists()


#: What the vendors hold when somebody has done all that a guide says.
HOLDS = {check.__name__: check for check in (
    alocom, deltasib, podspace, payamsms, smspanel, classroom, subscriber, organization_space, notify, credit_report, business, plan, on_call)}


def run_elsewhere(path):
    """Return the test that a guide says runs its code."""
    found = guides.ELSEWHERE.search(path.read_text(encoding="utf-8"))
    return found and ROOT / found.group(1)


@pytest.mark.parametrize("guide", PAIRS, ids=lambda path: path.stem)
def test_a_guide_in_both_languages(guide):
    """The same code but for comments, each text names the other, and a link of a Persian text leads to a Persian one where there is one."""
    other = persian(guide)
    ours, theirs = guide.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
    assert [block.code for block in guides.blocks(guide)] == [block.code for block in guides.blocks(other)]
    assert "(%s)" % other.name in ours and "(%s)" % guide.name in theirs
    for text, path in ((ours, guide), (theirs, other)):
        links = [link.partition("#")[0] for link in re.findall(r"\]\((?!https?:)([^)#]+)", text)]
        assert [link for link in links if not (path.parent / link).exists()] == [], path.name
    english = [link for link in re.findall(r"\]\(([^)#]+\.md)", theirs) if not link.endswith(".fa.md") and link != guide.name]
    assert [link for link in english if persian(other.parent / link).exists()] == []
    elsewhere = run_elsewhere(guide)
    assert elsewhere is None or guide.name in elsewhere.read_text(encoding="utf-8")


def test_every_vendor_and_role_has_a_guide():
    roles = {path.parent.name for path in (ROOT / "roles").glob("*/tasks")}
    assert {*accounts.ACCOUNTS, *roles} <= {path.stem for path in GUIDES}
    for index in (ROOT / "docs/guides/README.md", ROOT / "docs/guides/README.fa.md"):
        text = index.read_text(encoding="utf-8")
        assert [path.name for path in GUIDES if "(%s" % path.stem not in text] == []


@pytest.mark.parametrize("guide", [
    pytest.param(path, id=path.stem, marks=pytest.mark.platform if path.stem == "molecule" else ())
    for path in (ROOT / "README.md", *GUIDES) if not run_elsewhere(path)])
def test_a_guide_does_what_it_says(guide, sim, tmp_path):
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default")
    environment = {**accounts.credentials(sim), "KARIZ_JOURNAL": str(tmp_path / "journal.db"), "MY_ALOCOM_USER": "kariz-demo",
                   "MY_ALOCOM_PASSWORD": "kariz-demo-pass",
                   # Where the role "simulator" remembers the one it started, instead of the home of whoever runs the tests.
                   **({"MOLECULE_EPHEMERAL_DIRECTORY": str(tmp_path / "simulated")} if guide.stem == "simulator" else {})}
    vault = {"vault_zahra": "word-of-zahra", "vault_pod_token": "kariz-demo-token", "vault_pod_key": "kariz-demo-key",
             "pod_services": json.loads(environment["PODSPACE_API_SERVICES"])}
    shutil.copy(ROOT / "playbooks/vars/demo_term.yml", tmp_path / "term.yml")
    reader = guides.Reader(tmp_path, environment, vault)
    reader.follow(guide)
    assert reader.again == []
    assert reader.first != []
    assert [entry for entry in sim.journal() if entry["request_errors"]] == []
    if guide.stem in HOLDS:
        HOLDS[guide.stem]({name: sim.dump(name) for name in accounts.ACCOUNTS}, tmp_path)


def test_the_code_of_references(sim, tmp_path):
    """It runs as it is written, in one folder; addresses and folders are those of the test."""
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default", **({"username": "reseller"} if vendor == "deltasib" else {}))
    environment = {**accounts.credentials(sim), "KARIZ_JOURNAL": str(tmp_path / "journal.db"), "DELTASIB_API_USERNAME": "reseller"}
    keys = sim.dump("podspace")["services"]
    vault = {"vault_reseller_password": "kariz-demo-pass", "vault_zahra": "word-of-zahra", "vault_pod_token": "kariz-demo-token",
             "vault_pod_key": "kariz-demo-key", "vault_pod_edit_key": keys["edit_organization"]["api_key"], "vault_link_password": "word-of-link"}
    places = [("https://10.0.0.5:1043", sim.url("deltasib")), ("/etc/ssl/deltasib.pem", sim.ready["deltasib_ca"]), ("/srv/reports", str(tmp_path)),
              ("/var/lib/school", str(tmp_path)), ("/var/lib/kariz", str(tmp_path))]
    shutil.copy(ROOT / "playbooks/vars/business.yml", tmp_path / "business.yml")
    reader = guides.Reader(tmp_path, environment, vault, places, again=False)
    for reference in REFERENCES:
        reader.follow(reference)
    assert len(reader.first) >= 10
    assert [entry for entry in sim.journal() if entry["request_errors"]] == []
