# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers write is redacted whole before it is shown, and what answers a login or a write is never shown: all vendors."""

from __future__ import annotations

import http.server
import json
import threading

import pytest
from jobs import carry_out

#: Two spaces, and long enough to lie across any cut.
SECRET = "TOP  SECRET/KEY+ABCDEFGHIJKLMNOPQRSTUVWXYZ  0123456789"
PIECES = ("TOP  S", "SECRET", "ABCDEF", "LMNOPQ", "WXYZ", "01234")
FRESH = "fresh-token-that-nobody-knows"

#: For each vendor a reading module, its options, and how an error of the vendor carries a text.
READS = {
    "alocom": ("alocom_label_info", {"api_username": "u", "api_password": SECRET}, lambda text: {"message": text, "errors": {"title": [text]}}),
    "deltasib": ("deltasib_service_info", {"api_username": "u", "api_password": SECRET}, lambda text: {"ErrorCode": -5, "ErrorDesc": text}),
    "payamsms": ("payamsms_scheduled_info", {"api_username": "u", "api_password": SECRET, "api_system_name": "s", "api_client_id": "c",
                                             "api_client_secret": "d"}, lambda text: {"errorCode": "E2", "description": text}),
    "podspace": ("podspace_plan_info", {"api_token": "t", "api_key": SECRET, "api_services": {"get_plan_list": 1, "get_user_plan": 2}},
                 lambda text: {"hasError": True, "errorCode": 101, "message": text, "result": None, "referenceNumber": "77"}),
    "smspanel": ("smspanel_profile_info", {"api_username": "u", "api_password": SECRET}, lambda text: {"status": 400, "message": text, "result": None}),
}
LOGINS = ("alocom", "deltasib", "payamsms")


