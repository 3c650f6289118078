# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib read: info modules, login, the credit lookup, subscribers as an inventory."""

from __future__ import annotations

import json

import pytest
from conftest import PASSWORD
from playing import program

MODULES = {
    "user_info": "kariz.panels.deltasib_user_info",
    "service_info": "kariz.panels.deltasib_service_info",
    "user_service_info": "kariz.panels.deltasib_user_service_info",
    "payment_info": "kariz.panels.deltasib_payment_info",
    "session_info": "kariz.panels.deltasib_session_info",
    "credit_info": "kariz.panels.deltasib_credit_info",
    "login": "kariz.panels.deltasib_login",
}
INJECTION = "x' or 1=1 --"
GIGA = 1024**3
pytestmark = pytest.mark.seed("default", vendor="deltasib")


def task(module, task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, MODULES[module]: options, "ignore_errors": True, **more}


def test_infos(deltasib, run_deltasib, door):
    played = run_deltasib(
        [
            task("user_info", "all"),
            task("user_info", "one", username="ZAHRA.karimi", with_status=True),
            task("user_info", "some", usernames=["ali.mohammadi", "no"]),
            task("user_info", "by id", user_id="1003"),
            task("user_info", "family", family="کریمی"),
            task("user_info", "own filter", filter="User_Id>1005 or User_Id=1001"),
            task("user_info", "both", name="زهرا", filter="User_Id>1005 or User_Id=1001"),
            task("user_info", "query", query="[?family=='محمدی'].username"),
            task("service_info", "catalogue"),
            task("service_info", "sold", type="Base", enabled=True, reseller_choosable=True, query="[].id"),
            task("service_info", "by name", name="نام\u062dدود"),
            task("service_info", "service by id", id="21"),
            task("user_service_info", "services", usernames=["zahra.karimi", "reza.mousavi"], with_names=True),
            task("user_service_info", "none", username="zahra.karimi", status=["cancel"]),
            task("payment_info", "payments", username="zahra.karimi"),
            task("payment_info", "voucher", username="zahra.karimi", voucher_no="۰۸۸۱۰۰۱"),
            task("payment_info", "by type", user_id="1001", payment_type="cash"),
            task("session_info", "online"),
            task("session_info", "his", username="ali.mohammadi"),
            task("session_info", "port", nas_id="2"),
            task("credit_info", "credit", usernames=["ali.mohammadi", "narges.yazdani", "maryam.hosseini"]),
            task("credit_info", "credit by id", user_id="1004"),
        ],
        door,
        check=True,
    ).ok()
    for line in played.lines:
        assert line["kind"] == "ok" and line["result"]["changed"] is False, line
    assert deltasib.writes() == []
    assert len(played["all"]["users"]) == 7 and played["one"]["users"][0]["status"] == "فعال" and played["one"]["users"][0]["id"] == 1001
    assert [row["id"] for row in played["some"]["users"]] == [1002] and played["by id"]["users"][0]["username"] == "maryam.hosseini"
    assert [row["id"] for row in played["family"]["users"]] == [1001] and [row["id"] for row in played["own filter"]["users"]] == [1001, 1006, 1007]
    # The user's alternatives stay behind the typed options.
    assert [row["id"] for row in played["both"]["users"]] == [1001] and played["query"]["users"] == ["ali.mohammadi"]
    assert len(played["catalogue"]["services"]) == 8 and played["sold"]["services"] == [11, 12, 13, 14]
    assert [row["id"] for row in played["by name"]["services"]] == [13] and played["service by id"]["services"][0]["type"] == "IP"
    assert [(row["username"], row["service"], row["status"]) for row in played["services"]["services"]] == [
        ("zahra.karimi", "یک ماهه ۵۰ گیگ", "Active"),
        ("reza.mousavi", "یک ماهه ۵۰ گیگ", "Active"),
    ]
    assert played["none"]["services"] == []
    assert [row["payment_type"] for row in played["payments"]["payments"]] == ["cash", "addservice"]
    assert played["voucher"]["payments"][0]["amount"] == 120000 and played["by type"]["payments"][0]["voucher_no"] == "881001"
    assert len(played["online"]["sessions"]) == 4 and [row["nas_id"] for row in played["his"]["sessions"]] == [1, 2] and len(played["port"]["sessions"]) == 1
    ali, narges, maryam = played["credit"]["credits"]
    assert ali["traffic"]["service"] == {"remaining": 197 * GIGA, "used": 3 * GIGA, "total": 200 * GIGA, "unlimited": False}
    assert ali["time"]["service"]["unlimited"] is True and ali["time"]["service"]["remaining"] is None and ali["gift"]["traffic"] == 5 * GIGA
    assert ali["start"] == "1404/04/26" and ali["start_iso"] == "2025-07-17" and ali["end_iso"].startswith("2025-10-15T") and ali["fields"]["ETrR"] == 10 * GIGA
    assert narges["active"] is False and narges["service_name"] is None and maryam["traffic"]["service"]["unlimited"] is True
    assert played["credit by id"]["credits"][0]["time"]["service"]["total"] == 180 * 3600


