# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one checker of options: from what a user gave and an argument specification to values and to every mistake, with its place and advice.

Modules, both ways of running, lookups, inventories, items of roles and the desired-state file all use it. Values come out as the platform's own
validation would make them; what a person can only have meant otherwise is refused instead (``true`` or a list where a text belongs), an empty
option (null) counts as one that was not given, numbers may have digits of any script and thousands separators, a choice any letter case.
"""

from __future__ import annotations

import ast
import decimal
import difflib
import functools
import json
import math
import os
import re

from ansible.module_utils.common.validation import check_type_bool, check_type_dict
from ansible.module_utils.errors import AnsibleFallbackNotFound

from ..errors import UsageError
from ..secrets.declared import texts
from ..text.letters import DIGITS, LARGEST, excerpt, ungrouped

#: More mistakes than this are counted, not told.
TOLD = 20
#: More letters of a value than this are not shown.
_SHOWN = 60
# Control characters, halves of a character and what is none: YAML has none of them, and no server is to be trusted with them.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
CONSTRAINTS = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")
_NOTHING = object()


# -- mistakes ------------------------------------------------------------------------------------------------------------


class Problem:
    """One mistake.

    :arg path: names and numbers that lead to it: ``("users", 1, "name")``.
    :arg text: what is wrong or what must be.
    :arg given: the value that was given, to be shown; left out for secrets.
    :arg advice: what to do about it.
    :arg code: the error's code, where it is not that of every other bad option.
    :arg option: name of the option that it is about, where the path ends before it.
    """

    def __init__(self, path, text, given=_NOTHING, advice="", code=None, option=None):
        self.path = tuple(path)
        self.text = text
        self.given = given
        self.advice = advice
        self.code = code
        self.option = option

    @property
    def place(self):
        """The place as people write it: ``users[1].name``."""
        made = ""
        for part in self.path:
            made += "[%d]" % part if isinstance(part, int) else ("." if made else "") + _told_name(part)
        return made

    def reason(self, redact=None):
        """Return what is wrong, with the value that was given.

        :arg redact: takes secrets out of the value before it is cut.
        """
        told = self.text
        if self.given is not _NOTHING:
            told += ", not %s" % quoted(self.given, redact)
        return "%s; %s" % (told, self.advice) if self.advice else told

    def sentence(self, redact=None):
        place = self.place
        return "%s: %s" % (place, self.reason(redact)) if place else self.reason(redact)


def named_twice(path, kind, label, first):
    """Return the :class:`Problem` of an item that names what an earlier one names: one wording wherever it is found out.

    :arg kind: what the items are, in the singular.
    :arg label: what people call the one that both name.
    :arg first: the path of the earlier item.
    """
    return Problem(path, "names the same %s (%s) as %s: each may occur once" % (kind, label, Problem(first, "").place))


class OptionsError(UsageError):
    """The options hold mistakes: ``problems`` are all of them, the message tells the first :data:`TOLD`."""

    def __init__(self, problems, redact=None, **kwargs):
        codes = {problem.code for problem in problems}
        super().__init__(told(problems, redact), operation="options", code=codes.pop() if len(codes) == 1 else None, **kwargs)
        self.problems = list(problems)

    def sentence(self):
        return self.message


def _told_name(name):
    """Return a name as it can be shown: short, and without letters that nobody sees or that turn a line round."""
    text = str(name)
    shown = (text or "''") if text.isprintable() else repr(text)[1:-1]
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."


def collect(problems, function, *arguments):
    """Call a function that may raise UsageError and return what it returns; what it raises is added to ``problems``."""
    try:
        return function(*arguments)
    except OptionsError as error:
        problems += error.problems
    except UsageError as error:
        problems.append(Problem((), error.message, advice=error.hint or "", code=error.code))
    return None


def told(problems, redact=None):
    """Return all mistakes as one text: one on the same line, several on lines of their own."""
    lines = [problem.sentence(redact) for problem in problems[:TOLD]]
    if len(problems) > TOLD:
        lines.append("... and %d more" % (len(problems) - TOLD))
    return lines[0] if len(lines) == 1 else "%d mistakes in the options; nothing was sent\n%s" % (len(problems), "\n".join(lines))


def quoted(value, redact=None):
    """Return a value as a person would write it, short; what has parts only by its kind."""
    if value is None:
        return "empty (null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple, set)):
        return "a list"
    text = redact(str(value)) if redact else str(value)
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    return repr(text) if isinstance(value, (str, bytes)) else text


def cut(text):
    """Return as much of a text as is shown of a value, on one line."""
    return excerpt(text, _SHOWN)


def meant(name, names):
    """Return the name that was probably meant, or None."""
    return _meant(str(name), tuple(map(str, names)))


@functools.lru_cache(maxsize=512)
def _meant(name, names):
    folded = {_folded(other): other for other in names}
    if _folded(name) in folded:
        return folded[_folded(name)]
    close = difflib.get_close_matches(_folded(name), list(folded), 1)
    return folded[close[0]] if close else None


def _folded(name):
    return name.lower().replace("-", "_")[:_SHOWN]


def allowed(names):
    return "allowed here: %s" % ", ".join(sorted(map(str, names)))


def unknown(name, names, what="option"):
    """Return the text about a name that is none of ``names``."""
    close = meant(name, names)
    return "unknown %s%s %s" % (what, ", did you mean %s?" % close if close else ";", allowed(names))


def no_text(value):
    """Return what a text must be that holds a character that no text holds, or None."""
    found = _NO_TEXT.search(value)
    return None if found is None else "holds a character that no text holds (U+%04X); type it again" % ord(found.group())


def readable(value):
    """Return a text with a question mark for each character that no text holds."""
    return _NO_TEXT.sub("?", value)


def no_texts(value, path=()):
    """Yield ``(path, what it must be)`` for each text of a value of any shape that holds such a character; names of mappings are texts too."""
    if isinstance(value, str):
        text = no_text(value)
        if text is not None:
            yield path, text
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from no_texts(name, path + (name,)) if isinstance(name, str) else ()
            yield from no_texts(part, path + (name,))
    elif isinstance(value, (list, tuple)):
        for place, part in enumerate(value):
            yield from no_texts(part, path + (place,))


def refuse_halves(value):
    """Raise OptionsError, with each place, where halves of characters stand in a value: no module's process could be given it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise OptionsError([Problem(path, text) for path, text in no_texts(value)]) from None


