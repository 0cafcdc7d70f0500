"""Marks that passed several places in their order, each within a time of the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One drive along the route: the moment at each place, in order."""

    moments: tuple[datetime, ...]

    @property
    def length(self) -> timedelta:
        """From the first place to the last."""
        return self.moments[-1] - self.moments[0]


def runs_along(
    visits: Iterable[tuple[int, datetime]], *, places: int, within: timedelta
) -> tuple[Run, ...]:
    """The drives of one mark along all ``places``, oldest first; no two share a moment.

    ``visits`` are numbers of places (from 0) with the moment of each read there; from one place to
    the next it takes at most ``within``.
    """
    by_place: list[list[datetime]] = [[] for _ in range(places)]
    for number, moment in visits:
        by_place[number].append(moment)
    for moments in by_place:
        moments.sort()
    runs: list[Run] = []
    for start in by_place[0]:
        if runs and start <= runs[-1].moments[-1]:
            continue
        drive = _onward(start, by_place, within)
        if drive is not None:
            runs.append(Run(moments=drive))
    return tuple(runs)


def _onward(
    start: datetime, by_place: Sequence[Sequence[datetime]], within: timedelta
) -> tuple[datetime, ...] | None:
    if len(by_place) == 1:
        return (start,)
    for moment in by_place[1]:
        if start < moment <= start + within:
            rest = _onward(moment, by_place[1:], within)
            if rest is not None:
                return (start, *rest)
    return None
