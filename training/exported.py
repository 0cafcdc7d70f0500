"""Take up training from exported models: the weights of an ONNX file, back in its network.

`python -m training.exported --runs build/training` writes a first checkpoint of both networks from
`src/openanpr/reading/models`, for when the checkpoints of the last run are gone. The optimiser
starts anew; the weights do not.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from openanpr.rendering.styles import COUNTRIES
from training import crops
from training.crops import random_crop
from training.networks import Detector, Recogniser
from training.onnx_weights import weights_of
from training.runs import Run, Settings
from training.scenes import random_scene
from training.sources import Frame, data_folder, load_sources

TOLERANCE = 2e-2


class NotTheNetworkError(ValueError):
    """An ONNX file does not hold the weights of the network it was to be read into."""


def normalised(network: nn.Module) -> Iterator[tuple[nn.Conv2d, nn.BatchNorm2d]]:
    """Yield each convolution that has a batch normalisation behind it, in order."""
    for part in network.modules():
        if isinstance(part, nn.Sequential):
            for one, two in itertools.pairwise(part):
                if isinstance(one, nn.Conv2d) and isinstance(two, nn.BatchNorm2d):
                    yield one, two


def take_up(network: nn.Module, path: Path, samples: Tensor) -> None:
    """Put the weights of `path` into `network`, so that it computes what the file computes.

    A folded convolution keeps its function: its normalisation gets the mean and spread that
    `samples` show (so that training goes on where evaluation is) and undoes them by its own scale
    and shift. Raises NotTheNetworkError when the parts or the outputs differ.
    """
    weights = weights_of(path)
    pairs = list(normalised(network))
    if len(weights.folded) != len(pairs):
        raise NotTheNetworkError(
            f"{path.name} has {len(weights.folded)} folded convolutions, not {len(pairs)}"
        )
    state = network.state_dict()
    for name, value in weights.named.items():
        if name not in state or state[name].shape != value.shape:
            raise NotTheNetworkError(f"{path.name} has {name}, which the network has not")
        state[name] = torch.from_numpy(value.copy())
    network.load_state_dict(state)
    with torch.no_grad():
        for (conv, norm), (weight, bias) in zip(pairs, weights.folded, strict=True):
            conv.weight.copy_(torch.from_numpy(weight.copy()))
            nn.init.constant_(norm.weight, (1 + norm.eps) ** 0.5)
            norm.bias.copy_(torch.from_numpy(bias.copy()))
    _spread_norms(network, pairs, samples)
    compare(network, path, samples)


def _spread_norms(
    network: nn.Module, pairs: list[tuple[nn.Conv2d, nn.BatchNorm2d]], samples: Tensor
) -> None:
    seen: dict[nn.Module, tuple[Tensor, Tensor]] = {}

    def watch(module: nn.Module, _inputs: object, output: Tensor) -> None:
        values = output.double()
        seen[module] = values.mean((0, 2, 3)), values.var((0, 2, 3))

    hooks = [conv.register_forward_hook(watch) for conv, _ in pairs]
    network.eval()
    with torch.no_grad():
        network(samples)
        for hook in hooks:
            hook.remove()
        for conv, norm in pairs:
            mean, variance = seen[conv]
            variance = variance.clamp(min=1e-4)
            # Each filter gets back the length it had when it was new: the rate was chosen for that.
            usual = (2 / conv.weight[0].numel()) ** 0.5
            length = conv.weight.flatten(1).pow(2).mean(1).sqrt().clamp(min=1e-8)
            factor = (usual / length).double()
            conv.weight.mul_(factor.float()[:, None, None, None])
            norm.running_mean.copy_(mean * factor)  # type: ignore[union-attr]
            norm.running_var.copy_(variance * factor**2)  # type: ignore[union-attr]
            spread = (variance * factor**2 + norm.eps).sqrt()
            norm.weight.copy_(spread / factor)
            norm.bias.copy_(norm.bias.double() + mean)


def compare(network: nn.Module, path: Path, samples: Tensor) -> None:
    """Raise NotTheNetworkError unless network and file answer `samples` alike."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {session.get_inputs()[0].name: samples.numpy()})
    network.eval()
    with torch.no_grad():
        wanted = network(samples)
    for got, want in zip(found, wanted, strict=True):
        # A cell that is the peak by a hair in one is not in the other: the outer thousandth may.
        apart = np.quantile(np.abs(got - want.numpy()) / (1 + np.abs(got)), 0.999)
        if apart > TOLERANCE:
            raise NotTheNetworkError(f"{path.name} and the network differ by {apart:.4f}")


def _samples(name: str, frames: list[Frame]) -> Tensor:
    rng = np.random.default_rng(20)
    if name == "recogniser":
        images = [random_crop(rng, frames).image for _ in range(256)]
    else:
        images = [random_scene(rng, frames).image for _ in range(24)]
    return torch.from_numpy(np.stack(images)[:, None])


def main() -> int:
    """Write first checkpoints from exported models; refuses to replace one."""
    parser = argparse.ArgumentParser(description="Take up training from exported models.")
    parser.add_argument("--runs", type=Path, default=Path("build/training"))
    parser.add_argument("--models", type=Path, default=Path("src/openanpr/reading/models"))
    given = parser.parse_args()
    frames = load_sources(data_folder()).frames
    for name in ("recogniser", "detector"):
        folder = given.runs / name
        if (folder / "checkpoint.pt").exists():
            print(f"{folder} has a checkpoint already: it is kept", file=sys.stderr)
            continue
        network: nn.Module = Detector()
        if name == "recogniser":
            network = Recogniser(countries=len(COUNTRIES), slots=crops.SLOTS)
        take_up(network, given.models / f"{name}.onnx", _samples(name, frames))
        folder.mkdir(parents=True, exist_ok=True)
        Run(Settings(1, folder, 1, 1, 1, 1e-3), network).save()
        print(f"{folder / 'checkpoint.pt'} answers as {name}.onnx does", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
