"""The agent's store: every read is here, on disk, before anything else is done with it.

SQLite in WAL mode with `synchronous=FULL`: what `put` has returned for survives `kill -9` and a
power cut. A read leaves when the back office has said that it is committed there; a picture when it
is sent, or was not wanted. Batches keep their number until they are acknowledged, so what was sent
and not answered is sent again as the same batch.
"""

import fcntl
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from openanpr.capture.records import Capture, Image
from openanpr.capture.volume import Volume
from openanpr.wire import MAX_READS, Read, uuid7

# Above this share of the allowed size pictures are refused, so that text still finds room.
_PICTURES_UP_TO: Final = 0.85

# The form of the file must be set before anything is written to it, so it stands first.
_PRAGMAS: Final = (
    "auto_vacuum=INCREMENTAL",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO counter VALUES ('next_sequence', 0), ('refused', 0);
CREATE TABLE IF NOT EXISTS read (
  sequence INTEGER PRIMARY KEY, captured_at TEXT NOT NULL, body BLOB NOT NULL, batch TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS read_batch ON read (batch);
CREATE TABLE IF NOT EXISTS image (
  sha256 TEXT PRIMARY KEY, body BLOB NOT NULL, wanted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS read_image (
  sequence INTEGER NOT NULL REFERENCES read ON DELETE CASCADE, sha256 TEXT NOT NULL,
  PRIMARY KEY (sequence, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS read_image_sha256 ON read_image (sha256);
CREATE TABLE IF NOT EXISTS report (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
"""


class SpoolFull(Exception):
    """There is no room for the read, and it is lost. The message says what to do."""


class SpoolProblem(Exception):
    """The spool cannot be opened or used."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Reads that travel together under one number."""

    batch_id: uuid.UUID
    reads: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class SpoolState:
    """How full the spool is, for the sign of life."""

    reads: int
    images: int
    oldest: datetime | None
    next_sequence: int
    refused: int


class Spool:
    """One agent's spool. Safe to use from several threads."""

    def __init__(self, path: Path, *, max_bytes: int, keep_free: int = 0) -> None:
        """Open or make the spool; raises SpoolProblem.

        It takes at most `max_bytes`, and refuses while the disk has less than `keep_free` free.
        """
        self._lock = threading.Lock()
        self._volume = Volume(path, max_bytes=max_bytes, keep_free=keep_free)
        with ExitStack() as undo:
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._claim = _claimed(path)
                undo.callback(os.close, self._claim)
                self._database = sqlite3.connect(
                    path, check_same_thread=False, isolation_level=None
                )
                undo.callback(self._database.close)
                path.chmod(0o600)
                for pragma in _PRAGMAS:
                    self._database.execute(f"PRAGMA {pragma}")
                self._database.executescript(_SCHEMA)
            except (OSError, sqlite3.Error) as problem:
                raise SpoolProblem(f"the spool {path} cannot be used: {problem}") from None
            undo.pop_all()

    def close(self) -> None:
        """Close the file; what is in it stays."""
        with self._lock:
            self._database.close()
            os.close(self._claim)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def put(self, capture: Capture) -> Read:
        """Store a read and its pictures; return it with its sequence number.

        Raises SpoolFull when there is no room: the read is counted as refused and not stored.
        """
        try:
            room = self._volume.room()
            if room.full:
                raise SpoolFull(room.why)
            with self._transaction() as database:
                return _insert(database, capture, pictures=room.used_share < _PICTURES_UP_TO)
        except sqlite3.OperationalError as problem:
            self._count_refused()
            raise SpoolFull(f"the spool cannot be written ({problem}): free some disk") from None
        except SpoolFull:
            self._count_refused()
            raise

    def _count_refused(self) -> None:
        try:
            with self._transaction() as database:
                database.execute("UPDATE counter SET value = value + 1 WHERE name = 'refused'")
        except sqlite3.OperationalError:
            # Not even this fits on the disk; the caller's message is the record then.
            return

    def next_batch(self) -> Batch | None:
        """Return the batch to send next: one not yet acknowledged first, else a new one."""
        with self._transaction() as database:
            waiting = database.execute(
                "SELECT batch FROM read WHERE batch IS NOT NULL ORDER BY sequence LIMIT 1"
            ).fetchone()
            if waiting is None:
                name = str(uuid7())
                made = database.execute(
                    "UPDATE read SET batch = ? WHERE sequence IN "
                    "(SELECT sequence FROM read WHERE batch IS NULL ORDER BY sequence LIMIT ?)",
                    (name, MAX_READS),
                )
                if made.rowcount < 1:
                    return None
            else:
                name = waiting[0]
            rows = database.execute(
                "SELECT body FROM read WHERE batch = ? ORDER BY sequence", (name,)
            ).fetchall()
        reads = tuple(msgspec.json.decode(body, type=Read) for (body,) in rows)
        return Batch(uuid.UUID(name), reads)

    def acknowledge(self, batch_id: uuid.UUID, images_wanted: Sequence[str]) -> None:
        """Forget a batch that is committed elsewhere; keep of its pictures those wanted."""
        with self._transaction() as database:
            database.executemany(
                "UPDATE image SET wanted = 1 WHERE sha256 = ?", [(name,) for name in images_wanted]
            )
            database.execute("DELETE FROM read WHERE batch = ?", (str(batch_id),))
            _sweep(database)
        self._shrink()

    def split(self, batch_id: uuid.UUID) -> bool:
        """Break a batch that the back office cannot take in two; False when it is one read."""
        with self._transaction() as database:
            rows = database.execute(
                "SELECT sequence FROM read WHERE batch = ? ORDER BY sequence", (str(batch_id),)
            ).fetchall()
            if len(rows) < 2:
                return False
            for part in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                name = str(uuid7())
                database.executemany(
                    "UPDATE read SET batch = ? WHERE sequence = ?",
                    [(name, sequence) for (sequence,) in part],
                )
        return True

    def next_image(self) -> Image | None:
        """Return a picture that is wanted and was not sent yet."""
        with self._lock:
            row = self._database.execute(
                "SELECT sha256, body FROM image WHERE wanted = 1 ORDER BY rowid LIMIT 1"
            ).fetchone()
        return None if row is None else Image(row[0], bytes(row[1]))

    def image_done(self, sha256: str) -> None:
        """Forget a picture that was sent, or that the back office will never take."""
        with self._transaction() as database:
            database.execute("UPDATE image SET wanted = 0 WHERE sha256 = ?", (sha256,))
            _sweep(database)

    def put_report(self, name: str, body: bytes) -> None:
        """Keep something to be told, besides reads; raises SpoolFull."""
        try:
            with self._transaction() as database:
                database.execute("INSERT OR IGNORE INTO report VALUES (?, ?)", (name, body))
        except sqlite3.OperationalError as problem:
            raise SpoolFull(f"the spool cannot be written ({problem}): free some disk") from None

    def reports(self, *, limit: int) -> list[tuple[str, bytes]]:
        """What is to be told, the oldest first."""
        with self._lock:
            rows = self._database.execute(
                "SELECT name, body FROM report ORDER BY rowid LIMIT ?", (limit,)
            ).fetchall()
        return [(name, bytes(body)) for name, body in rows]

    def reports_done(self, names: Sequence[str]) -> None:
        """Forget what was told."""
        with self._transaction() as database:
            database.executemany("DELETE FROM report WHERE name = ?", [(name,) for name in names])

    def state(self) -> SpoolState:
        """Return how full the spool is."""
        with self._lock:
            reads, oldest = self._database.execute(
                "SELECT count(*), min(captured_at) FROM read"
            ).fetchone()
            (images,) = self._database.execute("SELECT count(*) FROM image").fetchone()
            counters = dict(self._database.execute("SELECT name, value FROM counter").fetchall())
        return SpoolState(
            reads,
            images,
            None if oldest is None else datetime.fromisoformat(oldest),
            counters["next_sequence"],
            counters["refused"],
        )

    def _shrink(self) -> None:
        with self._lock:
            self._database.execute("PRAGMA incremental_vacuum(256)").fetchall()


def _claimed(path: Path) -> int:
    """A lock that ends with the process: two agents on one spool would send each read twice."""
    claim = os.open(f"{path}.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(claim)
        raise SpoolProblem(f"another agent uses the spool {path}: stop it first") from None
    return claim


def _insert(database: sqlite3.Connection, capture: Capture, *, pictures: bool) -> Read:
    (sequence,) = database.execute(
        "UPDATE counter SET value = value + 1 WHERE name = 'next_sequence' RETURNING value - 1"
    ).fetchone()
    read = msgspec.structs.replace(capture.read, sequence=sequence)
    if not pictures:
        read = msgspec.structs.replace(read, patch_sha256=None, overview_sha256=None, box=None)
    body = msgspec.json.encode(read)
    database.execute(
        "INSERT INTO read (sequence, captured_at, body) VALUES (?, ?, ?)",
        (sequence, read.captured_at.isoformat(), body),
    )
    if pictures:
        for image in capture.images:
            database.execute(
                "INSERT OR IGNORE INTO image (sha256, body) VALUES (?, ?)",
                (image.sha256, image.data),
            )
            database.execute(
                "INSERT OR IGNORE INTO read_image VALUES (?, ?)", (sequence, image.sha256)
            )
    return read


def _sweep(database: sqlite3.Connection) -> None:
    database.execute(
        "DELETE FROM image WHERE wanted = 0 AND NOT EXISTS "
        "(SELECT 1 FROM read_image WHERE read_image.sha256 = image.sha256)"
    )