class Stranger(http.server.BaseHTTPRequestHandler):
    """Answers every request with ``answer``: status, content type, body."""

    answer = (200, "text/plain", b"")
    protocol_version = "HTTP/1.1"

    def reply(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, media, body = Stranger.answer
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = reply

    def log_message(self, *args):  # pylint: disable=arguments-differ
        pass


@pytest.fixture(scope="module")
def stranger():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield "http://127.0.0.1:%d" % server.server_port
    server.shutdown()
    thread.join()


def failed(module, options, url):
    result = carry_out(module, dict(options, api_url=url, api_retries=0))
    assert result["failed"], result
    return json.dumps(result, ensure_ascii=False)


@pytest.mark.parametrize("vendor", READS)
def test_no_piece_of_a_secret_is_left_by_folding_and_cutting(vendor, stranger):
    """The secret lies across every place at which a text could be cut, in plain text and in the vendor's own error."""
    module, options, own = READS[vendor]
    for pad in range(60, 540, 13):
        text = "é" * pad + SECRET + " after it"
        for media, body in (("text/plain", text), ("application/json", json.dumps(own(text), ensure_ascii=pad % 2 == 0))):
            Stranger.answer = (400, media, body.encode())
            told = failed(module, options, stranger)
            assert not [piece for piece in PIECES if piece in told], (pad, media, told)
    Stranger.answer = (400, "text/plain", ("why: " + SECRET).encode())
    assert "why: ********" in failed(module, options, stranger)


def steering(text):
    """The characters of an output that steer a terminal or turn a line round, and those that no output can hold."""
    return sorted({hex(ord(sign)) for sign in text if sign not in "\n\t" and (ord(sign) < 32 or 0x7f <= ord(sign) < 0xa0 or sign in "\u202e\u2066\u2028")})


def test_what_a_server_writes_does_not_steer_the_terminal(stranger, run, door):
    """Nor is it a template, nor does half a character make the whole result unreadable: every vendor, a refusal, an address, a kind of content."""
    evil = "\x1b[31mRED\x1b]0;title\x07\x9b31m\u202eabc\u2066\u2028\x08\x7f {{ 7 * 191 }} end"
    tasks = [{"name": vendor, "kariz.panels." + module: dict(options, api_url=stranger, api_retries=0), "ignore_errors": True}
             for vendor, (module, options, _own) in READS.items()]
    Stranger.answer = (400, "text/plain", evil.encode())
    played = run(tasks, door, verbosity=2).ok()
    assert steering(played.output) == [] and "1337" not in played.output
    # A refusal in the words of every vendor.
    words = {name: part for _module, _options, own in READS.values() for name, part in own("a\ud800b" + evil).items()}
    Stranger.answer = (400, "application/json", json.dumps(dict(words, errorCode="E2")).encode())
    half = run(tasks, door, verbosity=2).ok()
    assert steering(half.output) == []
    for vendor in READS:
        assert "\\x1b[31mRED\\x1b]0;title\\x07\\x9b31mabc" in played[vendor]["msg"] and "{{ 7 * 191 }} end" in played[vendor]["msg"]
        assert "a\ufffdb\\x1b[31m" in half[vendor]["msg"] and half[vendor]["error"]["http_status"] == 400


def test_half_a_character_loses_no_write(stranger, run, door, tmp_path):
    """A text that was sent and paid for is told as sent, and the journal has it."""
    answer = {"status": 200, "message": "a\ud800", "result": {"status": 0, "id": "5\udc00", "b\ud800": 1}}
    Stranger.answer = (200, "application/json", json.dumps(answer).encode())
    send = {"api_url": stranger, "api_token": "t", "sender": "30001234", "recipients": ["09121234567"], "text": "x", "message_id": "m",
            "journal": str(tmp_path / "journal.db")}
    tasks = [{"name": name, "kariz.panels.smspanel_message": send} for name in ("sent", "again")]
    played = run(tasks[:1], door).ok()
    assert played["sent"]["changed"] and played["sent"]["message"]["id"] == "5\ufffd"
    assert not run(tasks[1:], door).ok()["again"]["changed"]


@pytest.mark.parametrize("vendor", LOGINS)
def test_a_login_answer_that_cannot_be_read_is_not_shown(vendor, stranger):
    module, options, _own = READS[vendor]
    token = {"alocom": {"token": FRESH}, "deltasib": {"Token": FRESH}, "payamsms": {"access_token": FRESH}}[vendor]
    whole = json.dumps(token)
    for media, body in (("application/json", whole[:-1]), ("text/html", "<br>Warning: x in y.php<br>" + whole), ("application/json", json.dumps([token])),
                        ("application/json", json.dumps(FRESH)), ("application/json", json.dumps({"inner": {"deeper": token}}))):
        Stranger.answer = (200, media, body.encode())
        told = failed(module, options, stranger)
        assert FRESH not in told, told
        if body != whole and not body.startswith("{\"inner"):
            assert media in told and "%d bytes" % len(body) in told, told


@pytest.mark.seed("empty", chosen_password=FRESH)
@pytest.mark.parametrize("kind", ["truncate_json", "wrong_type"])
def test_a_create_answer_that_cannot_be_read_is_not_shown(alocom, kind):
    """The password that the vendor chose is in it; the user is found and adopted."""
    alocom.fault(kind, method="POST", path="users$", commit=True, **({"body": "the password is " + FRESH} if kind == "wrong_type" else {}))
    made = carry_out("alocom_user", dict(alocom.connection, username="sara", name="س", surname="ر"))
    assert not made["failed"] and FRESH not in json.dumps(made, ensure_ascii=False)
    assert "lost" in "".join(made["warnings"])
    alocom.fault(kind, method="POST", path="users$", times=0, **({"body": "the password is " + FRESH} if kind == "wrong_type" else {}))
    lost = carry_out("alocom_user", dict(alocom.connection, username="reza", name="س", surname="ر"))
    assert FRESH not in json.dumps(lost, ensure_ascii=False)


def test_many_refused_items_and_their_passwords(alocom):
    """Every password is kept out of every item's error, whichever the vendor echoes, and the items keep their names."""
    words = {"p%04d" % number: "Pass-%04d-word" % number for number in range(300)}
    alocom.fault("status", method="POST", path="users$", status=422, times=0,
                 body={"message": "refused: " + " ".join(words.values()), "errors": {"name": ["no"]}})
    users = [{"username": name, "name": "ن", "surname": "خ", "password": password} for name, password in words.items()]
    users.append({"username": "Pass-0000-word", "name": "ن", "surname": "خ"})
    result = carry_out("alocom_user", dict(alocom.connection, users=users, api_concurrency=2))
    assert result["failed"] and result["summary"]["failed"] == len(users)
    assert not [password for password in words.values() for one in result["users"] if password in one["error"]["message"]]
    assert "-word" not in result["error"]["message"]
    assert [one["username"] for one in result["users"]] == [*words, "Pass-0000-word"]


@pytest.mark.parametrize("password", ["pass", "message", "user", "changed"])
def test_our_own_words_stay(alocom, password):
    """Keys of a result, and a name that happens to be a password, are not touched."""
    alocom.reset("empty", password=password)
    connection = dict(alocom.connection, api_password=password)
    plain = carry_out("alocom_user", dict(connection, users=[{"username": "a", "name": "ن", "surname": "خ"}, {"username": password}]))
    assert plain["failed"] and set(plain) == {"failed", "changed", "msg", "users", "summary", "diff", "error", "api", "warnings"}
    assert "(%s)" % password in plain["msg"]
    assert set(plain["users"][0]) >= {"username", "id", "action", "changed"} and plain["users"][1]["username"] == password
    assert plain["users"][0]["password"]
    one = carry_out("alocom_user", dict(connection, username=password, labels=["none"]))
    assert one["msg"].startswith("alocom_user %s: " % password)
