# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All 19 services from a playbook, the error dictionary in words, product ids and keys, information, invoices, secrets."""

from __future__ import annotations

import base64
import json
import os
from urllib.parse import quote, quote_plus

import pytest
from conftest import KEY, TOKEN
from jobs import carry_out

FOLDER, FILE = "kariz.panels.podspace_folder_share", "kariz.panels.podspace_file_share"
MEMBER, ORGANIZATION, INVOICE = "kariz.panels.podspace_organization_member", "kariz.panels.podspace_organization", "kariz.panels.podspace_invoice"
SPACES, SHARES, PLANS = "kariz.panels.podspace_organization_info", "kariz.panels.podspace_share_info", "kariz.panels.podspace_plan_info"
BACK = "https://company.example.ir/paid"
#: The vendor's own key of a service, given in the map, as awkward as the others.
OWN = "ow%43/\"q'\\+کلید<>=canary"


def task(task_name, module, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, module: options, "ignore_errors": True, **more}


def everything(podspace):
    """Return tasks that reach every service of the vendor's document, each at least once."""
    folder, file = podspace.entity("قراردادها"), podspace.entity("گزارش سالانه.pdf")
    return [
        task("make", ORGANIZATION, name="پژوهش"), task("describe", ORGANIZATION, name="پژوهش", description="x"),
        task("add", MEMBER, organization="پژوهش", person="z.karimi"), task("role", MEMBER, organization="پژوهش", person="z.karimi", role="maintainer"),
        task("out", MEMBER, organization="پژوهش", person="z.karimi", state="absent"), task("delete", ORGANIZATION, name="پژوهش", state="absent"),
        task("folder", FOLDER, folder_hash=folder, public=True, password="رمز-یک"), task("file", FILE, file_hash=file, public=True, password="رمز-دو"),
        task("unshare", FOLDER, folder_hash=folder, public=True, state="absent"),
        task("spaces", SPACES, with_members=True), task("of folder", SHARES, folder_hash=podspace.entity("گزارش‌ها")),
        task("of file", SHARES, file_hash=file), task("with me", SHARES, shared_with_me=True),
        task("plans", PLANS), task("buy", INVOICE, plan="سازمانی پانصد گیگ", redirect_url=BACK)]


@pytest.mark.smoke
def test_all_nineteen_services(podspace, pod, door):
    played = pod(everything(podspace), door).ok()
    assert set(podspace.operations()) == set(podspace.services) and len(podspace.services) == 19
    assert all(played[item["name"]]["changed"] for item in everything(podspace)[:9])
    assert podspace.summary()["request_errors"] == 0
    spaces = {row["name"]: row for row in played["spaces"]["organizations"]}
    assert spaces["فروش"]["role"] == "owner" and {"username": "z.karimi", "role": "maintainer"}.items() <= next(
        row for row in spaces["فروش"]["members"] if row["username"] == "z.karimi").items()
    above = {row["person"]: row["inherited_from"] for row in played["of folder"]["shares"] if not row["public"]}
    assert above == {"h.rezaei": podspace.entity("اسناد شرکت"), "z.karimi": None}
    assert {row["entity_name"]: row["entity_kind"] for row in played["with me"]["shares"]} == {"لیست قیمت.pdf": "file", "کاتالوگ": "folder"}
    plan = played["plans"]["plan"]
    assert plan["title"] == "سازمانی صد گیگ" and plan["free"] == plan["size"] - plan["used"] and plan["active"]
    assert [row["buyable"] for row in played["plans"]["plans"]] == [False, False, True, True]
    assert played["buy"]["payment_url"] == podspace.dump()["invoices"][0]["paymentUrl"]


@pytest.mark.parametrize("styles", [{}, {"list_style": "named", "level_case": "upper"}], ids=["", "named"])
def test_files_that_are_shared_with_me(podspace, styles):
    """Where the vendor lists the files and not their shares, a file's hash is the file's, and its name and kind are there."""
    shares = carry_out("podspace_share_info", {**podspace.connection, "shared_with_me": True})["shares"]
    podspace.reset(with_me="files", **styles)
    files = carry_out("podspace_share_info", {**podspace.connection, "shared_with_me": True})["shares"]
    names = ("entity_hash", "entity_name", "entity_kind")
    assert [[row[name] for name in names] for row in files] == [[row[name] for name in names] for row in shares] and all(row["entity_hash"] for row in files)
    assert {row["share_hash"] for row in files} == {None} and not any(row["public"] for row in files)
    assert all(row["share_hash"] not in (None, row["entity_hash"]) for row in shares)


