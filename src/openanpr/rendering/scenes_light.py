"""The light of a demo scene: colours of sky, sun and ground, and how surfaces shine in it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_camera import Light

Floats = NDArray[np.float64]
Triple = tuple[float, float, float]  # blue, green, red, 0..255 (or 0..1 for a strength)


@dataclass(frozen=True, slots=True)
class Lighting:
    """All colours BGR. `sun` is a strength a channel, `sun_from` a direction towards the sun."""

    zenith: Triple
    horizon: Triple
    haze: Triple
    sun: Triple
    sun_from: Triple
    ambient: Triple
    bounce: Triple
    mirror_ground: Triple
    exposure: float
    lamps: float  # how brightly vehicle lamps shine, 0..1
    plate: float  # how bright a white plate is, 0..1.1


LIGHTS: Final[dict[Light, Lighting]] = {
    "day": Lighting(
        zenith=(222, 168, 110), horizon=(240, 228, 212), haze=(226, 214, 196),
        sun=(0.62, 0.70, 0.76), sun_from=(-0.45, -0.55, 0.70),
        ambient=(0.58, 0.52, 0.48), bounce=(0.20, 0.22, 0.22),
        mirror_ground=(78, 84, 84), exposure=1.0, lamps=0.25, plate=1.0,
    ),
    "dusk": Lighting(
        zenith=(138, 84, 66), horizon=(118, 158, 238), haze=(132, 138, 178),
        sun=(0.16, 0.26, 0.44), sun_from=(0.55, 0.80, 0.22),
        ambient=(0.44, 0.36, 0.36), bounce=(0.10, 0.09, 0.09),
        mirror_ground=(44, 40, 42), exposure=0.86, lamps=0.7, plate=0.92,
    ),
    "night": Lighting(
        zenith=(34, 20, 14), horizon=(58, 42, 34), haze=(50, 38, 32),
        sun=(0.16, 0.26, 0.34), sun_from=(-0.35, -0.30, 0.88),
        ambient=(0.17, 0.14, 0.13), bounce=(0.05, 0.06, 0.07),
        mirror_ground=(16, 18, 20), exposure=0.9, lamps=1.0, plate=0.95,
    ),
}  # fmt: skip


def sky(lighting: Lighting, rise: Floats) -> Floats:
    """Return the sky's colour [..., 3] by the sine of the elevation [...], 0 at the horizon."""
    share = np.clip(rise, 0, 1)[..., None] ** 0.55
    low, high = np.array(lighting.horizon), np.array(lighting.zenith)
    colour: Floats = low + (high - low) * share
    return colour


def _mirrored(lighting: Lighting, ray: Floats) -> Floats:
    above = sky(lighting, ray[..., 2])
    ground = np.array(lighting.mirror_ground)
    # A dark band of hedges stands on the mirrored horizon: it gives paint its streaks.
    hedge = np.exp(-(((ray[..., 2] - 0.06) / 0.09) ** 2))[..., None]
    share = np.clip((ray[..., 2] + 0.03) / 0.06, 0, 1)[..., None]
    mixed = ground + (above - ground) * share
    seen: Floats = mixed * (1 - 0.55 * hedge)
    return seen


def shade(
    lighting: Lighting, normals: Floats, towards_eye: Floats, base: Triple, *, gloss: float
) -> Floats:
    """Return the colours [n, 3] of surfaces with unit `normals` [n, 3].

    `gloss` is how much of the sky a surface mirrors when seen straight on: 0.02 for plastic,
    0.10 for paint, 0.3 for glass.
    """
    sun_from = np.array(lighting.sun_from)
    sun_from /= np.linalg.norm(sun_from)
    up = normals[:, 2]
    lit = (
        np.array(lighting.ambient) * (0.62 + 0.38 * up)[:, None]
        + np.array(lighting.bounce) * (0.5 - 0.5 * up)[:, None]
        + np.array(lighting.sun) * np.maximum(normals @ sun_from, 0)[:, None]
    )
    facing = np.clip(np.einsum("ij,ij->i", normals, towards_eye), 0, 1)
    mirror = gloss + (0.62 - 0.3 * (gloss < 0.05)) * (1 - facing) ** 4
    ray = 2 * facing[:, None] * normals - towards_eye
    half = sun_from + towards_eye
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    spark = np.clip(np.einsum("ij,ij->i", normals, half), 0, 1) ** 90
    shine = (spark * min(1.0, gloss * 7))[:, None] * np.array(lighting.sun) * 240
    colours = np.array(base) * lit + mirror[:, None] * _mirrored(lighting, ray) + shine
    shown: Floats = np.clip(colours * lighting.exposure, 0, 255)
    return shown
