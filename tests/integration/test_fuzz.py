# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A short form of ``make fuzz``: some values for every module and some answers for every case, and those that once brought one down."""

from __future__ import annotations

import datetime
import json
import random
import sys
import time

import pytest
import strangers
from ansible.errors import AnsibleFilterError
from kariz_simulator.messages import Answer
from playing import DOORS, ROOT, run_command

from ansible_collections.kariz.panels.plugins.module_utils._core.http.answers import Shape

sys.path.insert(0, str(ROOT / "tests/fuzz"))

import answers  # noqa: E402
import bad_values  # noqa: E402
import callbacks  # noqa: E402
import desired_files  # noqa: E402
import options  # noqa: E402
import processes  # noqa: E402
import pure  # noqa: E402
import sources  # noqa: E402
import yaml_texts  # noqa: E402
from samples import Samples, modules, specification  # noqa: E402
from wire import Wire  # noqa: E402

import playbooks  # noqa: E402
import plugins  # noqa: E402

DAY = datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    """The vendors in this process, in a folder from which no path that nobody expects leads out."""
    folder = tmp_path_factory.mktemp("fuzz") / "a" / "b" / "c" / "d"
    folder.mkdir(parents=True)
    wire = Wire()
    with pytest.MonkeyPatch.context() as patch, wire.laid():
        patch.chdir(folder)
        patch.setenv("HOME", str(folder))
        patch.setattr(time, "sleep", lambda seconds: None)
        yield options.Stage(wire, folder), Samples(wire, folder)
    wire.simulator.vendors["deltasib"].close()


def test_every_module_with_a_value_that_nobody_expects(around):
    told = ["%s: %s: %s" % (case.module, case.what, problem) for case, problem in options.play(*around, random.Random(1), 2) if problem]
    assert not told, "\n".join(told)


def test_every_declaration_is_tried(around):
    """There is something to begin with for every module, and it works: otherwise one complaint would hide all others."""
    stage, samples = around
    idle = {"desired_apply", "desired_init", "journal_entry", "payamsms_inbox_info"}  # what they need is not there, which they say
    for module in modules():
        said = [stage.run(options.Case(module, "", given, True)) for given in samples.of(module)]
        assert said and (module in idle or not any(one.get("failed") for one in said)), (module, said)
        assert all(set(given) <= set(specification(module)) for given in samples.of(module))


#: Module, place, value, and what the message says. Nothing of it reached a vendor.
ONCE_WRONG = [
    ("alocom_label", ("labels", 0, "title"), "a\x00b", "labels[0].title: holds a character that no text holds (U+0000); type it again"),
    ("alocom_user", ("users", 0, "name"), "a\ud800", "users[0].name: holds a character that no text holds (U+D800)"),
    ("alocom_user", ("users", 0, "password"), bad_values.SECRET + "\ud800", "users[0].password: holds a character that no text holds (U+D800)"),
    ("alocom_user", ("users", 0, "a\u202eb"), "x", "users[0].a\\u202eb: unknown option"),
    ("alocom_event", ("guest_count",), "1e999999999", "guest_count: must be a whole number"),
    ("alocom_event", ("guest_count",), 10 ** 400, "guest_count: must be a whole number"),
    ("alocom_event", ("api_concurrency",), 10 ** 9, "api_concurrency must be at most 256, not 1000000000"),
    ("alocom_event", ("guest_count",), 10 ** 5000, "guest_count: is a number with too many digits"),
    ("alocom_event", ("foretold",), bad_values.deep(3000, True), "is nested too deeply: more than 100 lists or mappings in each other"),
    ("alocom_event", ("title",), {("a", "b"): 1}, "title: a key must be text, not a list"),
    ("alocom_event", ("title",), {"a", "b"}, "title: must be text, not a list"),
    ("alocom_event", ("api_deadline",), {DAY: 1}, "api_deadline: must be a number, not a mapping"),
    ("alocom_user", ("id",), "9" * 5000, "id: must be a whole number"),
    ("alocom_service_info", ("query",), "9" * 5000, "query is not a JMESPath expression that can be read"),
    ("smspanel_message_info", ("ids",), ["9" * 5000], "is not an id"),
    ("deltasib_user_service", ("user_service_id",), "inf", "user_service_id must be a whole number, not 'inf'"),
    ("alocom_user", ("secrets_path",), "x" * 400, "File name too long; no vendor was asked anything"),
    ("run_lock", ("lock_wait",), float("nan"), "lock_wait: must be a number"),
    ("desired_drift", ("markdown_path",), ".", "markdown_path: "),
    ("desired_export", ("dest",), "x" * 400, "cannot be written: File name too long"),
    ("desired_plan", ("report",), "business.yml", "is a file, not a folder"),
    ("secrets_sheet", ("sheets", 0, "people"), ["a"], "sheets[0].people[0]: must be a mapping"),
    ("secrets_sheet", ("sheets", 0, "people", 0, "secrets"), {"password": "a"}, "sheets[0].people[0].secrets.password: must be a list of two texts"),
]


