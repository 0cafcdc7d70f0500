"""Where and when an entry or a list is looked for: areas, cameras, directions, times."""

from datetime import datetime

from msgspec import Struct

MINUTES_A_DAY = 24 * 60


class Window(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time of the week: on `days` (0 is Monday; none: every day) from `start` until `end`.

    Both are minutes after midnight in the force's zone. One whose end is not after its start goes
    on past midnight and belongs to the day on which it began.
    """

    start: int
    end: int
    days: tuple[int, ...] = ()

    def holds(self, local: datetime) -> bool:
        """Whether the moment, in the force's zone, lies in it."""
        minute = local.hour * 60 + local.minute
        if self.start < self.end:
            return self.start <= minute < self.end and self._on(local.weekday())
        if minute >= self.start:
            return self._on(local.weekday())
        return minute < self.end and self._on((local.weekday() - 1) % 7)

    def _on(self, day: int) -> bool:
        return not self.days or day in self.days


class Place(Struct, frozen=True, kw_only=True):
    """Where a read was captured: the camera's number and area, and which way the vehicle went."""

    camera: int
    area: str
    direction: str


class Scope(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Restrictions that must all hold; one that is empty restricts nothing."""

    areas: tuple[str, ...] = ()
    cameras: tuple[int, ...] = ()
    directions: tuple[str, ...] = ()
    times: tuple[Window, ...] = ()

    def holds(self, place: Place | None, local: datetime) -> bool:
        """Whether a capture at `place` at that moment of the force's zone is looked for.

        A capture whose place is not known is in no scope that names places.
        """
        if self.times and not any(window.holds(local) for window in self.times):
            return False
        if place is None:
            return not (self.areas or self.cameras or self.directions)
        return (
            (not self.areas or place.area in self.areas)
            and (not self.cameras or place.camera in self.cameras)
            and (not self.directions or place.direction in self.directions)
        )
