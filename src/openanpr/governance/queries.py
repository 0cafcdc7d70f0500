"""Reading cases. Nothing here knows a place: that is in the register, behind its own right."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from openanpr.access.facts import Actor
from openanpr.cameras.models import Camera
from openanpr.governance.matrix import strength
from openanpr.governance.models import CameraCase, CasePart, CaseRelease, Consultee
from openanpr.governance.standing import ASSESSED, CaseStanding
from openanpr.governance.vocabulary import CaseState, Ground, RoadKind, Usual
from openanpr.web.fields import MomentField

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConsultation:
    """A consultation that takes replies, as the public may know of it: never a place."""

    id: uuid.UUID
    reference: str
    area: str
    purpose: str
    summary: str
    opens_at: datetime
    closes_at: datetime


def open_consultations(*, at: datetime) -> list[OpenConsultation]:
    """The consultations that take replies at ``at``, those that end first before the others."""
    cases = CameraCase.objects.filter(
        state=CaseState.CONSULTING, consults_from__lte=at, consults_until__gt=at
    ).order_by("consults_until", "reference")
    found = (open_consultation(case.id, at=at) for case in cases)
    return [one for one in found if one is not None]


def open_consultation(case_id: uuid.UUID, *, at: datetime) -> OpenConsultation | None:
    """One of them; ``None`` for a case that takes no replies from the public."""
    case = CameraCase.objects.filter(id=case_id, state=CaseState.CONSULTING).first()
    if case is None or case.consults_from is None or case.consults_until is None:
        return None
    told = newest_parts(case).get("public")
    if told is None or not case.consults_from <= at < case.consults_until or is_covert(case):
        return None
    return OpenConsultation(
        id=case.id,
        reference=case.reference,
        area=told.answers.get("area", ""),
        purpose=told.answers.get("purpose", ""),
        summary=told.answers.get("summary", ""),
        opens_at=case.consults_from,
        closes_at=case.consults_until,
    )


def cases_known_to(actor: Actor) -> QuerySet[CameraCase]:
    """The cases of the person's force; those with a covert camera only with the right to it."""
    found = CameraCase.objects.filter(force_id=actor.force)
    if not actor.covert_right:
        found = found.exclude(cameras__site__sensitive=True)
    return found


def case_for(actor: Actor, case_id: uuid.UUID) -> CameraCase | None:
    """One of those cases."""
    return cases_known_to(actor).filter(id=case_id).first()


def newest_parts(case: CameraCase) -> dict[str, CasePart]:
    """The newest version of each part that was begun."""
    rows = CasePart.objects.filter(case=case).order_by("part", "-sequence").distinct("part")
    return {row.part: row for row in rows}


def is_covert(case: CameraCase) -> bool:
    """Whether one of its cameras stands at a site that takes a right of its own to know of."""
    return case.cameras.filter(site__sensitive=True).exists()


def standing_of(case: CameraCase) -> CaseStanding:
    """How far a case is."""
    parts = newest_parts(case)
    asks = parts["consultation"].answers.get("asks") if "consultation" in parts else None
    return CaseStanding(
        complete={name: row.complete for name, row in parts.items()},
        cameras=case.cameras.count(),
        evidence=case.evidence.filter(removed_at=None).count(),
        signed_off=is_signed_off(case, parts),
        asks={"yes": True, "no": False}.get(asks or ""),
        covert=is_covert(case),
        needs_assessment=needs_assessment(parts),
        consults_from=case.consults_from,
        consults_until=case.consults_until,
    )


def needs_assessment(parts: Mapping[str, CasePart]) -> bool:
    """Whether a screening question was answered by yes; unanswered ones count as that."""
    row = parts.get("screening")
    if row is None or not row.complete:
        return True
    return any(row.answers.get(name) == "yes" for name in SCREENING)


SCREENING = ("new_people", "sensitive", "combined", "others", "intrusive")


def assessed_versions(parts: Mapping[str, CasePart]) -> dict[str, int]:
    """The versions of the parts that a sign-off is about."""
    return {name: parts[name].sequence for name in ASSESSED if name in parts}


def is_signed_off(case: CameraCase, parts: Mapping[str, CasePart]) -> bool:
    """Whether the last word on the assessment is yes, and nothing has changed since."""
    last = case.sign_offs.order_by("-id").first()
    return last is not None and last.agrees and last.assessed == assessed_versions(parts)


def strength_of(parts: Mapping[str, CasePart]) -> Usual | None:
    """How usual cameras are at such a place on the grounds that are claimed."""
    if "need" not in parts or "place" not in parts:
        return None
    road, grounds = parts["place"].answers.get("road"), parts["need"].answers.get("grounds") or []
    if road not in set(RoadKind):
        return None
    return strength([Ground(one) for one in grounds if one in set(Ground)], RoadKind(road))


def deployment_end(parts: Mapping[str, CasePart]) -> datetime | None:
    """When a temporary deployment ends, as the case says."""
    answers = parts["place"].answers if "place" in parts else {}
    if answers.get("deployment") != "temporary":
        return None
    found = MomentField(required=False).clean(answers.get("ends_at"))
    return found if isinstance(found, datetime) else None


def author_person_ids(case: CameraCase) -> frozenset[str]:
    """Everybody who wrote, evidenced or signed any of it: none of them decides it."""
    found: set[str] = set()
    for rows in (case.parts, case.evidence, case.sign_offs):
        found |= set(rows.order_by().values_list("person_id", flat=True))
    wrote = case.steps.filter(move__in=["open", "consult", "submit", "give-up"])
    return frozenset(found | set(wrote.values_list("person_id", flat=True)))


def writer_person_ids(case: CameraCase) -> frozenset[str]:
    """Everybody who wrote any part of it: none of them signs the assessment off."""
    return frozenset(case.parts.order_by().values_list("person_id", flat=True))


def newest_release(case: CameraCase) -> CaseRelease | None:
    """How much of the place named consultees are told now."""
    return case.releases.order_by("-id").first()


def digest_of(token: str) -> str:
    """What is stored of the token of a personal page."""
    return sha256(token.encode()).hexdigest()


def consultee_of(token: str, *, at: datetime) -> Consultee | None:
    """Whom a personal page belongs to; ``None`` for a wrong, ended or expired token alike."""
    return (
        Consultee.objects.select_related("case")
        .filter(
            link_digest=digest_of(token),
            link_expires_at__gt=at,
            case__state=CaseState.CONSULTING,
        )
        .first()
    )


def proposable_cameras(actor: Actor) -> QuerySet[Camera]:
    """The cameras that a case may be for: all that are in use or proposed."""
    cameras = Camera.objects.select_related("site", "patrol_vehicle").exclude(state="retired")
    return cameras if actor.covert_right else cameras.exclude(site__sensitive=True)
