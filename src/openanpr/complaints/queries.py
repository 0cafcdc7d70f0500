"""Complaints as the desk, professional standards and list managers may know of them."""

import uuid

from django.db.models import QuerySet

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.alerts.models import Alert, AlertCheck, AlertOutcome
from openanpr.complaints.flow import FLOW
from openanpr.complaints.models import Complaint, ComplaintLink, ComplaintNote, LetterText
from openanpr.complaints.vocabulary import DESK, STANDARDS, LetterKind, LinkKind, State
from openanpr.search.models import SearchRun
from openanpr.workflow import Step


def complaints_for(actor: Actor) -> QuerySet[Complaint]:
    """Those of the person's force: all for the desk, for standards what was handed over to them."""
    found = Complaint.objects.filter(force__code=actor.force).select_related("force")
    if not actor.roles & DESK:
        if not actor.roles & STANDARDS:
            return found.none()
        found = found.filter(steps__target=State.WITH_STANDARDS.value).distinct()
    return found.order_by("closed_at", "due_at", "id")


def complaint_for(actor: Actor, complaint_id: uuid.UUID) -> Complaint | None:
    """One of those."""
    return complaints_for(actor).filter(id=complaint_id).first()


def history_of(complaint: Complaint) -> list[Step]:
    """The steps as the machine takes them, oldest first."""
    return [
        Step(
            flow=FLOW,
            subject=str(complaint.id),
            sequence=row.sequence,
            move=row.move,
            source=row.source or None,
            target=row.target,
            person_id=row.person_id,
            user_id=row.person_id,
            at=row.at,
            reason=row.reason,
            evidence=tuple(sorted(row.evidence.items())),
            due_at=row.due_at,
        )
        for row in complaint.steps.order_by("sequence")
    ]


def involved_in(complaint: Complaint) -> frozenset[str]:
    """Person ids of those whose own searches or answers to alerts the complaint concerns."""
    linked: dict[str, list[uuid.UUID]] = {kind.value: [] for kind in LinkKind}
    for kind, subject in complaint.links.values_list("kind", "subject"):
        linked[kind].append(subject)
    alerts, searches = linked[LinkKind.ALERT.value], linked[LinkKind.SEARCH.value]
    people = [
        SearchRun.objects.filter(id__in=searches).values_list("user__person_id", flat=True),
        AlertCheck.objects.filter(alert_id__in=alerts).values_list("user__person_id", flat=True),
        AlertOutcome.objects.filter(alert_id__in=alerts).values_list("user__person_id", flat=True),
    ]
    return frozenset(person for found in people for person in found)


def is_there(kind: LinkKind, subject: uuid.UUID, *, force: str) -> bool:
    """Whether such an alert or search of the force exists; of reads nobody here can tell."""
    if kind is LinkKind.ALERT:
        return Alert.objects.filter(id=subject, force=force).exists()
    if kind is LinkKind.SEARCH:
        return SearchRun.objects.filter(id=subject, user__force__code=force).exists()
    return True


def linked_alerts(complaint: Complaint) -> list[Alert]:
    """The alerts that the complaint concerns and that are still kept."""
    ids = complaint.links.filter(kind=LinkKind.ALERT.value).values_list("subject", flat=True)
    return list(Alert.objects.filter(id__in=list(ids)).order_by("id"))


def links_of(complaint: Complaint) -> list[ComplaintLink]:
    """In the order in which they were made."""
    return list(complaint.links.select_related("user").order_by("at", "id"))


def notes_for(actor: Actor) -> QuerySet[ComplaintNote]:
    """The notes to those who keep the force's lists, unanswered first."""
    if Role.LIST_MANAGER not in actor.roles:
        return ComplaintNote.objects.none()
    found = ComplaintNote.objects.filter(complaint__force__code=actor.force)
    return found.select_related("complaint", "user", "answered_by").order_by("-answered_at", "at")


def letter_text(kind: LetterKind) -> LetterText | None:
    """The force's own newest text; ``None``: the one that comes with the product is used."""
    return LetterText.objects.filter(kind=kind.value).order_by("-published_at").first()
