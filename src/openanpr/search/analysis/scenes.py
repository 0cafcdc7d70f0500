"""Which marks at several scenes stand out from the normal traffic of those cameras.

The same comparison is made at the same hours of days before. What it brings there, where there is
nothing to find, is what it brings by chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from openanpr.search.analysis.strength import Strength, upper_rate

MOST_DAYS: Final = 28
_STRONG, _MODERATE = 0.1, 0.5

Marks = frozenset[str] | set[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A mark at several scenes; ``regular_days``: days of those compared on which it was there."""

    vrm: str
    scenes: int
    regular_days: int
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What a comparison of days without an offence brings, of marks at so many ``scenes``.

    Only marks count that were there on no other day compared. ``found`` of them on the days in
    question; ``mean`` a comparison otherwise, at most ``upper`` (one-sided, 95%).
    """

    scenes: int
    found: int
    mean: float
    upper: float

    @property
    def share(self) -> float:
        """The largest credible share of the marks found that chance accounts for."""
        return min(1.0, self.upper / self.found) if self.found else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The marks, those that stand out first, and the chances; ``days`` were compared."""

    visitors: tuple[Visitor, ...]
    chances: tuple[Chance, ...]
    days: int


def shifts(days: int) -> tuple[timedelta, ...]:
    """How far back each day that is compared lies."""
    return tuple(timedelta(days=number) for number in range(1, days + 1))


def compare(
    at_scenes: Mapping[str, int], otherwise: Sequence[Sequence[Marks]], *, fewest: int
) -> Comparison:
    """Judge the marks found: each with the number of scenes at which it was read.

    ``otherwise`` holds, of each day compared, the marks at each scene's cameras and hours;
    ``fewest`` is the number of scenes that was asked for.
    """
    seen = [frozenset().union(*day) for day in otherwise]
    regular = {vrm: sum(vrm in day for day in seen) for vrm in at_scenes}
    chances = {
        number: _chance(number, at_scenes, regular, otherwise, seen)
        for number in range(fewest, max(at_scenes.values(), default=fewest) + 1)
    }
    visitors = [
        Visitor(
            vrm=vrm,
            scenes=number,
            regular_days=regular[vrm],
            strength=_strength(chances[number], regular[vrm], days=len(otherwise)),
        )
        for vrm, number in at_scenes.items()
    ]
    order = list(Strength)
    visitors.sort(key=lambda one: (order.index(one.strength), one.regular_days, one.vrm))
    return Comparison(
        visitors=tuple(visitors),
        chances=tuple(chances.values()) if otherwise else (),
        days=len(otherwise),
    )


def _chance(
    number: int,
    at_scenes: Mapping[str, int],
    regular: Mapping[str, int],
    otherwise: Sequence[Sequence[Marks]],
    seen: Sequence[Marks],
) -> Chance:
    """Marks at so many scenes and on no other day: in question, and on each day compared."""
    found = sum(scenes == number and not regular[vrm] for vrm, scenes in at_scenes.items())
    counts = [
        sum(
            vrm not in at_scenes and not _elsewhere(vrm, seen, apart_from=index)
            for vrm in _at(day, number)
        )
        for index, day in enumerate(otherwise)
    ]
    trials = max(1, len(counts))
    return Chance(
        scenes=number,
        found=found,
        mean=sum(counts) / trials,
        upper=upper_rate(sum(counts), trials),
    )


def _at(day: Sequence[Marks], number: int) -> Iterable[str]:
    counts: dict[str, int] = {}
    for marks in day:
        for vrm in marks:
            counts[vrm] = counts.get(vrm, 0) + 1
    return (vrm for vrm, count in counts.items() if count == number)


def _elsewhere(vrm: str, seen: Sequence[Marks], *, apart_from: int) -> bool:
    return any(vrm in day for index, day in enumerate(seen) if index != apart_from)


def _strength(chance: Chance, regular_days: int, *, days: int) -> Strength:
    if not days:
        return Strength.NOT_COMPARED
    if regular_days:
        return Strength.WEAK if regular_days * 2 < days else Strength.EXPLAINED
    if chance.share <= _STRONG:
        return Strength.STRONG
    return Strength.MODERATE if chance.share <= _MODERATE else Strength.WEAK
