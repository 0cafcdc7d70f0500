"""Drawing a sample that anybody can draw again from the same seed.

Each search gets a number from SHA-256 over seed and id; the smallest are drawn. So the outcome
depends on no library's generator and on no order, and can be checked by hand.
"""

import math
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

_SPAN: Final = 2**64


def draw(scores: Mapping[UUID, int], *, size: int, seed: str, weighted: bool) -> list[UUID]:
    """At most ``size`` of the ids, in the order of the draw.

    ``weighted``: an id with score *s* counts ``1 + s / 10`` times as much as one with score 0 (the
    exponential keys of Efraimidis and Spirakis, Information Processing Letters 97, 2006).
    """
    keys = {
        one: _key(seed, one, 1 + points / 10 if weighted else 1.0) for one, points in scores.items()
    }
    return sorted(keys, key=lambda one: (keys[one], one))[:size]


def _key(seed: str, one: UUID, weight: float) -> float:
    number = int.from_bytes(sha256(f"{seed}:{one}".encode()).digest()[:8], "big")
    return -math.log((number + 1) / (_SPAN + 1)) / weight
