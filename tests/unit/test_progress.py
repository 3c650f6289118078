# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a long task's progress, when, and where."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.plugin_utils._progress import ERASE, WIDTH, Progress, duration, sentence, wanted


class Screen:
    def __init__(self):
        self.said = []

    def display(self, text, **how):
        self.said.append((text, how))


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def made(live, prefix=""):
    screen, clock = Screen(), Clock()
    return screen, clock, Progress(live, prefix, screen, clock)


@pytest.mark.parametrize("seconds, text", [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"),
                                           (3599, "59 min 59 s"), (7500, "2 h 05 min")])
def test_duration(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize("done, of, seconds, text", [
    (120, 300, 10, "read 120 of 300, 12 a second, 15 s left"), (19, 38, 2, "read 19 of 38, 10 a second, 2 s left"),
    (9, 18, 1, "read 9 of 18, 9.0 a second, 1 s left"), (1, 2, 1, "read 1 of 2, 1.0 a second, 1 s left"), (1, 3, 4, "read 1 of 3, 15.0 a minute, 8 s left"),
    (0, 3, 4, "read 0 of 3"), (1, 3, 0, "read 1 of 3"), (50, None, 5, "read 50, 10 a second"),
])
def test_sentence(done, of, seconds, text):
    assert sentence("read", done, of, seconds) == text


def test_a_limit_that_has_grown_is_said():
    assert sentence("created", 120, 4700, 10, 17925) == "created 120 of 4700, 12 a second, 6 min 22 s left (limit 4 h 58 min)"
    screen, clock, progress = made(False)
    limits = iter([None, 675.0])
    report = progress.of("created", lambda: next(limits))
    for second in (5, 15):
        clock.now = 100.0 + second
        report(second, 100)
    assert [text for text, _how in screen.said] == ["  created 5 of 100, 1.0 a second, 1 min 35 s left",
                                                    "  created 15 of 100, 1.0 a second, 1 min 25 s left (limit 11 min 15 s)"]


@pytest.mark.parametrize("asked, environ, answer", [
    (None, {}, True), ("", {"KARIZ_PROGRESS": ""}, True), (None, {"AWX_HOST": "x"}, False), (None, {"TOWER_HOST": "x"}, False),
    (None, {"AWX_ISOLATED_DATA_DIR": "x"}, False), (None, {"AWX_PRIVATE_DATA_DIR": "x"}, False), (None, {"AWX_HOST": ""}, True),
    (True, {"AWX_HOST": "x"}, True),
    (None, {"AWX_HOST": "x", "KARIZ_PROGRESS": "1"}, True), (None, {"KARIZ_PROGRESS": "0"}, False), (False, {"KARIZ_PROGRESS": "1"}, False), ("no", {}, False),
])
def test_wanted(asked, environ, answer):
    assert wanted(asked, environ) is answer


def test_a_log_gets_few_lines():
    screen, clock, progress = made(False, "[h] ")
    report = progress.of("created")
    for second in range(1, 100):
        clock.now = 100.0 + second
        report(second, 1000)
    assert [text.split(",")[0] for text, _how in screen.said] == ["  [h] created %d of 1000" % second for second in (5, 15, 35, 75)]
    assert all(how == {"stderr": True} for _text, how in screen.said)
    report(1000, 1000)
    progress.close()
    assert len(screen.said) == 4


def test_a_terminal_gets_one_line_that_goes():
    screen, clock, progress = made(True)
    report = progress.of("created")
    clock.now = 100.9
    report(1, 300)
    assert screen.said == []
    clock.now = 101.0
    report(2, 300)
    report(3, 300)
    clock.now = 101.25
    report(4, 300)
    on_screen = {"stderr": True, "screen_only": True, "newline": False}
    assert screen.said == [(ERASE + "  created 2 of 300, 2.0 a second, 2 min 29 s left", on_screen),
                           (ERASE + "  created 4 of 300, 3.2 a second, 1 min 33 s left", on_screen)]
    progress.make_way()
    progress.make_way()
    assert screen.said[2:] == [(ERASE, on_screen)]
    clock.now = 105.5
    report(20, 300)
    assert screen.said[3] == ("  created 20 of 300, 3.6 a second, 1 min 17 s left", {"log_only": True})
    assert len(screen.said) == 5
    report(300, 300)
    assert screen.said[5:] == [(ERASE, on_screen)]


def test_threads_that_tell_late_draw_nothing():
    """The last has told that it is done before the one before it, or one tells less than was told already."""
    screen, clock, progress = made(True)
    report = progress.of("created")
    for second, done in ((2, 5), (3, 4), (4, 5), (5, 10), (6, 9)):
        clock.now = 100.0 + second
        report(done, 10)
    assert [text.removeprefix(ERASE) for text, _how in screen.said] == ["  created 5 of 10, 2.5 a second, 2 s left", ""]


def test_the_name_of_a_host_moves_no_cursor():
    screen, clock, progress = made(False, "[a\x1b[2J\n\u202eb] ")
    clock.now = 106.0
    progress.of("read")(1, 2)
    assert screen.said[0][0].startswith("  [a?[2J??b] read 1 of 2")


def test_nothing_is_drawn_after_the_end():
    """Threads whose task was interrupted are still at work."""
    screen, clock, progress = made(True)
    report = progress.of("x" * 200)
    clock.now = 102.0
    report(1, 3)
    assert len(screen.said[0][0]) == len(ERASE) + WIDTH
    progress.close()
    clock.now = 110.0
    report(2, 3)
    report(3, 3)
    assert [text for text, _how in screen.said[1:]] == [ERASE]


def test_a_broken_screen_fails_nothing():
    screen, clock, progress = made(True)
    screen.display = None
    report = progress.of("created")
    clock.now = 102.0
    report(1, 3)
    clock.now = 104.0
    report(2, 3)
    report(3, 3)
