# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all integration tests share: one simulator a worker, fresh state a test, plays through either door."""

from __future__ import annotations

import itertools
import os
import sys

import pytest
from journal_places import server, where  # noqa: F401  # pylint: disable=unused-import
from kariz_simulator.client import Simulator
from playing import DOORS, play

#: A password as awkward as people choose them; it also is the canary of the tests about secrets.
PASSWORD = "kz%41/\"q'\\+رمز&<ک>=canary"
#: A token and an API key in the same spirit; a token travels in a header, so its letters are Latin.
TOKEN = "tk%41/\"q'\\+&<>=canary"
KEY = "ky%42/\"q'\\+کلید&<>=canary"

#: The day on which the simulated Alocom and DeltaSib live here, so that days of their seeds can be typed in a test.
DAY = "2025-10-05"


def pytest_configure(config):
    config.addinivalue_line("markers", "seed(name, vendor='alocom', **settings): what the simulator holds when the test begins")


def pytest_collection_modifyitems(config, items):
    """Let each of several processes begin with long tests, so that none is left alone with one at the end: each begins at its part of the list."""
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.get_closest_marker("long")]
    rest = [item for item in items if not item.get_closest_marker("long")]
    size = -(-len(items) // count)
    items[:] = []
    for number in range(count):
        mine = long[number::count]
        items += mine + rest[:size - len(mine)]
        del rest[:size - len(mine)]
    items += rest


class Vendor:
    """One vendor of the simulator, as tests want it."""

    def __init__(self, sim, name):
        self.sim = sim
        self.name = name

    @property
    def url(self):
        return self.sim.url(self.name)

    def reset(self, seed="empty", **settings):
        self.sim.reset(self.name, seed, **settings)
        return self

    def settings(self, **settings):
        self.sim.settings(self.name, **settings)

    def seed(self, kind, count=1, **options):
        return self.sim.seed(self.name, kind, count, **options)

    def dump(self):
        return self.sim.dump(self.name)

    def mutate(self, kind, key, change=None, delete=False):
        return self.sim.mutate(self.name, kind, key, change, delete)

    def fault(self, kind, **options):
        """Add one fault of this vendor; by default it hits once."""
        return self.sim.faults([{"vendor": self.name, "kind": kind, **options}])

    def journal(self):
        return self.sim.journal(self.name)

    def operations(self, writes=False):
        """Return the operations of all requests (or of the writes) in their order."""
        return [entry["operation"] for entry in self.journal() if entry["write"] or not writes]

    def writes(self):
        return self.operations(writes=True)

    def summary(self):
        return self.sim.summary(self.name)

    def clear_journal(self):
        self.sim.clear_journal()


class Alocom(Vendor):
    """The simulated Alocom: shorthands for its objects. A reset sets the canary as the account's password."""

    group = "group/kariz.panels.alocom"

    def __init__(self, sim):
        super().__init__(sim, "alocom")

    def reset(self, seed="empty", **settings):
        return super().reset(seed, **{"password": PASSWORD, "today": DAY, **settings})

    @property
    def connection(self):
        return {"api_url": self.url, "api_username": "kariz-demo", "api_password": PASSWORD}

    def titles(self):
        return [row["title"] for row in self.dump()["labels"]]

    def users(self):
        return {row["username"]: row for row in self.dump()["users"]}

    def events(self):
        return {row["slug"]: row for row in self.dump()["events"]}


class Podspace(Vendor):
    """The simulated POD Space: product ids, and its objects by what people call them. A reset sets the canary as token."""

    group = "group/kariz.panels.podspace"

    def __init__(self, sim):
        super().__init__(sim, "podspace")

    def reset(self, seed="default", **settings):
        return super().reset(seed, **{"token": TOKEN, "api_key": KEY, **settings})

    @property
    def services(self):
        return {name: entry["product_id"] for name, entry in self.dump()["services"].items()}

    @property
    def connection(self):
        return {"api_url": self.url, "api_token": TOKEN, "api_key": KEY, "api_services": self.services}

    def of(self, operation, more=""):
        """Return the part of a request's body that says which service it is for."""
        return r"(?s)(?=.*scProductId=%s(&|$))%s" % (self.services[operation], more)

    def lose(self, operation, kind="reset_after", more="", **options):
        """Lose an answer of this service."""
        return self.fault(kind, match_body=self.of(operation, more), **options)

    def refuse(self, operation, code, more="", **options):
        """Refuse calls of this service (by default one) with a code."""
        body = {"hasError": True, "messageId": 0, "referenceNumber": "1", "errorCode": code, "count": 0, "ott": "", "result": None, "message": "..."}
        return self.fault("status", status=200, body=body, match_body=self.of(operation, more), **options)

    def spaces(self):
        return {row["name"]: row for row in self.dump()["organizations"]}

    def members(self, name):
        return self.spaces()[name]["members"]

    def entity(self, name):
        return next(row["hash"] for row in self.dump()["entities"] if row["name"] == name)

    def shares(self, entity):
        """Return the direct shares of a folder or file by person (None: public)."""
        return {row["person"]: row for row in self.dump()["shares"] if row["entity"] == entity}


@pytest.fixture(scope="session")
def simulator():
    """The simulator's process: one for each worker of pytest. It is strict: nothing of our own that the vendors' documents do not say is taken."""
    with Simulator.start(os.environ.get("KARIZ_SIMULATOR_PYTHON") or sys.executable, strict=True) as running:
        yield running


@pytest.fixture
def sim(simulator, request):
    """The simulator after a reset of all vendors (``empty``); ``@pytest.mark.seed("default", vendor=..., setting=...)`` asks for more.

    At the end no answer of the simulator may have broken the vendor's contract.
    """
    simulator.reset(seed="empty")
    for mark in request.node.iter_markers("seed"):
        settings = dict(mark.kwargs)
        simulator.reset(settings.pop("vendor", "alocom"), mark.args[0] if mark.args else "empty", **settings)
    yield simulator
    simulator.clear_faults()
    assert [entry for entry in simulator.journal() if entry["contract_error"]] == []


@pytest.fixture
def alocom(sim, request):
    """The simulated Alocom, with the canary as password."""
    made = Alocom(sim)
    marks = [mark for mark in request.node.iter_markers("seed") if mark.kwargs.get("vendor", "alocom") == "alocom"]
    seed = marks[0].args[0] if marks and marks[0].args else "empty"
    settings = {name: value for mark in marks for name, value in mark.kwargs.items() if name != "vendor"}
    return made.reset(seed, **settings)


@pytest.fixture
def podspace(sim, request):
    """The simulated POD Space with its small company; ``@pytest.mark.seed(..., vendor="podspace")`` asks for other settings."""
    marks = [mark for mark in request.node.iter_markers("seed") if mark.kwargs.get("vendor") == "podspace"]
    settings = {name: value for mark in marks for name, value in mark.kwargs.items() if name != "vendor"}
    return Podspace(sim).reset(marks[0].args[0] if marks and marks[0].args else "default", **settings)


@pytest.fixture
def pod(podspace, tmp_path):
    """Run tasks against the simulated POD Space, connection options included."""

    def made(tasks, door="fast", connection=None, **more):
        defaults = {podspace.group: podspace.connection if connection is None else connection}
        keywords = dict(more.pop("keywords", None) or {})
        keywords["module_defaults"] = {**defaults, **keywords.get("module_defaults", {})}
        return play(tasks, tmp_path, door=door, keywords=keywords, **more)

    return made


@pytest.fixture
def connection(alocom):
    """Connection options of the simulated Alocom."""
    return alocom.connection


@pytest.fixture(params=DOORS)
def door(request):
    return request.param


@pytest.fixture
def run(alocom, tmp_path):
    """Run tasks against the simulated Alocom: ``run(tasks, door=..., ...)`` as :func:`playing.play`, connection options included."""

    def made(tasks, door="fast", connection=None, **more):
        defaults = {alocom.group: alocom.connection if connection is None else connection}
        keywords = dict(more.pop("keywords", None) or {})
        keywords["module_defaults"] = {**defaults, **keywords.get("module_defaults", {})}
        return play(tasks, tmp_path, door=door, keywords=keywords, **more)

    return made


class Cycle:
    """The life of an object step by step: each step in check mode, then for real, then again.

    ``add`` collects the tasks of one play; ``verify`` holds what every step promises: check mode foretells the real run
    (``changed``, difference, returned keys), and the second run changes nothing. ``only`` keeps some steps of a long life.
    """

    _lives = itertools.count(1)

    def __init__(self, module, only=None):
        self.module = module
        self.only = only
        self.names = []
        self.steps = []
        self.life = "life_%d" % next(self._lives)

    def add(self, task_name, /, **options):
        if self.only is not None and task_name not in self.only:
            return self
        self.names.append(task_name)
        for kind in ("check", "real", "again"):
            task = {"name": "%s %s" % (task_name, kind), self.module: options, "register": "%s_%d" % (self.life, len(self.steps))}
            if kind == "check":
                task["check_mode"] = True
            self.steps.append(task)
        return self

    @property
    def tasks(self):
        """All steps, and a task that tells their results: one that reveals a secret is kept from every callback; the registered variable is not."""
        told = {task["name"]: "{{ %s }}" % task["register"] for task in self.steps}
        return [*self.steps, {"name": "%s told" % self.life, "ansible.builtin.debug": {"msg": told}}]

    def result(self, played, name, kind="real"):
        return played["%s told" % self.life]["msg"]["%s %s" % (name, kind)]

    def verify(self, played, unchanged=(), always=()):
        """``unchanged``: steps that change nothing at once; ``always``: steps that change each time."""
        for name in self.names:
            check, real, again = (self.result(played, name, kind) for kind in ("check", "real", "again"))
            assert real["changed"] is (name not in unchanged), (name, real)
            assert check["changed"] is real["changed"], (name, check, real)
            assert check["diff"] == real["diff"], (name, check["diff"], real["diff"])
            assert set(check) - {"warnings"} == set(real) - {"warnings"}, name
            assert (real["diff"]["before"] != real["diff"]["after"]) is real["changed"], (name, real["diff"])
            if name not in always:
                assert again["changed"] is False, (name, again)
                assert again["diff"]["before"] == again["diff"]["after"], (name, again)


@pytest.fixture
def cycle():
    """Return the class; ``cycle("kariz.panels.alocom_label")`` starts a life."""
    return Cycle


class PayamSms(Vendor):
    """The simulated PayamSMS. A reset sets the canary as the account's password."""

    group = "group/kariz.panels.payamsms"

    def __init__(self, sim):
        super().__init__(sim, "payamsms")

    def reset(self, seed="empty", **settings):
        return super().reset(seed, **{"password": PASSWORD, **settings})

    @property
    def connection(self):
        return {"api_url": self.url, "api_username": "kariz-demo", "api_password": PASSWORD, "api_system_name": "kariz-demo-org",
                "api_client_id": "kariz-client", "api_client_secret": "kariz-client-secret"}

    def sent(self):
        """Customer ids of all messages that the vendor took, once for each time."""
        return [row["customerId"] for row in self.dump()["messages"]]


class SmsPanel(Vendor):
    """The simulated SMS panel."""

    group = "group/kariz.panels.smspanel"

    def __init__(self, sim):
        super().__init__(sim, "smspanel")

    @property
    def connection(self):
        return {"api_url": self.url, "api_token": "kariz-demo-token"}

    def sent(self):
        return [row["message"] for row in self.dump()["messages"]]

    def books(self):
        return {row["name"]: [entry["number"] for entry in row["numbers"]] for row in self.dump()["phonebooks"]}


@pytest.fixture
def payamsms(sim):
    return PayamSms(sim).reset()


@pytest.fixture
def smspanel(sim):
    return SmsPanel(sim).reset()


@pytest.fixture
def texts(payamsms, smspanel, tmp_path):
    """Run tasks against both vendors of text messages: as ``run``, with the connection options of both."""

    def made(tasks, door="fast", **more):
        keywords = dict(more.pop("keywords", None) or {})
        defaults = {payamsms.group: payamsms.connection, smspanel.group: smspanel.connection}
        keywords["module_defaults"] = {**defaults, **keywords.get("module_defaults", {})}
        return play(tasks, tmp_path, door=door, keywords=keywords, **more)

    return made


class DeltaSib(Vendor):
    """The simulated DeltaSib: shorthands for its objects. A reset sets the canary as the reseller's password."""

    group = "group/kariz.panels.deltasib"

    def __init__(self, sim):
        super().__init__(sim, "deltasib")

    def reset(self, seed="empty", **settings):
        return super().reset(seed, **{"password": PASSWORD, "today": DAY, **settings})

    @property
    def connection(self):
        return {"api_url": self.url, "ca_path": self.sim.ready["deltasib_ca"], "api_username": "kariz-demo", "api_password": PASSWORD}

    @property
    def environment(self):
        return {"DELTASIB_%s" % name.upper(): value for name, value in self.connection.items()}

    def users(self):
        return {row["Username"]: row for row in self.dump()["users"]}

    def bought(self, username):
        """Return ``[(service id, status)]`` of a subscriber."""
        return [(row["Service_Id"], row["ServiceStatus"]) for row in self.dump()["bought"] if row["Username"] == username]

    def vouchers(self, username):
        """Return ``[(voucher, price)]`` of a subscriber's payments."""
        return [(row["VoucherNo"], row["Price"]) for row in self.dump()["payments"] if row["Username"] == username and row["VoucherNo"]]

    def credit(self):
        return self.dump()["reseller"]["credit"]

    def online(self):
        return [row["Username"] for row in self.dump()["sessions"]]


@pytest.fixture
def deltasib(sim, request):
    """The simulated DeltaSib, with the canary as password."""
    made = DeltaSib(sim)
    marks = [mark for mark in request.node.iter_markers("seed") if mark.kwargs.get("vendor") == "deltasib"]
    seed = marks[0].args[0] if marks and marks[0].args else "empty"
    settings = {name: value for mark in marks for name, value in mark.kwargs.items() if name != "vendor"}
    return made.reset(seed, **settings)


@pytest.fixture
def run_deltasib(deltasib, tmp_path):
    """Run tasks against the simulated DeltaSib, connection options included."""

    def made(tasks, door="fast", connection=None, **more):
        defaults = {deltasib.group: deltasib.connection if connection is None else connection}
        keywords = dict(more.pop("keywords", None) or {})
        keywords["module_defaults"] = {**defaults, **keywords.get("module_defaults", {})}
        return play(tasks, tmp_path, door=door, keywords=keywords, **more)

    return made
