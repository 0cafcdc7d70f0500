"""Which characters are taken for one another on plates (published confusion groups)."""

from functools import cache
from typing import Final

from openanpr.vrm.mark import Vrm, normalise

CONFUSABLE_CLASSES: Final[tuple[frozenset[str], ...]] = tuple(
    frozenset(group) for group in ("0DOQ", "1I", "2Z", "38B", "5S", "EFP", "HKMR", "TVY", "G6C")
)
SAME_GLYPH: Final[tuple[frozenset[str], ...]] = (frozenset("0O"), frozenset("1I"))


@cache
def confusable_with(character: str) -> frozenset[str]:
    """The other characters of the groups that hold `character`."""
    together = [group for group in CONFUSABLE_CLASSES if character in group]
    return frozenset().union(*together) - {character}


def confusions(one: str | Vrm, other: str | Vrm) -> int | None:
    """How many places differ, if the marks differ by confusable characters alone; else None."""
    first, second = normalise(str(one)), normalise(str(other))
    if len(first) != len(second):
        return None
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if any(b not in confusable_with(a) for a, b in differing):
        return None
    return len(differing)