# -- values --------------------------------------------------------------------------------------------------------------


class _Wrong(Exception):
    """A value is not of its type; the text says what it must be."""

    advice = ""


def _text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, bool):
        # YAML reads yes, no, on and off as truth values: hardly what the text was to be.
        wrong = _Wrong("must be text")
        wrong.advice = "put it in quotes"
        raise wrong
    if isinstance(value, (dict, list, tuple, set)):
        raise _Wrong("must be text")
    return str(value)


def _path(value):
    return os.path.expanduser(os.path.expandvars(_text(value)))


def _bool(value):
    try:
        return check_type_bool(value)
    except (TypeError, ValueError):
        raise _Wrong("must be true or false") from None


def _int(value):
    if isinstance(value, (bool, bytes)):
        raise _Wrong("must be a whole number")
    try:
        exact = decimal.Decimal(ungrouped(value) if isinstance(value, str) else value)
        # Looked at first: to write 1e999999999 out would take longer than anybody waits.
        if exact.is_finite() and exact.adjusted() < DIGITS and int(exact) == exact:
            return int(exact)
    except (TypeError, ValueError, OverflowError, decimal.DecimalException):
        pass
    raise _Wrong("must be a whole number")


def _float(value):
    if isinstance(value, (bool, bytes)):
        raise _Wrong("must be a number")
    try:
        made = float(ungrouped(value) if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        raise _Wrong("must be a number") from None
    if not math.isfinite(made):
        raise _Wrong("must be a number")
    return made


def _list(value):
    if isinstance(value, str):
        return value.split(",")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(value)]
    raise _Wrong("must be a list")


