# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event sources without a rule engine and without a vendor: what is an event, what is remembered and when, what is done about failures."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from pathlib import Path

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business import watching
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import TransportError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.plugin_utils import _watches as watches


class Stop(Exception):
    """The end of a test's loop."""


class Queue:
    """A queue that notes what was put, and what was remembered at that moment."""

    def __init__(self, state=None, most=None):
        self.events = []
        self.remembered = []
        self.state = state
        self.most = most

    async def put(self, event):
        if self.most is not None and len(self.events) == self.most:
            raise Stop
        self.events.append(event)
        if self.state is not None and os.path.exists(self.state):
            with open(self.state, encoding="utf-8") as file:
                self.remembered.append(json.load(file))


def looks(watch, queue, rounds, feedback=None):
    """Run a source for so many looks; return how long it waited after each."""
    waits = []

    async def sleep(seconds):
        waits.append(seconds)
        if len(waits) == rounds:
            raise Stop

    with pytest.raises(Stop):
        asyncio.run(watching.run(watch, queue, {"eda_feedback_queue": feedback} if feedback else {}, sleep))
    return waits


def down(name="no_connection"):
    return Failed({"msg": "nothing there", "error": {"name": name, "code": name}})


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state.json")


@pytest.fixture
def inbox(path, monkeypatch):
    """An inbox whose vendor holds ``rows`` and may be down: ``made, box = inbox(...)``."""

    class Box:
        rows: list = []
        asked: list = []
        down = None

    Box.rows, Box.asked = [], []

    def result(watch, job, given):
        Box.asked.append(given["since_id"])
        if Box.down:
            raise Box.down.pop(0) if len(Box.down) else Stop
        return {"messages": [row for row in Box.rows if row["id"] > given["since_id"]], "account": {"vendor": "payamsms", "url": "u", "name": "n"}}

    monkeypatch.setattr(watches.Inbox, "result", result)

    def made(**args):
        return watches.Inbox({"number": "982000", "state_path": path, "interval": 7, **args})

    return made, Box


def row(number, body="سلام"):
    return {"id": number, "sender": "989120000000", "number": "982000", "body": body, "date": "", "date_iso": None}


def ids(queue):
    return [event["message"]["id"] for event in queue.events]


@pytest.mark.parametrize(("name", "args", "said"), [
    ("payamsms_inbox", {}, "number is required"), ("payamsms_inbox", {"number": "1", "start_from": "later"}, "start_from: now, oldest or an id, not 'later'"),
    ("payamsms_inbox", {"number": "1", "overlap": -1}, "overlap: 0 or more"), ("payamsms_inbox", {"number": "1", "intervall": 3}, "did you mean interval?"),
    ("payamsms_inbox", {"number": "1", "interval": 0}, "interval: more than 0 seconds"), ("payamsms_inbox", {"number": "1", "interval": "soon"}, "interval"),
    ("payamsms_inbox", {"number": "1", "journal": "/somewhere/journal.db"}, "state_path and journal: one of them"),
    ("balance_watch", {"accounts": [{"vendor": "alocomm"}], "thresholds": [{"below": 1}]}, "accounts[0].vendor"),
    ("balance_watch", {"accounts": [{"vendor": "alocom"}], "thresholds": [{"below": 5, "back_above": 4}]}, "thresholds[0].back_above: not under below"),
    ("balance_watch", {"accounts": [], "thresholds": [{"below": 5}]}, "at least one of each"), ("service_end_watch", {"days": -1}, "days: 0 or more"),
    ("absence_watch", {"events": []}, "events: at least one"), ("drift_watch", {"desired_state": "/nowhere/file.yml"}, "there is no /nowhere/file.yml"),
])
def test_wrong_arguments_are_told_before_anything_is_asked(name, args, said, path):
    with pytest.raises(ValueError) as caught:
        watches.SOURCES[name](dict(args, state_path=path))
    assert said in str(caught.value) and str(caught.value).startswith(name) and not os.path.exists(path)