@pytest.mark.parametrize("styles", [dict(one, entity_style=entity) for one in ({"person_style": "flat"}, {"share_type": "flag"}, {"person_fields": "username"})
                                    for entity in ("object", "hash", "absent")], ids=str)
def test_a_share_is_not_taken_for_a_file(podspace, styles):
    podspace.reset(**styles)
    shares = carry_out("podspace_share_info", {**podspace.connection, "shared_with_me": True})["shares"]
    assert shares and all(row["share_hash"] and row["person"] and row["share_hash"] != row["entity_hash"] for row in shares), shares


@pytest.mark.parametrize("password", [None, "رمز-یک"])
@pytest.mark.parametrize("module", ["podspace_folder_share", "podspace_file_share"])
def test_a_public_share_tells_its_address(podspace, module, password):
    podspace.reset(share_link=True)
    kind = module.split("_")[1]
    share = {**podspace.connection, kind + "_hash": podspace.entity({"folder": "قراردادها", "file": "گزارش سالانه.pdf"}[kind]), "public": True}
    if password:
        share["password"] = password
    check = carry_out(module, share, check=True)
    made, again = carry_out(module, share), carry_out(module, share)
    moved = carry_out(module, dict(share, expiration="2035-01-01", password=password or ""))
    assert made["changed"] and not again["changed"] and moved["changed"] and check["share"]["url"] is None
    for result in (made, again, moved):
        assert result["share"]["url"] == "https://podspace.ir/public/%s" % result["share"]["share_hash"], result
    podspace.lose("share_" + kind)
    person = carry_out(module, {**{name: value for name, value in share.items() if name not in ("public", "password")}, "person": "z.karimi"})
    assert person["changed"] and person["share"]["url"] is None, person
    podspace.reset()
    assert carry_out(module, {**share, kind + "_hash": podspace.entity({"folder": "قراردادها", "file": "گزارش سالانه.pdf"}[kind]),
                              "api_services": podspace.services})["share"]["url"] is None


