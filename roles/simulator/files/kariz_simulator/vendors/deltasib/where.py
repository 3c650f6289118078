# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's `Filter`: SQL-like text, taken as trustingly as the vendor does, so that an injection in a client shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

Row = dict[str, Any]
Test = Callable[[Row], bool]
Operand = Callable[[Row], Any]

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.|'')*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)|(?P<operator><=|>=|<>|><|!=|=|<|>)"
    r"|(?P<paren>[()])|(?P<word>[A-Za-z_][\w.]*))",
    re.ASCII,
)


class Equal:
    """A field is a value."""

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.value = value

    def __call__(self, row: Row) -> bool:
        return compare(row[self.name], "=", self.value)


class OneOf:
    """A field is one of many values; the same as trying each of them."""

    def __init__(self, tests: list[Equal]) -> None:
        self.name = tests[0].name
        numbers = {test.value: number(test.value) for test in tests}
        self.numbers = {found for found in numbers.values() if found is not None}
        self.texts = {value.casefold() for value in numbers}
        self.words = {value.casefold() for value, found in numbers.items() if found is None}

    def __call__(self, row: Row) -> bool:
        value = row[self.name]
        if value is None:
            return False
        found = number(value)
        text = str(value).casefold()
        return text in self.texts if found is None else found in self.numbers or text in self.words


class BadFilter(Exception):
    """The text is no condition."""


def compiled(text: str, fields: Iterable[str]) -> Test:
    """A condition as a function of a row; names of fields in any case."""
    return Parser(text, fields).whole()


class Parser:
    def __init__(self, text: str, fields: Iterable[str]) -> None:
        self.fields = {name.lower(): name for name in fields}
        # As in SQL, the rest of the line behind two dashes is a comment.
        self.tokens = self.split(re.sub(r"--.*", "", text) if "--" in re.sub(r"'[^']*'", "", text) else text)
        self.place = 0

    @staticmethod
    def split(text: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            match = TOKEN.match(text, place)
            if match is None or match.end() == place or match.lastgroup is None:
                raise BadFilter(f"near {text[place:][:20]!r}")
            found.append((match.lastgroup, match.group(match.lastgroup)))
            place = match.end()
        return found

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.place += 1
        return token

    def word(self, wanted: str) -> bool:
        kind, text = self.peek()
        if kind == "word" and text.lower() == wanted:
            self.place += 1
            return True
        return False

    def whole(self) -> Test:
        test = self.either()
        if self.peek()[0] != "end":
            raise BadFilter(f"near {self.peek()[1]!r}")
        return test

    def either(self) -> Test:
        tests = [self.all_of()]
        while self.word("or"):
            tests.append(self.all_of())
        if len(tests) == 1:
            return tests[0]
        equal = [test for test in tests if isinstance(test, Equal)]
        if len(equal) == len(tests) and len({test.name for test in equal}) == 1:
            return OneOf(equal)
        return lambda row: any(test(row) for test in tests)

    def all_of(self) -> Test:
        tests = [self.one()]
        while self.word("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def one(self) -> Test:
        if self.peek() == ("paren", "("):
            self.take()
            test = self.either()
            if self.take() != ("paren", ")"):
                raise BadFilter("a parenthesis is not closed")
            return test
        named = self.peek()
        left = self.operand()
        if self.word("like"):
            right = self.operand()
            return lambda row: like(left(row), right(row))
        kind, sign = self.take()
        if kind != "operator":
            raise BadFilter(f"near {sign!r}")
        constant = self.peek()[0] in ("text", "number")
        right = self.operand()
        if sign == "=" and constant and named[0] == "word":
            return Equal(self.fields[named[1].lower()], right({}))
        return lambda row: compare(left(row), sign, right(row))

    def operand(self) -> Operand:
        kind, text = self.take()
        if kind == "text":
            value = re.sub(r"\\(.)|''", lambda match: match.group(1) or "'", text[1:-1])
            return lambda row: value
        if kind == "number":
            return lambda row: text
        if kind == "word" and text.lower() in self.fields:
            name = self.fields[text.lower()]
            return lambda row: row[name]
        raise BadFilter(f"near {text!r}")


def number(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def compare(left: Any, sign: str, right: Any) -> bool:
    one, other = number(left), number(right)
    pair: tuple[Any, Any] = (one, other)
    if one is None or other is None:
        if left is None or right is None:
            return False
        pair = (str(left).casefold(), str(right).casefold())
    return {
        "=": pair[0] == pair[1],
        "<>": pair[0] != pair[1],
        "><": pair[0] != pair[1],
        "!=": pair[0] != pair[1],
        "<": pair[0] < pair[1],
        ">": pair[0] > pair[1],
        "<=": pair[0] <= pair[1],
        ">=": pair[0] >= pair[1],
    }[sign]


def like(value: Any, pattern: Any) -> bool:
    if value is None:
        return False
    parts = [re.escape(part).replace("_", ".") for part in str(pattern).split("%")]
    return re.fullmatch(".*".join(parts), str(value), re.IGNORECASE | re.DOTALL) is not None
