"""Networks made by hand, and plates that they can see: every part but the weights is the real one.

A fake plate is ten upright strips whose grey level is the class of the character in its slot.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from openanpr.reading.detector import Detector
from openanpr.reading.manifest import DetectorSpec, RecogniserSpec
from openanpr.reading.pipeline import Limits, Reader
from openanpr.reading.recogniser import Recogniser
from openanpr.vrm import ALPHABET

DARKEST = 112
STEP = 3
SLOTS = 10
COUNTRIES = ("GB", "NL", "other")
SURE = 12.0


def fake_plate(mark: str, *, width: int = 120, height: int = 30) -> np.ndarray:
    levels = [ALPHABET.index(c) + 1 for c in mark] + [0] * (SLOTS - len(mark))
    strips = np.array([[DARKEST + STEP * level for level in levels]], dtype=np.uint8)
    return np.asarray(cv2.resize(strips, (width, height), interpolation=cv2.INTER_NEAREST))


def scene(
    *plates: tuple[str, int, int],
    size: tuple[int, int] = (640, 384),
    width: int = 120,
) -> np.ndarray:
    """A dark scene with plates (mark, x, y), in BGR."""
    field = np.full((size[1], size[0]), 40, dtype=np.uint8)
    for mark, x, y in plates:
        plate = fake_plate(mark, width=width, height=width // 4)
        field[y : y + plate.shape[0], x : x + plate.shape[1]] = plate
    return np.repeat(field[:, :, None], 3, axis=2)


class FakeDetectorNetwork:
    """Finds whatever is brighter than the scene."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def run(self, pictures: np.ndarray, outputs: Sequence[str]) -> list[np.ndarray]:
        assert tuple(outputs) == ("score", "geometry")
        assert pictures.dtype == np.uint8
        picture = pictures[0, 0]
        self.sizes.append((picture.shape[1], picture.shape[0]))
        rows, columns = picture.shape[0] // 8, picture.shape[1] // 8
        score = np.zeros((1, 1, rows, columns), np.float32)
        geometry = np.zeros((1, 12, rows, columns), np.float32)
        # The letterbox's padding has the level of the first strips; it lies below the scene.
        bright = np.asarray((picture > DARKEST - 6) & (picture != 114), np.uint8)
        count, _, boxes, centres = cv2.connectedComponentsWithStats(bright)
        for (x, y, w, h, area), (middle_x, middle_y) in zip(
            boxes[1:count], centres[1:count], strict=True
        ):
            if area < 40:
                continue
            column, row = int(middle_x // 8), int(middle_y // 8)
            cx, cy = (column + 0.5) * 8, (row + 0.5) * 8
            score[0, 0, row, column] = 0.9
            sides = [cx - x, cy - y, x + w - cx, y + h - cy]
            corners = [x - cx, y - cy, x + w - cx, y - cy]
            corners += [x + w - cx, y + h - cy, x - cx, y + h - cy]
            geometry[0, :, row, column] = [*sides, *corners]
        return [score, geometry]


class FakeRecogniserNetwork:
    """Reads the strips of a fake plate; `blind` sets how unreadable everything is."""

    def __init__(self, *, whole: bool = False, readable: float = 6.0) -> None:
        self.share = 0.0 if whole else 0.06
        self.readable = readable
        self.calls = 0

    def run(self, pictures: np.ndarray, outputs: Sequence[str]) -> list[np.ndarray]:
        assert tuple(outputs) == ("characters", "lines", "country", "readable")
        self.calls += 1
        count, width = len(pictures), pictures.shape[3]
        characters = np.zeros((count, SLOTS, len(ALPHABET) + 1), np.float32)
        for number, plate in enumerate(pictures[:, 0]):
            for slot in range(SLOTS):
                at = (self.share + (slot + 0.5) / SLOTS) / (1 + 2 * self.share)
                level = float(plate[plate.shape[0] // 2, int(at * width)])
                seen = min(max(round((level - DARKEST) / STEP), 0), len(ALPHABET))
                characters[number, slot, seen] = SURE
        lines = np.tile(np.array([4.0, -4.0], np.float32), (count, 1))
        country = np.tile(np.array([5.0, 0.0, 0.0], np.float32), (count, 1))
        return [characters, lines, country, np.full((count, 1), self.readable, np.float32)]


def fake_reader(
    *,
    detector: FakeDetectorNetwork | None = None,
    recogniser: FakeRecogniserNetwork | None = None,
) -> Reader:
    found = DetectorSpec(Path("none"), "", 640, 384, 8, 0.4)
    told = RecogniserSpec(Path("none"), "", 144, 48, SLOTS, COUNTRIES, 1.0, 0.5)
    return Reader(
        detector=Detector(detector or FakeDetectorNetwork(), found),
        recogniser=Recogniser(recogniser or FakeRecogniserNetwork(), told),
        version="fake",
        limits=Limits(readable=0.5),
    )
