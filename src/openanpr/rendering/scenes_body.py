"""The shape of a demo vehicle: a skin over its side outline, closed by two flanks.

Metres. A body is built for the end that the camera sees: x to the right of the picture, y away
from the camera (0 at the nearest bumper), z up.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_outlines import (
    HALF_WIDTHS,
    KINDS,
    OUTLINES,
    TUMBLEHOMES,
    WHEELS,
    Kind,
    Outline,
    Part,
)

__all__ = ["KINDS", "PARTS", "Body", "Faces", "Kind", "Part"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Faces:
    """Four-cornered faces: corners [n, 4, 3], unit normals [n, 3], part of each by number."""

    corners: Floats
    normals: Floats
    parts: NDArray[np.int64]


PARTS: Final[tuple[str, ...]] = ("nose", "bonnet", "screen", "roof", "glass", "tail", "flank")


class Body:
    """A vehicle's shape for one visible end. `step` is the length of a face in metres."""

    def __init__(self, kind: Kind, *, rear: bool, step: float) -> None:
        self.kind = kind
        self.rear = rear
        self.half_width = HALF_WIDTHS[kind]
        outline = OUTLINES[kind]
        self.length = max(y for part in outline for y, _ in part[3])
        self.height = max(z for part in outline for _, z in part[3])
        self.shoulder = outline[1][3][-1][1]
        self._step = step
        self._sample(outline)

    def _sample(self, outline: Outline) -> None:
        runs: list[Floats] = []
        parts: list[NDArray[np.int64]] = []
        falls: list[Floats] = []
        for name, fall, power, points in outline:
            run = _curve(np.array(points), self._step)
            runs.append(run)
            parts.append(np.full(len(run), PARTS.index(name)))
            falls.append(np.tile((fall, power), (len(run), 1)))
        line = np.concatenate(runs)
        part = np.concatenate(parts)
        fall_by = np.concatenate(falls)
        if self.rear:
            line = np.stack((self.length - line[::-1, 0], line[::-1, 1]), axis=1)
            part, fall_by = part[::-1], fall_by[::-1]
        keep = np.r_[True, np.linalg.norm(np.diff(line, axis=0), axis=1) > 1e-6]
        self.line, self.part = line[keep], part[keep]
        width = max(3, round(0.22 / self._step) | 1)
        self._fall = _smooth(fall_by[keep], width)
        tangent = np.gradient(self.line, axis=0)
        tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
        # The outline runs over the top from near to far: its inside is to the right of its course.
        self._inward = _smooth(np.stack((tangent[:, 1], -tangent[:, 0]), axis=1), 3)

    def half_at(self, y: Floats, z: Floats) -> Floats:
        """Return half the body's width at places along it and heights."""
        end = np.minimum(y, self.length - y)
        plan = 1 - 0.07 * np.clip(1 - end / 0.7, 0, 1) ** 2
        below = np.clip((self.shoulder - z) / self.shoulder, 0, 1)
        above = np.clip((z - self.shoulder) / (self.height - self.shoulder), 0, 1.2)
        section = 1 - 0.05 * below**2 - TUMBLEHOMES[self.kind] * above**1.15
        return self.half_width * plan * section

    def skin(self, s: Floats, v: Floats) -> Floats:
        """Return skin points [..., 3]: `s` counts samples of the outline, `v` is -1..1 across."""
        index = np.arange(len(self.line))
        columns = (self.line[:, 0], self.line[:, 1], self._inward[:, 0], self._inward[:, 1])
        y, z, inward_y, inward_z = (np.interp(s, index, column) for column in columns)
        fall = np.interp(s, index, self._fall[:, 0])
        power = np.interp(s, index, self._fall[:, 1])
        by = fall * np.abs(v) ** power
        edge_y, edge_z = y + inward_y * fall, z + inward_z * fall
        x = v * self.half_at(edge_y, edge_z)
        return np.stack((x, y + inward_y * by, z + inward_z * by), axis=-1)

    def span(self, part: Part) -> tuple[float, float]:
        """Return the first and last sample of a part of the skin."""
        found = np.nonzero(self.part == PARTS.index(part))[0]
        return float(found[0]), float(found[-1])

    def on_end(self, v: Floats, z: Floats) -> Floats:
        """Return points [..., 3] of the visible end (nose or tail) at heights `z`."""
        first, last = self.span("tail" if self.rear else "nose")
        index = np.arange(first, last + 1)
        heights = self.line[int(first) : int(last) + 1, 1]
        order = np.argsort(heights)
        return self.skin(np.interp(z, heights[order], index[order]), v)

    def on_flank(self, side: int, y: Floats, z: Floats) -> Floats:
        """Return points [..., 3] of a flank (`side` -1 left, 1 right); `y` runs from the front."""
        place = self.length - y if self.rear else y
        return np.stack((side * (self.half_at(place, z) + 0.004), place, z), axis=-1)

    @property
    def wheels(self) -> tuple[float, float, float]:
        """Radius and the front and rear axle's distance from the front."""
        return WHEELS[self.kind]

    @cached_property
    def faces(self) -> Faces:
        """The skin and both flanks as faces."""
        count = max(6, round(0.9 / self._step))
        across = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 2 * count + 1))
        across = np.sort(np.unique(np.r_[across, -0.9, 0.9]).round(6))
        s, v = np.meshgrid(np.arange(float(len(self.line))), across, indexing="ij")
        grid = self.skin(s, v)
        parts = np.repeat(self.part[1:], len(across) - 1)
        middle = np.tile((across[1:] + across[:-1]) / 2, len(self.line) - 1)
        pillars = np.isin(parts, (2, 4)) & (np.abs(middle) > 0.9)
        parts = np.where(pillars, PARTS.index("roof"), parts)
        corners = [_quads(grid)]
        numbers = [parts]
        for side in (-1, 1):
            flank = _quads(self._flank_grid(side))
            corners.append(flank)
            numbers.append(np.full(len(flank), PARTS.index("flank")))
        shape = (len(self.line) - 1, len(across) - 1)
        return self._oriented(np.concatenate(corners), np.concatenate(numbers), shape)

    def _flank_grid(self, side: int) -> Floats:
        s = np.arange(len(self.line), dtype=np.float64)
        edge = self.skin(s, np.full(len(s), float(side)))
        first, last = int(np.argmin(edge[:, 1])), int(np.argmax(edge[:, 1]))
        along = np.linspace(edge[first, 1], edge[last, 1], max(12, round(2.2 / self._step)))
        top = np.interp(along, edge[first : last + 1, 1], edge[first : last + 1, 2])
        sill = np.interp(along, *_lower(edge, first, last))
        share = np.linspace(0, 1, max(6, round(0.5 / self._step)))
        z = sill[:, None] + (top - sill)[:, None] * share[None, :]
        y = np.broadcast_to(along[:, None], z.shape)
        return np.stack((side * self.half_at(y, z), y, z), axis=-1)

    def _oriented(self, corners: Floats, parts: NDArray[np.int64], skin: tuple[int, int]) -> Faces:
        normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        middle = corners.mean(axis=1)
        axis = np.stack(
            (
                np.zeros(len(middle)),
                np.clip(middle[:, 1], 0.8, self.length - 0.8),
                np.full(len(middle), 0.65),
            ),
            axis=1,
        )
        inside = np.einsum("ij,ij->i", normals, middle - axis) < 0
        normals[inside] *= -1
        # Light runs smoothly over the skin: each face shines as its neighbours do.
        count = skin[0] * skin[1]
        normals[:count] = _blended(normals[:count].reshape(*skin, 3)).reshape(-1, 3)
        size = np.linalg.norm(normals, axis=1)
        keep = size > 1e-9
        return Faces(corners[keep], normals[keep] / size[keep, None], parts[keep])


