# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated POD Space against the vendor's document: the gateway, the dictionary of errors, and what each setting does."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

TOKEN, KEY = "kariz-demo-token", "kariz-demo-key"

#: What the document lists for each service, typed again here: the simulator must not be its own witness.
PEOPLE = {4, 6, 21, 33, 34, 40, 44, 78, 101, 202, 999}
LISTED = {
    "share_folder": {4, 6, 10, 21, 33, 34, 40, 44, 101, 103, 202, 204, 999},
    "share_file": {4, 10, 21, 33, 34, 40, 78, 101, 103, 202, 204, 999},
    "remove_share": {4, 21, 40, 78, 101, 202, 999},
    "get_share_with_me": {21, 40, 101, 999},
    "create_organization": {4, 21, 40, 101, 206, 999},
    "add_user_to_organization": PEOPLE,
    "remove_user_from_organization": PEOPLE,
    "edit_user_role": PEOPLE,
    "get_user_organizations": {4, 21, 40, 999},
    "get_plan_list": {21, 40, 999},
    "get_user_plan": {21, 40, 999},
    "buy_plan_with_gateway": {21, 40, 101, 999},
    **dict.fromkeys(("set_password", "set_folder_password", "get_file_shares_list", "get_folder_shares_list"), {4, 21, 40, 101, 202, 999}),
    **dict.fromkeys(("edit_organization", "remove_organization", "get_list_of_collaborator"), {4, 21, 40, 101, 999}),
}


class Pod:
    """A bare client of the gateway, written from the document."""

    def __init__(self, sim: Any) -> None:
        self.sim = sim
        self.url = sim.url("podspace")
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.products = {name: entry["product_id"] for name, entry in self.dump()["services"].items()}

    def dump(self) -> dict[str, Any]:
        return dict(self.sim.dump("podspace"))

    def outer(self, form: dict[str, Any], url: str | None = None, **headers: str) -> dict[str, Any]:
        given = {"_token_": TOKEN, "_token_issuer_": "1", **headers}
        data = urllib.parse.urlencode(form, doseq=True).encode()
        with self.opener.open(urllib.request.Request(url or self.url, data, given), timeout=10) as answer:
            assert answer.status == 200
            return dict(json.load(answer))

    def call(self, operation: str, **form: Any) -> dict[str, Any]:
        """The endpoint's own envelope."""
        told = self.outer({"scProductId": self.products[operation], "scApiKey": KEY, **form})
        assert told["hasError"] is False
        return dict(json.loads(told["result"]["result"]))

    def ok(self, operation: str, **form: Any) -> Any:
        told = self.call(operation, **form)
        assert told["hasError"] is False, told
        return told["result"]

    def code(self, operation: str, **form: Any) -> int:
        told = self.call(operation, **form)
        assert told["hasError"] is True
        return int(told["errorCode"])

    def entity(self, name: str) -> str:
        return next(str(row["hash"]) for row in self.dump()["entities"] if row["name"] == name)


@pytest.fixture
def pod(process: Any) -> Iterator[Pod]:
    process.reset()
    yield Pod(process)
    process.clear_faults()
    assert [entry for entry in process.journal("podspace") if entry["contract_error"]] == []


def test_every_service_of_the_document_has_a_product(pod: Pod) -> None:
    assert set(pod.products) == set(LISTED) and len(LISTED) == 19 and len(set(pod.products.values())) == 19


def test_the_gateway(pod: Pod) -> None:
    form = {"scProductId": pod.products["get_user_organizations"], "scApiKey": KEY}
    told = pod.outer(form)
    assert set(told) == {"hasError", "messageId", "referenceNumber", "errorCode", "count", "ott", "result"}
    assert set(told["result"]) == {"result", "header", "statusCode"} and isinstance(told["result"]["result"], str)
    assert pod.outer(form, pod.sim.ready["podspace_sandbox"])["hasError"] is False
    assert pod.outer(form, _token_="another")["errorCode"] == 21
    assert pod.outer(form, _token_issuer_="2")["errorCode"] == 101
    assert pod.outer({**form, "scApiKey": "another"})["errorCode"] == 4
    assert pod.outer({"scProductId": form["scProductId"]})["errorCode"] == 4
    assert pod.outer({**form, "scProductId": "1"})["errorCode"] == 101 and pod.outer({"scApiKey": KEY})["errorCode"] == 101
    own = pod.dump()["services"]["get_user_organizations"]["api_key"]
    assert pod.outer({**form, "scApiKey": own})["hasError"] is False
    assert pod.outer({**form, "scProductId": pod.products["get_plan_list"], "scApiKey": own})["errorCode"] == 4
    pod.sim.faults([{"vendor": "podspace", "kind": "token_expiry"}])
    assert pod.outer(form)["errorCode"] == 21


