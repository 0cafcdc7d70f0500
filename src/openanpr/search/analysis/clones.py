"""Reads of one mark that no one vehicle can have made: a second plate, a misread, or a wrong clock.

The reads are laid into tracks, each of which one vehicle can have driven. A second track of several
good reads is a cloned plate; single reads beside the first are misreads before they are clones.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from math import prod
from typing import Final
from uuid import UUID

from openanpr.search.analysis.sightings import Sighting, distance_km
from openanpr.search.analysis.strength import Strength

FASTEST_KMH: Final = 200.0
"""No vehicle keeps up more than this over a straight line."""
BAD_CLOCK: Final = timedelta(seconds=10)
_SLACK_KM: Final = 0.5
_GOOD_READ: Final = 0.9


class Explanation(StrEnum):
    """What explains an impossible pair best."""

    CLONE = "clone"
    MISREAD = "misread"
    CLOCK = "clock"
    OPEN = "open"


WORDS: Final = {
    Explanation.CLONE: "Two vehicles with this mark",
    Explanation.MISREAD: "A misread",
    Explanation.CLOCK: "A camera's clock",
    Explanation.OPEN: "Cannot be told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two reads that one vehicle cannot have made: ``km`` apart, at a speed of ``kmh`` at least."""

    first: Sighting
    second: Sighting
    km: float
    kmh: float
    explanation: Explanation
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """What the reads of one mark say together.

    ``tracks``: how many vehicles it takes to make them. ``strength`` is that of a second vehicle.
    """

    conflicts: tuple[Conflict, ...]
    tracks: tuple[tuple[Sighting, ...], ...]
    strength: Strength
    misread_chance: float


def tracks_of(sightings: Iterable[Sighting], *, zone: tzinfo) -> Tracks:
    """Lay the reads into tracks and say what explains those that do not fit the first.

    Reads without a known place are left out. Days are those of ``zone``.
    """
    placed = [one for one in sightings if one.latitude is not None]
    placed.sort(key=lambda one: (one.captured_at, one.id))
    # A read whose clock explains it speaks for no second vehicle, and leads no track astray.
    tracks = sorted(_laid([one for one in placed if not _wrong_clock(one)]), key=len, reverse=True)
    second = max(tracks[1:], key=len, default=[])
    chance = prod(1 - min(one.likelihood, 0.999) for one in second) if second else 1.0
    strength = _strength(second, chance, zone=zone)
    of_second = {one.id for track in tracks[1:] if len(track) > 1 for one in track}
    conflicts = tuple(
        _conflict(one, other, of_second, strength)
        for one, other in pairwise(placed)
        if not feasible(one, other)
    )
    return Tracks(
        conflicts=conflicts,
        tracks=tuple(tuple(track) for track in tracks),
        strength=strength,
        misread_chance=chance,
    )


def feasible(one: Sighting, other: Sighting) -> bool:
    """Whether one vehicle can have made both, were both clocks right to the second."""
    km = distance_km(one, other)
    if km is None:
        return True
    return km - _SLACK_KM <= FASTEST_KMH * (_hours(one, other) + 2 / 3600)


def _laid(placed: Sequence[Sighting]) -> list[list[Sighting]]:
    """Each read goes on the track whose end lies nearest, of those that can reach it."""
    tracks: list[list[Sighting]] = []
    for one in placed:
        near = [
            (distance_km(track[-1], one) or 0.0, number)
            for number, track in enumerate(tracks)
            if feasible(track[-1], one)
        ]
        if near:
            tracks[min(near)[1]].append(one)
        else:
            tracks.append([one])
    return tracks


def _conflict(one: Sighting, other: Sighting, of_second: Set[UUID], strength: Strength) -> Conflict:
    km = distance_km(one, other) or 0.0
    explanation, why = _explained(one, other, km, of_second, strength)
    hours = max(_hours(one, other), 1 / 3600)
    return Conflict(
        first=one, second=other, km=km, kmh=km / hours, explanation=explanation, why=why
    )


def _explained(
    one: Sighting, other: Sighting, km: float, of_second: Set[UUID], strength: Strength
) -> tuple[Explanation, str]:
    for read in (one, other):
        if _wrong_clock(read):
            seconds = (read.clock_offset or timedelta()).total_seconds()
            return (
                Explanation.CLOCK,
                f"The clock of a camera was {abs(seconds):.0f} seconds off when it read this.",
            )
    doubt = one.clock_doubt + other.clock_doubt
    if km - _SLACK_KM <= FASTEST_KMH * (_hours(one, other) + doubt.total_seconds() / 3600):
        return Explanation.CLOCK, "A clock that nobody has compared may be off by as much."
    poor = [read for read in (one, other) if read.likelihood < _GOOD_READ or read.doubts]
    if poor:
        worst = min(poor, key=lambda read: read.likelihood)
        return (
            Explanation.MISREAD,
            f"The reader itself gave one of these reads {worst.likelihood:.0%}"
            + (", and thought of other marks." if worst.doubts else "."),
        )
    if of_second & {one.id, other.id} and strength in {Strength.STRONG, Strength.MODERATE}:
        return Explanation.CLONE, "Both belong to tracks of several reads, all well read."
    return Explanation.OPEN, "Well read, with clocks that agree, but alone: compare the pictures."


def _wrong_clock(read: Sighting) -> bool:
    return read.clock_offset is not None and abs(read.clock_offset) >= BAD_CLOCK


def _strength(second: Sequence[Sighting], misread: float, *, zone: tzinfo) -> Strength:
    """Several good reads at more than one time are a vehicle; one is a doubt."""
    if not second:
        return Strength.EXPLAINED
    days = len({one.captured_at.astimezone(zone).date() for one in second})
    cameras = len({one.camera_id for one in second})
    if len(second) >= 3 and misread <= 1e-3 and (days > 1 or cameras > 1):
        return Strength.STRONG
    if len(second) >= 2 and misread <= 1e-2 and (days > 1 or cameras > 1):
        return Strength.MODERATE
    return Strength.WEAK


def _hours(one: Sighting, other: Sighting) -> float:
    return abs((other.captured_at - one.captured_at).total_seconds()) / 3600
