# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of filters: another spelling of a number or a switch is understood, what is wrong is told with its place."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.filter.panels import FilterModule

PEOPLE = [{"username": "a"}, {"username": "b", "mobile": "x"}]


def use(name, *arguments, **named):
    return FilterModule().filters()[name](*arguments, **named)


@pytest.mark.parametrize(("name", "arguments", "named", "result"), [
    ("sms_parts", ["a"], {"limit": "۱"}, {"parts": 1, "encoding": "gsm", "characters": 1, "per_part": 160}),
    ("to_jalali", ["2025-10-04"], {"persian": "no"}, "1404/07/12"), ("to_jalali", ["2025-10-04"], {"persian": "yes"}, "۱۴۰۴/۰۷/۱۲"),
    ("to_jalali", ["2025-10-04", "%Y", "true"], {}, "۱۴۰۴"), ("without_mobile", [PEOPLE, "username", "mobile"], {"given": "false"}, ["a", "b"]),
    ("without_mobile", [PEOPLE, "username", "mobile", "true"], {}, ["b"]), ("without_mobile", [PEOPLE, "username", "mobile", "off"], {}, ["a", "b"])])
def test_what_was_meant(name, arguments, named, result):
    assert use(name, *arguments, **named) == result


@pytest.mark.parametrize(("name", "arguments", "named", "words"), [
    ("sms_parts", ["a", 1, 2], {}, "sms_parts: takes limit beside the input, not 2 of them"),
    ("sms_parts", [None], {}, "sms_parts: a text is expected, not nothing"), ("sms_parts", [12], {}, "sms_parts: a text is expected, not a number"),
    ("sms_parts", ["a"], {"limit": []}, "sms_parts: limit: must be a whole number, not a list"),
    ("to_jalali", ["2025-10-04"], {"persian": "perhaps"}, "to_jalali: persian: must be true or false"),
    ("to_jalali", ["2025-10-04"], {"persian": "perhaps", "formt": 1}, "to_jalali: 2 mistakes in the options; nothing was sent"),
    ("to_jalali", [None], {}, "to_jalali: nothing is no Gregorian date"), ("iran_mobile", [None], {}, "iran_mobile: nothing is not a phone number"),
    ("iran_mobile", [["0912"]], {}, "iran_mobile: a list is not a phone number"),
    ("iran_mobile", ["09121234567"], {"format": "intl"}, "iran_mobile: format: must be one of international, local, e164, not 'intl'")])
def test_what_is_wrong(name, arguments, named, words):
    with pytest.raises(AnsibleFilterError) as caught:
        use(name, *arguments, **named)
    assert str(caught.value).startswith(words)
