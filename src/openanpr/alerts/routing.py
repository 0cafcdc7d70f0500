"""Whom a hit is sent to. Pure: the units are passed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from openanpr.hotlists.copies import EntryCopy


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit of the list's force; an empty ``area`` is the whole force (a control room)."""

    name: str
    area: str


@dataclass(frozen=True, slots=True)
class Routing:
    """The units and areas that an alert names; with neither it reaches nobody."""

    units: frozenset[str]
    areas: frozenset[str]

    def joined(self, other: "Routing") -> "Routing":
        """Both together: a vehicle that moves on stays with those who were told first."""
        return Routing(self.units | other.units, self.areas | other.areas)


def route(*, entry: EntryCopy, camera_area: str, units: Iterable[UnitFacts]) -> Routing:
    """The routing of one hit.

    A list that names units tells those and no others; a covert one that names none tells nobody.
    Otherwise the units of the camera's area and those of the whole force are told. A place that no
    unit works in is told to every unit, so that nothing is lost by a gap in the areas.
    """
    if entry.told_units or entry.covert:
        return Routing(frozenset(entry.told_units), frozenset())
    known = list(units)
    areas = frozenset({camera_area} - {""})
    if not any(unit.area in areas for unit in known):
        return Routing(frozenset(unit.name for unit in known), areas)
    here = frozenset(unit.name for unit in known if not unit.area or unit.area in areas)
    return Routing(here, areas)
