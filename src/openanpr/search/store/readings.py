"""What people and better models said of reads since they were made."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.search.store.found import FoundRead
from openanpr.search.store.live import LivePart, search_session

_OF_READS: Final = (
    "select id, read_id, made_at, verdict, says, source, model, confidence, reason "
    "from read_correction where read_id = any (%s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """One second reading of the read ``read_id``.

    ``verdict`` and ``source`` are values of `openanpr.reads.corrections`. ``says`` is empty where
    none can be read; ``model`` and ``confidence`` are a model's.
    """

    id: uuid.UUID
    read_id: uuid.UUID
    made_at: datetime
    verdict: str
    says: str
    source: str
    model: str
    confidence: float | None
    reason: str


def second_readings(part: LivePart, reads: Sequence[FoundRead]) -> list[SecondReading]:
    """Those of the reads that the live search of ``part`` opens."""
    if part.is_nothing or not reads:
        return []
    names = ("id", "read_id", "made_at", "verdict", "says", "source", "model", "confidence")
    with search_session(part.id) as cursor:
        cursor.execute(_OF_READS, [[read.id for read in reads]])
        return [
            SecondReading(**dict(zip((*names, "reason"), row, strict=True)))
            for row in cursor.fetchall()
        ]