def test_sandbox_and_environment(podspace, pod, door):
    """Connection options from the vendor's environment, the map of services as JSON."""
    services = {name: {"product_id": number} for name, number in podspace.services.items()}
    environment = {"PODSPACE_API_URL": podspace.sim.ready["podspace_sandbox"], "PODSPACE_API_TOKEN": TOKEN, "PODSPACE_API_KEY": KEY,
                   "PODSPACE_API_SERVICES": json.dumps(services)}
    look = {"name": "lookup", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.podspace_plan').title }}"}}
    played = pod([task("plans", PLANS, kind="own"), look], door, connection={}, environment=environment).ok()
    assert played["plans"]["plan"]["title"] == played["lookup"]["msg"] == "سازمانی صد گیگ" and played["plans"]["plans"] == []
    assert {entry["path"] for entry in podspace.journal()} == {"/sandbox/srv/sc/nzh/doServiceCall"}


#: code -> words that a reader understands, and the service that answers with it
CODES = {
    4: ("edit_organization", "may not do this", "owner"), 6: ("add_user_to_organization", "not a valid username", "person"),
    10: ("share_folder", "date is not valid", "expiration"), 21: ("get_user_organizations", "token is not valid", "api_token"),
    33: ("share_folder", "sign-on", "later"), 34: ("add_user_to_organization", "does not know this person", "spelling"),
    40: ("create_organization", "not authorised", "business panel"), 44: ("add_user_to_organization", "already there", "username"),
    78: ("edit_user_role", "nothing like this", "hash"), 101: ("create_organization", "does not accept the request", "api_parameters"),
    103: ("share_folder", "does not understand the date", "YYYY-MM-DD"), 202: ("get_folder_shares_list", "file or folder was not found", "folder_hash"),
    204: ("share_folder", "already shared", "username"), 206: ("create_organization", "storage is full", "larger plan"),
    999: ("create_organization", "cannot name", "later"),
}
NAMES = {4: "PERMISSION_DENIED", 6: "INVALID_NICKNAME", 10: "INVALID_DATE", 21: "INVALID_TOKEN", 33: "SSO_COMMUNICATION", 34: "USER_NOT_REGISTERED",
         40: "TOKEN_NOT_AUTHORIZED", 44: "DUPLICATE_CUSTOMER", 78: "OBJECT_NOT_FOUND", 101: "INVALID_REQUEST", 103: "INVALID_DATE_FORMAT",
         202: "FILE_NOT_FOUND", 204: "FOLDER_SHARE_BEFORE", 206: "NO_SPACE_FOR_SAVING", 999: "UNKNOWN_ERROR"}


@pytest.mark.parametrize("door,level,kind", [("fast", "inner", "number"), ("module", "outer", "text"), ("fast", "status", "text")])
def test_error_dictionary(podspace, pod, door, level, kind):
    podspace.reset(error_level=level, error_code_type=kind)
    control = podspace.sim.ready["control"] + "/settings"
    asks = {
        "edit_organization": task("", ORGANIZATION, name="فروش", description="نو"), "create_organization": task("", ORGANIZATION, name="نو"),
        "get_user_organizations": task("", ORGANIZATION, name="نو"), "add_user_to_organization": task("", MEMBER, organization="فروش", person="h.rezaei"),
        "edit_user_role": task("", MEMBER, organization="فروش", person="z.karimi", role="guest"),
        "share_folder": task("", FOLDER, folder_hash=podspace.entity("قراردادها"), person="h.rezaei"),
        "get_folder_shares_list": task("", FOLDER, folder_hash=podspace.entity("قراردادها"), person="h.rezaei")}
    tasks = []
    for code, (operation, _words, _advice) in CODES.items():
        tasks += [{"name": "refuse", "ansible.builtin.uri": {"url": control, "method": "POST", "body_format": "json", "body": {
            "vendor": "podspace", "settings": {"refuse": {operation: code}}}}}, {**asks[operation], "name": "code %d" % code}]
    played = pod(tasks, door).ok()
    for code, (operation, words, advice) in CODES.items():
        result = played["code %d" % code]
        assert result["error"]["code"] == code and result["error"]["name"] == NAMES[code] and result["error"]["vendor"] == "podspace", result
        assert result["error"]["operation"] == operation and result["error"]["retryable"] is (code in (33, 999))
        for text in (operation, words, advice, NAMES[code], "[%d]" % code):
            assert text in result["msg"], (code, text, result["msg"])
    assert podspace.dump()["shares"] and "نو" not in podspace.spaces()


def test_missing_product_or_key_fails_before_any_request(podspace, pod, door):
    whole = podspace.connection
    lacking = {name: number for name, number in podspace.services.items() if name != "create_organization"}
    ways = {
        "no product": dict(whole, api_services=lacking), "no services": {name: value for name, value in whole.items() if name != "api_services"},
        "no key": {name: value for name, value in whole.items() if name != "api_key"},
        "typing slip": dict(whole, api_services={**lacking, "create_organisation": 1}), "no map": dict(whole, api_services={"remove_share": [1]}),
        "wrong parameter": dict(whole, api_parameters={"create_organization": {"title": "x"}}),
        "no token": {name: value for name, value in whole.items() if name != "api_token"}}
    played = pod([task(title, ORGANIZATION, name="نو", **connection) for title, connection in ways.items()], door, connection={}).ok()
    told = {"no product": ("create_organization", "api_services"), "no services": ("get_user_organizations", "api_services"),
            "no key": ("get_user_organizations", "api_key"), "typing slip": ("create_organisation", "api_services"), "no map": ("remove_share", "api_services"),
            "wrong parameter": ("title", "api_parameters.create_organization"), "no token": ("api_token", "PODSPACE_API_TOKEN")}
    for title, words in told.items():
        assert all(word in played[title]["msg"] for word in words), (title, played[title]["msg"])
    assert podspace.journal() == []


OTHER_NAMES = {"create_organization": {"name": "title", "description": "body.about"}, "get_list_of_collaborator": {"hash": "orgHash"}}


def test_other_parameter_names(podspace, pod, door):
    podspace.settings(renamed=OTHER_NAMES)
    own = OTHER_NAMES
    played = pod([task("documented", ORGANIZATION, name="نو"), task("own", ORGANIZATION, name="نو", description="شرح «یک»", api_parameters=own),
                  task("members", MEMBER, organization="نو", person="z.karimi", api_parameters=own)], door).ok()
    assert played["documented"]["error"]["code"] == 101 and "api_parameters" in played["documented"]["msg"]
    assert podspace.spaces()["نو"]["description"] == "شرح «یک»" and podspace.members("نو")["z.karimi"] == "GUEST" and played["members"]["changed"]


def test_further_fields_of_a_service(podspace, pod, door):
    podspace.settings(unknown_fields="ignore")
    services = {**podspace.services, "create_organization": {"product_id": podspace.services["create_organization"], "extra_params": {
        "scVoucherHash": ["AB12", "CD34"]}}}
    pod([task("make", ORGANIZATION, name="نو", api_services=services)], door).ok()
    assert podspace.journal()[-1]["body"]["scVoucherHash"] == ["AB12", "CD34"] and "نو" in podspace.spaces()


def test_invoice_once(podspace, pod, door, tmp_path):
    journal = {"journal": str(tmp_path / "invoices.jsonl"), "message_id": "storage-1405"}
    check = {**task("check", INVOICE, plan="13", redirect_url=BACK, **journal), "check_mode": True}
    played = pod([
        check, task("first", INVOICE, plan="سازمانی پانصد گیگ", redirect_url=BACK, **journal), task("second", INVOICE, plan="سازمانی پانصد گیگ",
                                                                                                    redirect_url=BACK, **journal),
        task("another plan", INVOICE, plan="14", redirect_url=BACK, **journal), task("without", INVOICE, plan="14", redirect_url=BACK),
        task("no such plan", INVOICE, plan="99", redirect_url=BACK), task("not for sale", INVOICE, plan="پایه", redirect_url=BACK),
        task("half a pair", INVOICE, plan="13", redirect_url=BACK, message_id="x"), task("no address", INVOICE, plan="13", redirect_url="paid")], door).ok()
    assert played["check"]["changed"] is True and played["check"]["payment_url"] is None and set(played["check"]) == set(played["first"])
    assert played["first"]["changed"] is True and played["first"]["invoice"]["price"] == 48_000_000
    assert played["second"]["changed"] is False and played["second"]["payment_url"] == played["first"]["payment_url"]
    assert played["another plan"]["changed"] is False and "another plan" in played["another plan"]["warnings"][0]
    assert played["no such plan"]["error"]["code"] == "not_found" and played["not for sale"]["error"]["code"] == "not_for_sale"
    assert "journal" in played["half a pair"]["msg"] and "redirect_url" in played["no address"]["msg"]
    assert [row["planId"] for row in podspace.dump()["invoices"]] == [13, 14]
    assert os.stat(journal["journal"]).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "html", "refused 999"])
