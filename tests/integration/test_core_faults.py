# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bad network and a bad server: never two objects where one was asked for, never a lie about what happened, never longer than allowed."""

from __future__ import annotations

import pytest
from relays import Relay, certificate

LABEL = "kariz.panels.alocom_label"
USER = "kariz.panels.alocom_user"
EVENT = "kariz.panels.alocom_event"

#: Faults of a create that the server carried out: name and fault.
DONE = {
    "reset-after": {"kind": "reset_after"}, "status-after-500": {"kind": "status_after", "status": 500},
    "status-after-502": {"kind": "status_after", "status": 502}, "truncated": {"kind": "truncate"}, "truncated-rst": {"kind": "truncate", "how": "rst"},
    "cut-json": {"kind": "truncate_json"}, "html-done": {"kind": "html", "commit": True}, "empty-done": {"kind": "empty", "commit": True},
    "wrong-type-done": {"kind": "wrong_type", "commit": True}, "black-hole-after": {"kind": "black_hole_after"},
}
#: Faults of a create that the server did not carry out, but has finished with: one more try is right.
UNDONE = {
    "status-500": {"kind": "status", "status": 500}, "html": {"kind": "html"}, "empty": {"kind": "empty"}, "wrong-type": {"kind": "wrong_type"},
    "status-429": {"kind": "status", "status": 429},
}
#: The server may still be at work, whatever closed the connection or answered for it: only what the vendor keeps unique is tried again.
UNPROVEN = {
    "black-hole": {"kind": "black_hole"}, "reset-before": {"kind": "reset_before"}, "status-503": {"kind": "status", "status": 503},
    "status-504": {"kind": "status", "status": 504, "body": {"message": "Endpoint request timed out"}}, "status-522": {"kind": "status", "status": 522},
}

RESOURCES = {
    "label": (LABEL, "labels", "title", "labels/$", lambda key: {"title": key}),
    "user": (USER, "users", "username", "users$", lambda key: {"username": key, "name": "نام", "surname": "خانواده"}),
    "user with password": (USER, "users", "username", "users$",
                           lambda key: {"username": key, "name": "نام", "surname": "خانواده", "password": "secret-word", "email": "%s@example.ir" % key}),
    "event": (EVENT, "events", "slug", "events$",
              lambda key: {"slug": key, "title": "ت %s" % key, "service": "14", "members": [{"username": "zahra.karimi", "role": "teacher"}]}),
}


def task(task_name, /, module=LABEL, keywords=None, **options):
    return {"name": task_name, module: options, "ignore_errors": True, **(keywords or {})}


@pytest.mark.parametrize(("resource", "settings"), [*((name, {"create_returns_id": False}) for name in RESOURCES), ("user with password", {})])
def test_a_create_whose_answer_is_lost(alocom, run, resource, settings):
    module, kind, key, path, make = RESOURCES[resource]
    alocom.reset("default", **settings)
    # Four uncommitted or lost answers of each kind: alone, and together in one list.
    faults = {**DONE, **UNDONE, **UNPROVEN}
    lost_for_good = UNPROVEN if resource == "label" else {}
    for name, fault in faults.items():
        for form in ("one", "many"):
            # The key, and nothing that begins with it.
            alocom.fault(method="POST", path=path, match_body='"%s-%s"' % (name, form), **fault)
    # Results with a vendor-made password are kept from callbacks, so all of them are told as variables, at the end.
    steps = {name: dict(make("%s-one" % name), api_timeout=1) for name in faults}
    steps["list"] = {kind: [make("%s-many" % name) for name in faults], "api_timeout": 1}
    # The same once more, as one list.
    for form in ("one", "many"):
        steps["%s again" % form] = {kind: [make("%s-%s" % (name, form)) for name in faults]}
    tasks = [task(step, module=module, keywords={"register": "told_%d" % place}, **options) for place, (step, options) in enumerate(steps.items())]
    tasks.append({"name": "told", "ansible.builtin.debug": {"msg": ["{{ told_%d }}" % place for place in range(len(steps))]}})
    results = dict(zip(steps, run(tasks).ok()["told"]["msg"]))
    again = dict(zip(faults, results["one again"][kind]))
    listed = dict(zip(faults, results["list"][kind]))
    for name in faults:
        unknown = name in lost_for_good
        assert results[name]["changed"] is not unknown, (name, results[name])
        assert listed[name]["action"] == ("failed" if unknown else "created"), (name, listed[name])
        # Said to be made: it was there. Said to be unknown: here it was not.
        assert again[name]["action"] == ("created" if unknown else "unchanged"), (name, again[name])
        if unknown:
            assert results[name]["error"]["code"] == listed[name]["error"]["code"] == "outcome_unknown", results[name]
    assert results["one again"]["summary"]["created"] == results["many again"]["summary"]["created"] == len(lost_for_good)
    made = [row[key] for row in alocom.dump()[kind]]
    for name in faults:
        assert made.count("%s-one" % name) == made.count("%s-many" % name) == 1, name
    if resource == "user with password":
        rows = [row for row in alocom.dump()["users"] if row["username"].endswith(("-one", "-many"))]
        assert {row["password"] for row in rows} == {"secret-word"} and all(row["email"] for row in rows)
    if resource == "user":
        assert "password" in str(results["reset-after"].get("warnings")) and "password" not in results["reset-after"]["user"]
    if resource == "event":
        assert all(len(row["members"]) == 1 for row in alocom.dump()["events"] if row["slug"].endswith(("-one", "-many")))


