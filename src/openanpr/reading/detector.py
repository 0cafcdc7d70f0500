"""Finding plates: the frame into the network, its peaks into boxes and corners."""

from typing import Final

import numpy as np
import numpy.typing as npt

from openanpr.imaging import Corners, Picture, grey, letterbox
from openanpr.reading.manifest import DetectorSpec
from openanpr.reading.session import Floats, Network
from openanpr.reading.values import Box, Detection

MAX_PLATES: Final = 32
SAME_PLATE_OVERLAP: Final = 0.4
STRIP_SHARE: Final = 1.5
"""An input of more pixels than so many times the manifest's is looked at in upright strips, one
after the other: a second, larger look then takes hardly more memory than the first."""

STRIP_OVERLAP: Final = 128
"""Pixels that strips share: a plate no wider than this is whole in one of them, and a wider one
is seen by the look at the usual scale."""

_GRID: Final = 32


class Detector:
    """Finds plates in frames. `scale` above 1 looks at a larger input, for far cameras."""

    def __init__(self, network: Network, spec: DetectorSpec, *, scale: float = 1.0) -> None:
        """Run `network`, whose files and shapes `spec` tells."""
        self._network = network
        self._spec = spec
        self._scale = scale

    def detect(
        self, frame: Picture, *, scale: float | None = None, threshold: float | None = None
    ) -> list[Detection]:
        """The plates in a frame (BGR or grey), the surest first, each once."""
        width, height = self._input_size(frame, scale or self._scale)
        field, shrink = letterbox(grey(frame), width=width, height=height)
        limit = self._spec.threshold if threshold is None else threshold
        looks = [
            self._look(field, start, end, threshold=limit)
            for start, end in strips(width, self._strips(width, height))
        ]
        boxes, corners, scores = (np.concatenate(part) for part in zip(*looks, strict=True))
        kept = distinct(boxes, scores, overlap=SAME_PLATE_OVERLAP)[:MAX_PLATES]
        bounds = (frame.shape[1], frame.shape[0])
        found = (
            _detection(boxes[i] / shrink, corners[i] / shrink, float(scores[i]), bounds)
            for i in kept
        )
        return [detection for detection in found if detection is not None]

    def _look(
        self, field: Picture, start: int, end: int, *, threshold: float
    ) -> tuple[Floats, npt.NDArray[np.float32], Floats]:
        strip = np.ascontiguousarray(field[None, None, :, start:end])
        score, geometry = self._network.run(strip, ("score", "geometry"))
        boxes, corners, scores = peaks(
            score[0, 0], geometry[0], stride=self._spec.stride, threshold=threshold
        )
        # A plate that a strip cuts off is whole in the next one.
        whole = np.ones(len(boxes), dtype=bool)
        if start:
            whole &= boxes[:, 0] > 2
        if end < field.shape[1]:
            whole &= boxes[:, 2] < end - start - 2
        boxes, corners = boxes[whole], corners[whole]
        boxes[:, 0::2] += start
        corners[:, :, 0] += start
        return boxes, corners, scores[whole]

    def _strips(self, width: int, height: int) -> int:
        usual = self._spec.input_width * self._spec.input_height
        return max(1, -int(-(width * height) // (usual * STRIP_SHARE)))

    def _input_size(self, frame: Picture, scale: float) -> tuple[int, int]:
        # The same number of pixels as the manifest's input, in the shape of the frame: nothing
        # of the network's work is spent on padding.
        area = self._spec.input_width * self._spec.input_height * scale * scale
        height, width = frame.shape[:2]
        ideal = (area * width / height) ** 0.5
        columns = max(2, round(ideal / _GRID)) * _GRID
        # A whole fraction of the frame's width is shrunk five times as fast as any other.
        parts = round(width / ideal)
        if parts and width % (parts * _GRID) == 0 and 0.9 < width / parts / ideal < 1.1:
            columns = width // parts
        rows = max(2, -int(-(columns * height / width) // _GRID)) * _GRID
        return columns, rows


def strips(width: int, count: int) -> list[tuple[int, int]]:
    """Where each of `count` strips of a field starts and ends; neighbours share an overlap."""
    if count == 1:
        return [(0, width)]
    each = -(-(width + (count - 1) * STRIP_OVERLAP) // (count * _GRID)) * _GRID
    starts = [min(number * (each - STRIP_OVERLAP), width - each) for number in range(count)]
    return [(start, start + each) for start in starts]


def peaks(
    score: Floats, geometry: Floats, *, stride: int, threshold: float
) -> tuple[Floats, npt.NDArray[np.float32], Floats]:
    """Boxes [n, 4] (left, top, right, bottom), corners [n, 4, 2] and scores [n] of the peaks.

    `score` [h, w] holds zeros but at its peaks, `geometry` [12, h, w] the distances from the
    middle of a cell; the results are in pixels of the input, the highest score first.
    """
    rows, columns = np.nonzero(score >= threshold)
    scores = score[rows, columns]
    order = np.argsort(-scores, kind="stable")
    rows, columns, scores = rows[order], columns[order], scores[order]
    reach = geometry[:, rows, columns].T
    middle = np.stack([columns + 0.5, rows + 0.5], axis=1).astype(np.float32) * stride
    boxes = np.concatenate([middle - reach[:, 0:2], middle + reach[:, 2:4]], axis=1)
    corners = middle[:, None, :] + reach[:, 4:].reshape(-1, 4, 2)
    return boxes.astype(np.float32), corners.astype(np.float32), scores


def distinct(boxes: Floats, scores: Floats, *, overlap: float) -> list[int]:
    """The indices of the boxes that are no weaker repetition of another, best first."""
    kept: list[int] = []
    for index in np.argsort(-scores, kind="stable"):
        if all(overlap_of(boxes[index], boxes[other]) < overlap for other in kept):
            kept.append(int(index))
    return kept


def overlap_of(one: Floats, other: Floats) -> float:
    """Intersection over union of two boxes (left, top, right, bottom)."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    shared = float(wide * high)
    both = float(
        (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1])
    )
    return shared / (both - shared)


def _detection(
    box: Floats, corners: npt.NDArray[np.float32], score: float, bounds: tuple[int, int]
) -> Detection | None:
    left, top = max(0, round(float(box[0]))), max(0, round(float(box[1])))
    right = min(bounds[0], round(float(box[2])))
    bottom = min(bounds[1], round(float(box[3])))
    if right - left < 2 or bottom - top < 2:
        return None
    whole = Box(left, top, right - left, bottom - top)
    return Detection(whole, _trusted(corners, box), score)


def _trusted(corners: npt.NDArray[np.float32], box: Floats) -> Corners:
    """The corners, or the box's own where they fold over or contradict the box."""
    ahead = np.roll(corners, -1, axis=0) - corners
    turn = (
        ahead[:, 0] * np.roll(ahead, -1, axis=0)[:, 1]
        - ahead[:, 1] * np.roll(ahead, -1, axis=0)[:, 0]
    )
    following = np.roll(corners, -1, axis=0)
    area = 0.5 * float(np.sum(corners[:, 0] * following[:, 1] - following[:, 0] * corners[:, 1]))
    size = float((box[2] - box[0]) * (box[3] - box[1]))
    if bool((turn > 0).all()) and 0.35 * size < area < 1.6 * size:
        return corners
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