def test_invoice_with_a_lost_answer_is_never_repeated(podspace, pod, door, tmp_path, kind):
    if kind.startswith("refused"):
        podspace.refuse("buy_plan_with_gateway", 999)
    else:
        podspace.lose("buy_plan_with_gateway", kind, **({"status": 503} if kind == "status_after" else {}))
    journal = {"journal": str(tmp_path / "invoices.jsonl"), "message_id": "storage-1405"}
    played = pod([task("lost", INVOICE, plan="13", redirect_url=BACK, **journal), task("again", INVOICE, plan="13", redirect_url=BACK, **journal)], door).ok()
    assert all(played[title]["error"]["code"] == "outcome_unknown" and "journal_entry" in played[title]["msg"] for title in ("lost", "again"))
    assert podspace.operations().count("buy_plan_with_gateway") == 1
    # The person looked into the panel: it did not happen.
    settle = {"journal": journal["journal"], "key": "storage-1405", "state": "not_sent"}
    settled = pod([task("settle", "kariz.panels.journal_entry", **settle), task("now", INVOICE, plan="13", redirect_url=BACK, **journal)], door).ok()
    assert settled["now"]["changed"] is True and settled["now"]["payment_url"]


@pytest.mark.parametrize("settings", [{"payment_style": "text", "plan_id": "hash"}, {"payment_style": "nested", "plan_id": "id", "list_style": "nested"}],
                         ids=["text", "nested"])
