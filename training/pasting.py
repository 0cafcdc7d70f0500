"""Pasting rendered plates into scenes."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.plates import render_plate
from openanpr.rendering.styles import random_style
from training import conditions
from training.marks import random_mark
from training.scene import HEIGHT, WIDTH, Grey, Rng, Scene


def paste(
    scene: Scene,
    rng: Rng,
    spot: tuple[float, float, float] | None,
    *,
    height: float | None = None,
) -> None:
    """Put a rendered plate into the scene, anywhere or at `spot` (middle x, y and width), in place.

    `height` with a spot makes it cover a real plate of that size there.
    """
    mark = random_mark(rng)
    style = random_style(rng, country=mark.country)
    if height is not None and spot is not None:
        size = max(spot[2], height)
        if spot[2] > 2.2 * height and style.layout != "one-line":
            style = replace(style, layout="one-line", glyph_scale=1.0)
    else:
        size = _size(rng) if spot is None else spot[2] * rng.uniform(0.8, 1.25)
    flat = 520.0 if style.layout == "one-line" else 280.0
    if style.layout != "one-line" and height is None:
        size *= 0.6
    plate = render_plate(
        mark.vrm, style=replace(style, scale=float(np.clip(1.3 * size / flat, 0.06, 0.75))),
        rng=rng, groups=mark.groups,
    )  # fmt: skip
    grey = conditions.to_grey(plate.image, rng)
    rows, width = grey.shape
    if height is None:
        quad = _shape(size, size * rows / width, rng)
    else:
        quad = _shape(size, height, rng, narrow=0.97)
    low, high = quad.min(0), quad.max(0)
    room = np.minimum((quad.max(0) - quad.min(0)) / 2 + 1, [WIDTH / 2 - 1, HEIGHT / 2 - 1])
    if rng.random() < 0.12:  # over the picture's edge
        room = np.array([10.0, 8.0])
    anywhere = rng.uniform(room, np.array([WIDTH, HEIGHT]) - room)
    middle = anywhere if spot is None else np.array(spot[:2])
    quad = quad + middle - (low + high) / 2
    low, high = quad.min(0), quad.max(0)
    out = high - low
    if not scene.free(low[0], low[1], out[0], out[1]):
        return
    _draw(scene, grey, quad, rng)
    box = (float(low[0]), float(low[1]), float(out[0]), float(out[1]))
    if low[0] < -3 or low[1] < -3 or high[0] > WIDTH + 3 or high[1] > HEIGHT + 3:
        scene.ignored.append(box)
    else:
        scene.boxes.append(box)
        scene.corners.append(quad.astype(np.float32))


def _size(rng: Rng) -> float:
    """Return a plate's width in pixels: most are far away, a few very near."""
    size = float(np.exp(rng.uniform(np.log(14), np.log(480))))
    if rng.random() < 0.65:
        size = float(np.exp(rng.uniform(np.log(13), np.log(64))))
    elif rng.random() < 0.2:
        size = float(rng.uniform(240, 480))
    return size


def _draw(scene: Scene, grey: Grey, quad: NDArray[np.float64], rng: Rng) -> None:
    rows, width = grey.shape
    rim = int(rng.integers(0, 2 + width // 40)) if rng.random() < 0.5 else 0
    dim = rng.uniform(0.35, 1.0) if rng.random() < 0.3 else 1.0
    grey = np.asarray(cv2.convertScaleAbs(grey, alpha=dim, beta=0), np.uint8)
    if rim:
        grey = np.asarray(
            cv2.copyMakeBorder(grey, rim, rim, rim, rim, cv2.BORDER_CONSTANT,
                               value=int(rng.integers(0, 256))), np.uint8)  # fmt: skip
    source = np.array([[0, 0], [width, 0], [width, rows], [0, rows]], np.float32) + rim
    matrix = cv2.getPerspectiveTransform(source, quad.astype(np.float32))
    cv2.warpPerspective(
        grey,
        matrix,
        (WIDTH, HEIGHT),
        dst=scene.image,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def _shape(w: float, h: float, rng: Rng, *, narrow: float = 0.7) -> NDArray[np.float64]:
    w *= rng.uniform(narrow, 1.05)
    quad = np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) / 2
    angle = rng.normal(0, 0.06) if rng.random() < 0.8 else rng.normal(0, 0.18)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1.0, rng.normal(0, 0.06)], [rng.normal(0, 0.08), 1.0]])
    quad = quad @ (turn @ slant).T
    jitter: NDArray[np.float64] = rng.normal(0, 0.02, (4, 2)) * np.array([w * 0.5, h])
    return np.asarray(quad + jitter, np.float64)
