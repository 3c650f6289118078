# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two long stories share: people made by a seed, and the commands of a guide, run as they are written."""

from __future__ import annotations

import json
import re

import guides
from playing import run_command

#: The ways in which people write one number.
SPELLINGS = (
    lambda number: "0" + number, lambda number: "+98 %s %s %s" % (number[:3], number[3:6], number[6:]),
    lambda number: "0%s" % number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), int, lambda number: "0098-%s-%s" % (number[:3], number[3:]))
NAMES = ("سارا", "علی", "نیما", "زهرا", "رضا", "مریم", "امید", "هانیه", "پارسا", "نرگس")
FAMILIES = ("احمدی", "رضایی", "کریمی", "صادقی", "موسوی", "یزدانی", "نوری", "کاظمی", "شریفی", "محمدی", "حسینی")


class Story:
    """A guide followed step by step: before each of its commands the world may change."""

    def __init__(self, guide, folder, environment):
        found = guides.blocks(guide)
        self.folder = folder
        self.environment = environment
        for block in found:
            if block.file and block.mark != "shown":
                (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
                (folder / block.file).write_text(block.text, encoding="utf-8")
        self.commands = [words for block in found if block.language == "sh" for words in block.commands()]

    def write(self, name, data):
        # JSON is YAML.
        (self.folder / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    def next(self):
        """Run the guide's next command and return what was played."""
        words = self.commands.pop(0)
        assert words[0] == "ansible-playbook", words
        return run_command(["-i", "localhost,", "-c", "local", *words[1:]], self.folder, "fast", None, self.environment)


def changed(played):
    return int(re.findall(r"changed=(\d+)", played.output)[-1])


def reported(played, role):
    return played["kariz.panels.%s : Report" % role]["msg"]