def test_forms_are_strict(pod: Pod) -> None:
    assert pod.code("create_organization") == 101 and pod.code("create_organization", name="x", title="y") == 101
    assert pod.code("get_user_organizations", size="5") == 999
    assert pod.code("share_folder", folderHash=pod.entity("قراردادها"), persons="z.karimi", level="VIEW") == 101
    pod.sim.settings("podspace", unknown_fields="ignore")
    assert pod.call("create_organization", name="x", title="y")["hasError"] is False


def test_codes_come_only_from_the_services_that_list_them(pod: Pod) -> None:
    folder, file, sales = pod.entity("قراردادها"), pod.entity("گزارش سالانه.pdf"), pod.dump()["organizations"][0]["hash"]
    share = {"folderHash": folder, "persons": "z.karimi"}
    new = {"hash": sales, "persons": "n.yazdani", "type": "GUEST"}
    cases: list[tuple[str, dict[str, str], int]] = [
        ("share_folder", {**share, "folderHash": pod.entity("کاتالوگ")}, 4),
        ("share_folder", {**share, "persons": "a b"}, 6),
        ("share_folder", {**share, "expiration": "2020-01-01"}, 10),
        ("share_folder", {**share, "expiration": "2020/01/01"}, 103),
        ("share_folder", {**share, "persons": "nobody"}, 34),
        ("share_folder", {**share, "folderHash": file}, 202),
        ("share_file", {"fileHash": file, "persons": "a b"}, 34),
        ("share_file", {"fileHash": folder, "persons": "z.karimi"}, 202),
        ("set_password", {"fileHash": file, "password": "x"}, 101),
        ("remove_share", {"shareHash": "X"}, 78),
        ("edit_organization", {"hash": "X", "name": "x", "description": ""}, 101),
        ("remove_organization", {"hash": "X"}, 101),
        ("add_user_to_organization", {**new, "persons": "z.karimi"}, 44),
        ("add_user_to_organization", {**new, "type": "OWNER"}, 101),
        ("add_user_to_organization", {**new, "hash": "X"}, 78),
        ("remove_user_from_organization", {"hash": sales, "persons": "n.yazdani"}, 78),
        ("remove_user_from_organization", {"hash": sales, "persons": "kariz.company"}, 4),
        ("buy_plan_with_gateway", {"planId": "11", "redirectURL": "https://x.example.ir"}, 101),
    ]
    for operation, form, expected in cases:
        assert pod.code(operation, **form) == expected and expected in LISTED[operation], (operation, form)
    pod.ok("share_folder", **share)
    assert pod.code("share_folder", **share) == 204
    pod.sim.mutate("podspace", "account", {}, {"used": 100 << 30})
    assert pod.code("create_organization", name="x") == 206


def test_people_by_any_name(pod: Pod) -> None:
    sales = pod.dump()["organizations"][0]["hash"]
    pod.ok("add_user_to_organization", hash=sales, persons=["09361234504", "N.YAZDANI"], type="GUEST")
    pod.ok("edit_user_role", hash=sales, persons="h.rezaei@example.ir,+989011234507", type="MAINTAINER")
    members = pod.dump()["organizations"][0]["members"]
    assert members["h.rezaei"] == members["n.yazdani"] == "MAINTAINER"