def _blended(grid: Floats) -> Floats:
    """Each vector of a grid [s, v, 3] with its eight neighbours added."""
    wide = np.pad(grid, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows, cols = grid.shape[:2]
    shifts = [(a, b) for a in range(3) for b in range(3)]
    return np.asarray(sum(wide[a : a + rows, b : b + cols] for a, b in shifts))


def _lower(edge: Floats, first: int, last: int) -> tuple[Floats, Floats]:
    low_front, low_rear = edge[: first + 1][::-1], edge[last:][::-1]
    line = np.concatenate((low_front, low_rear))
    order = np.argsort(line[:, 1], kind="stable")
    return line[order, 1], line[order, 2]


def _quads(grid: Floats) -> Floats:
    quads = np.stack((grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]), axis=2)
    return quads.reshape(-1, 4, 3)


def _curve(points: Floats, step: float) -> Floats:
    """A smooth line (Catmull-Rom) through the points, sampled every `step`."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    knots = np.concatenate((before[None], points, after[None]))
    pieces: list[Floats] = []
    for i in range(1, len(knots) - 2):
        p0, p1, p2, p3 = knots[i - 1 : i + 3]
        count = max(1, round(float(np.linalg.norm(p2 - p1)) / step))
        t = (np.arange(count) / count)[:, None]
        pieces.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
        )
    pieces.append(points[-1:])
    return np.concatenate(pieces)


def _smooth(values: Floats, width: int) -> Floats:
    if width < 2 or len(values) < width:
        return values
    kernel = np.ones(width) / width
    padded = np.pad(values, ((width // 2, width // 2), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, kernel, "valid") for column in padded.T], axis=1)
