"""Marks drawn over a picture for people who check what the reader saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from openanpr.imaging.frames import Corners, Picture, colour

_LINE: Final = (0, 200, 60)
_INK: Final = (255, 255, 255)
_GROUND: Final = (30, 30, 30)


@dataclass(frozen=True, slots=True)
class Label:
    """A quadrilateral in pixels and the text to stand above it."""

    corners: Corners
    text: str


def annotated(picture: Picture, labels: Sequence[Label]) -> Picture:
    """A copy of the picture in colour with each label drawn; sizes follow the picture's."""
    drawn = colour(picture).copy()
    unit = max(drawn.shape[:2]) / 1280
    for label in labels:
        points = np.round(label.corners).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(
            drawn, [points], isClosed=True, color=_LINE, thickness=max(2, round(2 * unit))
        )
        _write(drawn, label, unit=unit)
    return drawn


def _write(drawn: Picture, label: Label, *, unit: float) -> None:
    size, weight = max(0.45, 0.8 * unit), max(1, round(2 * unit))
    face = cv2.FONT_HERSHEY_SIMPLEX
    (width, height), below = cv2.getTextSize(label.text, face, size, weight)
    left = int(max(0, min(label.corners[:, 0].min(), drawn.shape[1] - width)))
    bottom = int(max(height + 4, label.corners[:, 1].min() - 6))
    cv2.rectangle(
        drawn, (left, bottom - height - 4), (left + width, bottom + below), _GROUND, cv2.FILLED
    )
    cv2.putText(drawn, label.text, (left, bottom), face, size, _INK, weight, cv2.LINE_AA)
