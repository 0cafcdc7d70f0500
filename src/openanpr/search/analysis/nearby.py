"""Whether vehicles can have been at a place in a time: read there, possible, or ruled out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from openanpr.search.analysis.clones import FASTEST_KMH
from openanpr.search.analysis.sightings import Sighting, kilometres

USUAL_KMH: Final = 50.0
"""What a road journey keeps up over a straight line; only to say how long one would take."""

Point = tuple[float, float]


class Presence(StrEnum):
    """What the reads say of one vehicle."""

    READ_THERE = "read-there"
    POSSIBLE = "possible"
    RULED_OUT = "ruled-out"
    NO_READS = "no-reads"


WORDS: Final = {
    Presence.READ_THERE: "Read there in that time",
    Presence.POSSIBLE: "Can have been there",
    Presence.RULED_OUT: "Read too far away",
    Presence.NO_READS: "Not read at all",
}
COLOURS: Final = {
    Presence.READ_THERE: "green",
    Presence.POSSIBLE: "blue",
    Presence.RULED_OUT: "grey",
    Presence.NO_READS: "yellow",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """One vehicle: what is said, its reads there, and the nearest in time before and after.

    ``stay``: how long it can have been there within the time in question, at the fastest speed;
    ``None`` where the reads bound nothing. ``needed``: what the way from the read before and to the
    read after takes at a usual speed.
    """

    vrm: str
    presence: Presence
    there: tuple[Sighting, ...] = ()
    before: Sighting | None = None
    after: Sighting | None = None
    stay: timedelta | None = None
    needed: timedelta | None = None


def whereabouts_of(
    vrm: str,
    sightings: Sequence[Sighting],
    *,
    cameras: frozenset[int],
    points: Sequence[Point],
    start: datetime,
    end: datetime,
) -> Whereabouts:
    """What the reads of one vehicle say of the place in ``[start, end)``.

    ``cameras`` are those of the place and ``points`` where they stand.
    """
    reads = sorted(sightings, key=lambda one: (one.captured_at, one.id))
    there = tuple(
        one for one in reads if one.camera_id in cameras and start <= one.captured_at < end
    )
    before, after = _around(reads, start, end)
    if there:
        return Whereabouts(
            vrm=vrm, presence=Presence.READ_THERE, there=there, before=before, after=after
        )
    if not reads:
        return Whereabouts(vrm=vrm, presence=Presence.NO_READS)
    stay = _longest_stay(reads, points, start, end)
    return Whereabouts(
        vrm=vrm,
        presence=Presence.POSSIBLE if stay > timedelta() else Presence.RULED_OUT,
        before=before,
        after=after,
        stay=stay,
        needed=_needed(before, after, points),
    )


def _around(
    reads: Sequence[Sighting], start: datetime, end: datetime
) -> tuple[Sighting | None, Sighting | None]:
    before = [one for one in reads if one.captured_at < start]
    after = [one for one in reads if one.captured_at >= end]
    return (before[-1] if before else None, after[0] if after else None)


def _longest_stay(
    reads: Sequence[Sighting], points: Sequence[Point], start: datetime, end: datetime
) -> timedelta:
    """The longest stretch in which it can have been there, between any two reads in a row."""
    edges: list[Sighting | None] = [None, *reads, None]
    longest = timedelta()
    for one, other in pairwise(edges):
        arrives = start if one is None else one.captured_at + _way(one, points, FASTEST_KMH)
        leaves = end if other is None else other.captured_at - _way(other, points, FASTEST_KMH)
        longest = max(longest, min(end, leaves) - max(start, arrives))
    return longest


def _way(one: Sighting, points: Sequence[Point], kmh: float) -> timedelta:
    if one.point is None or not points:
        return timedelta()
    km = min(kilometres(one.point, point) for point in points)
    return timedelta(hours=km / kmh)


def _needed(
    before: Sighting | None, after: Sighting | None, points: Sequence[Point]
) -> timedelta | None:
    if before is None and after is None:
        return None
    ways = (_way(one, points, USUAL_KMH) for one in (before, after) if one is not None)
    return sum(ways, timedelta())