def test_lost_answers_of_updates_and_deletes(alocom, run, door):
    """Setting and removing may be repeated: the end is as wanted, and the task tells what it did."""
    alocom.seed("users", 14, prefix="u")
    kinds = [{"kind": "reset_after"}, {"kind": "reset_before"}, {"kind": "status_after", "status": 500}, {"kind": "status", "status": 500},
             {"kind": "truncate"}, {"kind": "html"}, {"kind": "empty", "commit": True}]
    rows = alocom.dump()["users"]
    for number, fault in enumerate(kinds):
        alocom.fault(method="PATCH", path="users/%d$" % rows[number]["id"], **fault)
        alocom.fault(method="DELETE", path="users/%d$" % rows[7 + number]["id"], **fault)
    played = run([
        task("update", module=USER, users=[{"username": row["username"], "name": "نو"} for row in rows[:7]]),
        task("delete", module=USER, users=[{"username": row["username"]} for row in rows[7:]], state="absent"),
        task("again", module=USER, users=[{"username": row["username"], "name": "نو"} for row in rows[:7]]),
    ], door).ok()
    assert played["update"]["summary"]["updated"] == 7 and played["delete"]["summary"]["deleted"] == 7 and played["again"]["changed"] is False
    assert {row["name"] for row in alocom.dump()["users"]} == {"نو"}


def test_silence_and_slowness_end_at_the_deadline(alocom, run, door):
    """A server that says nothing, or a byte now and then, does not outlive ``api_deadline``; a write is then of unknown outcome."""
    # Whatever outlived the deadline would wait longer than the test does.
    limits = {"api_deadline": 2, "api_timeout": 3600}
    for kind in ("black_hole", "drip"):
        more = {"seconds": 30} if kind == "drip" else {}
        alocom.fault(kind, path="labels/list", times=1, **more)
    alocom.fault("black_hole", method="POST", path="labels/$", match_body="black", times=0)
    alocom.fault("black_hole_after", method="POST", path="labels/$", match_body="m-1", times=0)
    items = [{"title": "m-%02d" % number} for number in range(20)]
    played = run([
        task("silent look", title="a", **limits), task("slow look", title="a", **limits), task("silent write", title="black", **limits),
        task("silent writes", labels=items, **limits), task("silent login", title="a", api_timeout=1, api_retries=1, api_url="http://127.0.0.1:9"),
        task("after", title="a"),
    ], door).ok()
    for name in ("silent look", "slow look", "silent write", "silent writes"):
        assert played.kinds(name) == ["failed"], name
    assert played["silent look"]["error"]["code"] == "deadline" and "api_deadline" in played["silent look"]["msg"]
    assert played["silent write"]["error"]["code"] == "outcome_unknown"
    assert played["silent login"]["error"]["code"] == "no_connection" and played["silent login"]["error"]["retryable"] is True
    assert played["after"]["changed"] is True


