"""Storing the moves of questions and findings. Each is part of a service that audits it."""

from datetime import datetime
from uuid import UUID

from openanpr.investigations.services.author import Author
from openanpr.oversight.flows import Facts
from openanpr.oversight.models import OversightStep
from openanpr.workflow import Flow, Refused, Step
from openanpr.workflow import move as make_move


def history_of(flow: Flow[Facts], subject: UUID) -> tuple[Step, ...]:
    """The moves so far, oldest first."""
    rows = OversightStep.objects.filter(flow=flow.name, subject=subject).order_by("sequence")
    return tuple(
        Step(
            flow=row.flow,
            subject=str(row.subject),
            sequence=row.sequence,
            move=row.move,
            source=row.source,
            target=row.target,
            person_id=row.person_id,
            user_id=str(row.user_id),
            at=row.at,
            reason=row.reason,
            due_at=row.due_at,
        )
        for row in rows
    )


def take_step(
    *,
    flow: Flow[Facts],
    subject: UUID,
    name: str,
    facts: Facts,
    author: Author,
    reason: str,
    at: datetime,
) -> Step | Refused:
    """Make a move and store it, or say every reason against it."""
    step = make_move(
        flow=flow,
        history=history_of(flow, subject),
        name=name,
        subject=str(subject),
        person_id=author.actor.person_id,
        user_id=author.actor.user_id,
        facts=facts,
        at=at,
        reason=reason,
    )
    if isinstance(step, Refused):
        return step
    OversightStep.objects.create(
        flow=step.flow,
        subject=subject,
        sequence=step.sequence,
        move=step.move,
        source=step.source,
        target=step.target,
        person_id=step.person_id,
        user=author.user,
        at=step.at,
        reason=step.reason,
        due_at=step.due_at,
    )
    return step
