"""Adding subjects and their vehicles to an investigation, and ending what no longer holds."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.grading import Assessment, Handling, SourceGrade, SubjectRole
from openanpr.investigations.models import Investigation, Subject, SubjectVehicle
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A vehicle's link to a subject: how it is linked, who says so, how good that is, how long."""

    vrm: str
    link: str
    source: str
    source_grade: SourceGrade
    assessment: Assessment
    handling: Handling
    expires_at: datetime


@transaction.atomic
def add_subject(
    *, author: Author, investigation: Investigation, name: str, role: SubjectRole, at: datetime
) -> Subject:
    """Take somebody in as a subject. The audit has their id, never their name."""
    made = Subject.objects.create(
        investigation=investigation, name=name, role=role.value, added_by=author.user, added_at=at
    )
    _record("subject.add", author, made, at, payload={"role": role.value})
    return made


@transaction.atomic
def remove_subject(*, author: Author, subject: Subject, reason: str, at: datetime) -> bool:
    """Take a subject off; their links open nothing more. ``False`` where it was done already."""
    removed = Subject.objects.filter(id=subject.id, removed_at=None).update(removed_at=at)
    if removed:
        _record("subject.remove", author, subject, at, reason=reason)
    return bool(removed)


@transaction.atomic
def link_vehicle(*, author: Author, subject: Subject, link: Link, at: datetime) -> SubjectVehicle:
    """Link a vehicle (normalised mark) to a subject. The audit has the link's id, never the mark.

    Raises ``IntegrityError`` for one that would expire before it begins.
    """
    made = SubjectVehicle.objects.create(
        subject=subject,
        vrm=link.vrm,
        link=link.link,
        source=link.source,
        source_grade=link.source_grade.value,
        assessment=link.assessment.value,
        handling=link.handling.value,
        expires_at=link.expires_at,
        added_by=author.user,
        added_at=at,
    )
    _record(
        *("subject.link-vehicle", author, subject, at),
        payload={
            "link": str(made.id),
            "grade": made.grade,
            "expires_at": link.expires_at.isoformat(),
        },
    )
    return made


@transaction.atomic
def end_link(*, author: Author, vehicle: SubjectVehicle, reason: str, at: datetime) -> bool:
    """End a link before it expires. ``False`` where it had ended already."""
    ended = SubjectVehicle.objects.filter(id=vehicle.id, ended_at=None).update(
        ended_at=at, ended_by=author.user, end_reason=reason
    )
    if ended:
        _record(
            *("subject.end-link", author, vehicle.subject, at),
            reason=reason,
            payload={"link": str(vehicle.id)},
        )
    return bool(ended)


def _record(
    verb: str,
    author: Author,
    subject: Subject,
    at: datetime,
    *,
    reason: str = "",
    payload: dict[str, str] | None = None,
) -> None:
    record_event(
        verb=verb,
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"subject:{subject.id}",
        investigation=subject.investigation.reference,
        reason=reason,
        payload=dict(payload or {}),
        **author.origin,
    )
