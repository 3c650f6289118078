# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input, and bad answers: what no user would type and no vendor documents, from declarations and from the OpenAPI files.

    make fuzz                                          everything, 200 values a task
    make fuzz SEED=7 COUNT=50 ONLY="alocom_user message" KIND=options
    make fuzz COUNT=0                                  every value at every place; half an hour
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), *(str(HERE.parents[1] / name) for name in ("tests", "tests/integration", "roles/simulator/files"))]

import answers  # noqa: E402
import callbacks  # noqa: E402
import desired_files  # noqa: E402
import options  # noqa: E402
import processes  # noqa: E402
import pure  # noqa: E402
import sources  # noqa: E402
from samples import Samples  # noqa: E402
from wire import Wire  # noqa: E402

import playbooks  # noqa: E402
import plugins  # noqa: E402


def of_options(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    stage, samples = options.Stage(wire, folder), Samples(wire, folder)
    for case, problem in options.play(stage, samples, random.Random(arguments.seed), arguments.count or None, arguments.only):
        yield "%s: %s%s" % (case.module, case.what, " (check mode)" if case.check else ""), problem


def of_answers(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from answers.Stage(wire, folder).play(random.Random(arguments.seed), arguments.count or 200, arguments.only)


def of_pure(arguments: argparse.Namespace, _wire: Wire, _folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from pure.play(random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_lookups(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from plugins.play_lookups(plugins.Bench(wire, folder), random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_inventories(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from plugins.play_inventories(plugins.Bench(wire, folder), random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_desired(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    stage = options.Stage(wire, folder)
    yield from desired_files.play(stage, Samples(wire, folder), random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_callbacks(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    run = callbacks.Run(wire, folder, Samples(wire, folder).connections)
    yield from callbacks.play(run, random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_sources(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from sources.play(sources.Engine(wire, folder), random.Random(arguments.seed), arguments.count or None, arguments.only)


def of_processes(arguments: argparse.Namespace, wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    for case, problem in processes.play(processes.Door(wire), Samples(wire, folder), random.Random(arguments.seed), arguments.count or None, arguments.only):
        yield "process %s: %s%s" % (case.module, case.what, " (check mode)" if case.check else ""), problem


def of_playbooks(arguments: argparse.Namespace, _wire: Wire, folder: Path) -> Iterator[tuple[str, str | None]]:
    yield from playbooks.play(playbooks.Books(folder), random.Random(arguments.seed), arguments.count or None, arguments.only)


KINDS = {"options": of_options, "answers": of_answers, "pure": of_pure, "lookups": of_lookups, "inventories": of_inventories, "desired": of_desired,
         "callbacks": of_callbacks, "sources": of_sources, "processes": of_processes,
         "playbooks": of_playbooks}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200, help="how many for each task; 0 for all that there are")
    parser.add_argument("--kind", choices=[*KINDS], action="append")
    parser.add_argument("only", nargs="*", help="modules, or names of cases")
    arguments = parser.parse_args()
    # Whatever is written by a path that nobody expects stays here.
    folder = Path(tempfile.mkdtemp(prefix="kariz-fuzz-")) / "a" / "b" / "c" / "d"
    folder.mkdir(parents=True)
    os.chdir(folder)
    os.environ["HOME"] = str(folder)
    time.sleep = lambda _seconds: None
    wire = Wire()
    wrong = 0
    for kind in arguments.kind or KINDS:
        tried: Counter[bool] = Counter()
        with wire.laid():
            for what, problem in KINDS[kind](arguments, wire, folder):
                tried[problem is not None] += 1
                if problem is not None:
                    print("%s\n    %s" % (what, problem), flush=True)
        print("%s: %d tried, seed %d, %d wrong" % (kind, sum(tried.values()), arguments.seed, tried[True]), flush=True)
        wrong += tried[True]
    wire.simulator.vendors["deltasib"].close()
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
