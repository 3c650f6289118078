# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""POD Space over a wire of the test's own: services and their keys, forms, the envelope, lists whose paging nobody documents, spaces by name."""

from __future__ import annotations

import json

import pytest
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect
from ansible_collections.kariz.panels.plugins.module_utils._podspace import codes
from ansible_collections.kariz.panels.plugins.module_utils._podspace.client import PAGE, PodspaceClient, organization_hash
from ansible_collections.kariz.panels.plugins.module_utils._podspace.envelope import Envelope

SERVICES = {name: 100 for name in ("get_user_organizations", "share_folder", "get_share_with_me")}


def panel(*answers, **options):
    return wired(PodspaceClient, *answers, **dict({"api_token": "token", "api_key": "key", "api_services": SERVICES}, **options))


def told(result, count=None, **more):
    return dict({"hasError": False, "result": result, "count": count}, **more)


def fault(code, message="told", status=200):
    return reply({"hasError": True, "errorCode": code, "message": message}, status)


# -- services ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "wanted"), [
    ({"api_services": {"share_folder": 5}}, ("5", "key", {})), ({"api_services": {"share_folder": "5"}}, ("5", "key", {})),
    ({"api_services": {"share_folder": {"product_id": 5, "api_key": "own", "extra_params": {"a": 1}}}}, ("5", "own", {"a": 1})),
    ({"api_services": {"share_folder": {"product_id": 5, "extra_params": None}}}, ("5", "key", {}))])
def test_a_service(options, wanted):
    made, _calls = panel(**options)
    assert made.product("share_folder") == wanted and made.need("share_folder") is None


@pytest.mark.parametrize(("options", "words"), [
    ({"api_services": None}, "api_services has no product id for share_folder"), ({"api_services": {"share_folder": {"api_key": "x"}}}, "has no product id"),
    ({"api_services": {"share_folder": ""}}, "has no product id"), ({"api_key": None}, "there is no API key for share_folder")])
def test_a_service_that_is_not_set_up(options, words):
    made, _calls = panel(**options)
    for call in (lambda: made.product("share_folder"), lambda: made.need("share_folder")):
        with pytest.raises(errors.UsageError, match=words) as error:
            call()
        assert error.value.operation == "options" and error.value.vendor == "podspace" and "Give api_" in error.value.hint
    assert made.need() is None


@pytest.mark.parametrize(("options", "words"), [
    ({"api_services": {"share_fodler": 5}}, "api_services: there is no operation share_fodler"),
    ({"api_services": {"share_folder": {"product": 5}}}, "api_services.share_folder: product is not known"),
    ({"api_services": {"share_folder": [5]}}, "not a number"), ({"api_services": {"share_folder": True}}, "not a number"),
    ({"api_parameters": {"nothing": {}}}, "api_parameters: there is no operation nothing"), ({"api_parameters": {"share_folder": "x"}}, "not a map"),
    ({"api_parameters": {"share_folder": {"persn": "x"}}}, "api_parameters.share_folder: persn is not known")])
def test_maps_that_are_wrong(options, words):
    with pytest.raises(errors.UsageError, match=words):
        panel(**options)


@pytest.mark.parametrize(("parameters", "values", "wanted"), [
    (None, {"person": "sara", "level": None, "folder_hash": "h"}, {"persons": "sara", "folderHash": "h"}),
    (None, {"public": True}, {"isPublic": "true"}), (None, {"public": False, "person": ""}, {"isPublic": "false", "persons": ""}),
    ({"share_folder": {"person": "people", "folder_hash": ""}}, {"person": "sara", "folder_hash": "h"}, {"people": "sara"}),
    ({"share_folder": {"person": "body.people", "public": "body.open"}}, {"person": "\u0633", "public": True, "level": 5},
     {"level": 5, "body": json.dumps({"people": "\u0633", "open": "true"}, ensure_ascii=False)})])
def test_a_form(parameters, values, wanted):
    assert panel(api_parameters=parameters)[0].form("share_folder", values) == wanted


