"""Paint one vehicle into a picture: shadow, body, lamps, windows, plate and their shine."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering import scenes_details as details
from openanpr.rendering import scenes_ends as ends
from openanpr.rendering.scenes_body import PARTS, Body, Kind
from openanpr.rendering.scenes_camera import View
from openanpr.rendering.scenes_light import Lighting, shade
from openanpr.rendering.scenes_paint import Box, Layer, box_around

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

PAINTS: Final[dict[str, tuple[float, float, float]]] = {  # blue, green, red
    "white": (226, 228, 230), "silver": (168, 166, 162), "grey": (98, 94, 90),
    "black": (30, 28, 28), "blue": (128, 66, 26), "red": (34, 28, 150), "green": (58, 76, 30),
    "orange": (26, 92, 206), "light blue": (186, 146, 98), "beige": (150, 178, 190),
}  # fmt: skip
_GLASS: Final = (34.0, 32.0, 30.0)
_FAR_STEP: Final = 0.13
_NEAR_STEP: Final = 0.055


@dataclass(frozen=True, slots=True)
class Look:
    """What a vehicle looks like; `detail` chooses its lamps, grille and wheels."""

    kind: Kind
    paint: str
    detail: int = 0


@lru_cache(maxsize=64)
def _body(kind: Kind, rear: bool, step: float) -> Body:  # noqa: FBT001 - a key of the cache
    return Body(kind, rear=rear, step=step)


def paint_vehicle(
    picture: Image,
    *,
    view: View,
    lighting: Lighting,
    look: Look,
    rear: bool,
    place: tuple[float, float],
    plate: Image,
    plate_scale: float,
    braking: bool = False,
) -> Floats | None:
    """Paint a vehicle into `picture` [h, w, 3] in place.

    `place` is its middle (right of the camera) and its nearest bumper (ahead), in metres;
    `plate` is the flat plate, drawn with `plate_scale` pixels a millimetre. Returns the
    plate's corners [4, 2] in pixels (top left, then clockwise), or None where the vehicle lies
    outside the picture.
    """
    near = view.focal / max(place[1], 1.0) > 100
    body = _body(look.kind, rear, _NEAR_STEP if near else _FAR_STEP)
    origin = np.array((place[0], place[1], 0.0))
    corners = body.faces.corners
    hull = corners.reshape(-1, 3)[::7] + origin
    ground = hull * np.array((1.0, 1.0, 0.0))
    places, _ = view.project(np.concatenate((hull, ground)))
    box = box_around(places, 0.22 * view.focal / place[1])
    if box.empty:
        return None
    beneath = box_around(places[len(hull) :], 0.7 * view.focal / place[1])
    _shadow(picture, view, lighting, body, origin, beneath)
    layer = Layer(view, box, place)
    tone = _tone(PAINTS[look.paint], lighting)
    details.paint_under(layer, body)
    if rear:
        details.paint_mirrors(layer, body, tone)
    _paint_faces(layer, body, lighting, look)
    details.paint_flanks(layer, body, lighting, look.detail)
    if not rear:
        details.paint_mirrors(layer, body, tone)
    size = (plate.shape[1] / plate_scale / 1000, plate.shape[0] / plate_scale / 1000)
    if rear:
        quad = ends.paint_rear(layer, body, lighting, look.detail, size, braking=braking)
    else:
        quad = ends.paint_front(layer, body, lighting, look.detail, size)
    corners_seen = layer.picture(_lit(plate, lighting), quad)
    layer.lay_over(picture, soften=0.55)
    _shine(picture, layer, body, lighting, braking=braking)
    return corners_seen


def _tone(base: tuple[float, float, float], lighting: Lighting) -> tuple[float, float, float]:
    lit = np.array(base) * (np.array(lighting.ambient) + 0.4 * np.array(lighting.sun))
    tone = np.clip(lit * lighting.exposure, 0, 255)
    return float(tone[0]), float(tone[1]), float(tone[2])


def _lit(plate: Image, lighting: Lighting) -> Image:
    return np.asarray(cv2.convertScaleAbs(plate, alpha=lighting.plate), np.uint8)


def _paint_faces(layer: Layer, body: Body, lighting: Lighting, look: Look) -> None:
    faces = body.faces
    eye = np.array((0.0, 0.0, layer.view.height)) - layer.origin
    middle = faces.corners.mean(axis=1)
    towards = eye - middle
    distance = np.linalg.norm(towards, axis=1)
    towards = towards / distance[:, None]
    seen = np.einsum("ij,ij->i", towards, faces.normals) > -0.05
    order = np.nonzero(seen)[0]
    order = order[np.argsort(-distance[order])]
    normals, towards, parts = faces.normals[order], towards[order], faces.parts[order]
    colours = shade(lighting, normals, towards, PAINTS[look.paint], gloss=0.09)
    glass = np.isin(parts, (PARTS.index("screen"), PARTS.index("glass")))
    if look.kind == "van":
        glass = parts == PARTS.index("screen")
    if glass.any():
        colours[glass] = shade(lighting, normals[glass], towards[glass], _GLASS, gloss=0.26)
    low = middle[order, 2]
    grime = np.clip(0.72 + 0.28 * (low - 0.2) / 0.35, 0.6, 1.0)
    layer.faces(faces.corners[order], colours * grime[:, None])


def _shadow(
    picture: Image, view: View, lighting: Lighting, body: Body, origin: Floats, box: Box
) -> None:
    half, length = body.half_width, body.length
    shift = -0.45 * lighting.sun_from[0]
    outline = np.array(
        ((-half, 0.06, 0), (half, 0.06, 0), (half + shift, length, 0), (-half + shift, length, 0),
         (-half + min(shift, 0.0) * 1.4, length * 0.5, 0)),
    )  # fmt: skip
    small = 4
    size = ((box.bottom - box.top) // small + 1, (box.right - box.left) // small + 1)
    mask = np.zeros(size, np.uint8)
    places, _ = view.project(outline + origin)
    shape = cv2.convexHull(((places - (box.left, box.top)) / small * 16).astype(np.int32))
    cv2.fillConvexPoly(mask, np.asarray(shape, np.int32), 175.0, cv2.LINE_AA, 4)
    blur = max(0.8, 0.07 * view.focal / float(origin[1]) / small)
    soft = cv2.GaussianBlur(mask, (0, 0), blur)
    part = picture[box.top : box.bottom, box.left : box.right]
    full = cv2.resize(soft, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
    kept = cv2.cvtColor(255 - full, cv2.COLOR_GRAY2BGR)
    cv2.multiply(part, kept, dst=part, scale=1 / 255)


@lru_cache(maxsize=4)
def _flare(red: bool) -> NDArray[np.float32]:  # noqa: FBT001 - a key of the cache
    size = 129
    along = np.linspace(-1, 1, size)
    x, y = np.meshgrid(along, along)
    radius = np.hypot(x, y)
    glow = np.exp(-((radius / 0.16) ** 2)) + 0.34 * np.exp(-((radius / 0.42) ** 2))
    glow += 0.20 * np.exp(-((y / 0.02) ** 2)) * np.exp(-((x / 0.5) ** 2))
    glow *= np.clip((1 - radius) / 0.35, 0, 1)
    colour = (0.12, 0.10, 1.0) if red else (0.92, 0.98, 1.0)
    return np.asarray(glow[..., None] * np.array(colour) * 235, np.float32)


def _shine(picture: Image, layer: Layer, body: Body, lighting: Lighting, *, braking: bool) -> None:
    strength = lighting.lamps
    if body.rear:
        strength = min(1.0, strength * 0.55 + (0.45 if braking else 0.0))
    if strength < 0.4:
        return
    for point in ends.lamp_places(body):
        centre = layer.places(point)
        reach = layer.scale_at(point) * (0.34 if body.rear else 0.62) * (0.6 + 0.4 * strength)
        _add_flare(picture, centre, reach, strength, red=body.rear)


def _add_flare(picture: Image, centre: Floats, reach: float, strength: float, *, red: bool) -> None:
    radius = max(3, round(reach))
    left, top = round(float(centre[0])) - radius, round(float(centre[1])) - radius
    size = 2 * radius + 1
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(picture.shape[1], left + size), min(picture.shape[0], top + size)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    flare = cv2.resize(_flare(red), (size, size), interpolation=cv2.INTER_LINEAR)
    flare = flare[y0 - top : y1 - top, x0 - left : x1 - left] * strength
    part = picture[y0:y1, x0:x1]
    cv2.add(part, np.clip(flare, 0, 255).astype(np.uint8), dst=part)
