"""An area given by its corners, and the cameras that stand in it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from openanpr.cameras.queries import cameras_known_to

MOST_CORNERS: Final = 100

Corner = tuple[float, float]


class AreaError(ValueError):
    """Corners that make no area; the message says which line is wrong and how to write it."""


def corners(text: str) -> tuple[Corner, ...]:
    """The corners, one a line as ``latitude, longitude`` in WGS 84 degrees. Raises AreaError."""
    found: list[Corner] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = line.replace(",", " ").split()
        try:
            latitude, longitude = (float(part) for part in parts)
        except ValueError:
            raise AreaError(
                f"Line {number} is no point: write latitude, longitude, such as 51.75, 0.48"
            ) from None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise AreaError(f"Line {number} lies nowhere: latitude comes first, up to 90 degrees")
        found.append((latitude, longitude))
    if len(found) < 3:
        raise AreaError("An area has three corners or more, one a line")
    if len(found) > MOST_CORNERS:
        raise AreaError(f"An area has at most {MOST_CORNERS} corners")
    return tuple(found)


def lies_within(point: Corner, area: Sequence[Corner]) -> bool:
    """Whether a point lies in the area, by the even-odd rule on latitude and longitude as a plane.

    For areas of a county's size that do not cross the 180th meridian.
    """
    latitude, longitude = point
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise((*area, area[0])):
        if (lat_a > latitude) != (lat_b > latitude):
            crossing = lon_a + (latitude - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
            inside ^= longitude < crossing
    return inside


def cameras_within(area: Sequence[Corner], *, covert: bool) -> frozenset[int]:
    """The ids of the cameras that stand there; those in vehicles stand nowhere."""
    return frozenset(
        camera.id
        for camera in cameras_known_to(covert=covert)
        if camera.site is not None
        and lies_within((camera.site.latitude, camera.site.longitude), area)
    )
