"""Points for the map of a page. Whoever calls decides beforehand who may know which place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """One point: WGS 84 degrees; kind ``area`` is drawn wide and vague, ``place`` as a dot."""

    label: str
    latitude: float
    longitude: float
    href: str = ""
    kind: Literal["place", "area"] = "place"


def points(found: Iterable[MapPoint]) -> dict[str, Any]:
    """A GeoJSON feature collection, as the map script reads it."""
    return {"type": "FeatureCollection", "features": [_feature(point) for point in found]}


def _feature(point: MapPoint) -> dict[str, Any]:
    properties = {"label": point.label, "kind": point.kind}
    if point.href:
        properties["href"] = point.href
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
    }
