# SPDX-License-Identifier: GPL-3.0-or-later
"""Event sources with arguments that nobody expects: a rule engine shows what a source ends with, so that must be one message with its place.

A source is made and looks once, as a rule engine has it; vendors answer in this process (:mod:`wire`).
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import bad_values
from options import MISTAKE, Hangs, patience, unreadable
from samples import CANARIES, Samples
from wire import Wire

from ansible_collections.kariz.panels.plugins.module_utils._business import watching
from ansible_collections.kariz.panels.plugins.plugin_utils._watches import SOURCES

SECRETS = [bad_values.SECRET, str(bad_values.SECRET_NUMBER), *CANARIES]


#: What stands where a source remembers something: of another type, of another source, from the future, or written by hand.
STRANGE = (None, True, -1, 10 ** 40, "x", "", "2999-01-01T00:00:00", [], [None], {}, {"x": {"x": 1}}, [["x"]])
#: Whole files.
BROKEN = (b"", b"{", b"null", b"[1]", b"\xff\xfe", b'{"a": NaN}', b"[" * 5000, b'"x"', b"{}")


class Stop(Exception):
    """The source waits for its next look."""


class Heard(logging.Handler):
    """What a source says."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Engine:
    """As much of a rule engine as a source sees."""

    def __init__(self, wire: Wire, folder: Path, samples: Samples | None = None) -> None:
        self.wire, self.folder = wire, folder
        self.samples = samples or Samples(wire, folder)
        self.message: str | None = None
        self.events: list[Any] = []
        self.number = 0

    def sound(self, name: str) -> dict[str, Any]:
        """Arguments with which a source works."""
        connections = self.samples.connections
        self.number += 1
        own: dict[str, dict[str, Any]] = {
            "payamsms_inbox": {"number": "982000123", "start_from": "oldest", **connections["payamsms"]},
            "balance_watch": {"accounts": [{"vendor": "payamsms", "account": "a", "connection": connections["payamsms"]},
                                           {"vendor": "deltasib", "connection": connections["deltasib"], "usernames": ["zahra.karimi"]}],
                              "thresholds": [{"vendor": "payamsms", "account": "a", "kind": "money", "below": 10 ** 15, "back_above": 10 ** 16}]},
            "service_end_watch": {"days": 10_000, "usernames": ["zahra.karimi"], **connections["deltasib"]},
            "absence_watch": {"events": ["math-10"], "days": 3, **connections["alocom"]},
            "drift_watch": {"desired_state": str(self.samples.business), "command": ["/bin/false"], "only": ["alocom"], "extra_vars": {"a": "b"}},
        }
        return {**own[name], "interval": 5, "state_path": str(self.folder / ("state-%d.json" % self.number))}

    def problem(self, name: str, args: Any) -> str | None:
        """Run a source to its second look and return what is wrong with what came of it, or None."""
        del self.wire.asked[:]
        self.message, self.events = None, []
        heard = Heard()
        watching.log.addHandler(heard)
        try:
            with patience():
                asyncio.run(self._run(name, args))
        except Stop:
            pass
        except ValueError as error:
            if type(error) is not ValueError:
                return "falls: " + traceback.format_exc(limit=-5)[-1200:]
            self.message = str(error)
        except Hangs:
            return "hangs"
        except BaseException:  # pylint: disable=broad-except
            return "falls: " + traceback.format_exc(limit=-5)[-1200:]
        finally:
            watching.log.removeHandler(heard)
        json.dumps(self.events)
        found = unreadable("%s\n%s" % (self.message or "", "\n".join(heard.lines)), SECRETS)
        if found or self.message is None:
            return found
        if self.wire.asked and MISTAKE.search(self.message):
            return "complains after a request: %s" % self.message[:300]
        places = [*SOURCES[name].options, *watching.COMMON, "no credentials"]
        if not self.message.startswith(name + ": ") or not self.wire.asked and not any(place in self.message for place in places):
            return "says no place: %s" % self.message[:300]
        return None

    async def _run(self, name: str, args: Any) -> None:
        async def sleep(_seconds: float) -> None:
            raise Stop

        await watching.run(await watching.begun(SOURCES[name], args, sleep, {}), self, args, sleep)

    async def put(self, event: Any) -> None:
        self.events.append(event)


def changed(value: Any, rng: random.Random) -> Any:
    """A copy of what a source remembers in which one part, somewhere, is something strange."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(sorted(value))
        return {**value, key: changed(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        place = rng.randrange(len(value))
        return [*value[:place], changed(value[place], rng), *value[place + 1:]]
    return rng.choice(STRANGE)


def remembered(engine: Engine, name: str, rng: random.Random, count: int) -> Iterator[tuple[str, str | None]]:
    """Let a source begin with what it remembers being damaged."""
    args = engine.sound(name)
    path = Path(args["state_path"])
    yield "%s: once more" % name, engine.problem(name, args) or engine.problem(name, args) or engine.message
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for content in [*BROKEN, *(json.dumps(changed(kept, rng)).encode() for _number in range(count))]:
        path.write_bytes(content)
        path.chmod(0o600)
        yield "%s remembers %s" % (name, content[:80]), engine.problem(name, args)
        path.unlink(missing_ok=True)


def play(engine: Engine, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what a source was given and what is wrong with what came of it.

    :arg count: how many values for each source; None for all.
    """
    for name, source in sorted(SOURCES.items()):
        if only and name not in only:
            continue
        yield "%s: as it should be" % name, engine.problem(name, engine.sound(name)) or engine.message
        for what, args in bad_values.drawn({**watching.COMMON, **source.options}, engine.sound(name), rng, count):
            if args.get("state_path") == "":
                continue  # as if it were not given: a file in the home
            yield "%s: %s" % (name, what), engine.problem(name, args)
        yield from remembered(engine, name, rng, 300 if count is None else count)
