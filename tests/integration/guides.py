# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code blocks of a guide, and how they are run: in their order, as they are written. docs/testing.md says what a guide may say about them."""

from __future__ import annotations

import json
import re
import shlex

from playing import program, run_command

#: ``<!-- example: ... -->`` before a block: it does something each time; it is a part of something and cannot run alone; it is run once only.
MARKS = {"changes", "shown", "once"}
#: Commands of a shell that are run, and those that belong to whoever reads.
RUN = {"ansible", "ansible-doc", "ansible-inventory", "ansible-playbook", "molecule"}
LEFT = {"ansible-galaxy", "cp", "export", "git", "make", "pip"}
#: ``<!-- examples: tests/integration/test_x.py -->`` at the top of a guide: this test runs them.
ELSEWHERE = re.compile(r"(?m)^<!-- examples: (\S+) -->")
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!-- (file|example): (\S+) -->\n\Z")
_NAMED = re.compile(r"\A# ([\w./-]+\.(?:yml|cfg))(?:$|[ ,:])", re.MULTILINE)


class Block:
    """One piece of code: ``language``, ``text``, the name of the ``file`` it is, and the ``mark`` before it."""

    def __init__(self, language, text, said, what):
        self.language = language
        self.text = text
        named = _NAMED.match(text) if language in ("yaml", "ini") else None
        self.file = what if said == "file" else named.group(1) if named else None
        self.mark = what if said == "example" else None
        assert self.mark is None or self.mark in MARKS, self.mark
        assert language != "ini" or self.file, "a first line says which file this is: %s" % text

    @property
    def code(self):
        """What must be the same in every language: everything but comments."""
        return self.language, self.file, self.mark, re.sub(r"(?m)(^|[ \t]+)#.*$", "", self.text)

    @property
    def plays(self):
        return self.language == "yaml" and self.file is None and self.mark != "shown"

    def commands(self):
        """Return what is run of a shell's block."""
        lines = [shlex.split(line, comments=True) for line in self.text.replace("\\\n", " ").splitlines()]
        unknown = [line for line in lines if line and line[0] not in RUN | LEFT]
        assert not unknown, "neither run nor left to the reader: %s" % unknown
        return [line for line in lines if line and line[0] in RUN]


def blocks(path):
    text = path.read_text(encoding="utf-8")
    found = []
    for fence in _FENCE.finditer(text):
        comment = _COMMENT.search(text[:fence.start()])
        found.append(Block(fence.group(1), fence.group(2), *(comment.groups() if comment else (None, None))))
    return found


class Reader:
    """Somebody who does what a guide says, in one folder and with the accounts of one environment."""

    def __init__(self, folder, environment, variables=None, places=(), again=True):
        """``places``: addresses and folders of the reader instead of those that are written; ``again``: do everything twice."""
        self.folder = folder
        self.environment = environment
        self.variables = variables or {}
        self.places = places
        self.twice = again
        self.first = []
        self.again = []

    def follow(self, guide):
        """Run every block; several plays in a row are one run of ``ansible-playbook``, each of them twice."""
        waiting = []
        for block in blocks(guide):
            if block.plays:
                waiting.append(block)
                continue
            self.play(waiting)
            waiting = []
            if block.file:
                (self.folder / block.file).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / block.file).write_text(self.placed(block.text), encoding="utf-8")
            elif block.language == "sh" and block.mark != "shown":
                for command in block.commands():
                    self.command(command, block)
        self.play(waiting)

    def play(self, waiting):
        if not waiting:
            return
        book = self.folder / "guide.yml"
        texts, kinds = [], []
        for block in waiting:
            count = len(re.findall(r"(?m)^- ", block.text))
            rounds = ["first", "changes" if block.mark == "changes" else "again"] if self.twice and block.mark != "once" else ["first"]
            texts += [self.placed(play_of(block.text))] * len(rounds)
            kinds += [kind for kind in rounds for _play in range(count if block.text.count("hosts:") else 1)]
        book.write_text("\n".join(texts), encoding="utf-8")
        played = run_command(["-i", "localhost,", "-c", "local", str(book)], self.folder, "fast", self.variables, self.environment).ok()
        assert played.lines[-1]["play"] == len(kinds), "a play did nothing"
        for line in played.lines:
            self.note(kinds[line["play"] - 1], line)

    def command(self, words, block):
        """Run a command; what a playbook made is there the second time."""
        if words[0] != "ansible-playbook":
            done = program(words[0], words[1:], self.folder, self.environment)
            assert done.returncode == 0, (words, done.stdout + done.stderr)
            if words[0] == "molecule":
                self.first.append((" ".join(words), done.stdout))
            return
        for kind in ("first", "again") if self.twice and block.mark is None and "--check" not in words else ("first",):
            for line in run_command(words[1:], self.folder, "fast", self.variables, self.environment).ok().lines:
                self.note(kind, line)

    def placed(self, text):
        for written, own in self.places:
            text = text.replace(written, own)
        return text

    def note(self, kind, line):
        """Remember which tasks changed something, in the first and in the second round."""
        if line["result"].get("changed") and kind != "changes":
            getattr(self, kind).append((line["task"], json.dumps(line["result"], ensure_ascii=False)[:2000]))


def play_of(text):
    """Return the text of plays; what is a list of tasks becomes a play."""
    if re.search(r"(?m)^(- |  )hosts:", text):
        return text
    return "- hosts: localhost\n  gather_facts: false\n  tasks:\n" + re.sub(r"(?m)^(?=.)", "    ", text)
