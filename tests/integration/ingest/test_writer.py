"""The group-commit writer by itself: groups, all or nothing, and one bad batch among good ones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from tests.factories.reads import a_read

from openanpr.cameras.authority import Stretch
from openanpr.cameras.facts import CameraFacts
from openanpr.config.database import DatabaseRole, dsn
from openanpr.ingest import writer as writer_module
from openanpr.ingest.checking import Limits, check_batch
from openanpr.ingest.work import (
    JudgedBatch,
    QueueFullError,
    StoreRefusedError,
    StoreUnavailableError,
)
from openanpr.ingest.writer import GroupCommitWriter
from openanpr.matching import HitCandidate, SnapshotEntry
from openanpr.wire import Clock, RawBatch, Read, ReadBatch, uuid7

pytestmark = pytest.mark.usefixtures("db")

DEVICE = uuid7()
CAMERA = CameraFacts(
    id=1,
    key="7/1/1",
    name="A12 camera 1",
    device_id=DEVICE,
    state="live",
    area_name="North",
    latitude=51.75,
    longitude=0.5,
    is_mobile=False,
    authority=(Stretch(datetime(2020, 1, 1, tzinfo=UTC)),),
)


@pytest.fixture
def writer() -> Iterator[GroupCommitWriter]:
    made = GroupCommitWriter(
        dsn=dsn(DatabaseRole.INGEST),
        queue_limit=10,
        group_rows=2000,
        now=lambda: datetime.now(UTC),
    )
    made.start()
    _wait_until_connected(made)
    yield made
    made.stop()


def _wait_until_connected(writer: GroupCommitWriter) -> None:
    deadline = datetime.now(UTC) + timedelta(seconds=20)
    while not writer.connected:
        assert datetime.now(UTC) < deadline


def judged(*reads: Read, hit: bool = False) -> JudgedBatch:
    now = datetime.now(UTC)
    batch = ReadBatch(
        reader=DEVICE, batch_id=uuid7(), sequence=1, sent_at=now, clock=Clock(), reads=reads
    )
    verdict = check_batch(
        batch=msgspec.json.decode(msgspec.json.encode(batch), type=RawBatch),
        device_id=DEVICE,
        cameras={CAMERA.key: CAMERA},
        limits=Limits(
            oldest=now - timedelta(days=700), newest=now, late_before=now - timedelta(minutes=1)
        ),
        at=now,
    )
    return JudgedBatch(
        device_id=DEVICE,
        batch_id=batch.batch_id,
        first_sequence=1,
        reads=len(reads),
        clock=batch.clock,
        received_at=now,
        verdict=verdict,
        candidates=(a_hit(now),) if hit else (),
        snapshot_version=1,
    )


def a_hit(now: datetime) -> HitCandidate:
    entry = SnapshotEntry(
        entry_id=uuid7(),
        hotlist_id=uuid7(),
        canonical="0A30AAA",
        vrm="OA30AAA",
        valid_from=now - timedelta(days=1),
        weed_at=now + timedelta(days=1),
        copy={},
    )
    return HitCandidate(
        read_index=0, entry_id=entry.entry_id, how="exact", weight=0.97, entry=entry
    )


def poisoned() -> JudgedBatch:
    """A batch that PostgreSQL refuses, as if the checks had let something through."""
    batch = judged(a_read("KB81ZZX"))
    row = batch.verdict.rows[0]
    batch.verdict.rows[0] = type(row)(
        read=msgspec.structs.replace(row.read, raw_vrm="\x00"),
        camera_id=row.camera_id,
        batch_id=row.batch_id,
        received_at=row.received_at,
        clock_offset_ms=None,
        late=False,
    )
    return batch


def count(superuser: psycopg.Connection[Any], table: str) -> int:
    row = superuser.execute(
        psycopg.sql.SQL("select count(*) from {}").format(psycopg.sql.Identifier(table))
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_batches_that_wait_together_are_committed_together(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    with superuser.transaction():
        superuser.execute("lock table reads in access exclusive mode")
        first = writer.submit(judged(a_read("OA30AAA")))
        while writer.depth:
            pass  # the first one is taken up by itself, and then waits for the lock
        others = [writer.submit(judged(a_read("KB81ZZX"))) for _ in range(4)]
    assert first.result(20).accepted == 1
    assert [other.result(20).accepted for other in others] == [1, 1, 1, 1]
    groups = superuser.execute(
        "select (payload ->> 'batches')::int from audit_event where verb = 'ingest.store' "
        "order by sequence"
    ).fetchall()
    assert groups == [(1,), (4,)]


def test_the_same_read_in_two_batches_of_one_group_is_stored_once(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    read = a_read("OA30AAA")
    with superuser.transaction():
        superuser.execute("lock table reads in access exclusive mode")
        futures = [writer.submit(judged(read, hit=True)) for _ in range(3)]
    outcomes = [future.result(20) for future in futures]
    assert [outcome.accepted for outcome in outcomes] == [1, 0, 0]
    assert [outcome.duplicates for outcome in outcomes] == [0, 1, 1]
    assert [outcome.hits for outcome in outcomes] == [1, 0, 0]
    assert (count(superuser, "reads"), count(superuser, "hit")) == (1, 1)


def test_a_batch_that_the_database_refuses_does_not_harm_those_beside_it(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    with superuser.transaction():
        superuser.execute("lock table reads in access exclusive mode")
        writer.submit(judged(a_read("OA30AAA")))
        while writer.depth:
            pass
        good, bad, also_good = (
            writer.submit(batch)
            for batch in (judged(a_read("OA30AAA")), poisoned(), judged(a_read("OA30AAA")))
        )
    assert (good.result(20).accepted, also_good.result(20).accepted) == (1, 1)
    with pytest.raises(StoreRefusedError) as refused:
        bad.result(20)
    assert "KB81ZZX" not in str(refused.value)
    assert count(superuser, "reads") == 3


def test_a_read_is_not_stored_without_its_hit_and_outbox_row(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    batch = judged(a_read("OA30AAA"), hit=True)
    superuser.execute("revoke insert on outbox from openanpr_ingest")
    try:
        with pytest.raises(StoreRefusedError):
            writer.submit(batch).result(20)
        assert (count(superuser, "reads"), count(superuser, "hit")) == (0, 0)
    finally:
        superuser.execute("grant insert on outbox to openanpr_ingest")
    assert writer.submit(batch).result(20).accepted == 1
    assert [count(superuser, table) for table in ("reads", "hit", "outbox")] == [1, 1, 1]


def test_no_more_batches_are_taken_than_may_wait(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    with superuser.transaction():
        superuser.execute("lock table reads in access exclusive mode")
        futures = [writer.submit(judged(a_read())) for _ in range(10)]
        with pytest.raises(QueueFullError):
            writer.submit(judged(a_read()))
    assert sum(future.result(20).accepted for future in futures) == 10
    assert writer.submit(judged(a_read())).result(20).accepted == 1


def test_a_partition_dropped_behind_its_back_is_made_again(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=400)
    writer.submit(judged(a_read(captured_at=long_ago))).result(20)
    (name,) = superuser.execute("select tableoid::regclass::text from reads").fetchone() or ("",)
    superuser.execute(psycopg.sql.SQL("drop table {}").format(psycopg.sql.Identifier(name)))
    assert writer.submit(judged(a_read(captured_at=long_ago))).result(20).accepted == 1


def test_what_waits_is_committed_when_the_process_is_told_to_end(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    futures = [writer.submit(judged(a_read())) for _ in range(5)]
    writer.stop()
    assert sum(future.result(0).accepted for future in futures) == 5
    with pytest.raises(StoreUnavailableError):
        writer.submit(judged(a_read()))


def test_marks_seen_are_counted_with_their_first_and_last_time(
    writer: GroupCommitWriter, superuser: psycopg.Connection[Any]
) -> None:
    now = datetime.now(UTC)
    early, late = now - timedelta(hours=2), now - timedelta(hours=1)
    writer.submit(judged(a_read("OA30AAA", captured_at=late))).result(20)
    writer.submit(judged(a_read("OA30AAA", captured_at=early))).result(20)
    seen = superuser.execute("select vrm, first_seen, last_seen, reads from vrm_seen").fetchall()
    assert seen == [("OA30AAA", early, late, 2)]


def test_a_full_disk_is_told_until_a_commit_succeeds_or_it_is_old_news(
    writer: GroupCommitWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise psycopg.errors.DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(writer_module, "commit_group", full)
        with pytest.raises(StoreUnavailableError):
            writer.submit(judged(a_read("KB81ZZX"))).result(timeout=20)
    now = datetime.now(UTC)
    assert writer.is_failing(at=now)
    assert not writer.is_failing(at=now + timedelta(seconds=31))
    _wait_until_connected(writer)
    writer.submit(judged(a_read("KB81ZZX"))).result(timeout=20)
    assert not writer.is_failing(at=datetime.now(UTC))