@pytest.mark.parametrize(("module", "place", "value", "says"), ONCE_WRONG, ids=["%d %s" % (place, one[0]) for place, one in enumerate(ONCE_WRONG)])
def test_what_once_was_wrong(around, module, place, value, says):
    stage, samples = around
    given = next(one for one in samples.of(module) if len(place) == 1 or place[0] in one)
    case = options.Case(module, "", bad_values.put(given, place, value), False, [bad_values.SECRET])
    assert stage.problem(case) is None
    assert stage.last["failed"] and says in stage.last["msg"] and stage.last["error"]["code"] == "bad_option", stage.last
    assert stage.wire.asked == []


# -- answers -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def vendors(around):
    stage, samples = around
    made = answers.Stage(stage.wire, samples.folder)
    yield made
    made.wire.change = None


def test_an_answer_that_no_vendor_documents(vendors):
    told = ["%s: %s" % one for one in vendors.play(random.Random(1), 1) if one[1]]
    assert not told, "\n".join(told)


def test_a_client_that_reads_anything_is_found_out(vendors, monkeypatch):
    """A name that is null is refused; where what refuses it is left out, the label seems to be missing, and the rules notice."""
    case = next(one for one in strangers.alocom() if one[0] == "label again")
    vendors.samples.fresh("alocom")
    place = next(place for place, row in enumerate(vendors.wire.dump("alocom")["labels"]) if row["title"] == case[2]["title"])
    found = []
    for reads in (Shape.read, lambda self, row, *_where: row):
        monkeypatch.setattr(Shape, "read", reads)
        change = answers.Change("labels.list", random.Random(1), [])
        change._drawn, change.what, change.senseless = (("data", place, "title"), "null"), "a title is null", True
        found.append(vendors._spoil("alocom", case, "labels.list", [("labels.list", False)], {"changed": False}, change)[1])
    assert found == [None, "writes what it would not have written: labels.create"]


#: Vendor, case, operation, the part, and what stands there.
NO_NUMBERS = [
    ("payamsms", "message", "balance", (), "many digits"),
    ("payamsms", "message", "balance", (), "a huge number"),
    ("smspanel", "message", "credit", ("result", "status"), "a huge number"),
    ("smspanel", "message", "sms.send", ("status",), "a huge number"),
    ("smspanel", "phonebook", "books.create", ("status",), "many digits"),
    ("smspanel", "message phonebook", "books.list", ("result", "result", 0, "count"), "a huge number"),
    ("smspanel", "message multiple", "sms.multiple", ("result", 0, "status"), "many digits"),
]


@pytest.mark.parametrize(("vendor", "case", "operation", "place", "how"), NO_NUMBERS)
def test_a_number_that_is_none(vendors, vendor, case, operation, place, how):
    vendors.samples.fresh(vendor)
    change = answers.Change(operation, random.Random(1), [])
    change._drawn = place, how
    vendors.wire.change, vendors.wire.changed = change, 0
    result = vendors.run(vendor, next(one for one in getattr(strangers, vendor)() if one[0] == case))
    assert vendors.wire.changed
    assert not result["failed"] or result["error"]["code"] in ("bad_answer", "outcome_unknown"), result


