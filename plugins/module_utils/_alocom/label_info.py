# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading labels. One call lists them all, so the filter by title is applied here and finds every spelling."""

from __future__ import annotations

from .._core.text.letters import digits
from .label import LABEL
from .reading import AlocomInfo, holds


class LabelInfo(AlocomInfo):
    name = "label_info"
    returns = "labels"
    selectors = ("id",)
    options = {"id": {"type": "str"}, "title": {"type": "str"}}
    constraints = {"mutually_exclusive": [("id", "title")]}

    def read(self, client, params, host):
        found = LABEL.look(client, [], True)
        if params.get("id"):
            return [label for label in found if str(label["id"]) == digits(params["id"]).strip()]
        return [label for label in found if holds(params.get("title"), label["title"])]


LABEL_INFO = LabelInfo()
