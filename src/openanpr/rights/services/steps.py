"""The steps of a request, each decided, kept for ever and audited."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from openanpr.access.decide import Decision, decide_request_step
from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force
from openanpr.rights.flow import FLOW, StepFacts
from openanpr.rights.models import InformationRequest, RequestStep, RequestVehicle
from openanpr.rights.queries import officers_of, steps_of
from openanpr.rights.timing import day_of, request_clock
from openanpr.rights.vocabulary import CLOSED, HANDLING
from openanpr.workflow import Refused, Step, move, open_moves

NOT_FOR_THIS_KIND = "not-for-this-kind"
TOO_LATE_TO_EXTEND = "too-late-to-extend"
EXTENDED_ALREADY = "extended-already"
DAY_OUT_OF_PLACE = "day-out-of-place"


@transaction.atomic
def make_step(
    *,
    author: Author,
    request_id: uuid.UUID,
    name: str,
    reason: str,
    at: datetime,
    on: date | None = None,
    evidence: Mapping[str, str] | None = None,
) -> RequestStep | Refused:
    """Make one step of a request, or say every reason against it.

    ``on`` is the day to which the clocks count it (proof or an answer may have come days before it
    is entered); today where it is not given. A refusal is audited too.
    """
    request = locked(request_id)
    day = on or day_of(at)
    steps = steps_of(request)
    against = _against(request, steps, name, day, at)
    made: Step | Refused = Refused(tuple(against))
    if not against:
        made = move(
            flow=FLOW,
            history=_history(request, steps),
            name=name,
            subject=str(request.id),
            person_id=author.actor.person_id,
            user_id=author.actor.user_id,
            facts=_facts(author, request, at),
            at=at,
            reason=reason,
            evidence=evidence,
        )
    if isinstance(made, Refused):
        _record_refusal(author, request, name, made, at)
        return made
    stored = RequestStep.objects.create(
        request=request,
        sequence=made.sequence,
        move=made.move,
        source=made.source,
        target=made.target,
        by=author.user,
        at=at,
        on=day,
        reason=made.reason,
        evidence=dict(made.evidence),
    )
    _follow(request, stored, at)
    record_event(
        verb=f"request.{name}",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        reason=made.reason,
        payload={"on": day.isoformat(), "evidence": dict(made.evidence)},
        **author.origin,
    )
    return stored


@transaction.atomic
def take_over(*, author: Author, request_id: uuid.UUID, at: datetime) -> Decision:
    """Make the author the request's officer; the one before them loses it."""
    request = locked(request_id)
    decision = decide_request_step(
        actor=author.actor,
        officer_person_ids=officers_of(request),
        taking=True,
        profile=profile_in_force(at=at),
        at=at,
    )
    before = request.officer.person_id if request.officer else ""
    if decision.allowed:
        request.officer = author.user
        request.save(update_fields=["officer"])
    record_event(
        verb="request.take" if decision.allowed else "request.refuse-step",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        decision="allow" if decision.allowed else "deny",
        reasons=list(decision.reasons),
        payload={"from": before} if decision.allowed else {"move": "take"},
        **author.origin,
    )
    return decision


@transaction.atomic
def check_keeper(
    *,
    author: Author,
    request_id: uuid.UUID,
    vrm: str,
    kept_from: date,
    kept_to: date,
    evidence: str,
    at: datetime,
) -> RequestVehicle | Decision:
    """Note that the person kept this vehicle from day to day, and what shows it."""
    request = locked(request_id)
    decision = may_change(author, request, at)
    if not decision.allowed:
        return decision
    made = RequestVehicle.objects.create(
        request=request,
        vrm=vrm,
        kept_from=kept_from,
        kept_to=kept_to,
        evidence=evidence,
        checked_by=author.user,
        checked_at=at,
    )
    record_event(
        verb="request.check-keeper",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        payload={
            "vehicle": str(made.id),
            "from": kept_from.isoformat(),
            "to": kept_to.isoformat(),
        },
        **author.origin,
    )
    return made


