"""One run: pictures first, then reads and their partitions, then every other store.

Each step is one short transaction that removes some rows and counts them, so that a run may be
killed anywhere and the next one goes on; what was counted and not yet certified is certified then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.access.bands import retention_edge
from openanpr.access.profile import Profile
from openanpr.reads.images import ImageStore
from openanpr.retention.certificates import certify
from openanpr.retention.rules import PLAIN

ROWS: Final = 2_000
PICTURES: Final = 200
SNAPSHOTS_KEPT: Final = 2
UNNAMED_FOR: Final = timedelta(days=1)
_LOCK: Final = 7_204_213
# Ingest waits at most this long for a lock that a step waits for; a step that gets none is left to
# the next run.
_TIMES: Final = "set lock_timeout = '500ms'; set statement_timeout = '60s'"
Connection = psycopg.Connection[Any]


class AlreadyRunningError(Exception):
    """Another run is under way on this database."""


@dataclass(slots=True)
class Removed:
    """What one run removed: rows by store, partitions dropped, stores left to the next run."""

    limit: datetime
    rows: dict[str, int] = field(default_factory=dict)
    partitions: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    certificate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What a run works on. ``connection`` is the role of retention's, in autocommit mode."""

    connection: Connection
    images: ImageStore
    snapshots: Path
    key: Ed25519PrivateKey


def run_retention(stores: Stores, *, profile: Profile, at: datetime) -> Removed:
    """Remove what is past its limit at ``at``, at most what the database's own clock allows.

    Raises :class:`AlreadyRunningError`, ``psycopg.Error``, ``OSError``. Idempotent.
    """
    connection = stores.connection
    connection.execute(_TIMES)
    if not _scalar(connection, "select pg_try_advisory_lock(%s)", _LOCK):
        raise AlreadyRunningError("another run of retention is under way")
    try:
        at = min(at, _scalar(connection, "select now()"))
        removed = Removed(limit=retention_edge(at=at, profile=profile))
        _remove(stores, removed, at=at)
        removed.certificate = certify(
            connection, key=stores.key, profile=profile, limit=removed.limit, at=at
        )
        return removed
    finally:
        connection.execute("select pg_advisory_unlock(%s)", (_LOCK,))


def _remove(stores: Stores, removed: Removed, *, at: datetime) -> None:
    edge, connection = removed.limit, stores.connection
    steps: dict[str, Callable[[], int]] = {
        "read_image": lambda: _pictures(stores, edge),
        "reads": lambda: _scalar(connection, "select retention_delete_reads(%s, %s)", edge, ROWS),
    }
    for store in PLAIN:
        steps[store] = lambda store=store: _scalar(  # type: ignore[misc]
            connection, "select retention_delete(%s, %s, %s)", store, edge, ROWS
        )
    _until_done(removed, steps, only=("read_image", "reads"))
    _try(removed, "partitions", lambda: _drop_partitions(connection, removed))
    _try(
        removed,
        "alert",
        lambda: _scalar(connection, "select retention_move_alerts(%s)", edge) and 0,
    )
    _until_done(removed, steps, only=PLAIN)
    _try(removed, "files: images", lambda: _unnamed_pictures(stores, at - UNNAMED_FOR))
    _try(removed, "files: list snapshots", lambda: _old_snapshots(stores))
    _try(removed, "files: list imports", lambda: _old_imports(stores, edge))


def _until_done(
    removed: Removed, steps: Mapping[str, Callable[[], int]], *, only: tuple[str, ...]
) -> None:
    for store in only:
        while _try(removed, store, steps[store]):
            pass


def _try(removed: Removed, store: str, step: Callable[[], int]) -> int:
    """How many ``step`` removed; 0 where it got no lock in time and is left to the next run."""
    try:
        count = step()
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        removed.left.append(store)
        return 0
    if count:
        removed.rows[store] = removed.rows.get(store, 0) + count
    return count


def _pictures(stores: Stores, edge: datetime) -> int:
    """Remove the files of some expired pictures, then their rows, which are locked meanwhile."""
    with stores.connection.transaction():
        rows = stores.connection.execute(
            "select received, device, stored, lone from retention_expired_images(%s, %s)",
            (edge, PICTURES),
        ).fetchall()
        for stored in {bytes(stored).hex() for _, _, stored, lone in rows if lone}:
            stores.images.remove(stored)
        count: int = _scalar(
            stores.connection,
            "select retention_delete_images(%s, %s, %s)",
            edge,
            [received for received, _, _, _ in rows],
            [device for _, device, _, _ in rows],
        )
    return count


def _unnamed_pictures(stores: Stores, older_than: datetime) -> int:
    stores.images.remove_half_written(older_than=older_than)
    count = 0
    for hashes in stores.images.batches(older_than=older_than):
        with stores.connection.transaction():
            found = stores.connection.execute(
                "select * from retention_images_unknown(%s)",
                ([bytes.fromhex(sha256) for sha256 in hashes],),
            ).fetchall()
            for (sha256,) in found:
                stores.images.remove(bytes(sha256).hex())
        count += len(found)
    return count


def _old_snapshots(stores: Stores) -> int:
    """Remove list files other than those that a matcher may still open."""
    old = old_snapshots(stores.connection, stores.snapshots)
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def old_snapshots(connection: Connection, snapshots: Path) -> list[Path]:
    """The list files that no matcher opens: neither the newest ones nor the one being written.

    One numbered higher than that belongs to a database that is no more (a restored backup).
    """
    newest = _scalar(connection, "select coalesce(max(version), 0) from hotlist_snapshot")
    kept = {f"hotlist-{version:010d}" for version in range(newest - SNAPSHOTS_KEPT + 1, newest + 2)}
    return [path for path in snapshots.glob("hotlist-*.snapshot") if path.stem not in kept]


def _old_imports(stores: Stores, edge: datetime) -> int:
    old = old_imports(stores.snapshots, edge)
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def old_imports(snapshots: Path, edge: datetime) -> list[Path]:
    """The files of imports, beside the folder of snapshots, that nobody answered for so long."""
    folder = snapshots.with_name("imports")
    return [path for path in folder.glob("*") if path.stat().st_mtime < edge.timestamp()]


def _drop_partitions(connection: Connection, removed: Removed) -> int:
    while name := _scalar(connection, "select retention_drop_partition(%s)", removed.limit):
        removed.partitions.append(name)
    return 0


def _scalar(connection: Connection, query: str, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    return None if row is None else row[0]
