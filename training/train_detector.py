"""Train the detector: `python -m training.train_detector --minutes 45`."""

from __future__ import annotations

import sys
import time

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.networks import Detector, geometry
from training.runs import Run, fast, read_settings
from training.scenes import HEIGHT, WIDTH, Scene, random_scene
from training.sources import Frame, data_folder, load_sources

STRIDE = 8
ROWS, COLUMNS = HEIGHT // STRIDE, WIDTH // STRIDE


def targets(scene: Scene) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return heat and judged [2, rows, columns] and geometry with its weights.

    Geometry is [14, rows, columns]: four box distances, eight corner offsets in pixels, the
    weight of the box and the weight of the corners.
    """
    heat = np.zeros((2, ROWS, COLUMNS), np.float32)
    heat[1] = 1
    places = np.zeros((14, ROWS, COLUMNS), np.float32)
    gx = (np.arange(COLUMNS, dtype=np.float32) + 0.5)[None] * STRIDE
    gy = (np.arange(ROWS, dtype=np.float32) + 0.5)[:, None] * STRIDE
    for x, y, w, h in scene.ignored:
        heat[1][(gx > x - 4) & (gx < x + w + 4) & (gy > y - 4) & (gy < y + h + 4)] = 0
    for (x, y, w, h), corners in zip(scene.boxes, scene.corners, strict=True):
        _place(heat, places, (x, y, w, h), corners, gx, gy)
    return heat, places


def _place(
    heat: NDArray[np.float32],
    places: NDArray[np.float32],
    box: tuple[float, float, float, float],
    corners: NDArray[np.float32] | None,
    gx: NDArray[np.float32],
    gy: NDArray[np.float32],
) -> None:
    x, y, w, h = box
    cx, cy = x + w / 2, y + h / 2
    column = int(np.clip(cx / STRIDE, 0, COLUMNS - 1))
    row = int(np.clip(cy / STRIDE, 0, ROWS - 1))
    sx, sy = max(w / 7, 3.5), max(h / 5, 3.5)
    bump = np.exp(-((gx - gx[0, column]) ** 2) / (2 * sx * sx)
                  - ((gy - gy[row, 0]) ** 2) / (2 * sy * sy))  # fmt: skip
    heat[0] = np.maximum(heat[0], bump)
    heat[0][row, column] = 1
    heat[1][row, column] = 1
    near = bump > 0.4
    better = near & (bump > places[12])
    values = [gx - x + 0 * gy, gy - y + 0 * gx, x + w - gx + 0 * gy, y + h - gy + 0 * gx]
    if corners is not None:
        for px, py in corners:
            values += [px - gx + 0 * gy, py - gy + 0 * gx]
    for index, value in enumerate(values):
        places[index][better] = value[better]
    places[12][better] = bump[better]
    places[13][better] = bump[better] if corners is not None else 0


class Pool:
    """Drawn scenes, each used a few times before a new one takes its place."""

    def __init__(self, size: int, frames: list[Frame], rng: np.random.Generator) -> None:
        self.frames, self.rng = frames, rng
        self.images = np.zeros((size, 1, HEIGHT, WIDTH), np.uint8)
        self.heat = np.zeros((size, 2, ROWS, COLUMNS), np.float32)
        self.places = np.zeros((size, 14, ROWS, COLUMNS), np.float32)
        self.filled = 0

    def batch(self, size: int, new: int) -> NDArray[np.int64]:
        """Return the places of a batch, `new` of them drawn now."""
        total = len(self.images)
        fresh = []
        for _ in range(new):
            if self.filled < total:
                index, self.filled = self.filled, self.filled + 1
            else:
                index = int(self.rng.integers(total))
            scene = random_scene(self.rng, self.frames)
            self.images[index, 0] = scene.image
            self.heat[index], self.places[index] = targets(scene)
            fresh.append(index)
        old = self.rng.integers(0, self.filled, size - new)
        return np.concatenate([np.array(fresh, np.int64), old])


def losses(
    network: Detector, images: Tensor, heat: Tensor, places: Tensor
) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch and its figures."""
    with torch.autocast("cpu", torch.bfloat16, enabled=fast()):
        raw = network.raw(images)
    raw = raw.float()
    logit, target, judged = raw[:, 0], heat[:, 0], heat[:, 1]
    p = torch.sigmoid(logit).clamp(1e-5, 1 - 1e-5)
    positive = target > 0.999
    focal = torch.where(
        positive,
        -((1 - p) ** 2) * torch.log(p),
        -((1 - target) ** 4) * (p**2) * torch.log(1 - p),
    )
    count = positive.sum().clamp(min=1)
    loss_heat = (focal * judged).sum() / count
    box, corners = geometry(raw)
    weight, corner_weight = places[:, 12], places[:, 13]
    loss_box = _iou_loss(box, places[:, :4], weight)
    width = (places[:, 0] + places[:, 2]).clamp(min=4) / 2
    height = (places[:, 1] + places[:, 3]).clamp(min=4) / 2
    scale = torch.stack([width, height] * 4, 1)
    miss = functional.smooth_l1_loss(
        corners / scale, places[:, 4:12] / scale, reduction="none", beta=0.1
    ).mean(1)
    loss_corner = (miss * corner_weight).sum() / corner_weight.sum().clamp(min=1)
    loss = loss_heat + 1.5 * loss_box + 3.0 * loss_corner
    hit = (p.detach()[positive] > 0.4).float().mean() if positive.any() else torch.tensor(1.0)
    empty = (p.detach() > 0.4) & (target < 0.05) & (judged > 0)
    return loss, {
        "loss": float(loss.detach()), "heat": float(loss_heat.detach()),
        "iou": 1 - float(loss_box.detach()), "corner": float(loss_corner.detach()),
        "hit": float(hit), "false_cells": float(empty.sum()) / len(images),
    }  # fmt: skip


def _iou_loss(found: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    both = torch.minimum(found, wanted).clamp(min=0)
    inner = (both[:, 0] + both[:, 2]) * (both[:, 1] + both[:, 3])
    area = (found[:, 0] + found[:, 2]) * (found[:, 1] + found[:, 3])
    true = (wanted[:, 0] + wanted[:, 2]).clamp(min=0) * (wanted[:, 1] + wanted[:, 3]).clamp(min=0)
    iou = inner / (area + true - inner).clamp(min=1)
    return ((1 - iou) * weight).sum() / weight.sum().clamp(min=1)


def main() -> int:
    """Train until the minutes are over."""
    settings = read_settings("detector", batch=12, rate=2e-3, minutes=45)
    torch.set_num_threads(settings.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(settings.seed)
    sources = load_sources(data_folder())
    print(f"{len(sources.frames)} licensed frames", file=sys.stderr)
    network = Detector().to(memory_format=torch.channels_last)
    run = Run(settings, network)
    rng = np.random.default_rng((settings.seed, 7, run.step))
    pool = Pool(1200, sources.frames, rng)
    pool.batch(200, 200)
    network.train()
    while run.share() < 1.0:
        start = time.monotonic()
        chosen = pool.batch(settings.batch, settings.batch // 2)
        spent = time.monotonic() - start
        images = torch.from_numpy(pool.images[chosen]).to(memory_format=torch.channels_last)
        loss, figures = losses(
            network, images, torch.from_numpy(pool.heat[chosen]),
            torch.from_numpy(pool.places[chosen]),
        )  # fmt: skip
        run.advance(loss, len(chosen), {**figures, "render_s": spent})
    run.save()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