def _is_text_of_list(value):
    """Return whether a text is a whole list as JSON or Python write it; cut at its commas, it would be parts of that."""
    text = value.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return False
    for read in (json.loads, ast.literal_eval):
        try:
            return isinstance(read(text), list)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
    return False


def _is_mapping(value):
    try:
        _mapping(value)
    except _Wrong:
        return False
    return True


def _one_of(choices):
    return "must be one of %s" % ", ".join(map(str, choices))


def _mapping(value):
    try:
        return check_type_dict(value)
    except (TypeError, ValueError):
        raise _Wrong("must be a mapping") from None


_CONVERT = {"str": _text, "path": _path, "bool": _bool, "int": _int, "float": _float, "list": _list, "dict": _mapping, "raw": lambda value: value}
_TEXTS = ("str", "path")
_NUMBERS = ("bool", "int", "float")
_PLAIN = {"str": str, "bool": bool, "int": int, "float": float, "list": list, "dict": dict}


def _is(value, plain):
    """Return whether a value needs no conversion. A truth value is also a number, which nobody means; a number may be too large, or none."""
    if plain is None or not isinstance(value, plain) or isinstance(value, bool):
        return False
    return plain not in (int, float) or abs(value) < LARGEST


# -- options -------------------------------------------------------------------------------------------------------------


class Option:
    """One option of a specification, made ready."""

    def __init__(self, name, entry):
        self.name = name
        self.kind = entry.get("type") or "str"
        self.convert = _CONVERT[self.kind]
        self.plain = _PLAIN.get(self.kind)
        self.default = entry.get("default")
        self.required = bool(entry.get("required"))
        self.secret = bool(entry.get("no_log"))
        self.choices = list(entry.get("choices") or ())
        self.elements = entry.get("elements")
        self.fallback = entry.get("fallback")
        self.inner = Checker(entry["options"], **{name: entry[name] for name in CONSTRAINTS if entry.get(name)}) if entry.get("options") else None
        holds_mappings = self.kind == "dict" or self.elements == "dict"
        self.holds_secrets: bool = self.secret or (self.inner.holds_secrets if self.inner is not None else holds_mappings)

    def take(self, value, path, found):
        """Return the value as a job shall see it; add what is wrong to ``found``.

        :arg path: of the option, its name included.
        """
        if not _is(value, self.plain):
            try:
                value = self._list(value) if self.kind == "list" else self.convert(value)
            except _Wrong as wrong:
                self._refuse(path, wrong, value, found)
                return None
        if self.kind == "list" and self.elements:
            return self._several(value, path, found)
        if self.inner is not None:
            return self.inner.take(value, path, found)
        if not self._is_text(value, self.kind, path, found):
            return None
        return self._chosen(value, path, found) if self.choices else value

    def _list(self, value):
        """Return the list that a single value stands for, cut at its commas as the platform does it."""
        made = _list(value)
        if isinstance(value, str) and _is_text_of_list(value):
            wrong = _Wrong("must be a list")
            wrong.advice = "this is the text of one: from_json (or from_yaml) makes a list of it"
            raise wrong
        if self.elements == "dict" and not all(map(_is_mapping, made)):
            raise _Wrong("must be a list")
        return made

    @staticmethod
    def _is_text(value, kind, path, found):
        """Return whether all texts of a value are texts; tell of those that are none, never with what they hold: it may be a secret."""
        if kind in _NUMBERS:
            return True
        if kind in _TEXTS:
            text = no_text(value)
            wrong = [] if text is None else [Problem(path, text)]
        else:
            wrong = [Problem(place, text) for place, text in no_texts(value, path)]
        found.problems += wrong
        return not wrong

    def _several(self, values, path, found):
        convert, plain = _CONVERT[self.elements], _PLAIN.get(self.elements)
        made = []
        for place, value in enumerate(values):
            if not _is(value, plain):
                try:
                    if value is None and self.elements != "raw":
                        raise _Wrong("must not be empty (null)" if self.elements != "dict" else "must be a mapping")
                    value = convert(value)
                except _Wrong as wrong:
                    self._refuse(path + (place,), wrong, _NOTHING if value is None else value, found)
                    made.append(None)
                    continue
            if self.elements == "dict" and self.inner is not None:
                value = self.inner.take(value, path + (place,), found)
            elif not self._is_text(value, self.elements, path + (place,), found):
                value = None
            elif self.choices:
                value = self._chosen(value, path + (place,), found)
            made.append(value)
        return made

    def _chosen(self, value, path, found):
        if value in self.choices:
            return value
        fold = [choice for choice in self.choices if isinstance(value, str) and str(choice).lower() == value.strip().lower()]
        if len(fold) == 1:
            return fold[0]
        close = meant(value, self.choices) if not self.secret and isinstance(value, str) else None
        found.problems.append(Problem(path, _one_of(self.choices), _NOTHING if self.secret else value,
                                      "did you mean %s?" % close if close else ""))
        return None

    def _refuse(self, path, wrong, value, found):
        text = str(wrong)
        if self.holds_secrets and not isinstance(value, (dict, list, bool)) and value is not _NOTHING:
            # What should be a mapping with a password in it, and is none, may be the password.
            text, value = text if self.secret else text + ", not text", _NOTHING
        elif self.choices and isinstance(path[-1], int) == (self.kind == "list"):
            found.problems.append(Problem(path, _one_of(self.choices), value))
            return
        found.problems.append(Problem(path, text, value, wrong.advice or (allowed(self.inner.options) if self.inner is not None else "")))


