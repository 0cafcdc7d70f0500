"""Reading exhibits: those of one's own investigations, or every record for auditors."""

import uuid
from typing import Final

from django.db.models import QuerySet

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.exhibits.models import Exhibit, ExhibitEvent
from openanpr.exhibits.vocabulary import ExhibitState
from openanpr.investigations.queries import investigations_of

OVERSEEING: Final = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})


def exhibits_for(actor: Actor) -> QuerySet[Exhibit]:
    """The exhibits that a person may know of, newest first; drafts only those of one's own team."""
    found = Exhibit.objects.select_related("investigation", "made_by")
    mine = investigations_of(person_id=actor.person_id).values("id")
    if actor.roles & OVERSEEING:
        return found.exclude(reference=None).order_by("-picked_at")
    return found.filter(investigation__in=mine).order_by("-picked_at")


def exhibit_for(actor: Actor, exhibit_id: uuid.UUID) -> Exhibit | None:
    """One of those exhibits."""
    return exhibits_for(actor).filter(id=exhibit_id).first()


def own_exhibit(actor: Actor, exhibit_id: uuid.UUID) -> Exhibit | None:
    """One of the person's own investigations, to be made or taken out."""
    mine = investigations_of(person_id=actor.person_id).values("id")
    return (
        Exhibit.objects.select_related("investigation", "made_by")
        .filter(investigation__in=mine, id=exhibit_id)
        .exclude(state=ExhibitState.REMOVED.value)
        .first()
    )


def continuity_of(exhibit: Exhibit) -> QuerySet[ExhibitEvent]:
    """Who did what with it, oldest first."""
    return ExhibitEvent.objects.filter(exhibit=exhibit).order_by("at", "id")
