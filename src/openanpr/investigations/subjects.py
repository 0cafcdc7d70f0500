"""The subjects of an investigation and the vehicles linked to them."""

import uuid
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from openanpr.investigations.models import Investigation, Subject, SubjectVehicle


def subjects_of(investigation: Investigation) -> QuerySet[Subject]:
    """Its subjects by name, each with ``vehicles``: all links, ended ones too, newest first."""
    links = SubjectVehicle.objects.select_related("added_by").order_by("-added_at")
    return (
        Subject.objects.filter(investigation=investigation, removed_at=None)
        .prefetch_related(Prefetch("vehicles", queryset=links))
        .order_by("name", "id")
    )


def subject_of(investigation: Investigation, subject_id: uuid.UUID) -> Subject | None:
    """One of its subjects."""
    return subjects_of(investigation).filter(id=subject_id).first()


def vehicles_of(investigation: Investigation, *, at: datetime) -> QuerySet[SubjectVehicle]:
    """The links in force at ``at``, with their subjects, by subject and mark."""
    return (
        SubjectVehicle.objects.filter(
            subject__investigation=investigation,
            subject__removed_at=None,
            ended_at=None,
            expires_at__gt=at,
        )
        .select_related("subject")
        .order_by("subject__name", "vrm", "id")
    )
