"""Making lists, reviewing them, handing them on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from openanpr.access.facts import ListChangeFacts
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist
from openanpr.hotlists.services import changes
from openanpr.hotlists.services.changes import ListChange
from openanpr.hotlists.vocabulary import ListKind, Priority
from openanpr.wire.ids import uuid7

NOT_IN_CARS: Final = (
    "Patrol cars cannot hold a covert list, nor one that only some units are told of."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDetails:
    """A list to be made. ``owner_force`` is a force's code, ``told_units`` names of its units."""

    name: str
    kind: ListKind
    owner_force: str
    owner: str
    purpose: str
    source: str
    priority: Priority
    review_at: datetime
    weed_at: datetime
    covert: bool = False
    second_person: bool = False
    told_units: tuple[str, ...] = ()
    in_cars: bool = False


@transaction.atomic
def create_list(*, by: User, at: datetime, details: ListDetails) -> ListChange:
    """Make a list. A refusal is audited and returned; ``UnableToChangeList`` for what is missing.

    A covert list names the units that it tells, since an area is where patrols work.
    """
    changes.require(
        name=details.name, owner=details.owner, purpose=details.purpose, source=details.source
    )
    if details.covert and not details.told_units:
        raise changes.UnableToChangeList("A covert list must name the units that it tells.")
    if details.covert and not by.covert_right:
        raise changes.UnableToChangeList(changes.COVERT_RIGHT)
    if details.in_cars and (details.covert or details.told_units):
        raise changes.UnableToChangeList(NOT_IN_CARS)
    if not at < details.review_at <= details.weed_at:
        raise changes.UnableToChangeList(
            "The review date must lie ahead, and not after the weed date."
        )
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=details.owner_force, kind="add", reason=details.purpose, weed_at=details.weed_at
        ),
    )
    hotlist_id = uuid7()
    hotlist = None
    if decision:
        hotlist = Hotlist.objects.create(
            id=hotlist_id,
            name=details.name.strip(),
            kind=details.kind.value,
            owner_force_id=details.owner_force,
            owner=details.owner,
            purpose=details.purpose,
            source=details.source,
            priority=details.priority.value,
            covert=details.covert,
            second_person=details.second_person,
            told_units=list(details.told_units),
            in_cars=details.in_cars,
            review_at=details.review_at,
            weed_at=details.weed_at,
            refreshed_at=at,
            created_at=at,
            created_by=by,
        )
    changes.record(
        verb="list.create",
        by=by,
        at=at,
        subject=f"hotlist:{hotlist_id}",
        reason=details.purpose,
        decision=decision,
        payload={
            "kind": details.kind.value,
            "covert": details.covert,
            "in_cars": details.in_cars,
        },
    )
    return ListChange(decision=decision, hotlist=hotlist)


@transaction.atomic
def review_list(
    *, hotlist: Hotlist, by: User, at: datetime, reason: str, review_at: datetime
) -> ListChange:
    """Keep a list for another term; without it the list stops matching on its review date."""
    changes.require(reason=reason)
    if not at < review_at <= hotlist.weed_at:
        raise changes.UnableToChangeList(
            "The review date must lie ahead, and not after the weed date."
        )
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id, kind="review", reason=reason, weed_at=hotlist.weed_at
        ),
    )
    if decision:
        Hotlist.objects.filter(pk=hotlist.pk).update(review_at=review_at)
        changes.bump_revision(hotlist, at=at)
    changes.record(
        verb="list.review",
        by=by,
        at=at,
        subject=f"hotlist:{hotlist.id}",
        reason=reason,
        decision=decision,
        payload={"review_at": review_at.isoformat()},
    )
    return ListChange(decision=decision, hotlist=hotlist)


@transaction.atomic
def transfer_list(
    *, hotlist: Hotlist, by: User, at: datetime, owner: str, reason: str
) -> ListChange:
    """Have somebody else answer for a list from now on; the audit keeps who did before."""
    changes.require(owner=owner, reason=reason)
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id, kind="change", reason=reason, weed_at=hotlist.weed_at
        ),
    )
    if decision:
        Hotlist.objects.filter(pk=hotlist.pk).update(owner=owner.strip())
        changes.bump_revision(hotlist, at=at)
    changes.record(
        verb="list.transfer",
        by=by,
        at=at,
        subject=f"hotlist:{hotlist.id}",
        reason=reason,
        decision=decision,
        payload={"from": hotlist.owner, "to": owner.strip()},
    )
    return ListChange(decision=decision, hotlist=hotlist)


@transaction.atomic
def carry_list(
    *, hotlist: Hotlist, by: User, at: datetime, in_cars: bool, reason: str
) -> ListChange:
    """Let patrol cars hold a list, to match without the network, or no longer."""
    changes.require(reason=reason)
    if in_cars and (hotlist.covert or hotlist.told_units):
        raise changes.UnableToChangeList(NOT_IN_CARS)
    decision = changes.decide(
        by=by,
        at=at,
        change=ListChangeFacts(
            force=hotlist.owner_force_id, kind="change", reason=reason, weed_at=hotlist.weed_at
        ),
    )
    if decision:
        Hotlist.objects.filter(pk=hotlist.pk).update(in_cars=in_cars)
        changes.bump_revision(hotlist, at=at)
    changes.record(
        verb="list.cars",
        by=by,
        at=at,
        subject=f"hotlist:{hotlist.id}",
        reason=reason,
        decision=decision,
        payload={"in_cars": in_cars},
    )
    return ListChange(decision=decision, hotlist=hotlist)
