# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link of the vendor's sample file for importing users."""

from __future__ import annotations

from .._core.errors import BadAnswerError
from .reading import AlocomInfo


class ImportSampleInfo(AlocomInfo):
    name = "import_sample_info"
    returns = "link"

    def read(self, client, params, host):
        answer = client.get("get sample", "users/download-sample")
        inner = answer.get("data")
        link = answer.get("link") or (inner.get("link") if isinstance(inner, dict) else inner)
        if not isinstance(link, str) or not link:
            raise BadAnswerError("get sample: the answer holds no link", vendor=client.vendor, operation="get sample")
        return link


IMPORT_SAMPLE_INFO = ImportSampleInfo()
