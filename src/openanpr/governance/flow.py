"""The states of a case as a table of moves: who may make each, from where to where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.access.decide import decide_camera_case, decide_camera_change
from openanpr.access.facts import Actor, CameraCaseFacts
from openanpr.access.profile import Profile
from openanpr.governance.vocabulary import CaseState
from openanpr.workflow import Flow, Move, State, Verdict

NOT_COMPLETE: Final = "not-complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoveFacts:
    """Who asks, what is still open before the move, and for a decision what it is made from."""

    actor: Actor
    profile: Profile
    reason: str
    open_points: Sequence[str] = ()
    decision: CameraCaseFacts | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    reasons: Sequence[str] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons


def _by_an_author(facts: CaseMoveFacts, at: datetime) -> Verdict:
    return decide_camera_change(actor=facts.actor, reason=facts.reason, profile=facts.profile)


def _when_complete(facts: CaseMoveFacts, at: datetime) -> Verdict:
    answer = _by_an_author(facts, at)
    against = [] if answer.allowed else [str(one) for one in answer.reasons]
    return _Answer((*against, *([NOT_COMPLETE] if facts.open_points else [])))


def _by_decision(facts: CaseMoveFacts, at: datetime) -> Verdict:
    if facts.decision is None:
        return _Answer((NOT_COMPLETE,))
    return decide_camera_case(actor=facts.actor, case=facts.decision, profile=facts.profile, at=at)


def _move(
    name: str,
    sources: set[CaseState],
    target: CaseState,
    may: Callable[[CaseMoveFacts, datetime], Verdict],
) -> Move[CaseMoveFacts]:
    return Move(
        name=name, sources=frozenset(one.value for one in sources), target=target.value, may=may
    )


_WRITING: Final = {CaseState.DRAFT, CaseState.CONSULTING}

CASE: Final[Flow[CaseMoveFacts]] = Flow(
    name="camera-case",
    states=tuple(State(name=state.value) for state in CaseState),
    moves=(
        _move("open", set(), CaseState.DRAFT, _by_an_author),
        _move("consult", {CaseState.DRAFT}, CaseState.CONSULTING, _when_complete),
        _move("submit", _WRITING, CaseState.SUBMITTED, _when_complete),
        _move("send-back", {CaseState.SUBMITTED}, CaseState.DRAFT, _by_decision),
        _move("approve", {CaseState.SUBMITTED}, CaseState.APPROVED, _by_decision),
        _move("refuse", {CaseState.SUBMITTED}, CaseState.REFUSED, _by_decision),
        _move("give-up", _WRITING, CaseState.WITHDRAWN, _by_an_author),
    ),
)
