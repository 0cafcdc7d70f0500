"""Hits and their outbox rows, written in the transaction that stores the read."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
import psycopg

from openanpr.cameras.facts import CameraFacts
from openanpr.ingest.work import JudgedBatch
from openanpr.matching import HitCandidate
from openanpr.reads.rows import ReadRow
from openanpr.wire import uuid7

_INSERT: Final = """
with raised as (
    insert into hit (
        id, read_id, read_vrm, captured_at, camera_id, camera_name, camera_area, direction,
        latitude, longitude, entry_id, hotlist_id, snapshot_version, entry_copy, how, confidence,
        alternatives, patch_hash, overview_hash, late
    ) values (
        %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s::jsonb, %s, %s, %s
    ) on conflict do nothing
    returning id
)
insert into outbox (hit_id) select id from raised
"""


def insert_hits(
    cursor: psycopg.Cursor[Any], group: Sequence[JudgedBatch], stored: Sequence[Collection[int]]
) -> list[int]:
    """Write the hits of reads stored now, never of one known before; how many for each batch."""
    parameters = []
    counts = []
    for batch, places in zip(group, stored, strict=True):
        raised = [
            _values(
                candidate,
                batch.verdict.rows[candidate.read_index],
                batch.verdict.cameras[candidate.read_index],
                batch.snapshot_version,
            )
            for candidate in batch.candidates
            if candidate.read_index in places
        ]
        parameters += raised
        counts.append(len(raised))
    if parameters:
        cursor.executemany(_INSERT, parameters)
    return counts


def _values(
    candidate: HitCandidate, row: ReadRow, camera: CameraFacts, snapshot_version: int
) -> tuple[Any, ...]:
    read = row.read
    return (
        uuid7(),
        read.id,
        read.vrm,
        read.captured_at,
        row.camera_id,
        camera.name,
        camera.area_name,
        read.direction or "",
        read.latitude if camera.is_mobile else camera.latitude,
        read.longitude if camera.is_mobile else camera.longitude,
        candidate.entry_id,
        candidate.entry.hotlist_id,
        snapshot_version,
        msgspec.json.encode(candidate.entry.copy).decode(),
        candidate.how,
        read.confidence,
        msgspec.json.encode(read.alternatives).decode(),
        bytes.fromhex(read.patch_sha256) if read.patch_sha256 else None,
        bytes.fromhex(read.overview_sha256) if read.overview_sha256 else None,
        row.late,
    )
