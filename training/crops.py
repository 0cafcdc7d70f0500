"""Training crops of the recogniser: a rendered plate, seen by a camera, cut out imperfectly."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.plates import RenderedPlate, render_plate
from openanpr.rendering.styles import COUNTRIES, random_style
from training import backgrounds, conditions
from training.marks import random_mark
from training.sources import Frame

Rng = np.random.Generator
Grey = NDArray[np.uint8]
Points = NDArray[np.float32]

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEIGHT, WIDTH, SLOTS = 48, 144, 10
GROWTH = 0.06
NIGHT, INFRA_RED = 0.14, 0.07  # shares of the crops
UNJUDGED = -100  # class of a slot that the loss passes over


@dataclass(frozen=True, slots=True)
class Crop:
    """A crop, uint8 [48, 144], and its truth.

    `classes` int [10] (0 empty, -100 not judged), `centres` float [10, 2] as x, y in crop pixels
    (nan where unknown), `lines` 1 or 2 (0 unknown), `country` index or -1, `readable`.
    """

    image: Grey
    classes: NDArray[np.int64]
    centres: Points
    lines: int
    country: int
    readable: bool


def random_crop(rng: Rng, frames: list[Frame], *, variants: range | None = None) -> Crop:
    """Return a random training crop, one in twelve of them no plate at all.

    `variants` replaces the variants of type faces trained on, for measuring.
    """
    if rng.random() < 0.085:
        return negative(rng, frames)
    mark = random_mark(rng)
    style = random_style(rng, country=mark.country)
    style = replace(style, scale=float(rng.choice([0.45, 0.6])))
    if variants is not None:
        style = replace(style, variant=int(rng.choice(variants)))
    plate = render_plate(mark.vrm, style=style, rng=rng, groups=mark.groups)
    seen, quad, to_seen = photograph(plate, rng, frames)
    if rng.random() < 0.03:
        return _half(seen, quad, plate.lines, rng)
    crop, to_crop = cut_out(seen, quad, rng)
    centres = np.array([[[b.x + b.w / 2, b.y + b.h / 2] for b in plate.characters]], np.float32)
    placed = cv2.perspectiveTransform(centres, to_crop @ to_seen)[0]
    classes = np.zeros(SLOTS, np.int64)
    places = np.full((SLOTS, 2), np.nan, np.float32)
    for index, box in enumerate(plate.characters[:SLOTS]):
        classes[index] = ALPHABET.index(box.char) + 1
        places[index] = placed[index]
    return Crop(crop, classes, places, plate.lines, COUNTRIES.index(mark.country), True)


def _half(seen: Grey, quad: Points, lines: int, rng: Rng) -> Crop:
    """Return a crop of part of a plate: not to be read, whatever text it shows."""
    share = rng.uniform(0.3, 0.62)
    part = quad.copy()
    if rng.random() < 0.5:
        part[[1, 2]] = quad[[0, 3]] + (quad[[1, 2]] - quad[[0, 3]]) * share
    else:
        part[[0, 3]] = quad[[1, 2]] + (quad[[0, 3]] - quad[[1, 2]]) * share
    image, _ = cut_out(seen, part, rng)
    unknown = np.full(SLOTS, UNJUDGED, np.int64)
    return Crop(image, unknown, np.full((SLOTS, 2), np.nan, np.float32), lines, -1, False)


def _hide(grey: Grey, rng: Rng) -> None:
    height, width = grey.shape
    shade = int(rng.integers(0, 120))
    x = int(rng.integers(0, width))
    thick = max(1, int(height * rng.uniform(0.05, 0.14)))
    if rng.random() < 0.5:  # a tow ball or a strap from below
        top = int(height * rng.uniform(0.6, 0.95))
        cv2.line(grey, (x, height), (x, top), shade, thick)
        cv2.circle(grey, (x, top), thick, shade, -1, cv2.LINE_AA)
    else:  # a bumper's lip or a lamp housing over an edge
        depth = int(height * rng.uniform(0.03, 0.16))
        rows = slice(0, depth) if rng.random() < 0.5 else slice(height - depth, height)
        grey[rows] = shade


def photograph(
    plate: RenderedPlate, rng: Rng, frames: list[Frame]
) -> tuple[Grey, Points, NDArray[np.float64]]:
    """Return the plate in a camera's picture, its corners there, and the homography to it."""
    grey = conditions.to_grey(plate.image, rng)
    if rng.random() < 0.06:
        _hide(grey, rng)
    height, width = grey.shape
    size = _apparent_size(width / height, rng)
    quad = _quad(size, rng)
    low = quad.min(0)
    span = quad.max(0) - low
    margin = span * rng.uniform(0.12, 0.3)
    canvas = np.ceil(span + 2 * margin).astype(int)
    quad = (quad - low + margin).astype(np.float32)
    rim = int(rng.integers(0, 9)) if rng.random() < 0.6 else 0
    if rim:
        shade = int(rng.integers(0, 256))
        grey = np.asarray(
            cv2.copyMakeBorder(grey, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=shade),
            np.uint8,
        )
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, quad)
    shrink = width / max(1.0, size[0])
    if shrink > 1.6:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.32 * shrink), np.uint8)
    seen = backgrounds.patch(frames, int(canvas[1]), int(canvas[0]), rng)
    shifted = matrix @ np.array([[1, 0, -rim], [0, 1, -rim], [0, 0, 1]], np.float64)
    cv2.warpPerspective(
        grey,
        shifted,
        (int(canvas[0]), int(canvas[1])),
        dst=seen,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )
    picture = seen.astype(np.float32)
    draw = rng.random()
    if draw < NIGHT:
        return conditions.night(picture, rng, size[1] / 30), quad, matrix
    if draw < NIGHT + INFRA_RED:
        picture = conditions.infra_red(picture, rng)
    else:
        picture = conditions.light(picture, rng)
    picture = conditions.lens(picture, rng, strength=size[1] / 42)
    return conditions.sensor(picture, rng), quad, matrix