def test_a_status_that_is_no_number_is_no_reason_to_set_it(vendors):
    case = next(one for one in strangers.deltasib() if one[0] == "status by id")
    change = answers.Change("user.status.currentstatus", random.Random(1), [])
    change._drawn, change.what, change.senseless = ((0, "Status_Id"), "true"), "a status is true", True
    asked = [("user.status.currentstatus", False)]
    assert vendors._spoil("deltasib", case, asked[0][0], asked, {"changed": False}, change)[1] is None
    assert [operation for _vendor, operation, _writes in vendors.wire.asked].count("user.status.currentstatus") == 1


#: Vendor, case, operation, part, what stands there: each was taken for something that is not there, and made, set, bought or paid; or nobody caught it.
TAKEN_FOR_ABSENT = [
    ("deltasib", "user password", "user.list", (0, "Username"), "true"),
    ("deltasib", "status by id", "user.status.currentstatus", (0, "Status_Id"), "null"),
    ("deltasib", "status by id", "user.status.currentstatus", (0, "Status_Id"), "left out"),
    ("deltasib", "service again", "user.service.base.list", (0, "ServiceStatus"), "true"),
    ("deltasib", "service again", "user.service.base.list", (0, "ServiceStatus"), "a text"),
    ("deltasib", "service canceled", "user.service.base.list", (0, "ServiceStatus"), "true"),
    ("deltasib", "payment again", "user.payment.list", (0, "VoucherNo"), "left out"),
    ("alocom", "link changed", "events.get", ("event", "guest_count"), "a long text"),
    ("payamsms", "message absent", "token", ("errorCode",), "a space"),
    ("podspace", "file share", "get_file_shares_list", ("result", 2, "entity", "hash"), "an object"),
    ("smspanel", "phonebook absent", "books.list", ("result", "result", 0, "title"), "null"),
]


@pytest.mark.parametrize(("vendor", "case", "operation", "place", "how"), TAKEN_FOR_ABSENT)
def test_what_does_not_say_is_not_absent(vendors, vendor, case, operation, place, how):
    case = next(one for one in getattr(strangers, vendor)() if one[0] == case)
    vendors.wire.change = None
    vendors.samples.fresh(vendor)
    honest = vendors.run(vendor, case)
    asked = [(operation, writes) for _vendor, operation, writes in vendors.wire.asked]
    change = answers.Change(operation, random.Random(1), [])
    change._drawn, change.what, change.senseless = (place, how), how, True
    vendors.wire.changed = 0
    assert vendors._spoil(vendor, case, operation, asked, honest, change)[1] is None and vendors.wire.changed


# -- filters, tests, variables of roles ----------------------------------------------------------------------------------


def test_filters_and_roles_with_a_value_that_nobody_expects():
    told = ["%s: %s" % one for one in pure.play(random.Random(1), 12) if one[1]]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(("name", "values", "says"), [
    ("only_keys", [[{"a": 1}], [["secret-canary"]]], "only_keys: keys[0]: must be text"), ("failures", ["secret-canary"], "failures: "),
    ("sms_parts", [5, "x", "y"], "sms_parts: "),
    ("iran_mobile", ["09121234567", ["x"]], "iran_mobile: format: must be one of international, local, e164, not a list"),
    ("iran_mobile", [10 ** 5000], "iran_mobile: "), ("to_jalali", [10 ** 5000], "to_jalali: is a number with too many digits"),
    ("from_jalali", ["1404/1/1", {"a": "secret-canary"}], "from_jalali: format: must be text"), ("unsent", [[{"a": 1}, "secret-canary"], 5], "unsent: ")])
def test_a_filter_says_what_it_cannot_take(name, values, says):
    function = next(function for known, function, _spec in pure.filters() if known == "filter " + name)
    with pytest.raises(AnsibleFilterError) as raised:
        function(*values)
    text = str(raised.value)
    assert text.startswith(says) and "canary" not in text and not any(word in text for word in options.PYTHON), text


