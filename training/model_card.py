"""Write docs/model-card.md from the manifest and the figures of a run."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

_HEAD = """# Model card: plate detector and recogniser {version}

Written by `python -m training.model_card` from the manifest and the figures of the run; do not
edit by hand.

## What they are

| | detector | recogniser |
|---|---|---|
| task | finds plates: box and four corners | reads a plate cut out and straightened |
| input | 640x384 grey (other multiples of 32 work) | 48x144 grey |
| file | {detector_size} kB, `{detector_sha}` | {recogniser_size} kB, `{recogniser_sha}` |
| steps | {detector_steps} | {recogniser_steps} |
| samples seen | {detector_samples} | {recogniser_samples} |
| minutes by the clock, one thread of a busy machine | {detector_minutes} | {recogniser_minutes} |

## Data

"""
_TAIL = """
## Limits

- Meant for British plates by day and night, one and two lines, of every era; neighbours' plates
  are read as well as the figures say. Other alphabets are not read.
- O and 0, and I and 1, share a shape on British plates: position in the mark decides, so a mark
  that follows no layout may be folded wrongly. The product's decoding keeps the alternatives.
- A reading is evidence to check against the picture, never proof by itself: the product makes an
  officer compare them before any outcome can be recorded.
- Plates narrower than about 50 pixels in the frame given to the recogniser are guesses.
"""


def _figures(runs: Path) -> list[str]:
    out: list[str] = []
    fitted = runs / "calibration.json"
    if fitted.is_file():
        found = json.loads(fitted.read_text(encoding="utf-8"))
        out += [
            "On rendered plates with type faces that were never trained on "
            f"({found['crops']} crops, no syntax prior):",
            "",
            "| measure | value |",
            "|---|---|",
            f"| exact, British, one line | {found['exact_british_one_line']:.1%} |",
            f"| exact, British, two lines | {found['exact_british_two_line']:.1%} |",
            f"| exact, neighbours | {found['exact_neighbours']:.1%} |",
            f"| expected calibration error | {found['calibration_error']:.3f} |",
            f"| temperature | {found['temperature']} |",
            "",
        ]
    measured = runs / "evaluation.jsonl"
    if measured.is_file():
        out += [
            "On real pictures kept for checking (greedy reading; the product's decoding and "
            "voting come on top):",
            "",
            "| set | figures |",
            "|---|---|",
        ]
        for line in measured.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            name = row.pop("set")
            row.pop("wrong", None)
            out.append(f"| {name} | {', '.join(f'{k} {v}' for k, v in row.items())} |")
    return out


def card(models: Path, runs: Path) -> str:
    """Return the card's text."""
    manifest = tomllib.loads((models / "manifest.toml").read_text(encoding="utf-8"))
    told = manifest["provenance"]
    values: dict[str, Any] = {"version": manifest["version"]}
    for name in ("detector", "recogniser"):
        values[f"{name}_size"] = round((models / f"{name}.onnx").stat().st_size / 1000)
        values[f"{name}_sha"] = manifest[name]["sha256"][:16]
        for key in ("steps", "samples", "minutes"):
            values[f"{name}_{key}"] = f"{told[f'{name}_{key}']:,}"
    if "taken_up_from" in told:
        values["version"] += f" (taken up from {told['taken_up_from']}, steps since then)"
    rows = [f"- {source['name']}: {source['licence']}" for source in told["sources"]]
    rows += [
        "",
        "Every picture trained on is listed with its SHA-256 and licence in "
        "`training/licences.sha256`; `training/check-only.sha256` lists what must never be, and a "
        "test proves that they share nothing.",
        "",
        "## Figures",
        "",
        *_figures(runs),
    ]
    return _HEAD.format(**values) + "\n".join(rows) + "\n" + _TAIL


def main() -> int:
    """Write the card."""
    parser = argparse.ArgumentParser(description="Write the model card.")
    parser.add_argument("--runs", type=Path, default=Path("build/training"))
    parser.add_argument("--models", type=Path, default=Path("src/openanpr/reading/models"))
    parser.add_argument("--out", type=Path, default=Path("docs/model-card.md"))
    given = parser.parse_args()
    given.out.write_text(card(given.models, given.runs), encoding="utf-8")
    print(f"wrote {given.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
