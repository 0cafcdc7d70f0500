"""Write the trained networks as ONNX files with their manifest: `python -m training.export`."""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import nn

from openanpr.reading.signing import key_file, make_private_key, private_key, sign_manifest
from openanpr.rendering.styles import COUNTRIES
from training import crops
from training.networks import Detector, Recogniser
from training.sources import data_folder, load_sources

OPSET = 17


def trained(network: nn.Module, checkpoint: Path) -> tuple[nn.Module, dict[str, Any]]:
    """Return the network with its averaged weights, and the run's figures."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network.load_state_dict(state["average"])
    network.eval()
    facts = {key: state[key] for key in ("step", "samples", "elapsed", "seed")}
    return network, facts


def write(
    network: nn.Module,
    sample: torch.Tensor,
    path: Path,
    names: list[str],
    axes: dict[str, dict[int, str]],
) -> str:
    """Export the network, prove that the file computes the same, return its SHA-256."""
    torch.onnx.export(
        network,
        (sample,),
        str(path),
        opset_version=OPSET,
        dynamo=False,
        input_names=names[:1],
        output_names=names[1:],
        dynamic_axes=axes,
    )
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {names[0]: sample.numpy()})
    with torch.no_grad():
        wanted = network(sample)
    for got, want in zip(found, wanted, strict=True):
        if not np.allclose(got, want.numpy(), atol=2e-2, rtol=1e-3):
            raise RuntimeError(
                f"{path.name} differs from the network by "
                f"{float(np.abs(got - want.numpy()).max()):.4f}"
            )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export_recogniser(checkpoint: Path, path: Path) -> tuple[str, dict[str, Any]]:
    """Write the recogniser's file; return its SHA-256 and the run's figures."""
    network, facts = trained(Recogniser(countries=len(COUNTRIES)), checkpoint)
    generator = torch.Generator().manual_seed(1)
    shape = (2, 1, crops.HEIGHT, crops.WIDTH)
    sample = torch.randint(0, 256, shape, generator=generator, dtype=torch.uint8)
    names = ["plates", "characters", "lines", "country", "readable"]
    return write(network, sample, path, names, {name: {0: "n"} for name in names}), facts


def export_detector(checkpoint: Path, path: Path) -> tuple[str, dict[str, Any]]:
    """Write the detector's file; return its SHA-256 and the run's figures."""
    network, facts = trained(Detector(), checkpoint)
    generator = torch.Generator().manual_seed(1)
    sample = torch.randint(0, 256, (1, 1, 384, 640), generator=generator, dtype=torch.uint8)
    axes = {
        "image": {0: "n", 2: "h", 3: "w"},
        "score": {0: "n", 2: "hs", 3: "ws"},
        "geometry": {0: "n", 2: "hs", 3: "ws"},
    }
    return write(network, sample, path, ["image", "score", "geometry"], axes), facts


def manifest(
    version: str,
    hashes: dict[str, str],
    facts: dict[str, dict[str, Any]],
    settings: dict[str, float],
    licences: dict[str, str],
    taken_up_from: str | None = None,
) -> str:
    """Return the manifest's text (TOML); steps are those since the models it was taken up from."""
    alphabet = crops.ALPHABET
    lines = [
        f'version = "{version}"', "",
        "[detector]", 'file = "detector.onnx"', f'sha256 = "{hashes["detector"]}"',
        "input_height = 384", "input_width = 640", "stride = 8",
        f"threshold = {settings['threshold']}", "",
        "[recogniser]", 'file = "recogniser.onnx"', f'sha256 = "{hashes["recogniser"]}"',
        f"height = {crops.HEIGHT}", f"width = {crops.WIDTH}", f"slots = {crops.SLOTS}",
        f'alphabet = "{alphabet}"', f"countries = {json.dumps(list(COUNTRIES))}",
        f"temperature = {settings['temperature']}",
        f"readable_threshold = {settings['readable']}", "",
        "[provenance]", f'date = "{datetime.datetime.now(datetime.UTC).date()}"',
    ]  # fmt: skip
    if taken_up_from:
        lines.append(f'taken_up_from = "{taken_up_from}"')
    for name in ("detector", "recogniser"):
        run = facts[name]
        lines += [
            f"{name}_steps = {run['step']}",
            f"{name}_samples = {run['samples']}",
            f"{name}_minutes = {round(run['elapsed'] / 60, 1)}",
            f"{name}_seed = {run['seed']}",
        ]
    lines += [
        "",
        "[[provenance.sources]]",
        'name = "rendered by openanpr.rendering"',
        'licence = "this project\'s own"',
    ]
    for name, licence in sorted(licences.items()):
        lines += ["", "[[provenance.sources]]", f'name = "{name}"', f'licence = "{licence}"']
    return "\n".join(lines) + "\n"


def sign(folder: Path) -> None:
    """Sign the manifest with the key that OPENANPR_MODEL_KEY names, made at first use."""
    place = key_file()
    key = private_key(place) if place.exists() else make_private_key(place)
    sign_manifest(folder, key, replace_key=True)
    print(f"signed with {place}", file=sys.stderr)


def main() -> int:
    """Export both networks from their checkpoints into the product."""
    parser = argparse.ArgumentParser(description="Export the trained networks.")
    parser.add_argument("--runs", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("src/openanpr/reading/models"))
    parser.add_argument("--version", default=f"{datetime.datetime.now(datetime.UTC):%Y.%m.%d}.1")
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--temperature", type=float, default=None)
    parser.add_argument("--readable", type=float, default=0.5)
    parser.add_argument("--taken-up-from", help="version of the models this run began with")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    hashes: dict[str, str] = {}
    facts: dict[str, dict[str, Any]] = {}
    for name, export in (("detector", export_detector), ("recogniser", export_recogniser)):
        checkpoint = given.runs / name / "checkpoint.pt"
        hashes[name], facts[name] = export(checkpoint, given.out / f"{name}.onnx")
    sources = load_sources(data_folder())
    fitted = given.runs / "calibration.json"
    temperature = given.temperature
    if temperature is None:
        temperature = json.loads(fitted.read_text())["temperature"] if fitted.is_file() else 1.0
    settings = {
        "threshold": given.threshold,
        "temperature": temperature,
        "readable": given.readable,
    }
    text = manifest(given.version, hashes, facts, settings, sources.licences, given.taken_up_from)
    (given.out / "manifest.toml").write_text(text, encoding="utf-8")
    sign(given.out)
    listing = ["# SHA-256 of every picture trained on, its name, its licence"]
    for frame in sources.frames:
        listing.append(f"{frame.sha256} {frame.name} {sources.licences[frame.name.split('/')[0]]}")
    target = Path(__file__).resolve().parent / "licences.sha256"
    target.write_text("\n".join(listing) + "\n", encoding="utf-8")
    print(json.dumps({"version": given.version, **hashes}), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
