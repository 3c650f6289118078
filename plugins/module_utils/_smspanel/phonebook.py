# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonebooks and their numbers: a set, of which only the difference is sent (vendor page 2.5)."""

from __future__ import annotations

from .._core.errors import PanelError, UnknownOutcome
from .._core.http.answers import identity
from .._core.http.transport import Effect
from .._core.options.seen import NUMBER, seen_as
from .._core.state.lost import looks
from .._core.state.resource import Field, Resource
from .._core.text.letters import digits, is_number
from .client import SmsPanelClient, same_number


@seen_as(pattern=NUMBER)
def number_check(value):
    return None if is_number(value) else "must be a number"


class Told(list):
    """Numbers in the vendor's own spelling, as they were read."""


class NumbersField(Field):
    """A set of numbers: compared in any spelling, sent as they were written."""

    def clean(self, value):
        return [digits(number).strip() for number in value]

    def normal(self, value):
        return frozenset(same_number(number) for number in value or ())

    def wanted(self, current, given, mode):
        there = {same_number(number): number for number in current or ()}
        named = {same_number(number): number for number in given}
        if mode == "remove":
            return [spelt for number, spelt in there.items() if number not in named]
        if mode == "replace":
            return [there.get(number, spelt) for number, spelt in named.items()]
        return list(there.values()) + [spelt for number, spelt in named.items() if number not in there]

    def shown(self, value, given=None, mode=None):
        return sorted(self.normal(value))


class PhonebookResource(Resource):
    vendor = "smspanel"
    client = SmsPanelClient
    connection = SmsPanelClient.connection
    name = "phonebook"
    plural = "phonebooks"
    key = ("name",)
    fields = (
        Field("name", clearable=False),
        NumbersField("numbers", "set", mode="numbers_mode", detail=True, check=number_check),
        Field("flag", "code", write_only=True),
    )
    controls = {"numbers_mode": {"type": "str", "choices": ["merge", "replace", "remove"], "default": "merge"}}
    purgeable = True
    reading = "list"
    on_lost_update = "told"

    def read(self, client, asked):
        return client.phonebooks()

    def detail(self, client, current, desired):
        return dict(current, numbers=Told(client.numbers(self.identify(client, desired, current))))

    def create(self, client, change):
        payload = {"name": change.after["name"], "numbers": change.after.get("numbers") or []}
        result = client.done("create phonebook", "POST", "/phonebook", Effect.CREATE, self._flagged(payload, change))
        return {"id": identity(result.get("id")) if isinstance(result, dict) else None}

    def update(self, client, change):
        """Send what is missing, then what is too many."""
        if "numbers" not in change.desired.given:
            return
        path = "/phonebook/%s/number" % self.id_of(client, change)
        # As it was read for the plan; after a lost answer the numbers are read afresh.
        told = change.before["numbers"]
        if not isinstance(told, Told):
            # What an item before this one has written stands in our spelling.
            told = client.numbers(change.before["id"])
        there = set(map(same_number, told))
        wanted = {same_number(number): number for number in change.after.get("numbers") or ()}
        missing = [spelt for number, spelt in wanted.items() if number not in there]
        mode = change.control("numbers_mode")
        gone = {same_number(number) for number in change.desired.given["numbers"]} if mode == "remove" else there - set(wanted)
        # A number that stands there twice, in two spellings, goes in both.
        extra = [number for number in told if same_number(number) in gone] if mode in ("remove", "replace") else []
        if missing and mode != "remove":
            new = set(map(same_number, missing))
            self._surely(client, lambda: client.done("add numbers", "POST", path, Effect.CREATE, self._flagged({"numbers": missing}, change)),
                         lambda: new <= self._numbers(client, change), repeat=False)
        if extra:
            self._surely(client, lambda: client.done("remove numbers", "DELETE", path, Effect.REPLACE, self._flagged({"numbers": extra}, change)),
                         lambda: gone.isdisjoint(self._numbers(client, change)), repeat=True)

    @staticmethod
    def _numbers(client, change):
        return set(map(same_number, client.numbers(change.before["id"])))

    @staticmethod
    def _surely(client, send, is_done, repeat):
        """Send a change of the numbers, and after a lost answer look until it shows.

        :arg repeat: it may be sent again whatever became of the first. Nothing says that a number stands in a book only once, so adding is not.
        """
        for last in (False, True):
            try:
                send()
                return
            except UnknownOutcome as lost:
                again = not last and (repeat or lost.settled)
                try:
                    if any(is_done() for _look in looks(client, lost.settled or again)):
                        return
                except PanelError:
                    raise lost from None
                if not again:
                    raise

    def delete(self, client, change):
        client.done("delete phonebook", "DELETE", "/phonebook/%s" % self.id_of(client, change), Effect.REPLACE)

    @staticmethod
    def _flagged(payload, change):
        flag = change.desired.given.get("flag")
        return payload if flag is None else dict(payload, flag=flag)


PHONEBOOK = PhonebookResource()
