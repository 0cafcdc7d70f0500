"""Asking for an authorisation, and an authorising officer's answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from openanpr.access.decide import Decision, decide_grant
from openanpr.access.facts import Actor, GrantRequest, Profile
from openanpr.access.vocabulary import Category, Role
from openanpr.audit.services import record_event
from openanpr.investigations.models import (
    AuthorisationGrant,
    AuthorisationRequest,
    Investigation,
)
from openanpr.investigations.queries import team_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING, RequestState


@transaction.atomic
def request_authorisation(
    *,
    author: Author,
    investigation: Investigation,
    necessity: str,
    proportionality: str,
    period_from: datetime,
    period_to: datetime,
    vrms: Iterable[str] | None,
    days: int,
    at: datetime,
) -> AuthorisationRequest:
    """Ask for an authorisation: captures in ``[period_from, period_to)``, to last ``days`` days.

    ``vrms`` are normalised marks, ``None`` for any mark.
    """
    marks = None if vrms is None else sorted(set(vrms))
    asked = AuthorisationRequest.objects.create(
        investigation=investigation,
        requested_by=author.user,
        requester_unit=author.actor.unit,
        requested_at=at,
        necessity=necessity,
        proportionality=proportionality,
        period_from=period_from,
        period_to=period_to,
        vrms=marks,
        days=days,
    )
    record_event(
        verb="grant.request",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"authorisation-request:{asked.id}",
        investigation=investigation.reference,
        reason=necessity,
        payload={
            "period_from": period_from.isoformat(),
            "period_to": period_to.isoformat(),
            "vrms": marks or [],
            "days": days,
            "proportionality": proportionality,
        },
        **author.origin,
    )
    return asked


def decision_on(
    asked: AuthorisationRequest,
    *,
    actor: Actor,
    reason: str,
    profile: Profile,
    at: datetime,
    days: int | None = None,
) -> Decision:
    """Whether this officer may grant this request now, for ``days`` or as long as asked."""
    investigation = asked.investigation
    facts = GrantRequest(
        investigation_reference=investigation.reference,
        category=Category(investigation.category),
        requester_person_id=asked.requested_by.person_id,
        requester_unit=asked.requester_unit,
        force=investigation.force_id,
        reason=reason,
        start=asked.period_from,
        end=asked.period_to,
        expires_at=at + timedelta(days=days or asked.days),
        team_person_ids=frozenset(team_of(investigation).values_list("user__person_id", flat=True)),
    )
    return decide_grant(actor=actor, request=facts, profile=profile, at=at)


@transaction.atomic
def grant(
    *,
    author: Author,
    asked: AuthorisationRequest,
    reason: str,
    profile: Profile,
    at: datetime,
    days: int | None = None,
    vrms: Iterable[str] | None = None,
) -> Decision:
    """Grant the request where the policy allows it; the answer is audited either way.

    ``days`` and ``vrms`` limit it; what goes beyond the request is cut to it.

    The database refuses a grant by the person who asked with ``IntegrityError``, whatever was
    decided here.
    """
    asked = _open_request(asked)
    days = min(days or asked.days, asked.days)
    marks = _limited(asked, vrms)
    decision = decision_on(
        asked, actor=author.actor, reason=reason, profile=profile, at=at, days=days
    )
    expires_at = at + timedelta(days=days)
    given: AuthorisationGrant | None = None
    if decision.allowed:
        given = AuthorisationGrant.objects.create(
            request=asked,
            investigation=asked.investigation,
            granted_by=author.user,
            granted_by_person=author.user.person_id,
            requested_by_person=asked.requested_by.person_id,
            authoriser_rank=author.actor.rank.value,
            authoriser_unit=author.actor.unit,
            requester_unit=asked.requester_unit,
            period_from=asked.period_from,
            period_to=asked.period_to,
            vrms=marks,
            valid_from=at,
            expires_at=expires_at,
            reason=reason,
        )
        _close(asked, RequestState.GRANTED, author=author, reason=reason, at=at)
    record_event(
        verb="grant.approve",
        actor=author.acting({Role.AUTHORISER}),
        at=at,
        subject=f"authorisation-request:{asked.id}",
        investigation=asked.investigation.reference,
        reason=reason,
        decision="allow" if decision.allowed else "deny",
        reasons=decision.reasons,
        profile_version=decision.profile,
        payload={
            "grant": str(given.id) if given else "",
            "rank": author.actor.rank.value,
            "expires_at": expires_at.isoformat() if given else "",
            "limited": bool(given) and (days < asked.days or marks != asked.vrms),
        },
        **author.origin,
    )
    return decision


@transaction.atomic
def refuse(*, author: Author, asked: AuthorisationRequest, reason: str, at: datetime) -> None:
    """Refuse the request, with the reason that the requester will read."""
    asked = _open_request(asked)
    _close(asked, RequestState.REFUSED, author=author, reason=reason, at=at)
    record_event(
        verb="grant.refuse",
        actor=author.acting({Role.AUTHORISER}),
        at=at,
        subject=f"authorisation-request:{asked.id}",
        investigation=asked.investigation.reference,
        reason=reason,
        decision="deny",
        **author.origin,
    )


def _limited(asked: AuthorisationRequest, vrms: Iterable[str] | None) -> list[str] | None:
    if vrms is None:
        return asked.vrms
    wanted = set(vrms)
    return sorted(wanted if asked.vrms is None else wanted & set(asked.vrms))


class AlreadyDecidedError(Exception):
    """Somebody answered the request first."""


def _open_request(asked: AuthorisationRequest) -> AuthorisationRequest:
    locked = (
        AuthorisationRequest.objects.select_for_update(of=("self",))
        .select_related("investigation", "requested_by")
        .get(id=asked.id)
    )
    if locked.state != RequestState.ASKED:
        raise AlreadyDecidedError
    return locked


def _close(
    asked: AuthorisationRequest,
    state: RequestState,
    *,
    author: Author,
    reason: str,
    at: datetime,
) -> None:
    asked.state = state.value
    asked.decided_by = author.user
    asked.decided_at = at
    asked.decision_reason = reason
    asked.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
