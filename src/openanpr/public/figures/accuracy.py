"""How often reads are right, from published figures alone: nothing more is let out by it."""

from dataclasses import dataclass
from typing import Final

from openanpr.public.figures.protecting import Published
from openanpr.reads.accuracy import LEAST, wilson

MOVED_BY: Final = 1.5
"""The most steps between a count and what is published of it: moved by one, rounded by a half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95% limits, all between 0 and 1."""

    share: float
    low: float
    high: float

    @property
    def text(self) -> str:
        """Such as ``97% (95% limits 93% to 99%)``."""
        return f"{self.share:.0%} (95% limits {self.low:.0%} to {self.high:.0%})"


def share_of(right: Published | None, checked: Published | None) -> Share | None:
    """The share of checked reads that were right; ``None`` where too few were checked to say.

    The limits (Wilson) are taken where the moving and rounding of both figures make them widest.
    """
    if right is None or checked is None or right.value is None or checked.value is None:
        return None
    if checked.value < LEAST:
        return None
    off = int(MOVED_BY * checked.figure.step + 1)
    most, fewest = checked.value + off, max(1, checked.value - off)
    low, _ = wilson(max(0, min(right.value - off, most)), most)
    _, high = wilson(min(right.value + off, fewest), fewest)
    return Share(share=min(1.0, right.value / checked.value), low=low, high=high)
