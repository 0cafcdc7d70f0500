"""Who travels with a vehicle, told from who uses the same roads at the same hours.

One journey is one trial: a vehicle that is near at one camera is near at the next one too. A mark's
chance to be near on a journey is the larger of two. Had it passed at any moment of the hour around
the vehicle's pass: the window over that hour. Had it passed as it does on other days: how often it
passes at that time of day. The first explains commuters, the second those who are punctual.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from openanpr.search.analysis.strength import Strength, chance_of_at_least, strength_of

AROUND: Final = timedelta(minutes=30)
"""How far before and after a pass normal traffic is looked at."""
JOURNEY_GAP: Final = timedelta(minutes=30)
"""Passes further apart than this belong to two journeys."""
FEWEST_JOURNEYS: Final = 2
FEWEST_LOOKED_AT: Final = 100
"""On an empty road, too, company is rare: no fewer marks are counted as looked at."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Passing:
    """One read, as far as company is concerned: where and when."""

    captured_at: datetime
    camera_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What is known of one mark's company with the vehicle.

    ``together`` of the ``present`` journeys on which it was about; ``expected`` are those that
    normal traffic brings; ``by_chance``: how many marks as near as this one are expected among all
    that were looked at, were none of them company. ``days``: on how many days it was near.
    """

    vrm: str
    together: int
    present: int
    days: int
    expected: float
    by_chance: float
    strength: Strength

    @property
    def ratio(self) -> float:
        """How many times as often as normal traffic brings."""
        return self.together / self.expected


def company_of(
    passes: Iterable[Passing],
    others: Mapping[str, Iterable[Passing]],
    *,
    within: timedelta,
    looked_at: int,
    zone: tzinfo,
) -> list[Company]:
    """Each mark's company with the vehicle of ``passes``, the least explained by chance first.

    ``others`` are the reads of each mark around those passes (``AROUND``, same cameras);
    ``looked_at`` counts the marks that they were picked from; times of day are those of ``zone``.
    """
    journeys = _journeys(sorted(passes))
    found = [
        _company(vrm, reads, journeys, within, max(looked_at, FEWEST_LOOKED_AT), zone)
        for vrm, reads in others.items()
    ]
    return sorted(found, key=lambda one: (one.by_chance, -one.together, one.vrm))


def _journeys(passes: Sequence[Passing]) -> list[list[Passing]]:
    if not passes:
        return []
    journeys = [[passes[0]]]
    for before, one in pairwise(passes):
        if one.captured_at - before.captured_at > JOURNEY_GAP:
            journeys.append([])
        journeys[-1].append(one)
    return journeys


def _company(
    vrm: str,
    reads: Iterable[Passing],
    journeys: Sequence[Sequence[Passing]],
    within: timedelta,
    looked_at: int,
    zone: tzinfo,
) -> Company:
    there: dict[int, list[datetime]] = {}
    for read in sorted(reads):
        there.setdefault(read.camera_id, []).append(read.captured_at)
    chances: list[float] = []
    near_on: list[datetime] = []
    for journey in journeys:
        gaps = [(one, _nearest(one, there.get(one.camera_id, ()))) for one in journey]
        about = [(one, gap) for one, gap in gaps if gap <= AROUND]
        if not about:
            continue
        at_random = within / AROUND
        habit = _habit([one for one, _ in about], there, within, at_random, zone)
        chances.append(max(at_random, habit))
        near = sum(gap <= within for _, gap in about)
        if 2 * near > len(about):
            near_on.append(about[0][0].captured_at)
    by_chance = looked_at * chance_of_at_least(len(near_on), chances)
    enough = len(near_on) >= FEWEST_JOURNEYS
    return Company(
        vrm=vrm,
        together=len(near_on),
        present=len(chances),
        days=len({moment.astimezone(zone).date() for moment in near_on}),
        expected=sum(chances),
        by_chance=by_chance,
        strength=strength_of(by_chance) if enough else Strength.EXPLAINED,
    )


def _nearest(one: Passing, times: Sequence[datetime]) -> timedelta:
    """How far the nearest of the sorted times lies from the pass."""
    after = bisect_left(times, one.captured_at)
    beside = times[max(0, after - 1) : after + 1]
    return min((abs(moment - one.captured_at) for moment in beside), default=_DAY)


def _habit(
    about: Iterable[Passing],
    there: Mapping[int, Sequence[datetime]],
    within: timedelta,
    at_random: float,
    zone: tzinfo,
) -> float:
    """How often the mark passes there at that time of day on other occasions.

    One occasion as likely as ``at_random`` is added, so that a single one is no habit.
    """
    times = alike = 0
    for one in about:
        clock = _clock(one.captured_at, zone)
        for moment in there[one.camera_id]:
            if abs(moment - one.captured_at) <= AROUND:
                continue
            times += 1
            between = abs(_clock(moment, zone) - clock)
            alike += min(between, _DAY - between) <= within
    return (alike + at_random) / (times + 1)


def _clock(moment: datetime, zone: tzinfo) -> timedelta:
    shown = moment.astimezone(zone)
    return timedelta(hours=shown.hour, minutes=shown.minute, seconds=shown.second)