def test_invoice_answers(podspace, pod, settings):
    podspace.reset(**settings)
    played = pod([task("buy", INVOICE, plan="سازمانی پانصد گیگ", redirect_url=BACK)]).ok()
    assert played["buy"]["payment_url"].startswith("https://pay.pod.ir/")


def test_filters_queries_and_lookup(podspace, pod, door):
    reports = podspace.entity("گزارش‌ها")
    played = pod([
        task("person", SHARES, folder_hash=reports, person="09121234501"), task("public", SHARES, folder_hash=reports, public=True),
        task("direct", SHARES, folder_hash=reports, inherited=False), task("none", SHARES, shared_with_me=False),
        task("query", SPACES, query="[].name"), task("named", SPACES, name="فروش"),
        task("both", SHARES, folder_hash=reports, file_hash="x"), task("bad query", SPACES, query="["),
        {"name": "own", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.podspace_plan').free }}"}},
        {"name": "several", "ansible.builtin.debug": {"msg": "{{ query('kariz.panels.podspace_plan', '13', 'offered', 'own') | map(attribute='id') }}"}},
        {"name": "unknown", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.podspace_plan', 'نیست') }}"}, "ignore_errors": True},
    ], door, variables={"podspace_" + name: value for name, value in podspace.connection.items()}).ok()
    assert [row["person"] for row in played["person"]["shares"]] == ["z.karimi"]
    assert [row["public"] for row in played["public"]["shares"]] == [True] and len(played["direct"]["shares"]) == 2
    assert played["none"]["shares"] == [] and sorted(played["query"]["organizations"]) == ["فروش", "مالی"]
    assert [row["name"] for row in played["named"]["organizations"]] == ["فروش"]
    assert "mutually exclusive" in played["both"]["msg"] and "JMESPath" in played["bad query"]["msg"]
    assert played["own"]["msg"] == 86 << 30 and played["several"]["msg"] == [13, 11, 12, 13, 14, 12]
    assert "there is no plan" in played.output and not any(played[title]["changed"] for title in ("person", "query", "named"))


def spellings(secret):
    raw = secret.encode()
    found = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], raw.hex()}
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw).decode()
        found.add(whole[(0, 2, 3)[shift]:(len(raw) + shift) * 8 // 6])
    return found


def test_no_secret_at_any_verbosity(podspace, pod, door):
    """Not in the output at -vvvv, not in what a callback sees, not when the server echoes it all, not when an option is wrong."""
    password = "pw%44/\"q'\\+رمز&<>=canary"
    services = {name: {"product_id": number, "api_key": OWN} for name, number in podspace.services.items()}
    podspace.settings(api_key=OWN)
    connection = dict(podspace.connection, api_services=services)
    folder = podspace.entity("قراردادها")
    podspace.lose("share_folder", "echo_secrets", times=1)
    podspace.lose("get_plan_list", "echo_secrets", times=1, status=403)
    tasks = [
        task("echoed", FOLDER, folder_hash=folder, public=True, password=password), task("plans", PLANS),
        task("done", FOLDER, folder_hash=folder, shares=[{"public": True, "password": password, "expiration": "2035-01-01"}]),
        task("wrong", FOLDER, folder_hash=folder, public=True, password=password, level="own"),
        task("wrong map", FOLDER, folder_hash=folder, public=True, password=password, api_services="{'x': '%s'" % OWN),
        task("unknown", FOLDER, folder_hash=folder, pasword="x")]
    played = pod(tasks, door, connection=connection, verbosity=4).ok()
    told = played.output + json.dumps(played.lines, ensure_ascii=False) + json.dumps(played.lines)
    for secret in (TOKEN, KEY, OWN, password):
        for text in spellings(secret):
            assert text not in told, text
    shown = played["done"]["invocation"]["module_args"]
    assert shown["api_services"]["share_folder"] == {"product_id": podspace.services["share_folder"], "api_key": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}
    assert shown["api_token"] == shown["api_key"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert podspace.shares(folder)[None]["password"] == password
