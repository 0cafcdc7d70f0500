"""The still part of a demo scene: sky, land, road, hedges, trees, houses and street lamps."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_camera import HEIGHT, WIDTH, CameraStyle
from openanpr.rendering.scenes_light import LIGHTS, Lighting, sky
from openanpr.rendering.scenes_roadside import paint_roadside

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

# All that a moving camera passes repeats after so many metres, so a few pictures make a drive.
PERIOD: Final = 12.0
DASH: Final = 4.0
GAP: Final = 2.0
_TILE: Final = 512
_STRIP: Final = 48  # rows
_OUT_OF_FOCUS: Final = 1.25  # pixels


@lru_cache(maxsize=4)
def _noise(seed: int) -> NDArray[np.float32]:
    """A tile of cloudy noise [512, 512], mean 0, that repeats at its edges."""
    rng = np.random.default_rng(seed)
    total = np.zeros((_TILE, _TILE), np.float32)
    for power, weight in ((3, 1.0), (4, 0.7), (5, 0.5), (6, 0.4), (7, 0.35), (9, 0.35)):
        cells = rng.standard_normal((2**power, 2**power)).astype(np.float32)
        wrapped = np.pad(cells, 2, mode="wrap")
        share = _TILE >> power
        large = cv2.resize(wrapped, None, fx=share, fy=share, interpolation=cv2.INTER_CUBIC)
        total += weight * large[2 * share : 2 * share + _TILE, 2 * share : 2 * share + _TILE]
    return np.asarray(total / total.std(), np.float32)


def _sample(tile: NDArray[np.float32], x: Floats, y: Floats) -> Floats:
    return np.asarray(
        cv2.remap(
            tile, (x % _TILE).astype(np.float32), (y % _TILE).astype(np.float32),
            cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP,
        ), np.float64,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ground:
    x: Floats
    y: Floats
    pixel: Floats  # metres a pixel across

    def band(self, middle: float, width: float) -> Floats:
        """How much of each pixel a line along the road covers, 0..1."""
        reach = (width / 2 - np.abs(self.x - middle)) / self.pixel + 0.5
        return np.clip(reach, 0, 1) * np.clip(width / self.pixel, 0, 1)


def paint_ground(style: CameraStyle, *, seed: int, drive: float = 0.0) -> Image:
    """Return the scene without vehicles, uint8 [720, 1280, 3] BGR.

    `drive` is how far a moving camera has driven, in metres; it repeats after `PERIOD`.
    """
    lighting = LIGHTS[style.light]
    picture = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    x, y, pixel = style.view.ground()
    horizon = int(np.clip(style.view.horizon + 1, 0, HEIGHT))
    # In strips: whole pictures of floats would take a hundred times the memory of the result.
    for top, bottom in _strips(0, horizon):
        picture[top:bottom] = _bytes(_sky(style, lighting, seed, top, bottom))
    for top, bottom in _strips(horizon, HEIGHT):
        rows = slice(top, bottom)
        ground = _Ground(x[rows], y[rows] + drive, pixel[rows])
        picture[rows] = _bytes(_hazed(_road(style, lighting, ground, seed), lighting, y[rows]))
    paint_roadside(picture, style, lighting, seed=seed, drive=drive, period=PERIOD)
    _vignette(picture)
    # The lens is focused on the vehicles. A softer background leaves them the bytes of the JPEG.
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _OUT_OF_FOCUS), np.uint8)


def _strips(top: int, bottom: int) -> list[tuple[int, int]]:
    return [(row, min(row + _STRIP, bottom)) for row in range(top, bottom, _STRIP)]


def _bytes(colours: Floats) -> Image:
    return np.clip(colours, 0, 255).astype(np.uint8)


def _sky(style: CameraStyle, lighting: Lighting, seed: int, top: int, bottom: int) -> Floats:
    view = style.view
    rows = (np.arange(top, bottom) - view.horizon) / view.focal
    rise = np.clip(-rows * 2.2, 0, 1)
    canvas = np.repeat(sky(lighting, rise)[:, None, :], WIDTH, axis=1)
    cols = (np.arange(WIDTH) - WIDTH / 2) / view.focal
    up = np.maximum(-rows, 0.004)
    x, y = np.meshgrid(cols, up)
    cloud = _sample(_noise(seed + 5), 26 * x / (y + 0.05) + 40, 30 / (y + 0.05))
    share = np.clip(cloud * 0.55 - 0.05, 0, 1)[..., None] * np.clip(up / 0.05, 0, 1)[:, None, None]
    pale = np.array(lighting.horizon) * 1.04 + 6
    clouded: Floats = canvas + (pale - canvas) * share * (0.25 if style.light == "night" else 0.75)
    return clouded


def _road(style: CameraStyle, lighting: Lighting, ground: _Ground, seed: int) -> Floats:
    fine, broad = _noise(seed), _noise(seed + 1)
    fade = np.clip(0.022 / ground.pixel, 0.05, 1)
    # 512 / 12 keeps the noise the same after each period of a drive.
    turn = _TILE / PERIOD
    grain = _sample(fine, ground.x * turn * 4, ground.y * turn) * fade
    patch = _sample(broad, ground.x * turn * 0.5 + 90, ground.y * turn)
    grass = np.array((52.0, 96.0, 84.0)) + np.stack(
        [grain * 15 + patch * 9, grain * 20 + patch * 12, grain * 18 + patch * 14], axis=-1
    )
    if style.scenery == "town":
        grass = np.array((128.0, 132.0, 136.0)) + (grain * 7 + patch * 4)[..., None]
        _pave(grass, ground)
    tarmac = np.array((96.0, 93.0, 92.0)) + (grain * 9 + patch * 3.5)[..., None]
    for lane in style.lanes:
        for track in (-0.78, 0.78):
            worn = np.exp(-(((ground.x - lane.x - track) / 0.33) ** 2))
            tarmac -= (worn * 8)[..., None]
        oil = np.exp(-(((ground.x - lane.x) / 0.25) ** 2))
        tarmac -= (oil * 6)[..., None]
    ragged = patch * 0.05 if style.scenery != "town" else 0.0
    inside = np.minimum(ground.x - style.left_edge, style.right_edge - ground.x) + ragged
    on_road = np.clip(inside / ground.pixel / 2 + 0.5, 0, 1)[..., None]
    land = grass + (tarmac - grass) * on_road
    land = _marked(style, ground, land, patch)
    return land * _light_on(style, lighting, ground)


def _pave(land: Floats, ground: _Ground) -> None:
    for along, size in ((ground.x, 0.6), (ground.y, 0.9)):
        edge = np.abs((along / size) % 1 - 0.5)
        joint = np.clip((edge - 0.485) / 0.015, 0, 1) * np.clip(0.012 / ground.pixel, 0, 1)
        land -= (joint * 26)[..., None]


def _marked(style: CameraStyle, ground: _Ground, land: Floats, patch: Floats) -> Floats:
    phase = ground.y % (DASH + GAP)
    reach = np.minimum(phase, DASH - phase) / (ground.pixel * 8) + 0.5
    blur = np.clip(6.0 / (ground.pixel * ground.y * 3 + 1e-6), 0, 1)
    dashes = np.clip(reach, 0, 1) * blur + (1 - blur) * DASH / (DASH + GAP)
    lines = ground.band(style.centre_line, 0.13) * dashes
    for edge, inward in ((style.left_edge, 1), (style.right_edge, -1)):
        lines = np.maximum(lines, ground.band(edge + inward * 0.28, 0.12))
    if style.scenery == "town":
        for edge, outward in ((style.left_edge, -1), (style.right_edge, 1)):
            kerb = ground.band(edge + outward * 0.07, 0.14)[..., None]
            land = land + (np.array((150.0, 154.0, 156.0)) - land) * kerb * 0.8
    white = np.array((214.0, 218.0, 218.0)) - np.clip(patch, -1, 2)[..., None] * 9
    return land + (white - land) * (lines * 0.88)[..., None]


def _light_on(style: CameraStyle, lighting: Lighting, ground: _Ground) -> Floats:
    level = np.array(lighting.ambient) + np.array(lighting.sun) * max(0.25, lighting.sun_from[2])
    light = np.broadcast_to(level, (*ground.x.shape, 3)).copy()
    if style.scenery == "town":
        for number, ahead in enumerate(np.arange(8.0, 80.0, 17.0)):
            side = style.left_edge - 0.4 if number % 2 else style.right_edge + 0.4
            away = ((ground.x - side * 0.55) / 4.2) ** 2 + ((ground.y - ahead) / 6.0) ** 2
            light += np.exp(-away)[..., None] * np.array((0.26, 0.42, 0.52))
    return light * lighting.exposure


def _hazed(colours: Floats, lighting: Lighting, ahead: Floats) -> Floats:
    share = (1 - np.exp(-np.maximum(ahead - 25, 0) / 210))[..., None]
    hazed: Floats = colours + (np.array(lighting.haze) - colours) * share
    return hazed


def _vignette(picture: Image) -> None:
    across, down = np.linspace(-1, 1, WIDTH) * 0.9, np.linspace(-1, 1, HEIGHT) * 0.75
    for top, bottom in _strips(0, HEIGHT):
        away = np.hypot(across[None, :], down[top:bottom, None])
        keep = 1 - 0.16 * np.clip(away - 0.35, 0, 1)
        picture[top:bottom] = (picture[top:bottom] * keep[..., None]).astype(np.uint8)
