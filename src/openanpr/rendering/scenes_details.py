"""What sits on a vehicle's body: wheels, side windows and mirrors, and the means to paint it."""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_body import Body
from openanpr.rendering.scenes_light import Lighting
from openanpr.rendering.scenes_paint import Colour, Layer

Floats = NDArray[np.float64]

_TYRE: Final[Colour] = (22, 20, 20)
TRIM: Final[Colour] = (30, 28, 28)
ROUND: Final = np.linspace(0, 2 * np.pi, 25)[:-1]


def dim(colour: Colour, lighting: Lighting, least: float = 0.0) -> Colour:
    lit = (np.array(lighting.ambient) + 0.5 * np.array(lighting.sun)) * lighting.exposure
    tone = np.clip(np.array(colour) * np.maximum(lit, least), 0, 255)
    return float(tone[0]), float(tone[1]), float(tone[2])


def _mirrored(points: list[tuple[float, float]], side: int) -> tuple[Floats, Floats]:
    array = np.array(points)
    return array[:, 0] * side, array[:, 1]


def _dense(points: list[tuple[float, float]], count: int = 6) -> list[tuple[float, float]]:
    """The closed outline with points between its corners, so that it follows a curved body."""
    ring = np.array([*points, points[0]])
    share = np.arange(count) / count
    pieces = [a + (b - a) * t for a, b in pairwise(ring) for t in share]
    return [(float(v), float(z)) for v, z in pieces]


def end_polygon(
    layer: Layer, body: Body, points: list[tuple[float, float]], side: int, colour: Colour
) -> None:
    v, z = _mirrored(_dense(points), side)
    layer.polygon(body.on_end(v, z) - (0, 0.006, 0), colour)


def end_disc(
    layer: Layer, body: Body, centre: tuple[float, float], radius: float, colour: Colour
) -> None:
    """A disc of `radius` metres at (across -1..1, height) on the visible end."""
    v = centre[0] + np.cos(ROUND) * radius / body.half_width
    layer.polygon(body.on_end(v, centre[1] + np.sin(ROUND) * radius) - (0, 0.008, 0), colour)


def paint_under(layer: Layer, body: Body) -> None:
    """Paint what is seen beneath the body: its dark belly and the nearer axle's tyres."""
    radius, front, rear = body.wheels
    near, far = (body.length - rear, body.length - front) if body.rear else (front, rear)
    half = body.half_width - 0.09
    floor = np.array(
        (
            (-half, near, 0.34),
            (half, near, 0.34),
            (half - 0.1, near, 0.15),
            (0.1 - half, near, 0.15),
        )
    )
    for place in (far, near):
        for side in (-1, 1):
            layer.polygon(_tyre(side * half, side * (half - 0.19), place, radius), _TYRE)
    layer.polygon(floor, (16, 15, 15))


def _tyre(outer: float, inner: float, axle: float, radius: float) -> Floats:
    edge, round_by = np.sign(outer - inner) * 0.03, 0.05
    return np.array(
        ((outer, axle, radius * 1.3), (inner, axle, radius * 1.3),
         (inner, axle, round_by), (inner + edge, axle, 0.0),
         (outer - edge, axle, 0.0), (outer, axle, round_by))
    )  # fmt: skip


def paint_flanks(layer: Layer, body: Body, lighting: Lighting, detail: int) -> None:
    """Paint wheels, side windows and the sill of the flank that the camera sees."""
    if abs(layer.origin[0]) < body.half_width + 0.05:
        return  # the camera stands right before the end, and sees no flank
    side = 1 if layer.origin[0] < 0 else -1
    radius, front, rear = body.wheels
    trim, tyre = dim(TRIM, lighting), dim(_TYRE, lighting, 0.4)
    rim = dim((150, 148, 146) if detail % 3 else (70, 68, 66), lighting)
    for axle in (front, rear):
        for size, colour in ((1.16, trim), (1.0, tyre), (0.68, rim), (0.18, trim)):
            y = axle + np.cos(ROUND) * radius * size
            z = np.maximum(radius + np.sin(ROUND) * radius * size, 0.0)
            layer.polygon(body.on_flank(side, y, z), colour)
    low, high = body.shoulder + 0.03, body.height - 0.13
    if body.kind == "van":
        ends: tuple[tuple[float, float, float, float], ...] = ((1.15, 1.35, 2.05, 2.05),)
    else:
        length = body.length
        ends = (
            (front + 0.62, front + 1.12, 0.52 * length, 0.52 * length),
            (0.54 * length, 0.54 * length, 0.80 * length, 0.86 * length),
        )
    glass = dim((72, 62, 52), lighting)
    for low_front, high_front, high_rear, low_rear in ends:
        corners = [(low_front, low), (high_front, high), (high_rear, high), (low_rear, low)]
        y, z = _mirrored(_dense(corners, 4), 1)
        layer.polygon(body.on_flank(side, y, z), glass)
    line = np.linspace(0.3, body.length - 0.3, 12)
    layer.line(body.on_flank(side, line, np.full(12, 0.33)), trim, 0.03)


def paint_mirrors(layer: Layer, body: Body, paint: Colour) -> None:
    """Paint the door mirrors."""
    place = (body.length - 1.45) if body.rear else 1.45
    if body.kind == "van":
        place = (body.length - 1.15) if body.rear else 1.15
    size = 1.5 if body.kind == "van" else 1.0
    height = body.shoulder + 0.08 * size
    for side in (-1, 1):
        out = side * (body.half_width + 0.10)
        ring = np.stack(
            (
                out + np.cos(ROUND) * 0.115,
                np.full(len(ROUND), place),
                height + np.sin(ROUND) * 0.075 * size,
            ),
            axis=1,
        )
        stalk = np.array(
            ((out, place, height - 0.03), (side * body.half_width * 0.9, place, height - 0.09))
        )
        layer.line(stalk, TRIM, 0.05)
        layer.polygon(ring, paint)
        if body.rear:
            middle = np.array((out, place, height))
            layer.polygon(middle + (ring - middle) * 0.78, (120, 110, 104))
