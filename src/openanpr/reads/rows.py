"""A read as it is stored, and the one statement that stores many of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
import psycopg

from openanpr.reads import literals
from openanpr.wire import Read


@dataclass(frozen=True, slots=True)
class ReadRow:
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


# One statement stores the rows, keeps vrm_seen right and says which rows were there already. When
# all were new, which is the rule, the last part is not run (its first condition is constant).
_INSERT: Final = """
with new as (
    select * from unnest(
        %s::timestamptz[], %s::timestamptz[], %s::bigint[], %s::float8[], %s::float8[], %s::int[],
        %s::real[], %s::real[], %s::uuid[], %s::uuid[], %s::boolean[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::text[]
    ) with ordinality as u (
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives, place
    )
), stored as (
    insert into reads (
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives
    )
    select
        captured_at, received_at, reader_sequence, latitude, longitude, camera_id, confidence,
        clock_offset_ms, id, batch_id, late, vrm, raw_vrm, country, direction, model_version,
        patch_hash, overview_hash, alternatives::jsonb
    from new
    on conflict do nothing
    returning vrm, captured_at, camera_id
), seen as (
    insert into vrm_seen (vrm, first_seen, last_seen, reads)
    select vrm, min(captured_at), max(captured_at), count(*) from stored group by vrm order by vrm
    on conflict (vrm) do update set
        first_seen = least(vrm_seen.first_seen, excluded.first_seen),
        last_seen = greatest(vrm_seen.last_seen, excluded.last_seen),
        reads = vrm_seen.reads + excluded.reads
)
select (place - 1)::int from new
where (select count(*) from stored) < %s
  and not exists (
      select from stored
      where stored.vrm = new.vrm collate "C" and stored.captured_at = new.captured_at
        and stored.camera_id = new.camera_id
  )
"""


def insert_reads(cursor: psycopg.Cursor[Any], rows: Sequence[ReadRow]) -> frozenset[int]:
    """Store the rows in the cursor's transaction; the positions of those that were there already.

    No two rows may have the same natural key, and a partition must exist for each (see
    `openanpr.reads.partitions`). Idempotent. Raises psycopg.Error.
    """
    if not rows:
        return frozenset()
    cursor.execute(_INSERT, (*_columns(rows), len(rows)))
    return frozenset(place for (place,) in cursor.fetchall())


def _columns(rows: Sequence[ReadRow]) -> tuple[str, ...]:
    reads = [row.read for row in rows]
    return (
        literals.moments(read.captured_at for read in reads),
        literals.moments(row.received_at for row in rows),
        literals.numbers(read.sequence for read in reads),
        literals.numbers(read.latitude for read in reads),
        literals.numbers(read.longitude for read in reads),
        literals.numbers(row.camera_id for row in rows),
        literals.numbers(read.confidence for read in reads),
        literals.numbers(row.clock_offset_ms for row in rows),
        literals.uuids(read.id for read in reads),
        literals.uuids(row.batch_id for row in rows),
        literals.truths(row.late for row in rows),
        literals.texts(read.vrm for read in reads),
        literals.texts(None if read.raw_vrm in ("", read.vrm) else read.raw_vrm for read in reads),
        literals.texts(read.country for read in reads),
        literals.texts(read.direction for read in reads),
        literals.texts(read.model_version or None for read in reads),
        literals.digests(read.patch_sha256 for read in reads),
        literals.digests(read.overview_sha256 for read in reads),
        literals.texts(_alternatives(read) for read in reads),
    )


def _alternatives(read: Read) -> str | None:
    if not read.alternatives:
        return None
    return msgspec.json.encode(read.alternatives).decode()
