# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated DeltaSib against the vendor page: over TLS, form fields and queries, the panel's rules."""

from __future__ import annotations

import hashlib
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from kariz_simulator.vendors.deltasib import where


class Reseller:
    """A bare client, written from the vendor's document."""

    def __init__(self, sim: Any) -> None:
        self.base = sim.url("deltasib")
        context = ssl.create_default_context(cafile=sim.ready["deltasib_ca"])
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        self.token: str | None = None

    def call(self, method: str, thing: str, action: str, version: str = "1.0", **params: Any) -> tuple[int, Any]:
        text = urllib.parse.urlencode({"Action": action, **params})
        in_address = method in ("GET", "DELETE")
        address = f"{self.base}/{version}/{thing}/" + (f"?{text}" if in_address else "")
        request = urllib.request.Request(address, None if in_address else text.encode(), method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with self.opener.open(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def login(self, password: str = "kariz-demo-pass") -> tuple[int, Any]:
        status, answer = self.call("POST", "auth", "gettoken", Api_Username="kariz-demo", Api_Key=hashlib.sha512(password.encode()).hexdigest())
        self.token = answer.get("token", self.token)
        return status, answer

    def get(self, thing: str, action: str = "list", **params: Any) -> list[dict[str, Any]]:
        status, answer = self.call("GET", thing, action, **params)
        assert status == 200, answer
        return list(answer)

    def code(self, method: str, thing: str, action: str, **params: Any) -> int:
        status, answer = self.call(method, thing, action, **params)
        return 0 if status == 200 else int({name.lower(): value for name, value in answer.items()}["errorcode"])


@pytest.fixture
def server(process: Any) -> Iterator[Any]:
    process.reset()
    process.reset("deltasib", today="2025-10-05")
    yield process
    assert [entry for entry in process.journal("deltasib") if entry["contract_error"]] == []


@pytest.fixture
def reseller(server: Any) -> Reseller:
    made = Reseller(server)
    assert made.login()[0] == 200
    return made


def test_only_its_own_authority_is_trusted(server: Any) -> None:
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(server.url("deltasib") + "/1.0/auth/", timeout=10)


def test_login(server: Any) -> None:
    reseller = Reseller(server)
    assert reseller.login("wrong")[1]["ErrorCode"] == -2
    status, answer = reseller.login()
    assert status == 200 and set(answer) == {"token", "SessionTimeout"} and answer["SessionTimeout"] == 600
    assert reseller.code("POST", "auth", "gettoken", Api_Username="kariz-demo", Api_Key="short") == -5
    assert reseller.code("POST", "auth", "gettoken", Api_Username="kariz-demo") == -4
    reseller.token = "void"
    assert reseller.code("GET", "user", "list") == -6
    server.settings("deltasib", ip_permitted=False)
    assert reseller.login()[1]["ErrorCode"] == -3


def test_addresses_and_actions(reseller: Reseller) -> None:
    assert reseller.code("GET", "user", "nothing") == -4
    assert reseller.call("GET", "nothing", "list")[0] == 404 and reseller.call("GET", "user", "list", version="2.0")[0] == 404
    assert reseller.code("GET", "user", "list", Unknown="1") == -5
    assert reseller.code("POST", "user", "add", Username="a", Password="b", Unknown="1") == -5


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("Username='ALI.mohammadi'", {1002}),
        ("User_Id>1005", {1006, 1007}),
        ("User_Id >= 1006 and (Name='نرگس' or Family = 'کاظمی')", {1006, 1007}),
        ("Name like '%ر%' and User_Id <> 1001", {1003, 1004, 1005, 1006, 1007}),
        ("Username >< 'x' and User_Id<=1001", {1001}),
        ("Username='x' or 1=1 --'", {1001, 1002, 1003, 1004, 1005, 1006, 1007}),
    ],
)
def test_filters(reseller: Reseller, condition: str, found: set[int]) -> None:
    assert {int(row["user_id"]) for row in reseller.get("user", Filter=condition)} == found


@pytest.mark.parametrize("condition", ["Username=", "Nothing='a'", "Username='a", "(User_Id=1", "User_Id=1 User_Id=2", "drop table"])
def test_filters_that_are_none(reseller: Reseller, condition: str) -> None:
    assert reseller.code("GET", "user", "list", Filter=condition) == -5


