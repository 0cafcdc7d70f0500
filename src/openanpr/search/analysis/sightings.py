"""One read of a vehicle as analysis takes it, and how far two of them lie apart."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0
UNKNOWN_CLOCK: Final = timedelta(seconds=30)
"""How far off a clock may be that nobody has compared."""
_GOOD_CLOCK: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One read: WGS 84 degrees, ``None`` where the place is not known.

    ``clock_offset``: how far its reader's clock was off, as it told with the read; ``None`` where
    it did not. ``likelihood``: the reader's own estimate that the mark is right. ``doubts``: other
    marks that the reader thought of.
    """

    id: uuid.UUID
    vrm: str
    captured_at: datetime
    camera_id: int
    area: str
    likelihood: float
    latitude: float | None = None
    longitude: float | None = None
    clock_offset: timedelta | None = None
    doubts: int = 0

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it was made, as latitude and longitude."""
        if self.latitude is None or self.longitude is None:
            return None
        return (self.latitude, self.longitude)

    @property
    def clock_doubt(self) -> timedelta:
        """How far its time may be off."""
        if self.clock_offset is None:
            return UNKNOWN_CLOCK
        return max(_GOOD_CLOCK, abs(self.clock_offset))


def distance_km(one: Sighting, other: Sighting) -> float | None:
    """Kilometres in a straight line over the ground (haversine); ``None`` where a place is unknown.

    No road is shorter, so a speed made from it is never too high.
    """
    if one.camera_id == other.camera_id and one.latitude == other.latitude:
        return 0.0
    here, there = one.point, other.point
    if here is None or there is None:
        return None
    return kilometres(here, there)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The same for two points as (latitude, longitude)."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
