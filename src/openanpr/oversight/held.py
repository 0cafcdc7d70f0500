"""Held searches that wait for a second person, and those of a month that were challenged."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Reason
from openanpr.oversight.assessing import runs_between
from openanpr.oversight.models import Release
from openanpr.search.challenges import is_challenge
from openanpr.search.models import SearchRun

WAITS: Final = timedelta(days=2)


def waiting_for(actor: Actor, *, at: datetime) -> list[SearchRun]:
    """Explained searches of the actor's force that wait to be released, oldest first.

    Never one's own, and never one that somebody answered.
    """
    found = (
        SearchRun.objects.filter(asked_at__gte=at - WAITS, decision="deny", explanation__gt="")
        .filter(user__force__code=actor.force)
        .exclude(user__person_id=actor.person_id)
        .exclude(id__in=Release.objects.values("run_id"))
        .select_related("user", "user__force", "investigation")
        .order_by("asked_at")
    )
    return [one for one in found if is_challenge(one) and _needs_release(one)]


def held_search(actor: Actor, run_id: UUID, *, at: datetime) -> SearchRun | None:
    """One of those."""
    return next((one for one in waiting_for(actor, at=at) if one.id == run_id), None)


def challenged_runs(start: datetime, end: datetime) -> QuerySet[SearchRun]:
    """The searches of a period that showed signs of misuse."""
    return runs_between(start, end).exclude(signs=[])


def _needs_release(run: SearchRun) -> bool:
    return any(Reason.RELEASE_REQUIRED in part.get("reasons", ()) for part in run.parts)