def test_fields_and_pages(server: Any, reseller: Reseller) -> None:
    assert list(reseller.get("user", Field="User_Id,Username", LimitCount=1)[0]) == ["user_id", "username"]
    assert reseller.code("GET", "user", "list", Field="Password") == -5
    server.seed("deltasib", "users", 230)
    assert [len(reseller.get("user", LimitFrom=start)) for start in (0, 100, 200, 300)] == [100, 100, 37, 0]
    server.settings("deltasib", limit_max=20)
    assert len(reseller.get("user", LimitCount=50)) == 20


def test_subscribers(server: Any, reseller: Reseller) -> None:
    assert reseller.call("POST", "user", "add", Username="new", Password="p", Name="نو") == (200, {"status": 1})
    assert reseller.code("POST", "user", "add", Username="NEW", Password="p") == -5
    assert reseller.code("POST", "user", "add", Username="x" * 33, Password="p") == -5
    assert reseller.code("POST", "user", "add", Username="y") == -4
    assert reseller.code("PUT", "user", "edit", Username="new", Password="q") == 0
    assert next(row for row in server.dump("deltasib")["users"] if row["Username"] == "new")["Password"] == "q"


def test_status(reseller: Reseller) -> None:
    assert reseller.get("user.status", "currentstatus", Username="amir.kazemi", User_Id=1001) == [{"Status_Id": "3", "Status_Name": "غیرفعال"}]
    assert reseller.code("PUT", "user.status", "add", Username="amir.kazemi", Status_Id=3) == -5
    assert reseller.code("PUT", "user.status", "add", Username="amir.kazemi", Status_Name="تعلیق") == -5
    assert reseller.code("PUT", "user.status", "add", Username="amir.kazemi", Status_Name="فعال") == 0
    assert reseller.code("PUT", "user.status", "add", Username="nobody", Status_Id=1) == -4
    assert reseller.code("PUT", "user.status", "add", Username="amir.kazemi", Status_Id=99) == -4


def test_base_services(server: Any, reseller: Reseller) -> None:
    def services() -> list[tuple[str, str]]:
        return [(row["Service_Id"], row["ServiceStatus"]) for row in reseller.get("user.service.base", User_Id=1001)]

    assert services() == [("11", "Active")]
    assert reseller.code("POST", "user.service.base", "add", User_Id=1001, Service_Id=12, PayPlan="PostPaid") == 0
    assert services() == [("11", "Active"), ("12", "Pending")]
    assert reseller.code("POST", "user.service.base", "add", User_Id=1001, Service_Id=12, PayPlan="PrePaid") == -5
    for number in (15, 16, 21):
        assert reseller.code("POST", "user.service.base", "add", User_Id=1001, Service_Id=number) == -5
    assert reseller.code("POST", "user.service.base", "add", User_Id=1001, Service_Id=99) == -4
    assert reseller.code("POST", "user.service.base", "add", User_Id=1007, Service_Id=11) == -5
    assert reseller.code("PUT", "user.service.base", "cancel", User_ServiceBase_Id=5001) == 0
    assert services() == [("11", "Cancel"), ("12", "Active")]
    assert reseller.code("PUT", "user.service.base", "cancel", User_ServiceBase_Id=5001) == -5
    server.mutate("deltasib", "bought", {"User_ServiceBase_Id": 5002}, {"ServiceStatus": "Finished"})
    assert reseller.code("PUT", "user.service.base", "cancel", User_ServiceBase_Id=5002) == -5
    assert [row["PaymentType"] for row in reseller.get("user.payment", User_Id=1001)] == ["Cash", "AddService", "AddService", "CancelService"]


def test_payments(server: Any, reseller: Reseller) -> None:
    payment = {"User_Id": 1006, "Currency_Id": 1, "PriceINCurrency": 1000, "ExchangeRate": 2, "VoucherNo": "12"}
    for _twice in range(2):
        assert reseller.code("POST", "User.payment", "add", **payment) == 0
    rows = reseller.get("user.payment", User_Id=1006)
    assert [(row["Price"], row["Paybalance"], row["PriceINCurrency"], row["VoucherNo"]) for row in rows] == [
        ("2000.00", "2000.00", "1000.00", "12"),
        ("2000.00", "4000.00", "1000.00", "12"),
    ]
    assert server.dump("deltasib")["reseller"]["credit"] == 50_000_000 - 4000
    for wrong, code in (
        ({"Currency_Id": 9}, -4),
        ({"User_Id": 1}, -4),
        ({"VoucherNo": "a"}, -5),
        ({"PriceINCurrency": 0}, -5),
        ({"ExchangeRate": 0}, -5),
        ({"PriceINCurrency": 10**9}, -5),
        ({"VoucherDate": "2025-01-01", "DateType": "Persian"}, -5),
        ({"PaymentType": "Off"}, -5),
    ):
        assert reseller.code("POST", "user.payment", "add", **{**payment, **wrong}) == code, wrong
    assert len(reseller.get("user.payment", User_Id=1006)) == 2


