"""Hits and their outbox rows, written in the transaction that stores the read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import psycopg

from openanpr.cameras.facts import CameraFacts
from openanpr.ingest.work import JudgedBatch
from openanpr.matching import HitCandidate, Place
from openanpr.reads.rows import ReadRow
from openanpr.wire import uuid7

_INSERT: Final = """
with raised as (
    insert into hit (
        id, read_id, read_vrm, captured_at, camera_id, camera_name, camera_area, direction,
        latitude, longitude, entry_id, hotlist_id, snapshot_version, entry_copy, how, weight, again,
        confidence, alternatives, patch_hash, overview_hash, late
    ) values (
        %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
        coalesce(hotlist_entry_copy(%s), '{}'::jsonb) || %s::jsonb,
        %s, %s, %s, %s, %s::jsonb, %s, %s, %s
    ) on conflict do nothing
    returning id
)
insert into outbox (hit_id) select id from raised
"""


@dataclass(frozen=True, slots=True)
class Raised:
    """A read that fits an entry, with where it was captured."""

    candidate: HitCandidate
    row: ReadRow
    camera: CameraFacts


def place_of(row: ReadRow, camera: CameraFacts) -> Place:
    """Where a read was captured, as scopes ask."""
    return Place(camera=camera.id, area=camera.area_name, direction=row.read.direction or "")


def insert_hits(
    cursor: psycopg.Cursor[Any], group: Sequence[JudgedBatch], stored: Sequence[Collection[int]]
) -> list[int]:
    """Write the hits of reads stored now, never of one known before; how many for each batch."""
    parameters = []
    counts = []
    for batch, places in zip(group, stored, strict=True):
        raised = [
            _values(
                Raised(
                    candidate,
                    batch.verdict.rows[candidate.read_index],
                    batch.verdict.cameras[candidate.read_index],
                ),
                version=batch.snapshot_version,
                again=False,
            )
            for candidate in batch.candidates
            if candidate.read_index in places
        ]
        parameters += raised
        counts.append(len(raised))
    if parameters:
        cursor.executemany(_INSERT, parameters)
    return counts


def add_hits(
    cursor: psycopg.Cursor[Any], raised: Sequence[Raised], *, version: int, again: bool
) -> int:
    """Write hits of reads stored before; how many were not there yet."""
    if not raised:
        return 0
    cursor.executemany(_INSERT, [_values(one, version=version, again=again) for one in raised])
    return cursor.rowcount


def _values(raised: Raised, *, version: int, again: bool) -> tuple[Any, ...]:
    candidate, row, camera = raised.candidate, raised.row, raised.camera
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
        version,
        None if candidate.entry.whole else candidate.entry_id,
        msgspec.json.encode(candidate.entry.copy).decode(),
        candidate.how,
        candidate.weight,
        again,
        read.confidence,
        msgspec.json.encode(read.alternatives).decode(),
        bytes.fromhex(read.patch_sha256) if read.patch_sha256 else None,
        bytes.fromhex(read.overview_sha256) if read.overview_sha256 else None,
        row.late,
    )
