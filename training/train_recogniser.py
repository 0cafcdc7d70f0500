"""Train the recogniser: `python -m training.train_recogniser --minutes 90`."""

from __future__ import annotations

import sys
import time

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.crops import HEIGHT, SLOTS, WIDTH, Crop, random_crop
from training.networks import Recogniser
from training.runs import Run, fast, read_settings
from training.sources import Frame, data_folder, load_sources

GRID_H, GRID_W = Recogniser.GRID
FRESH = 4  # one crop in so many is rendered now, the others come from the pool


class Pool:
    """Rendered crops kept for a few steps: a part of every batch is new, the rest seen before."""

    def __init__(self, size: int, frames: list[Frame], rng: np.random.Generator) -> None:
        self.frames, self.rng = frames, rng
        self.images = np.zeros((size, 1, HEIGHT, WIDTH), np.uint8)
        self.classes = np.zeros((size, SLOTS), np.int64)
        self.centres = np.full((size, SLOTS, 2), np.nan, np.float32)
        self.facts = np.zeros((size, 3), np.int64)
        self.filled = 0

    def _put(self, index: int, crop: Crop) -> None:
        self.images[index, 0] = crop.image
        self.classes[index] = crop.classes
        self.centres[index] = crop.centres
        self.facts[index] = crop.lines, crop.country, int(crop.readable)

    def renew(self, count: int) -> NDArray[np.int64]:
        """Render `count` crops in place of old ones and return their places."""
        size = len(self.images)
        if self.filled < size:
            places = np.arange(self.filled, min(size, self.filled + count))
            self.filled = int(places[-1]) + 1
        else:
            places = self.rng.integers(0, size, count)
        for index in places:
            self._put(int(index), random_crop(self.rng, self.frames))
        return places

    def batch(self, size: int, new: int) -> NDArray[np.int64]:
        """Return the places of a batch, `new` of them rendered now."""
        fresh = self.renew(new)
        old = self.rng.integers(0, self.filled, size - len(fresh))
        return np.concatenate([fresh, old])


def attention_targets(centres: Tensor) -> tuple[Tensor, Tensor]:
    """Return where each slot should look, [n, cells, slots] summing to 1, and which are known."""
    known = ~torch.isnan(centres[..., 0])
    at = torch.nan_to_num(centres, nan=-99.0)
    x = at[..., 0] * (GRID_W / WIDTH) - 0.5
    y = at[..., 1] * (GRID_H / HEIGHT) - 0.5
    dx = torch.arange(GRID_W)[None, None] - x[..., None]
    dy = torch.arange(GRID_H)[None, None] - y[..., None]
    inside = (x > -1) & (x < GRID_W) & (y > -1) & (y < GRID_H)
    weight = torch.exp(-(dx**2) / 1.1)[:, :, None, :] * torch.exp(-(dy**2) / 1.1)[:, :, :, None]
    weight = weight.flatten(2)
    weight = weight / weight.sum(-1, keepdim=True).clamp(min=1e-6)
    return weight.transpose(1, 2), known & inside


def losses(
    network: Recogniser,
    images: Tensor,
    classes: Tensor,
    centres: Tensor,
    facts: Tensor,
    guide: float,
) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch and its figures; `guide` weighs the attention's target."""
    with torch.autocast("cpu", torch.bfloat16, enabled=fast()):
        characters, lines, country, readable, look = network.train_forward(images)
    loss_characters = functional.cross_entropy(
        characters.flatten(0, 1), classes.flatten(), reduction="none"
    ).view(classes.shape)
    is_plate = facts[:, 2] == 1
    weight = torch.where(is_plate, 1.0, 0.25)[:, None]
    loss = (loss_characters * weight).mean() * 3
    target, known = attention_targets(centres)
    miss = -(target * torch.log(look.clamp(min=1e-7))).sum(1)
    loss_look = (miss * known).sum() / known.sum().clamp(min=1)
    loss = loss + guide * loss_look
    loss = loss + 0.1 * functional.cross_entropy(lines[is_plate], facts[is_plate, 0] - 1)
    loss = loss + 0.1 * functional.cross_entropy(country[is_plate], facts[is_plate, 1])
    loss_readable = functional.binary_cross_entropy_with_logits(readable[:, 0], is_plate.float())
    loss = loss + 0.3 * loss_readable
    right = characters.argmax(-1) == classes
    return loss, {
        "loss": float(loss.detach()), "look": float(loss_look.detach()),
        "slot": float(right[is_plate].float().mean()),
        "exact": float(right.all(1)[is_plate].float().mean()),
        "readable": float(loss_readable.detach()),
    }  # fmt: skip


def vary(images: Tensor, generator: torch.Generator) -> Tensor:
    """Return the crops with new light, so that one seen before is not the same."""
    n = images.shape[0]
    gain = 0.75 + 0.5 * torch.rand(n, 1, 1, 1, generator=generator)
    noise = torch.randn(images.shape, generator=generator)
    noise = noise * (4 * torch.rand(n, 1, 1, 1, generator=generator))
    return (images.float() * gain + noise).clamp(0, 255)


def main() -> int:
    """Train until the minutes are over."""
    settings = read_settings("recogniser", batch=96, rate=2e-3, minutes=90)
    torch.set_num_threads(settings.threads)
    cv2.setNumThreads(1)
    torch.manual_seed(settings.seed)
    sources = load_sources(data_folder())
    print(f"{len(sources.frames)} licensed frames", file=sys.stderr)
    network = Recogniser().to(memory_format=torch.channels_last)
    run = Run(settings, network)
    rng = np.random.default_rng((settings.seed, run.step))
    generator = torch.Generator().manual_seed(settings.seed + run.step)
    pool = Pool(12_000, sources.frames, rng)
    pool.renew(1500)
    network.train()
    spent = 0.0
    while run.share() < 1.0:
        start = time.monotonic()
        chosen = pool.batch(settings.batch, settings.batch // FRESH)
        spent = time.monotonic() - start
        images = vary(torch.from_numpy(pool.images[chosen]), generator)
        guide = 0.5 if run.share() < 0.15 else 0.1
        loss, figures = losses(
            network, images.to(memory_format=torch.channels_last),
            torch.from_numpy(pool.classes[chosen]), torch.from_numpy(pool.centres[chosen]),
            torch.from_numpy(pool.facts[chosen]), guide,
        )  # fmt: skip
        run.advance(loss, len(chosen), {**figures, "render_s": spent})
    run.save()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
