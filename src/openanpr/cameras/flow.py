"""The states of a camera as a table of moves: who may make each, from where to where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.access.decide import decide_camera_change
from openanpr.access.facts import Actor
from openanpr.access.profile import Profile
from openanpr.cameras.vocabulary import CameraState
from openanpr.workflow import Flow, Move, State, Verdict

NO_AUTHORITY: Final = "no-authority"
BY_DECISION_ONLY: Final = "by-decision-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """Who asks for a move, and whether the camera may collect at that moment.

    ``actor`` is ``None`` for the program itself, which acts on a decision that was made elsewhere.
    """

    reason: str
    authorised: bool
    actor: Actor | None = None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    reasons: Sequence[str] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons


_YES: Final = _Answer()


def _by_the_program(facts: MoveFacts, at: datetime) -> Verdict:
    return _YES if facts.actor is None else _Answer((BY_DECISION_ONLY,))


def _by_a_manager(facts: MoveFacts, at: datetime) -> Verdict:
    if facts.actor is None or facts.profile is None:
        return _YES
    return decide_camera_change(actor=facts.actor, reason=facts.reason, profile=facts.profile)


def _into_service(facts: MoveFacts, at: datetime) -> Verdict:
    against = [] if facts.authorised else [NO_AUTHORITY]
    return _Answer((*against, *map(str, _against(_by_a_manager(facts, at)))))


def _against(verdict: Verdict) -> Sequence[str]:
    return () if verdict.allowed else verdict.reasons


def _move(
    name: str,
    sources: set[CameraState],
    target: CameraState,
    may: Callable[[MoveFacts, datetime], Verdict],
) -> Move[MoveFacts]:
    return Move(
        name=name,
        sources=frozenset(one.value for one in sources),
        target=target.value,
        may=may,
    )


_IN_USE: Final = {CameraState.PROPOSED, CameraState.APPROVED, CameraState.LIVE}

CAMERA: Final[Flow[MoveFacts]] = Flow(
    name="camera",
    states=tuple(State(name=state.value) for state in CameraState),
    moves=(
        _move("enter", set(), CameraState.PROPOSED, _by_a_manager),
        _move("approve", {CameraState.PROPOSED}, CameraState.APPROVED, _by_the_program),
        _move("inherit", {CameraState.PROPOSED}, CameraState.LIVE, _by_the_program),
        _move("go-live", {CameraState.APPROVED}, CameraState.LIVE, _into_service),
        _move("suspend", {CameraState.LIVE}, CameraState.SUSPENDED, _by_a_manager),
        _move("resume", {CameraState.SUSPENDED}, CameraState.LIVE, _into_service),
        _move("retire", _IN_USE | {CameraState.SUSPENDED}, CameraState.RETIRED, _by_a_manager),
    ),
)


def move_between(before: CameraState, to: CameraState) -> str | None:
    """The move that a person makes from one state to another, if there is one."""
    return next(
        (
            move.name
            for move in CAMERA.moves
            if before.value in move.sources and move.target == to.value and move.name != "inherit"
        ),
        None,
    )
