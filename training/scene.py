"""A scene of the detector's training: the picture, its plates and what must not be judged."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from training import backgrounds

Rng = np.random.Generator
Grey = NDArray[np.uint8]

HEIGHT, WIDTH = 320, 512


@dataclass(slots=True)
class Scene:
    """A grey picture, uint8 [320, 512], its plates and what must not be judged.

    `boxes` are x, y, w, h in pixels; `corners` [4, 2] TL, TR, BR, BL or None where a real
    frame does not tell them; `ignored` are boxes that count neither way.
    """

    image: Grey
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    corners: list[NDArray[np.float32] | None] = field(default_factory=list)
    ignored: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, x: float, y: float, w: float, h: float) -> bool:
        """Return whether the rectangle is clear of every plate so far."""
        taken = np.array([*self.boxes, *self.ignored], np.float64).reshape(-1, 4)
        return not backgrounds.overlaps(taken, x - 3, y - 3, w + 6, h + 6)
