"""What a hold does to retention: how many reads would have gone, and when the others would."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from openanpr.access.bands import retention_edge
from openanpr.access.profile import Profile

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Of one hold: reads in all; those that only the hold keeps; the next day on which more would
    go, and how many; None where all would have gone."""

    reads: int
    kept: int
    next_day: date | None
    next_reads: int


def effect_of(days: Mapping[date, int], *, profile: Profile, at: datetime) -> Effect:
    """The effect of a hold on reads counted by the day (UTC) of their capture.

    A day counts as gone when the last moment of it is past retention.
    """
    going = {day: leaves_on(day, profile=profile, at=at) for day in days}
    today = at.astimezone(UTC).date()
    ahead = sorted({gone for gone in going.values() if gone > today})
    following = ahead[0] if ahead else None
    return Effect(
        reads=sum(days.values()),
        kept=sum(number for day, number in days.items() if going[day] <= today),
        next_day=following,
        next_reads=sum(number for day, number in days.items() if going[day] == following),
    )


def leaves_on(day: date, *, profile: Profile, at: datetime) -> date:
    """The first day (UTC) at whose end nothing captured on ``day`` is within retention."""
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY
    span = at - retention_edge(at=at, profile=profile)
    found = (end + span).date() - 4 * _DAY
    # Months differ in length: step to the day from a few before it.
    while retention_edge(at=_end_of(found), profile=profile) < end:
        found += _DAY
    return found


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAY
