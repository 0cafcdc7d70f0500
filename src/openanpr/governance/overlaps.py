"""The cameras that are there already, and when they were not watching: the system's own figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from openanpr.access.facts import Actor
from openanpr.access.scope import joined
from openanpr.cameras.gaps import gaps_of
from openanpr.cameras.models import Camera, Site
from openanpr.cameras.queries import cameras_known_to, name_of
from openanpr.cameras.vocabulary import CameraState
from openanpr.governance.models import CameraCase

NEAR_KM: Final = 2.0
LOOKED_AT: Final = timedelta(days=90)
_EARTH_KM: Final = 6371.0
_IN_USE: Final = frozenset({CameraState.APPROVED, CameraState.LIVE, CameraState.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A camera in the same area or near. ``km`` only for those who may know places."""

    id: int
    name: str
    area: str
    direction: str
    state: str
    watched: str
    km: float | None


def neighbours(case: CameraCase, *, actor: Actor, at: datetime) -> list[Neighbour]:
    """The present cameras in the areas of the case, and near its sites; nearest first.

    How near is said only to people with the right to locations, and only to them are cameras of
    another area named for being near.
    """
    own = list(case.cameras.select_related("site"))
    areas, sites = {camera.area_name for camera in own}, [one.site for one in own if one.site]
    ids = {camera.id for camera in own}
    others = [
        camera
        for camera in cameras_known_to(covert=actor.covert_right)
        if camera.id not in ids and camera.state in _IN_USE
    ]
    found = []
    for camera in others:
        km = _nearest(camera, sites) if actor.location_right else None
        if camera.area_name in areas or (km is not None and km <= NEAR_KM):
            found.append((camera, km))
    watched = _watched([camera for camera, _ in found], at=at)
    lines = [_line(camera, km, watched[camera.id], actor) for camera, km in found]
    return sorted(lines, key=lambda one: (one.km is None, one.km or 0.0, one.id))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (WGS 84 degrees) on a sphere (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _nearest(camera: Camera, sites: Iterable[Site]) -> float | None:
    if camera.site is None:
        return None
    here = (camera.site.latitude, camera.site.longitude)
    return min((kilometres(here, (one.latitude, one.longitude)) for one in sites), default=None)


def _watched(cameras: list[Camera], *, at: datetime) -> dict[int, str]:
    period = (at - LOOKED_AT, at)
    gaps = gaps_of(cameras, [period], at=at)
    found = {}
    for camera in cameras:
        down = joined((gap.start, gap.end) for gap in gaps[camera.id])
        lost = sum((end - start for start, end in down), timedelta())
        found[camera.id] = f"{int(100 * (LOOKED_AT - lost) / LOOKED_AT)}%"
    return found


def _line(camera: Camera, km: float | None, watched: str, actor: Actor) -> Neighbour:
    return Neighbour(
        id=camera.id,
        name=name_of(camera, with_location=actor.location_right),
        area=camera.area_name,
        direction=camera.direction,
        state=camera.state,
        watched=watched,
        km=None if km is None else round(km, 1),
    )
