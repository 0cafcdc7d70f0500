"""Looks at one plate: further ones where the first left doubt, one of two at the same place."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from openanpr.imaging import Corners
from openanpr.reading.decoding import decode
from openanpr.reading.values import Box, Decoded, Detection, PlateScores
from openanpr.reading.vote import Vote

SURE: Final = 0.9
"""A reading as probable as this needs no second look."""

SAME_PLACE: Final = 0.25
_WIDER: Final = (0.08, 0.1)
_CERTAINTY_POWER: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A detection with what was read in it; `text` is None where nothing was."""

    detection: Detection
    scores: PlateScores
    text: Decoded | None

    @property
    def worth(self) -> float:
        """How likely this is a plate that was read right."""
        return self.scores.readable * (self.text.confidence if self.text else 0.0)


def second_corners(detection: Detection) -> list[Corners]:
    """Where else the plate's edges may be: a little further out, and the upright box."""
    top_left, top_right, bottom_right, bottom_left = detection.corners
    across, down = _WIDER
    top, bottom = (top_right - top_left) * across, (bottom_right - bottom_left) * across
    left, right = (bottom_left - top_left) * down, (bottom_right - top_right) * down
    wider = np.stack(
        [
            top_left - top - left,
            top_right + top - right,
            bottom_right + bottom + right,
            bottom_left - bottom + left,
        ]
    ).astype(np.float32)
    return [wider, corners_of(detection.box)]


def corners_of(box: Box) -> Corners:
    """The four corners of an upright box."""
    right, bottom = box.x + box.width, box.y + box.height
    return np.array(
        [[box.x, box.y], [right, box.y], [right, bottom], [box.x, bottom]], dtype=np.float32
    )


def joined(
    looks: Sequence[PlateScores], *, day: datetime.date | None, hint: str | None
) -> tuple[PlateScores, Decoded | None]:
    """The vote of several looks at one plate in one picture; the surest has by far most weight."""
    vote = Vote(most=1.0)
    for scores in looks:
        certainty = float(np.exp(scores.characters.max(axis=1).mean()))
        vote.add(scores, weight=certainty**_CERTAINTY_POWER * scores.readable + 1e-9)
    result = vote.result()
    if result is None:
        raise ValueError("a vote needs at least one look")
    return result, decode(result, day=day, hint=hint)


def distinct_looks(looks: Sequence[Look]) -> list[Look]:
    """Of looks at one place the worthiest: two plates never cover each other in a picture."""
    kept: list[Look] = []
    for look in sorted(looks, key=lambda look: (-look.worth, -look.detection.score)):
        if all(covered(look.detection.box, other.detection.box) < SAME_PLACE for other in kept):
            kept.append(look)
    return kept


def covered(one: Box, other: Box) -> float:
    """The share of the smaller box that the other covers."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max(1, min(one.width * one.height, other.width * other.height))
