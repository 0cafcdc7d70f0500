"""Places and scenes of a question, and how they are told to the access policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: cameras by id, or whole areas by name; ``label`` is what the asker called it."""

    camera_ids: frozenset[int] = frozenset()
    areas: frozenset[str] = frozenset()
    label: str = ""

    def facts(self) -> dict[str, Any]:
        """As plain JSON; cameras by id alone."""
        return {"camera_ids": sorted(self.camera_ids), "areas": sorted(self.areas)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneOf:
    """A place and its time."""

    place: Place
    start: datetime
    end: datetime

    def facts(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            **self.place.facts(),
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
        }


def where(places: Sequence[Place]) -> dict[str, Any]:
    """By cameras or by areas; the two together would be narrowed to what is in both."""
    if any(place.camera_ids for place in places) and any(place.areas for place in places):
        raise ValueError("name the places of one search all by cameras or all by areas")
    cameras = frozenset(str(one) for place in places for one in place.camera_ids)
    areas = frozenset(area for place in places for area in place.areas)
    return {"camera_ids": cameras or None, "camera_areas": areas or None}


def place_from(facts: Mapping[str, Any]) -> Place:
    """The place that was kept as these facts."""
    return Place(camera_ids=frozenset(facts["camera_ids"]), areas=frozenset(facts["areas"]))


def scene_from(facts: Mapping[str, Any]) -> SceneOf:
    """The scene that was kept as these facts."""
    return SceneOf(
        place=place_from(facts),
        start=datetime.fromisoformat(facts["from"]),
        end=datetime.fromisoformat(facts["to"]),
    )


def counted(place: Place) -> str:
    """How many cameras and areas it names, in words."""
    cameras, areas = len(place.camera_ids), len(place.areas)
    words = []
    if cameras:
        words.append(f"{cameras} camera{'' if cameras == 1 else 's'}")
    if areas:
        words.append(f"{areas} area{'' if areas == 1 else 's'}")
    return " of ".join(words) if words else "no place"
