"""Stored reads and live searches for tests.

Reads are written as the ingest role, since row-level security lets nobody else, not even the owner.
"""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings

from openanpr.config.database import DatabaseRole, dsn
from openanpr.reads.images import image_store
from openanpr.reads.models import LiveSearch, ReadImage
from openanpr.reads.partitions import Partitions
from openanpr.reads.rows import ReadRow, insert_reads
from openanpr.wire import Read, uuid7

OWNER = "owner"


def a_read(vrm: str = "OA30AAA", *, captured_at: datetime | None = None, **fields: Any) -> Read:
    """A read as it travels, captured a second ago unless said otherwise."""
    values: dict[str, Any] = {
        "id": uuid7(),
        "sequence": 1,
        "camera": "7/1/1",
        "confidence": 0.97,
        "raw_vrm": vrm,
        "model_version": "test-1",
    }
    moment = captured_at or datetime.now(UTC) - timedelta(seconds=1)
    return Read(vrm=vrm, captured_at=moment, **(values | fields))


def store_reads(reads: Sequence[Read], *, camera_id: int = 1, late: bool = False) -> None:
    """Store the reads as ingest does, partitions included."""
    rows = [
        ReadRow(
            read=read,
            camera_id=camera_id,
            batch_id=uuid7(),
            received_at=read.captured_at + timedelta(seconds=1),
            clock_offset_ms=None,
            late=late,
        )
        for read in reads
    ]
    with psycopg.connect(dsn(DatabaseRole.INGEST), autocommit=True) as connection:
        Partitions().ensure(connection, [read.captured_at for read in reads])
        with connection.transaction(), connection.cursor() as cursor:
            insert_reads(cursor, rows)


def store_read(vrm: str = "OA30AAA", *, camera_id: int = 1, **fields: Any) -> Read:
    """Store one read; what was stored."""
    read = a_read(vrm, **fields)
    store_reads([read], camera_id=camera_id)
    return read


def live_search(
    *,
    period_from: datetime,
    period_to: datetime,
    vrms: Sequence[str] | None = None,
    camera_ids: Sequence[int] | None = None,
    expires_at: datetime | None = None,
    **reach: Any,
) -> uuid.UUID:
    """The id of a live search over that period, alive for a minute unless said otherwise."""
    made = LiveSearch.objects.using(OWNER).create(
        id=uuid7(),
        investigation=uuid7(),
        account=1,
        period_from=period_from,
        period_to=period_to,
        vrms=None if vrms is None else list(vrms),
        camera_ids=None if camera_ids is None else list(camera_ids),
        expires_at=expires_at or datetime.now(UTC) + timedelta(minutes=1),
        **reach,
    )
    return made.id


def stored_picture(
    content: bytes, *, kind: str = "patch", captured_at: datetime | None = None
) -> bytes:
    """A picture that has come, in the installation's store; the hash by which reads name it."""
    kept = image_store(settings.SETTINGS).put(content)
    received = hashlib.sha256(b"received " + content).digest()
    ReadImage.objects.using(OWNER).create(
        received_sha256=received,
        device=uuid7(),
        kind=kind,
        stored_sha256=bytes.fromhex(kept),
        last_captured_at=captured_at or datetime.now(UTC),
        received_at=datetime.now(UTC),
        bytes=len(content),
        width=100,
        height=30,
    )
    return received
