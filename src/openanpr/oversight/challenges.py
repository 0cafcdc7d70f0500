"""What the auditors' records add to the challenge of a search: known vehicles, and releases."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from openanpr.access.vocabulary import Misuse
from openanpr.oversight.models import PersonVehicle, Release
from openanpr.search.challenges import Asked

GOOD_FOR: Final = timedelta(days=1)
"""So long after its release a search can be asked."""


def vehicles(asked: Asked) -> frozenset[Misuse]:
    """Whether a mark asked for is of a vehicle known to be the searcher's or a colleague's."""
    owners = set(
        PersonVehicle.objects.filter(canonical__in=asked.marks).values_list("person_id", flat=True)
    )
    mine = asked.author.actor.person_id
    found = {Misuse.OWN_VEHICLE} if mine in owners else set()
    if owners - {mine}:
        found.add(Misuse.COLLEAGUE_VEHICLE)
    return frozenset(found)


def released(run_id: UUID, at: datetime) -> bool:
    """Whether a second person let this held search through, less than a day ago."""
    return Release.objects.filter(
        run_id=run_id, let_through=True, decided_at__gt=at - GOOD_FOR, decided_at__lte=at
    ).exists()
