"""What of a force's lists waits for somebody: reviews, ends, second persons, files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport
from openanpr.hotlists.vocabulary import EntryState, ImportState, ListState

REMINDED: Final = timedelta(days=14)
"""So long before its date a list is shown as due."""
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What waits, soonest first; at most ``MOST`` of each."""

    reviews: list[Hotlist]
    endings: list[Hotlist]
    proposals: list[HotlistEntry]
    imports: list[HotlistImport]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.reviews) + len(self.endings) + len(self.proposals) + len(self.imports)


def due_of(*, force: str, covert: bool, at: datetime) -> Due:
    """What waits now. ``covert``: the asker may know of what is covert; nothing of it without."""
    lists = Hotlist.objects.filter(owner_force__code=force, state=ListState.ACTIVE, weed_at__gt=at)
    entries = HotlistEntry.objects.filter(
        hotlist__in=lists, state=EntryState.PROPOSED, weed_at__gt=at
    )
    imports = HotlistImport.objects.filter(
        hotlist__in=lists, state__in=[ImportState.UPLOADED, ImportState.PARSED]
    )
    if not covert:
        lists = lists.filter(covert=False)
        entries = entries.filter(covert=False, hotlist__covert=False)
        imports = imports.filter(hotlist__covert=False)
    soon = at + REMINDED
    return Due(
        reviews=list(lists.filter(review_at__lte=soon).order_by("review_at")[:MOST]),
        endings=list(lists.filter(weed_at__lte=soon).order_by("weed_at")[:MOST]),
        proposals=list(
            entries.select_related("hotlist", "created_by").order_by("created_at")[:MOST]
        ),
        imports=list(imports.select_related("hotlist", "by").order_by("at")[:MOST]),
    )
