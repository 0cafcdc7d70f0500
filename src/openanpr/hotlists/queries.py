"""What pages and the ingest process ask of the lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport, HotlistSnapshot
from openanpr.hotlists.vocabulary import EntryState, ListState


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """The newest published snapshot and where its file lies."""

    version: int
    path: Path
    digest: str
    entry_count: int


def newest_snapshot() -> SnapshotFile | None:
    """The snapshot that matching should use now; ``None`` before the first is published."""
    row = HotlistSnapshot.objects.order_by("-version").first()
    if row is None:
        return None
    return SnapshotFile(row.version, Path(row.path), row.digest, row.entry_count)


def lists_of_force(*, force: str, covert: bool, at: datetime) -> QuerySet[Hotlist]:
    """The lists of a force by name, each with ``live_entries``: how many of its entries match.

    ``covert``: the asker has the right to what is covert; without it covert lists and entries are
    neither shown nor counted.
    """
    counted = Q(entries__state=EntryState.LIVE, entries__weed_at__gt=at)
    if not covert:
        counted &= Q(entries__covert=False)
    return (
        _lists(force=force, covert=covert)
        .annotate(live_entries=Count("entries", filter=counted))
        .order_by("name")
    )


def list_of_force(*, hotlist_id: UUID, force: str, covert: bool) -> Hotlist | None:
    """One list, if it is this force's and the asker may know of it."""
    return _lists(force=force, covert=covert).filter(pk=hotlist_id).first()


def entries_of(hotlist: Hotlist, *, covert: bool) -> QuerySet[HotlistEntry]:
    """Every entry of a list that the asker may know of, newest first, ended ones included."""
    entries = HotlistEntry.objects.filter(hotlist=hotlist)
    if not covert:
        entries = entries.filter(covert=False)
    return entries.select_related("hotlist", "created_by").order_by("-created_at", "-id")


def live_entries(entry_ids: Collection[UUID], *, at: datetime) -> frozenset[UUID]:
    """Those of the entries that may still match: not withdrawn, not weeded, their list in use."""
    found = HotlistEntry.objects.filter(
        pk__in=entry_ids,
        state=EntryState.LIVE,
        weed_at__gt=at,
        hotlist__state=ListState.ACTIVE,
        hotlist__weed_at__gt=at,
        hotlist__review_at__gt=at,
    )
    return frozenset(found.values_list("pk", flat=True))


def imports_of(hotlist: Hotlist) -> QuerySet[HotlistImport]:
    """The files given for a list, newest first."""
    return (
        HotlistImport.objects.filter(hotlist=hotlist)
        .select_related("by", "ended_by")
        .order_by("-at", "-id")
    )


def import_of(hotlist: Hotlist, *, import_id: UUID) -> HotlistImport | None:
    """One file given for this list."""
    return imports_of(hotlist).filter(pk=import_id).first()


def _lists(*, force: str, covert: bool) -> QuerySet[Hotlist]:
    lists = Hotlist.objects.filter(owner_force__code=force)
    return lists if covert else lists.filter(covert=False)
