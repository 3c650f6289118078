# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the vendors' clients over a wire of the test's own: which token a call carries, when there is a new one, what an answer stands for."""

from __future__ import annotations

import json
import threading
import time

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http import client
from ansible_collections.kariz.panels.plugins.module_utils._core.http.answers import rows
from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Client, NoContent, Token
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import USUAL, Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect, Reply
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor

OPTIONS = {"api_url": "https://panel.test", "api_timeout": 30.0, "api_retries": 2, "validate_certs": True, "ca_path": None, "api_concurrency": 4,
           "api_username": None, "api_password": None, "api_token": None}
LOGIN = {"api_username": "user-one", "api_password": "password-one"}


class Wire:
    """Stands in for the transport's ``send``: answers by the token that a call carries."""

    def __init__(self, good=("good",), body='{"fine": true}'):
        self.good = set(good)
        self.body = body
        self.calls = []

    def send(self, operation, method, path, effect, **call):
        token = call["headers"]["Authorization"]
        self.calls.append((operation, method, path, effect, token, {name: value for name, value in call.items() if name != "headers"}))
        status = 200 if token.replace("Bearer ", "") in self.good else 401
        return Reply(status, {"Content-Type": "application/json"}, self.body.encode() if status == 200 else b"token expired, says the vendor")

    def tokens(self):
        return [call[4].replace("Bearer ", "") for call in self.calls]


class Panel(Client):
    vendor = "vendor"

    def __init__(self, wire=None, made=(), store=None, **options):
        super().__init__(dict(OPTIONS, **options), Redactor(), store)
        self.wire = wire or Wire()
        self.transport.send = self.wire.send
        self.made = list(made)
        self.logins = 0

    def login(self):
        self.logins += 1
        token = self.made.pop(0)
        if isinstance(token, Exception):
            raise token
        return token if isinstance(token, Token) else Token(token)


class Store:
    """A token store that remembers what it was asked."""

    def __init__(self, kept=None):
        self.kept = kept
        self.asked = []
        self.dropped = []

    def get(self, digest, void, login, deadline):
        self.asked.append((digest, void, deadline))
        if self.kept is None or self.kept.value == void:
            self.kept = login()
        return self.kept

    def drop(self, digest):
        self.dropped.append(digest)


def ask(panel, **more):
    return panel.call("look", "GET", "/things", **more)


# -- tokens ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "left", "usable"), [("t", None, True), ("", None, False), (None, None, False), ("t", 60, True), ("t", 5.5, True),
                                                       ("t", 5, False), ("t", 4, False), ("t", 0, False), ("t", -60, False), ("", 60, False)])
def test_usable(value, left, usable, monkeypatch):
    monkeypatch.setattr(client.time, "time", lambda: 1000.0)
    assert Token(value, None if left is None else 1000.0 + left).usable() is usable


def test_a_given_token_needs_no_login():
    panel = Panel(api_token="good", **LOGIN)
    assert ask(panel) == ask(panel) == {"fine": True}
    assert panel.wire.tokens() == ["good", "good"] and panel.logins == 0
    assert panel.wire.calls[0][:4] == ("look", "GET", "/things", Effect.READ)


def test_one_login_serves_all_calls():
    panel = Panel(made=["good"], **LOGIN)
    ask(panel)
    ask(panel, params={"a": 1}, headers={"X": "y"})
    assert panel.wire.tokens() == ["good", "good"] and panel.logins == 1
    assert panel.wire.calls[1][5] == {"params": {"a": 1}}


def test_a_void_token_is_renewed_once_and_the_call_is_the_same():
    panel = Panel(made=["good"], api_token="old", **LOGIN)
    call = {"payload": {"a": 1}}
    assert panel.call("make", "POST", "/things", Effect.CREATE, dict, **call) == {"fine": True}
    assert [entry[:4] + entry[5:] for entry in panel.wire.calls] == [("make", "POST", "/things", Effect.CREATE, call)] * 2
    assert panel.wire.tokens() == ["old", "good"] and panel.logins == 1
    ask(panel)
    assert panel.wire.tokens()[2:] == ["good"] and panel.logins == 1


def test_a_new_token_that_is_refused_too_is_no_reason_for_another():
    panel = Panel(made=["bad", "good"], api_token="old", **LOGIN)
    with pytest.raises(errors.ApiError) as caught:
        ask(panel)
    assert panel.wire.tokens() == ["old", "bad"] and panel.logins == 1 and caught.value.http_status == 401


