"""Where training pictures come from, and the refusal of any picture kept for checking."""

import csv
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

HERE = Path(__file__).resolve().parent
MORE_BOXES = HERE / "romania-more.csv"
CHECK_ONLY = HERE / "check-only.sha256"


class CheckOnlyError(ValueError):
    """A picture kept for checking was offered to training."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A real frame: grey uint8 [h, w], plate boxes float [n, 4] as x, y, w, h in pixels.

    `unsure` are boxes that may be plates (told neither way), `others` what was once taken for one.
    """

    name: str
    sha256: str
    grey: Grey
    boxes: NDArray[np.float64]
    unsure: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))
    others: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))


@dataclass(slots=True)
class Sources:
    """The real pictures of a training run; empty when only rendered plates are used."""

    frames: list[Frame] = field(default_factory=list)
    licences: dict[str, str] = field(default_factory=dict)


def check_only_hashes(path: Path = CHECK_ONLY) -> frozenset[str]:
    """Return the SHA-256 digests (of files and of decoded pixels) never to be trained on."""
    lines = path.read_text(encoding="ascii").split("\n")
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


def pixels_digest(image: NDArray[np.uint8]) -> str:
    """Return the SHA-256 of a decoded picture: its shape and its bytes."""
    digest = hashlib.sha256(repr(image.shape).encode("ascii"))
    digest.update(np.ascontiguousarray(image).tobytes())
    return digest.hexdigest()


def load_picture(path: Path, forbidden: frozenset[str]) -> tuple[NDArray[np.uint8], str]:
    """Return a picture (BGR) and its file's SHA-256.

    Raises CheckOnlyError when the file, or its pixels in another wrapping, are kept for
    checking, and ValueError when it is no picture.
    """
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 in forbidden:
        raise CheckOnlyError(f"{path.name} is kept for checking and must not be trained on")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError(f"{path.name} is no picture")
    picture = np.asarray(image, np.uint8)
    if pixels_digest(picture) in forbidden:
        raise CheckOnlyError(f"{path.name} is kept for checking and must not be trained on")
    return picture, sha256


def load_sources(data: Path | None) -> Sources:
    """Return the licensed frames below `data`/train, or none when `data` is None."""
    sources = Sources()
    if data is None:
        return sources
    folder = data / "train" / "romania"
    table = folder / "boxes.csv"
    if not table.is_file():
        return sources
    forbidden = check_only_hashes()
    boxes = _boxes(table)
    more = _boxes(MORE_BOXES)
    for name in sorted({name for name, _ in boxes}):
        picture, sha256 = load_picture(folder / name, forbidden)
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        plates = boxes[name, "plate"] + more.get((name, "plate"), [])
        frame = Frame(
            f"romania/{name}", sha256, grey, np.array(plates),
            *(np.array(more.get((name, w), [])).reshape(-1, 4) for w in ("unsure", "other")),
        )  # fmt: skip
        sources.frames.append(frame)
    sources.licences["romania"] = "MIT (c) 2020 Robert Lucian Chiriac"
    return sources


def _boxes(table: Path) -> dict[tuple[str, str], list[list[float]]]:
    """Return the boxes of a table by picture and what they hold (a plate where it isn't told)."""
    boxes: dict[tuple[str, str], list[list[float]]] = {}
    with table.open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            box = [float(row[key]) for key in ("x", "y", "w", "h")]
            boxes.setdefault((row["image"], row.get("what", "plate")), []).append(box)
    return boxes


def data_folder() -> Path | None:
    """Return the folder that OPENANPR_DATA names, or None: rendered plates alone."""
    value = os.environ.get("OPENANPR_DATA", "")
    return Path(value) if value else None
