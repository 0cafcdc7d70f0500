"""Holds as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openanpr.access.profile import Profile
from openanpr.holds.effect import Effect, effect_of
from openanpr.holds.queries import days_of, overdue
from openanpr.investigations.models import Hold
from openanpr.investigations.vocabulary import GROUND_NAMES, HoldGround


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """One hold with its state and what it does to retention."""

    hold: Hold
    ground: str
    overdue: bool
    effect: Effect
    sentence: str


def hold_lines(holds: Iterable[Hold], *, profile: Profile, at: datetime) -> list[HoldLine]:
    """The holds in their order."""
    listed = list(holds)
    days = days_of(listed)
    return [_line(one, days[one.id], profile, at) for one in listed]


def _line(hold: Hold, days: dict[date, int], profile: Profile, at: datetime) -> HoldLine:
    effect = effect_of(days, profile=profile, at=at)
    return HoldLine(
        hold=hold,
        ground=GROUND_NAMES[HoldGround(hold.ground)],
        overdue=overdue(hold, at=at),
        effect=effect,
        sentence=_sentence(hold, effect),
    )


def _sentence(hold: Hold, effect: Effect) -> str:
    if hold.released_at is not None:
        return f"{_reads(effect.reads)} left; those past retention go at the next run."
    said = f"{_reads(effect.reads)} held."
    if effect.kept:
        said += f" {effect.kept} would have gone by now; they stay for {_reference(hold)}."
    if effect.next_day is not None:
        said += (
            f" {_reads(effect.next_reads)} would go on {_day(effect.next_day)}; "
            f"they stay for {_reference(hold)}."
        )
    return said


def _reference(hold: Hold) -> str:
    return hold.investigation.reference


def _reads(number: int) -> str:
    return f"{number} read{'' if number == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