@pytest.mark.parametrize("of_task", [True, False])
def test_a_void_token_alone(of_task):
    panel = Panel(api_token="old-canary", made=["good"])
    panel.use(panel.redactor, None, token_of_task=of_task)
    with pytest.raises(errors.AuthError) as caught:
        ask(panel)
    error = caught.value
    assert panel.logins == 0 and panel.wire.tokens() == ["old-canary"]
    assert error.http_status == 401 and error.name == error.error["name"] == "not_authenticated" and error.ends_all
    assert "api_token is void or expired" in error.message and "says the vendor" in error.message and "look" in error.message
    assert ("do not replace it" in error.hint) is of_task and ("VENDOR_API_USERNAME" in error.hint) is not of_task
    assert (error.vendor, error.operation, error.code) == ("vendor", "look", "not_authenticated")


def test_a_refusal_of_a_token_that_was_taken_may_be_about_one_object():
    """So it ends nothing by itself; three of them in a row do, as for any login."""
    panel = Panel(api_token="good", api_concurrency=1)
    ask(panel)
    honest = panel.wire.good
    items = [0, 1, 2, 3, 4, 5, 6]

    def one(item):
        panel.wire.good = set() if item in (1, 3, 4, 5) else honest
        return ask(panel)
    outcomes = [error for _found, error in panel.map(one, items)]
    assert [error and error.code for error in outcomes] == [None, "not_authenticated", None, *["not_authenticated"] * 3, "not_attempted"]
    assert not outcomes[1].ends_all and "void or expired" in outcomes[1].message


@pytest.mark.parametrize(("count", "told"), [(1, []), (3, [("read", 1, 3), ("read", 2, 3), ("read", 3, 3)])])
def test_many_calls_tell_how_far_they_are(count, told):
    panel = Panel(api_token="good", api_concurrency=1)
    said: list = []
    panel.progress = lambda what: lambda done, of: said.append((what, done, of))
    panel.map(ask, [panel] * count)
    assert said == told
    del said[:]
    panel.map(ask, [panel] * 2, lambda done, of: said.append(("own", done, of)))
    assert said == [("own", 1, 2), ("own", 2, 2)]


def test_many_calls_are_given_the_time_that_they_take():
    panel = Panel(api_token="good", api_concurrency=1)
    panel.transport.deadline = Deadline(None)
    panel.map(ask, [panel] * 20)
    assert panel.transport.deadline.seconds > USUAL


@pytest.mark.parametrize(("given", "name"), [({"api_username": "sara"}, "sara"), ({"api_username": "sara", "api_token": "canary"}, "sara"), ({}, None)])
def test_whose_account_it_is(given, name):
    options = dict(OPTIONS, api_url="https://Panel.test:443/", **given)
    assert Panel.account_of(options) == {"vendor": "vendor", "url": "https://panel.test", "name": name}


def test_an_account_that_only_a_token_names():
    one, same, other = (Panel.account_of(dict(OPTIONS, api_username=None, api_token=token))["name"] for token in ("canary-1", "canary-1", "canary-2"))
    assert one == same != other and one.startswith("token ") and "canary" not in one


def test_what_the_vendor_says_of_a_void_token():
    class Coded(Panel):
        def refusal(self, operation, reply, answer):
            return errors.AuthError("%r old-canary" % answer, code=-6) if reply.status == 401 else None

    panel = Coded(api_token="old-canary")
    for body, shown in ((b'{"a": 1}', "{'a': 1}"), (b"{", "None")):
        panel.wire.send = panel.transport.send = lambda *args, body=body, **more: Reply(401, {}, body)
        with pytest.raises(errors.AuthError) as caught:
            ask(panel)
        assert caught.value.code == -6 and shown in caught.value.message and "old-canary" not in caught.value.message
    panel.refusal = lambda *args: None
    with pytest.raises(errors.AuthError) as caught:
        ask(panel)
    assert caught.value.code == "not_authenticated" and caught.value.message.endswith("expired")


@pytest.mark.parametrize("options", [{}, {"api_username": "u"}, {"api_password": "p"}, {"api_username": "", "api_password": "p"}])
def test_nothing_to_log_in_with(options):
    panel = Panel(made=["good"], **options)
    with pytest.raises(errors.AuthError) as caught:
        ask(panel)
    assert caught.value.code == "no_credentials" and caught.value.ends_all and caught.value.operation == "login" and panel.wire.calls == []
    assert "api_token" in caught.value.message and "VENDOR_API_PASSWORD" in caught.value.message and caught.value.vendor == "vendor"


def test_a_login_that_fails_ends_all_and_is_tried_again_next_time():
    panel = Panel(made=[errors.ApiError("no"), "good"], **LOGIN)
    with pytest.raises(errors.ApiError) as caught:
        ask(panel)
    assert caught.value.ends_all and panel.wire.calls == []
    assert ask(panel) == {"fine": True} and panel.logins == 2


def test_a_vendor_without_a_login():
    with pytest.raises(errors.AuthError, match="no login"):
        Client(dict(OPTIONS), Redactor()).login()


def test_an_expired_token_is_not_even_tried():
    panel = Panel(Wire(["good", "short"]), made=[Token("short", time.time() + 3), "good"], **LOGIN)
    ask(panel)
    ask(panel)
    assert panel.wire.tokens() == ["short", "good"] and panel.logins == 2


def test_many_threads_find_one_token_void():
    panel = Panel(made=["good", "spare"], api_token="old", **LOGIN)
    gate = threading.Barrier(6)
    send = panel.wire.send

    def together(*args, **call):
        reply = send(*args, **call)
        if reply.status == 401:
            gate.wait(20)
        return reply
    panel.transport.send = together
    threads = [threading.Thread(target=ask, args=(panel,)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert panel.logins == 1 and sorted(panel.wire.tokens()) == ["good"] * 6 + ["old"] * 6


def test_the_runs_token():
    store = Store()
    first = Panel(made=["good"], store=store, **LOGIN)
    second = Panel(store=store, **LOGIN)
    ask(first)
    ask(second)
    assert (first.logins, second.logins) == (1, 0) and second.wire.tokens() == ["good"] and second.redactor.text("good") == "********"
    assert [entry[:2] for entry in store.asked] == [(first.digest(), None)] * 2 and all(isinstance(entry[2], Deadline) for entry in store.asked)
    assert store.asked[0][2] is first.transport.deadline


def test_the_runs_token_when_it_is_void():
    store = Store(Token("good-canary"))
    panel = Panel(Wire(["good-canary"]), store=store, api_token="old", **LOGIN)
    ask(panel)
    assert panel.logins == 0 and store.asked == [(panel.digest(), "old", panel.transport.deadline)]
    assert panel.redactor.text("good-canary") != "good-canary"


@pytest.mark.parametrize(("made", "tokens"), [(["good"], ["old", "void as well", "good"]), (["bad", "good"], ["old", "void as well", "bad"])])
def test_the_runs_token_is_void_as_well(made, tokens):
    store = Store(Token("void as well"))
    panel = Panel(made=made, store=store, api_token="old", **LOGIN)
    if tokens[-1] == "good":
        assert ask(panel) == {"fine": True}
    else:
        with pytest.raises(errors.ApiError):
            ask(panel)
    assert panel.wire.tokens() == tokens and panel.logins == 1


def test_forgetting_a_token():
    store = Store(Token("good"))
    panel = Panel(made=["good"], store=store, **LOGIN)
    ask(panel)
    panel.forget_token()
    assert store.dropped == [panel.digest()]
    ask(panel)
    assert len(store.asked) == 2
    alone = Panel(made=["good", "good"], **LOGIN)
    ask(alone)
    alone.forget_token()
    ask(alone)
    assert alone.logins == 2


# -- whose connection it is, and its secrets ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value"), [("api_url", "https://other.test"), ("api_username", "x"), ("api_password", "x"), ("api_token", "x"),
                                             ("validate_certs", False), ("ca_path", "/etc/ca")])
def test_what_makes_another_connection(name, value):
    assert Panel().digest() != Panel(**{name: value}).digest()
    assert value is False or str(value) not in Panel(**{name: value}).digest()


@pytest.mark.parametrize(("name", "value"), [("api_timeout", 1.0), ("api_retries", 0), ("api_concurrency", 1)])
def test_what_does_not(name, value):
    assert Panel().digest() == Panel(**{name: value}).digest()


def test_another_vendor_is_another_connection():
    class Other(Panel):
        vendor = "other"
        secret_options = ("api_password", "api_token", "api_key")

    class Same(Other):
        vendor = "vendor"
    assert Panel().digest() != Other().digest() and len(Other().digest()) == 64
    assert Same(api_key="a").digest() != Same(api_key="b").digest()


