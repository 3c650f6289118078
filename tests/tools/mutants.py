# SPDX-License-Identifier: GPL-3.0-or-later
"""How many random one-spot faults in the core do its unit tests notice?

For each room some spots are chosen at random (the seed makes it repeatable), changed one at a time in a copy of the collection, and the unit tests
that belong to the room are run. A fault that no test notices is printed with its place: it is either a missing test or a change without effect.

    make mutants                                  every room, 40 faults each
    make mutants ROOMS="planner apply" COUNT=100 SEED=7

Of the room's tests those are run that reach the changed statement, the shortest first: no other can notice it. The libraries at hand leave out dropped
calls and returns, or need modules that are imported by their path; what is needed here is short.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import itertools
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Queue

from steps import SLOTS, TOOLS, copy_collection, environment

CORE = pathlib.Path("plugins/module_utils/_core")
# Room -> its files below _core (or below plugins, where that is their first word), and the unit tests that are to notice.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "planner": (("state/planner.py",), ("test_core_planner*.py", "test_core_apply*.py", "test_core_objects*.py")),
    "apply": (("state/apply.py", "state/lost.py"), ("test_core_apply*.py",)),
    "runner": (("state/runner.py",), ("test_core_ids.py", "test_core_job.py", "test_core_runner*.py")),
    "memory": (("state/memory.py", "state/objects.py", "state/asked.py"), ("test_core_memory*.py", "test_core_objects*.py")),
    "results": (("state/results.py", "state/foretold.py"), ("test_core_results*.py", "test_core_foretold*.py")),
    "transport": (("http/transport.py", "http/session.py", "http/retries.py", "http/reasons.py"),
                  ("test_core_retries*.py", "test_core_session*.py", "test_core_text.py", "test_core_transport*.py")),
    "client": (("http/client.py", "http/parallel.py", "http/tokens.py", "http/answers.py"),
               ("test_core_answers*.py", "test_core_client*.py", "test_core_parallel*.py", "test_core_tokens*.py")),
    "redact": (("secrets/*.py",), ("test_core_redact*.py", "test_core_secrets*.py", "test_core_invocation*.py", "test_core_fingerprint*.py")),
    "paging": (("http/ahead.py", "http/paging.py"), ("test_core_ahead.py", "test_core_paging*.py")),
    "journal": (("journal/*.py", "journal.py", "options/journal_place.py"), ("test_journal*.py",)),
    "options": (("options/check.py", "options/connection.py", "options/lasting.py", "options/plain.py", "options/role.py"), (
        "test_core_connection*.py", "test_core_check*.py", "test_core_ids.py", "test_core_lasting.py", "test_core_names.py", "test_core_options.py",
        "test_core_plain.py", "test_core_role*.py")),
    "text": (("text/letters.py", "text/near.py"), ("test_core_text*.py", "test_core_near*.py", "test_understood*.py")),
    "calendar": (("calendar/*.py", "text/sms.py"), ("test_dates*.py", "test_jalali*.py", "test_sms*.py")),
    "alocom": (("plugins/module_utils/_alocom/client.py",), ("test_alocom_client.py", "test_understood*.py")),
    "deltasib": (("plugins/module_utils/_deltasib/client.py",), ("test_deltasib*.py", "test_understood*.py")),
    "payamsms": (("plugins/module_utils/_payamsms/client.py",), ("test_payamsms_client.py", "test_understood*.py")),
    "smspanel": (("plugins/module_utils/_smspanel/client.py",), ("test_smspanel_client.py", "test_understood*.py")),
    "podspace": (("plugins/module_utils/_podspace/client.py", "plugins/module_utils/_podspace/envelope.py", "plugins/module_utils/_podspace/codes.py"),
                 ("test_podspace*.py", "test_understood*.py")),
    **{vendor + "-" + part: (tuple("plugins/module_utils/_%s/%s.py" % (vendor, file) for file in files.split()), ("test_resources_played.py", *tests))
       for vendor, part, files, tests in (
           ("alocom", "people", "label user profile user_import roster lookup reading", ("test_resources_alocom*.py",)),
           ("alocom", "events", "event member event_link running shapes", ("test_resources_alocom*.py",)),
           ("deltasib", "people", "user status session subscriber subscribers many filters", ("test_deltasib.py", "test_resources_deltasib*.py")),
           ("deltasib", "money", "user_service payment catalogue", (
               "test_deltasib.py", "test_resources_deltasib_services.py", "test_resources_deltasib_payments.py")),
           ("podspace", "spaces", "organization member persons names fields plan invoice", (
               "test_podspace_reading.py", "test_resources_podspace*.py")),
           ("podspace", "shares", "share", ("test_podspace_reading.py", "test_resources_podspace*.py")),
           ("payamsms", "messages", "message", ("test_resources_payamsms*.py",)),
           ("smspanel", "messages", "message phonebook user", ("test_resources_smspanel*.py",)))},
    "place": (("errors.py", "task/*.py", "plugins/plugin_utils/_in_process.py"),
              ("test_core_errors*.py", "test_core_fitting.py", "test_core_host*.py",
               "test_core_job*.py", "test_core_in_process*.py", "test_core_module_process*.py", "test_untemplated.py")),
}
#: Seconds of which no two changes have the same.
_TIMES = itertools.count(1_000_000_000)
_COMPARISONS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is",
                ast.In: "not in", ast.NotIn: "in"}
_ARITHMETIC = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*", ast.Pow: "*"}


@dataclass(frozen=True)
class Fault:
    """One change of a file: the text between two offsets becomes another."""

    file: str
    line: int
    start: int
    end: int
    text: str
    was: str
    #: First and last line of the statement around it (of a compound one only its head); None where it counts as soon as the file is imported.
    reach: tuple[int, int] | None = None

    def __str__(self) -> str:
        def shown(text: str) -> str:
            return " ".join(text.split())[:70]
        return f"{self.file}:{self.line}: {shown(self.was)!r} became {shown(self.text)!r}"


class Spots(ast.NodeVisitor):
    """Collects every fault that a file can have."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source.encode()
        self.starts = [0]
        for line in self.source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: list[Fault] = []
        self.reach: tuple[int, int] | None = None
        self.functions = 0
        self.visit(ast.parse(source))

    def visit(self, node: ast.AST) -> None:
        outer, self.reach = self.reach, self.lines(node) if isinstance(node, ast.stmt) else self.reach
        if isinstance(node, ast.FunctionDef):
            # Decorators and defaults are evaluated where it is defined; a body is a list of statements.
            self.functions += 1
        super().visit(node)
        self.functions -= isinstance(node, ast.FunctionDef)
        self.reach = outer

    def lines(self, node: ast.stmt) -> tuple[int, int] | None:
        if not self.functions or isinstance(node, ast.FunctionDef | ast.ClassDef):
            return None
        body = getattr(node, "body", None)
        return node.lineno, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def change(self, node: ast.expr | ast.stmt, text: str, span: tuple[int, int] | None = None) -> None:
        start, end = span or self.span(node)
        self.found.append(Fault(self.file, node.lineno, start, end, text, self.source[start:end].decode(), self.reach))

    def between(self, left: ast.expr, right: ast.expr) -> tuple[int, int]:
        return self.span(left)[1], self.span(right)[0]

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            span = self.between(left, right)
            # Brackets around an operand lie between the two as well.
            if "(" not in (gap := self.source[span[0]:span[1]].decode()) and ")" not in gap:
                self.change(node, f" {_COMPARISONS[type(operator)]} ", span)
            left = right
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        span = self.between(node.left, node.right)
        gap = self.source[span[0]:span[1]].decode()
        if type(node.op) in _ARITHMETIC and "(" not in gap and ")" not in gap and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            self.change(node, f" {_ARITHMETIC[type(node.op)]} ", span)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for left, right in zip(node.values, node.values[1:], strict=False):
            span = self.between(left, right)
            gap = self.source[span[0]:span[1]].decode()
            self.change(node, gap.replace(" and ", " or ") if isinstance(node.op, ast.And) else gap.replace(" or ", " and "), span)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.change(node, f"({ast.get_source_segment(self.source.decode(), node.operand)})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.change(node.test, f"not ({ast.get_source_segment(self.source.decode(), node.test)})")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self.change(node, str(not node.value))
        elif isinstance(node.value, int | float):
            self.change(node, repr(node.value + 1))

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self.change(node, "pass")
        if not isinstance(node.value, ast.Constant):  # a docstring is no code
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and not node.value.value):
            self.change(node, "return None")
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.change(node, "pass")
        self.generic_visit(node)