def test_what_was_there_before_is_no_news(inbox, path):
    made, box = inbox
    box.rows = [row(5), row(9)]
    queue = Queue()
    assert looks(made(), queue, 2) == [7.0, 7.0] and queue.events == [] and json.loads(open(path, encoding="utf-8").read())["cursor"] == 9
    assert os.stat(path).st_mode & 0o777 == 0o600
    box.rows.append(row(10))
    looks(made(), queue, 1)
    assert ids(queue) == [10]


@pytest.mark.parametrize(("start", "expected"), [("oldest", [5, 9]), ("5", [9])])
def test_where_it_begins(inbox, start, expected):
    made, box = inbox
    box.rows = [row(5), row(9)]
    queue = Queue()
    looks(made(start_from=start), queue, 3)
    assert ids(queue) == expected


def test_a_restart_gives_the_last_ones_again_with_the_same_id_and_no_other(inbox):
    made, box = inbox
    box.rows = [row(number) for number in (3, 5, 9)]
    first, second = Queue(), Queue()
    looks(made(start_from="oldest", overlap=2), first, 3)
    box.rows.append(row(11))
    looks(made(start_from="oldest", overlap=2), second, 3)
    assert (ids(first), ids(second)) == ([3, 5, 9], [5, 9, 11])
    assert [event["meta"]["uuid"] for event in second.events[:2]] == [event["meta"]["uuid"] for event in first.events[1:]]
    assert len({event["meta"]["uuid"] for event in first.events + second.events}) == 4
    third = Queue()
    looks(made(overlap=0), third, 2)
    assert third.events == []


def test_what_is_remembered_moves_only_when_the_rule_engine_has_the_event(inbox, path):
    made, box = inbox
    box.rows = [row(3), row(5)]
    queue = Queue(path)

    class Feedback:
        """Answers for the first event, and never for the second: whoever waits is killed."""

        def __init__(self):
            self.asked = 0

        async def get(self):
            self.asked += 1
            if self.asked == 2:
                raise Stop

    looks(made(start_from="oldest", overlap=0), queue, 9, Feedback())
    assert ids(queue) == [3, 5] and json.loads(open(path, encoding="utf-8").read())["cursor"] == 3
    again = Queue()
    looks(made(start_from="oldest", overlap=0), again, 1)
    assert ids(again) == [5]


def test_a_queue_that_is_killed_has_lost_nothing(inbox):
    made, box = inbox
    box.rows = [row(3), row(5), row(9)]
    queue, again = Queue(most=1), Queue()
    looks(made(start_from="oldest", overlap=0), queue, 9)
    looks(made(start_from="oldest", overlap=0), again, 1)
    assert ids(queue) + ids(again) == [3, 5, 9]


def test_no_text_of_an_event_is_a_template(tmp_path):
    """A play trusts its variables, and an event is one of them."""
    class Source:
        state = watching.State(str(tmp_path / "state.json"))

    queue = Queue()
    event = {"message": {"text": "{{ lookup('ansible.builtin.pipe', 'id') }}", "people": ["{% x %}"], "id": 7}, "meta": {"uuid": "u"}}
    asyncio.run(watching.give(queue, None, Source, event, lambda value: None))
    assert queue.events == [{"message": {"text": "{ { lookup('ansible.builtin.pipe', 'id') }}", "people": ["{ % x %}"], "id": 7}, "meta": {"uuid": "u"}}]


def test_a_vendor_that_is_down_is_asked_less_and_less_often(inbox, monkeypatch):
    made, box = inbox
    box.rows = [row(3)]
    box.down = [down() for _number in range(9)]
    monkeypatch.setattr(watches.Inbox, "again", 0, raising=False)
    queue = Queue()
    watch = made(start_from="oldest")
    waits = looks(watch, queue, 9)
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300] and queue.events == [] and not os.path.exists(watch.folder)


@pytest.mark.parametrize("name", ["bad_credentials", "no_credentials", "bad_option"])
def test_what_would_fail_for_ever_ends_the_source(inbox, name):
    made, box = inbox
    box.down = [down(name)]
    watch = made()
    with pytest.raises(ValueError, match="payamsms_inbox: nothing there"):
        asyncio.run(watching.run(watch, Queue(), {}))
    assert not os.path.exists(watch.folder)


