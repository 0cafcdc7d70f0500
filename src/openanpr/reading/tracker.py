"""Which plate of this frame is which of the last: constant velocity, overlap, and the text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from openanpr.reading.assignment import least_cost_pairs
from openanpr.reading.values import Box
from openanpr.vrm import canonical, confusions

NEW_REACH: Final = 2.5
"""How many plate widths a plate may jump while its speed is unknown."""

KNOWN_REACH: Final = 1.5
TEXT_REACH: Final = 12.0
SHORTEST_PART: Final = 4
_IMPOSSIBLE: Final = 6.0
_SAME_TEXT: Final = 2.0
_SMOOTHING: Final = 0.6


@dataclass(frozen=True, slots=True)
class Sighting:
    """A plate in one frame as the tracker needs it; `text` is the reading, if there is one."""

    box: Box
    text: str | None


@dataclass(slots=True)
class Motion:
    """Where a plate is and how it moves, in pixels and seconds."""

    x: float
    y: float
    width: float
    height: float
    seen: float
    speed_x: float = 0.0
    speed_y: float = 0.0
    sightings: int = 1
    strayed: float = 0.0
    start: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def of(cls, box: Box, seconds: float) -> "Motion":
        """A plate at rest until it is seen a second time."""
        x, y = box.centre
        return cls(x, y, float(box.width), float(box.height), seconds, start=(x, y))

    def predicted(self, seconds: float) -> tuple[float, float]:
        """The middle of the plate if it moved on as it did; a long gap is not trusted."""
        passed = min(seconds - self.seen, 0.5)
        return self.x + self.speed_x * passed, self.y + self.speed_y * passed

    def follow(self, box: Box, seconds: float) -> None:
        """Take the new place, and its step as the speed."""
        x, y = box.centre
        passed = max(seconds - self.seen, 1e-3)
        share = 1.0 if self.sightings == 1 else _SMOOTHING
        self.speed_x += share * ((x - self.x) / passed - self.speed_x)
        self.speed_y += share * ((y - self.y) / passed - self.speed_y)
        self.x, self.y = x, y
        self.width, self.height = float(box.width), float(box.height)
        self.strayed = max(self.strayed, math.dist((x, y), self.start))
        self.seen = seconds
        self.sightings += 1

    @property
    def parked(self) -> bool:
        """Whether the plate never was further than its own width from where it was first seen."""
        return self.strayed < self.width


@dataclass(frozen=True, slots=True)
class Followed:
    """A track as the tracker needs it."""

    motion: Motion
    text: str | None


def assign(
    tracks: Sequence[Followed], sightings: Sequence[Sighting], *, seconds: float
) -> dict[int, int]:
    """Which sighting (value) belongs to which track (key); each at most once, the rest unmatched.

    The sum of costs over all pairs is the least (Hungarian method).
    """
    if not tracks or not sightings:
        return {}
    costs = np.array(
        [[_cost(track, sighting, seconds) for sighting in sightings] for track in tracks]
    )
    return {
        row: column for row, column in least_cost_pairs(costs) if costs[row, column] < _IMPOSSIBLE
    }


def alike(one: str | None, other: str | None) -> bool:
    """Whether two readings may be of one plate.

    They are the same but for one character, or two that are often confused, or one is a part of
    the other: a plate that is partly hidden or out of the picture gives a part of its mark.
    """
    if not one or not other:
        return False
    shorter, longer = sorted((canonical(one), canonical(other)), key=len)
    if (len(shorter) >= SHORTEST_PART and shorter in longer) or shorter == longer:
        return True
    if len(shorter) == len(longer) > SHORTEST_PART:
        misread = sum(a != b for a, b in zip(shorter, longer, strict=True))
        if misread == 1:
            return True
    differing = confusions(one, other)
    return differing is not None and differing <= 2


def overlap(motion: Motion, box: Box, seconds: float) -> float:
    """Intersection over union of the predicted and the seen box."""
    x, y = motion.predicted(seconds)
    wide = min(x + motion.width / 2, box.x + box.width) - max(x - motion.width / 2, box.x)
    high = min(y + motion.height / 2, box.y + box.height) - max(y - motion.height / 2, box.y)
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    return shared / (motion.width * motion.height + box.width * box.height - shared)


def _cost(track: Followed, sighting: Sighting, seconds: float) -> float:
    motion, box = track.motion, sighting.box
    same_text = alike(track.text, sighting.text)
    larger = max(motion.width, box.width)
    x, y = motion.predicted(seconds)
    away = math.hypot(box.centre[0] - x, box.centre[1] - y) / larger
    reach = KNOWN_REACH if motion.sightings > 1 else NEW_REACH
    if same_text:
        reach = TEXT_REACH
    ratio = box.width / motion.width
    if away > reach or not 0.4 < ratio < 2.5:
        return _IMPOSSIBLE
    near = overlap(motion, box, seconds)
    different = track.text is not None and sighting.text is not None and not same_text
    # Another text far from where this plate should be is another vehicle.
    if different and near < 0.1 and away > 0.75:
        return _IMPOSSIBLE
    # Every possible pair costs less than half of an impossible one, so that no plate is given
    # to the wrong track only to find a partner for something that has none.
    cost = away / reach + (1.0 - near) + abs(math.log(ratio))
    return cost - (_SAME_TEXT if same_text else 0.0)
