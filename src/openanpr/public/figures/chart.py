"""Bars drawn by the server: they need no script, print well, and have the table as their twin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
_ROW: Final = 28
_LABEL: Final = 260
_VALUE: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar in pixels of the drawing; ``text`` stands behind it."""

    label: str
    text: str
    y: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar a row, the longest as long as the space allows."""

    title: str
    bars: list[Bar]
    width: int = WIDTH
    bar_x: int = _LABEL

    @property
    def height(self) -> int:
        """Pixels."""
        return _ROW * len(self.bars)


def bars(title: str, values: Sequence[tuple[str, int | None, str]]) -> Chart:
    """A chart of (label, value, text); a value that is not told has no bar, only its text."""
    longest = max((value or 0 for _, value, _ in values), default=0) or 1
    space = WIDTH - _LABEL - _VALUE
    return Chart(
        title=title,
        bars=[
            Bar(label=label, text=text, y=_ROW * row, length=space * (value or 0) // longest)
            for row, (label, value, text) in enumerate(values)
        ],
    )
