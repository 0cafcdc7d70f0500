"""Reading investigations: whose they are, and the facts that decisions are made from."""

import itertools
import uuid
from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from openanpr.access.facts import Actor, GrantFacts, InvestigationFacts
from openanpr.access.vocabulary import Category, Rank
from openanpr.investigations.models import (
    AuthorisationGrant,
    AuthorisationRequest,
    Hold,
    Investigation,
    InvestigationMember,
)
from openanpr.investigations.vocabulary import InvestigationState, RequestState

_LOOK_ALIKES: Final = {"0": "0O", "O": "0O", "1": "1I", "I": "1I"}


def investigations_of(*, person_id: str) -> QuerySet[Investigation]:
    """The investigations in whose team the person is now, newest first."""
    mine = InvestigationMember.objects.filter(user__person_id=person_id, removed_at=None)
    return (
        Investigation.objects.filter(id__in=mine.values("investigation"))
        .select_related("officer_in_charge")
        .order_by("-opened_at")
    )


def investigation_of(*, person_id: str, investigation_id: uuid.UUID) -> Investigation | None:
    """One investigation, for a person in its team; ``None`` for everybody else."""
    return investigations_of(person_id=person_id).filter(id=investigation_id).first()


def team_of(investigation: Investigation) -> QuerySet[InvestigationMember]:
    """Who is in the team now, by name."""
    return (
        InvestigationMember.objects.filter(investigation=investigation, removed_at=None)
        .select_related("user")
        .order_by("user__full_name")
    )


def facts_of(investigation: Investigation) -> InvestigationFacts:
    """What the access policy is told of an investigation."""
    return InvestigationFacts(
        reference=investigation.reference,
        category=Category(investigation.category),
        open=investigation.state == InvestigationState.OPEN,
        member_person_ids=frozenset(
            team_of(investigation).values_list("user__person_id", flat=True)
        ),
        vrms=with_look_alikes(investigation.vrms),
        camera_areas=(
            None if investigation.camera_areas is None else frozenset(investigation.camera_areas)
        ),
        start=investigation.period_from,
        end=investigation.period_to,
        has_holds=Hold.objects.filter(investigation=investigation, released_at=None).exists(),
    )


def grants_of(investigation: Investigation) -> tuple[GrantFacts, ...]:
    """Every grant of an investigation, spent ones too: the policy says why one does not help."""
    found = AuthorisationGrant.objects.filter(investigation=investigation)
    return tuple(_grant_facts(grant, investigation.reference) for grant in found)


def requests_to(*, actor: Actor) -> QuerySet[AuthorisationRequest]:
    """The open requests of the authoriser's force that another person made, oldest first."""
    return (
        AuthorisationRequest.objects.filter(
            state=RequestState.ASKED.value,
            investigation__force__code=actor.force,
            investigation__state=InvestigationState.OPEN.value,
        )
        .exclude(requested_by__person_id=actor.person_id)
        .select_related("investigation", "requested_by")
        .order_by("requested_at")
    )


def request_for(*, actor: Actor, request_id: uuid.UUID) -> AuthorisationRequest | None:
    """One request, open or decided, for an authoriser of the same force; their own ones too."""
    return (
        AuthorisationRequest.objects.filter(
            Q(id=request_id), investigation__force__code=actor.force
        )
        .select_related("investigation", "requested_by", "decided_by")
        .first()
    )


def with_look_alikes(vrms: Iterable[str] | None) -> frozenset[str] | None:
    """The marks and every one that differs from them by O for 0 or I for 1 alone.

    British plates draw each pair alike, so an authority for one mark is an authority for those.
    """
    if vrms is None:
        return None
    return frozenset(
        "".join(spelling)
        for vrm in vrms
        for spelling in itertools.product(*(_LOOK_ALIKES.get(one, one) for one in vrm))
    )


def _grant_facts(grant: AuthorisationGrant, reference: str) -> GrantFacts:
    return GrantFacts(
        grant_id=str(grant.id),
        investigation_reference=reference,
        authoriser_person_id=grant.granted_by_person,
        authoriser_rank=Rank(grant.authoriser_rank),
        valid_from=grant.valid_from,
        expires_at=grant.expires_at,
        start=grant.period_from,
        end=grant.period_to,
        requester_person_id=grant.requested_by_person,
        requester_unit=grant.requester_unit,
        authoriser_unit=grant.authoriser_unit,
        revoked_at=grant.revoked_at,
        vrms=with_look_alikes(grant.vrms),
    )
