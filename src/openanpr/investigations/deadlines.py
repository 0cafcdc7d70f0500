"""Requests for authorisation that wait, and authorisations that end."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Coalesce

from openanpr.access.vocabulary import Role
from openanpr.investigations.models import (
    AuthorisationGrant,
    AuthorisationRequest,
    Investigation,
)
from openanpr.investigations.reviews import FIRST
from openanpr.investigations.vocabulary import InvestigationState, RequestState
from openanpr.web.deadlines import Asked, Deadline

ANSWERED_WITHIN: Final = timedelta(days=1)
"""A request that waits longer is overdue."""


def requests(asked: Asked) -> Iterable[Deadline]:
    """Requests for authorisation, for every authorising officer of the force but who asked."""
    if not asked.is_for(Role.AUTHORISER):
        return
    found = AuthorisationRequest.objects.filter(
        state=RequestState.ASKED.value, investigation__state=InvestigationState.OPEN.value
    )
    for row in found.values(
        "id",
        "requested_at",
        "requested_by__person_id",
        "investigation__reference",
        "investigation__force__code",
    ):
        yield Deadline(
            key=f"authorisation.answer:{row['id']}",
            sentence=f"Answer a request for authorisation in {row['investigation__reference']}",
            consequence="What it asks for stays closed until it is answered.",
            due_at=row["requested_at"] + ANSWERED_WITHIN,
            url_name="authorisation",
            url_kwargs={"request_id": row["id"]},
            roles=frozenset({Role.AUTHORISER}),
            force=row["investigation__force__code"],
            not_by=row["requested_by__person_id"],
        )


def ends(asked: Asked) -> Iterable[Deadline]:
    """The end of what was authorised, for who asked and the officer in charge."""
    found = AuthorisationGrant.objects.filter(
        revoked_at=None,
        expires_at__gt=asked.at,
        expires_at__lte=asked.until,
        investigation__state=InvestigationState.OPEN.value,
    )
    for row in found.values(
        "id",
        "expires_at",
        "investigation_id",
        "investigation__reference",
        "investigation__officer_in_charge_id",
        "request__requested_by_id",
    ):
        yield Deadline(
            key=f"authorisation.end:{row['id']}",
            sentence=f"An authorisation in {row['investigation__reference']} ends",
            consequence="What it opened closes then; ask again before, if it is still needed.",
            due_at=row["expires_at"],
            url_name="investigation",
            url_kwargs={"investigation_id": row["investigation_id"]},
            accounts=frozenset(
                {row["request__requested_by_id"], row["investigation__officer_in_charge_id"]}
            ),
            ends=True,
        )


def reviews(asked: Asked) -> Iterable[Deadline]:
    """Reviews of open investigations, for the officer in charge."""
    found = Investigation.objects.filter(state=InvestigationState.OPEN.value).annotate(
        due=Coalesce("review_at", ExpressionWrapper(F("opened_at") + FIRST, DateTimeField()))
    )
    for row in found.filter(due__lte=asked.until).values(
        "id", "due", "reference", "officer_in_charge_id"
    ):
        yield Deadline(
            key=f"investigation.review:{row['id']}",
            sentence=f"Review the investigation {row['reference']}: is it still needed?",
            consequence="It stays open for searches until somebody says that it need not.",
            due_at=row["due"],
            url_name="investigation_review",
            url_kwargs={"investigation_id": row["id"]},
            accounts=frozenset({row["officer_in_charge_id"]}),
        )


DEADLINES: Final = (requests, ends, reviews)
