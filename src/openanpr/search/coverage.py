"""What a search could have found: which cameras were up in the time that was allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.access.scope import joined
from openanpr.cameras.gaps import Gap, gaps_of
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import cameras_known_to, name_of
from openanpr.cameras.vocabulary import CameraState
from openanpr.reads.accuracy import accuracy_of
from openanpr.reads.corrections import Source, Tally, tallies

Period = tuple[datetime, datetime]
_NEVER_WATCHED: Final = (CameraState.PROPOSED.value, CameraState.APPROVED.value)
MOST_LINES: Final = 50
CHECKED_LATELY: Final = timedelta(days=365)


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
class CheckedCamera:
    """One camera whose reads people have checked: how many, and what they found in words."""

    name: str
    area: str
    judged: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The cameras of a search over its allowed time. ``lines``: those with a gap, worst first.

    ``checked`` are the cameras of which anybody checked a read, least right first, and ``accuracy``
    says the same of all of them together; both are empty where nobody did.
    """

    cameras: int
    whole: int
    never: int
    lines: tuple[CameraCover, ...]
    checked: tuple[CheckedCamera, ...] = ()
    accuracy: str = ""

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
        if self.accuracy:
            said.append(
                f"Of their reads that people checked lately, so many were right: {self.accuracy}."
            )
        else:
            said.append("Nobody has checked lately how many of their reads are right.")
        said.append("How many of the plates that pass them they miss has not been measured.")
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
    checks = _checks(listed, at=at)
    return Coverage(
        cameras=len(covers),
        whole=sum(not one.gaps for one in covers),
        never=sum(one.up <= timedelta() for one in covers),
        lines=tuple(lines),
        checked=_checked(listed, checks, with_location=with_location),
        accuracy=accuracy_of(checks).words if checks else "",
    )


def _checks(cameras: Sequence[Camera], *, at: datetime) -> list[Tally]:
    """What people found of these cameras' reads, where they were drawn by chance to be checked."""
    ids = {camera.id for camera in cameras}
    return [
        one
        for one in tallies(at - CHECKED_LATELY, at)
        if one.camera_id in ids and one.source is Source.CHECK and one.judged
    ]


def _checked(
    cameras: Sequence[Camera], checks: Sequence[Tally], *, with_location: bool
) -> tuple[CheckedCamera, ...]:
    found = []
    for camera in cameras:
        accuracy = accuracy_of(one for one in checks if one.camera_id == camera.id)
        if not accuracy.judged:
            continue
        line = CheckedCamera(
            name=name_of(camera, with_location=with_location),
            area=camera.area_name,
            judged=accuracy.judged,
            words=accuracy.words,
        )
        found.append((accuracy.low, line.name, line))
    return tuple(line for _, _, line in sorted(found, key=lambda one: one[:2]))


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
