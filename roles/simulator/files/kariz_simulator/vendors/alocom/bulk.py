# SPDX-License-Identifier: GPL-3.0-or-later
"""Many believable objects at once, for benchmarks and paging tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from ...days import today
from ...messages import ControlError
from . import texts
from .state import ROLES, Row, State

OPERATORS = ("0912", "0935", "0919", "0902", "0938", "0913")
MACHINES = (
    ("desktop", "Windows", "Chrome"),
    ("mobile", "Android", "Chrome"),
    ("tablet", "Ios", "Safari"),
    ("desktop", "Ubuntu", "Mozilla"),
)
MOST = 1_000_000


def make(state: State, kind: str, options: Row) -> list[Any]:
    """Make objects of one kind; answers their natural keys."""
    if kind not in KINDS:
        raise ControlError(f"cannot seed {kind!r}; known: {', '.join(KINDS)}")
    maker, known = KINDS[kind]
    unknown = options.keys() - known
    if unknown:
        raise ControlError(f"seed {kind}: unknown option {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    count = options.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
        raise ControlError(f"seed {kind}: count is a number from 0 to {MOST}, not {count!r}")
    return maker(state, count, options)


def unused(taken: Callable[[str], Any], pattern: str, count: int) -> list[str]:
    """The first names of the pattern nobody has yet, so that a second call with the same prefix goes on counting."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        name = pattern.format(number)
        if not taken(name):
            found.append(name)
    return found


def labels(state: State, count: int, options: Row) -> list[Any]:
    titles = {row["title"] for row in state.labels.values()}
    names = unused(titles.__contains__, f"{options.get('prefix', 'bulk')}-{{:05d}}", count)
    for name in names:
        state.add_label(name)
    return names


def users(state: State, count: int, options: Row) -> list[Any]:
    given = [(state.label_titled(title) or state.add_label(title))["id"] for title in options.get("labels", ())]
    prefix = options.get("prefix", "bulk")
    names = unused(state.user_named, f"{prefix}-{{:05d}}", count)
    for number, username in enumerate(names):
        state.add_user(
            {
                # The two lists have lengths without a common factor, so full names repeat late.
                "name": texts.NAMES[number % len(texts.NAMES)],
                "surname": texts.SURNAMES[number % len(texts.SURNAMES)],
                "username": username,
                "cellphone": f"{OPERATORS[number % len(OPERATORS)]}{number % 10_000_000:07d}",
                "email": f"{username}@example.ir" if options.get("email", True) else None,
                "status": options.get("status", 1),
                "labels": given,
                "password": options.get("password"),
            }
        )
    return names


def events(state: State, count: int, options: Row) -> list[Any]:
    service = options.get("service", 14)
    if service not in state.services:
        raise ControlError(f"seed events: no agent service {service!r}; known: {', '.join(map(str, state.services))}")
    slugs = unused(state.event_slugged, f"{options.get('prefix', 'bulk')}-{{:05d}}", count)
    people = list(state.users)[: options.get("members", 0)]
    for number, slug in enumerate(slugs):
        title = f"{texts.TOPICS[number % len(texts.TOPICS)]} {slug}"
        values = {"title": title, "slug": slug, "agent_service_id": service, "status": options.get("status", 1)}
        event = state.add_event(values, running=bool(options.get("running", False)))
        for position, userid in enumerate(people):
            state.enrol(event, userid, "teacher" if position == 0 else "participant")
    return slugs


def event_of(state: State, options: Row) -> Row:
    """The event an option names; the first one when none is named."""
    slug = options.get("event")
    event = state.event_slugged(slug) if slug else next(iter(state.events.values()), None)
    if event is None:
        raise ControlError(f"seed: no event {slug!r}")
    return event


def members(state: State, count: int, options: Row) -> list[Any]:
    event = event_of(state, options)
    role = options.get("role", "participant")
    if role not in ROLES:
        raise ControlError(f"seed members: role is one of {', '.join(ROLES)}")
    if "usernames" in options:
        found = [state.user_named(name) for name in options["usernames"]]
        if None in found:
            raise ControlError("seed members: a username is unknown")
        people = [row for row in found if row is not None]
    else:
        people = [row for row in state.users.values() if row["id"] not in event["members"]][:count]
        if len(people) < count:
            raise ControlError(f"seed members: only {len(people)} users are not in the event yet; seed users first")
    for row in people:
        state.enrol(event, row["id"], role)
    return [row["username"] for row in people]


