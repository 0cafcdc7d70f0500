"""Marks that were never issued, for tests and the demo: no real vehicle can carry one.

They have the current British form with an age code that DVLA has not reached (27 to 50 and 77 to
99, as of November 2026).
"""

import random
from collections.abc import Iterator
from typing import Final

from openanpr.vrm.mark import normalise

AGE_CODES: Final = tuple(f"{code:02d}" for code in (*range(27, 51), *range(77, 100)))
_TAG: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
_SERIAL: Final = "ABCDEFGHJKLMNOPRSTUVWXYZ"
_VOWELS: Final = frozenset("AEOU")


def marks(seed: int = 0) -> Iterator[str]:
    """An endless run of different never-issued marks, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable marks, not secrets
    seen: set[str] = set()
    while True:
        tag = "".join(chance.choices(_TAG, k=2))
        serial = "".join(chance.choices(_SERIAL, k=3))
        mark = f"{tag}{chance.choice(AGE_CODES)}{serial}"
        # One vowel at most in the last three: they then spell no word that DVLA would suppress.
        if len(_VOWELS.intersection(serial)) > 1 or serial[1] in _VOWELS or mark in seen:
            continue
        seen.add(mark)
        yield mark


def mark(seed: int = 0) -> str:
    """The first of `marks(seed)`."""
    return next(marks(seed))


def is_fictional(vrm: str) -> bool:
    """Whether the mark has the form of these never-issued marks."""
    text = normalise(vrm)
    return (
        len(text) == 7
        and text[0] in _TAG
        and text[1] in _TAG
        and text[2:4] in AGE_CODES
        and all(character in _SERIAL for character in text[4:])
    )