def gap(alocom, operation):
    """Return the seconds between the first two requests of an operation."""
    times = [entry["time"] for entry in alocom.journal() if entry["operation"] == operation]
    return times[1] - times[0]


def test_slow_down(alocom, run):
    """Retry-After in seconds and as a date is obeyed, for reads and for creates; longer than the deadline leaves, it fails at once."""
    alocom.fault("status", path="labels/list", status=429, retry_after=1)
    alocom.fault("status", path="labels/$", method="POST", status=429, retry_after_date=3)
    alocom.fault("status", path="users/index", status=429, retry_after=3600, times=0)
    played = run([task("obeys", title="a"), task("fails", module=USER, username="u", state="absent")]).ok()
    assert played["obeys"]["changed"] is True and played["obeys"]["api"]["retries"] == 2
    assert gap(alocom, "labels.list") >= 1 and gap(alocom, "labels.create") >= 1.9
    assert alocom.titles() == ["a"]
    assert played.kinds("fails") == ["failed"] and "3600 s" in played["fails"]["msg"]
    assert "api_deadline" in played["fails"]["msg"] and played["fails"]["error"]["http_status"] == 429
    assert alocom.operations().count("users.index") == 1


def test_one_slow_down_counts_for_all_threads(alocom, run):
    """A 429 heard by one of many concurrent writes holds back the others too, and all of them succeed."""
    alocom.fault("latency", path="labels/$", seconds=0.02, times=0)
    alocom.fault("status", path="labels/$", method="POST", status=429, retry_after=1, skip=10, times=1)
    played = run([task("list", labels=[{"title": "m-%02d" % number} for number in range(60)])]).ok()
    assert played["list"]["summary"]["created"] == 60 and len(alocom.titles()) == 60
    times = [entry["time"] for entry in alocom.journal() if entry["operation"] == "labels.create"]
    assert max(later - earlier for earlier, later in zip(times, times[1:])) >= 0.9


def test_storms(alocom, run):
    """503 now and then is sat out; 503 for ever and 500 on a look-up fail for present and absent alike, and write nothing."""
    alocom.seed("labels", 1, prefix="there")
    alocom.fault("status", status=503, probability=0.4, seed=7, times=12)
    # A username is unique, so a create that a gateway answered may be sent again; a label's title is not.
    storm = [{"username": "s-%02d" % number, "name": "ن", "surname": "خ", "password": "secret-word"} for number in range(12)]
    weather = run([task("storm", module=USER, users=storm, api_retries=20)]).ok()
    assert weather["storm"]["summary"]["created"] == 12 and weather["storm"]["api"]["retries"] >= 1
    alocom.sim.clear_faults()
    alocom.clear_journal()
    alocom.fault("status", path="labels/list", status=503, times=4)
    alocom.fault("status", path="labels/list", status=500, times=0)
    few = {"api_retries": 1}
    played = run([
        task("503 present", title="x", **few), task("503 absent", title="there-00001", state="absent", **few),
        task("500 present", title="x", **few), task("500 absent", title="there-00001", state="absent", **few),
        task("500 purge", labels=[], purge=True, **few), task("500 check", title="x", keywords={"check_mode": True}, **few),
    ]).ok()
    for name in ("503 present", "503 absent", "500 present", "500 absent", "500 purge", "500 check"):
        assert played.kinds(name) == ["failed"] and played[name]["changed"] is False
        assert played[name]["error"]["http_status"] == int(name[:3]) and played[name]["error"]["retryable"] is True
    assert alocom.writes() == [] and "there-00001" in alocom.titles()


@pytest.mark.parametrize("fault", [{"kind": "html"}, {"kind": "empty"}, {"kind": "wrong_type"}, {"kind": "truncate_json"},
                                   {"kind": "wrong_type", "body": {"data": None}}, {"kind": "wrong_type", "body": {"message": "ok"}}],
                         ids=["html", "empty", "text", "half", "null", "no list"])
