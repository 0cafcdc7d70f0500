"""Is a confidence of 90 % right nine times in ten? Bins, the expected error, and its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

BINS: Final = 10
DRAWS: Final = 1000
SEED: Final = 20_261_122

Outcome = tuple[float, bool]
"""The confidence a reading was told with, 0..1, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The readings told with a confidence from `low` to `high`: how sure, and how often right.

    `confidence` (the mean) and `right` are shares 0..1, and None where the bin holds no reading.
    """

    low: float
    high: float
    readings: int
    confidence: float | None
    right: float | None


def reliability(told: Sequence[Outcome]) -> list[Bin]:
    """Ten bins of equal width; one is told in the last."""
    sure, right = _arrays(told)
    place = _bin_of(sure)
    bins = []
    for number in range(BINS):
        inside = place == number
        count = int(inside.sum())
        bins.append(
            Bin(
                number / BINS,
                (number + 1) / BINS,
                count,
                float(sure[inside].mean()) if count else None,
                float(right[inside].mean()) if count else None,
            )
        )
    return bins


def expected_error(told: Sequence[Outcome]) -> float:
    """The expected calibration error: the mean gap of the bins, weighed by their readings."""
    if not told:
        return 0.0
    sure, right = _arrays(told)
    return _error(_bin_of(sure), sure - right)


def interval(told: Sequence[Outcome], *, draws: int = DRAWS) -> tuple[float, float] | None:
    """Where the expected error lies with 95 %: percentiles over `draws` samples with replacement.

    The same outcomes give the same interval. None for fewer than two readings. The error of few
    readings comes out too large rather than too small, and so does its interval.
    """
    if len(told) < 2:
        return None
    sure, right = _arrays(told)
    place, gap = _bin_of(sure), sure - right
    generator = np.random.default_rng(SEED)
    errors = []
    for _ in range(draws):
        drawn = generator.integers(0, len(told), len(told))
        errors.append(_error(place[drawn], gap[drawn]))
    low, high = np.percentile(errors, [2.5, 97.5])
    return float(low), float(high)


def _arrays(told: Sequence[Outcome]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    sure = np.array([confidence for confidence, _ in told], dtype=np.float64)
    return sure, np.array([right for _, right in told], dtype=np.float64)


def _bin_of(sure: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    return np.clip((sure * BINS).astype(np.int64), 0, BINS - 1)


def _error(place: npt.NDArray[np.int64], gap: npt.NDArray[np.float64]) -> float:
    # A bin's share times its gap is the absolute sum of its readings' gaps over all readings.
    sums = np.bincount(place, weights=gap, minlength=BINS)
    return float(np.abs(sums).sum() / len(gap))