# -- lookups, inventories ------------------------------------------------------------------------------------------------


def wrong(played):
    """Return what is wrong, one line each, of what a kind of the fuzz yields."""
    return ["%s: %s" % one for one in played if one[1]]


@pytest.fixture(scope="module")
def bench(around):
    return plugins.Bench(around[0].wire, around[0].folder, around[1])


def test_lookups_and_inventories_with_a_value_that_nobody_expects(bench):
    told = wrong(plugins.play_lookups(bench, random.Random(1), 3)) + wrong(plugins.play_inventories(bench, random.Random(1), 8))
    assert not told, "\n".join(told)


#: Lookup, terms, options, variables, and what is said before anything is asked.
LOOKUPS = [
    ("payamsms_balance", [], {}, {"payamsms_api_password": [bad_values.SECRET]},
     "payamsms_api_password: must be text, not a list; it is the option api_password"),
    ("payamsms_balance", [], {}, {"payamsms_api_token": bad_values.SECRET.encode() + b"\xff"},
     "payamsms_api_token: must be text; this is binary data"),
    ("podspace_plan", [], {}, {"podspace_api_services": bad_values.SECRET}, "podspace_api_services: must be a mapping"),
    ("smspanel_credit", [], {}, {"smspanel_api_url": 10 ** 5000}, "smspanel_api_url: is a number with too many digits"),
    ("alocom_service", [["a"], None, True], {}, {},
     "3 mistakes in the options; nothing was sent\nterms[0]: must be text, not a list\nterms[1]: must not be empty"),
    ("podspace_plan", [{"a": "b"}], {}, {}, "terms[0]: must be text, not a mapping"),
    ("deltasib_credit", ["x" * 100_000], {}, {}, "terms[0]: must have 1 to 32 characters, none of them a space at the ends: 'xxx"),
    ("alocom_service", [], {"ca_path": "x" * 100_000}, {}, "ca_path: there is no file or folder "),
]


@pytest.mark.parametrize(("name", "terms", "given", "variables", "says"), LOOKUPS)
def test_a_lookup_says_what_it_cannot_take(bench, name, terms, given, variables, says):
    hidden = {option.partition("_")[2] for option in variables}
    connection = {option: value for option, value in bench.samples.connections[name.partition("_")[0]].items() if option not in hidden}
    assert bench.problem(lambda: plugins.lookup(bench, name, terms, {**connection, **given}, variables), []) is None
    assert says in bench.message and len(bench.message) < 500 and bench.wire.asked == []


#: What an inventory file holds beside what it needs, and what is said of it before anything is asked.
INVENTORY = [
    ({"compose": {"a": 5, "b-c": "id"}},
     "2 mistakes in the options; nothing was sent\ncompose.a: must be an expression, as text, not 5\ncompose.b-c: must be the name"),
    ({"groups": {"a": True}}, "groups.a: must be an expression, as text, not true"),
    ({"keyed_groups": [{"prefix": "x"}]}, "keyed_groups[0].key: must be an expression, as text"),
    ({"keyed_groups": [{"key": "id", "prefx": "x", "parent_group": 5}]}, "keyed_groups[0].prefx: unknown option, did you mean prefix?"),
    ({"keyed_groups": "{{ x }}"}, "keyed_groups: must be a list, not a template"),
    ({"hostvars_prefix": "a b"}, "hostvars_prefix: must be how a variable may begin"),
]
#: A broken file, by its name in the fuzz, and what is said of it.
FILES = {
    "a text": ("must be a mapping", "must be a mapping with the key panels"), "a tab inside": (":5:1: ", "a tab stands where spaces must"),
    "a quote without end": ("the end of the file came first", "the end of the file came first"),
    "no day either": ("this is no day or moment; put it in quotes",) * 2,
    "no truth": ("this is no truth value",) * 2, "no number": ("this is no whole number",) * 2, "many digits": ("this is no whole number",) * 2,
    "broken binary": ("this is no binary data",) * 2, "deep": ("is nested too deeply",) * 2, "deeper": ("is nested too deeply",) * 2,
    "deep blocks": ("is nested too deeply",) * 2, "deep JSON": ("is nested too deeply",) * 2, "laughs": ("aliases make more than 1000000 values",) * 2,
    "laughs in mappings": ("aliases make more than 1000000 values",) * 2, "an anchor of its own": ("there is no anchor &a before this",) * 2,
    "vault of nothing": ("(in ", None), "UTF-16": ("x.alocom.yml", "wanted.yml"), "not UTF-8": ("the file is not UTF-8 text",) * 2,
}


