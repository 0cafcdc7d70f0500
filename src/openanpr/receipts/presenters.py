"""The account of receipts as the page shows it."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openanpr.cameras.models import Camera
from openanpr.cameras.presenters import CLOCK_LIMIT_MS
from openanpr.cameras.queries import name_of
from openanpr.receipts.queries import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One camera on one day (UTC): what came of how many, in words; ``missing`` for a tag."""

    day: date
    camera: str
    sentence: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One gap with the cameras of its reader."""

    cameras: str
    numbers: str
    reads: int
    noticed_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """A camera's clock as its reader last told it."""

    camera: str
    sentence: str
    wrong: bool
    heard_at: datetime | None


def day_lines(
    cameras: Sequence[Camera],
    received: Mapping[tuple[date, int], int],
    gaps: Iterable[Gap],
    *,
    with_location: bool,
) -> list[DayLine]:
    """A line for each camera and day on which something came or is missing; newest day first."""
    carried: Counter[uuid.UUID | None] = Counter(one.device_credential_id for one in cameras)
    missing: defaultdict[tuple[date, uuid.UUID], list[Gap]] = defaultdict(list)
    for gap in gaps:
        if gap.closed_at is None:
            missing[gap.day, gap.device].append(gap)
    days = {day for day, _ in received} | {day for day, _ in missing}
    lines = []
    for day in sorted(days, reverse=True):
        for camera in cameras:
            device = camera.device_credential_id
            open_gaps = missing[day, device] if device else []
            came = received.get((day, camera.id), 0)
            if came or open_gaps:
                lines.append(
                    DayLine(
                        day=day,
                        camera=name_of(camera, with_location=with_location),
                        sentence=_sentence(came, open_gaps, cameras=carried[device]),
                        missing=bool(open_gaps),
                    )
                )
    return lines


def gap_lines(
    cameras: Sequence[Camera], gaps: Iterable[Gap], *, with_location: bool
) -> list[GapLine]:
    """The gaps, each with the names of its reader's cameras."""
    names: defaultdict[uuid.UUID | None, list[str]] = defaultdict(list)
    for camera in cameras:
        names[camera.device_credential_id].append(name_of(camera, with_location=with_location))
    return [
        GapLine(
            cameras=", ".join(names[gap.device]),
            numbers=_numbers(gap),
            reads=gap.reads,
            noticed_at=gap.noticed_at,
            closed_at=gap.closed_at,
        )
        for gap in gaps
    ]


def clock_lines(cameras: Iterable[Camera], *, with_location: bool) -> list[ClockLine]:
    """The clock of each camera."""
    return [
        ClockLine(
            camera=name_of(camera, with_location=with_location),
            sentence=_clock(camera.clock_offset_ms),
            wrong=abs(camera.clock_offset_ms or 0.0) > CLOCK_LIMIT_MS,
            heard_at=camera.last_heard_at,
        )
        for camera in cameras
    ]


def _sentence(came: int, gaps: Sequence[Gap], *, cameras: int) -> str:
    lost = sum(gap.reads for gap in gaps)
    if not lost:
        return f"Received {came} of {came}."
    numbers = ", ".join(_numbers(gap) for gap in gaps)
    if cameras == 1:
        return f"Received {came} of {came + lost}. Missing: {numbers}."
    return (
        f"Received {came}. Its reader misses {lost} (numbers {numbers}), and which of its "
        f"{cameras} cameras made them is not known."
    )


def _numbers(gap: Gap) -> str:
    return str(gap.first) if gap.reads == 1 else f"{gap.first} to {gap.last}"


def _clock(offset_ms: float | None) -> str:
    if offset_ms is None:
        return "Not known"
    off = timedelta(milliseconds=abs(offset_ms)).total_seconds()
    return f"Off by {off:.3f} s" if off < 10 else f"Off by {off:.0f} s"
