"""Filled strokes with flat ends and rounded corners, drawn by OpenCV as coverage masks."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Vertex = tuple[float, float] | tuple[float, float, float]
Path = NDArray[np.float64]
Mask = NDArray[np.uint8]

_SHIFT = 4
_ARC_STEPS = 7


def fillet(vertices: Sequence[Vertex], radius: float) -> Path:
    """Return the polyline [n, 2] through `vertices` with inner corners rounded.

    A vertex may carry its own radius as third value; 0 keeps the corner sharp. A radius too
    large for its neighbouring edges is cut down to what fits.
    """
    points = [np.array(vertex[:2], dtype=np.float64) for vertex in vertices]
    out: list[NDArray[np.float64]] = [points[0]]
    for index in range(1, len(points) - 1):
        vertex = vertices[index]
        own = vertex[2] if len(vertex) == 3 else radius
        out.extend(_corner(points[index - 1], points[index], points[index + 1], own))
    out.append(points[-1])
    return np.array(out)


def closed(left: float, top: float, right: float, bottom: float, radius: float) -> Path:
    """Return a closed rounded rectangle, starting and ending in the middle of its top edge."""
    centre = (left + right) / 2
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners: list[Vertex] = [
        (centre, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
        (centre, top),
    ]
    return fillet(corners, radius)


def _corner(
    before: NDArray[np.float64],
    at: NDArray[np.float64],
    after: NDArray[np.float64],
    radius: float,
) -> list[NDArray[np.float64]]:
    to_before, to_after = before - at, after - at
    length_before = float(np.hypot(*to_before))
    length_after = float(np.hypot(*to_after))
    if radius <= 0 or min(length_before, length_after) < 1e-6:
        return [at]
    to_before, to_after = to_before / length_before, to_after / length_after
    cosine = float(np.clip(np.dot(to_before, to_after), -1, 1))
    if cosine < -0.999:
        return [at]
    reach = radius / np.tan(np.arccos(cosine) / 2)
    reach = min(reach, length_before, length_after)
    start, end = at + to_before * reach, at + to_after * reach
    steps = np.linspace(0, 1, _ARC_STEPS)
    # A conic with weight sin(half angle) is the circle's arc.
    weight = float(np.sin(np.arccos(cosine) / 2))
    a, b, c = (1 - steps) ** 2, 2 * steps * (1 - steps) * weight, steps**2
    total = a + b + c
    return [(a[i] * start + b[i] * at + c[i] * end) / total[i] for i in range(_ARC_STEPS)]


def draw(paths: Sequence[Path], width: float, height: float, stroke: float, scale: float) -> Mask:
    """Return the coverage mask, uint8 [height*scale, width*scale], of `paths` with `stroke`.

    `width`, `height`, `stroke` and the paths share one unit; `scale` is pixels a unit. What
    runs over the box is cut, which is how a stroke gets an end flush with the box.
    """
    over = 3
    rows, columns = max(2, round(height * scale)), max(2, round(width * scale))
    canvas = np.zeros((rows * over, columns * over), np.uint8)
    factor = np.array([columns * over / width, rows * over / height])
    unit = float(factor[1])
    half = stroke / 2
    for path in paths:
        _draw_path(canvas, path, half, factor, unit)
    return cv2.resize(canvas, (columns, rows), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _draw_path(
    canvas: Mask, path: Path, half: float, factor: NDArray[np.float64], unit: float
) -> None:
    one = 1 << _SHIFT
    for start, end in pairwise(path):
        along = end - start
        length = float(np.hypot(*along))
        if length < 1e-9:
            continue
        across = np.array([-along[1], along[0]]) / length * half
        quad = np.array([start + across, end + across, end - across, start - across])
        fixed = np.round((quad * factor - 0.5) * one).astype(np.int32)
        cv2.fillConvexPoly(canvas, fixed, 255, cv2.LINE_8, _SHIFT)
    for joint in path[1:-1]:
        x, y = np.round((joint * factor - 0.5) * one).astype(int)
        cv2.circle(canvas, (int(x), int(y)), round(half * unit * one), 255, -1, cv2.LINE_8, _SHIFT)
    if np.allclose(path[0], path[-1]):
        x, y = np.round((path[0] * factor - 0.5) * one).astype(int)
        cv2.circle(canvas, (int(x), int(y)), round(half * unit * one), 255, -1, cv2.LINE_8, _SHIFT)