def test_wrong_questions(deltasib, run_deltasib, door):
    wrong = [
        task("user_info", "username", username=INJECTION),
        task("user_info", "usernames", usernames=["ok", INJECTION]),
        task("user_info", "family", family="a'b"),
        task("user_info", "family pattern", family="%"),
        task("user_info", "user_id", user_id="1 or 1=1"),
        task("service_info", "id", id="x"),
        task("user_service_info", "service", username=INJECTION),
        task("payment_info", "payment", username=INJECTION),
        task("payment_info", "whose"),
        task("session_info", "session", usernames=[INJECTION]),
        task("session_info", "nas", nas_id="1 or 1=1"),
        task("credit_info", "credit", username=INJECTION),
        task("user_info", "two", username="a", user_id="1"),
        task("user_info", "query", query="[?"),
    ]
    played = run_deltasib(wrong, door).ok()
    for step in wrong:
        assert played.kinds(step["name"]) == ["failed"], step["name"]
    assert [entry["operation"] for entry in deltasib.journal()] == []
    strangers = [task(module, module, username="stranger") for module in ("user_service_info", "payment_info", "session_info", "credit_info")]
    played = run_deltasib([*strangers, task("user_info", "filter", filter="nonsense ="), task("user_info", "nobody", username="stranger")], door).ok()
    for step in strangers:
        assert "stranger" in played[step["name"]]["msg"] or played[step["name"]]["error"]["code"] == -4, step["name"]
    assert played["filter"]["error"]["code"] == -5 and played["nobody"]["users"] == []


def test_login(deltasib, run_deltasib, door):
    only = {"api_url": deltasib.url, "ca_path": deltasib.connection["ca_path"], "api_token": "{{ entry.token }}"}
    played = run_deltasib(
        [
            {"name": "login", MODULES["login"]: {}, "register": "entry"},
            {"name": "told", "ansible.builtin.debug": {"msg": "{{ [entry.token | length > 100, entry.expires_in, entry.changed] }}"}},
            {"name": "use", MODULES["service_info"]: only},
        ],
        door,
        verbosity=3,
    ).ok()
    long, seconds, changed = played["told"]["msg"]
    assert long is True and 590 <= seconds <= 600 and changed is False
    assert deltasib.summary()["logins"] == 1 and len(played["use"]["services"]) == 8
    assert deltasib.dump()["tokens"][0] not in played.output + str(played.lines) and PASSWORD not in played.output


def lookup(*terms, **options):
    given = "".join(", %s=%s" % (name, json.dumps(value)) for name, value in options.items())
    return "{{ query('kariz.panels.deltasib_credit', %s%s) }}" % (", ".join(json.dumps(term) for term in terms), given)


def test_lookup(deltasib, run_deltasib):
    played = run_deltasib(
        [
            {"name": "credits", "ansible.builtin.debug": {"msg": lookup("maryam.hosseini", "zahra.karimi")}},
            {"name": "injection", "ansible.builtin.debug": {"msg": lookup(INJECTION)}, "ignore_errors": True},
            {"name": "stranger", "ansible.builtin.debug": {"msg": lookup("stranger")}, "ignore_errors": True},
            {"name": "own password", "ansible.builtin.debug": {"msg": lookup("zahra.karimi", api_password="not-this-one")}, "ignore_errors": True},
        ],
        environment=deltasib.environment,
    ).ok()
    first, second = played["credits"]["msg"]
    assert first["traffic"]["service"]["unlimited"] is True and second["traffic"]["service"]["remaining"] == 29 * GIGA
    assert second["end_iso"].startswith("2025-10-14T")
    for name in ("injection", "stranger", "own password"):
        assert played.kinds(name) == ["failed"], name
    assert "quote" in played.output and "there is no subscriber stranger" in played.output and "not-this-one" not in played.output
    # One login, one look-up and one read a term; nothing of the injection went out.
    assert deltasib.operations()[:4] == ["auth.gettoken", "user.list", "user.creditinfo", "user.creditinfo"]
    assert not [entry for entry in deltasib.journal() if "1=1" in str(entry)]


