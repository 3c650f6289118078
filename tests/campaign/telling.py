# SPDX-License-Identifier: GPL-3.0-or-later
"""What many runs of the campaign came to, in the tables of the docs.

    python tests/campaign/telling.py build/campaign/*.jsonl            print them
    python tests/campaign/telling.py build/campaign/*.jsonl --write    into docs/testing.md and docs/testing.fa.md

The files are what ``campaign.py --record`` wrote. A plan that was played again, because what it had found was mended, counts as it ended last.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- campaign table -->", "<!-- end of the campaign table -->"
#: Further apart than this, two numbers are of two runs.
GAP = 3000
ENDINGS = ("survived", "told", "unknown")
PERSIAN = {
    "204": "۲۰۴", "401": "۴۰۱", "429": "۴۲۹", "4xx": "4xx", "503 with Retry-After": "۵۰۳ با Retry-After", "5xx after": "5xx پس از نوشتن",
    "5xx before": "5xx پیش از نوشتن", "another client": "کارخواه دیگر همان چیزها را عوض می‌کند", "black hole": "سیاه‌چاله", "clock jumps": "پرش ساعت",
    "dripping": "پاسخ قطره‌قطره", "echoed secrets": "بازگویی رازها", "empty": "پاسخ خالی", "half an answer": "نیمهٔ پاسخ", "html": "صفحهٔ HTML",
    "killed": "kill -9", "late write behind a gateway": "نوشتن دیرهنگام پشت دروازه", "latency": "کندی کم", "redirect": "هدایت به نشانی دیگر",
    "reset after": "قطع پس از نوشتن", "reset before": "قطع پیش از نوشتن", "slow": "کندی زیاد", "token death": "مرگ توکن", "two at once": "دو اجرا هم‌زمان",
    "wrong type": "نوع نادرست", "calm": "بی خطا",
}
WORDS = {
    "en": {"what": "what happened", "plans": "plans", "survived": "survived", "told": "told", "unknown": "told as unknown", "broken": "rule broken",
           "all": "**all plans**", "world": "module, role or playbook", "core": "ansible-core", "module": "module process", "in process": "in process",
           "play": "`ansible-playbook`", "calm": "calm: none of these",
           "head": "{total} plans, {days}; the numbers of the plans by ansible-core: {seeds}."},
    "fa": {"what": "چه پیش آمد", "plans": "نقشه", "survived": "گذشت", "told": "گفته شد", "unknown": "نامعلوم گفته شد", "broken": "قاعده شکست",
           "all": "**همهٔ نقشه‌ها**", "world": "ماژول، نقش یا پلی‌بوک", "core": "ansible-core", "module": "فرایند ماژول", "in process": "درون فرایند",
           "play": "`ansible-playbook`", "calm": "بی هیچ‌یک از این‌ها",
           "head": "{total} نقشه، {days}؛ شمارهٔ نقشه‌ها برای هر ansible-core: {seeds}."},
}


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the outcomes of all files, each plan as it ended last, in the order of the files."""
    found = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            outcome = json.loads(line)
            found[outcome["core"], outcome["world"], outcome["way"], outcome["number"]] = outcome
    return list(found.values())


def grid(title: str, rows: list[tuple[str, list[dict[str, Any]]]], words: dict[str, str]) -> list[str]:
    """Return a table: for each row how many plans it has, and how they ended."""
    lines = ["| %s | %s |" % (title, " | ".join(words[name] for name in ("plans", *ENDINGS, "broken"))), "|---" * 6 + "|"]
    for name, those in rows:
        met = Counter(outcome["met"] for outcome in those)
        figures = [len(those), *(met[ending] for ending in ENDINGS), sum(bool(outcome["wrong"]) for outcome in those)]
        lines.append("| %s | %s |" % (name, " | ".join(map(str, figures))))
    return lines


def tables(outcomes: list[dict[str, Any]], language: str = "en", when: tuple[str, str] = ("", "")) -> str:
    """Return the tables: by what happened, by world, by ansible-core and way."""
    words = WORDS[language]
    named: Callable[[str], str] = (lambda name: name) if language == "en" else (lambda name: PERSIAN.get(name, name))
    faults = sorted({name for outcome in outcomes for name in outcome["names"]})
    rows = [(named(name), [outcome for outcome in outcomes if name in outcome["names"]]) for name in faults]
    rows += [(words["calm"], [outcome for outcome in outcomes if not outcome["names"]]), (words["all"], outcomes)]
    cores = sorted({outcome["core"] for outcome in outcomes}, key=lambda core: tuple(map(int, core.split("."))))
    seeds = "; ".join("%s: %s" % (core, ", ".join(ranges({outcome["number"] for outcome in outcomes if outcome["core"] == core}))) for core in cores)
    lines = [words["head"].format(total=len(outcomes), days=" – ".join(dict.fromkeys(when)), seeds=seeds), ""] if when[0] else []
    lines += [*grid(words["what"], rows, words), ""]
    worlds = sorted({outcome["world"] for outcome in outcomes})
    lines += [*grid(words["world"], [("`%s`" % name, [outcome for outcome in outcomes if outcome["world"] == name]) for name in worlds], words), ""]
    ways = ("module", "in process", "play")
    lines += ["| %s | %s |" % (words["core"], " | ".join(words[way] for way in ways)), "|---" * 4 + "|"]
    for core in cores:
        counts = Counter(outcome["way"] for outcome in outcomes if outcome["core"] == core)
        lines.append("| %s | %s |" % (core, " | ".join(str(counts[way]) for way in ways)))
    return "\n".join(lines)


def ranges(numbers: set[int]) -> list[str]:
    """Put numbers together that are of one run."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number - found[-1][1] <= GAP:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ["%d–%d" % (first, last) if last > first else str(first) for first, last in found]


def write(outcomes: list[dict[str, Any]], when: tuple[str, str]) -> None:
    """Put the tables into the docs of both languages, in place of those that are there."""
    for language, name in (("en", "testing.md"), ("fa", "testing.fa.md")):
        path = ROOT / "docs" / name
        before, _begin, rest = path.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2] or rest
        path.write_text("%s%s\n\n%s\n\n%s%s" % (before, BEGIN, tables(outcomes, language, when), END, after), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="into the docs")
    arguments = parser.parse_args()
    outcomes = read(arguments.records)
    days = [datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).date().isoformat() for moment in sorted(
        path.stat().st_mtime for path in arguments.records)]
    if arguments.write:
        write(outcomes, (days[0], days[-1]))
    else:
        print(tables(outcomes, "en", (days[0], days[-1])))


if __name__ == "__main__":
    main()
