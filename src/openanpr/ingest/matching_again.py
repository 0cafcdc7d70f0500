"""Reads of the last minutes against lists that have changed since: no new entry has a blind spot.

Runs as a database role of its own, which sees the reads of the last hour at most and may do nothing
but add hits. Looking further back is a search, which the policy decides.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from openanpr.audit.services import AuditActor, record_event_raw
from openanpr.cameras.facts import CameraFacts
from openanpr.config.database import DatabaseRole, dsn
from openanpr.ingest.hits import Raised, add_hits, place_of
from openanpr.matching import HotlistSnapshot, Matcher
from openanpr.reads.rows import ReadRow
from openanpr.web.dates import force_zone
from openanpr.wire import Alternative, Read

ACTOR: Final = AuditActor.system("jobs")
_CAMERAS_AT_ONCE: Final = 100
_READS_AT_ONCE: Final = 5_000
_NO_BATCH: Final = UUID(int=0)

_CAMERAS: Final = """
select c.id, c.name, c.area_name, s.latitude, s.longitude, c.patrol_vehicle_id is not null
from camera c left join site s on s.id = c.site_id order by c.id
"""
# By camera: the index (camera_id, captured_at) leads to the last minutes of each at once.
_READS: Final = """
select id, vrm, captured_at, camera_id, confidence, alternatives, direction, latitude, longitude,
       patch_hash, overview_hash, late
from reads where camera_id = any(%s) and captured_at >= %s and captured_at < %s
order by camera_id, captured_at
"""


def match_again(*, minutes: int, at: datetime, data_dir: Path) -> int:
    """Match the reads captured in the last ``minutes`` against the newest lists; hits added.

    A hit that is there already stays as it is, so that this may be done again at any time. An
    entry counts from now backwards here: it need not have been in force when the read was captured.
    Raises ``SnapshotError``, ``OSError`` or ``psycopg.Error``; what was added until then stays.
    """
    with _connected() as connection:
        matcher = _newest_matcher(connection, data_dir)
        if matcher is None or minutes <= 0:
            return 0
        cameras = _cameras(connection)
        since = at - timedelta(minutes=minutes)
        looked_at = added = 0
        for ids in _in_groups(sorted(cameras), _CAMERAS_AT_ONCE):
            with connection.transaction(), connection.cursor() as cursor:
                reads, raised = _match(connection, cursor, matcher, ids, cameras, since, at)
                looked_at, added = looked_at + reads, added + raised
        with connection.transaction(), connection.cursor() as cursor:
            record_event_raw(
                cursor,
                verb="reads.match-again",
                actor=ACTOR,
                at=at,
                subject=f"snapshot:{matcher.version}",
                payload={"minutes": minutes, "reads": looked_at, "hits": added},
            )
    return added


def _match(
    connection: psycopg.Connection[Any],
    cursor: psycopg.Cursor[Any],
    matcher: Matcher,
    ids: Sequence[int],
    cameras: dict[int, CameraFacts],
    since: datetime,
    at: datetime,
) -> tuple[int, int]:
    looked_at = added = 0
    with connection.cursor(name="last_minutes") as reads:
        reads.itersize = _READS_AT_ONCE
        reads.execute(_READS, (list(ids), since, at))
        while found := reads.fetchmany(_READS_AT_ONCE):
            rows = [_row(values) for values in found]
            raised = [
                Raised(
                    candidate,
                    rows[candidate.read_index],
                    cameras[rows[candidate.read_index].camera_id],
                )
                for candidate in matcher.match(
                    [row.read for row in rows],
                    places=[place_of(row, cameras[row.camera_id]) for row in rows],
                    in_force_at=at,
                )
            ]
            looked_at += len(rows)
            added += add_hits(cursor, raised, version=matcher.version, again=True)
    return looked_at, added


def _row(values: tuple[Any, ...]) -> ReadRow:
    (read_id, vrm, captured_at, camera_id, confidence, alternatives, direction, *rest) = values
    latitude, longitude, patch, overview, late = rest
    read = Read(
        id=read_id,
        sequence=0,
        camera="",
        vrm=vrm,
        confidence=confidence,
        captured_at=captured_at,
        alternatives=msgspec.convert(alternatives or (), tuple[Alternative, ...]),
        direction=direction,
        latitude=latitude,
        longitude=longitude,
        patch_sha256=patch.hex() if patch else None,
        overview_sha256=overview.hex() if overview else None,
    )
    return ReadRow(
        read=read,
        camera_id=camera_id,
        batch_id=_NO_BATCH,
        received_at=captured_at,
        clock_offset_ms=None,
        late=late,
    )


def _newest_matcher(connection: psycopg.Connection[Any], data_dir: Path) -> Matcher | None:
    newest = connection.execute(
        "select path from hotlist_snapshot order by version desc limit 1"
    ).fetchone()
    if newest is None:
        return None
    return Matcher(HotlistSnapshot.load(data_dir / newest[0]), zone=force_zone())


def _cameras(connection: psycopg.Connection[Any]) -> dict[int, CameraFacts]:
    return {
        number: CameraFacts(
            id=number,
            key="",
            name=name,
            device_id=None,
            state="",
            area_name=area,
            latitude=latitude,
            longitude=longitude,
            is_mobile=mobile,
        )
        for number, name, area, latitude, longitude, mobile in connection.execute(_CAMERAS)
    }


def _in_groups(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


@contextmanager
def _connected() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(
        dsn(DatabaseRole.REMATCH),
        autocommit=True,
        application_name="openanpr-match-again",
        connect_timeout=5,
    ) as connection:
        yield connection
