"""Whether one vehicle can have been where its hits say. Pure.

Distances are great-circle ones on a sphere of radius 6,371 km, which is within 0.6 % of the
ellipsoid; roads are longer, so a speed found here is the least that it took.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

_EARTH_KM: Final = 6371.0
_CLOCKS_S: Final = 2.0
_SAME_PLACE_KM: Final = 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """One hit: when, and where in WGS 84 degrees."""

    at: datetime
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Leg:
    """Two hits after one another that no single vehicle can have made."""

    start: Point
    end: Point
    kilometres: float
    kmh: float


def impossible_legs(points: Iterable[Point], *, limit_kmh: float) -> list[Leg]:
    """The legs faster than ``limit_kmh`` (km/h), in order of time: a clone, or a misread.

    Points within a kilometre of each other say nothing (two cameras of one junction, a picture
    read twice); two seconds are allowed for clocks that differ.
    """
    ordered = sorted(points, key=lambda point: point.at)
    legs = []
    for start, end in pairwise(ordered):
        kilometres = distance_km(start, end)
        hours = ((end.at - start.at).total_seconds() + _CLOCKS_S) / 3600
        kmh = kilometres / hours
        if kilometres > _SAME_PLACE_KM and kmh > limit_kmh:
            legs.append(Leg(start, end, kilometres, kmh))
    return legs


def distance_km(start: Point, end: Point) -> float:
    """Great-circle distance (haversine)."""
    one, two = math.radians(start.latitude), math.radians(end.latitude)
    across = math.radians(end.longitude - start.longitude)
    half = (
        math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(across / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
