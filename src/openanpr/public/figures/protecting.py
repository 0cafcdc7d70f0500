"""How a count is made safe to publish.

A count is moved by a random amount of up to one step either way, then rounded to a multiple of the
step; what comes out below two steps is given as "fewer than". The amount comes from a secret key,
the figure and the month, so that it is the same each time and nobody outside can take it away.

One vehicle more therefore changes what is published only by chance, and nobody can tell whether it
did; and since each figure is moved by itself, a total less its parts is the sum of what was moved,
not the part that was left out. See docs/adr/0045.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from openanpr.public.figures.catalogue import FIGURES, Figure

LEAST_STEPS: Final = 2
_BITS: Final = 2**64


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it leaves. ``value`` is ``None`` where it is only "fewer than ``below``"."""

    figure: Figure
    value: int | None

    @property
    def below(self) -> int:
        """The smallest value that is given as a number."""
        return LEAST_STEPS * self.figure.step

    @property
    def text(self) -> str:
        """As people read it."""
        return f"fewer than {self.below:,}" if self.value is None else f"about {self.value:,}"


def protect(counts: Mapping[str, int], *, month: date, key: bytes) -> list[Published]:
    """Every figure of the catalogue for one month; a count that is missing counts as nought.

    ``key``: at least 16 bytes that nobody outside knows. ``ValueError`` for a negative count.
    """
    return [
        Published(figure, _protected(counts.get(name, 0), figure, month, key))
        for name, figure in FIGURES.items()
    ]


def _protected(count: int, figure: Figure, month: date, key: bytes) -> int | None:
    if count < 0:
        raise ValueError("a count cannot be negative")
    moved = count + _moved_by(figure, month, key)
    # Half a step up, in whole numbers: rounding to the even step would favour some of them.
    rounded = (2 * moved + figure.step) // (2 * figure.step) * figure.step
    return rounded if rounded >= LEAST_STEPS * figure.step else None


def _moved_by(figure: Figure, month: date, key: bytes) -> int:
    """Between minus one and plus one step, every whole number alike."""
    text = f"{month:%Y-%m}/{figure.key}".encode()
    drawn = int.from_bytes(hmac.new(key, text, sha256).digest()[:8], "big")
    return drawn * (2 * figure.step + 1) // _BITS - figure.step
