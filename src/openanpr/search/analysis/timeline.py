"""A timeline as a drawing: a lane for each area, a mark for each read. Its tables say the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.search.analysis.sightings import Sighting

WIDTH: Final = 960
LEFT: Final = 200
LANE: Final = 26
TOP: Final = 30
MOST_LANES: Final = 10
_TICKS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One area: its name, the height of its middle, and where its reads stand."""

    name: str
    y: int
    dots: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing in units of its view box; ``ticks`` are moments with their places."""

    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[datetime, float], ...]
    width: int = WIDTH
    left: int = LEFT


def timeline_of(reads: Sequence[Sighting], *, start: datetime, end: datetime) -> Timeline | None:
    """The reads of ``[start, end)``; the areas with most reads have lanes of their own."""
    if not reads or start >= end:
        return None
    counts = Counter(one.area for one in reads)
    named = [area for area, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    own = named if len(named) <= MOST_LANES else named[: MOST_LANES - 1]
    lanes = [*own, *(["Other areas"] if len(named) > len(own) else [])]
    dots: dict[str, list[float]] = {name: [] for name in lanes}
    for one in reads:
        lane = one.area if one.area in dots else "Other areas"
        dots[lane].append(_across(one.captured_at, start, end))
    step = (end - start) / _TICKS
    moments = [start + number * step for number in range(_TICKS)]
    return Timeline(
        height=TOP + LANE * len(lanes) + 10,
        lanes=tuple(
            Lane(name=name, y=TOP + LANE * number + LANE // 2, dots=tuple(sorted(dots[name])))
            for number, name in enumerate(lanes)
        ),
        ticks=tuple((moment, _across(moment, start, end)) for moment in moments),
    )


def _across(moment: datetime, start: datetime, end: datetime) -> float:
    share: float = (moment - start) / (end - start)
    return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - 10), 1)