def test_shares_are_inherited_and_end_with_their_folder(pod: Pod) -> None:
    root, reports, file = (pod.entity(name) for name in ("اسناد شرکت", "گزارش‌ها", "گزارش سالانه.pdf"))
    listed = pod.ok("get_file_shares_list", fileHash=file)
    assert {row["entity"]["hash"] for row in listed} == {root, reports} and len(pod.ok("get_folder_shares_list", folderHash=root)) == 1
    assert "hasPassword" not in next(row for row in listed if row["type"] == "PUBLIC")
    made = pod.ok("create_organization", name="پژوهش")["organization"]
    used = pod.dump()["account"]["used"]
    pod.ok("remove_organization", hash=made)
    assert pod.dump()["account"]["used"] == used - (1 << 30)


def test_plans_and_invoices(pod: Pod) -> None:
    own = pod.ok("get_user_plan")
    assert own["status"] == "ACTIVE" and own["usedSize"] == pod.dump()["account"]["used"]
    first, second = (pod.ok("buy_plan_with_gateway", planId="13", redirectURL="https://x.example.ir")["paymentUrl"] for _time in range(2))
    assert first != second and len(pod.dump()["invoices"]) == 2


@pytest.mark.parametrize("level", ["inner", "status", "outer"])
def test_refusals_at_each_level(pod: Pod, level: str) -> None:
    pod.sim.settings("podspace", error_level=level, refuse={"get_user_plan": 40})
    told = pod.outer({"scProductId": pod.products["get_user_plan"], "scApiKey": KEY})
    assert told["hasError"] is (level == "outer")
    if level == "outer":
        assert told["errorCode"] == 40
    else:
        inner = json.loads(told["result"]["result"])
        assert inner["errorCode"] == 40 and ("hasError" in inner) is (level == "inner")
        assert told["result"]["statusCode"] == (401 if level == "status" else 200)


@pytest.mark.parametrize("settings", [
    {"inner": "object"}, {"inner_envelope": False}, {"list_style": "nested"}, {"list_style": "list"}, {"list_style": "named"}, {"count": "outer"},
    {"page_max": 1},
    {"organization_id": "organization", "role_field": "role", "role_case": "lower"}], ids=",".join)
def test_dresses(pod: Pod, settings: dict[str, Any]) -> None:
    pod.sim.settings("podspace", **settings)
    told = pod.outer({"scProductId": pod.products["get_user_organizations"], "scApiKey": KEY})
    inner = told["result"]["result"]
    inner = inner if settings.get("inner") == "object" else json.loads(inner)
    rows = inner if settings.get("inner_envelope") is False else inner["result"]
    rows = {"nested": lambda: rows[0], "list": lambda: rows["list"], "named": lambda: rows["items"]}.get(settings.get("list_style"), lambda: rows)()
    assert len(rows) == settings.get("page_max", 2)
    assert rows[0].get("organization" if "organization_id" in settings else "hash") == pod.dump()["organizations"][0]["hash"]
    assert rows[0].get("role", rows[0].get("type")) in ("OWNER", "owner") and told["count"] == (2 if settings.get("count") == "outer" else 0)


def test_renamed_parameters(pod: Pod) -> None:
    pod.sim.settings("podspace", renamed={"create_organization": {"name": "title", "description": "body.about"}})
    assert pod.code("create_organization", name="x") == 101
    pod.ok("create_organization", title="x", body=json.dumps({"about": "y"}))
    assert pod.dump()["organizations"][-1]["description"] == "y"


def test_settings_and_mutations_are_checked(pod: Pod, process: Any) -> None:
    wrong: list[Any] = [{"inner": "xml"}, {"page_max": "1"}, {"refuse": {"share_folder": 1}}, {"refuse": {"nothing": 4}}, {"token": 1}]
    wrong.append({"renamed": {"nothing": {}}})
    for settings in wrong:
        with pytest.raises(Exception, match="setting"):
            process.settings("podspace", **settings)
    for kind, key, change in (("folders", {}, {}), ("plans", {"id": 11}, {"id": 1}), ("members", {"username": "z.karimi"}, {"type": "KING"})):
        with pytest.raises(Exception, match="mutate"):
            process.mutate("podspace", kind, key, change)
    with pytest.raises(Exception, match="seed"):
        process.seed("podspace", "clouds")
    assert len(process.seed("podspace", "members", 3, organization="فروش")) == 3
