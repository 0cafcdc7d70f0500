"""Publishing what may match: a new file and its row whenever a list or an entry has changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, cast

from django.db import connection, transaction
from django.db.models import Max, Sum

from openanpr.audit.services import AuditActor, record_event
from openanpr.config.values import get_settings
from openanpr.hotlists.copies import copy_of, ends_at, scopes_of
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistSnapshot
from openanpr.hotlists.vocabulary import EntryState, ListState
from openanpr.jobs.services import ask_for
from openanpr.matching import MatchAs, SnapshotEntry, write_snapshot

LOCK: Final = 7_204_114
KEPT: Final = 2
MATCH_AGAIN: Final = "reads.match-again"
"""The job that this asks for: reads of the last minutes against the new lists."""
SWAPPED_WITHIN: Final = timedelta(seconds=30)


def publish_snapshot(*, at: datetime) -> HotlistSnapshot:
    """Write everything live to a new file, then announce it by its row. Older files are removed."""
    with transaction.atomic():
        _one_at_a_time()
        version = (HotlistSnapshot.objects.aggregate(last=Max("version"))["last"] or 0) + 1
        # Read before the entries: a change that slips in between makes one more snapshot due.
        revision_sum = _revision_sum()
        path = _folder() / f"hotlist-{version:010d}.snapshot"
        entries = _Counted(_entries(at))
        digest = write_snapshot(path, version, entries)
        snapshot = HotlistSnapshot.objects.create(
            version=version,
            made_at=at,
            digest=digest,
            path=str(path),
            entry_count=entries.count,
            revision_sum=revision_sum,
        )
        record_event(
            verb="snapshot.publish",
            actor=AuditActor.system("worker"),
            at=at,
            subject=f"snapshot:{version}",
            payload={"version": version, "entries": entries.count, "digest": digest},
        )
        # At once, and when every matcher has surely taken the new lists: a read that came between
        # was still compared with the old ones.
        for due_at in (at, at + SWAPPED_WITHIN):
            once = f"{(due_at - at).seconds} seconds after"
            ask_for(MATCH_AGAIN, {}, at=at, due_at=due_at, once=once)
    _remove_older(version)
    return snapshot


def publish_if_due(*, at: datetime) -> HotlistSnapshot | None:
    """Publish when the lists differ from the newest snapshot, or its file is gone."""
    newest = HotlistSnapshot.objects.order_by("-version").first()
    if newest is not None and newest.revision_sum == _revision_sum() and Path(newest.path).exists():
        return None
    return publish_snapshot(at=at)


class _Counted:
    """Entries on their way into the file, counted as they pass: they never all lie in memory."""

    def __init__(self, entries: Iterator[SnapshotEntry]) -> None:
        self._entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[SnapshotEntry]:
        for entry in self._entries:
            self.count += 1
            yield entry


def _entries(at: datetime) -> Iterator[SnapshotEntry]:
    live = HotlistEntry.objects.select_related("hotlist").filter(
        state=EntryState.LIVE,
        weed_at__gt=at,
        hotlist__state=ListState.ACTIVE,
        hotlist__weed_at__gt=at,
        hotlist__review_at__gt=at,
    )
    for entry in live.order_by("canonical", "id").iterator(chunk_size=5000):
        yield SnapshotEntry(
            entry_id=entry.id,
            hotlist_id=entry.hotlist_id,
            canonical=entry.canonical,
            vrm=entry.vrm,
            valid_from=entry.valid_from,
            weed_at=ends_at(entry),
            priority=entry.hotlist.priority,
            covert=entry.covert or entry.hotlist.covert,
            action=entry.action,
            copy=copy_of(entry).to_json(),
            match_as=cast("MatchAs", entry.match_as),
            least_weight=entry.least_weight,
            scopes=scopes_of(entry),
        )


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
