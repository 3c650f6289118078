# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody sees at the ends of a text is trimmed by some vendors: in no text of any object is it a difference, unless it is refused."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business.kinds import KINDS

#: Of these a field of any kind takes one.
VALUES = ("2099-03-01", "2099-03-01 10:00:00", "09121234567", "a@b.ir", "12", "abcdefgh")
FIELDS = [(kind.resource, field) for kind in KINDS for field in kind.resource.fields if field.kind not in ("int", "bool", "keyed", "raw")]


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\n", "\u200c", "\u200f"], ids=ascii)
@pytest.mark.parametrize(("resource", "field"), FIELDS, ids=["%s.%s" % (resource.module_name(), field.name) for resource, field in FIELDS])
def test_what_nobody_sees_at_the_ends_is_no_difference(resource, field, sign):
    def given(text):
        return [text] if field.kind in ("set", "ordered") else text
    taken = [value for value in field.choices or VALUES if not field.mistakes(given(value), (field.name,))]
    assert taken
    for value in taken:
        for spelled in (value + sign, sign + value):
            if not field.mistakes(given(spelled), (field.name,)):
                assert field.same(field.clean(given(spelled)), field.clean(given(value))), (resource.module_name(), spelled)
