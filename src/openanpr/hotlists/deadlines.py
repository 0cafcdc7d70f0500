"""What falls due on the lists: reviews, ends, entries to confirm and to weed, files to answer."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from openanpr.access.vocabulary import Role
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistImport, Trip
from openanpr.hotlists.services.import_jobs import UNANSWERED
from openanpr.hotlists.tripwires.vocabulary import STANDARDS
from openanpr.hotlists.vocabulary import EntryState, ImportState, ListState
from openanpr.web.deadlines import Asked, Deadline

CONFIRMED_WITHIN: Final = timedelta(days=2)
"""A proposed entry that waits longer for its second person is overdue."""
LOOKED_AT_WITHIN: Final = timedelta(days=1)
_MANAGERS: Final = frozenset({Role.LIST_MANAGER})


def _lists(asked: Asked) -> QuerySet[Hotlist]:
    found = Hotlist.objects.filter(state=ListState.ACTIVE, weed_at__gt=asked.at)
    return found if asked.actor is None else found.filter(owner_force__code=asked.actor.force)


def reviews_and_ends(asked: Asked) -> Iterable[Deadline]:
    """Reviews of lists, without which they stop matching, and their ends."""
    if not asked.is_for(*_MANAGERS):
        return
    due = _lists(asked).filter(Q(review_at__lte=asked.until) | Q(weed_at__lte=asked.until))
    for one in due.only("id", "name", "owner_force_id", "covert", "review_at", "weed_at"):
        yield _of_list(
            one,
            key=f"list.review:{one.id}",
            sentence=f"Review the list {one.name}",
            consequence="A list that is not reviewed stops matching.",
            due_at=one.review_at,
            url_name="hotlist_review",
        )
        yield _of_list(
            one,
            key=f"list.end:{one.id}",
            sentence=f"The list {one.name} ends",
            consequence="It stops matching then; renew it at a review, if it is still needed.",
            due_at=one.weed_at,
            url_name="hotlist",
            ends=True,
        )


def _of_list(one: Hotlist, **said: Any) -> Deadline:
    return Deadline(
        url_kwargs={"hotlist_id": one.id},
        roles=_MANAGERS,
        force=one.owner_force_id,
        covert=one.covert,
        **said,
    )


def weeding(asked: Asked) -> Iterable[Deadline]:
    """Entries that are weeded: one line a list, covert entries apart."""
    if not asked.is_for(*_MANAGERS):
        return
    due = HotlistEntry.objects.filter(
        hotlist__in=_lists(asked),
        state=EntryState.LIVE,
        weed_at__gt=asked.at,
        weed_at__lte=asked.until,
    )
    rows = due.values(
        "hotlist_id", "hotlist__name", "hotlist__owner_force__code", "hotlist__covert", "covert"
    ).annotate(soonest=Min("weed_at"), number=Count("id"))
    for row in rows.order_by():
        entries = "1 entry" if row["number"] == 1 else f"{row['number']} entries"
        kind = "covert" if row["covert"] else "open"
        yield Deadline(
            key=f"list.weeding:{row['hotlist_id']}:{kind}:{row['soonest']:%Y-%m-%d}",
            sentence=f"{entries} of the list {row['hotlist__name']} begin to be weeded",
            consequence="They stop matching; enter again what is still looked for.",
            due_at=row["soonest"],
            url_name="hotlist",
            url_kwargs={"hotlist_id": row["hotlist_id"]},
            roles=_MANAGERS,
            force=row["hotlist__owner_force__code"],
            covert=row["covert"] or row["hotlist__covert"],
            ends=True,
        )


def confirmations(asked: Asked) -> Iterable[Deadline]:
    """Entries that wait for a second person."""
    if not asked.is_for(*_MANAGERS):
        return
    found = HotlistEntry.objects.filter(
        hotlist__in=_lists(asked), state=EntryState.PROPOSED, weed_at__gt=asked.at
    )
    for row in found.values(
        "id",
        "created_at",
        "covert",
        "created_by__person_id",
        "hotlist_id",
        "hotlist__name",
        "hotlist__covert",
        "hotlist__owner_force__code",
    ):
        yield Deadline(
            key=f"entry.confirm:{row['id']}",
            sentence=f"An entry of the list {row['hotlist__name']} waits for a second person",
            consequence="It does not match until then.",
            due_at=row["created_at"] + CONFIRMED_WITHIN,
            url_name="hotlist",
            url_kwargs={"hotlist_id": row["hotlist_id"]},
            roles=_MANAGERS,
            force=row["hotlist__owner_force__code"],
            covert=row["covert"] or row["hotlist__covert"],
            not_by=row["created_by__person_id"] or "",
        )


def files(asked: Asked) -> Iterable[Deadline]:
    """Files that wait for an answer."""
    if not asked.is_for(*_MANAGERS):
        return
    found = HotlistImport.objects.filter(
        hotlist__in=_lists(asked), state__in=[ImportState.UPLOADED, ImportState.PARSED]
    )
    for row in found.values(
        "id",
        "at",
        "by_id",
        "hotlist_id",
        "hotlist__name",
        "hotlist__covert",
        "hotlist__owner_force__code",
    ):
        yield Deadline(
            key=f"list.file:{row['id']}",
            sentence=f"A file for the list {row['hotlist__name']} waits for an answer",
            consequence="It is thrown away then.",
            due_at=row["at"] + UNANSWERED,
            url_name="hotlist_import_one",
            url_kwargs={"hotlist_id": row["hotlist_id"], "import_id": row["id"]},
            accounts=frozenset({row["by_id"]}),
            roles=_MANAGERS,
            force=row["hotlist__owner_force__code"],
            covert=row["hotlist__covert"],
        )


def trips(asked: Asked) -> Iterable[Deadline]:
    """What tripped on a protected mark, for professional standards."""
    if not asked.is_for(*STANDARDS):
        return
    for one in Trip.objects.filter(seen_at=None).only("id", "at"):
        yield Deadline(
            key=f"tripwire.trip:{one.id}",
            sentence="Look at what tripped on a protected mark",
            consequence="It waits in your inbox.",
            due_at=one.at + LOOKED_AT_WITHIN,
            url_name="tripwires",
            roles=STANDARDS,
        )


DEADLINES: Final = (trips, reviews_and_ends, weeding, confirmations, files)
