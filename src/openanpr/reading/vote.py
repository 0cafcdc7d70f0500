"""The vote over frames: what several looks at one plate say together."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from openanpr.imaging import Picture, sharpness
from openanpr.reading.recogniser import log_softmax
from openanpr.reading.values import PlateScores

MOST_VOTES: Final = 3.0
"""Frames of one pass share their blur and glare: however many, they count as this many looks."""

_FULL_HEIGHT: Final = 32.0
_FLOOR: Final = math.log(1e-6)
_LEAST: Final = 0.02


def weight_of(scores: PlateScores, *, confidence: float, height: float, patch: Picture) -> float:
    """How much one look counts: by the plate's height in pixels, its sharpness, its certainty.

    `confidence` is that of the mark decoded from this look alone.
    """
    size = min(height / _FULL_HEIGHT, 1.5)
    return size * min(sharpness(patch), 1.0) * scores.readable * (confidence + _LEAST) ** 2


class Vote:
    """Sums of weighted log-probabilities, held apart by the length of the text that was seen.

    A look that lost the first character has every other one slot too early: it may only vote
    with others of its length. Its size does not grow with the number of looks.
    """

    def __init__(self, *, most: float = MOST_VOTES) -> None:
        """Start with no look; however many come, they count as at most `most` of the heaviest."""
        self._most = most
        self._sums: dict[int, npt.NDArray[np.float64]] = {}
        self._weights: dict[int, float] = {}
        self._heaviest: dict[int, float] = {}
        self._countries: dict[str, float] = {}
        self._two_lines = 0.0
        self._readable = 0.0
        self.looks = 0

    def add(self, scores: PlateScores, *, weight: float) -> None:
        """Count one look."""
        length = int((scores.characters.argmax(axis=1) > 0).sum())
        told = np.maximum(scores.characters.astype(np.float64), _FLOOR) * weight
        self._sums[length] = self._sums.get(length, np.zeros_like(told)) + told
        self._weights[length] = self._weights.get(length, 0.0) + weight
        self._heaviest[length] = max(self._heaviest.get(length, 0.0), weight)
        for country, share in scores.countries.items():
            self._countries[country] = self._countries.get(country, 0.0) + share * weight
        self._two_lines += scores.two_lines * weight
        self._readable = max(self._readable, scores.readable)
        self.looks += 1

    def result(self) -> PlateScores | None:
        """The scores of all looks together, or None before the first."""
        if not self.looks:
            return None
        length = max(self._weights, key=lambda key: self._weights[key])
        weight = self._weights[length]
        votes = min(weight / self._heaviest[length], self._most)
        joined = log_softmax((self._sums[length] / weight * votes).astype(np.float32))
        total = sum(self._weights.values())
        return PlateScores(
            characters=joined,
            countries={country: share / total for country, share in self._countries.items()},
            readable=self._readable,
            two_lines=self._two_lines / total,
        )
