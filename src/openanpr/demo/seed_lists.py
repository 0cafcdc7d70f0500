"""Seeding of the lists and their entries, by the list managers themselves."""

from collections.abc import Mapping
from datetime import datetime

from openanpr.accounts.models import User
from openanpr.demo.lists import entries, is_covert, list_details, list_names
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.hotlists.services.changes import ListChange
from openanpr.hotlists.services.entries import EntryDetails, add_entry, confirm_entry
from openanpr.hotlists.services.lists import create_list
from openanpr.hotlists.services.snapshots import publish_if_due


class SeedingFailed(RuntimeError):
    """The access policy did not let the list managers make the lists."""


def ensure_lists(people: Mapping[str, User], *, at: datetime) -> int:
    """Make missing lists, fill empty ones, publish the snapshot; returns the number of entries."""
    first, second = people["lists"], people["lists2"]
    for name in list_names():
        details = list_details(name, at=at)
        hotlist = Hotlist.objects.filter(name=details.name).first()
        if hotlist is None:
            hotlist = _allowed(create_list(by=first, at=at, details=details)).hotlist
        # A list that has entries is left alone: people may have changed it on purpose.
        if hotlist is None or HotlistEntry.objects.filter(hotlist=hotlist).exists():
            continue
        for entry in entries(name, at=at):
            _add(hotlist, entry, first, second if is_covert(name) else None, at=at)
    publish_if_due(at=at)
    return HotlistEntry.objects.count()


def _add(
    hotlist: Hotlist, details: EntryDetails, first: User, second: User | None, *, at: datetime
) -> None:
    added = _allowed(add_entry(hotlist=hotlist, by=first, at=at, details=details)).entry
    if second is not None and added is not None:
        _allowed(confirm_entry(entry_id=added.id, by=second, at=at))


def _allowed(change: ListChange) -> ListChange:
    if not change:
        reasons = ", ".join(change.decision.reasons)
        raise SeedingFailed(f"the list managers were refused: {reasons}")
    return change
