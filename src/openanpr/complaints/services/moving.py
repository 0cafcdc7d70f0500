"""Taking a step: decided by the table, stored with its author, audited either way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction

from openanpr.access.facts import Actor
from openanpr.audit.services import record_event
from openanpr.complaints import queries
from openanpr.complaints.flow import FLOW, OUTCOME, WHY_NOT, clocks, complaint_flow
from openanpr.complaints.handling import HandlingFacts, by_either
from openanpr.complaints.models import Complaint, ComplaintStep
from openanpr.complaints.vocabulary import CLOSED, HANDLING, State
from openanpr.investigations.services.author import Author
from openanpr.postbox.files import expire
from openanpr.workflow import Refused, Step, move, open_moves


class Changes(TypedDict, total=False):
    """The columns of a complaint that a step changes."""

    state: str
    due_at: datetime | None
    outcome: str
    learning: str
    closed_at: datetime
    expires_at: datetime


@transaction.atomic
def take_step(
    *,
    author: Author,
    complaint: Complaint,
    name: str,
    at: datetime,
    reason: str = "",
    evidence: Mapping[str, str] | None = None,
    learning: str = "",
) -> tuple[str, ...]:
    """Take the step ``name``; nothing when it was taken, else why not, in sentences."""
    locked = Complaint.objects.select_for_update(no_key=True).get(id=complaint.id)
    step = move(
        flow=complaint_flow(clocks()),
        history=queries.history_of(locked),
        name=name,
        subject=str(locked.id),
        person_id=author.actor.person_id,
        user_id=author.user.username,
        facts=facts_of(author.actor, locked),
        at=at,
        reason=reason,
        evidence=evidence,
    )
    if isinstance(step, Refused):
        _record(author, locked, "complaint.refuse", at, {"move": name}, reasons=step.reasons)
        return tuple(WHY_NOT.get(one, one) for one in step.reasons)
    _store(author, locked, step, learning)
    said = {"move": name, "state": step.target}
    if outcome := dict(step.evidence).get(OUTCOME):
        said["outcome"] = outcome
    _record(author, locked, "complaint.move", at, said)
    return ()


def moves_for(actor: Actor, complaint: Complaint, *, at: datetime) -> tuple[str, ...]:
    """The steps that this person could take now."""
    return open_moves(
        flow=complaint_flow(clocks()),
        history=queries.history_of(complaint),
        subject=str(complaint.id),
        person_id=actor.person_id,
        facts=facts_of(actor, complaint),
        at=at,
    )


def why_not(actor: Actor, complaint: Complaint, *, at: datetime) -> tuple[str, ...]:
    """Why this person may do nothing about it, in sentences; nothing where they may."""
    return tuple(WHY_NOT[one] for one in by_either(facts_of(actor, complaint), at).reasons)


def facts_of(actor: Actor, complaint: Complaint) -> HandlingFacts:
    """What the table of steps is asked with."""
    return HandlingFacts(
        actor=actor,
        force=complaint.force.code,
        involved_person_ids=queries.involved_in(complaint),
    )


def _store(author: Author, complaint: Complaint, step: Step, learning: str) -> None:
    evidence = dict(step.evidence)
    ComplaintStep.objects.create(
        complaint=complaint,
        sequence=step.sequence,
        move=step.move,
        source=step.source or "",
        target=step.target,
        person_id=step.person_id,
        user=author.user,
        at=step.at,
        reason=step.reason,
        evidence=evidence,
        due_at=step.due_at,
    )
    changes = Changes(state=step.target, due_at=step.due_at)
    if State(step.target) in CLOSED:
        expires_at = step.at + clocks().keep
        changes |= Changes(closed_at=step.at, expires_at=expires_at, learning=learning)
        changes["outcome"] = evidence.get(OUTCOME, "")
        expire(f"{FLOW}:{complaint.id}", on=expires_at)
    Complaint.objects.filter(id=complaint.id).update(**changes)


def _record(
    author: Author,
    complaint: Complaint,
    verb: str,
    at: datetime,
    payload: Mapping[str, str],
    **details: Any,
) -> None:
    record_event(
        verb=verb,
        actor=author.acting(HANDLING),
        at=at,
        subject=f"{FLOW}:{complaint.id}",
        payload={"reference": complaint.reference, **payload},
        **details,
        **author.origin,
    )