def test_an_inventory_says_what_it_cannot_take(bench):
    sound = {"plugin": "kariz.panels.alocom", **bench.samples.connections["alocom"]}
    for more, says in INVENTORY:
        assert bench.problem(lambda given={**sound, **more}: plugins.parsed(bench, "alocom", yaml_texts.written(given)), []) is None
        assert bench.message is not None and says in bench.message and bench.wire.asked == [], (more, bench.message)
    block = "".join("%s: %s\n" % (option, yaml_texts.written(value)) for option, value in sound.items())
    made = yaml_texts.files(block)
    for what, (says, _said) in FILES.items():
        assert bench.problem(lambda raw=made[what]: plugins.parsed(bench, "alocom", raw), []) is None, what
        assert bench.message is not None and says in bench.message and "x.alocom.yml" in bench.message and bench.wire.asked == [], (what, bench.message)
    # A group of numbers is the user's mistake, and told as one.
    given = {**sound, "strict": True, "keyed_groups": [{"key": "id", "prefix": "x"}]}
    assert bench.problem(lambda: plugins.parsed(bench, "alocom", yaml_texts.written(given)), []) is None
    assert "got: a whole number" in bench.message


# -- files of the desired state ------------------------------------------------------------------------------------------


def test_a_desired_state_with_a_value_that_nobody_expects(around):
    told = wrong(desired_files.play(*around, random.Random(1), 6))
    assert not told, "\n".join(told)


def test_a_file_says_where_it_cannot_be_read(around):
    files = desired_files.Files(*around)
    lines = ["panels:", "  alocom:"] + ["    %s: %s" % (name, yaml_texts.written(value)) for name, value in files.sound("alocom").items()]
    made = yaml_texts.files("\n".join(lines) + "\n")
    for what, (_said, says) in FILES.items():
        assert files.problem(made[what]) is None, what
        assert says is None or (files.said and says in files.said), (what, files.said)
    sound = files.sound("deltasib")
    for path, value, says in ((("connection", "api_url"), "nowhere", "panels.deltasib.connection.api_url: must be an http or https address, not 'nowhere'"),
                              (("connection", "api_concurrency"), 1000, "panels.deltasib.connection.api_concurrency: must be at most 256"),
                              (("options", "services"), {"user_service_id": "5"}, "panels.deltasib.options.services.user_service_id: unknown option")):
        assert files.problem(yaml_texts.written({"panels": {"deltasib": bad_values.put(sound, path, value)}})) is None
        assert files.said and says in files.said and files.said.count("wanted.yml:1:") == 1 and files.stage.wire.asked == [], files.said


@pytest.mark.parametrize(("vendor", "kind", "field"), [
    ("alocom", "users", "labels"), ("payamsms", "messages", "recipient"), ("deltasib", "services", "pay_price")])
def test_what_is_too_long_is_told_with_its_beginning(around, vendor, kind, field):
    """By the checker, by the check of a field and by a look at the vendor."""
    files = desired_files.Files(*around)
    around[1].fresh(vendor)
    sound = files.sound(vendor)
    assert files.problem(yaml_texts.written({"panels": {vendor: bad_values.put(sound, (kind, 0, field), "x" * 100_000)}})) is None
    assert files.said and "xxx ... (" in files.said and len(files.said) < 3000


