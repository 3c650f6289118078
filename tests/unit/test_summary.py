# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks did, counted from their results."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.plugin_utils._summary import COLUMNS, Line, as_data, table, total


def counted(*results):
    line = Line("task")
    for result in results:
        line.add(result)
    return line


def figures(line):
    return {word: number for word, number in line.counts.items() if number}


def test_one_object():
    made = {"changed": True, "diff": {"before": {}, "after": {"a": 1}}, "api": {"requests": 3, "seconds": 0.5}}
    assert figures(counted(made)) == {"made": 1}
    assert figures(counted(dict(made, diff={"before": {"a": 1}, "after": {}}))) == {"removed": 1}
    assert figures(counted(dict(made, diff={"before": {"a": 1}, "after": {"a": 2}}))) == {"changed": 1}
    assert figures(counted(dict(made, changed=False))) == {"left": 1}
    assert figures(counted({"failed": True, "changed": True, "msg": "no", "diff": made["diff"]})) == {"refused": 1}
    # An action without a difference that changed something; what only reads made nothing, and costs its requests.
    assert figures(counted({"changed": True})) == {"changed": 1}
    assert figures(counted({"changed": False, "users": [], "api": {"requests": 2}})) == {}
    line = counted(made, made, {"changed": False, "api": {"requests": 2, "seconds": 0.25}})
    assert (line.requests, line.seconds) == (8, 1.25)


def test_lists_loops_and_messages():
    listed = {"changed": True, "diff": {}, "summary": {"created": 3, "updated": 1, "deleted": 2, "unchanged": 4, "failed": 5}, "api": {"requests": 7}}
    assert figures(counted(listed)) == {"made": 3, "changed": 1, "removed": 2, "left": 4, "refused": 5}
    loop = counted(listed, {"changed": False, "skipped": True}, {"changed": False, "diff": {}})
    assert figures(loop) == {"made": 3, "changed": 1, "removed": 2, "left": 5, "refused": 5} and loop.requests == 7
    sent = {"changed": True, "summary": {"sent": 2, "already": 1, "merged": 1, "skipped": 1, "refused": 1, "unknown": 1}}
    assert figures(counted(sent)) == {"made": 2, "left": 3, "refused": 2}
    # A summary in other words belongs to something else.
    assert figures(counted({"changed": True, "summary": {"people": 4}})) == {"changed": 1}


def test_what_it_cost():
    first = counted({"changed": True, "cost": {"payamsms": {"messages": 2, "parts": 4, "cost": 800}}})
    second = counted({"changed": True, "cost": {"payamsms": {"messages": 1, "parts": 1, "cost": 200}, "smspanel": {"messages": 1, "parts": 3, "cost": None}}})
    whole = total([first, second])
    assert whole.costs == {"payamsms": {"messages": 3, "parts": 5, "cost": 1000}, "smspanel": {"messages": 1, "parts": 3, "cost": None}}
    unknown = total([second, counted({"changed": True, "cost": {"smspanel": {"messages": 1, "parts": 1, "cost": 50}}})])
    assert unknown.costs["smspanel"] == {"messages": 2, "parts": 4, "cost": None}
    assert table([first, second], 100)[-2:] == ["payamsms: 3 messages, 5 parts, cost 1,000", "smspanel: 1 message, 3 parts"]


def test_the_table():
    lines = [Line("Students"), Line("A name of a task that is far too long for a narrow terminal")]
    lines[0].add({"changed": True, "summary": {"created": 30}, "api": {"requests": 31, "seconds": 1.26}})
    rows = table(lines, 80)
    assert rows[0].split() == ["task", *COLUMNS, "requests", "seconds"]
    assert rows[1].split() == ["Students", "30", "-", "-", "-", "-", "31", "1.3"]
    assert rows[-1].split() == ["total", "30", "-", "-", "-", "-", "31", "1.3"]
    assert len({len(row) for row in rows}) == 1 and len(rows[0]) <= 80
    assert "..." in rows[2] and len(rows) == 4
    # Letters that take two columns, or none, on a terminal are measured as told.
    wide = table([Line("課題")], 80, lambda text: 2 * len(text) if text == "課題" else len(text))
    assert wide[1].index("-") == wide[0].index("made") + 3 - 2
    data = as_data(lines)
    assert data["total"] == {"made": 30, "changed": 0, "removed": 0, "left": 0, "refused": 0, "requests": 31, "seconds": 1.26, "cost": {}}
    assert [task["task"] for task in data["tasks"]] == [line.name for line in lines]


def test_what_failed_before_any_object_is_refused():
    """The platform takes ``failed`` out of results, and a play may overrule it."""
    line = Line("task")
    line.add({"changed": False, "msg": "unknown option"}, failed=True)
    line.add({"changed": False, "error": {"code": "bad_option"}, "failed_when_result": False})
    line.add({"changed": False, "summary": {"created": 0, "failed": 0}, "error": {"code": "purge_limit"}})
    line.add({"changed": False, "summary": {"created": 0, "failed": 2}}, failed=True)
    assert figures(line) == {"refused": 5}


def test_a_task_without_a_name_is_told_by_its_module():
    lines = [Line("kariz.panels.alocom_label"), Line("kariz.panels.alocom_user_info"), Line("Labels of all the pupils of the school")]
    head, *names = [row.split("  ")[0].rstrip() for row in table(lines, 60)][:4]
    assert head == "task" and names[0].endswith("label") and names[1].endswith("user_info") and names[2].endswith("...") and len(set(names)) == 3
    assert names[0].startswith("...") and not [name for name in names if len(name) > 16]
