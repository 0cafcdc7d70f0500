"""In which order alerts stand: by the harm that the vehicle stands for, not by arrival. Pure."""

from collections.abc import Iterable
from typing import Final

_A_PRIORITY: Final = 10
WEIGHTS: Final[dict[str, int]] = {
    "XP": 12,
    "FI": 12,
    "WE": 9,
    "VI": 6,
    "SU": 6,
    "AG": 6,
    "ES": 3,
    "CO": 3,
    "IS": 2,
    "DR": 1,
}
"""By how much a warning marker lifts an alert; a priority is worth ten, so firearms or explosives
lift it past the next one. Markers that are not named lift nothing. A choice of this program's.
"""


def severity(*, priority: int, markers: Iterable[str]) -> int:
    """The rank of an alert; the lowest is shown first. Only the gravest marker counts."""
    return priority * _A_PRIORITY - max((WEIGHTS.get(one, 0) for one in markers), default=0)