def test_a_step_that_is_not_attempted_has_a_code(around):
    stage, samples = around
    samples.fresh("alocom")
    given = next(one for one in samples.of("desired_state") if "step" in one)
    connection = {"api_url": samples.connections["alocom"]["api_url"]}
    account = {"account": "school", "connection": connection, "labels": [{"title": "a"}], "users": [{"username": "a"}]}
    path = stage.folder / "without.yml"
    path.write_text(json.dumps({"panels": {"alocom": [account]}}), "utf-8")
    path.chmod(0o600)
    told = []
    for kind in ("labels", "users"):
        told.append(stage.run(options.Case("desired_state", "", dict(given, path=str(path), run="without", step=dict(given["step"], kind=kind)), True)))
    assert [one["error"]["code"] for one in told] == ["no_credentials", "not_attempted"], told
    assert told[1]["msg"] == told[1]["error"]["message"] and told[1]["msg"].startswith("not attempted, because the account refused its labels: ")


def test_every_field_of_the_schema_is_spoilt():
    schema = json.loads((ROOT / "playbooks/files/desired_state.schema.json").read_text("utf-8"))["$defs"]
    for vendor in desired_files.kinds.vendors():
        spec = desired_files.account_spec(vendor)
        assert set(spec) == set(schema[vendor]["properties"])
        for name in desired_files.kinds.of(vendor):
            rows = next(one for one in schema[vendor]["properties"][name]["anyOf"] if one.get("type") == "array")
            assert set(rows["items"]["properties"]) <= set(spec[name]["options"])


# -- callbacks, event sources --------------------------------------------------------------------------------------------


def test_callbacks_with_results_that_nobody_expects(around):
    stage, samples = around
    run = callbacks.Run(stage.wire, stage.folder, samples.connections)
    told = wrong(callbacks.play(run, random.Random(1), 15))
    for name in callbacks.names():
        for results in ([{"api": {"requests": "x", "seconds": [[]]}, "summary": {"created": True, "failed": 10 ** 400}}], [5], [None],
                        [{"cost": {"payamsms": {"messages": "x", "parts": {}, "cost": "inf"}}}]):
            told += filter(None, [run.problem(name, results)])
        told += filter(None, [run.problem(name, task="x" * 100_000), run.problem(name, task="a\ud800b"), run.problem(name, [{"failed": True, "msg": "a\0b"}])])
    assert not told, "\n".join(told)
    # What no provider takes is taken out of an alert: it is told all the same.
    del stage.wire.asked[:]
    assert run.problem("sms_alert", [{"failed": True, "msg": "a\0b"}], task="c\x1bd") is None
    assert any(writes for _vendor, _operation, writes in stage.wire.asked) and "not sent" not in run.said
    assert run.problem("sms_alert", environment={"SMS_ALERT_LENGTH": "inf"}) is None
    assert "sms_alert: quiet and length must be whole numbers" in run.said


@pytest.fixture(scope="module")
def engine(around):
    return sources.Engine(around[0].wire, around[0].folder, around[1])


def test_event_sources_with_an_argument_that_nobody_expects(engine):
    told = wrong(sources.play(engine, random.Random(1), 12))
    assert not told, "\n".join(told)


#: Source, arguments beside the sound ones, and what it ends with.
SOURCES = [
    ("payamsms_inbox", {"state_path": "."}, "payamsms_inbox: state_path: ", "is a folder, not a file"),
    ("payamsms_inbox", {"start_from": "²"}, "payamsms_inbox: start_from: now, oldest or an id, not '²'", ""),
    ("payamsms_inbox", {"api_url": "x"}, "payamsms_inbox: api_url: must be an http or https address", ""),
    ("drift_watch", {"command": ["/none"]}, "drift_watch: command: /none cannot be started", ""),
    ("drift_watch", {"extra_vars": {("a",): 1}}, "drift_watch: extra_vars: a key must be text, not a list", ""),
    ("absence_watch", {"events": [" "]}, "absence_watch: events: at least one, none of them empty", ""),
    ("absence_watch", {"days": 10 ** 5000}, "absence_watch: days: is a number with too many digits", ""),
    ("service_end_watch", {"usernames": ["ok", "a\tb"]}, "service_end_watch: usernames[1] must not hold a control character", ""),
    ("balance_watch", {"accounts": [{"vendor": "payamsms", "connection": {"api_urll": "x"}}]},
     "balance_watch: accounts[0].connection.api_urll: unknown option, did you mean api_url?", ""),
]


