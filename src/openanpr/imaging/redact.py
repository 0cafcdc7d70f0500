"""Pictures for people outside: everything but one plate is blacked out.

What is left out is painted over with one colour, not blurred or made coarse: those can be undone.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from openanpr.imaging.frames import Picture, grey, resize

_SCALES: Final = 26
_FINE: Final = 9
_SMALLEST_PX: Final = 40
_LIKE_ENOUGH: Final = 0.8
_PAINT: Final = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in pixels from its top left corner."""

    x: int
    y: int
    width: int
    height: int


def find_part(picture: Picture, part: Picture) -> Box | None:
    """Where in ``picture`` the picture ``part`` was cut from, whatever its size was then.

    ``None`` where nothing in it is like enough: then nothing can be left standing.
    """
    whole, wanted = grey(picture), grey(part)
    if float(wanted.std()) < 1:  # an even surface is like any other
        return None
    largest = min(whole.shape[1] / wanted.shape[1], whole.shape[0] / wanted.shape[0])
    smallest = min(_SMALLEST_PX / wanted.shape[1], largest)
    found = [_likeness(whole, wanted, one) for one in np.geomspace(smallest, largest, _SCALES)]
    near = max(found, key=lambda one: one[0])[1].width / wanted.shape[1]
    found += [_likeness(whole, wanted, one) for one in np.linspace(0.85 * near, 1.18 * near, _FINE)]
    score, box = max(found, key=lambda one: one[0])
    return box if score >= _LIKE_ENOUGH else None


def _likeness(whole: Picture, wanted: Picture, factor: float) -> tuple[float, Box]:
    """Where the part of this size is most like, and how much: -1 to 1."""
    width = max(4, min(whole.shape[1], round(wanted.shape[1] * factor)))
    height = max(4, min(whole.shape[0], round(wanted.shape[0] * factor)))
    scaled = resize(wanted, width=width, height=height)
    likeness = cv2.matchTemplate(whole, scaled, cv2.TM_CCOEFF_NORMED)
    _, score, _, (x, y) = cv2.minMaxLoc(likeness)
    box = Box(x=x, y=y, width=width, height=height)
    return (float(score) if np.isfinite(score) else -1.0, box)


def only_part(picture: Picture, keep: Box) -> Picture:
    """A copy of the picture with everything outside ``keep`` painted over."""
    covered = np.full_like(picture, _PAINT)
    rows = slice(max(0, keep.y), max(0, keep.y + keep.height))
    columns = slice(max(0, keep.x), max(0, keep.x + keep.width))
    covered[rows, columns] = picture[rows, columns]
    return covered