def day_of(state: State, options: Row) -> datetime:
    """The day of what happened in an event: yesterday, unless one is named."""
    if "date" not in options:
        return datetime.combine(today(state.settings) - timedelta(days=1), time())
    try:
        return datetime.fromisoformat(options["date"])
    except (TypeError, ValueError) as error:
        raise ControlError("seed: date is written like 2025-10-04") from error


def instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def files(state: State, count: int, options: Row) -> list[Any]:
    event = event_of(state, options)
    service = state.services[event["agent_service_id"]]
    start, flag, suffix = day_of(state, options), options.get("flag", "record"), options.get("format", ".mp4")
    titles = [f"{options.get('prefix', event['slug'])}-{number + 1}" for number in range(count)]
    for number, title in enumerate(titles):
        file = {
            "uploader": {"_id": state.hex_id("agent"), "role": "admin", "firstName": "", "lastName": state.account["surname"]},
            "remover": {"_id": None, "username": None, "firstName": None, "lastName": None, "role": None},
            "flag": flag,
            "converted": False,
            "isDeleted": False,
            "deleted_at": None,
            "_id": state.hex_id("file"),
            "title": title,
            "size": 87001 + 1024 * number,
            "serviceId": service["alocom_id"],
            "session": event["alocom_id"],
            "format": suffix,
            "downloadable": False,
            "publicUrl": f"https://download.alocom.co/rocket-api/files/records/{title}{suffix}",
            "created_at": instant(start + timedelta(hours=9, minutes=number)),
        }
        state.files.append({"event": event["id"], "service": service["id"], "file": file})
    return titles


def person(row: Row) -> Row:
    return {"firstName": row["name"], "lastName": row["surname"], "username": row["username"]}


def attendances(state: State, count: int, options: Row) -> list[Any]:
    event = event_of(state, options)
    people = [state.users[userid] for userid in event["members"]]
    teachers = [state.users[item["userid"]]["name"] for item in event["members"].values() if item["role"] == "teacher"]
    found = []
    for number in range(count):
        identity = state.hex_id("attendance")
        # Every third member misses the roll call, another third the next time.
        present = [row for position, row in enumerate(people) if (position + number) % 3]
        absent = [row for position, row in enumerate(people) if not (position + number) % 3]
        state.attendances[identity] = {
            "id": identity,
            "event": event["id"],
            "date": instant(day_of(state, options) + timedelta(hours=11, minutes=30 * number)),
            "teacherName": teachers[0] if teachers else "-",
            "presents": [person(row) for row in present],
            "absents": [person(row) for row in absent],
        }
        found.append(identity)
    return found


def visits(state: State, count: int, options: Row) -> list[Any]:
    event = event_of(state, options)
    people = [state.users[userid] for userid in event["members"]]
    if count and not people:
        raise ControlError("seed visits: the event has no members")
    kind = state.services[event["agent_service_id"]]["type"]
    for number in range(count):
        device, system, browser = MACHINES[number % len(MACHINES)]
        entry = day_of(state, options) + timedelta(hours=8, minutes=3 * number)
        state.visits.append(
            {
                **person(people[number % len(people)]),
                "role": "user",
                "eventType": kind,
                "eventName": event["title"],
                "addressIp": f"192.0.2.{number % 250 + 1}",
                "deviceName": device,
                "os": system,
                "browser": browser,
                "login_date": instant(entry),
                "login_time": instant(entry),
                "exit": None if number % 5 == 4 else instant(entry + timedelta(minutes=45)),
            }
        )
    return [row["username"] for row in state.visits[len(state.visits) - count :]]


KINDS: dict[str, tuple[Callable[[State, int, Row], list[Any]], set[str]]] = {
    "labels": (labels, {"count", "prefix"}),
    "users": (users, {"count", "prefix", "labels", "email", "status", "password"}),
    "events": (events, {"count", "prefix", "service", "members", "status", "running"}),
    "members": (members, {"count", "event", "usernames", "role"}),
    "files": (files, {"count", "event", "prefix", "flag", "format", "date"}),
    "attendances": (attendances, {"count", "event", "date"}),
    "visits": (visits, {"count", "event", "date"}),
}