@pytest.mark.parametrize(("name", "given", "begins", "ends"), SOURCES)
def test_an_event_source_says_what_it_cannot_take(engine, name, given, begins, ends):
    assert engine.problem(name, {**engine.sound(name), **given}) is None
    assert engine.message.startswith(begins) and engine.message.endswith(ends) and engine.wire.asked == [], engine.message


# -- module processes ----------------------------------------------------------------------------------------------------


def test_module_processes_with_a_value_that_nobody_expects(around):
    stage, samples = around
    door = processes.Door(stage.wire)
    told = ["%s: %s: %s" % (case.module, case.what, problem) for case, problem in processes.play(
        door, samples, random.Random(1), 1, ("alocom_label", "deltasib_user_service", "message"))
        if problem]
    for name, value, says in (("api_retries", float("inf"), "api_retries: must be a whole number"),
                              ("api_timeout", float("nan"), "api_timeout: must be a number"),
                              ("title", ["a"], "title: must be text, not a list"), ("api_concurrency", "1e999999999", "api_concurrency: must be a whole")):
        given = {**samples.connections["alocom"], "title": "a", name: value}
        told += filter(None, [door.problem(options.Case("alocom_label", name, given, True))])
        assert says in door.last["msg"] and door.last["error"]["code"] == "bad_option" and stage.wire.asked == []
    assert not told, "\n".join(told)


# -- playbooks -----------------------------------------------------------------------------------------------------------


def test_playbooks_with_a_variable_that_nobody_expects(tmp_path):
    books = playbooks.Books(tmp_path)
    assert all(playbooks.variables(name) for name in playbooks.names())
    for name, values, says in (("drift", {"drift_json": False}, "json_path: must be text, not false"),
                               ("on_absence", {"parents": 5}, "parents: must be a mapping of the students"),
                               ("plan", {"only": [["a"]]}, "only[0]: must be text, not a list")):
        assert books.problem(name, {**{known: books.sound[known] for known in playbooks.variables(name) if known in books.sound}, **values}) is None
        assert says in books.output and books.door.count == 0, books.output[-2000:]


# -- real plays ----------------------------------------------------------------------------------------------------------

#: What YAML makes of what people type, and what is said: None where it is a text like any other, so that the vendor is asked.
TYPED = {
    "0912": None, "1e5": None, "2026-01-01": None, "2026-01-01T08:30:00Z": None, ".nan": None, ".inf": None, "null": "is required", "~": "is required",
    "no": "title: must be text, not false; put it in quotes",
    "[a]": "title: must be text, not a list", "{2026-01-01: x}": "title: must be text, not a mapping",
    "!!binary AAEC": "title: holds a character that no text holds (U+0000); type it again",
    "!!binary //79": "must be text; this is binary data that is no UTF-8", '"a\\0b"': "title: holds a character that no text holds (U+0000); type it again",
    "'{{ [1, 2] | product([3]) | list }}'": "title: must be text, not a list", "'{{ 10 ** 5000 }}'": "title: is a number with too many digits",
}


