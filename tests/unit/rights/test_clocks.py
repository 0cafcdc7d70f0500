"""Bank holidays against the days that were kept, and clocks row by row."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.rights.clocks import ClockRule, Pause, Timing, WorkingDays, add_months, clock_of
from openanpr.rights.holidays import Nation, bank_holidays, easter_sunday

ENGLAND = Nation.ENGLAND_AND_WALES
RULES = {
    "personal": ClockRule(
        months=1, extension_months=2, calendar=WorkingDays(nations=frozenset({ENGLAND}))
    ),
    "foi": ClockRule(working_days=20, extension_working_days=20, restarts=True),
}
ROWS = tomllib.loads(Path(__file__).with_name("clocks.toml").read_text(encoding="utf-8"))["row"]
# As they were published, leaving out days proclaimed for once or moved once.
KEPT = [
    (2021, ENGLAND, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    (2024, ENGLAND, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    (2026, ENGLAND, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    (2033, ENGLAND, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"),
    (2022, Nation.SCOTLAND, "01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27"),
    (2025, Nation.SCOTLAND, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"),
    (
        2025,
        Nation.NORTHERN_IRELAND,
        "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
    ),
]


@pytest.mark.parametrize(("year", "nation", "days"), KEPT)
def test_bank_holidays(year: int, nation: Nation, days: str) -> None:
    assert sorted(f"{day:%m-%d}" for day in bank_holidays(year, nation)) == days.split()


@given(st.integers(2000, 2099), st.sampled_from(Nation))
def test_no_holiday_is_lost_or_kept_at_a_weekend(year: int, nation: Nation) -> None:
    number = {ENGLAND: 8, Nation.SCOTLAND: 9, Nation.NORTHERN_IRELAND: 10}
    days = bank_holidays(year, nation)
    assert len(days) == number[nation]
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert easter_sunday(year).weekday() == 6


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_when_a_reply_is_due(row: dict[str, Any]) -> None:
    timing = Timing(
        received=row["received"],
        identified=row["identified"] or None,
        pauses=tuple(
            Pause(start=one[0], end=one[1] if len(one) > 1 else None)
            for one in row.get("pauses", [])
        ),
        extended=row.get("extended", False),
    )
    clock = clock_of(timing, RULES[row["rule"]])
    assert (clock.due, clock.extend_by) == (row.get("due"), row.get("extend_by"))
    assert clock.stands_still is any(one.end is None for one in timing.pauses)


def test_a_day_proclaimed_for_once_counts_not() -> None:
    jubilee = WorkingDays(further=frozenset({date(2026, 9, 2)}))
    rule = ClockRule(working_days=1, calendar=jubilee)
    day = date(2026, 9, 1)
    clock = clock_of(Timing(received=day, identified=day), rule)
    assert clock.due == date(2026, 9, 3)
    assert clock.days_left(date(2026, 9, 4)) == -1
    assert (clock.is_overdue(date(2026, 9, 3)), clock.is_overdue(date(2026, 9, 4))) == (False, True)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 36))
def test_months_lead_to_the_same_day_or_the_last_before_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or add_months(later, 0).day >= 28
