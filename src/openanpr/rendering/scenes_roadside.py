"""What stands beside a demo road: hedges, trees, far woods, houses, posts and lamps."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_camera import WIDTH, CameraStyle, View
from openanpr.rendering.scenes_light import Lighting

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

_FARTHEST: Final = 150.0
_SHIFT: Final = 4
_LARGEST_LEAF: Final = 17.0  # pixels


def paint_roadside(
    picture: Image,
    style: CameraStyle,
    lighting: Lighting,
    *,
    seed: int,
    drive: float,
    period: float,
) -> None:
    """Paint all that stands beside the road into `picture`, farthest first, in place."""
    rng = np.random.default_rng(seed + 17)
    _far_woods(picture, style, lighting, rng)
    if style.scenery == "town":
        _houses(picture, style, lighting, rng)
        _street_lamps(picture, style, lighting)
        return
    _hedges(picture, style, lighting, rng, drive if style.moving else 0.0, period)
    _posts(picture, style, lighting, drive if style.moving else 0.0, period)


def _lit(colour: Floats, lighting: Lighting) -> Floats:
    level = np.array(lighting.ambient) + 0.75 * np.array(lighting.sun)
    return colour * level * lighting.exposure


def _hazed(colour: Floats, lighting: Lighting, distance: Floats | float) -> Floats:
    share = 1 - np.exp(-np.maximum(np.asarray(distance) - 25, 0) / 210)
    hazed: Floats = colour + (np.array(lighting.haze) - colour) * np.asarray(share)[..., None]
    return hazed


def _discs(picture: Image, places: Floats, radii: Floats, colours: Floats) -> None:
    """Paint discs at `places` [n, 2] in order; all in pixels."""
    centres = (places * (1 << _SHIFT)).astype(np.int32)
    sizes = np.maximum(radii * (1 << _SHIFT), 8).astype(np.int32)
    tones = np.clip(colours, 0, 255)
    for centre, size, tone in zip(centres.tolist(), sizes.tolist(), tones.tolist(), strict=True):
        cv2.circle(picture, centre, size, tone, -1, cv2.LINE_AA, _SHIFT)


def _far_woods(
    picture: Image, style: CameraStyle, lighting: Lighting, rng: np.random.Generator
) -> None:
    horizon = style.view.horizon
    x = np.arange(-20, WIDTH + 20, dtype=np.float64)
    for layer, (tall, distance) in enumerate(((26.0, 420.0), (17.0, 230.0))):
        ridge = np.zeros_like(x)
        for _ in range(7):
            ridge += np.sin(x / rng.uniform(60, 420) + rng.uniform(0, 7)) / 7
        top = horizon - tall * (0.75 + 0.5 * ridge) * style.view.focal / 2150
        count = 900
        spots = rng.uniform(-20, WIDTH + 20, count)
        rows = np.interp(spots, x, top) + rng.uniform(0, 1, count) ** 0.7 * tall
        order = np.argsort(rows)
        shade = rng.normal(0, 7, (count, 1)) + (rows.max() - rows)[:, None] * 0.5
        base = _lit(np.array((44.0, 74.0, 62.0)) + shade, lighting)
        colours = _hazed(base, lighting, np.full(count, distance))
        radii = rng.uniform(3.0, 7.5, count) * (1.1 - 0.2 * layer)
        _discs(
            picture,
            np.stack((spots, np.minimum(rows, horizon + 3)), axis=1)[order],
            radii[order],
            colours[order],
        )


def _leaves(
    view: View, points: Floats, sizes: Floats, tones: Floats, lighting: Lighting
) -> tuple[Floats, Floats, Floats]:
    places, depth = view.project(points)
    colours = _hazed(_lit(tones, lighting), lighting, depth)
    # The nearest leaves are drawn no larger than leaves look.
    return places, np.minimum(sizes * view.focal / depth, _LARGEST_LEAF), colours


def _hedges(
    picture: Image,
    style: CameraStyle,
    lighting: Lighting,
    rng: np.random.Generator,
    drive: float,
    period: float,
) -> None:
    points: list[Floats] = []
    sizes: list[Floats] = []
    tones: list[Floats] = []
    for side, edge in ((-1, style.left_edge - 2.2), (1, style.right_edge + 2.4)):
        for tall, wide, count in ((1.7, 0.9, 1300), (0.35, 0.7, 420)):
            base = np.stack(
                (
                    edge + side * rng.normal(0.4 if tall > 1 else -0.8, wide / 2, count),
                    rng.uniform(0, period, count),
                    tall * rng.uniform(0, 1, count) ** 0.75,
                ),
                axis=1,
            )
            size = rng.uniform(0.06, 0.17, count) * (1.0 if tall > 1 else 0.5)
            tone = _leaf_tones(rng, base[:, 2] / tall, dry=tall < 1)
            _repeat(points, sizes, tones, (base, size, tone), drive, period)
        tree, size, tone = _tree(rng, edge + side * 4.6, period)
        _repeat(points, sizes, tones, (tree, size, tone), drive, period * 2)
    everything = np.concatenate(points)
    order = np.argsort(-everything[:, 1])
    places, radii, colours = _leaves(
        style.view, everything, np.concatenate(sizes), np.concatenate(tones), lighting
    )
    seen = order[np.abs(places[order, 0] - WIDTH / 2) < WIDTH * 0.62 + radii[order]]
    _discs(picture, places[seen], radii[seen], colours[seen])


def _leaf_tones(rng: np.random.Generator, share: Floats, *, dry: bool) -> Floats:
    base = np.array((58.0, 116.0, 104.0) if dry else (40.0, 88.0, 66.0))
    shade = (share * 0.75 + 0.42)[:, None]
    return base * shade + rng.normal(0, 9, (len(share), 1)) + rng.normal(0, 5, (len(share), 3))


def _tree(rng: np.random.Generator, x: float, period: float) -> tuple[Floats, Floats, Floats]:
    count, trunk = 520, 70
    middle = rng.uniform(0, period)
    high, crown = rng.uniform(4.6, 6.2), rng.uniform(1.7, 2.5)
    ball = rng.normal(0, 1, (count, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    ball *= (rng.uniform(0.25, 1, (count, 1)) ** 0.5) * np.array((crown, 0.6, crown * 0.95))
    leaves = ball + np.array((x, middle, high))
    share = (leaves[:, 2] - high + crown) / (2 * crown)
    wood = np.stack(
        (np.full(trunk, x), np.full(trunk, middle + 0.7), np.linspace(0, high, trunk)), axis=1
    )
    tones = np.concatenate(
        (np.tile((44.0, 56.0, 66.0), (trunk, 1)), _leaf_tones(rng, share, dry=False))
    )
    sizes = np.concatenate((np.full(trunk, 0.15), rng.uniform(0.14, 0.36, count)))
    return np.concatenate((wood, leaves)), sizes, tones


def _repeat(
    points: list[Floats],
    sizes: list[Floats],
    tones: list[Floats],
    what: tuple[Floats, Floats, Floats],
    drive: float,
    period: float,
) -> None:
    base, size, tone = what
    for number in range(int(_FARTHEST / period) + 1):
        moved = base + np.array((0.0, number * period - drive, 0.0))
        moved[:, 1] = np.where(moved[:, 1] < 3.0, moved[:, 1] + _FARTHEST, moved[:, 1])
        # Far leaves are fewer and larger: nobody can count them.
        step = 1 + int(moved[:, 1].mean() / 35)
        points.append(moved[::step])
        sizes.append(size[::step] * step**0.5)
        tones.append(tone[::step])


def _stick(
    picture: Image, view: View, foot: tuple[float, float], heights: tuple[float, float],
    width: float, colour: Floats,
) -> None:  # fmt: skip
    x, y = foot
    half = width / 2
    corners = np.array(
        ((x - half, y, heights[0]), (x + half, y, heights[0]),
         (x + half, y, heights[1]), (x - half, y, heights[1]))
    )  # fmt: skip
    places, _ = view.project(corners)
    shape = (places * (1 << _SHIFT)).astype(np.int32)
    cv2.fillConvexPoly(picture, shape, np.clip(colour, 0, 255).tolist(), cv2.LINE_AA, _SHIFT)


def _posts(
    picture: Image, style: CameraStyle, lighting: Lighting, drive: float, period: float
) -> None:
    white = _lit(np.array((216.0, 218.0, 220.0)), lighting)
    red = _lit(np.array((40.0, 36.0, 190.0)), lighting)
    for ahead in np.arange(period * 8 + 4.0, 4.0, -period):
        y = float(ahead) - drive % period
        for x in (style.left_edge - 1.1, style.right_edge + 1.1):
            if y > 4:
                _stick(picture, style.view, (x, y), (0.0, 0.95), 0.10, white)
                _stick(picture, style.view, (x, y), (0.70, 0.84), 0.10, red)


def _houses(
    picture: Image, style: CameraStyle, lighting: Lighting, rng: np.random.Generator
) -> None:
    for ahead in np.arange(88.0, 6.0, -6.0):
        for side, edge in ((-1, style.left_edge - 3.4), (1, style.right_edge + 3.4)):
            _house(picture, style.view, lighting, rng, (edge, float(ahead), side))


def _house(
    picture: Image,
    view: View,
    lighting: Lighting,
    rng: np.random.Generator,
    where: tuple[float, float, int],
) -> None:
    x, ahead, side = where
    brick = np.array(((66.0, 84.0, 128.0), (120.0, 138.0, 150.0), (84.0, 100.0, 132.0)))
    lamp = np.array((0.10, 0.18, 0.22)) * 255 * float(np.exp(-(((ahead % 17) / 9) ** 2))) * 0.35
    wall = _hazed(
        _lit(brick[int(rng.integers(3))] + rng.normal(0, 8), lighting) + lamp, lighting, ahead
    )
    roof = _hazed(_lit(np.array((62.0, 58.0, 60.0)), lighting), lighting, ahead)
    tall = 5.2 + float(rng.uniform(-0.2, 0.3))
    _wall(picture, view, x, (ahead, ahead + 6.0), (0.0, tall), wall)
    _wall(picture, view, x + side * 0.2, (ahead, ahead + 6.0), (tall, tall + 1.9), roof)
    for y in (ahead + 0.8, ahead + 3.6):
        for low in (0.9, 3.1):
            warm = rng.random() < 0.42
            glow = np.array((96.0, 178.0, 236.0)) * rng.uniform(0.55, 1.0)
            pane = glow if warm else _lit(np.array((70.0, 60.0, 54.0)), lighting)
            _wall(picture, view, x - side * 0.02, (y - 0.1, y + 1.5), (low - 0.1, low + 1.45),
                  _lit(np.array((190.0, 192.0, 194.0)), lighting))  # fmt: skip
            _wall(picture, view, x - side * 0.04, (y, y + 1.4), (low, low + 1.35), pane)


def _wall(
    picture: Image, view: View, x: float, along: tuple[float, float],
    heights: tuple[float, float], colour: Floats,
) -> None:  # fmt: skip
    corners = np.array(
        ((x, along[0], heights[0]), (x, along[1], heights[0]),
         (x, along[1], heights[1]), (x, along[0], heights[1]))
    )  # fmt: skip
    places, _ = view.project(corners)
    shape = (np.clip(places, -4000, 6000) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillConvexPoly(picture, shape, np.clip(colour, 0, 255).tolist(), cv2.LINE_AA, _SHIFT)


def _street_lamps(picture: Image, style: CameraStyle, lighting: Lighting) -> None:
    metal = _lit(np.array((120.0, 118.0, 116.0)), lighting)
    for number, ahead in reversed(list(enumerate(np.arange(8.0, 80.0, 17.0)))):
        left = number % 2 == 1
        x = style.left_edge - 0.6 if left else style.right_edge + 0.6
        y = float(ahead)
        _stick(picture, style.view, (x, y), (0.0, 5.6), 0.12, metal)
        arm = 0.9 if left else -0.9
        head = np.array(((x, y, 5.6), (x + arm, y, 5.75)))
        places, depth = style.view.project(head)
        ends = places.round().astype(int).tolist()
        thick = max(1, round(0.09 * style.view.focal / float(depth[0])))
        cv2.line(picture, ends[0], ends[1], metal.tolist(), thick, cv2.LINE_AA)
        _glow(picture, places[1], 0.75 * style.view.focal / float(depth[1]))


def _glow(picture: Image, place: Floats, radius: float) -> None:
    reach = int(radius * 2.2)
    x0, y0 = max(0, int(place[0]) - reach), max(0, int(place[1]) - reach)
    x1, y1 = min(WIDTH, int(place[0]) + reach), min(picture.shape[0], int(place[1]) + reach)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    x, y = np.meshgrid(np.arange(x0, x1) - place[0], np.arange(y0, y1) - place[1])
    away = np.hypot(x, y) / radius
    light = np.exp(-((away / 0.22) ** 2)) + 0.4 * np.exp(-((away / 0.8) ** 2))
    colour = np.array((150.0, 215.0, 255.0))
    part = picture[y0:y1, x0:x1]
    part[:] = np.clip(part + light[..., None] * colour, 0, 255).astype(np.uint8)