@pytest.mark.parametrize("spelling", ["disconnect", "disconnet"])
def test_disconnect(server: Any, reseller: Reseller, spelling: str) -> None:
    assert reseller.code("DELETE", "radius", spelling) == -4
    assert reseller.code("DELETE", "radius", spelling, Filter="User_Id=1003") == -5
    assert reseller.code("DELETE", "radius", spelling, Filter="User_Id=1002") == 0
    assert {row["User_Id"] for row in reseller.get("radius")} == {"1001", "1004"}
    # The server asks no questions: an injection in a client would end everybody's session.
    assert reseller.code("DELETE", "radius", spelling, Filter="User_Id='x' or 1=1 --'") == 0
    assert reseller.get("radius") == []
    server.settings("deltasib", disconnect_action="disconnet" if spelling == "disconnect" else "disconnect")
    assert reseller.code("DELETE", "radius", spelling, Filter="User_Id=1001") == -4


def test_credit(server: Any, reseller: Reseller) -> None:
    row = reseller.get("user", "creditinfo", User_Id=1002)[0]
    assert row["ServiceStatus"] == "Active" and row["STrR"] == f"{197 * 1024**3:,}" and row["STiR"] == "UL" and row["StartDate"] == "1404/04/26"
    assert reseller.get("user", "creditinfo", User_Id=1006)[0]["ServiceStatus"] is None
    assert len(reseller.get("user", "creditinfo", User_Id=0, Filter="Username='zahra.karimi'")) == 1
    assert len(reseller.get("user", "creditinfo")) == 7
    server.settings("deltasib", creditinfo_user="required")
    assert reseller.code("GET", "user", "creditinfo") == -4


def test_spellings(server: Any, reseller: Reseller) -> None:
    server.settings("deltasib", key_case="lower", numbers="commas", one_row="object", calendar="gregorian", error_code="string", error_status=500)
    status, row = reseller.call("GET", "user", "creditinfo", User_Id=1001)
    assert status == 200 and row["strr"].count(",") == 3 and row["startdate"] == "2025-09-14"
    assert reseller.get("service", Filter="Service_Id=11")[0]["price"] == "120,000.00"
    assert reseller.call("GET", "user", "nothing") == (500, {"errorcode": "-4", "errordesc": "Action not found"})
    server.settings("deltasib", numbers="plain", key_case="mixed", token_place="parameter")
    assert reseller.code("GET", "user", "list") == -6
    assert reseller.get("user", Token=reseller.token)[0]["User_Id"] == 1001


def test_permissions_and_settings(server: Any, reseller: Reseller) -> None:
    server.settings("deltasib", denied=["user.add"])
    assert reseller.call("POST", "user", "add", Username="a", Password="b")[1] == {"ErrorCode": -5, "ErrorDesc": "Access denied"}
    for wrong in ({"key_case": "upper"}, {"limit_max": "1"}, {"denied": "user.add"}, {"nothing": 1}, {"token_seconds": "1"}):
        with pytest.raises(Exception, match="deltasib"):
            server.settings("deltasib", **wrong)


def test_one_of_many_values_is_what_each_of_them_alone_is():
    values = ["1", "01", "1.0", "1,000", "1000", "Ali", "ali", "1a", "", "-3", "nan", "inf", "ß", "SS"]
    fields = ["Username", "User_Id"]
    alone = [where.compiled("Username='%s'" % value, fields) for value in values]
    for first in range(len(values) - 3):
        those = values[first:first + 3]
        together = where.compiled(" or ".join("Username='%s'" % value for value in those), fields)
        for found in [*values, 1, 1000, 1.0, None]:
            assert together({"Username": found}) is any(alone[values.index(value)]({"Username": found}) for value in those), (those, found)
    mixed = where.compiled("Username='a' or User_Id=3", fields)
    assert mixed({"Username": "b", "User_Id": 3}) and not mixed({"Username": "b", "User_Id": 4})
