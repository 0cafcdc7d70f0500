"""How often reads were right, as people found: figures with their bounds.

Only the checks are a sample: drawn camera by camera and by chance, so that each camera counts
alike. What people corrected on other occasions shows where reads are wrong, not how often.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from openanpr.reads.corrections import Source, Tally, Verdict

_Z: Final = 1.959964
LEAST: Final = 30
"""With fewer answers than this a share is not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Of ``judged`` checked reads ``right`` were right; ``low`` to ``high``: 95% bounds (Wilson).

    ``unreadable``: nobody could say. ``corrected``: found wrong on other occasions than checks.
    """

    judged: int
    right: int
    unreadable: int
    corrected: int
    low: float
    high: float

    @property
    def words(self) -> str:
        """The share in words; with too few answers only that."""
        if self.judged < LEAST:
            return f"Too few to say ({self.judged} of {LEAST})"
        share = f"{self.right / self.judged:.1%}"
        return f"{share} (95% bounds {self.low:.1%} to {self.high:.1%})"


def accuracy_of(tallies: Iterable[Tally]) -> Accuracy:
    """The accuracy that these tallies show together."""
    right = judged = unreadable = corrected = 0
    for one in tallies:
        if one.source is Source.CHECK:
            right += one.counts.get(Verdict.RIGHT, 0)
            judged += one.judged
            unreadable += one.counts.get(Verdict.UNREADABLE, 0)
        else:
            corrected += one.counts.get(Verdict.WRONG, 0)
    low, high = wilson(right, judged)
    return Accuracy(
        judged=judged,
        right=right,
        unreadable=unreadable,
        corrected=corrected,
        low=low,
        high=high,
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927); 0 to 1 where nothing was tried."""
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, _Z * _Z
    centre = share + z2 / (2 * trials)
    spread = _Z * sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    scale = 1 + z2 / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