class Checked:
    """What came of a check.

    ``values``: every option of the specification, with defaults; ``problems``: all mistakes; ``secrets``: texts that were given where a secret belongs.
    """

    def __init__(self):
        self.values = {}
        self.problems = []
        self.secrets = set()

    def broken(self, name):
        """Return the places of the entries of a list option that hold a mistake."""
        return {problem.path[1] for problem in self.problems if problem.path[:1] == (name,) and len(problem.path) > 1}


class Checker:
    """Checks mappings against one argument specification. Make it once, use it often: an item of a list costs microseconds.

    :arg spec: argument specification as for AnsibleModule (type, elements, options, choices, default, required, no_log, fallback).
    :arg constraints: ``mutually_exclusive``, ``required_together``, ``required_one_of``, ``required_if``, ``required_by`` as for AnsibleModule.
    """

    def __init__(self, spec, **constraints):
        self.options = {name: Option(name, entry) for name, entry in spec.items()}
        self.constraints = {name: constraints[name] for name in CONSTRAINTS if constraints.get(name)}
        self.holds_secrets: bool = any(option.holds_secrets for option in self.options.values())
        self._defaults = {name: option.default for name, option in self.options.items()}
        self._absent_matters = {name for name, option in self.options.items()
                                if option.fallback is not None or option.required or isinstance(option.default, list)}

    def given_only(self, values, names=None):
        """Return values without options that were not given, so that the platform's own validation counts them right.

        :arg names: of the options that were given; inside lists and mappings, all that have a value.
        """
        made = {}
        for name, option in self.options.items():
            value = values[name]
            if value is None or (names is not None and name not in names):
                continue
            if option.inner is not None:
                value = [option.inner.given_only(entry) for entry in value] if isinstance(value, list) else option.inner.given_only(value)
            made[name] = value
        return made

    def check(self, given, path=()):
        """Return :class:`Checked` of a mapping. Nothing is changed in what was given."""
        found = Checked()
        found.values = self.take(given, tuple(path), found)
        return found

    def take(self, given, path, found):
        """Return the values of a mapping; add mistakes and secrets to ``found``."""
        values = dict(self._defaults)
        there = set()
        strange = [name for name in given if name not in self.options]
        for name in strange:
            found.problems.append(Problem(path + (name,), unknown(name, self.options)))
        missing = []
        # Only what was given, or has something to be done where it was not: most items of a list give few options of many.
        for name, option in self.options.items():
            if name not in given and name not in self._absent_matters:
                continue
            value = given.get(name)
            if value is None and option.fallback is not None:
                value = _from_fallback(option)
            if value is None:
                if isinstance(option.default, list):
                    values[name] = list(option.default)
                if option.required:
                    missing.append(name)
                continue
            there.add(name)
            if option.secret:
                found.secrets.update(texts(value))
            values[name] = option.take(value, path + (name,), found)
        # A misspelt name and the option that is missing for it are one mistake.
        close = {meant(name, self.options) for name in strange} if strange else ()
        for name in missing:
            if name not in close:
                found.problems.append(Problem(path, "%s is required%s" % (name, _null((name,), given))))
        if self.constraints:
            found.problems += [Problem(path, text) for names, text in self._together(given, values, there) if not any(name in close for name in names)]
        return values

    def _together(self, given, values, there):
        """Yield what is wrong with options taken together: names of what is lacking, and the text."""
        for names in self.constraints.get("mutually_exclusive", ()):
            both = [name for name in names if name in there]
            if len(both) > 1:
                yield (), "%s are mutually exclusive: give one of them" % _and(both)
        needed = list(self._needed(values, there))
        told = {name for _option, _value, lacking, _any_of in needed for name in lacking}
        for names in self.constraints.get("required_one_of", ()):
            # One sentence says which of them it has to be.
            if not told.intersection(names) and not any(name in there or values[name] is not None for name in names):
                yield names, "%s is required%s" % (_or(names), _null(names, given))
        for names in self.constraints.get("required_together", ()):
            lacking = [name for name in names if name not in there]
            if 0 < len(lacking) < len(names):
                yield lacking, "%s needs %s as well" % (_and([name for name in names if name in there]), _and(lacking))
        for name, others in self.constraints.get("required_by", {}).items():
            lacking = [other for other in ([others] if isinstance(others, str) else others) if other not in there]
            if name in there and lacking:
                yield lacking, "%s needs %s as well" % (name, _and(lacking))
        for name, value, lacking, any_of in needed:
            yield lacking, "%s: %s needs %s" % (name, quoted(value).strip("'"), _or(lacking) if any_of else _and(lacking))

    def _needed(self, values, there):
        """Yield ``(option, value, what is lacking with it, whether one of that is enough)``."""
        for name, value, names, *rest in self.constraints.get("required_if", ()):
            lacking = [other for other in names if values[other] is None and other not in there]
            any_of = bool(rest and rest[0])
            if values[name] == value and (len(lacking) == len(names) if any_of else lacking):
                yield name, value, lacking, any_of