def test_a_call():
    made, calls = panel(told({"a": 1}), api_services={"share_folder": {"product_id": 5, "api_key": "own", "extra_params": {"x": "y"}}})
    assert made.service("share_folder", Effect.CREATE, person="sara").payload == {"a": 1}
    assert calls == [("share_folder", "POST", "https://panel.test", Effect.CREATE, {
        "data": {"x": "y", "scProductId": "5", "scApiKey": "own", "persons": "sara"}, "headers": {"_token_": "token", "_token_issuer_": "1"}})]
    assert made.credentials_hint() == "PODSPACE_API_TOKEN in the environment" and made.is_void(reply(b"", 401)) is False


# -- answers -------------------------------------------------------------------------------------------------------------


def test_refusals():
    for status in (200, 400, 500):
        with pytest.raises(errors.NotFoundError, match="nothing like this was found") as error:
            panel(fault(78, status=status))[0].service("share_folder")
        assert error.value.code == 78
    with pytest.raises(errors.ApiError, match="words") as error:
        panel(reply(b"words", 400))[0].service("share_folder")
    assert error.value.code == 400 and error.value.http_status == 400
    with pytest.raises(errors.ApiError) as error:
        panel(told(None, statusCode=409))[0].service("share_folder")
    assert isinstance(error.value, errors.ConflictError) and error.value.http_status == 409


@pytest.mark.parametrize(("inner", "settled"), [(500, True), (504, False)])
def test_a_write_of_which_the_gateway_has_heard_nothing(inner, settled):
    answer = {"hasError": True, "statusCode": inner, "message": "no answer"}
    with pytest.raises(errors.UnknownOutcome, match="no answer") as error:
        panel(answer)[0].service("share_folder", Effect.CREATE)
    assert error.value.settled is settled and error.value.http_status == inner
    for more, effect in ((answer, Effect.READ), (dict(answer, errorCode=78), Effect.CREATE), (dict(answer, statusCode=499), Effect.CREATE)):
        with pytest.raises(errors.ApiError):
            panel(more)[0].service("share_folder", effect)


@pytest.mark.parametrize("answer", [{}, {"other": 1}])
def test_what_is_no_envelope(answer):
    with pytest.raises(errors.BadAnswerError, match="hasError and result"):
        panel(answer)[0].service("share_folder")
    with pytest.raises(errors.UnknownOutcome):
        panel(answer)[0].service("share_folder", Effect.CREATE)
    assert panel(reply(b"", 204))[0].service("share_folder", Effect.REPLACE).payload is None


def test_what_is_understood():
    made, _calls = panel()
    assert made.understood(fault(78, status=503)) is True and made.understood(fault(999, status=503)) is False
    assert made.understood(fault(12345, status=503)) is False and made.understood(reply(b"x", 503)) is False and made.understood(reply(told([]), 503)) is False
    assert made.is_own({"hasError": False}) is True and made.is_own({"x": 1}) is False


@pytest.mark.parametrize(("answer", "code", "message", "status"), [
    ({"hasError": True, "result": '{"message": "inner", "errorCode": 78}'}, 78, "inner", None),
    ({"hasError": 1, "errorCode": 78, "result": "why"}, 78, "why", None),
    ({"hasError": "true", "errorCode": "78", "message": "outer", "result": "why"}, 78, "outer", None),
    ({"hasError": True, "message": "outer", "result": {"code": "OBJECT_NOT_FOUND", "message": "inner"}}, 78, "outer", None),
    ({"hasError": True, "errorCode": 4, "message": "outer", "result": {"code": 78, "message": "inner"}}, 4, "outer", None),
    ({"hasError": True, "errorCode": 4, "result": {"code": 78, "message": "inner"}}, 4, "inner", None),
    ({"hasError": False, "errorCode": 4, "result": None}, 4, None, None),
    ({"hasError": False, "statusCode": 300, "result": None}, None, None, 300), ({"hasError": False, "statusCode": 199, "result": "x"}, None, "x", 199),
    ({"hasError": False, "result": {"hasError": True, "errorCode": 78, "error": "e"}}, 78, "e", None),
    ({"hasError": False, "result": {"statusCode": 404, "result": "x"}}, None, "x", 404), ({"hasError": True, "result": "[broken"}, None, "[broken", None)])
