"""Reads as they go on to another store: looked up by what was noted when they were stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from openanpr.wire import Alternative, Read

# The bounds let the planner leave out weeks; row-level security shows no other reads than these.
_NAMED: Final = """
select r.id, r.reader_sequence, r.clock_offset_ms, r.camera_id, r.vrm, r.raw_vrm, r.confidence,
    r.captured_at, r.alternatives, r.country, r.direction, r.latitude, r.longitude, r.patch_hash,
    r.overview_hash, r.model_version
from unnest(%(cameras)s::integer[], %(moments)s::timestamptz[]) as named (camera_id, captured_at)
join reads r on r.camera_id = named.camera_id and r.captured_at = named.captured_at
where r.captured_at >= %(first)s and r.captured_at <= %(last)s
"""


@dataclass(frozen=True, slots=True)
class OnwardRead:
    """A stored read as it travels, without its new number; its reader's own number and clock."""

    read: Read
    reader_sequence: int
    clock_offset_ms: float | None


def reads_named(
    connection: psycopg.Connection[Any],
    *,
    camera_ids: Sequence[int],
    moments: Sequence[datetime],
    read_ids: Sequence[UUID],
    camera_keys: Mapping[int, str],
) -> dict[UUID, OnwardRead]:
    """The reads of these cameras and times (pair by pair) and ids that are still stored, by id.

    Read as the role that sends. Raises psycopg.Error.
    """
    if not moments:
        return {}
    rows = connection.execute(
        _NAMED,
        {
            "cameras": list(camera_ids),
            "moments": list(moments),
            "first": min(moments),
            "last": max(moments),
        },
    ).fetchall()
    wanted = set(read_ids)
    return {row[0]: _onward(row, camera_keys) for row in rows if row[0] in wanted}


def _onward(row: tuple[Any, ...], camera_keys: Mapping[int, str]) -> OnwardRead:
    read_id, sequence, offset, camera_id, vrm, raw_vrm, confidence, captured_at, *others = row
    alternatives, country, direction, latitude, longitude, patch, overview, model = others
    read = Read(
        id=read_id,
        sequence=0,
        camera=camera_keys[camera_id],
        vrm=vrm,
        raw_vrm=raw_vrm or vrm,
        confidence=confidence,
        captured_at=captured_at,
        alternatives=msgspec.convert(alternatives or (), tuple[Alternative, ...]),
        country=country,
        direction=direction,
        latitude=latitude,
        longitude=longitude,
        patch_sha256=None if patch is None else patch.hex(),
        overview_sha256=None if overview is None else overview.hex(),
        model_version=model or "",
    )
    return OnwardRead(read, sequence, offset)