def test_a_list_that_is_no_list_is_never_taken_for_empty(alocom, run, fault):
    alocom.seed("labels", 2, prefix="l")
    alocom.seed("users", 2, prefix="u")
    alocom.seed("events", 2, prefix="e")
    alocom.fault(path="(index|labels/list)$", times=0, **fault)
    user = {"username": "new", "name": "ن", "surname": "خ"}
    event = {"slug": "new", "title": "ت", "service": "14"}
    tasks = [task("label", title="new"), task("label absent", title="l-00001", state="absent"), task("user", module=USER, **user),
             task("user absent", module=USER, username="u-00001", state="absent"), task("users", module=USER, users=[user, dict(user, username="b")] * 1),
             task("event", module=EVENT, **event), task("event absent", module=EVENT, slug="e-00001", state="absent"),
             task("purge", labels=[], purge=True)]
    played = run(tasks).ok()
    for entry in tasks:
        assert played.kinds(entry["name"]) == ["failed"] and played[entry["name"]]["error"]["code"] == "bad_answer", (entry["name"], played[entry["name"]])
    assert alocom.writes() == []


@pytest.mark.smoke
def test_tokens(alocom, run, door):
    """A token that ends in the middle of a hundred writes costs one login; a void one without credentials is a clear failure."""
    alocom.settings(fixed_token="token-given-by-hand", create_returns_id=False)
    only = {"api_url": alocom.url}
    alocom.fault("token_expiry", path="labels/$", method="POST", skip=50)
    played = run([
        task("given", title="t", api_token="token-given-by-hand"),
        task("hundred", labels=[{"title": "m-%03d" % number} for number in range(100)], **alocom.connection),
        task("void", title="x", api_token="void-token-canary"),
        task("void with credentials", title="t", api_token="void-token-canary", **alocom.connection),
        task("wrong password", title="x", api_username="kariz-demo", api_password="wrong-password-canary"),
    ], door, connection=only).ok()
    assert played["given"]["changed"] is True and played["given"]["api"]["requests"] == 3
    assert played["hundred"]["summary"]["created"] == 100 and len(alocom.titles()) == 101
    assert played.kinds("void") == ["failed"] and "api_token" in played["void"]["msg"] and "void or expired" in played["void"]["msg"]
    assert played["void"]["error"]["code"] == 401 and played["void"]["error"]["name"] == "not_authenticated" and "do not replace it" in played["void"]["msg"]
    assert played["void with credentials"]["changed"] is False and played["void with credentials"]["api"]["requests"] == 3
    assert played["wrong password"]["error"]["http_status"] == 401 and "api_password" in played["wrong password"]["msg"]
    assert "canary" not in played.output
    # Two for the hundred, one after the void token, one refused: a refused login is not tried again.
    assert alocom.summary()["logins"] == 4


@pytest.mark.parametrize("status", [401, 422])
def test_refused_login(alocom, run, status):
    alocom.settings(login_error_status=status)
    played = run([task("wrong", title="x", api_password="wrong-password-canary"), task("absent", title="x", state="absent", api_password="other")]).ok()
    for name in ("wrong", "absent"):
        assert played.kinds(name) == ["failed"] and played[name]["error"]["http_status"] == status and played[name]["error"]["operation"] == "login"
    assert alocom.summary()["logins"] == 2 and "canary" not in played.output


