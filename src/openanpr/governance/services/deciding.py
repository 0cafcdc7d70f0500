"""The data protection officer's sign-off, the release of a place, and the decision."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from openanpr.access.decide import decide_camera_assessment
from openanpr.access.explain import explain
from openanpr.access.facts import CameraCaseFacts
from openanpr.audit.services import record_event
from openanpr.cameras.authority import Kind
from openanpr.cameras.services import CameraRefusedError, Terms, give_authority
from openanpr.governance import queries
from openanpr.governance.flow import CaseMoveFacts
from openanpr.governance.models import CameraCase, CaseDecision, CaseRelease, CaseSignOff
from openanpr.governance.services.steps import (
    DECIDING,
    SIGNING,
    CaseRefusedError,
    take_step,
    written_by,
)
from openanpr.governance.services.writing import held
from openanpr.governance.standing import before_deciding
from openanpr.governance.vocabulary import WRITABLE, CaseState, ReleaseLevel, Usual
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision as it is given."""

    move: Literal["approve", "refuse", "send-back"]
    reason: str
    conditions: str = ""
    review_at: datetime | None = None


@transaction.atomic
def sign_off(
    *, author: Author, case_id: uuid.UUID, agrees: bool, advice: str, at: datetime
) -> CaseSignOff:
    """The data protection officer's word on the parts as they stand. ``CaseRefusedError``."""
    case = held(author, case_id)
    if case.state not in WRITABLE:
        raise CaseRefusedError("The case is not being written any more.")
    profile = profile_in_force(at=at)
    decision = decide_camera_assessment(
        actor=author.actor,
        author_person_ids=queries.writer_person_ids(case),
        reason=advice,
        profile=profile,
    )
    if not decision.allowed:
        raise CaseRefusedError(*explain(decision, profile=profile))
    row = CaseSignOff.objects.create(
        case=case,
        agrees=agrees,
        advice=advice,
        assessed=queries.assessed_versions(queries.newest_parts(case)),
        **written_by(author, at),
    )
    record_event(
        verb="case.sign-off",
        actor=author.acting(SIGNING),
        at=at,
        subject=f"camera-case:{case.id}",
        reason=advice,
        decision="allow",
        profile_version=decision.profile,
        payload={"case": case.reference, "agrees": agrees},
        **author.origin,
    )
    return row


@transaction.atomic
def release_place(
    *,
    author: Author,
    case_id: uuid.UUID,
    level: ReleaseLevel,
    words: str,
    reason: str,
    at: datetime,
) -> CaseRelease:
    """Say how much of the place named consultees are told. Raises ``CaseRefusedError``."""
    case = held(author, case_id)
    if author.actor.person_id in queries.author_person_ids(case):
        raise CaseRefusedError("Whoever wrote any of the case does not release its place.")
    if level is ReleaseLevel.SITES and not author.actor.location_right:
        raise CaseRefusedError("The names of sites are released by somebody who may know them.")
    row = CaseRelease.objects.create(
        case=case, level=level.value, words=words, reason=reason, **written_by(author, at)
    )
    record_event(
        verb="case.release",
        actor=author.acting(DECIDING),
        at=at,
        subject=f"camera-case:{case.id}",
        reason=reason,
        payload={"case": case.reference, "level": level.value},
        **author.origin,
    )
    return row


@transaction.atomic
def decide_case(
    *, author: Author, case_id: uuid.UUID, answer: Answer, at: datetime
) -> CaseDecision | None:
    """Approve, refuse or send back; an approval gives each camera its authority.

    ``None`` where it was sent back. Raises ``CaseRefusedError`` with every reason against.
    """
    case = held(author, case_id)
    parts = queries.newest_parts(case)
    points = before_deciding(queries.standing_of(case), at=at)
    profile = profile_in_force(at=at)
    approving = answer.move == "approve"
    ends_at = queries.deployment_end(parts)
    if approving and ends_at is not None and ends_at <= at:
        raise CaseRefusedError("The temporary deployment that it asks for is over already.")
    facts = CaseMoveFacts(
        actor=author.actor,
        profile=profile,
        reason=answer.reason,
        open_points=points,
        decision=CameraCaseFacts(
            force=case.force_id,
            author_person_ids=queries.author_person_ids(case),
            reason=answer.reason,
            exceptional=queries.strength_of(parts) in {None, Usual.EXCEPTIONAL},
            complete=not points,
            review_at=answer.review_at if approving else None,
        ),
    )
    if approving and answer.review_at is None:
        raise CaseRefusedError("Say by when it is reviewed.")
    take_step(case, answer.move, author=author, acting=DECIDING, facts=facts, at=at)
    if answer.move == "send-back":
        return None
    row = CaseDecision.objects.create(
        case=case,
        approved=approving,
        rank=author.actor.rank.value,
        reason=answer.reason,
        conditions=answer.conditions if approving else "",
        review_due_at=answer.review_at if approving else None,
        ends_at=ends_at if approving else None,
        profile=profile.label,
        **written_by(author, at),
    )
    if case.state == CaseState.APPROVED:
        _give(case, row, author, at)
    return row


def _give(case: CameraCase, decision: CaseDecision, author: Author, at: datetime) -> None:
    terms = Terms(
        kind=Kind.DECIDED,
        review_due_at=decision.review_due_at,
        ends_at=decision.ends_at,
        case_reference=case.reference,
        conditions=decision.conditions,
    )
    for camera in case.cameras.order_by("id"):
        try:
            give_authority(
                camera_id=camera.id,
                terms=terms,
                by=author.acting(DECIDING),
                reason=decision.reason,
                at=at,
            )
        except CameraRefusedError as refused:
            raise CaseRefusedError(f"Camera {camera.key}: {refused.reason}") from refused
