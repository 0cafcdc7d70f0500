"""The life of an information request, as a table of the small machine for decisions in steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.access.decide import Decision, decide_request_step
from openanpr.access.facts import Actor, Profile
from openanpr.rights.vocabulary import RequestState
from openanpr.workflow import Flow, Move, State


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """Who would make a step of a request, and whose it is. ``actor`` None: the public form."""

    actor: Actor | None
    officer_person_ids: frozenset[str]
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Anybody may ask: the answer to a request that comes in by the public form."""

    allowed: bool = True
    reasons: tuple[str, ...] = ()


def _by_officer(facts: StepFacts, at: datetime) -> Decision:
    return _decided(facts, taking=False, at=at)


def _by_anybody(facts: StepFacts, at: datetime) -> Decision | Arrived:
    return Arrived() if facts.actor is None else _decided(facts, taking=True, at=at)


def _decided(facts: StepFacts, *, taking: bool, at: datetime) -> Decision:
    if facts.actor is None or facts.profile is None:
        raise ValueError("only the first step of a request is made by nobody")
    return decide_request_step(
        actor=facts.actor,
        officer_person_ids=facts.officer_person_ids,
        taking=taking,
        profile=facts.profile,
        at=at,
    )


S: Final = RequestState
_ACTIVE: Final = frozenset({S.RECEIVED, S.IDENTITY, S.OPEN, S.CLARIFICATION, S.DECIDED})


def _move(
    name: str, sources: frozenset[RequestState], target: str, *evidence: str
) -> Move[StepFacts]:
    return Move(
        name=name,
        sources=frozenset(str(one) for one in sources),
        target=str(target),
        may=_by_officer,
        evidence=frozenset(evidence),
    )


FLOW: Final[Flow[StepFacts]] = Flow(
    name="information-request",
    states=tuple(State(name=str(state)) for state in RequestState),
    moves=(
        Move(
            name="receive",
            sources=frozenset(),
            target=str(S.RECEIVED),
            may=_by_anybody,
            needs_reason=False,
        ),
        _move("ask-identity", frozenset({S.RECEIVED}), S.IDENTITY),
        _move("identify", frozenset({S.RECEIVED, S.IDENTITY}), S.OPEN, "identity"),
        _move("start", frozenset({S.RECEIVED}), S.OPEN),
        _move("ask-clarification", frozenset({S.OPEN}), S.CLARIFICATION),
        _move("clarify", frozenset({S.CLARIFICATION}), S.OPEN),
        _move("extend", frozenset({S.OPEN}), S.OPEN),
        _move("decide", frozenset({S.OPEN}), S.DECIDED, "outcome"),
        _move("reopen", frozenset({S.DECIDED}), S.OPEN),
        _move("reply", frozenset({S.DECIDED}), S.REPLIED, "pack"),
        _move("withdraw", _ACTIVE, S.WITHDRAWN),
    ),
)
"""Each move needs a reason in words and is an immutable step."""
