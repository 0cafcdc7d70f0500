"""Marks that a reader may take for one another, and the chance that it did.

No figure is made up here: a read comes with the calibrated chance that its mark is right, and with
the alternatives that the reader itself saw, each with its chance. What remains of 1 is shared
equally by the marks that differ in one character of the published confusion groups.
"""

from functools import lru_cache
from typing import Protocol

from openanpr.vrm import canonical, confusable_with


class Alternative(Protocol):
    """Another mark that the plate may bear, with its chance, 0 to 1."""

    @property
    def vrm(self) -> str: ...

    @property
    def confidence(self) -> float: ...


@lru_cache(maxsize=65_536)
def one_off(mark: str) -> frozenset[str]:
    """The canonical marks that differ from the canonical `mark` in one confusable character."""
    found = {
        canonical(mark[:place] + other + mark[place + 1 :])
        for place, character in enumerate(mark)
        for other in confusable_with(character)
    }
    return frozenset(found - {mark})


def weight(mark: str, wanted: str, *, confidence: float, others: tuple[Alternative, ...]) -> float:
    """The chance, 0 to 1, that a plate read as `mark` bears `wanted` (both canonical)."""
    stated = {canonical(other.vrm): other.confidence for other in others}
    if wanted in stated:
        return stated[wanted]
    rest = 1.0 - confidence - sum(stated.values())
    unstated = one_off(mark) - stated.keys()
    if wanted not in unstated or rest <= 0:
        return 0.0
    return rest / len(unstated)