def test_a_look_is_off_the_loop(inbox, monkeypatch):
    made, box = inbox
    threads = []
    real = watches.Inbox.look
    monkeypatch.setattr(watches.Inbox, "look", lambda watch: threads.append(threading.current_thread()) or real(watch))
    looks(made(), Queue(), 2)
    assert len(threads) == 2 and threading.main_thread() not in threads


@pytest.mark.parametrize(("name", "args", "state"), [
    ("payamsms_inbox", {"number": "1"}, {"cursor": "5"}), ("payamsms_inbox", {"number": "1"}, {"cursor": 5, "recent": [4, "5"]}),
    ("payamsms_inbox", {"number": "1"}, {"cursor": True}), ("payamsms_inbox", {"number": "1"}, {"recent": {}}),
    ("balance_watch", {"accounts": [{"vendor": "alocom"}], "thresholds": [{"below": 5}]}, {"told": {}}),
    ("balance_watch", {"accounts": [{"vendor": "alocom"}], "thresholds": [{"below": 5}]}, {"x": {"state": "low", "times": 1}}),
    ("balance_watch", {"accounts": [{"vendor": "alocom"}], "thresholds": [{"below": 5}]}, {"x": {"state": "below"}}),
    ("service_end_watch", {"days": 2}, {"told": ["x"]}), ("absence_watch", {"events": ["m"]}, {"told": None}),
    ("drift_watch", {"desired_state": __file__}, {"digest": None}), ("drift_watch", {"desired_state": __file__}, {"times": "2"})])
def test_what_another_wrote_is_no_memory(name, args, state, path):
    """Of another source, or by hand: it is told before anything is asked, and stays as it is."""
    made = Path(path)
    made.write_text(json.dumps(state), encoding="utf-8")
    with pytest.raises(ValueError, match="%s: state_path: .* is damaged .it is not what this source writes.: mend it, or remove it" % name):
        watches.SOURCES[name](dict(args, state_path=path), {})
    assert json.loads(made.read_text(encoding="utf-8")) == state


