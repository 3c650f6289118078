# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages name the cause, in the user's words: which option, which address, which certificate; no class of a library, no line beside the result."""

from __future__ import annotations

import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from jobs import carry_out
from playing import play
from relays import Relay, certificate

#: One reading and one writing task of each vendor.
TASKS = {
    "alocom": [("alocom_label_info", {}), ("alocom_label", {"title": "t"})],
    "deltasib": [("deltasib_user_info", {}), ("deltasib_user", {"username": "new", "password": "p"})],
    "payamsms": [("payamsms_message_info", {"customer_ids": ["a"]}),
                 ("payamsms_message", {"customer_id": "a", "sender": "982000123", "recipient": "989121234567", "body": "x"})],
    "podspace": [("podspace_plan_info", {}), ("podspace_organization", {"name": "n"})],
    "smspanel": [("smspanel_profile_info", {}), ("smspanel_message", {"sender": "30001234", "recipients": ["09121234567"], "text": "x"})],
}
CASES = [(vendor, module, params) for vendor, tasks in TASKS.items() for module, params in tasks]
CLASSES = re.compile(r"\b[A-Z]\w+(?:Error|Exception|Pool|Connection|Disconnected)\b|\b\w+\(host=|object at 0x|HTTPS?Connection|Errno|Traceback")
each = pytest.mark.parametrize(("vendor", "module", "params"), CASES, ids=[module for _vendor, module, _params in CASES])


def connection_of(request, vendor, **more):
    made = {name: value for name, value in request.getfixturevalue(vendor).connection.items() if name != "ca_path"}
    return {**made, "api_retries": 0, "api_timeout": 2, **more}


class Answering:
    """A server with one answer for everything; a context manager. It counts what it is asked."""

    def __init__(self, status, headers=()):
        self.asked = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                served.asked.append(self.path)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()


@each
def test_a_redirect_names_the_place_and_the_option(request, vendor, module, params):
    with Answering(301, [("Location", "https://user:secret-word@new.example.ir/api/?token=canary")]) as server:
        result = carry_out(module, {**connection_of(request, vendor, api_url=server.url), **params})
    assert result["failed"] and result["msg"].startswith(module)
    assert "https://new.example.ir/api/" in result["msg"] and "api_url" in result["msg"] and "301" in result["msg"]
    # What costs money may have been carried out before.
    name = "outcome_unknown" if module == "smspanel_message" else "redirected"
    assert "secret-word" not in str(result) and "canary" not in str(result) and (result["error"]["name"], result["error"]["retryable"]) == (name, False)
    assert len(server.asked) == 1
    with Answering(301, [("Location", "https://new.example.ir" + server.asked[0])]) as server:
        result = carry_out(module, {**connection_of(request, vendor, api_url=server.url), **params})
    assert (result["error"]["name"], result["error"]["code"]) == ("redirected", 301) and "api_url" in result["msg"] and len(server.asked) == 1


@each
@pytest.mark.parametrize(("where", "words"), [("refused", "connection refused"), ("nowhere", "cannot be resolved"), ("no TLS", "no TLS: "),
                                              ("closed", "closed the connection"), ("untrusted", "the certificate is not trusted: self-signed certificate")])
def test_no_connection_in_words(request, vendor, module, params, where, words, tmp_path):
    with socket.socket() as taken, Answering(200) as plain, Relay("http://127.0.0.1:9", certificate(tmp_path)) as front:
        taken.bind(("127.0.0.1", 0))
        if where == "closed":
            taken.listen()

            def close():
                while True:
                    try:
                        taken.accept()[0].close()
                    except OSError:
                        return
            threading.Thread(target=close, daemon=True).start()
        port = taken.getsockname()[1]
        url = {"refused": "http://127.0.0.1:%d" % port, "closed": "http://127.0.0.1:%d" % port, "nowhere": "http://panel.invalid",
               "no TLS": plain.url.replace("http:", "https:"), "untrusted": front.url}[where]
        result = carry_out(module, {**connection_of(request, vendor, api_url=url), **params})
        taken.shutdown(socket.SHUT_RDWR) if where == "closed" else None
    assert result["failed"] and result["msg"].startswith(module), result
    assert words in result["msg"] or (where == "closed" and "reset by peer" in result["msg"]), result["msg"]
    assert not CLASSES.search(result["msg"] + result["error"]["message"]), result["msg"]
    if where != "closed":
        assert (result["error"]["code"], result["error"]["name"]) == ("no_connection", "no_connection")
        assert result["error"]["retryable"] is (where in ("refused", "nowhere"))
    assert ("ca_path" in result["msg"]) is (where == "untrusted")


HEADERS = [(vendor, name) for vendor in TASKS for name in (("api_token", "api_username", "api_password") if vendor == "smspanel" else ("api_token",))]


@pytest.mark.parametrize(("vendor", "option"), HEADERS)
@pytest.mark.parametrize(("value", "words"), [("kariz-token\n", "line break"), ("two\r\nlines", "line break"), (" kariz", "white space"),
                                              ("kariz ", "white space"), ("a\tb", "control character"), ("توکن", "letters")], ids=repr)
def test_what_no_header_can_hold(request, vendor, option, value, words):
    """Told before any request, with the option's name, wherever it comes from; the value is not shown."""
    if vendor == "smspanel" and words == "letters":
        # This panel takes any letters, as UTF-8.
        return
    panel = request.getfixturevalue(vendor)
    for module, params in TASKS[vendor]:
        given = {"api_username": "u", "api_password": "p"} if option != "api_token" else {}
        connection = {name: entry for name, entry in panel.connection.items() if name in ("api_url", "ca_path", "api_key", "api_services")}
        for where in ("task", "environment"):
            options = {**given, option: value}
            environ = {"%s_%s" % (vendor.upper(), name.upper()): text for name, text in options.items()} if where == "environment" else {}
            result = carry_out(module, {**connection, **params, **(options if where == "task" else {})}, environ=environ)
            assert result["failed"] and option in result["msg"] and words in result["msg"], result
            assert result["error"]["code"] == result["error"]["name"] == "bad_option" and value.strip() not in result["msg"]
    assert panel.journal() == []


def test_nothing_beside_the_result(deltasib, door, tmp_path):
    """validate_certs: false is an option, and whoever gave it knows."""
    connection = {**{name: value for name, value in deltasib.connection.items() if name != "ca_path"}, "validate_certs": False}
    played = play([{"name": "users", "kariz.panels.deltasib_user_info": connection},
                   {"name": "newline", "kariz.panels.deltasib_user_info": {**connection, "api_token": "token\n"}, "ignore_errors": True},
                   {"name": "untrusted", "kariz.panels.deltasib_user_info": {**connection, "validate_certs": True}, "ignore_errors": True}],
                  tmp_path, door=door).ok()
    assert "Insecure" not in played.output and "urllib3" not in played.output and "users" in played["users"]
    assert "api_token" in played["newline"]["msg"] and played["newline"]["error"]["code"] == "bad_option"
    assert "the certificate is not trusted" in played["untrusted"]["msg"] and not CLASSES.search(played["untrusted"]["msg"])
