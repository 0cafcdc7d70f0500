"""The spool keeps what it has been given, through kill -9 too, and refuses aloud when full."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from openanpr.capture.spool import Spool, SpoolFull, SpoolProblem
from openanpr.capture.volume import Room
from tests.unit.capture.conftest import capture

_WRITER = """
import sys
from pathlib import Path
from openanpr.capture.spool import Spool
from tests.unit.capture.conftest import capture

spool = Spool(Path(sys.argv[1]), max_bytes=50_000_000)
number = 0
while True:
    read = spool.put(capture(number))
    print(read.sequence, read.id, flush=True)
    number += 1
"""


def test_reads_are_numbered_without_gaps_and_leave_in_order(spool: Spool) -> None:
    stored = [spool.put(capture(n)) for n in range(3)]

    batch = spool.next_batch()

    assert [read.sequence for read in stored] == [0, 1, 2]
    assert batch is not None
    assert batch.reads == tuple(stored)


def test_no_number_is_given_twice_after_everything_was_sent(spool: Spool) -> None:
    spool.put(capture(0))
    batch = spool.next_batch()
    assert batch is not None
    spool.acknowledge(batch.batch_id, ())

    assert spool.put(capture(1)).sequence == 1


def test_a_batch_not_acknowledged_comes_again_unchanged_although_more_was_stored(
    spool: Spool,
) -> None:
    spool.put(capture(0))
    first = spool.next_batch()
    spool.put(capture(1))

    again = spool.next_batch()

    assert first is not None
    assert again == first


def test_a_batch_holds_at_most_a_hundred_reads(spool: Spool) -> None:
    for n in range(103):
        spool.put(capture(n, images=0))

    first = spool.next_batch()

    assert first is not None
    assert len(first.reads) == 100
    spool.acknowledge(first.batch_id, ())
    second = spool.next_batch()
    assert second is not None
    assert [read.sequence for read in second.reads] == [100, 101, 102]


def test_of_the_pictures_only_those_wanted_are_kept_and_go_once_sent(spool: Spool) -> None:
    given = capture(0)
    spool.put(given)
    batch = spool.next_batch()
    assert batch is not None
    assert spool.next_image() is None  # text first: no picture before the batch is answered

    spool.acknowledge(batch.batch_id, [given.images[1].sha256])

    assert spool.next_image() == given.images[1]
    assert spool.state().images == 1
    spool.image_done(given.images[1].sha256)
    assert spool.state().images == 0


def test_a_picture_of_two_reads_stays_until_both_are_sent(spool: Spool) -> None:
    first, second = capture(0), capture(1)
    shared = type(second)(second.read, first.images)
    spool.put(first)
    batch = spool.next_batch()
    spool.put(shared)
    assert batch is not None

    spool.acknowledge(batch.batch_id, ())

    assert spool.state().images == 2


def test_what_was_stored_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    told = [writer.stdout.readline().split() for _ in range(25)]
    os.kill(writer.pid, signal.SIGKILL)
    told += [line.split() for line in writer.stdout.read().splitlines() if " " in line]
    writer.stdout.close()
    writer.wait()

    spool = Spool(path, max_bytes=50_000_000)
    batch = spool.next_batch()
    assert batch is not None
    kept = [(read.sequence, str(read.id)) for read in batch.reads]
    next_number = spool.put(capture(999)).sequence
    spool.close()

    promised = [(int(sequence), identifier) for sequence, identifier in told]
    assert kept[: len(promised)] == promised
    # One more may have been committed than the killed process lived to tell.
    assert len(kept) - len(promised) in (0, 1)
    assert [sequence for sequence, _ in kept] == list(range(len(kept)))
    assert next_number == len(kept)


def test_a_full_spool_refuses_aloud_and_counts_what_was_lost(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite", max_bytes=1)

    with pytest.raises(SpoolFull, match="limit"):
        spool.put(capture(0))

    assert spool.state().refused == 1
    assert spool.next_batch() is None
    spool.close()


def test_a_disk_without_room_refuses_aloud(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite", max_bytes=50_000_000, keep_free=1 << 60)

    with pytest.raises(SpoolFull, match="disk"):
        spool.put(capture(0))

    spool.close()


def test_a_nearly_full_spool_keeps_the_text_and_lets_the_pictures_go(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool._volume, "room", lambda: Room(0.9, full=False))

    read = spool.put(capture(0))

    assert (read.patch_sha256, read.overview_sha256) == (None, None)
    assert spool.state().images == 0
    assert spool.state().reads == 1


def test_the_file_is_private_and_its_deleted_rows_are_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite"
    spool = Spool(path, max_bytes=50_000_000)
    read = spool.put(capture(0))
    batch = spool.next_batch()
    assert batch is not None
    spool.acknowledge(batch.batch_id, ())
    spool.close()

    assert path.stat().st_mode & 0o077 == 0
    assert read.vrm.encode() not in path.read_bytes()


def test_a_second_agent_on_the_same_spool_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite"
    first = Spool(path, max_bytes=50_000_000)

    with pytest.raises(SpoolProblem, match="another agent"):
        Spool(path, max_bytes=50_000_000)

    first.close()
    Spool(path, max_bytes=50_000_000).close()


def test_a_file_that_is_no_spool_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite"
    path.write_bytes(b"this is no database at all, " * 100)

    with pytest.raises(SpoolProblem):
        Spool(path, max_bytes=50_000_000)


def test_a_broken_batch_is_halved_down_to_one_read(spool: Spool) -> None:
    for n in range(3):
        spool.put(capture(n))
    batch = spool.next_batch()
    assert batch is not None

    assert spool.split(batch.batch_id)
    half = spool.next_batch()
    assert half is not None
    assert [read.sequence for read in half.reads] == [0]
    assert not spool.split(half.batch_id)


def test_durability_is_asked_of_the_database(spool: Spool) -> None:
    ask = spool._database.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA synchronous").fetchone() == (2,)
