"""Second readings: what a person, or a better model, says that a plate says. The first stays.

Other apps call ``correct_read``; nothing here shows a read.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from openanpr.audit.origin import Origin
from openanpr.audit.services import AuditActor, record_event
from openanpr.vrm import canonical
from openanpr.wire.ids import uuid7


class Verdict(StrEnum):
    """Of the mark that stands in the store."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


class Source(StrEnum):
    """On what occasion it was said."""

    COMPARISON = "comparison"
    CHECK = "check"
    COMPLAINT = "complaint"
    RIGHTS = "rights"
    MODEL = "model"


class ReadGoneError(Exception):
    """The read is not in the store (any more); nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadKey:
    """Which read: its id, and the mark, time and camera under which it is stored."""

    id: uuid.UUID
    vrm: str
    captured_at: datetime
    camera_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is said of a read. ``says`` is the mark seen; empty where none can be read.

    ``reference`` is a typed reference to the occasion (``complaint:<id>``), ``investigation`` the
    reference of the one it was for, where there is one. A model gives its version in ``model`` and
    its ``confidence`` (0 to 1).
    """

    verdict: Verdict
    source: Source
    reason: str
    says: str = ""
    reference: str = ""
    investigation: str = ""
    model: str = ""
    confidence: float | None = None


def verdict_on(vrm: str, says: str) -> Verdict:
    """What ``says``, the mark that was seen, makes of ``vrm``; empty: none could be read.

    Right, too, where the two differ only as British plates draw them alike.
    """
    if not says:
        return Verdict.UNREADABLE
    return Verdict.RIGHT if canonical(says) == canonical(vrm) else Verdict.WRONG


@transaction.atomic
def correct_read(
    *,
    read: ReadKey,
    finding: Finding,
    actor: AuditActor,
    at: datetime,
    origin: Origin | None = None,
) -> uuid.UUID:
    """Add a second reading of ``read``; its id. The first reading is kept as it was made.

    The caller has decided that this person may see the read. Raises ``ReadGoneError`` where it is
    not in the store; ``django.db.Error`` where the audit cannot be written.
    """
    correction = uuid7()
    record_event(
        verb="read.reread" if finding.source is Source.MODEL else "read.correct",
        actor=actor,
        at=at,
        subject=f"correction:{correction}",
        investigation=finding.investigation,
        reason=finding.reason,
        payload={
            "read_id": str(read.id),
            "verdict": finding.verdict.value,
            "source": finding.source.value,
            "reference": finding.reference,
            "model": finding.model,
        },
        **(origin or Origin()),
    )
    if not _stored(correction, read, finding, at):
        raise ReadGoneError
    return correction


def _stored(correction: uuid.UUID, read: ReadKey, finding: Finding, at: datetime) -> bool:
    says = read.vrm if finding.verdict is Verdict.RIGHT else finding.says
    with connection.cursor() as cursor:
        cursor.execute(
            "select correct_read(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::real, %s, %s)",
            [
                correction,
                read.id,
                read.vrm,
                read.captured_at,
                read.camera_id,
                finding.verdict.value,
                says,
                finding.source.value,
                finding.reference,
                finding.model,
                finding.confidence,
                finding.reason,
                at,
            ],
        )
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often people found the reads of one camera and one model right, wrong or unreadable."""

    camera_id: int
    model: str
    source: Source
    counts: dict[Verdict, int] = field(default_factory=dict)

    @property
    def judged(self) -> int:
        """Those of which somebody could say whether they are right."""
        return self.counts.get(Verdict.RIGHT, 0) + self.counts.get(Verdict.WRONG, 0)


def tallies(start: datetime, end: datetime) -> list[Tally]:
    """What people said of the reads captured with ``start <= captured_at < end``; no marks."""
    found: dict[tuple[int, str, str], Tally] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from corrected_reads(%s, %s)", [start, end])
        for camera_id, model, source, verdict, reads in cursor.fetchall():
            tally = found.setdefault(
                (camera_id, model, source),
                Tally(camera_id=camera_id, model=model, source=Source(source)),
            )
            tally.counts[Verdict(verdict)] = reads
    return list(found.values())
