"""The drawn map of a pack: sites to scale for those who may know them, areas otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Final

_WIDTH: Final = 600
_HEIGHT: Final = 360
_EDGE: Final = 40
_INK: Final = "#12304f"
_LEAST_SPAN: Final = 0.002
"""Degrees: places nearer than that are not spread over the whole drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place and how many reads were made there; without a position it is drawn in a list."""

    label: str
    reads: int
    latitude: float | None = None
    longitude: float | None = None


def map_of(spots: Sequence[Spot]) -> str:
    """An SVG of the places; the table beside it says the same."""
    placed = [one for one in spots if one.latitude is not None and one.longitude is not None]
    if placed and len(placed) == len(spots):
        return _whole(_HEIGHT, _to_scale(placed))
    return _whole(_EDGE + 34 * max(1, len(spots)), _in_rows(spots))


def _to_scale(spots: Sequence[Spot]) -> list[str]:
    """North is up; a degree of longitude is as wide as at the middle of the places."""
    latitudes = [one.latitude or 0.0 for one in spots]
    longitudes = [one.longitude or 0.0 for one in spots]
    south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
    narrow = max(0.1, cos(radians((south + north) / 2)))
    span_x = max((east - west) * narrow, _LEAST_SPAN)
    span_y = max(north - south, _LEAST_SPAN)
    scale = min((_WIDTH - 2 * _EDGE) / span_x, (_HEIGHT - 2 * _EDGE) / span_y)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    drawn = []
    for one, latitude, longitude in zip(spots, latitudes, longitudes, strict=True):
        x = _WIDTH / 2 + (longitude - middle_x) * narrow * scale
        y = _HEIGHT / 2 - (latitude - middle_y) * scale
        drawn += _dot(x, y, one)
    kilometre = scale / 111.32
    north_up = f'<text x="{_WIDTH - 100}" y="20" font-size="12">North is up</text>'
    return [*drawn, *_ruler(kilometre), north_up]


def _in_rows(spots: Sequence[Spot]) -> list[str]:
    return [part for row, one in enumerate(spots) for part in _dot(_EDGE, 30 + 34 * row, one)]


def _dot(x: float, y: float, spot: Spot) -> list[str]:
    radius = min(14.0, 5 + spot.reads**0.5)
    left = x > _WIDTH * 0.7
    anchor = "end" if left else "start"
    words = escape(f"{spot.label}: {spot.reads}")
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{_INK}" fill-opacity="0.75"/>',
        f'<text x="{x + (-radius - 4 if left else radius + 4):.1f}" y="{y + 4:.1f}" '
        f'font-size="12" text-anchor="{anchor}">{words}</text>',
    ]


def _ruler(kilometre: float) -> list[str]:
    """A line as long as a round number of kilometres that is not too long to draw."""
    length = next((one for one in (50, 20, 10, 5, 2, 1) if one * kilometre <= 200), 0.1)
    end = 20 + length * kilometre
    y = _HEIGHT - 14
    return [
        f'<path d="M20 {y}H{end:.1f}" stroke="{_INK}" stroke-width="2"/>',
        f'<text x="{end + 6:.1f}" y="{y + 4}" font-size="12">{length:g} km</text>',
    ]


def _whole(height: float, parts: Sequence[str]) -> str:
    inner = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'width="{_WIDTH}" height="{height:.0f}" font-family="Libertinus Serif, serif">'
        f'<rect width="100%" height="100%" fill="#ffffff" stroke="#d5dde2"/>{inner}</svg>'
    )
