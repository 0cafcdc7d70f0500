"""Average a recogniser with the one it was taken up from: `python -m training.blend --old DIR`.

Two networks of one run lie close enough for the mean of their weights to work, and it often reads
better than either. Rewrites recogniser.onnx and its hash in the manifest, then signs.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

import onnx
from onnx import numpy_helper

from training.export import sign

FILE = "recogniser.onnx"


def blend(old: Path, new: Path, share: float) -> bytes:
    """Return `new` with weights of which `share` is its own; raises ValueError if they differ."""
    first, second = onnx.load(str(old)), onnx.load(str(new))
    pairs = list(zip(first.graph.initializer, second.graph.initializer, strict=True))
    for one, two in pairs:
        before, after = numpy_helper.to_array(one), numpy_helper.to_array(two)
        if one.name != two.name or before.shape != after.shape:
            raise ValueError(f"{one.name} and {two.name} are not the same weights")
        if after.dtype.kind == "f":
            mixed = (share * after + (1 - share) * before).astype(after.dtype)
            two.CopyFrom(numpy_helper.from_array(mixed, two.name))
    return bytes(second.SerializeToString())


def main() -> int:
    """Blend in place and sign."""
    parser = argparse.ArgumentParser(description="Average the recogniser with an older one.")
    parser.add_argument("--old", type=Path, required=True, help="folder of the older models")
    parser.add_argument("--models", type=Path, default=Path("src/openanpr/reading/models"))
    parser.add_argument("--share", type=float, default=0.6, help="of the newer one")
    given = parser.parse_args()
    data = blend(given.old / FILE, given.models / FILE, given.share)
    place = given.models / "manifest.toml"
    text = place.read_text(encoding="utf-8")
    known = tomllib.loads(text)["recogniser"]["sha256"]
    text = text.replace(known, hashlib.sha256(data).hexdigest())
    text = text.replace(
        "recogniser_steps =", f"recogniser_share_of_this_run = {given.share}\nrecogniser_steps ="
    )
    (given.models / FILE).write_bytes(data)
    place.write_text(text, encoding="utf-8")
    sign(given.models)
    print(f"{FILE}: {given.share} of this run, the rest of {given.old}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
