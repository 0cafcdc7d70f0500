"""A judged batch on its way to the writer, and what became of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from openanpr.ingest.checking import Verdict
from openanpr.matching import HitCandidate
from openanpr.wire import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBatch:
    """Everything that the writer commits for one batch.

    ``candidates`` point into ``verdict.rows``; they were found with snapshot ``snapshot_version``.
    """

    device_id: uuid.UUID
    batch_id: uuid.UUID
    first_sequence: int
    reads: int
    clock: Clock
    received_at: datetime
    verdict: Verdict
    candidates: tuple[HitCandidate, ...]
    snapshot_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the commit made of a batch. ``replayed``: this very batch had been committed before."""

    accepted: int
    duplicates: int
    late: int
    hits: int
    images_wanted: tuple[str, ...]
    replayed: bool


class StoreUnavailableError(Exception):
    """The database does not answer; nothing was acknowledged. Try again in ``retry_after`` s."""

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after


class QueueFullError(StoreUnavailableError):
    """More batches wait than may; the reader keeps its own and comes again."""

    def __init__(self) -> None:
        super().__init__("Too many batches are waiting to be stored.", retry_after=1)


class StoreRefusedError(Exception):
    """This very batch cannot be stored, even alone. ``code`` is an SQLSTATE or an error's name."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the batch cannot be stored ({code})")
        self.code = code