def test_a_damaged_state_is_no_new_beginning(inbox, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"cursor": 3')
    with pytest.raises(ValueError, match="damaged"):
        inbox[0]()


# -- remembering in a journal ------------------------------------------------------------------------------------------


@pytest.fixture
def kept(inbox, where):
    """As ``inbox``, remembering in a journal of either engine."""
    made, box = inbox
    return lambda **args: made(**{"state_path": None, "journal": where, "start_from": "oldest", "overlap": 0, **args}), box


def test_a_journal_remembers_across_restarts(kept):
    made, box = kept
    box.rows = [row(3), row(5), row(9)]
    queue, again, other = Queue(most=2), Queue(), Queue()
    looks(made(), queue, 9)
    looks(made(), again, 1)
    box.rows.append(row(11))
    looks(made(), again, 1)
    assert (ids(queue), ids(again)) == ([3, 5], [9, 11])
    # Two rulebooks that look at the same number know nothing of each other when each has a name.
    looks(made(state_name="other"), other, 1)
    looks(made(state_name="other", number="982001"), other, 1)
    assert ids(other) == [3, 5, 9, 11]


def test_the_journal_of_the_environment_counts_unless_a_file_is_named(inbox, where, path, monkeypatch):
    made, box = inbox
    box.rows = [row(3)]
    monkeypatch.setenv("KARIZ_JOURNAL", where)
    for state_path, expected in ((None, [3]), (path, [3]), (None, [])):
        queue = Queue()
        looks(made(state_path=state_path, start_from="oldest", overlap=0), queue, 1)
        assert ids(queue) == expected
    assert json.loads(open(path, encoding="utf-8").read())["cursor"] == 3


def test_two_accounts_of_the_environment_are_two_sources(kept, monkeypatch):
    made, box = kept
    box.rows = [row(3)]
    for account in ("one", "two", "one"):
        monkeypatch.setenv("PAYAMSMS_API_USERNAME", account)
        queue = Queue()
        looks(made(), queue, 1)
        assert ids(queue) == ([3] if account == "two" or not box.asked[1:] else [])


def test_a_source_whose_place_another_took_ends(kept):
    made, box = kept
    box.rows = [row(3), row(5)]
    first, second = made(), made()
    with pytest.raises(ValueError, match="payamsms_inbox: .*another source .* state_name"):
        asyncio.run(watching.run(first, Queue(), {}))
    queue = Queue()
    looks(second, queue, 1)
    assert ids(queue) == [3, 5]


def test_a_journal_that_is_away_is_waited_for_and_nothing_is_told_meanwhile(kept, where, monkeypatch):
    made, box = kept
    box.rows = [row(3), row(5)]
    away = [3]
    real = Journal.carry_out

    def carry_out(journal, work, left=None):
        if away[0]:
            away[0] -= 1
            raise TransportError("journal: no connection", code="journal_connection")
        return real(journal, work, left)

    monkeypatch.setattr(Journal, "carry_out", carry_out)
    waits = []

    async def sleep(seconds):
        waits.append((seconds, ids(queue)))
        if len(waits) == 6:
            raise Stop

    async def both():
        watch = await watching.begun(watches.Inbox, {"number": "982000", "journal": where, "interval": 7, "overlap": 0, "start_from": "oldest"}, sleep)
        away[0] = 2
        await watching.run(watch, queue, {}, sleep)

    queue = Queue()
    with pytest.raises(Stop):
        asyncio.run(both())
    assert waits == [(5, []), (10, []), (20, []), (5, [3]), (10, [3]), (7, [3, 5])]


def test_what_a_journal_remembers_is_no_new_beginning_when_it_is_damaged(kept, where):
    made, box = kept
    made().close()
    with Journal(where, "cursor") as journal, journal.engine.transaction(lambda: 5) as execute:
        execute("UPDATE kariz_cursors SET value = '[1'")
    with pytest.raises(ValueError, match="damaged .* mend it in kariz_cursors"):
        made()


def test_a_password_that_the_database_refuses_is_told_without_it(inbox, server):
    made, box = inbox
    with pytest.raises(ValueError, match="payamsms_inbox: .*does not accept") as caught:
        made(state_path=None, journal=server.url(password="wrong-canary"))
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(("text", "word"), [
    ("فعال", "فعال"), ("  ENABLE now", "enable"), ("يك", "یک"), ("۱۲ لطفا", "12"), ("", ""), (None, ""),
])
def test_the_word_of_a_text(text, word):
    assert watches.word_of(text) == word


@pytest.fixture
def balance(path, monkeypatch):
    """A source of balances over figures that a test gives: ``balance([90, 50])`` returns ``[(state, left)]`` of the events of looks at them."""
    left = []
    monkeypatch.setattr(watches.Balance, "result", lambda watch, job, given: {"gauges": [
        {"key": "balance", "kind": "money", "name": None, "left": left[0], "total": None, "expires": None, "unlimited": False, "of": "account"}]})

    def made(figures, **threshold):
        watch = watches.Balance({"accounts": [{"vendor": "payamsms"}], "thresholds": [{"below": 100, **threshold}], "state_path": path})
        queue = Queue()
        for figure in figures:
            left[:] = [figure]
            for event, remember in watch.look():
                asyncio.run(watching.give(queue, None, watch, event, remember))
        watch.close()
        return [(event["balance"]["state"], event["balance"]["left"], event["meta"]["uuid"]) for event in queue.events]

    return made


def test_a_threshold_fires_once_and_not_again_until_it_has_recovered(balance):
    events = balance([150, 99, 98, 101, 99, 109, 110, 111, 90])
    assert [event[:2] for event in events] == [("below", 99), ("above", 110), ("below", 90)] and len({event[2] for event in events}) == 3
    # Also across a restart: it is still below.
    assert balance([80, 70]) == [] and [event[:2] for event in balance([120])] == [("above", 120)]


def test_a_first_look_below_is_news_and_what_has_no_figure_is_none(balance):
    assert [event[:2] for event in balance([None, 5, None, 4])] == [("below", 5)]
    assert balance([5], vendor="smspanel") == [] and balance([5], kind="hours") == [] and balance([5], account="other") == []


def test_one_account_that_is_down_does_not_hide_the_others(path, monkeypatch):
    def result(watch, job, given):
        if given["vendor"] == "alocom":
            raise down()
        return {"gauges": [{"key": "credit", "kind": "money", "name": None, "left": 1, "expires": None}]}

    monkeypatch.setattr(watches.Balance, "result", result)
    watch = watches.Balance({"accounts": [{"vendor": "alocom"}, {"vendor": "smspanel"}], "thresholds": [{"below": 5}], "state_path": path})
    [(event, remember)] = watch.look()
    assert event["balance"]["vendor"] == "smspanel"
    remember(watch.state.value)
    with pytest.raises(Failed):
        watch.look()
    watch.close()


def test_an_end_is_told_once_and_a_later_one_again(path, monkeypatch):
    ends = {"sara": "2026-11-28T10:00:00+03:30", "omid": "2026-12-20T10:00:00+03:30", "gone": "2026-11-20T10:00:00+03:30", "free": None}
    monkeypatch.setattr(watches.ServiceEnd, "result", lambda watch, job, given: {"account": {"url": "u"}, "gauges": [
        {"name": name, "expires": end, "left": 3, "key": name} for name, end in ends.items()]})
    moment = watches.datetime.datetime(2026, 11, 27, 10, tzinfo=watches.datetime.timezone.utc)
    monkeypatch.setattr(watches.ServiceEnd, "now", lambda watch: moment)
    watch = watches.ServiceEnd({"days": 2, "state_path": path})
    queue = Queue()
    looks(watch, queue, 3)
    assert [(event["service_end"]["username"], event["service_end"]["days_left"]) for event in queue.events] == [("sara", 0.85)]
    ends["sara"] = "2026-11-29T09:00:00+03:30"
    looks(watches.ServiceEnd({"days": 2, "state_path": path}), queue, 2)
    assert [event["service_end"]["end_iso"] for event in queue.events] == ["2026-11-28T10:00:00+03:30", "2026-11-29T09:00:00+03:30"]


def test_an_absence_is_told_once(path, monkeypatch):
    calls = [{"id": "c1", "date": "2026-11-26", "absents": [{"username": "ali", "first_name": "علی", "last_name": "رضایی"}, {"username": "nima"}]}]
    monkeypatch.setattr(watches.Absence, "result", lambda watch, job, given: {"attendances": calls})
    queue = Queue()
    looks(watches.Absence({"events": ["m"], "state_path": path}), queue, 2)
    calls.append({"id": "c2", "date": "2026-11-26", "absents": [{"username": "ali"}]})
    looks(watches.Absence({"events": ["m"], "state_path": path}), queue, 2)
    assert [(event["absence"]["attendance"], event["absence"]["username"], event["absence"]["name"]) for event in queue.events] == [
        ("c1", "ali", "علی رضایی"), ("c1", "nima", ""), ("c2", "ali", "")]


def test_a_difference_is_told_once_until_it_is_another(path, monkeypatch, tmp_path):
    (tmp_path / "business.yml").write_text("panels: {}", encoding="utf-8")
    told = {"differs": False, "failed": False, "summary": {}, "accounts": []}
    monkeypatch.setattr(watches.Drift, "report", lambda watch: told)

    def differ(*names):
        kind = {"kind": "labels", "differences": list(names), "failed": []}
        told.update(differs=bool(names), accounts=[{"vendor": "alocom", "account": "a", "kinds": [kind]}])

    watch = watches.Drift({"desired_state": str(tmp_path / "business.yml"), "state_path": path})
    queue = Queue()
    for names in ((), ("x",), ("x",), ("x", "y"), (), (), ("x",)):
        differ(*names)
        for event, remember in watch.look():
            asyncio.run(watching.give(queue, None, watch, event, remember))
    assert [event["drift"]["differs"] for event in queue.events] == [True, True, False, True]
    assert len({event["meta"]["uuid"] for event in queue.events}) == 4
    told["failed"] = True
    with pytest.raises(Failed):
        watch.look()
    watch.close()
