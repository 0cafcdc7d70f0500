"""When a camera was not watching: silent, suspended, not authorised. Known gaps, not all gaps.

A gap that is over is a row; one that goes on is told from the camera's state and last sign of life.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from openanpr.cameras.authority import Authority
from openanpr.cameras.models import Camera, CameraGap
from openanpr.cameras.queries import authorities_of
from openanpr.cameras.vocabulary import CameraState

SILENT_AFTER: Final = timedelta(minutes=2)
ALWAYS: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Where a camera's time before its first day begins."""

WORDS: Final = {
    "silent": "no sign of life",
    "not-live": "not in service",
    "unheard": "never heard of",
    "unauthorised": "without authority to collect",
}

Period = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """``[start, end)`` in which a camera was not watching, and what kind of gap it was."""

    start: datetime
    end: datetime
    kind: str

    @property
    def words(self) -> str:
        """The kind in words."""
        return WORDS[self.kind]


def gaps_of(
    cameras: Sequence[Camera], periods: Sequence[Period], *, at: datetime
) -> dict[int, tuple[Gap, ...]]:
    """The known gaps of each camera within the periods, oldest first, cut at them."""
    found: dict[int, list[Gap]] = {camera.id: [] for camera in cameras}
    if periods:
        over = CameraGap.objects.filter(
            camera_id__in=list(found),
            starts_at__lt=max(end for _, end in periods),
            ends_at__gt=min(start for start, _ in periods),
        )
        for row in over:
            found[row.camera_id].append(Gap(row.starts_at, row.ends_at, row.kind))
    authorities = authorities_of(found)
    for camera in cameras:
        found[camera.id] += _unauthorised(authorities.get(camera.id, ()), at)
        if (first := _before_its_first_day(camera, found[camera.id])) is not None:
            found[camera.id].append(first)
        if (gap := open_gap(camera, at=at)) is not None:
            found[camera.id].append(gap)
    return {number: tuple(sorted(_cut(gaps, periods))) for number, gaps in found.items()}


def open_gap(camera: Camera, *, at: datetime) -> Gap | None:
    """The gap that the camera is in at ``at``, if it is in one."""
    if camera.state != CameraState.LIVE:
        return Gap(camera.state_changed_at, at, "not-live")
    if camera.last_heard_at is None:
        return Gap(ALWAYS, at, "unheard")
    if at - camera.last_heard_at > SILENT_AFTER:
        return Gap(camera.last_heard_at, at, "silent")
    return None


def _unauthorised(authority: Authority, at: datetime) -> Iterable[Gap]:
    """Where its authority had ended and another had not begun; before the first it was not live."""
    for number, stretch in enumerate(authority):
        later = authority[number + 1].start if number + 1 < len(authority) else at
        if stretch.end is not None and stretch.end < min(later, at):
            yield Gap(stretch.end, min(later, at), "unauthorised")


def _before_its_first_day(camera: Camera, known: Sequence[Gap]) -> Gap | None:
    """The time before a camera that was entered as live; another's is among the known gaps."""
    live_since = camera.state_changed_at
    returned = any(gap.end == live_since and gap.kind == "not-live" for gap in known)
    if camera.state != CameraState.LIVE or returned:
        return None
    return Gap(ALWAYS, live_since, "not-live")


def _cut(gaps: Iterable[Gap], periods: Sequence[Period]) -> Iterable[Gap]:
    for gap in gaps:
        for start, end in periods:
            low, high = max(gap.start, start), min(gap.end, end)
            if low < high:
                yield Gap(low, high, gap.kind)
