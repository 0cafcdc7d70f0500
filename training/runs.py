"""What both training programs share: settings, the clock-driven rate, checkpoints, progress."""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn


def fast() -> bool:
    """Whether bfloat16 is faster here than float32: without AVX-512 it is far slower."""
    return torch.backends.cpu.get_cpu_capability() == "AVX512"


@dataclass(frozen=True, slots=True)
class Settings:
    """Of a run: minutes of training in all, folder of checkpoints, seed, threads."""

    minutes: float
    folder: Path
    seed: int
    threads: int
    batch: int
    rate: float


def read_settings(name: str, *, batch: int, rate: float, minutes: float) -> Settings:
    """Return the settings given on the command line."""
    parser = argparse.ArgumentParser(description=f"Train the {name}.")
    parser.add_argument(
        "--minutes", type=float, default=minutes, help="training time in all, resumed runs included"
    )
    parser.add_argument("--folder", type=Path, default=Path("build/training") / name)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate)
    found = parser.parse_args()
    found.folder.mkdir(parents=True, exist_ok=True)
    return Settings(**vars(found))


class Average:
    """A running mean of a network's weights, better than its last step."""

    def __init__(self, network: nn.Module, decay: float = 0.998) -> None:
        self.decay = decay
        self.state = {k: v.detach().clone() for k, v in network.state_dict().items()}

    def update(self, network: nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            for key, value in network.state_dict().items():
                if value.dtype.is_floating_point:
                    self.state[key].lerp_(value, 1 - decay)
                else:
                    self.state[key].copy_(value)


class Run:
    """A training run that stops on time and can be taken up again where it stopped."""

    def __init__(self, settings: Settings, network: nn.Module) -> None:
        self.settings = settings
        self.network = network
        self.average = Average(network)
        self.optimiser = torch.optim.AdamW(
            network.parameters(), lr=settings.rate, weight_decay=0.02, betas=(0.9, 0.99)
        )
        self.step = 0
        self.samples = 0
        self.elapsed = 0.0
        self._mark = time.monotonic()
        self._said = 0.0
        self._saved = time.monotonic()
        self._sums: dict[str, float] = {}
        self._count = 0
        self._resume()

    @property
    def checkpoint(self) -> Path:
        return self.settings.folder / "checkpoint.pt"

    def _resume(self) -> None:
        if not self.checkpoint.is_file():
            return
        state = torch.load(self.checkpoint, map_location="cpu", weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.state = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.samples = state["step"], state["samples"]
        self.elapsed = state["elapsed"]
        print(f"resumed at step {self.step}, {self.elapsed / 60:.1f} minutes", file=sys.stderr)

    def save(self) -> None:
        state: dict[str, Any] = {
            "network": self.network.state_dict(), "average": self.average.state,
            "optimiser": self.optimiser.state_dict(), "step": self.step,
            "samples": self.samples, "elapsed": self.elapsed, "seed": self.settings.seed,
        }  # fmt: skip
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)
        self._saved = time.monotonic()

    def share(self) -> float:
        """Return how much of the run is over, 0 to 1."""
        return min(1.0, self.elapsed / (self.settings.minutes * 60))

    def advance(self, loss: torch.Tensor, samples: int, figures: dict[str, float]) -> None:
        """Take one optimiser step, keep time, say how it goes, save now and then."""
        warm = min(1.0, (self.step + 1) / 200)
        rate = self.settings.rate * warm * (0.5 + 0.5 * math.cos(math.pi * self.share()))
        for group in self.optimiser.param_groups:
            group["lr"] = max(rate, self.settings.rate * 0.004)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        self.samples += samples
        self.average.update(self.network, self.step)
        now = time.monotonic()
        self.elapsed += now - self._mark
        self._mark = now
        for key, value in figures.items():
            self._sums[key] = self._sums.get(key, 0.0) + value
        self._count += 1
        if now - self._said > 20:
            self._say(now)
        if now - self._saved > 120:
            self.save()

    def _say(self, now: float) -> None:
        means = {key: round(value / self._count, 4) for key, value in self._sums.items()}
        line = {
            "step": self.step,
            "minutes": round(self.elapsed / 60, 1),
            "done": round(self.share(), 3),
            "seen": self.samples,
            **means,
        }
        print(json.dumps(line), file=sys.stderr, flush=True)
        self._said, self._sums, self._count = now, {}, 0