def test_secrets_are_taken_out_from_the_start():
    panel = Panel(api_token="token-canary", api_password="password-canary", api_username="name-canary", made=[Token("made-canary")])
    assert panel.redactor.text("token-canary password-canary name-canary") == "******** ******** name-canary"
    panel._login()
    assert panel.redactor.text("made-canary") == "********"
    fresh = Redactor()
    notes = []
    panel.use(fresh, notes.append)
    assert fresh.text("token-canary password-canary") == "******** ********" and panel.transport.redactor is panel.redactor is fresh
    ask(Panel(api_token="good"))
    panel._token = Token("held-canary")
    another = Redactor()
    panel.use(another, notes.append)
    assert another.text("held-canary") == "********"
    panel.transport.note("n")
    assert notes == ["n"]


# -- answers -----------------------------------------------------------------------------------------------------------


def read(status, body="", effect=Effect.READ, expect=dict, **headers):
    panel = Panel()
    panel.redactor.add("secret-canary")
    return panel.read("look", Reply(status, headers, body.encode()), effect, expect)


@pytest.mark.parametrize(("status", "body", "expect", "found"), [
    (200, '{"a": 1}', dict, {"a": 1}), (201, "[1]", list, [1]), (200, "[1]", (dict, list), [1]), (200, "5", int, 5),
    (200, "{", None, None), (200, " ", (dict, type(None)), None),
    (200, "", None, None),
    (299, "{}", dict, {}), (200, "\ufeff{}", dict, {})])
def test_answers(status, body, expect, found):
    assert read(status, body, expect=expect) == found


@pytest.mark.parametrize(("body", "expect", "words"), [
    ("", dict, "expected a JSON object"), ("[]", dict, "a JSON object"), ("{}", list, "a JSON list"), ("5", (dict, list), "a JSON object or a JSON list"),
    ("{", (int, float), "int or float"), ("null", dict, "a JSON object"),
    ("{", (dict, type(None)), "a JSON object or nothing")])
def test_answers_of_another_kind(body, expect, words):
    with pytest.raises(errors.BadAnswerError, match=words):
        read(200, body, expect=expect)
    with pytest.raises(errors.UnknownOutcome, match=words) as caught:
        read(200, body, effect=Effect.CREATE, expect=expect)
    assert caught.value.settled


@pytest.mark.parametrize("effect", [Effect.REPLACE, Effect.CREATE, Effect.CHARGE])
@pytest.mark.parametrize(("status", "body", "silent"), [(204, "", True), (205, "", True), (201, "", True), (202, " \n", True), (201, "{}", False),
                                                        (200, "{}", False),
                                                        (202, "{}", False), (203, "{}", False)])
@pytest.mark.parametrize("expect", [dict, (dict, list), None])
def test_no_content(status, body, silent, effect, expect):
    found = read(status, body, effect, expect)
    assert found == {} and isinstance(found, NoContent) is silent and found.get("id") is None and list(found) == []


@pytest.mark.parametrize("status", [204, 201])
@pytest.mark.parametrize("effect", [Effect.READ, Effect.LOGIN])
def test_no_content_is_no_answer_to_a_question(status, effect):
    with pytest.raises(errors.BadAnswerError):
        read(status, "", effect)


@pytest.mark.parametrize("status", [300, 400, 401, 500])
def test_refusals(status):
    with pytest.raises(errors.ApiError) as caught:
        read(status, "no, secret-canary")
    assert caught.value.http_status == status and caught.value.message == "no, ********" and caught.value.operation == "look"
    with pytest.raises(errors.ApiError, match="no text"):
        read(status, "")


@pytest.mark.parametrize("status", [404, 405, 410])
def test_a_missing_page_is_nobodys_word(status):
    """Only the vendor's own answer says that a thing is not there."""
    with pytest.raises(errors.ApiError) as caught:
        read(status, "<h1>Not found</h1>")
    assert (caught.value.code, caught.value.http_status, caught.value.operation) == ("bad_answer", status, "look") and "api_url" in caught.value.hint
    assert not isinstance(caught.value, errors.NotFoundError) and "Not found" not in caught.value.message
    with pytest.raises(errors.ApiError, match="no, "):
        read(status, '{"message": "no, gone"}')


@pytest.mark.parametrize(("status", "redirected"), [(300, True), (301, True), (302, True), (307, True), (308, True), (399, True), (299, False), (400, False),
                                                    (201, False)])
