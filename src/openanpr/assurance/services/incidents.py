"""Recording an incident, and each step after it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from openanpr.assurance.author import Author, Refused
from openanpr.assurance.incidents import Risk, Standing, StepKind, against
from openanpr.assurance.models import Incident, IncidentStep
from openanpr.audit.services import record_event
from openanpr.config.values import get_settings


def standing_of(incident: Incident) -> Standing:
    """The incident as its steps make it."""
    steps = list(incident.steps.all())
    when = {step.kind: step.at for step in steps}
    judged = [step.risk for step in steps if step.risk]
    return Standing(
        personal_data=incident.personal_data,
        known_at=incident.known_at,
        within=timedelta(hours=incident.within_hours),
        risk=Risk(judged[-1]) if judged else Risk.UNKNOWN,
        reported_at=when.get(StepKind.REPORTED),
        people_told_at=when.get(StepKind.PEOPLE_TOLD),
        closed_at=when.get(StepKind.CLOSED),
    )


@transaction.atomic
def record_incident(
    *,
    title: str,
    what: str,
    personal_data: bool,
    people: int | None,
    happened_at: datetime | None,
    known_at: datetime,
    by: Author,
    at: datetime,
) -> Incident:
    """Enter an incident; the clock runs from ``known_at``."""
    year = known_at.year
    # One after the other: two would otherwise take the same number.
    taken = Incident.objects.select_for_update().filter(reference__startswith=f"INC-{year}-")
    incident = Incident.objects.create(
        reference=f"INC-{year}-{len(taken) + 1:03d}",
        force=by.force,
        title=title,
        what=what,
        personal_data=personal_data,
        people=people,
        happened_at=happened_at,
        known_at=known_at,
        within_hours=get_settings().incident_report_hours,
        recorded_at=at,
    )
    _step(incident, StepKind.RECORDED, what, by=by, at=at)
    return incident


@transaction.atomic
def take_step(
    *,
    incident_id: UUID,
    kind: StepKind,
    text: str,
    risk: Risk | None = None,
    late: str = "",
    by: Author,
    at: datetime,
) -> Incident | Refused:
    """Add a step. Raises ``Incident.DoesNotExist`` for one of another force."""
    incident = Incident.objects.select_for_update().get(id=incident_id, force=by.force)
    why_not = against(standing_of(incident), kind, text, late=late, at=at)
    if not why_not and kind is StepKind.RISK and risk is None:
        why_not = "Choose how high the risk is."
    if why_not:
        return Refused(why_not)
    _step(
        incident,
        kind,
        text,
        by=by,
        at=at,
        risk=risk.value if risk and kind is StepKind.RISK else "",
        late=late if kind is StepKind.REPORTED else "",
    )
    return incident


def _step(
    incident: Incident,
    kind: StepKind,
    text: str,
    *,
    by: Author,
    at: datetime,
    risk: str = "",
    late: str = "",
) -> None:
    IncidentStep.objects.create(
        incident=incident,
        kind=kind.value,
        text=text,
        risk=risk,
        late_because=late,
        person_id=by.person_id,
        name=by.name,
        at=at,
    )
    record_event(
        verb="incident.step",
        actor=by.acting,
        at=at,
        subject=f"incident:{incident.reference}",
        payload={"step": kind.value, "risk": risk, "late": bool(late)},
    )
