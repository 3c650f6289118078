# SPDX-License-Identifier: GPL-3.0-or-later
"""A mistake in the shape of the options hides none in what they say, nor one in the connection: jobs of all vendors tell all at once."""

from __future__ import annotations

import importlib

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, kinds
from ansible_collections.kariz.panels.plugins.module_utils._business.message import Message
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner

CONNECTION = {"api_token": "a\nb"}
NO_HEADER = "api_token holds a line break or another control character, which no header can hold"
UNKNOWN = "colour: unknown option; allowed here: "


def job(place):
    file, name = place.split(":")
    found = getattr(importlib.import_module("ansible_collections.kariz.panels.plugins.module_utils." + file), name)
    return found() if isinstance(found, type) else found


@pytest.mark.parametrize(("place", "given", "told"), [
    ("_deltasib.infos:UserInfo", {"usernames": ["", "ok", " x"]}, ["usernames[0] ", "usernames[2] "]),
    ("_payamsms.info:InboxInfo", {"number": "x"}, ["number: is not a number, not 'x'", "without since_id the vendor marks"]),
    ("_payamsms.info:ScheduledInfo", {"from_date": "someday"}, ["from_date, to_date: "]),
    ("_alocom.visit_info:VisitInfo", {"from_date": "2026-02-02", "to_date": "2026-01-01"}, ["from_date is later than to_date"]),
    ("_alocom.event_link:EventLink", {"event": "", "username": ""}, ["event is required", "username is required"]),
    ("_alocom.visit_info:VisitInfo", {"path": "//other.test", "from_date": "someday", "to_date": "2026-02-30"}, [
        "path must be a path below api_url", "from_date must be a day", "to_date must be a day"]),
    ("_podspace.invoice:Invoice", {"plan": " ", "redirect_url": "x", "message_id": ""}, [
        "redirect_url must be an http or https address", "plan must not be empty", "message_id must not be empty", "message_id needs journal"]),
    ("_smspanel.info:PhonebookInfo", {}, []),
    ("_podspace.info:ShareInfo", {"folder_hash": "a"}, []),
    ("_smspanel.message:MessageJob", {"recipients": ["x"]}, ["kind: plain needs sender", "kind: plain needs text", "recipients[0]: 'x' is not a phone number"]),
    ("_alocom.user:UserResource", {"users": [{"username": "a", "cellphone": "1"}]}, ["users[0].cellphone"]),
])
def test_beside_an_unknown_option_and_a_token_that_no_header_can_hold(place, given, told):
    this = job(place)
    connection = {"api_url": "https://panel.test", **CONNECTION}
    found = [problem.sentence() for problem in check.options_of(this, {**given, **connection, "colour": 1}).problems]
    assert found[0].startswith(UNKNOWN) and sum(text.startswith(NO_HEADER) for text in found) == ("api_token" in dict(this.client.headers)), found
    for text in told:
        assert sum(one.startswith(text) for one in found) == 1, found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("resource", [kind.resource for kind in kinds.KINDS if kind.resource.purgeable], ids=lambda resource: resource.module_name())
def test_purge_without_a_list_names_the_list(resource):
    found = [problem.sentence() for problem in check.options_of(resource, {"purge": True, "api_url": "https://panel.test", "api_token": "a"}).problems]
    assert found == ["purge: true needs %s" % resource.plural]


@pytest.mark.parametrize(("place", "option", "value"), [
    ("_deltasib.user_service:UserServiceResource", "pay_price", "-1"), ("_deltasib.payment:UserPaymentResource", "amount", "1.5"),
    ("_payamsms.message:MessageResource", "sender", "Kariz"), ("_payamsms.message:MessageResource", "send_date", "soon"),
    ("_smspanel.user:UserResource", "mobile", "0912"), ("_alocom.user:UserResource", "cellphone", "1"), ("_podspace.share:FOLDER_SHARE", "expiration", "soon"),
])
def test_a_text_of_which_a_field_makes_its_own_is_told_with_its_place(place, option, value):
    problems = planner.mistakes(job(place), {option: value}, ("things", 1), whole=False)
    assert [problem.path for problem in problems] == [("things", 1, option)]


def test_what_relies_on_a_shape_is_not_asked_where_the_shape_is_wrong():
    found = [problem.sentence() for problem in check.options_of(job("_payamsms.info:InboxInfo"), {"number": "x", "since_id": "y"}).problems]
    assert [text for text in found if text.startswith(("since_id", "number"))] == ["since_id: must be a whole number, not 'y'"]


@pytest.mark.parametrize("resource", [kind.resource for kind in kinds.KINDS], ids=lambda resource: resource.module_name())
def test_an_object_named_twice_is_told_beside_an_unknown_option(resource):
    """As the desired state tells it; an item that is wrong itself names nothing."""
    item = {name: "7" for name in resource.key if name not in ("public", "user_id")}
    item.update({"deltasib_user_payment": {"amount": 5, "currency_id": 1}, "deltasib_user_status": {"status": "1"}}.get(resource.module_name(), {}))
    given = {resource.plural: [dict(item), dict(item), dict(item, colour=1)], "api_url": "https://panel.test", "api_token": "a"}
    found = [problem.sentence() for problem in check.options_of(resource, given).problems]
    first, second = found
    assert first.startswith("%s[2].colour: unknown option" % resource.plural)
    assert second.startswith("%s[1]: names the same %s (" % (resource.plural, resource.name))
    document = {"panels": {resource.vendor: {next(kind.name for kind in kinds.KINDS if kind.resource is resource): given[resource.plural]}}}
    with pytest.raises(desired.Invalid) as caught:
        desired.accounts([("a.yml", document)])
    told = [problem.sentence() for problem in caught.value.problems]
    # In the same words, with the longer places of the file.
    there = "panels.%s.%s[" % (resource.vendor, next(iter(document["panels"][resource.vendor])))
    assert [text.removeprefix("a.yml: ").replace(there, resource.plural + "[") for text in told if ".colour: " not in text] == [second], told
    assert sum("[2].colour: unknown option" in text for text in told) == 1, told


def test_messages_that_share_a_key_or_have_none_are_told_with_their_places():
    rows = [{"key": key, "recipient": number, "text": "x"} for key, number in (("a", "09121234567"), (" ", "09121234567"), ("b", "12"), ("a", "09121234567"))]
    params = {"messages": rows, "parts_limit": 32, "on_invalid": "fail"}
    with pytest.raises(check.OptionsError) as caught:
        Message().texts(params)
    assert [problem.place for problem in caught.value.problems] == ["messages[1].key", "messages[3].key", "messages[2]"]
    assert caught.value.problems[1].text == "is the key of messages[0] too (a): each may occur once"
    assert caught.value.message.startswith("3 mistakes in the options; nothing was sent")


def test_blank_is_lacking_where_a_message_needs_something():
    found = [problem.sentence() for problem in check.options_of(job("_smspanel.message:MessageJob"), {
        "kind": "multiple", "api_url": "https://panel.test", "colour": 1, "messages": [{"sender": " ", "recipients": ["09121234567"], "text": "a"}]}).problems]
    assert "messages[0] needs sender" in found
