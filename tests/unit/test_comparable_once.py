# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of a long list are made comparable once, not again for each item that looks for one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._alocom import client as alocom
from ansible_collections.kariz.panels.plugins.module_utils._alocom import lookup
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memory
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import catalogue, payment

NAMES = 200


@pytest.fixture
def counted(monkeypatch):
    """How often a text was brought to its normal form."""
    counts = []

    def counting(module):
        plain = module.normal
        monkeypatch.setattr(module, "normal", lambda value: counts.append(value) or plain(value))
    for module in (catalogue, lookup, alocom):
        counting(module)
    return counts


def test_services_of_deltasib(counted):
    memory = Memory()
    rows = [{"id": number, "name": "طرح %d" % number, "type": "Base", "enabled": True, "reseller_choosable": True, "price": 1} for number in range(NAMES)]
    memory["services"] = [*rows, dict(rows[0], id=900, name="two"), dict(rows[0], id=901, name="two")]
    client = SimpleNamespace(memory=memory, vendor="deltasib")
    assert [catalogue.find_service(client, "طرح\u200c %d\u200f" % number)["id"] for number in range(NAMES)] == list(range(NAMES))
    assert catalogue.find_service(client, "طرح ۱۷")["id"] == 17 and catalogue.find_service(client, "۱۷")["id"] == 17
    assert len(counted) <= 3 * NAMES
    for wanted, code in (("two", "ambiguous"), ("طرحح 17", "not_found"), ("4711", "not_found")):
        with pytest.raises(UsageError) as error:
            catalogue.find_service(client, wanted)
        assert error.value.code == code


def test_services_of_alocom(counted):
    memory = Memory()
    memory["services"] = [{"agentServiceId": number, "title": "کلاس %d" % number, "status": "active"} for number in range(NAMES)]
    client = SimpleNamespace(memory=memory, vendor="alocom")
    assert [lookup.find_service(client, "كلاس %d" % number)["agentServiceId"] for number in range(NAMES)] == list(range(NAMES))
    assert lookup.find_service(client, "۱۷")["agentServiceId"] == 17 and len(counted) <= 3 * NAMES


def test_labels_of_alocom(counted):
    """As long as the list is the same; a new list, or what is foretold beside it, is looked at anew."""
    client = object.__new__(alocom.AlocomClient)
    client.memory = Memory()
    client.memory["labels"] = [{"id": number, "title": "گروه %d" % number} for number in range(NAMES)]
    for _user in range(NAMES):
        assert client.label_ids()["گروه 7"] == [7]
    assert len(counted) == NAMES
    client.memory.begin({"labels": [{"title": "تازه", "action": "created"}]})
    assert "تازه" in client.label_ids()
    client.memory.begin(None)
    assert "تازه" not in client.label_ids()
    client.forget_labels()
    client.memory["labels"] = [{"id": 1, "title": "دیگر"}]
    assert list(client.label_ids()) == ["دیگر"]


def test_ledgers_of_deltasib(monkeypatch):
    field = payment.USER_PAYMENT.field("voucher_no")
    counts = []
    plain = type(field).normal
    monkeypatch.setattr(type(field), "normal", lambda self, value: counts.append(value) or plain(self, value))
    ledger = [{"voucher_no": str(number), "id": number} for number in range(NAMES)] + [{"voucher_no": "007", "id": 900}, {"voucher_no": None, "id": 901}]
    monkeypatch.setattr(payment, "payments_of", lambda client, owner: ledger)
    wanted = [SimpleNamespace(given={"user_id": 5, "voucher_no": str(number)}, place=number, label="x", problem=None) for number in range(NAMES)]
    asked = SimpleNamespace(wanted=wanted, fail=None)

    def one_after_another(function, groups):
        return [(function(group), None) for group in groups]
    client = SimpleNamespace(map=one_after_another, memory=Memory())
    found = payment.USER_PAYMENT.read(client, asked)
    assert [row["id"] for row in found if row["voucher_no"] == "7" or row["id"] == 900] == [7, 900] and len(found) == NAMES + 1
    assert len(counts) <= 4 * NAMES
