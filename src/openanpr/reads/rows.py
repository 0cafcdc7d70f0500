"""A read as it is stored, and the one statement that stores many of them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
import psycopg

from openanpr.reads import packing
from openanpr.wire import Read


class ReadRow(msgspec.Struct, frozen=True, gc=False):
    """A read that has been checked, with what ingest knows beside it."""

    read: Read
    camera_id: int
    batch_id: uuid.UUID
    received_at: datetime
    clock_offset_ms: float | None
    late: bool

    @property
    def key(self) -> tuple[str, datetime, int]:
        """The natural key: a read with the same one is the same read."""
        return (self.read.vrm, self.read.captured_at, self.camera_id)


# One statement stores the rows, keeps vrm_seen right and says how many were new.
_INSERT: Final = """
with stored as (
    insert into reads (
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives
    )
    select
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives::jsonb
    from unnest(
        %s::timestamptz[], %s::timestamptz[], %s::bigint[], %s::float8[], %s::float8[], %s::int[],
        %s::real[], %s::real[], %s::uuid[], %s::uuid[], %s::boolean[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::text[]
    ) as new (
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives
    )
    on conflict do nothing
    returning vrm, captured_at
), seen as (
    insert into vrm_seen (vrm, first_seen, last_seen, reads)
    select vrm, min(captured_at), max(captured_at), count(*) from stored group by vrm order by vrm
    on conflict (vrm) do update set
        first_seen = least(vrm_seen.first_seen, excluded.first_seen),
        last_seen = greatest(vrm_seen.last_seen, excluded.last_seen),
        reads = vrm_seen.reads + excluded.reads
)
select count(*)::int from stored
"""
# Row-level security shows ingest the rows of its own transaction alone: those stored just now.
_THERE_ALREADY: Final = """
select (place - 1)::int
from unnest(%s::text[], %s::timestamptz[], %s::int[]) with ordinality
    as new (vrm, captured_at, camera_id, place)
where not exists (
    select from reads
    where reads.vrm = new.vrm collate "C" and reads.captured_at = new.captured_at
      and reads.camera_id = new.camera_id
)
"""


def insert_reads(cursor: psycopg.Cursor[Any], rows: Sequence[ReadRow]) -> frozenset[int]:
    """Store the rows in the cursor's transaction; the positions of those that were there already.

    No two rows may have the same natural key, and a partition must exist for each (see
    `openanpr.reads.partitions`). Idempotent. Raises psycopg.Error.
    """
    if not rows:
        return frozenset()
    packing.take_packed(cursor)
    cursor.execute(_INSERT, _columns(rows))
    (new,) = cursor.fetchone() or (0,)
    if new == len(rows):  # the rule
        return frozenset()
    cursor.execute(
        _THERE_ALREADY,
        (
            packing.texts([row.read.vrm for row in rows]),
            packing.moments([row.read.captured_at for row in rows]),
            packing.integers([row.camera_id for row in rows]),
        ),
    )
    return frozenset(place for (place,) in cursor.fetchall())


def _columns(rows: Sequence[ReadRow]) -> tuple[packing.Packed, ...]:
    reads = [row.read for row in rows]
    return (
        packing.moments([read.captured_at for read in reads]),
        packing.moments([row.received_at for row in rows]),
        packing.bigints([read.sequence for read in reads]),
        packing.doubles([read.latitude for read in reads]),
        packing.doubles([read.longitude for read in reads]),
        packing.integers([row.camera_id for row in rows]),
        packing.reals([read.confidence for read in reads]),
        packing.reals([row.clock_offset_ms for row in rows]),
        packing.uuids([read.id for read in reads]),
        packing.uuids([row.batch_id for row in rows]),
        packing.truths([row.late for row in rows]),
        packing.texts([read.vrm for read in reads]),
        packing.texts([None if read.raw_vrm in ("", read.vrm) else read.raw_vrm for read in reads]),
        packing.texts([read.country for read in reads]),
        packing.texts([read.direction for read in reads]),
        packing.texts([read.model_version or None for read in reads]),
        packing.digests([read.patch_sha256 for read in reads]),
        packing.digests([read.overview_sha256 for read in reads]),
        packing.texts([_alternatives(read) for read in reads]),
    )


def _alternatives(read: Read) -> str | None:
    if not read.alternatives:
        return None
    return msgspec.json.encode(read.alternatives).decode()
