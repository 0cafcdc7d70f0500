"""Making a move: an immutable step, or every reason against it. Storing steps is the caller's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openanpr.workflow.flow import Facts, Flow, FlowError, Move, State

CLOCK = "clock"
"""Who makes the moves that nobody made in time."""


class Against(StrEnum):
    """The machine's own reasons against a move; a ``may`` function adds the policy's."""

    UNKNOWN_MOVE = "unknown-move"
    NOT_FROM_HERE = "not-from-here"
    ONLY_BY_THE_CLOCK = "only-by-the-clock"
    REASON_REQUIRED = "reason-required"
    EVIDENCE_REQUIRED = "evidence-required"
    OTHER_PERSON_REQUIRED = "other-person-required"
    LAPSED = "lapsed"
    BEFORE_THE_LAST_STEP = "before-the-last-step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move that was made, as it is stored: never changed, only followed by another.

    ``source`` is ``None`` for the first. ``due_at`` is when the state it entered is due.
    """

    flow: str
    subject: str
    sequence: int
    move: str
    source: str | None
    target: str
    person_id: str
    user_id: str
    at: datetime
    reason: str
    evidence: tuple[tuple[str, str], ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A move that was not made. ``missing`` names the evidence that was not given."""

    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()


History = Sequence[Step]


def state_of(flow: Flow[Facts], history: History) -> State | None:
    """Where the subject stands; ``None`` before the first step.

    Raises ``FlowError`` for steps that do not follow from each other: what was stored is not whole.
    """
    state: str | None = None
    for number, step in enumerate(history, 1):
        follows = step.sequence == number and step.source == state and step.flow == flow.name
        if not follows or step.subject != history[0].subject:
            raise FlowError(f"step {number} of the flow {flow.name} does not follow")
        state = step.target
    return None if state is None else flow.state(state)


def move(
    *,
    flow: Flow[Facts],
    history: History,
    name: str,
    subject: str,
    person_id: str,
    user_id: str,
    facts: Facts,
    at: datetime,
    reason: str = "",
    evidence: Mapping[str, str] | None = None,
) -> Step | Refused:
    """Make a move for a person: the new step, or every reason against it.

    ``evidence`` maps the names that the move asks for to references (of documents, never their
    content). ``at`` is an aware time. The subject's whole history is given, oldest first.
    """
    wanted = flow.move(name)
    state = state_of(flow, history)
    if wanted is None:
        return Refused((Against.UNKNOWN_MOVE,))
    given = dict(evidence or {})
    missing = tuple(sorted(one for one in wanted.evidence if not given.get(one, "").strip()))
    against: list[str] = [*_out_of_place(flow, wanted, state, history, subject, at)]
    if wanted.needs_reason and not reason.strip():
        against.append(Against.REASON_REQUIRED)
    if missing:
        against.append(Against.EVIDENCE_REQUIRED)
    if any(step.person_id == person_id for step in history if step.move in wanted.not_by):
        against.append(Against.OTHER_PERSON_REQUIRED)
    against += _may_not(wanted, facts, at)
    if against:
        return Refused(tuple(dict.fromkeys(against)), missing)
    return _step(flow, wanted, history, subject, person_id, user_id, at, reason, given)


def open_moves(
    *, flow: Flow[Facts], history: History, subject: str, person_id: str, facts: Facts, at: datetime
) -> tuple[str, ...]:
    """The moves that this person could make now, reason and evidence given: for the screen."""
    return tuple(
        one.name
        for one in flow.moves
        if not isinstance(
            move(
                flow=flow,
                history=history,
                name=one.name,
                subject=subject,
                person_id=person_id,
                user_id=person_id,
                facts=facts,
                at=at,
                reason="asked",
                evidence=dict.fromkeys(one.evidence, "asked"),
            ),
            Refused,
        )
    )


def is_overdue(*, flow: Flow[Facts], history: History, at: datetime) -> bool:
    """Whether the state that the subject stands in is past its due moment."""
    state = state_of(flow, history)
    due_at = history[-1].due_at if history else None
    return state is not None and due_at is not None and at >= due_at


def lapse(*, flow: Flow[Facts], history: History, at: datetime) -> Step | None:
    """The step that the clock makes when a lapsing state is past its due moment, else ``None``.

    It is dated at the due moment: when somebody came to look makes no difference.
    """
    state = state_of(flow, history)
    if state is None or state.lapse is None or not is_overdue(flow=flow, history=history, at=at):
        return None
    wanted, due_at = flow.move(state.lapse), history[-1].due_at
    if wanted is None or due_at is None:
        return None
    subject = history[0].subject
    return _step(flow, wanted, history, subject, CLOCK, CLOCK, due_at, "not done in time", {})


def _out_of_place(
    flow: Flow[Facts],
    wanted: Move[Facts],
    state: State | None,
    history: History,
    subject: str,
    at: datetime,
) -> list[str]:
    against: list[str] = []
    here = not wanted.sources if state is None else state.name in wanted.sources
    if not here or (history and history[0].subject != subject):
        against.append(Against.NOT_FROM_HERE)
    if state and state.lapse and is_overdue(flow=flow, history=history, at=at):
        against.append(Against.LAPSED)
    if history and at < history[-1].at:
        against.append(Against.BEFORE_THE_LAST_STEP)
    return against


def _may_not(wanted: Move[Facts], facts: Facts, at: datetime) -> list[str]:
    if wanted.may is None:
        return [Against.ONLY_BY_THE_CLOCK]
    verdict = wanted.may(facts, at)
    return [] if verdict.allowed else [str(one) for one in verdict.reasons]


def _step(
    flow: Flow[Facts],
    wanted: Move[Facts],
    history: History,
    subject: str,
    person_id: str,
    user_id: str,
    at: datetime,
    reason: str,
    evidence: Mapping[str, str],
) -> Step:
    due = flow.state(wanted.target).due
    return Step(
        flow=flow.name,
        subject=subject,
        sequence=len(history) + 1,
        move=wanted.name,
        source=history[-1].target if history else None,
        target=wanted.target,
        person_id=person_id,
        user_id=user_id,
        at=at,
        reason=reason.strip(),
        evidence=tuple(sorted(evidence.items())),
        due_at=None if due is None else at + due,
    )