def test_an_envelope_that_refuses(answer, code, message, status):
    found = Envelope(answer)
    assert (found.readable, found.failed, found.code, found.message, found.status) == (True, True, code, message, status)


@pytest.mark.parametrize(("answer", "payload", "count"), [
    ({"hasError": False, "result": [1], "count": 5}, [1], 5), ({"result": '{"hasError": false, "result": "[1]", "count": 1}', "count": 0}, [1], 1),
    ({"hasError": 0, "statusCode": 200, "result": {"a": 1}}, {"a": 1}, None),
    ({"hasError": False, "statusCode": 299, "result": {"statusCode": 0, "result": "t"}}, "t", None),
    ({"hasError": False, "statusCode": True, "result": None}, None, None),
    ({"hasError": False, "errorCode": 0, "result": {"statusCode": 5}}, {"statusCode": 5}, None),
    ({"hasError": "false", "result": " [broken", "count": "5"}, " [broken", None)])
def test_an_envelope_that_holds_something(answer, payload, count):
    found = Envelope(answer)
    assert (found.readable, found.failed, found.payload, found.count) == (True, False, payload, count)


def test_what_may_pass():
    assert [code for code in codes.CODES if codes.failure("do", code, None, 200).retryable] == [33, 999]
    assert codes.failure("do", None, None, 503).retryable is True and codes.failure("do", None, None, None).retryable is False
    assert Envelope({"hasError": True, "referenceNumber": "r", "result": None}).reference == "r"
    assert "reference r" in str(codes.failure("do", 4, None, 200, "r"))


def test_secrets_in_the_map_of_services():
    for services in ({"share_folder": {"product_id": 5, "api_key": "canary"}, "share_file": 6}, '{"share_folder": {"api_key": "canary"}, "share_file": 6}'):
        assert "canary" in PodspaceClient.secrets({"api_services": services, "api_key": "key"}) and "key" in PodspaceClient.secrets({"api_key": "key"})
    assert "{canary" in PodspaceClient.secrets({"api_services": "{canary"}) and PodspaceClient.secrets({"api_services": "[5]"}) == [None, None]


# -- lists ---------------------------------------------------------------------------------------------------------------


def shares(made, **more):
    return [row["id"] for row in made.listing("get_share_with_me", lambda row: row["id"], **more)]


def numbers(count, start=0):
    return [{"id": number} for number in range(start, start + count)]


def paging(total, counts=True, size=None):
    """A server that pages: tells the total, or not; gives at most ``size`` rows."""
    def answer(call):
        start = int(call[4]["data"].get("start") or 0)
        asked = int(call[4]["data"].get("size") or 20)
        return told(numbers(total)[start:start + min(asked, size or asked)], total if counts else None)
    return answer


@pytest.mark.parametrize(("total", "counts", "calls"), [(0, False, 1), (9, False, 1), (9, True, 1), (10, True, 1), (10, False, 2),
                                                        (25, True, 2), (25, False, 3)])
def test_a_list(total, counts, calls):
    made, seen = panel(paging(total, counts))
    assert shares(made) == list(range(total)) and len(seen) == calls
    assert "size" not in seen[0][4]["data"] and "start" not in seen[0][4]["data"]
    if calls > 1:
        assert seen[1][4]["data"]["size"] == PAGE and seen[1][4]["data"]["start"] == min(total, 20)


def test_a_list_in_pages_of_a_given_size():
    made, seen = panel(paging(17, False))
    assert shares(made, size=15) == list(range(17)) and [call[4]["data"]["size"] for call in seen] == [15, PAGE, PAGE]
    made, seen = panel(paging(12, False))
    assert shares(made, size=20) == list(range(12)) and len(seen) == 1


def test_a_list_that_has_shown_enough():
    made, seen = panel(paging(25, False))
    assert len(shares(made, enough=lambda rows: len(rows) >= 20)) == 20 and len(seen) == 1
    made, seen = panel(paging(25, False))
    assert len(shares(made, enough=lambda rows: False)) == 25
    # A total that was told is read to its end.
    made, seen = panel(paging(25))
    assert len(shares(made, enough=lambda rows: True)) == 25


