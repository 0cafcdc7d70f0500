"""What happens to a whole scene: it leans, lamps shine into it, it was smaller before."""

import cv2
import numpy as np

from training import conditions
from training.scene import HEIGHT, WIDTH, Rng, Scene


def shift(scene: Scene, rng: Rng) -> None:
    """Lean and turn the whole scene, so that plates stand askew on their vehicles, in place."""
    angle, lean, rise = rng.normal(0, 0.07), rng.normal(0, 0.1), rng.normal(0, 0.16)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    both = turn @ np.array([[1.0, lean], [rise, 1.0]])
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    matrix = np.concatenate([both, (middle - both @ middle)[:, None]], axis=1)
    scene.image = np.asarray(
        cv2.warpAffine(scene.image, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT_101),
        np.uint8,
    )
    boxes, corners, ignored = [], [], []
    for box, quad in zip(scene.boxes, scene.corners, strict=True):
        points = np.float64(_edges(box) if quad is None else quad) @ both.T + matrix[:, 2]
        low, high = points.min(0), points.max(0)
        moved = (float(low[0]), float(low[1]), *(float(v) for v in high - low))
        if (low < -3).any() or (high > [WIDTH + 3, HEIGHT + 3]).any():
            ignored.append(moved)
        else:
            boxes.append(moved)
            corners.append(None if quad is None else points.astype(np.float32))
    for box in scene.ignored:
        points = np.float64(_edges(box)) @ both.T + matrix[:, 2]
        low, high = points.min(0), points.max(0)
        ignored.append((float(low[0]), float(low[1]), *(float(v) for v in high - low)))
    scene.boxes, scene.corners, scene.ignored = boxes, corners, ignored  # type: ignore[assignment]


def _edges(box: tuple[float, float, float, float]) -> list[list[float]]:
    x, y, w, h = box
    return [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]


def lamps(scene: Scene, rng: Rng) -> None:
    """Let lamps shine into the scene, beside plates and anywhere, in place."""
    image = scene.image.astype(np.float32) * np.float32(rng.uniform(0.3, 1.0))
    places = [
        (x + w / 2 + side * w * rng.uniform(0.9, 1.8), y + h * rng.uniform(-1.5, 0.5), w)
        for x, y, w, h in scene.boxes
        for side in (-1, 1)
        if rng.random() < 0.6
    ]
    for _ in range(int(rng.integers(0, 8))):
        places.append((rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(8, 90)))
    glow = np.zeros_like(image)
    for x, y, size in places:
        radius = max(1, int(size * rng.uniform(0.04, 0.2)))
        cv2.circle(glow, (int(x), int(y)), radius, float(rng.uniform(120, 700)), -1, cv2.LINE_AA)
    halo = cv2.GaussianBlur(glow, (0, 0), float(rng.uniform(1, 14)))
    image = image + halo + np.minimum(glow, 255) * np.float32(0.7)
    scene.image = np.clip(image, 0, 255).astype(np.uint8)


def enlarged(scene: Scene, rng: Rng) -> None:
    """Take the sharpness that a picture lacks which was smaller before it came here, in place."""
    share = float(rng.uniform(0.35, 0.8))
    small = cv2.resize(scene.image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        small = conditions.jpeg(np.asarray(small, np.uint8), int(rng.integers(30, 90)))
    scene.image = np.asarray(cv2.resize(small, (WIDTH, HEIGHT)), np.uint8)
