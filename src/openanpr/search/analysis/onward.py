"""Where a vehicle is read next, from what it did before: counts with their intervals, or nothing.

Nothing is learnt from other vehicles, and nothing is said of few cases.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from openanpr.reads.accuracy import wilson
from openanpr.search.analysis.journeys import Journey

FEWEST: Final = 10
"""With fewer earlier passes of a camera nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """How often it was read next at ``camera_id`` (``None``: not again on that journey).

    ``low`` and ``high`` bound the share (Wilson, 95%); ``after`` is the middle of the times taken.
    """

    camera_id: int | None
    times: int
    of: int
    low: float
    high: float
    after: timedelta | None

    @property
    def share(self) -> float:
        """The share itself."""
        return self.times / self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """From a camera onward, likeliest first; no ``onward`` where they are fewer than ``FEWEST``."""

    camera_id: int
    passes: int
    onward: tuple[Onward, ...]


def onward_from(journeys: Sequence[Journey], *, camera_id: int) -> Estimate:
    """What followed each earlier pass of this camera. The last pass of all is not counted."""
    steps: list[tuple[int | None, timedelta | None]] = []
    for journey in journeys:
        for one, other in pairwise(journey.reads):
            if one.camera_id == camera_id and other.camera_id != camera_id:
                steps.append((other.camera_id, other.captured_at - one.captured_at))
        if journey is not journeys[-1] and journey.reads[-1].camera_id == camera_id:
            steps.append((None, None))
    if len(steps) < FEWEST:
        return Estimate(camera_id=camera_id, passes=len(steps), onward=())
    counts = Counter(where for where, _ in steps)
    found = []
    for where, times in counts.items():
        low, high = wilson(times, len(steps))
        taken = [
            after.total_seconds() for there, after in steps if there == where and after is not None
        ]
        found.append(
            Onward(
                camera_id=where,
                times=times,
                of=len(steps),
                low=low,
                high=high,
                after=timedelta(seconds=median(taken)) if taken else None,
            )
        )
    found.sort(key=lambda one: (-one.times, one.camera_id or 0))
    return Estimate(camera_id=camera_id, passes=len(steps), onward=tuple(found))