def real(spots: list[Fault]) -> list[Fault]:
    """Without changes that change nothing, and those to which nothing could be changed."""
    return [fault for fault in spots if fault.text.strip() != fault.was.strip()]


class Copy:
    """A copy of the collection, and a process that runs tests in it."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kariz-mutants-")
        self.where = copy_collection(self.folder.name)
        env = environment(pathlib.Path(sys.executable).parent)
        env["ANSIBLE_COLLECTIONS_PATH"] = env["PYTHONPATH"] = str(self.where.parents[2])
        # The same examples each time, and none made smaller for anybody to look at.
        env["KARIZ_HYPOTHESIS"] = "mutants"
        self.process = subprocess.Popen([sys.executable, str(TOOLS / "trials.py")], cwd=self.where, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, start_new_session=True)

    def passes(self, **asked: object) -> bool:
        """Ask for something, as trials.py says; return whether all tests pass, in time."""
        if self.process.stdin is None or self.process.stdout is None:
            raise AssertionError("both are pipes")
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline() == "0\n"

    def close(self) -> None:
        self.process.communicate()
        self.folder.cleanup()


class Copies:
    """Copies of the collection, one for each worker."""

    def __init__(self, count: int) -> None:
        self.all = [Copy() for _number in range(count)]
        self.free: Queue[Copy] = Queue()
        for copy in self.all:
            self.free.put(copy)

    @contextlib.contextmanager
    def one(self):
        copy = self.free.get()
        try:
            yield copy
        finally:
            self.free.put(copy)

    def close(self) -> None:
        for copy in self.all:
            copy.close()


class Tests:
    """The tests of a room: how long each takes, and which lines it reaches."""

    def __init__(self, told: dict) -> None:
        self.seconds: dict[str, float] = told["seconds"]
        self.lines = {name: {tuple(place) for place in places} for name, places in told["lines"].items()}
        self.outside = {tuple(place) for place in told["outside"]}

    def reaching(self, fault: Fault) -> tuple[list[str], bool]:
        """Return the tests that may notice a fault, first those that reach it themselves, the shortest first; and whether it works on imports already."""
        if fault.reach is None:
            return sorted(self.seconds, key=lambda name: self.seconds[name]), True
        spot = {(fault.file, line) for line in range(fault.reach[0], fault.reach[1] + 1)}
        near = {name for name, lines in self.lines.items() if lines & spot}
        imported = bool(self.outside & spot)
        return sorted(self.seconds if imported else near, key=lambda name: (name not in near, self.seconds[name])), imported


def noticed(copies: Copies, fault: Fault, tests: Tests) -> bool:
    names, imported = tests.reaching(fault)
    if not names:
        return False
    with copies.one() as copy:
        path = copy.where / fault.file
        whole = path.read_bytes()
        # Whatever stands below keeps its lines.
        lines = b"\n" * (fault.was.count("\n") - fault.text.count("\n"))
        try:
            written(path, whole[:fault.start] + fault.text.encode() + lines + whole[fault.end:])
            return not copy.passes(path=fault.file, names=names, seconds=5 + 3 * sum(tests.seconds[name] for name in names), imported=imported)
        finally:
            written(path, whole)


def written(path: pathlib.Path, content: bytes) -> None:
    """Write a file with a time of its own: by it and by the size Python knows whether what it has compiled is of this file, and all others stay compiled."""
    path.write_bytes(content)
    when = next(_TIMES)
    os.utime(path, (when, when))


def try_room(room: str, copies: Copies, count: int, seed: int) -> tuple[int, int]:
    """Try the faults of a room; return how many were noticed, of how many."""
    files, patterns = ROOMS[room]
    where = copies.all[0].where
    with tempfile.NamedTemporaryFile("r") as told, tempfile.NamedTemporaryFile("r") as log, ThreadPoolExecutor(SLOTS) as pool:
        sources = sorted(path for pattern in files for path in where.glob(str(pattern if pattern.startswith("plugins/") else CORE / pattern))
                         if path.name != "__init__.py")
        names = [str(path.relative_to(where)) for path in sources]
        spots = [fault for name, path in zip(names, sources, strict=True) for fault in real(Spots(name, path.read_text("utf-8")).found)]
        tests = sorted(str(path.relative_to(where)) for pattern in patterns for path in (where / "tests/unit").glob(pattern))
        # One of them measures for all.
        ways = [told.name, *[""] * (len(copies.all) - 1)]
        if not tests or not all(pool.map(lambda copy, way: copy.passes(room=tests, sources=names, told=way, log=log.name), copies.all, ways)):
            print(f"{log.read()[-3000:]}\n{room}: its unit tests do not pass as they are: {tests}", flush=True)
            return 0, 1
        reached = Tests(json.load(told))
    chosen = random.Random(seed).sample(spots, min(count, len(spots)))
    caught = 0
    with ThreadPoolExecutor(SLOTS) as pool:
        for fault, verdict in zip(chosen, pool.map(lambda fault: noticed(copies, fault, reached), chosen), strict=True):
            caught += verdict
            if not verdict:
                print(f"    not noticed: {fault}", flush=True)
    print(f"{room}: {caught} of {len(chosen)} noticed ({100 * caught / len(chosen):.0f} %), chosen from {len(spots)}", flush=True)
    return caught, len(chosen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"some of: {', '.join(ROOMS)}")
    parser.add_argument("--count", type=int, default=40, help="faults a room")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    unknown = set(chosen.rooms) - set(ROOMS)
    if unknown:
        parser.error(f"there is no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    # Stopped by another program, it leaves as little behind as at its end.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    copies = Copies(SLOTS)
    try:
        figures = [try_room(room, copies, chosen.count, chosen.seed) for room in chosen.rooms or ROOMS]
    finally:
        copies.close()
    caught, tried = (sum(column) for column in zip(*figures, strict=True))
    print(f"kariz.panels: {caught} of {tried} faults noticed ({100 * caught / tried:.0f} %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
