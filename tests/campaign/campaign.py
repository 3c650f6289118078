# SPDX-License-Identifier: GPL-3.0-or-later
"""The campaign: a random start, a random wish, random faults; then a clean run, and a look at what became of it all.

    make campaign                         2,000 plans
    make campaign PLANS=10000 SEED=7 WORLD=alocom_user MINUTES=30

Each plan has a number of its own; a failure prints it, and the same number plays it again:
``python tests/campaign/campaign.py --plan 123 --world alocom_user``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import importlib.util
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), *(str(HERE.parents[1] / name) for name in ("tests", "tests/integration", "roles/simulator/files"))]

import faults  # noqa: E402
import rivals  # noqa: E402
import rules  # noqa: E402
import telling  # noqa: E402
from doors import WAYS, Ran, start  # noqa: E402
from kariz_simulator.client import SimulatorError  # noqa: E402
from relays import Gateway, Meanwhile, certificate  # noqa: E402
from worlds import ITEM_SECRET, Wish, World, told_by, worlds  # noqa: E402

#: By its path: under its own name the unit tests have another.
_spec = importlib.util.spec_from_file_location("conftest_of_plays", HERE.parents[1] / "tests/integration/conftest.py")
assert _spec is not None and _spec.loader is not None
conftest: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(conftest)
VENDORS = {"alocom": conftest.Alocom, "deltasib": conftest.DeltaSib, "payamsms": conftest.PayamSms, "podspace": conftest.Podspace,
           "smspanel": conftest.SmsPanel}
#: ansible-core as it is named in the table: 2.21.
CORE = ".".join(importlib.metadata.version("ansible-core").split(".")[:2])
#: One plan in so many is a role's or that of a playbook.
EVERY = 20
#: A run that was killed is taken for alive for 15 seconds where there is a journal.
LIMITS = {"api_deadline": 25, "api_timeout": 1, "api_retries": 2}


class Several:
    """Several vendors at once: ``several["smspanel"]``; everything else is asked of the first, where the faults of the line are."""

    def __init__(self, simulator: Any, names: tuple[str, ...]) -> None:
        self.each = {name: VENDORS[name](simulator) for name in names}
        self.first = self.each[names[0]]

    def __getitem__(self, name: str) -> Any:
        return self.each[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.first, name)

    def reset(self, seed: str, **settings: Any) -> None:
        self.first.reset(seed, **settings)
        for name, vendor in list(self.each.items())[1:]:
            vendor.reset("empty" if name == "smspanel" else "default")

    def writes(self) -> list[str]:
        return [operation for vendor in self.each.values() for operation in vendor.writes()]


@dataclass
class Outcome:
    """What a plan came to: the broken rules, and how the run met its faults."""

    world: str
    way: str
    number: int
    names: list[str]
    wrong: list[str] = field(default_factory=list)
    met: str = "survived"
    story: dict[str, Any] = field(default_factory=dict)


class Stage:
    """One simulator, and what a plan does on it."""

    def __init__(self, simulator: Any) -> None:
        self.simulator = simulator
        self.certificate: tuple[Path, Path] | None = None

    def front(self) -> tuple[Path, Path]:
        """A certificate for what stands before a server that speaks TLS; made once, and no file of any run."""
        if self.certificate is None:
            self.certificate = certificate(tempfile.mkdtemp(prefix="kariz-campaign-front-"))
        return self.certificate

    def play(self, world: World, way: str, number: int, only: list[int] | None = None) -> Outcome:
        """Carry out one plan.

        :arg only: places of the faults that are kept, to shrink a failure.
        """
        rng = random.Random("%s %d" % (world.name, number))
        vendor = Several(self.simulator, (world.vendor, *world.others))
        settings = {name: rng.choice(values) for name, values in world.variants.items() if rng.random() < 0.4}
        self.simulator.clear_faults()
        vendor.reset(world.seed, **settings)
        world.prepare(vendor, rng)
        wish = world.wish(vendor, rng)
        plan = faults.draw(rng, world.operations, late=vendor.url.startswith("http://"), logins="api_username" in vendor.connection,
                           rival=world.name in rivals.RIVALS)
        there = [key for key, _fields in world.objects(vendor)]
        deeds = rivals.deeds(rng, world, wish, there) if plan.rival else []
        if only is not None:
            plan = replace(plan, faults=[plan.faults[place] for place in only])
        outcome = Outcome(world.name, way, number, plan.names())
        folder = Path(tempfile.mkdtemp(prefix="kariz-campaign-"))
        try:
            self.act(world, vendor, wish, plan, deeds, settings, way, folder, outcome)
        finally:
            self.simulator.clear_faults()
            shutil.rmtree(folder, ignore_errors=True)
        outcome.story.update(settings=settings, plan=plan.told(), others=[asdict(deed) for deed in deeds])
        return outcome

    def act(self, world: World, vendor: Several, wish: Wish, plan: faults.Plan, deeds: list[rivals.Deed], settings: dict[str, Any], way: str, folder: Path,
            outcome: Outcome) -> None:
        connections = {name: {**one.connection, **LIMITS} for name, one in vendor.each.items()}
        secrets = [ITEM_SECRET] + [value for connection in connections.values() for name, value in connection.items()
                                   if name in ("api_password", "api_token", "api_key", "api_client_secret")]
        outcome.story["options"] = {name: value for name, value in world.options({world.vendor: {}}, wish, folder).items() if name != "connections"}
        named = {item.key for item in wish.items}
        action = world.action

        def run(check: bool = False, more: dict[str, Any] | None = None, **how: Any) -> Ran:
            ran = begin(check, more, how.pop("jump", 0), how.get("killed") is not None).end(**how)
            wrong.extend(rules.quiet(ran, secrets, folder))
            outcome.story.setdefault("said", []).append(brief(ran, world.plural))
            return ran

        def begin(check: bool = False, more: dict[str, Any] | None = None, jump: int = 0, killed: bool = False) -> Any:
            reached = {**connections, world.vendor: {**connections[world.vendor], **(more or {})}}
            return start(way, action, world.options(reached, wish, folder), check, Path(tempfile.mkdtemp(dir=folder)), jump, killed)

        wrong = outcome.wrong
        patient = {"api_timeout": 20}  # a run without faults waits as long as the machine is busy
        touched = {deed.key for deed in deeds}
        begun = world.objects(vendor)
        check = run(check=True, more=patient)
        if rules.frozen(world.objects(vendor)) != rules.frozen(begun):
            wrong.append("check mode wrote")
        self.simulator.faults(plan.sent(*vendor.each)) if plan.faults else None
        with self.between(world, vendor, plan, deeds) as more:
            if plan.twin:
                other = begin(more=more, jump=plan.jump)
            first = run(more={**more, **(patient if plan.calm else {})}, jump=plan.jump, killed=plan.killed)
            if plan.twin:
                second = other.end()
                outcome.story["said"].append({"the other of two at once": brief(second, world.plural)})
                wrong.extend(rules.quiet(second, secrets, folder))
        middle = world.objects(vendor)
        made = plan.twin or any(deed.how == "makes" and deed.key in named for deed in deeds)
        racing = made and not (world.unique and settings.get("label_unique", True))
        if not racing:
            wrong.extend(rules.never_twice(begun, middle, named))
        if not (world.remade and (plan.killed is not None or plan.late is not None or world.remade in first.output)):
            wrong.extend(rules.never_purged(wish, [row for row in begun if row[0] not in touched], middle))
        if plan.alone and first.result is not None:
            wrong.extend(rules.told_truth(world, first, begun, middle, any(fault.get("status") == 404 for fault in plan.faults)))
        if plan.calm:
            wrong.extend(rules.foretold(check, first, world.plural))
        self.simulator.clear_faults()
        if plan.killed is not None or plan.twin:
            time.sleep(0.1)  # what the killed run had sent is carried out or not by now
        clean = run(more=patient)
        last = world.objects(vendor)
        unsettled = "outcome_unknown" in clean.codes() or "unknown" in str((clean.result or {}).get("summary", {}))
        if clean.failed and not (unsettled and world.once) and not racing:
            wrong.append("the clean run failed: %s" % str((clean.result or {}).get("msg"))[:300])
        elif not racing:
            # A password cannot be read back: whose run was killed before it was set, or says that it could not set it, has to ask for it again.
            # An empty success is the vendor's word as well, whatever became of what cannot be read back.
            lied = any(fault["kind"] == "empty" and not fault.get("commit") for fault in plan.faults)
            told = lied or plan.killed is not None or plan.twin or plan.late is not None or any(
                "password" in str((first.result or {}).get(name)) for name in ("msg", "warnings"))
            kept = rivals.RIVALS[world.name].kept if deeds else ()
            wrong.extend(rules.end(world, wish, begun, last, unsettled, ("password",) if told else (), {key: kept for key in touched}))
        if not racing:
            wrong.extend(rules.never_twice(begun, last, named))
        vendor.clear_journal()
        third = run(more=patient)
        writes = Counter(name for name in vendor.writes() if name not in world.again)
        if writes and not unsettled and not racing:
            wrong.append("a third run wrote %s" % writes)
        if (third.result or {}).get("changed"):
            wrong.append("a third run said changed")
        outcome.met = "unknown" if unsettled or "outcome_unknown" in first.codes() else "told" if first.failed else "survived"

    @contextlib.contextmanager
    def between(self, world: World, vendor: Several, plan: faults.Plan, deeds: list[rivals.Deed]) -> Iterator[dict[str, Any]]:
        """What stands between the run and the server: a gateway that gives up on the first write, or a place from where another client is let in."""
        if plan.late is None and not deeds:
            yield {}
            return

        def rival() -> None:
            for deed in deeds:
                with contextlib.suppress(SimulatorError):  # what it was about is gone
                    rivals.carry_out(vendor, world, deed)

        root = vendor.url.split("/", 3)
        target = "/".join(root[:3])
        secure = self.front() if vendor.url.startswith("https:") else None
        relay: Any
        if plan.late is not None:
            relay = Gateway(target, lambda method, path, body: self.writes(vendor, method, path, body), plan.late)
        else:
            relay = Meanwhile(target, rival, plan.rival, secure)
        with relay:
            yield {"api_url": "/".join([relay.url, *root[3:]]), **({"ca_path": str(secure[0])} if secure else {})}
            relay.wait()

    @staticmethod
    def writes(vendor: Any, method: str, path: str, body: str) -> bool:
        if vendor.name == "alocom":
            return method in ("PATCH", "DELETE", "PUT") or (method == "POST" and path.rstrip("/").endswith(("/users", "/labels", "/events")))
        if vendor.name == "podspace":
            reads = [vendor.services[name] for name in ("get_user_organizations", "get_list_of_collaborator", "get_folder_shares_list", "get_file_shares_list")]
            return not any("scProductId=%s" % number in body for number in reads)
        return "send" in path if vendor.name == "payamsms" else any(word in path for word in ("multiple", "create", "add", "remove", "delete"))


def brief(ran: Ran, plural: str) -> Any:
    """What a run said, as short as a story needs it."""
    if ran.result is None:
        return ran.output[-600:]
    entries = [" ".join(str(part) for part in (entry.get("action"), (entry.get("error") or {}).get("message") or "")) for entry in ran.result.get(plural) or []]
    return {"changed": ran.result.get("changed"), "msg": ran.result.get("msg"), plural: entries, "warnings": ran.result.get("warnings"),
            "api": ran.result.get("api")}


def shrink(stage: Stage, world: World, outcome: Outcome) -> list[int]:
    """Return the places of the fewest faults with which the plan still breaks a rule."""
    kept = list(range(len(outcome.story["plan"]["faults"])))
    for place in list(kept):
        fewer = [one for one in kept if one != place]
        if stage.play(world, outcome.way, outcome.number, fewer).wrong:
            kept = fewer
    return kept


def worker(share: list[tuple[str, str, int]], until: float, queue: Any) -> None:
    """Play a share of the plans on a simulator of its own."""
    every = worlds()
    for world in every.values():
        assert world.book or world.action.job  # imported before the forks
    with conftest.Simulator.start(os.environ.get("KARIZ_SIMULATOR_PYTHON") or sys.executable, strict=False, timeout=300) as simulator:
        stage = Stage(simulator)
        for name, way, number in share:
            if time.monotonic() > until:
                break
            try:
                outcome = stage.play(every[name], way, number)
                if outcome.wrong:
                    outcome.story["shrunk to faults"] = shrink(stage, every[name], outcome)
            except Exception:  # pylint: disable=broad-except
                outcome = Outcome(name, way, number, [], ["the campaign itself failed: %s" % traceback.format_exc()[-1500:]])
            if not outcome.wrong:
                outcome.story = {}
            queue.put(outcome)
    queue.put(None)


def modules() -> list[str]:
    return sorted(path.stem for path in (HERE.parents[1] / "plugins/modules").glob("[!_]*.py"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="number of the first plan")
    parser.add_argument("--world", action="append", help="only this one (may be repeated)")
    parser.add_argument("--plan", type=int, help="play this plan alone and tell its story")
    parser.add_argument("--way", choices=[*sorted(WAYS), "play"], help="only this way; a play takes ten times as long")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--table", action="store_true", help="print the table of faults")
    parser.add_argument("--modules", action="store_true", help="tell of every module by which world it is played, or why by none, and play nothing")
    parser.add_argument("--record", type=Path, help="append what each plan came to to this file, a line of JSON each, to tell several runs in one table")
    arguments = parser.parse_args()
    for name in list(os.environ):
        if name.startswith(("ANSIBLE_NO", "KARIZ_", "ALOCOM_", "DELTASIB_", "PAYAMSMS_", "PODSPACE_", "SMSPANEL_")) and name != "KARIZ_SIMULATOR_PYTHON":
            del os.environ[name]
    every = worlds()
    if arguments.modules:
        for name in modules():
            print("%-32s %s" % (name, told_by(name)))
        return 0
    chosen = arguments.world or [name for name, world in every.items() if not world.book]
    books = [] if arguments.world else [name for name, world in every.items() if world.book]
    ways = [arguments.way] if arguments.way else sorted(WAYS)
    if arguments.plan is not None:
        jobs = [(name, way, arguments.plan) for name in chosen for way in ways]
        shares = [[(name, "play" if every[name].book else way, number) for name, way, number in jobs]]
    else:
        jobs = []
        for number in range(arguments.seed, arguments.seed + arguments.plans):
            # A play of a role costs ten times what a task costs: one in so many.
            name = books[number // EVERY % len(books)] if books and number % EVERY == EVERY - 1 else chosen[number % len(chosen)]
            jobs.append((name, "play" if every[name].book else ways[number // len(chosen) % len(ways)], number))
        shares = [jobs[place::arguments.workers] for place in range(arguments.workers)]
    started = time.monotonic()
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    running = [context.Process(target=worker, args=(share, started + 60 * arguments.minutes, queue)) for share in shares if share]
    for process in running:
        process.start()
    outcomes: list[Outcome] = []
    left = len(running)
    while left:
        outcome = queue.get()
        if outcome is None:
            left -= 1
            continue
        outcomes.append(outcome)
        if arguments.record:
            with arguments.record.open("a", encoding="utf-8") as record:
                record.write(json.dumps({"core": CORE, **asdict(replace(outcome, story={}))}, ensure_ascii=False) + "\n")
        if outcome.wrong or arguments.plan is not None:
            told = "; ".join(dict.fromkeys(outcome.wrong)) or "all rules hold"
            print("plan %d of %s, %s: %s" % (outcome.number, outcome.world, outcome.way, told), flush=True)
            if arguments.plan is not None:
                print(json.dumps(outcome.story, ensure_ascii=False, indent=1, default=str))
    for process in running:
        process.join()
    broken = [outcome for outcome in outcomes if outcome.wrong]
    if arguments.table:
        print(telling.tables([{"core": CORE, **asdict(outcome)} for outcome in outcomes]))
    print("%d plans in %d s, first number %d, over %d modules and %d plays of roles: %d broke a rule" % (
        len(outcomes), time.monotonic() - started, arguments.seed, len({outcome.world for outcome in outcomes if not every[outcome.world].book}),
        len({outcome.world for outcome in outcomes if every[outcome.world].book}), len(broken)))
    return 1 if broken or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