def test_redirects(status, redirected):
    def once(**headers):
        return read(status, "{}", Location="https://u:p@new.test/secret-canary/%s?q=1" % ("x" * 400), **headers)
    if status < 300:
        assert once() == {}
        return
    with pytest.raises(errors.ApiError) as caught:
        once()
    error = caught.value
    assert (error.name == "redirected") is redirected
    if redirected:
        assert error.http_status == error.code == status and "https://new.test/********/xxx" in error.message and len(error.message) < 300
        assert "api_url" in error.hint and "q=1" not in error.message and (error.vendor, error.operation) == ("vendor", "look")


@pytest.mark.parametrize(("status", "place", "perhaps"), [
    (302, "/elsewhere", True), (303, "https://panel.test/things/5", True), (301, "https://other.test/login?next=/things", True),
    # The write was to go to the same path at another address, or with another scheme: nobody has carried it out.
    (301, "https://other.test/things", False), (302, "/api/things/", False), (301, "/things/", False), (302, "/other-things", True),
    (302, "//other.test/things", False), (303, "https://u:p@panel.test:8443/things?x", False),
    # These ask for the same request once more.
    (307, "/elsewhere", False), (308, "/elsewhere", False)])
@pytest.mark.parametrize("effect", [Effect.READ, Effect.LOGIN, Effect.REPLACE, Effect.CREATE, Effect.CHARGE])
def test_a_redirect_may_follow_a_write_that_was_carried_out(effect, status, place, perhaps):
    """What costs money is told as unknown then, and an object that was made is looked for."""
    panel = Panel()
    with pytest.raises(errors.PanelError) as caught:
        panel.read("make", Reply(status, {"Location": place}, b"", "https://panel.test/things"), effect)
    error = caught.value
    assert isinstance(error, errors.UnknownOutcome) is (perhaps and effect not in Effect.SAFE)
    assert "the server sends us on to " in error.message and "api_url" in error.sentence() and error.http_status == status
    assert (getattr(panel.heard, "written", None) == "make") is (perhaps and effect not in Effect.SAFE)


def test_what_the_transport_knows():
    panel = Panel(api_timeout=3.0, api_retries=1)
    assert (panel.transport.timeout, panel.transport.retries, panel.transport.base_url, panel.transport.vendor) == (3.0, 1, "https://panel.test", "vendor")
    assert panel.transport.understood(Reply(500, {}, b"{}")) is False
    assert panel.map(lambda number: number * 2, [1, 2]) == [(2, None), (4, None)]
    assert panel.token_of_task is False


# -- lists -------------------------------------------------------------------------------------------------------------


ROW = [{"id": 1}]


@pytest.mark.parametrize("answer", [
    ROW, {"things": ROW}, {"data": ROW}, {"result": ROW}, {"items": ROW}, {"data": {"things": ROW}}, {"result": {"data": ROW}},
    {"things": {"items": ROW}}, {"data": {"result": {"things": ROW}}}, {"other": [{}], "things": ROW}, {"data": {}, "result": {"things": ROW}}])
def test_rows(answer):
    assert rows(answer, "things") == ROW


@pytest.mark.parametrize(("answer", "told"), [
    ({}, "an empty object"), ({"other": ROW}, "an object with other"), (None, "null"), ("x", "a text of 1 characters"), (5, "a number"),
    (True, "true or false"), ({"data": None}, "an object with data"), ({"data": {"data": {"data": {"data": ROW}}}}, "an object with data"),
    ({"data": {"other": ROW}}, "an object with data")])
def test_no_rows(answer, told):
    with pytest.raises(errors.BadAnswerError) as caught:
        rows(answer, "things", "more", operation="list", vendor="vendor")
    assert caught.value.message == "list: expected a list under things or more, got %s" % told
    assert (caught.value.vendor, caught.value.operation, caught.value.code) == ("vendor", "list", "bad_answer")


def test_what_the_vendor_says_of_a_void_token_is_redacted_before_it_is_cut():
    panel = Panel(api_token="old  canary-with-two-spaces")
    for pad in range(150, 305, 3):
        panel.wire.send = panel.transport.send = lambda *args, pad=pad, **more: Reply(401, {}, b"x" * pad + b"old  canary-with-two-spaces")
        with pytest.raises(errors.AuthError) as caught:
            ask(panel)
        assert not [piece for piece in ("old ", "canary", "spaces") if piece in caught.value.message], caught.value.message


