"""A second opinion on a detection: does what stands in the box look like a plate from near?"""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from openanpr.reading.looks import covered
from openanpr.reading.values import Detection

PLATE: Final = 0.5
"""The least score at which a confirmed detection is called a plate."""

FAINT: Final = 0.28
"""The least score of the detector that is worth a second opinion."""

# Fitted by logistic regression on the licensed frames and tried on others (docs/evaluation.md):
# log-odds of a plate = SLOPE * (those of the detector + SHARE * those of the recogniser) + OFFSET.
SLOPE: Final = 2.8
SHARE: Final = 0.2
OFFSET: Final = -2.8
_LEAST: Final = 1e-4
_SAME_PLATE: Final = 0.4


def confirmed(detected: float, readable: float) -> float:
    """The probability of a plate, by the detector's score and the recogniser's `readable`."""
    odds = SLOPE * (_log_odds(detected) + SHARE * _log_odds(readable)) + OFFSET
    return 1.0 / (1.0 + math.exp(-odds))


def without_repetitions(detections: Iterable[Detection]) -> list[Detection]:
    """The detections of several looks, each plate once, the surest first."""
    kept: list[Detection] = []
    for found in sorted(detections, key=lambda found: -found.score):
        if all(covered(found.box, other.box) < _SAME_PLATE for other in kept):
            kept.append(found)
    return kept


def rescored(found: Detection, readable: float) -> Detection:
    """The detection with the score of both networks together."""
    return replace(found, score=confirmed(found.score, readable))


def _log_odds(share: float) -> float:
    kept = min(max(share, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))