def inventory(deltasib, folder, text="", environment=None):
    source = folder / "isp.deltasib.yml"
    source.write_text("plugin: kariz.panels.deltasib\n" + text, encoding="utf-8")
    done = program("ansible-inventory", ["-i", source, "--list"], folder, {
        **(deltasib.environment if environment is None else environment), "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"})
    # Text that came from the vendor is marked, so that nobody takes it for a template.

    def plain(value):
        return value["__ansible_unsafe"] if set(value) == {"__ansible_unsafe"} else value

    return json.loads(done.stdout, object_hook=plain) if done.returncode == 0 else done.stderr


def test_inventory(deltasib, tmp_path):
    found = inventory(
        deltasib,
        tmp_path,
        (
            "compose:\n  gigabytes: ((traffic.service.remaining or 0) / 1024 ** 3) | round(1)\nkeyed_groups:\n  - key: family\n    prefix: family\n"
            "groups:\n  running_out: active and not traffic.service.unlimited and traffic.service.remaining < 2 * 1024 ** 3\nstrict: true\n"
        ),
    )
    hosts = found["_meta"]["hostvars"]
    assert set(hosts) == set(deltasib.users()) and hosts["zahra.karimi"]["gigabytes"] == 29.0
    assert hosts["ali.mohammadi"]["status"] == "فعال" and len(hosts["ali.mohammadi"]["sessions"]) == 2
    assert found["deltasib_service_یک_ماهه_۵۰_گیگ"]["hosts"] == ["zahra.karimi", "reza.mousavi"]
    assert found["deltasib_status_تعلیق"]["hosts"] == ["reza.mousavi"] and found["running_out"]["hosts"] == ["reza.mousavi"]
    assert found["deltasib_service_none"]["hosts"] == ["narges.yazdani", "amir.kazemi"] and found["family_کریمی"]["hosts"] == ["zahra.karimi"]
    # One read a kind, and one a subscriber only for the status, of which there is no list.
    assert deltasib.summary()["operations"] == {"auth.gettoken": 1, "user.list": 1, "user.creditinfo": 1, "user.status.currentstatus": 7, "radius.list": 1}
    deltasib.clear_journal()
    deltasib.settings(creditinfo_user="required")
    alone = inventory(deltasib, tmp_path, "with_status: false\nwith_sessions: false\n")
    # The same refusal may mean that Field is wanted, which is tried once; then each subscriber is asked for.
    assert alone["_meta"]["hostvars"]["zahra.karimi"]["traffic"] == hosts["zahra.karimi"]["traffic"]
    assert deltasib.summary()["operations"] == {"auth.gettoken": 1, "user.list": 1, "user.creditinfo": 9}


def test_inventory_cache_and_many(deltasib, tmp_path):
    deltasib.seed("users", 500, prefix="many", service=12)
    cache = "with_status: false\ncache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: %s\n" % (tmp_path / "cache")
    first = inventory(deltasib, tmp_path, cache)
    assert len(first["_meta"]["hostvars"]) == 507
    # 507 rows by a hundred, pages overlapping by one.
    assert deltasib.summary()["operations"] == {"auth.gettoken": 1, "user.list": 6, "user.creditinfo": 6, "radius.list": 1}
    deltasib.clear_journal()
    assert inventory(deltasib, tmp_path, cache) == first and deltasib.journal() == []
    kept = list((tmp_path / "cache").iterdir())
    assert kept
    for path in kept:
        assert PASSWORD not in path.read_text(encoding="utf-8")
    wrong = inventory(deltasib, tmp_path, "api_password: not-this-one\n")
    assert "Invalid key" in wrong and "not-this-one" not in wrong
