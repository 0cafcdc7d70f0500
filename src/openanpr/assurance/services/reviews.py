"""Writing a review down, and what follows from it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openanpr.access.decide import decide_camera_case
from openanpr.access.explain import explain
from openanpr.access.facts import Actor, CameraCaseFacts
from openanpr.assurance.author import Author, Refused
from openanpr.assurance.models import ReviewDone, SharingAgreement
from openanpr.assurance.reviews import Review
from openanpr.audit.services import record_event
from openanpr.cameras.authority import Kind
from openanpr.cameras.models import CameraAuthority
from openanpr.cameras.services.authorities import (
    AuthorityRefused,
    Terms,
    give_authority,
    withdraw_authority,
)
from openanpr.policy.queries import profile_in_force


@transaction.atomic
def review(
    *,
    of: Review,
    outcome: str,
    reasons: str,
    next_due_at: datetime | None,
    by: Author,
    actor: Actor,
    at: datetime,
) -> ReviewDone | Refused:
    """Keep a review with the figures as they stand. ``outcome``: keep, change or remove.

    A camera that is kept gets its authority renewed to the next review, by whom the rules let
    decide about cameras; one that is to be removed loses it that moment.
    """
    if outcome != "remove" and (next_due_at is None or not at < next_due_at <= at + of.kind.every):
        days = of.kind.every.days
        return Refused(f"Give the date of the next review: within {days} days from now.")
    if of.subject.kind == "camera":
        refused = _of_camera(of, outcome, reasons, next_due_at, by, actor, at)
        if refused is not None:
            return refused
    if of.subject.kind == "agreement" and outcome == "remove":
        number = of.subject.reference.partition(":")[2]
        SharingAgreement.objects.filter(id=number).update(ended_at=at)
    done = ReviewDone.objects.create(
        force=by.force,
        kind=of.kind.name,
        subject=of.subject.reference,
        outcome=outcome,
        reasons=reasons,
        figures=[[one.label, one.value] for one in of.kind.figures(of.subject.reference, at)],
        person_id=by.person_id,
        name=by.name,
        at=at,
        next_due_at=None if outcome == "remove" else next_due_at,
    )
    record_event(
        verb="review.done",
        actor=by.acting,
        at=at,
        subject=of.subject.reference,
        reason=reasons,
        payload={
            "outcome": outcome,
            "next": next_due_at.date().isoformat() if next_due_at else "none",
        },
    )
    return done


def _of_camera(
    of: Review,
    outcome: str,
    reasons: str,
    next_due_at: datetime | None,
    by: Author,
    actor: Actor,
    at: datetime,
) -> Refused | None:
    number = int(of.subject.reference.partition(":")[2])
    if outcome == "remove":
        gone = withdraw_authority(
            camera_id=number, by=by.acting, person=actor, reason=reasons, at=at
        )
        return Refused(" ".join(gone.reasons)) if isinstance(gone, AuthorityRefused) else None
    profile = profile_in_force(at=at)
    facts = CameraCaseFacts(
        force=by.force,
        reason=reasons,
        review_at=next_due_at,
        exceptional=True,  # a review does not weigh the place afresh: the higher rank
        complete=True,
        author_person_ids=frozenset(),
    )
    decision = decide_camera_case(actor=actor, case=facts, profile=profile, at=at)
    if not decision.allowed:
        return Refused(" ".join(explain(decision, profile=profile)))
    last = CameraAuthority.objects.filter(camera_id=number).order_by("-sequence").first()
    terms = Terms(
        kind=Kind.RENEWED,
        review_due_at=next_due_at,
        ends_at=last.ends_at if last else None,
        case_reference=last.case_reference if last else "",
        conditions=last.conditions if last else "",
    )
    give_authority(camera_id=number, terms=terms, by=by.acting, reason=reasons, at=at)
    return None


@transaction.atomic
def enter_agreement(
    *,
    partner: str,
    purpose: str,
    basis: str,
    shared: str,
    signed_on: date,
    ends_on: date | None,
    by: Author,
    at: datetime,
) -> SharingAgreement:
    """Enter an agreement by which data is shared; it is reviewed each year."""
    made = SharingAgreement.objects.create(
        force=by.force,
        partner=partner,
        purpose=purpose,
        basis=basis,
        shared=shared,
        signed_on=signed_on,
        ends_on=ends_on,
        entered_by=by.person_id,
        entered_at=at,
    )
    record_event(
        verb="agreement.enter",
        actor=by.acting,
        at=at,
        subject=_reference(made.id),
        payload={"ends": ends_on.isoformat() if ends_on else "none"},
    )
    return made


def _reference(number: UUID) -> str:
    return f"agreement:{number}"