def test_tls(alocom, run, tmp_path, door):
    """A certificate nobody vouches for is refused with a hint; ``ca_path`` wins over REQUESTS_CA_BUNDLE; the check can be turned off."""
    server, other = certificate(tmp_path), certificate(tmp_path, "other")
    folder = tmp_path / "cas"
    folder.mkdir()
    with Relay(alocom.url, server) as relay:
        url = {"api_url": relay.url + "/alocom", "api_retries": 0}
        misled = {"environment": {"REQUESTS_CA_BUNDLE": str(other[0])}}
        led = {"environment": {"REQUESTS_CA_BUNDLE": str(server[0])}}
        played = run([
            task("refused", title="a", **url), task("with ca_path", title="a", ca_path=str(server[0]), **url),
            task("ca_path wins", title="b", ca_path=str(server[0]), keywords=misled, **url),
            task("environment", title="c", keywords=led, **url), task("wrong environment", title="d", keywords=misled, **url),
            task("wrong ca_path", title="d", ca_path=str(other[0]), keywords=led, **url),
            task("no check", title="e", validate_certs=False, **url), task("no check wins", title="f", validate_certs=False, keywords=misled, **url),
            task("checked again", title="g", **url),
        ], door).ok()
    for name in ("refused", "wrong environment", "wrong ca_path", "checked again"):
        assert played.kinds(name) == ["failed"] and "ca_path" in played[name]["msg"] and "certificate" in played[name]["msg"].lower(), played[name]
    for name in ("with ca_path", "ca_path wins", "environment", "no check", "no check wins"):
        assert played[name]["changed"] is True
    # The password went to nobody who was not vouched for.
    assert len([path for _method, path in relay.asked if path.endswith("login")]) == (5 if door == "module" else 3)


def test_proxy_of_the_environment(alocom, run, door):
    """http_proxy is honoured, no_proxy too; plain http to another machine is warned about, the loopback is not."""
    with Relay(alocom.url) as proxy:
        far = {"api_url": "http://panel.example.test/alocom"}
        through = {"environment": {"http_proxy": proxy.url, "no_proxy": "127.0.0.1,localhost"}}
        played = run([
            task("proxied", title="a", keywords=through, **far), task("not proxied", title="b", keywords=through),
            task("no proxy at all", title="c", api_retries=0, **far),
        ], door).ok()
    assert played["proxied"]["changed"] is True and "travel in clear" in str(played["proxied"].get("warnings", "")) + played.output
    assert "warnings" not in played["not proxied"] and played["not proxied"]["changed"] is True
    assert played["no proxy at all"]["error"]["code"] == "no_connection"
    assert proxy.asked and all(path.startswith("http://panel.example.test/alocom/") for _method, path in proxy.asked)
    assert set(alocom.titles()) == {"a", "b"}


@pytest.mark.parametrize("how", ["insert", "delete"])
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_list_that_moves_while_it_is_read(alocom, run, how, order):
    """Rows pushed from page to page are neither missed nor seen twice: nobody is made again, nobody is deleted by mistake."""
    alocom.reset("empty", order=order)
    alocom.seed("users", 350, prefix="u", labels=["all"])
    alocom.fault("shift", path="users/index", how=how, object="users", skip=1, times=3)
    wanted = [{"username": "u-%05d" % number, "name": "x"} for number in range(10, 341)]
    played = run([task("check", module=USER, users=wanted, purge=True, purge_labels=["all"], purge_limit=25, keywords={"check_mode": True})]).ok()
    summary = played["check"]["summary"]
    assert summary["created"] == summary["failed"] == 0 and summary["updated"] == 331, played["check"].get("msg")
    assert summary["deleted"] <= 19


@pytest.mark.parametrize("cap", [1, 7, 50])
def test_a_server_that_caps_pages(alocom, run, cap):
    """``take`` is only a wish: a server that gives fewer rows a page is read to its end all the same."""
    alocom.reset("empty", take_max=cap, total_count="absent")
    count = 20 if cap == 1 else 120
    alocom.seed("users", count, prefix="u", labels=["all"])
    alocom.seed("events", 20, prefix="e")
    users = [{"username": "u-%05d" % number, "name": "x"} for number in range(1, count + 1)]
    events = [{"slug": "e-%05d" % number, "enabled": True} for number in range(1, 21)]
    played = run([task("users", module=USER, users=users, purge=True, purge_labels=["all"]), task("events", module=EVENT, events=events)]).ok()
    assert played["users"]["summary"] == {"created": 0, "updated": count, "deleted": 0, "unchanged": 0, "failed": 0}
    assert played["events"]["changed"] is False
