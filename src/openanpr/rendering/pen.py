"""The box in which one character is drawn, and the simple strokes in it."""

import numpy as np

from openanpr.rendering.faces import Alphabet
from openanpr.rendering.strokes import Path


class Pen:
    """The box of one character: centre-line limits, middle, radius, all in millimetres."""

    def __init__(self, face: Alphabet, width: float) -> None:
        self.face = face
        self.width, self.height, self.stroke = width, face.height, face.stroke
        half = face.stroke / 2
        self.left, self.right = half, width - half
        self.top, self.bottom = half, face.height - half
        self.centre = width / 2
        self.middle = half + (face.height - face.stroke) * face.middle
        self.hook = face.height * face.terminal
        self.radius = face.radius
        # Beyond the box: what reaches over is cut flush.
        self.over = face.height * 0.2

    def line(self, *points: tuple[float, float]) -> Path:
        return np.array(points, dtype=np.float64)

    def stem(self, x: float | None = None) -> Path:
        at = self.left if x is None else x
        return self.line((at, -1.0), (at, self.height + 1.0))

    def bar(self, y: float, start: float = -1.0, end: float | None = None) -> Path:
        return self.line((start, y), (self.width + 1.0 if end is None else end, y))
