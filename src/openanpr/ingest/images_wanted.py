"""Which pictures of a batch's reads are still to be sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import psycopg

from openanpr.ingest.work import JudgedBatch

# A picture that a stored read names is wanted until it has come; no other one is ever taken. It is
# kept as long as the newest read that names it.
_NOTE: Final = """
insert into read_image (received_sha256, device, kind, last_captured_at)
select * from unnest(%s::bytea[], %s::uuid[], %s::text[], %s::timestamptz[])
    as named (sha256, device, kind, captured_at)
order by sha256, device
on conflict (received_sha256, device) do update
    set last_captured_at = excluded.last_captured_at
    where read_image.last_captured_at < excluded.last_captured_at
"""
_WANTED: Final = """
select received_sha256, device from read_image
where received_sha256 = any (%s::bytea[]) and stored_sha256 is null
"""


def note_images(cursor: psycopg.Cursor[Any], group: Sequence[JudgedBatch]) -> list[tuple[str, ...]]:
    """Note the pictures that the reads name; for each batch the hashes still wanted, in order."""
    named: dict[tuple[bytes, Any], tuple[str, datetime]] = {}
    for batch in group:
        for sha256, kind, captured_at in _named(batch):
            key = (bytes.fromhex(sha256), batch.device_id)
            first_kind, newest = named.get(key, (kind, captured_at))
            named[key] = (first_kind, max(newest, captured_at))
    if not named:
        return [() for _ in group]
    hashes = [sha256 for sha256, _ in named]
    cursor.execute(
        _NOTE,
        (
            hashes,
            [device for _, device in named],
            [kind for kind, _ in named.values()],
            [captured_at for _, captured_at in named.values()],
        ),
    )
    cursor.execute(_WANTED, (hashes,))
    wanted = {(bytes(sha256).hex(), device) for sha256, device in cursor.fetchall()}
    return [
        tuple(
            dict.fromkeys(
                sha256 for sha256, _, _ in _named(batch) if (sha256, batch.device_id) in wanted
            )
        )
        for batch in group
    ]


def _named(batch: JudgedBatch) -> Iterator[tuple[str, str, datetime]]:
    for row in batch.verdict.rows:
        if row.read.patch_sha256:
            yield row.read.patch_sha256, "patch", row.read.captured_at
        if row.read.overview_sha256:
            yield row.read.overview_sha256, "overview", row.read.captured_at
