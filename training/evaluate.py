"""Measure the exported models on pictures kept for checking: `python -m training.evaluate`.

Nothing here is trained on. The recogniser is measured on crops, both models together on frames
and clips by plain greedy reading: what the product's own decoding and voting add comes on top
(`openanpr read`).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from training.crops import ALPHABET, HEIGHT, WIDTH, grow
from training.sources import data_folder

Grey = NDArray[np.uint8]
_FOLD = str.maketrans("OQI", "001")


class Models:
    """Both exported models on one thread."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        providers = ["CPUExecutionProvider"]
        self.detector = onnxruntime.InferenceSession(
            str(folder / "detector.onnx"), options, providers=providers
        )
        self.recogniser = onnxruntime.InferenceSession(
            str(folder / "recogniser.onnx"), options, providers=providers
        )

    def read(self, crop: Grey) -> tuple[str, float, float, NDArray[np.float64]]:
        """Return text, confidence, readable and the log-posteriors [10, 37] of a crop 48x144."""
        characters, _, _, readable = self.recogniser.run(None, {"plates": crop[None, None]})
        logits = characters[0].astype(np.float64)
        logits -= logits.max(1, keepdims=True)
        posterior = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        best = posterior.argmax(1)
        text = "".join(ALPHABET[i - 1] for i in best if i)
        sure = float(np.exp(posterior.max(1).sum()))
        return text, sure, float(1 / (1 + np.exp(-readable[0, 0]))), posterior

    def find(self, grey: Grey, threshold: float = 0.4) -> list[tuple[float, NDArray[np.float64]]]:
        """Return score and corners [4, 2] of each plate in a frame, best first."""
        scale = min(640 / grey.shape[1], 384 / grey.shape[0])
        size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
        flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        image = np.full((384, 640), 114, np.uint8)
        image[: size[1], : size[0]] = cv2.resize(grey, size, interpolation=flags)
        score, places = self.detector.run(None, {"image": image[None, None]})
        found = []
        for row, column in np.argwhere(score[0, 0] > threshold):
            centre = (np.array([column, row]) + 0.5) * 8
            corners = places[0, 4:, row, column].reshape(4, 2).astype(np.float64) + centre
            found.append((float(score[0, 0, row, column]), corners / scale))
        return sorted(found, key=lambda item: -item[0])


def rectify(grey: Grey, corners: NDArray[np.float64]) -> Grey:
    """Return the crop 48x144 of grown corners."""
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    source = grow(corners.astype(np.float32), 0.06).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return np.asarray(
        cv2.warpPerspective(grey, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def folded(text: str) -> str:
    """Return the text with O, Q and 0, and I and 1, counted equal."""
    return text.translate(_FOLD)


def measure_crops(models: Models, folder: Path) -> dict[str, Any]:
    """Return figures of the recogniser alone on British crops."""
    rows = [row for row in _truth(folder) if row["image"].startswith("crops/")]
    wrong, exact, fold, spent = [], 0, 0, 0.0
    for row in rows:
        grey = cv2.imread(str(folder / row["image"]), cv2.IMREAD_GRAYSCALE)
        crop = np.asarray(cv2.resize(grey, (WIDTH, HEIGHT)), np.uint8)
        start = time.process_time()
        text = models.read(crop)[0]
        spent += time.process_time() - start
        exact += text == row["plate"]
        fold += folded(text) == folded(row["plate"])
        if text != row["plate"]:
            wrong.append((row["plate"], text))
    return {
        "crops": len(rows),
        "exact": exact,
        "folded": fold,
        "wrong": wrong,
        "cpu_ms": round(1000 * spent / len(rows), 2),
    }


def measure_frames(models: Models, folder: Path) -> dict[str, Any]:
    """Return figures of both models on car-park frames: plates read, plates found, junk."""
    rows = [row for row in _truth(folder) if not row["image"].startswith("crops/")]
    by_image: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_image.setdefault(row["image"], []).append(row)
    exact = fold = found_boxes = junk = reads = 0
    wrong = []
    for image, truths in by_image.items():
        grey = cv2.imread(str(folder / image), cv2.IMREAD_GRAYSCALE)
        got = [
            (corners, *models.read(rectify(grey, corners)))
            for _, corners in models.find(np.asarray(grey, np.uint8))
        ]
        texts = [text for _, text, _, readable, _ in got if readable > 0.5 and len(text) > 1]
        reads += len(texts)
        names = [row["plate"] for row in truths]
        junk += sum(min(_distance(t, n) / len(n) for n in names) > 0.5 for t in texts)
        for row in truths:
            exact += row["plate"] in texts
            fold += folded(row["plate"]) in {folded(t) for t in texts}
            box = [float(row[key]) for key in ("x", "y", "w", "h")]
            found_boxes += any(_iou(box, corners) > 0.3 for corners, *_ in got)
            if row["plate"] not in texts:
                wrong.append((image, row["plate"], texts))
    return {
        "plates": len(rows),
        "exact": exact,
        "folded": fold,
        "found": found_boxes,
        "reads": reads,
        "junk": junk,
        "wrong": wrong,
    }


def measure_clips(models: Models, folder: Path) -> dict[str, Any]:
    """Return figures on clips of one vehicle: the text read in most frames."""
    right, frames_right, frames, wrong = 0, 0, 0, []
    for row in _truth(folder):
        film = cv2.VideoCapture(str(folder / row["clip"]))
        votes: Counter[str] = Counter()
        while True:
            more, frame = film.read()
            if not more:
                break
            grey = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.uint8)
            frames += 1
            found = models.find(grey)
            texts = [models.read(rectify(grey, corners))[:3] for _, corners in found]
            for text, sure, readable in texts:
                if readable > 0.5 and text:
                    votes[text] += sure
            frames_right += any(text == row["plates"] for text, *_ in texts)
        best = votes.most_common(1)[0][0] if votes else ""
        right += best == row["plates"]
        if best != row["plates"]:
            wrong.append((row["plates"], best))
    return {
        "clips": right + len(wrong),
        "right": right,
        "frames": frames,
        "frames_exact": frames_right,
        "wrong": wrong,
    }


def _truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def _iou(box: list[float], corners: NDArray[np.float64]) -> float:
    x, y, w, h = box
    low, high = corners.min(0), corners.max(0)
    inner = max(0.0, min(x + w, high[0]) - max(x, low[0])) * max(
        0.0, min(y + h, high[1]) - max(y, low[1])
    )
    return float(inner / (w * h + (high[0] - low[0]) * (high[1] - low[1]) - inner))


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def main() -> int:
    """Print the figures as JSON, one line a set."""
    parser = argparse.ArgumentParser(description="Measure the exported models.")
    parser.add_argument("--models", type=Path, default=Path("src/openanpr/reading/models"))
    parser.add_argument("--json", type=Path, help="also write the lines to this file")
    given = parser.parse_args()
    data = data_folder()
    if data is None:
        print("OPENANPR_DATA must name the folder that holds validate/", file=sys.stderr)
        return 2
    models = Models(given.models)
    lines: list[str] = []
    for name, measure, folder in (
        ("uk crops", measure_crops, data / "validate" / "uk"),
        ("uk frames", measure_frames, data / "validate" / "uk"),
        ("nl clips", measure_clips, data / "validate" / "nl"),
    ):
        lines.append(json.dumps({"set": name, **measure(models, folder)}))
        print(lines[-1], flush=True)
    if given.json is not None:
        given.json.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