def _from_fallback(option):
    """Return what stands behind an option that was not given, such as an environment variable, or None."""
    strategy, arguments, named = option.fallback[0], (), {}
    for part in option.fallback[1:]:
        if isinstance(part, dict):
            named = part
        else:
            arguments = part
    try:
        return strategy(*arguments, **named)
    except AnsibleFallbackNotFound:
        return None


def _null(names, given):
    empty = [name for name in names if name in given and given[name] is None]
    return " (%s: empty, null)" % ", ".join(empty) if empty else ""


def _and(names):
    names = list(names)
    return names[0] if len(names) == 1 else "%s and %s" % (", ".join(names[:-1]), names[-1])


def _or(names):
    names = list(names)
    return names[0] if len(names) == 1 else "%s or %s" % (", ".join(names[:-1]), names[-1])


# -- jobs ----------------------------------------------------------------------------------------------------------------

_checkers: dict = {}


def checker_of(job):
    """Return the checker of a job's options, made once a process."""
    if job not in _checkers:
        arguments = dict(job.arguments())
        arguments.pop("supports_check_mode", None)
        _checkers[job] = Checker(arguments.pop("argument_spec"), **arguments)
    return _checkers[job]


def options_of(job, given):
    """Return :class:`Checked` for the options of a task. When something is wrong with their shape, what the job itself would refuse is told as well."""
    checked = checker_of(job).check(given)
    if checked.problems:
        checked.problems += job.mistakes(checked)
    return checked


def refusal(job, checked, redact=None):
    """Return the result of a task whose options hold mistakes."""
    error = OptionsError(checked.problems, redact, vendor=job.vendor)
    return {"changed": False, "msg": "%s: %s" % (job.module_name(), error.message), "error": error.error}