@transaction.atomic
def drop_keeper(
    *, author: Author, request_id: uuid.UUID, vehicle_id: uuid.UUID, at: datetime
) -> bool:
    """Take a vehicle off the request: what it opened is open no more."""
    request = locked(request_id)
    if not may_change(author, request, at).allowed:
        return False
    dropped = request.vehicles.filter(id=vehicle_id, removed_at=None).update(removed_at=at)
    if dropped:
        record_event(
            verb="request.drop-keeper",
            actor=author.acting(HANDLING),
            at=at,
            subject=f"request:{request.id}",
            payload={"vehicle": str(vehicle_id)},
            **author.origin,
        )
    return bool(dropped)


def may_change(author: Author, request: InformationRequest, at: datetime) -> Decision:
    """Whether the author may change what belongs to the request now."""
    return decide_request_step(
        actor=author.actor,
        officer_person_ids=officers_of(request) if request.is_open else frozenset(),
        taking=False,
        profile=profile_in_force(at=at),
        at=at,
    )


def moves_for(author: Author, request: InformationRequest, at: datetime) -> tuple[str, ...]:
    """The steps that the author could make now, for the screen."""
    steps = steps_of(request)
    found = open_moves(
        flow=FLOW,
        history=_history(request, steps),
        subject=str(request.id),
        person_id=author.actor.person_id,
        facts=_facts(author, request, at),
        at=at,
    )
    return tuple(name for name in found if not _against(request, steps, name, day_of(at), at))


def locked(request_id: uuid.UUID) -> InformationRequest:
    """The request, which nobody else changes until this transaction ends."""
    InformationRequest.objects.select_for_update(of=("self",)).get(id=request_id)
    return InformationRequest.objects.select_related("officer").get(id=request_id)


def _against(
    request: InformationRequest, steps: list[RequestStep], name: str, on: date, at: datetime
) -> list[str]:
    """What the flow's table cannot say: the kind, the day and the one extension in time."""
    personal = request.what.is_personal
    found = []
    if name in {"ask-identity", "identify"} and not personal:
        found.append(NOT_FOR_THIS_KIND)
    if name == "start" and personal:
        found.append(NOT_FOR_THIS_KIND)
    if not _in_place(request, steps, name, on, at):
        found.append(DAY_OUT_OF_PLACE)
    if name == "extend":
        clock = request_clock(request, steps)
        if request.extended:
            found.append(EXTENDED_ALREADY)
        elif clock.extend_by is None or day_of(at) > clock.extend_by:
            found.append(TOO_LATE_TO_EXTEND)
    return found


def _in_place(
    request: InformationRequest, steps: list[RequestStep], name: str, on: date, at: datetime
) -> bool:
    """Whether the day lies between what it follows and today."""
    earliest = request.received_on
    if name == "clarify" and steps:
        earliest = max(earliest, steps[-1].on)
    return earliest <= on <= day_of(at)


def _follow(request: InformationRequest, step: RequestStep, at: datetime) -> None:
    request.state = step.target
    if step.move == "identify":
        request.identified_on = step.on
    if step.move == "extend":
        request.extended = True
    if step.move == "decide":
        request.outcome = step.evidence["outcome"]
    if step.move == "reopen":
        request.outcome = ""
    if request.state in CLOSED:
        request.closed_at = at
    request.save(update_fields=["state", "identified_on", "extended", "outcome", "closed_at"])


def _facts(author: Author, request: InformationRequest, at: datetime) -> StepFacts:
    return StepFacts(
        actor=author.actor,
        officer_person_ids=officers_of(request),
        profile=profile_in_force(at=at),
    )


def _history(request: InformationRequest, steps: list[RequestStep]) -> tuple[Step, ...]:
    return tuple(
        Step(
            flow=FLOW.name,
            subject=str(request.id),
            sequence=step.sequence,
            move=step.move,
            source=step.source,
            target=step.target,
            person_id=step.by.person_id if step.by else "",
            user_id=str(step.by_id or ""),
            at=step.at,
            reason=step.reason,
            evidence=tuple(sorted(step.evidence.items())),
        )
        for step in steps
    )


def _record_refusal(
    author: Author, request: InformationRequest, name: str, refused: Refused, at: datetime
) -> None:
    record_event(
        verb="request.refuse-step",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        decision="deny",
        reasons=list(refused.reasons),
        payload={"move": name},
        **author.origin,
    )
