"""How strong a finding is, in four words, and the chances that the words are made from."""

from collections.abc import Sequence
from enum import StrEnum
from math import exp
from typing import Final


class Strength(StrEnum):
    """How far a finding stands out from what chance and normal traffic bring."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    EXPLAINED = "explained"
    NOT_COMPARED = "not-compared"


WORDS: Final = {
    Strength.STRONG: "Strong",
    Strength.MODERATE: "Moderate",
    Strength.WEAK: "Weak",
    Strength.EXPLAINED: "Explained by normal traffic",
    Strength.NOT_COMPARED: "Not compared",
}
COLOURS: Final = {
    Strength.STRONG: "green",
    Strength.MODERATE: "blue",
    Strength.WEAK: "yellow",
    Strength.EXPLAINED: "grey",
    Strength.NOT_COMPARED: "grey",
}
_STRONG, _MODERATE, _WEAK = 0.01, 0.1, 1.0


def strength_of(by_chance: float) -> Strength:
    """The word for a finding of which ``by_chance`` are expected where there is nothing to find."""
    if by_chance <= _STRONG:
        return Strength.STRONG
    if by_chance <= _MODERATE:
        return Strength.MODERATE
    return Strength.WEAK if by_chance <= _WEAK else Strength.EXPLAINED


def chance_of_at_least(count: int, chances: Sequence[float]) -> float:
    """The probability that ``count`` or more of independent trials with these chances succeed."""
    if count <= 0:
        return 1.0
    exactly = [1.0] + [0.0] * count  # the last one holds "count or more"
    for chance in chances:
        exactly[count] += exactly[count - 1] * chance
        for number in range(count - 1, 0, -1):
            exactly[number] = exactly[number] * (1 - chance) + exactly[number - 1] * chance
        exactly[0] *= 1 - chance
    return min(1.0, exactly[count])


def upper_rate(count: int, trials: int, *, doubt: float = 0.05) -> float:
    """The largest mean per trial that ``count`` events in ``trials`` leave credible.

    The one-sided upper limit for a Poisson mean: 3.0 / ``trials`` where nothing was seen.
    """
    low, high = float(count), 2.0 * count + 10.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(count, middle) > doubt:
            low = middle
        else:
            high = middle
    return high / trials


def _at_most(count: int, mean: float) -> float:
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return total
