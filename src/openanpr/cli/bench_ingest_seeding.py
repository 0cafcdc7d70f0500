"""What a measurement needs in the database: readers, cameras, a profile, a list; and bare rows."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.accounts.models import DeviceCredential
from openanpr.audit.services import AuditActor
from openanpr.cameras.authority import Kind
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, CameraAuthority, Site
from openanpr.cli.bench_ingest_load import BenchReader
from openanpr.config.values import get_settings
from openanpr.hotlists.models import HotlistSnapshot
from openanpr.matching import SnapshotEntry, write_snapshot
from openanpr.policy.services import install_shipped_profile
from openanpr.vrm import canonical
from openanpr.vrm.fictional import marks
from openanpr.wire import uuid7

_CAMERAS_A_READER = 10
_PASSING_MARKS = 50_000


def seed(*, clients: int, batch: int, list_size: int, port: int) -> list[BenchReader]:
    """Register readers and publish a list, as the owner of an empty installation."""
    now = datetime.now(UTC)
    install_shipped_profile(
        name=get_settings().profile,
        actor=AuditActor.system("bench"),
        proposed_by="bench-1",
        approved_by="bench-2",
        takes_effect_at=now - timedelta(days=1),
        at=now,
        reason="Measurement in a scratch installation",
    )
    _publish(list_size, now)
    passing = list(islice(marks(1), _PASSING_MARKS))
    return [_reader(number, passing, batch=batch, port=port) for number in range(1, clients + 1)]


def bare_insert(connection: psycopg.Connection[Any], rows: int) -> float:
    """Insert that many new rows in one commit; the seconds that it took."""
    now = datetime.now(UTC)
    vrms = list(islice(marks(int(now.timestamp() * 1e6)), rows))
    moments = [now] * rows
    ids = [uuid7() for _ in range(rows)]
    started = time.monotonic()
    with connection.transaction():
        connection.execute(
            "insert into reads (captured_at, received_at, reader_sequence, camera_id, confidence, "
            "id, batch_id, late, vrm, country, direction, model_version) "
            "select captured_at, captured_at, 1, 1, 0.97, id, id, false, vrm, 'GB', 'approaching', "
            "'bench-1' from unnest(%s::timestamptz[], %s::uuid[], %s::text[]) "
            "as new (captured_at, id, vrm) on conflict do nothing",
            (moments, ids, vrms),
        )
    return time.monotonic() - started


def _reader(number: int, passing: list[str], *, batch: int, port: int) -> BenchReader:
    key = Ed25519PrivateKey.generate()
    credential = DeviceCredential.objects.create(
        reader_name=f"Bench {number}", public_key=key.public_key().public_bytes_raw()
    )
    site = Site.objects.create(
        code=f"B{number}", name=f"Bench {number}", area_name="Bench", latitude=0, longitude=0
    )
    cameras = [
        Camera.objects.create(
            name=f"Bench {number}/{camera}",
            site=site,
            device_credential=credential,
            feed_id=1,
            source_id=number,
            camera_number=camera,
            area_name="Bench",
            state="live",
        )
        for camera in range(1, _CAMERAS_A_READER + 1)
    ]
    CameraAuthority.objects.bulk_create(
        CameraAuthority(
            camera=camera,
            sequence=1,
            kind=Kind.OTHER_FORCE.value,
            valid_from=ALWAYS,
            person_id="bench",
            account="bench",
            name="bench",
            at=datetime.now(UTC),
            reason="Measuring",
        )
        for camera in cameras
    )
    return BenchReader(
        id=credential.id,
        key=key,
        cameras=[camera.key for camera in cameras],
        marks=passing,
        port=port,
        batch=batch,
        seed=number,
    )


def _publish(list_size: int, now: datetime) -> None:
    path = get_settings().data_dir / "snapshots" / "bench.snapshot"
    digest = write_snapshot(path, 1, _entries(list_size, now))
    HotlistSnapshot.objects.create(
        version=1,
        made_at=now,
        digest=digest,
        path=str(path),
        entry_count=list_size,
        revision_sum=0,
    )


def _entries(list_size: int, now: datetime) -> Iterator[SnapshotEntry]:
    hotlist = uuid7()
    # Another seed than the traffic's: hits are as rare as they are in service.
    for vrm in islice(marks(2), list_size):
        yield SnapshotEntry(
            entry_id=uuid7(),
            hotlist_id=hotlist,
            canonical=canonical(vrm),
            vrm=vrm,
            valid_from=now - timedelta(days=1),
            weed_at=now + timedelta(days=1),
            copy={"vrm": vrm, "reason": "Measurement"},
        )
