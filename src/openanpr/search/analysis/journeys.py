"""A vehicle's reads as journeys, the times between them, and where it was first and last seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from openanpr.search.analysis.sightings import Sighting, distance_km

JOURNEY_GAP: Final = timedelta(minutes=45)
"""Reads further apart in time than this belong to two journeys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Reads that follow each other without a long pause, oldest first; never empty.

    ``distance``: kilometres in straight lines from read to read, ``None`` where a place is unknown.
    """

    reads: tuple[Sighting, ...]

    @property
    def start(self) -> datetime:
        """When the first read of it was captured."""
        return self.reads[0].captured_at

    @property
    def end(self) -> datetime:
        """When the last read of it was captured."""
        return self.reads[-1].captured_at

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in their order, each named once where it is read there again and again."""
        found: list[str] = []
        for one in self.reads:
            if not found or found[-1] != one.area:
                found.append(one.area)
        return tuple(found)

    @property
    def distance(self) -> float | None:
        """How far it was at least."""
        steps = [distance_km(one, other) for one, other in pairwise(self.reads)]
        return None if None in steps else sum(step for step in steps if step is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The time between two journeys: the vehicle stood, or drove where no camera read it.

    ``area`` is named where the one journey ended and the other began in the same.
    """

    start: datetime
    end: datetime
    area: str

    @property
    def length(self) -> timedelta:
        """How long it was not read."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenThere:
    """One area: the first and last read in it, how many, and on how many days."""

    area: str
    first: datetime
    last: datetime
    reads: int
    days: int


def journeys_of(sightings: Iterable[Sighting]) -> tuple[Journey, ...]:
    """The journeys, oldest first."""
    groups: list[list[Sighting]] = []
    for one in sorted(sightings, key=lambda read: (read.captured_at, read.id)):
        if not groups or one.captured_at - groups[-1][-1].captured_at > JOURNEY_GAP:
            groups.append([])
        groups[-1].append(one)
    return tuple(Journey(reads=tuple(group)) for group in groups)


def pauses_of(journeys: Sequence[Journey]) -> tuple[Pause, ...]:
    """The times between them, oldest first."""
    return tuple(
        Pause(
            start=before.end,
            end=after.start,
            area=before.areas[-1] if before.areas[-1] == after.areas[0] else "",
        )
        for before, after in pairwise(journeys)
    )


def seen_in(sightings: Iterable[Sighting], *, zone: tzinfo) -> tuple[SeenThere, ...]:
    """First and last in each area, the area with most reads first. Days are those of ``zone``."""
    by_area: dict[str, list[datetime]] = {}
    for one in sightings:
        by_area.setdefault(one.area, []).append(one.captured_at)
    found = [
        SeenThere(
            area=area,
            first=min(times),
            last=max(times),
            reads=len(times),
            days=len({moment.astimezone(zone).date() for moment in times}),
        )
        for area, times in by_area.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.reads, one.area)))