@pytest.mark.parametrize(("name", "value", "another"), [
    ("api_url", "https://other.test", True), ("api_username", "x", True), ("api_password", "x", True), ("api_token", "x", True),
    ("validate_certs", False, False), ("ca_path", "/etc/ca", False), ("api_timeout", 1.0, False)])
def test_whose_account_it_is_however_it_is_reached(name, value, another):
    assert (Panel().owner() != Panel(**{name: value}).owner()) is another
    assert len(Panel().owner()) == 64 and Panel().owner() != Panel().digest()


class Coded(Panel):
    """A vendor whose codes stand in the answer."""

    def refusal(self, operation, reply, answer):
        return None if answer is None else errors.ApiError("refused", code=answer["code"], foreign=answer.get("text"), http_status=reply.status)


@pytest.mark.parametrize(("code", "told"), [("E1", "E1"), (7, 7), ("x" * 40, "x" * 40), ("x" * 41, "x" * 40 + "..."), ("a  b\n c", "a b c"),
                                            ("secret-canary", "********")])
def test_a_code_is_foreign_text_too(code, told):
    panel = Coded()
    panel.redactor.add("secret-canary")
    with pytest.raises(errors.ApiError) as caught:
        panel.read("look", Reply(400, {}, json.dumps({"code": code, "text": "said secret-canary"}).encode()), Effect.READ)
    assert caught.value.code == told and caught.value.message == "refused: said ********"


def test_one_failure_of_many_is_told_without_secrets():
    panel = Panel()
    panel.redactor.add("secret-canary")

    def work(item):
        if item == 1:
            raise errors.ApiError("no", foreign="secret-canary", code="E1")
        if item == 2:
            panel.heard.last = "list things"
            return item["id"]
        return item
    (first, none), (failed, error), (strange, unread) = panel.map(work, range(3))
    assert (first, none, failed, strange) == (0, None, None, None) and error.message == "no: ********" and error.code == "E1"
    assert isinstance(unread, errors.BadAnswerError) and unread.message.startswith("list things: ")


def test_progress_of_many():
    told = []
    assert Panel(api_concurrency=1).map(str, iter([1, 2]), lambda done, of: told.append((done, of))) == [("1", None), ("2", None)]
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("effect", [Effect.READ, Effect.LOGIN, Effect.REPLACE, Effect.CREATE, Effect.CHARGE])
def test_what_was_heard(effect):
    """Whoever trips over an answer later learns from it which call it was, and whether something was written; a refusal wrote nothing."""
    panel = Panel()
    panel.read("first", Reply(200, {}, b"{}"), effect)
    written = None if effect in Effect.SAFE else "first"
    assert (panel.heard.last, panel.heard.written) == ("first", written) if written else getattr(panel.heard, "written", None) is None
    with pytest.raises(errors.ApiError):
        panel.read("second", Reply(400, {}, b"no"), effect)
    assert panel.heard.last == "second" and getattr(panel.heard, "written", None) == written


@pytest.mark.parametrize("status", [301, 404, 410])
def test_a_redirect_without_a_place_and_pages_of_others(status):
    with pytest.raises(errors.ApiError) as caught:
        read(status, "{}", **{"Content-Type": "text/html"})
    assert caught.value.name is None and caught.value.message == "{}" and caught.value.http_status == status
    with pytest.raises(errors.ApiError) as caught:
        read(status, "<html>")
    assert (caught.value.name == "bad_answer") is (status != 301)


def test_where_a_page_of_somebody_else_comes_from():
    for headers, got in (({"Content-Type": "text/html"}, "text/html"), ({}, "no content type")):
        with pytest.raises(errors.ApiError) as caught:
            read(404, "<h1>", **headers)
        error = caught.value
        assert error.message == "look: expected an answer of the vendor, got " + got and error.hint.startswith("Check api_url")
        assert (error.vendor, error.name) == ("vendor", "bad_answer")


def test_a_call_carries_the_token_beside_its_own_headers():
    call = {"headers": {"X-Own": "y"}, "params": {"a": 1}}
    Panel().authorise("t", call)
    assert call == {"headers": {"X-Own": "y", "Authorization": "Bearer t"}, "params": {"a": 1}}


def test_the_order_inside_an_option_makes_no_other_connection():
    one, other = ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert Panel(api_token=one).digest() == Panel(api_token=other).digest() != Panel(api_token={"a": 2, "b": 1}).digest()