@pytest.mark.parametrize("door", DOORS)
def test_what_people_type_in_a_real_play(tmp_path, door):
    lines = ["- hosts: all", "  gather_facts: false", "  tasks:"]
    for place, text in enumerate(TYPED):
        lines += ["    - name: task %d" % place, "      ignore_errors: true", "      kariz.panels.alocom_label:", "        title: %s" % text,
                  "        api_url: http://127.0.0.1:9", "        api_retries: 0"]
    (tmp_path / "book.yml").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "hosts.ini").write_text("localhost ansible_connection=local ansible_python_interpreter=%s\n" % sys.executable)
    command = ["-i", str(tmp_path / "hosts.ini"), str(tmp_path / "book.yml"), "-vvv"]
    played = run_command(command, tmp_path, door, environment={"ALOCOM_API_TOKEN": bad_values.SECRET})
    assert "Traceback" not in played.output and options.leaked(played.output, [bad_values.SECRET]) is None
    for place, (text, says) in enumerate(TYPED.items()):
        result = played["task %d" % place]
        if says is None:
            assert result["error"]["code"] == "no_connection", (text, result)
        else:
            assert says in result["msg"] and result["error"]["code"] == "bad_option" and "api" not in result, (text, result)


#: Answers to a write after which nobody but the vendor knows whether it was carried out: of a gateway, in each vendor's own dress too, and redirects.
DOUBTFUL = [
    Answer(504, b"<h1>Gateway Time-out</h1>", {}, "text/html"), Answer(502, {"message": "Bad Gateway", "errors": {"title": ["x"]}}),
    Answer(408, b"", {}, "text/plain"), Answer(527, {"ErrorCode": 0, "ErrorDesc": "x", "errorCode": 504, "description": "x"}),
    Answer(520, {"status": 520, "message": "x", "result": {"status": 22}, "hasError": True, "errorCode": 520}),
    Answer(303, b"", {"Location": "https://elsewhere.test/done"}, "text/html"), Answer(301, b"", {"Location": "/login"}, "text/html"),
    Answer(200, b'{"status": 408, "result": {"statusCode": 408, "result": null}, "hasError": false}'), Answer(503, [{"message": "x"}], {"Retry-After": "-1"}),
    Answer(599, b"", {"Retry-After": "٣"}, "text/html"), Answer(500, b"\xff", {}, "text/html")]
#: What costs money or reaches a person, by its operation: asked for once.
CHARGES = ("sms.", "send", "user.payment.add", "user.service.base.add", "buy_plan_with_gateway", "register", "users.import_confirm")
#: Codes that say in what state a share is now.
_SHARES = ("not_shared", "public_open", "not_changed")


def test_what_was_carried_out_is_never_told_as_refused(around):
    """Every write of every case of every vendor is carried out, and answered by somebody who does not know it: the result knows better, or says so."""
    _stage, made = around
    stage = answers.Stage.__new__(answers.Stage)
    stage.wire, stage.samples = made.wire, made
    told, turn = [], 0
    for vendor in answers.VENDORS:
        for case in getattr(strangers, vendor)():
            stage.wire.change = None
            made.fresh(vendor)
            stage.run(vendor, case)
            for operation in dict.fromkeys(asked for _vendor, asked, writes in stage.wire.asked if writes):
                charges = operation.startswith(CHARGES)
                turn += 1
                for doubtful in DOUBTFUL if charges else [DOUBTFUL[turn % len(DOUBTFUL)]]:
                    told += filter(None, [_told_as_refused(stage, vendor, case, operation, doubtful, charges)])
    stage.wire.change = None
    assert turn > 50 and not told, "\n".join(told)


def _told_as_refused(stage, vendor, case, operation, doubtful, charges):
    """Return what is wrong with the result of a case whose first write of an operation is carried out and answered so, or None."""
    hits = []

    def change(asked, honest):
        hits.append(asked)
        return doubtful if asked == operation and hits.count(asked) == 1 else honest
    stage.wire.change = None
    stage.samples.fresh(vendor)
    stage.wire.change = change
    result = stage.run(vendor, case)
    problem = None
    if result["failed"] and not result["changed"] and result["error"]["code"] not in ("outcome_unknown", *_SHARES):
        problem = "is told as refused: %s" % result["msg"]
    elif charges and hits.count(operation) != 1:
        problem = "is asked for %d times" % hits.count(operation)
    elif any(word in str(result.get("msg")) for word in options.PYTHON):
        problem = "says what no user should read: %s" % result["msg"]
    return problem and "%s %s, %s, HTTP %d: %s" % (vendor, case[0], operation, doubtful.status, problem)
