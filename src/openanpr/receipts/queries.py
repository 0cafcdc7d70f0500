"""What has come of each camera, day by day, and what has not."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from openanpr.ingest.models import IngestCounter, ReaderGap

# Counted beside what they belong to, so not reads of their own.
_BESIDE = ("duplicate", "late", "batch-replayed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers of one reader that have not come, or came on ``closed_at``. ``day`` is UTC."""

    device: uuid.UUID
    first: int
    last: int
    day: date
    noticed_at: datetime
    closed_at: datetime | None

    @property
    def reads(self) -> int:
        """How many reads it is."""
        return self.last - self.first + 1


def received_since(day: date) -> Counter[tuple[date, int]]:
    """How many reads came, stored or refused, by day (UTC) of their arrival and camera id."""
    counts: Counter[tuple[date, int]] = Counter()
    rows = IngestCounter.objects.filter(day__gte=day, camera_id__gt=0).exclude(kind__in=_BESIDE)
    for found in rows:
        counts[found.day, found.camera_id] += found.count
    return counts


def gaps_since(moment: datetime, *, devices: Iterable[uuid.UUID]) -> list[Gap]:
    """The gaps of these readers that are open, or were closed since; newest first."""
    rows = ReaderGap.objects.filter(device__in=list(devices)).order_by("-noticed_at")
    return [
        Gap(
            device=row.device,
            first=row.first_number,
            last=row.last_number,
            day=(row.after_at or row.noticed_at).astimezone(UTC).date(),
            noticed_at=row.noticed_at,
            closed_at=row.closed_at,
        )
        for row in rows
        if row.closed_at is None or row.closed_at >= moment
    ]