def test_a_total_that_is_never_reached():
    made, _seen = panel(told(numbers(3), 5), told(numbers(3), 5))
    with pytest.raises(errors.BadAnswerError, match="the vendor counts 5 rows but gives only 3"):
        shares(made)
    made, seen = panel(told(numbers(3), 5), told(numbers(2, 3)))
    assert shares(made) == [0, 1, 2, 3, 4] and len(seen) == 2


@pytest.mark.parametrize("code", [101, 999])
def test_a_service_that_takes_no_paging(code):
    made, seen = panel(told(numbers(20)), fault(code))
    assert len(shares(made)) == 20 and len(seen) == 2
    for first, second in ((told(numbers(20), 25), fault(code)), (told(numbers(20)), fault(4))):
        with pytest.raises(errors.ApiError):
            shares(panel(first, second)[0])


@pytest.mark.parametrize("result", [numbers(2), [numbers(2)], {"list": numbers(2)}, json.dumps(numbers(2))])
def test_rows_in_every_envelope(result):
    assert shares(panel(told(result))[0]) == [0, 1]


# -- spaces --------------------------------------------------------------------------------------------------------------


A = {"hash": "ha", "name": "School", "description": None, "role": "OWNER"}
B = {"hash": "hb", "name": "other"}


def test_spaces():
    made, calls = panel(told([A, B]), told([]))
    assert made.organizations() == [{"id": "ha", "hash": "ha", "name": "School", "description": "", "role": "owner"},
                                    {"id": "hb", "hash": "hb", "name": "other", "description": None, "role": None}]
    assert made.organization("ha")["name"] == "School" and made.organization("School ")["hash"] == "ha"
    assert made.organization("other")["hash"] == "hb" and made.organization("nobody") is None and len(calls) == 1
    made.forget_organizations()
    made.forget_organizations()
    assert made.organizations() == [] and len(calls) == 2


def test_two_spaces_of_one_name():
    made, _calls = panel(told([A, dict(A, hash="hc"), dict(B, name="ha")]))
    with pytest.raises(errors.PanelError, match="2 organizations are called School .hashes ha, hc.") as error:
        made.organization("School")
    assert error.value.code == "ambiguous"
    # A hash goes before a name that looks like it.
    assert made.organization("ha")["name"] == "School"


def test_no_more_spaces_are_read_than_are_named():
    many = [{"hash": "h%d" % number, "name": "n%d" % number} for number in range(12)]
    for named, count in ((["n3"], 1), (["h3", "n5", None], 1), (["n99"], 2), ([], 2), (["n3", "n99"], 2)):
        made, calls = panel(lambda call: told(many if not call[4]["data"].get("start") else []))
        made.organizations(named)
        assert len(calls) == count, named
    made, calls = panel(lambda call: told(many if not call[4]["data"].get("start") else []))
    assert made.organization("n3")["hash"] == "h3" and len(calls) == 1


@pytest.mark.parametrize("row", [{"hash": "h"}, {"name": "n"}, {"hash": "", "name": "n"}, {"hash": "h", "name": ""}, "x", {"hash": "h", "name": ["n"]}])
def test_what_is_no_space(row):
    with pytest.raises(errors.BadAnswerError, match="get_user_organizations"):
        panel(told([row]))[0].organizations()


def test_the_hash_of_a_space():
    for row in ({"hash": "h"}, {"organization": {"hash": "h"}}, {"organization": "h"}):
        assert organization_hash(row) == "h"
    assert organization_hash({}) is None and organization_hash({"hash": ""}) is None


@pytest.mark.parametrize(("status", "settled"), [(408, False), (504, False), (599, False), (500, True)])
def test_a_gateway_inside_an_envelope(status, settled):
    """The gateway passes on that the service behind it was not heard of in time: what was asked for may be done all the same."""
    answer = {"hasError": False, "errorCode": 0, "result": {"statusCode": status, "result": None}}
    for effect in (Effect.CREATE, Effect.CHARGE):
        with pytest.raises(errors.UnknownOutcome) as caught:
            panel(answer, api_services={"create_organization": 1})[0].service("create_organization", effect, name="n")
        assert caught.value.settled is settled
    with pytest.raises(errors.ApiError):
        panel(answer, api_services={"get_user_organizations": 1})[0].service("get_user_organizations")
