"""What came of requests like one: counts by outcome, never what was found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from openanpr.investigations.found import SearchCounts, counts
from openanpr.investigations.models import AuthorisationRequest
from openanpr.investigations.vocabulary import RequestState

BACK: Final = timedelta(days=365)
MOST: Final = 1000
"""Of so many investigations at most the searches are counted, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Other requests of the force for the same category of investigation, in the last year.

    ``revoked`` ones are among those ``given``. ``searches`` are those for investigations to which
    something was granted, since the year began.
    """

    given: int
    refused: int
    waiting: int
    revoked: int
    searches: SearchCounts

    @property
    def all(self) -> int:
        """How many requests they are."""
        return self.given + self.refused + self.waiting


def similar_to(asked: AuthorisationRequest, *, at: datetime) -> Similar:
    """What came of requests like ``asked``."""
    since = at - BACK
    others = AuthorisationRequest.objects.filter(
        investigation__force_id=asked.investigation.force_id,
        investigation__category=asked.investigation.category,
        requested_at__gte=since,
    ).exclude(id=asked.id)
    by_state = others.aggregate(
        given=Count("id", filter=Q(state=RequestState.GRANTED.value)),
        refused=Count("id", filter=Q(state=RequestState.REFUSED.value)),
        waiting=Count("id", filter=Q(state=RequestState.ASKED.value)),
        revoked=Count("id", filter=Q(granted__revoked_at__isnull=False)),
    )
    opened = others.filter(state=RequestState.GRANTED.value).order_by("-requested_at")
    ids = list(dict.fromkeys(opened.values_list("investigation_id", flat=True)[:MOST]))
    return Similar(**by_state, searches=counts(ids, since=since))
