# SPDX-License-Identifier: GPL-3.0-or-later
"""What the seeds hold lies around the day on which the simulator is started, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

TEHRAN = timezone(timedelta(hours=3, minutes=30))
#: The real day, a leap day, both ends of a Jalali year (a leap one too), the day before a clock change of old, a day far away.
DAYS = [None, "2028-02-29", "2026-03-20", "2026-03-21", "2025-03-20", "2022-03-21", "2099-12-31"]


@pytest.fixture(params=DAYS, ids=str)
def day(request: pytest.FixtureRequest, process: Any) -> Iterator[date]:
    """The simulator's vendors on one day; none of them may break its contract there."""
    for name in ("alocom", "deltasib", "podspace"):
        process.reset(name, today=request.param)
    yield date.fromisoformat(request.param) if request.param else datetime.now(TEHRAN).date()
    assert [entry for entry in process.journal() if entry["contract_error"]] == []


def ahead(text: str, day: date) -> int:
    """How many days after `day`."""
    return (date.fromisoformat(text[:10]) - day).days


def test_alocom_services_end_in_the_coming_weeks(day: date, process: Any, make_api: Any) -> None:
    dump = process.dump("alocom")
    ends = {row["status"]: [] for row in dump["services"]}
    for row in dump["services"]:
        ends[row["status"]].append(ahead(row["expired_at"], day))
        assert ahead(row["created_at"], day) < 0
    assert all(7 < days < 90 for days in ends["active"]) and all(days < 0 for days in ends["expired"])
    assert {ahead(row["date"], day) for row in dump["attendances"]} == {ahead(row["login_date"], day) for row in dump["visits"]} == {-1}
    assert {ahead(row["file"]["created_at"], day) for row in dump["files"]} == {-1}
    api = make_api(process.url("alocom"))
    assert api.login().status == 200
    assert len(api.list("/services/index")) == 3 and len(api.get("/services/active-services").body["activeServices"]) == 2
    yesterday = day - timedelta(days=1)
    assert len(api.post("/events/53/attendance", {"date": f"{yesterday.year}-{yesterday.month}-{yesterday.day}"}).body["data"]) == 2
    assert len(api.list("/events/visits", **{"from": yesterday.isoformat()})) == 8


def test_deltasib_services_end_in_the_coming_weeks_and_were_paid_before(day: date, process: Any) -> None:
    dump = process.dump("deltasib")
    # The control calls tell Gregorian days.
    assert len(dump["bought"]) == 5 and all(0 < ahead(row["EndDate"], day) < 35 and ahead(row["StartDate"], day) < 0 for row in dump["bought"])
    paid = {row["User_Id"]: row["User_PaymentCD"] for row in dump["payments"] if row["VoucherNo"]}
    assert all(paid[row["User_Id"]] <= row["CDT"] for row in dump["bought"])


def test_podspace_shares_end_in_the_coming_weeks(day: date, process: Any) -> None:
    ends = [ahead(row["expiration"], day) for row in process.dump("podspace")["shares"] if row["expiration"]]
    assert len(ends) == 3 and all(7 < days < 90 for days in ends)


@pytest.mark.parametrize("vendor", ["alocom", "deltasib", "podspace"])
@pytest.mark.parametrize("told", ["tomorrow", 20251004, "2025-13-01", "1404/07/12"])
def test_a_day_that_is_none_is_told(process: Any, vendor: str, told: Any) -> None:
    with pytest.raises(Exception, match="setting today: null, or a day like 2025-10-04"):
        process.settings(vendor, today=told)
