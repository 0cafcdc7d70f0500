"""Reading holds: those of one's own investigations, or all of them for auditors."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.investigations.models import Hold
from openanpr.investigations.queries import investigations_of

OVERSEEING = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})


def holds_for(actor: Actor) -> QuerySet[Hold]:
    """The holds that a person may know of: unreleased ones first, by the date of their review."""
    found = Hold.objects.select_related("investigation", "owner", "placed_by", "released_by")
    if not actor.roles & OVERSEEING:
        mine = investigations_of(person_id=actor.person_id)
        found = found.filter(investigation__in=mine.values("id"))
    return found.order_by("-released_at", "review_at")


def hold_for(actor: Actor, hold_id: uuid.UUID) -> Hold | None:
    """One of those holds."""
    return holds_for(actor).filter(id=hold_id).first()


def days_of(holds: Iterable[Hold]) -> dict[uuid.UUID, dict[date, int]]:
    """How many reads each hold keeps, by the day (UTC) of their capture."""
    days: dict[uuid.UUID, dict[date, int]] = {one.id: {} for one in holds}
    with connection.cursor() as cursor:
        cursor.execute("select hold, day, reads from held_days(%s)", [list(days)])
        for hold_id, day, reads in cursor.fetchall():
            days[hold_id][day] = reads
    return days


def overdue(hold: Hold, *, at: datetime) -> bool:
    """Whether a hold that still keeps reads was to be reviewed before now."""
    return hold.released_at is None and hold.review_at <= at