def _apparent_size(aspect: float, rng: Rng) -> tuple[float, float]:
    height = float(np.exp(rng.uniform(np.log(11), np.log(48))))
    if aspect < 2.5:
        height *= 1.7
    return height * aspect * rng.uniform(0.75, 1.1), height


def _quad(size: tuple[float, float], rng: Rng) -> Points:
    w, h = size
    quad = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) / 2
    angle = rng.normal(0, 0.06) if rng.random() < 0.8 else rng.normal(0, 0.16)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1.0, rng.normal(0, 0.08)], [rng.normal(0, 0.06), 1.0]])
    quad = quad @ (turn @ slant).T
    quad += rng.normal(0, 0.025, (4, 2)) * np.array([w * 0.6, h])
    return quad.astype(np.float32)


def cut_out(seen: Grey, quad: Points, rng: Rng) -> tuple[Grey, NDArray[np.float64]]:
    """Return the crop 48x144 as a detector or a person would cut it, and its homography."""
    draw = rng.random()
    if draw < 0.6:
        corners = grow(quad, GROWTH)
        spread = np.array([np.ptp(quad[:, 0]), np.ptp(quad[:, 1])])
        jitter = rng.normal(0, 1, (4, 2)) * 0.45 + rng.normal(0, 1, (1, 2)) * 0.5
        scale = rng.choice([0.015, 0.03, 0.05])
        corners = corners + jitter * scale * spread * np.array([0.6, 1.6])
    else:
        corners = _upright(quad, rng, tight=draw > 0.8)
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flags = cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_CUBIC
    border = cv2.BORDER_REPLICATE if rng.random() < 0.8 else cv2.BORDER_CONSTANT
    crop = cv2.warpPerspective(seen, matrix, (WIDTH, HEIGHT), flags=flags, borderMode=border)
    return np.asarray(crop, np.uint8), matrix


def grow(quad: Points, by: float) -> NDArray[np.float64]:
    """Return the quadrilateral grown about its middle by `by` of its size on each side."""
    middle = quad.mean(0, keepdims=True).astype(np.float64)
    return (quad - middle) * (1 + 2 * by) + middle


def _upright(quad: Points, rng: Rng, *, tight: bool) -> NDArray[np.float64]:
    low, high = quad.min(0).astype(np.float64), quad.max(0).astype(np.float64)
    span = high - low
    reach = 0.05 if tight else 0.15
    low = low - span * rng.uniform(-0.02, reach, 2)
    high = high + span * rng.uniform(-0.02, reach, 2)
    return np.array([low, [high[0], low[1]], high, [low[0], high[1]]])


def negative(rng: Rng, frames: list[Frame]) -> Crop:
    """Return a crop without a readable plate: body work, lettering, badges, half a plate."""
    width = int(rng.integers(40, 200))
    height = max(12, int(width / rng.uniform(1.4, 5)))
    image = backgrounds.patch(frames, height, width, rng)
    draw = rng.random()
    if draw < 0.25:
        backgrounds.lettering(image, rng)
    elif draw < 0.55:
        backgrounds.sign(image, rng)
    elif draw < 0.7:
        backgrounds.grille(image, rng)
    picture = conditions.light(image.astype(np.float32), rng)
    grey = conditions.sensor(conditions.lens(picture, rng), rng)
    crop = cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    return Crop(
        np.asarray(crop, np.uint8),
        np.zeros(SLOTS, np.int64),
        np.full((SLOTS, 2), np.nan, np.float32),
        0,
        -1,
        False,
    )
