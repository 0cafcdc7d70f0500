"""The frame gate: is there anything in this frame that the last one looked at did not show?"""

from typing import Final

import numpy as np

from openanpr.imaging import Picture, grey, resize

SHRINK: Final = 8
STEP: Final = 10
SHARE: Final = 0.0006


class FrameGate:
    """Compares frames at an eighth of their size with the last one that was let through."""

    def __init__(self) -> None:
        """Let the first frame through."""
        self._last: Picture | None = None

    def changed(self, frame: Picture) -> bool:
        """Whether the frame is worth looking at; it is then what later ones are compared with."""
        height, width = frame.shape[:2]
        small = grey(resize(frame, width=max(1, width // SHRINK), height=max(1, height // SHRINK)))
        last = self._last
        if last is not None and last.shape == small.shape:
            differing = np.abs(small.astype(np.int16) - last.astype(np.int16)) > STEP
            if np.count_nonzero(differing) < max(2, SHARE * differing.size):
                return False
        self._last = small
        return True
