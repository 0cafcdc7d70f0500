"""Publishing what may match: a new file and its row whenever a list or an entry has changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction
from django.db.models import Max, Sum

from openanpr.audit.services import AuditActor, record_event
from openanpr.config.values import get_settings
from openanpr.hotlists.models import Hotlist, HotlistSnapshot
from openanpr.hotlists.services.snapshot_rows import SnapshotRows
from openanpr.jobs.services import ask_for
from openanpr.matching import HotlistSnapshot as LoadedSnapshot
from openanpr.matching import is_readable, write_snapshot

LOCK: Final = 7_204_114
KEPT: Final = 2
MATCH_AGAIN: Final = "reads.match-again"
"""The job that this asks for: reads of the last minutes against the new lists."""
SWAPPED_WITHIN: Final = timedelta(seconds=30)
LATE_BY: Final = timedelta(hours=1)
"""The reads of so long may be matched again; an entry approved before that came later than that."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def publish_snapshot(*, at: datetime) -> HotlistSnapshot:
    """Write everything live to a new file, then announce it by its row. Older files are removed."""
    with transaction.atomic():
        _one_at_a_time()
        version = (HotlistSnapshot.objects.aggregate(last=Max("version"))["last"] or 0) + 1
        # Read before the entries: a change that slips in between makes one more snapshot due.
        revision_sum = _revision_sum()
        path = _folder() / f"hotlist-{version:010d}.snapshot"
        before = HotlistSnapshot.objects.order_by("-version").first()
        rows = SnapshotRows(at=at, since=at - LATE_BY)
        digest = write_snapshot(path, version, rows.whole(), plain=rows.plain(), lists=rows.lists)
        since = _unmatched_since(rows, before, at=at)
        entry_count = len(LoadedSnapshot.load(path))
        snapshot = HotlistSnapshot.objects.create(
            version=version,
            made_at=at,
            digest=digest,
            path=str(path),
            entry_count=entry_count,
            revision_sum=revision_sum,
        )
        record_event(
            verb="snapshot.publish",
            actor=AuditActor.system("worker"),
            at=at,
            subject=f"snapshot:{version}",
            payload={"version": version, "entries": entry_count, "digest": digest},
        )
        # At once, and when every matcher has surely taken the new lists: a read that came between
        # was still compared with the old ones.
        for due_at in (at, at + SWAPPED_WITHIN):
            once = f"{(due_at - at).seconds} seconds after, from {since:%H:%M}"
            arguments = {"since": since.isoformat(timespec="minutes")}
            ask_for(MATCH_AGAIN, arguments, at=at, due_at=due_at, once=once)
    _remove_older(version)
    return snapshot


def publish_if_due(*, at: datetime) -> HotlistSnapshot | None:
    """Publish when the lists differ from the newest snapshot, or its file is gone or of a layout
    that is no longer read.
    """
    newest = HotlistSnapshot.objects.order_by("-version").first()
    if (
        newest is not None
        and newest.revision_sum == _revision_sum()
        and is_readable(Path(newest.path))
    ):
        return None
    return publish_snapshot(at=at)


def _unmatched_since(
    rows: SnapshotRows, before: HotlistSnapshot | None, *, at: datetime
) -> datetime:
    """When the earliest change was approved that no snapshot until now knows of."""
    earliest = at
    if before is not None and at - before.made_at < LATE_BY:
        # A change of a whole list may have come while that one was being written.
        earliest = before.made_at
    ids, approved = rows.fresh()
    if before is not None and len(ids) and is_readable(Path(before.path)):
        known = LoadedSnapshot.load(Path(before.path)).ids
        approved = approved[~np.isin(_halves(ids), _halves(known))]
    if not len(approved):
        return earliest
    return min(earliest, _EPOCH + timedelta(microseconds=int(approved.min())))


def _halves(ids: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    # The second halves of UUIDs are chance enough to tell them apart.
    return np.ascontiguousarray(ids).view(np.uint64).reshape(-1, 2)[:, 1]


def _revision_sum() -> int:
    # Lists are never deleted and revisions only rise, so an equal sum means that nothing changed.
    return Hotlist.objects.aggregate(total=Sum("revision"))["total"] or 0


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _folder() -> Path:
    folder = get_settings().data_dir / "snapshots"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _remove_older(version: int) -> None:
    # A snapshot is a copy of marks; a matcher may still be opening the one before.
    for row in HotlistSnapshot.objects.filter(version__lte=version - KEPT).order_by("-version")[
        :20
    ]:
        Path(row.path).unlink(missing_ok=True)
