"""The visible end of a vehicle: screen, lamps, grille and the place of the plate."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_body import Body
from openanpr.rendering.scenes_details import ROUND, TRIM, dim, end_disc, end_polygon
from openanpr.rendering.scenes_light import Lighting
from openanpr.rendering.scenes_paint import Colour, Layer

Floats = NDArray[np.float64]


def _screen(layer: Layer, body: Body, lighting: Lighting) -> None:
    """The frame of the screen, and the seats and driver dimly seen through it."""
    first, last = body.span("glass" if body.rear else "screen")
    across = np.linspace(-0.9, 0.9, 15)
    for seat in (-0.40, 0.40):
        v = seat + np.cos(ROUND) * 0.115
        s = first + (last - first) * (0.50 + 0.20 * np.sin(ROUND))
        layer.polygon(body.skin(s, v), dim((44, 40, 38), lighting))
        shoulders = np.array((seat - 0.2, seat + 0.2, seat + 0.14, seat - 0.14))
        rows = first + (last - first) * np.array((0.04, 0.04, 0.36, 0.36))
        if not body.rear:
            layer.polygon(body.skin(rows, shoulders), dim((38, 35, 33), lighting))
    sides = np.linspace(first, last, 8)
    ring = np.concatenate(
        (
            body.skin(np.full(15, first), across),
            body.skin(sides, np.full(8, 0.9)),
            body.skin(np.full(15, last), across[::-1]),
            body.skin(sides[::-1], np.full(8, -0.9)),
        )
    )
    layer.line(ring, dim(TRIM, lighting), 0.035, closed=True)
    if not body.rear:
        for start, end in ((-0.62, -0.02), (-0.02, 0.60)):
            wiper = body.skin(
                np.array((first + 0.02 * (last - first), first + 0.12 * (last - first))),
                np.array((start, end)),
            )
            layer.line(wiper, (14, 13, 13), 0.02)


_HEADLAMPS: Final[tuple[list[tuple[float, float]], ...]] = (
    [(0.56, -0.10), (0.98, -0.06), (0.99, 0.03), (0.86, 0.04), (0.60, -0.02)],
    [(0.60, -0.11), (0.97, -0.12), (0.99, 0.00), (0.90, 0.05), (0.64, 0.01)],
    [(0.52, -0.06), (0.97, -0.05), (1.0, 0.04), (0.92, 0.05), (0.54, 0.0)],
)


def paint_front(
    layer: Layer, body: Body, lighting: Lighting, detail: int, plate: tuple[float, float]
) -> Floats:
    """Paint the front end with room for a `plate` (width, height in metres).

    Returns the plate's corners [4, 3], top left first, clockwise.
    """
    trim = dim(TRIM, lighting)
    _screen(layer, body, lighting)
    top = float(body.line[int(body.span("nose")[1]), 1])
    low = float(body.line[0, 1])
    lamp = top - 0.09
    end_polygon(
        layer, body,
        [(-0.62, low + 0.02), (0.62, low + 0.02), (0.74, low + 0.13), (-0.74, low + 0.13)], 1, trim,
    )  # fmt: skip
    _grille(layer, body, lighting, detail, lamp)
    for side in (-1, 1):
        shape = [(v, lamp + z) for v, z in _HEADLAMPS[detail % len(_HEADLAMPS)]]
        end_polygon(layer, body, shape, side, dim((66, 60, 56), lighting))
        glow = 255 * max(0.62, lighting.lamps)
        for centre in (0.70, 0.86):
            end_disc(layer, body, (side * centre, lamp - 0.03), 0.058, (glow, glow, glow * 0.97))
        if detail % 2:
            end_disc(layer, body, (side * 0.78, low + 0.16), 0.045, dim((190, 186, 180), lighting))
    height = low + (0.27 if body.kind != "van" else 0.24)
    return _plate(layer, body, lighting, height, plate)


def _grille(layer: Layer, body: Body, lighting: Lighting, detail: int, lamp: float) -> None:
    dark = dim((24, 22, 22), lighting)
    chrome = dim((150, 146, 142), lighting)
    deep = (0.045, 0.08, 0.06)[detail % 3] * (1.5 if body.kind in ("suv", "van") else 1.0)
    wide = (0.46, 0.50, 0.40)[detail % 3]
    end_polygon(
        layer, body,
        [(-wide, lamp - deep), (wide, lamp - deep), (wide * 1.06, lamp + 0.03),
         (-wide * 1.06, lamp + 0.03)], 1, dark,
    )  # fmt: skip
    v = np.linspace(-wide, wide, 9)
    for row in np.linspace(lamp - deep * 0.75, lamp + 0.015, 3):
        layer.line(
            body.on_end(v, np.full(9, row)) - (0, 0.008, 0), dim((60, 58, 56), lighting), 0.008
        )
    if detail % 3 != 1:
        edge = np.full(9, lamp + 0.03)
        layer.line(body.on_end(v * 1.06, edge) - (0, 0.008, 0), chrome, 0.012)
    end_disc(layer, body, (0.0, lamp - deep * 0.4), 0.05, chrome)
    end_disc(layer, body, (0.0, lamp - deep * 0.4), 0.036, dim((70, 60, 54), lighting))


_TAILLAMPS: Final[tuple[list[tuple[float, float]], ...]] = (
    [(0.66, -0.14), (0.99, -0.16), (0.99, 0.05), (0.78, 0.05), (0.72, -0.02)],
    [(0.58, -0.07), (0.99, -0.10), (0.99, 0.03), (0.62, 0.02)],
    [(0.82, -0.26), (0.99, -0.28), (0.99, 0.08), (0.84, 0.08)],
)


def paint_rear(
    layer: Layer,
    body: Body,
    lighting: Lighting,
    detail: int,
    plate: tuple[float, float],
    *,
    braking: bool,
) -> Floats:
    """Paint the rear end with room for a `plate` (width, height in metres).

    Returns the plate's corners [4, 3], top left first, clockwise.
    """
    trim = dim(TRIM, lighting)
    top = float(body.line[int(body.span("tail")[1]), 1])
    low = float(body.line[0, 1])
    if body.kind == "van":
        _van_doors(layer, body, lighting)
    else:
        _screen(layer, body, lighting)
    bumper = low + 0.36
    v = np.linspace(-0.93, 0.93, 13)
    layer.line(body.on_end(v, np.full(13, bumper)) - (0, 0.006, 0), trim, 0.012)
    end_polygon(
        layer, body,
        [(-0.80, low + 0.01), (0.80, low + 0.01), (0.84, low + 0.12), (-0.84, low + 0.12)], 1, trim,
    )  # fmt: skip
    lamp = top - (0.10 if body.kind != "saloon" else 0.14)
    glow = max(lighting.lamps, 0.35) + (0.3 if braking else 0.0)
    for side in (-1, 1):
        shape = _TAILLAMPS[2 if body.kind == "van" else detail % 2]
        outline = [(a, lamp + z) for a, z in shape]
        end_polygon(layer, body, outline, side, dim((26, 20, 120), lighting, 0.5))
        middle = np.array(outline).mean(axis=0)
        core = [tuple(middle + (np.array(p) - middle) * 0.62) for p in outline]
        lit: Colour = (40 + 50 * glow, 30 + 50 * glow, min(255.0, 150 + 120 * glow))
        end_polygon(layer, body, [(float(a), float(b)) for a, b in core], side, lit)
        end_polygon(
            layer, body,
            [(0.62, low + 0.17), (0.80, low + 0.17), (0.80, low + 0.20), (0.62, low + 0.20)], side,
            dim((30, 24, 130), lighting, 0.4),
        )  # fmt: skip
    on_bumper = body.kind == "saloon" and detail % 2 == 0
    height = low + 0.23 if on_bumper else bumper + (0.17 if body.kind != "saloon" else 0.16)
    strip = np.linspace(-0.3, 0.3, 5)
    layer.line(
        body.on_end(strip, np.full(5, height + 0.085)) - (0, 0.008, 0),
        dim((140, 136, 132), lighting), 0.02,
    )  # fmt: skip
    end_disc(
        layer, body, (0.0, min(top - 0.04, height + 0.16)), 0.042, dim((150, 146, 142), lighting)
    )
    return _plate(layer, body, lighting, height, plate)


def _van_doors(layer: Layer, body: Body, lighting: Lighting) -> None:
    first, last = body.span("glass")
    for side in (-1, 1):
        v = np.array((0.12, 0.78, 0.74, 0.12)) * side
        s = first + (last - first) * np.array((0.22, 0.22, 0.86, 0.86))
        layer.polygon(body.skin(s, v) - (0, 0.004, 0), dim((58, 50, 44), lighting))
    low = float(body.line[0, 1])
    z = np.linspace(low + 0.36, body.height - 0.1, 12)
    seam = np.stack((np.zeros(12), np.interp(z, body.line[:40, 1], body.line[:40, 0]), z), axis=1)
    layer.line(seam - (0, 0.01, 0), dim(TRIM, lighting), 0.014)


def _plate(
    layer: Layer, body: Body, lighting: Lighting, height: float, plate: tuple[float, float]
) -> Floats:
    width, tall = plate
    z = np.array((height + tall / 2, height - tall / 2))
    depth = body.on_end(np.zeros(2), z)
    # The plate is flat: it stands just proud of the outermost part of the curved bumper.
    proud = 0.022
    corners = np.array(
        (
            (-width / 2, depth[0, 1] - proud, depth[0, 2]),
            (width / 2, depth[0, 1] - proud, depth[0, 2]),
            (width / 2, depth[1, 1] - proud, depth[1, 2]),
            (-width / 2, depth[1, 1] - proud, depth[1, 2]),
        )
    )
    middle = corners.mean(axis=0)
    holder = middle + (corners - middle) * np.array((1.05, 1.0, 1.22)) + (0, 0.012, 0)
    layer.polygon(holder, dim((20, 18, 18), lighting))
    return corners


def lamp_places(body: Body) -> Floats:
    """Return the middles [2, 3] of the two lamps of the visible end."""
    if body.rear:
        top = float(body.line[int(body.span("tail")[1]), 1])
        height, v = top - (0.14 if body.kind != "saloon" else 0.17), 0.86
    else:
        top = float(body.line[int(body.span("nose")[1]), 1])
        height, v = top - 0.12, 0.78
    return body.on_end(np.array((-v, v)), np.array((height, height)))
