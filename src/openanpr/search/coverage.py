"""What a search could have found: which cameras were up in the time that was allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.access.scope import joined
from openanpr.cameras.gaps import Gap, gaps_of
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import cameras_known_to, name_of
from openanpr.cameras.vocabulary import CameraState

Period = tuple[datetime, datetime]
_NEVER_WATCHED: Final = (CameraState.PROPOSED.value, CameraState.APPROVED.value)
MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCover:
    """One camera that was not up all the time: how long it was, of how long, and its gaps."""

    name: str
    area: str
    up: timedelta
    of: timedelta
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> str:
        """How much of the time it was up, in words; never rounded up to all of it."""
        part = int(100 * self.up / self.of) if self.of else 0
        return f"{part}% of the time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The cameras of a search over its allowed time. ``lines``: those with a gap, worst first."""

    cameras: int
    whole: int
    never: int
    lines: tuple[CameraCover, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was watched and what was not, in words."""
        if not self.cameras:
            return ("No camera that you may search watches there.",)
        if self.never == self.cameras:
            return (f"{_cameras(self.cameras)} could be searched, and none was up in that time.",)
        said = [f"{_cameras(self.cameras)} could be searched."]
        if self.whole == self.cameras:
            said.append("As far as is known, all were up for the whole of that time.")
        else:
            said.append(f"{self.whole} of {self.cameras} were up for the whole of that time.")
        if self.never:
            said.append(f"{self.never} {'was' if self.never == 1 else 'were'} not up at all.")
        return tuple(said)


def coverage_of(
    periods: Iterable[Period],
    *,
    camera_ids: frozenset[int] | None,
    covert: bool,
    with_location: bool,
    at: datetime,
) -> Coverage:
    """Which cameras were up in these periods, as far as is known at ``at``.

    ``camera_ids``: those searched, or ``None`` for every camera. ``covert``: covert ones too.
    """
    wanted = [(start, min(end, at)) for start, end in periods if start < min(end, at)]
    cameras = cameras_known_to(covert=covert).exclude(state__in=_NEVER_WATCHED)
    if camera_ids is not None:
        cameras = cameras.filter(id__in=camera_ids)
    listed = list(cameras)
    gaps = gaps_of(listed, wanted, at=at)
    covers = [_cover(one, gaps[one.id], wanted, with_location=with_location) for one in listed]
    lines = sorted((one for one in covers if one.gaps), key=lambda one: (one.up, one.name))
    return Coverage(
        cameras=len(covers),
        whole=sum(not one.gaps for one in covers),
        never=sum(one.up <= timedelta() for one in covers),
        lines=tuple(lines),
    )


def _cover(
    camera: Camera, gaps: tuple[Gap, ...], wanted: list[Period], *, with_location: bool
) -> CameraCover:
    down = sum((end - start for start, end in joined((g.start, g.end) for g in gaps)), timedelta())
    of = sum((end - start for start, end in wanted), timedelta())
    return CameraCover(
        name=name_of(camera, with_location=with_location),
        area=camera.area_name,
        up=of - down,
        of=of,
        gaps=gaps,
    )


def _cameras(count: int) -> str:
    return f"{count} camera{'' if count == 1 else 's'}"
