"""Fit the temperature of the character logits on rendered plates of styles never trained on.

`python -m training.calibrate --runs build/training` writes `calibration.json` beside the runs.
The plates wear variants kept from training (neither trained on nor the demo's).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from openanpr.rendering.styles import COUNTRIES
from training.crops import Crop, random_crop
from training.export import trained
from training.networks import Recogniser
from training.sources import Frame, data_folder, load_sources

HELD_OUT = range(500, 540)
# Never below 1: what makes readings surer makes junk surer too (measured, docs/evaluation.md).
TEMPERATURES = np.exp(np.linspace(0.0, np.log(2.5), 40))


def held_out(count: int, frames: list[Frame], seed: int) -> list[Crop]:
    """Return `count` crops whose type faces were never trained on."""
    rng = np.random.default_rng((seed, 0xCA11))
    return [random_crop(rng, frames, variants=HELD_OUT) for _ in range(count)]


def posteriors(network: torch.nn.Module, crops: list[Crop]) -> NDArray[np.float64]:
    """Return the character logits [n, slots, 37] of crops."""
    found = []
    for start in range(0, len(crops), 128):
        images = np.stack([crop.image for crop in crops[start : start + 128]])[:, None]
        with torch.no_grad():
            found.append(network(torch.from_numpy(images))[0].numpy())
    return np.concatenate(found).astype(np.float64)


def confidence(logits: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return the probability that the best text is right, as the product of its slots."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(-1, keepdims=True)
    best = 1 / np.exp(scaled).sum(-1)
    return np.asarray(best.prod(-1), np.float64)


def calibration_error(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over fifteen equal bins."""
    bins = np.minimum((sure * 15).astype(int), 14)
    total = 0.0
    for number in range(15):
        inside = bins == number
        if inside.any():
            gap = abs(float(sure[inside].mean()) - float(right[inside].mean()))
            total += gap * float(inside.mean())
    return total


def measure(runs: Path, count: int) -> dict[str, Any]:
    """Return the best temperature and the figures on held-out styles."""
    network, _ = trained(
        Recogniser(countries=len(COUNTRIES)), runs / "recogniser" / "checkpoint.pt"
    )
    sources = load_sources(data_folder())
    crops = [c for c in held_out(count, sources.frames, 1) if c.readable]
    logits = posteriors(network, crops)
    truth = np.stack([crop.classes for crop in crops])
    right = (logits.argmax(-1) == truth).all(-1)
    # Chosen on one half, told of the other.
    half = len(crops) // 2
    errors = [calibration_error(confidence(logits[:half], t), right[:half]) for t in TEMPERATURES]
    best = float(TEMPERATURES[int(np.argmin(errors))])
    british = np.array([crop.country == 0 for crop in crops])
    two = np.array([crop.lines == 2 for crop in crops])
    return {
        "temperature": round(best, 3),
        "calibration_error": round(
            calibration_error(confidence(logits[half:], best), right[half:]), 4
        ),
        "crops": len(crops),
        "exact": round(float(right.mean()), 4),
        "exact_british_one_line": round(float(right[british & ~two].mean()), 4),
        "exact_british_two_line": round(float(right[british & two].mean()), 4),
        "exact_neighbours": round(float(right[~british].mean()), 4),
    }


def main() -> int:
    """Measure on held-out styles and write what was found."""
    parser = argparse.ArgumentParser(description="Fit the recogniser's temperature.")
    parser.add_argument("--runs", type=Path, default=Path("build/training"))
    parser.add_argument("--count", type=int, default=6000)
    given = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    found = measure(given.runs, given.count)
    (given.runs / "calibration.json").write_text(json.dumps(found) + "\n", encoding="utf-8")
    print(json.dumps(found), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
