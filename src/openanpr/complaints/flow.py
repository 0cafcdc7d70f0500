"""The steps of a complaint, as a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from openanpr.complaints.handling import (
    INVOLVED,
    OTHER_FORCE,
    ROLE_MISSING,
    HandlingFacts,
    by_anybody,
    by_desk,
    by_either,
    by_standards,
)
from openanpr.complaints.vocabulary import State
from openanpr.workflow import Against, Flow, Move
from openanpr.workflow import State as FlowState

FLOW: Final = "complaint"
RECEIVE: Final = "receive"
ACKNOWLEDGE: Final = "acknowledge"
PROGRESS: Final = "progress"
STANDARDS_PROGRESS: Final = "standards-progress"
HAND_OVER: Final = "hand-over"
HAND_BACK: Final = "hand-back"
ANSWER: Final = "answer"
STANDARDS_ANSWER: Final = "standards-answer"
WITHDRAW: Final = "withdraw"
SENT: Final = "sent"
OUTCOME: Final = "outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How long each part may take, and how long a closed complaint is kept."""

    acknowledge: timedelta
    progress: timedelta
    answer: timedelta
    keep: timedelta


def clocks() -> Clocks:
    """As the installation sets them."""
    values = settings.SETTINGS
    return Clocks(
        acknowledge=timedelta(days=values.complaint_acknowledge_days),
        progress=timedelta(days=values.complaint_progress_days),
        answer=timedelta(days=values.complaint_answer_days),
        keep=timedelta(days=values.complaint_keep_days),
    )


def _move(name: str, sources: set[State], target: State, **rest: object) -> Move[HandlingFacts]:
    values = {"may": by_desk, **rest}
    return Move(
        name=name,
        sources=frozenset(one.value for one in sources),
        target=target.value,
        **values,  # type: ignore[arg-type]
    )


_LETTER: Final = frozenset({SENT})
_FOUND: Final = frozenset({SENT, OUTCOME})
_MOVES: Final = (
    _move(RECEIVE, set(), State.RECEIVED, may=by_anybody, needs_reason=False),
    _move(ACKNOWLEDGE, {State.RECEIVED}, State.OPEN, evidence=_LETTER, needs_reason=False),
    _move(PROGRESS, {State.OPEN}, State.OPEN, evidence=_LETTER),
    _move(HAND_OVER, {State.OPEN}, State.WITH_STANDARDS),
    _move(
        STANDARDS_PROGRESS,
        {State.WITH_STANDARDS},
        State.WITH_STANDARDS,
        may=by_standards,
        evidence=_LETTER,
    ),
    _move(HAND_BACK, {State.WITH_STANDARDS}, State.OPEN, may=by_standards),
    _move(ANSWER, {State.OPEN}, State.ANSWERED, evidence=_FOUND),
    _move(
        STANDARDS_ANSWER,
        {State.WITH_STANDARDS},
        State.ANSWERED,
        may=by_standards,
        evidence=_FOUND,
    ),
    _move(
        WITHDRAW,
        {State.RECEIVED, State.OPEN, State.WITH_STANDARDS},
        State.WITHDRAWN,
        may=by_either,
    ),
)


def complaint_flow(times: Clocks) -> Flow[HandlingFacts]:
    """The table, with its clocks."""
    return Flow(
        name=FLOW,
        states=(
            FlowState(name=State.RECEIVED.value, due=times.acknowledge),
            FlowState(name=State.OPEN.value, due=times.progress),
            FlowState(name=State.WITH_STANDARDS.value, due=times.progress),
            FlowState(name=State.ANSWERED.value),
            FlowState(name=State.WITHDRAWN.value),
        ),
        moves=_MOVES,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWords:
    """How the pages speak of a move: the button, the question for its reason, what it does."""

    button: str
    done: str
    reason: str = ""
    hint: str = ""


MOVE_WORDS: Final[dict[str, MoveWords]] = {
    RECEIVE: MoveWords(button="Enter a complaint", done="Received"),
    ACKNOWLEDGE: MoveWords(
        button="Acknowledge it",
        done="Acknowledged",
        hint="Print or send the letter first; then say here how it went.",
    ),
    PROGRESS: MoveWords(
        button="Tell them how far we are",
        done="Told how far we are",
        reason="What they were told",
    ),
    STANDARDS_PROGRESS: MoveWords(
        button="Tell them how far we are",
        done="Told how far we are",
        reason="What they were told",
    ),
    HAND_OVER: MoveWords(
        button="Hand over to professional standards",
        done="Handed over to professional standards",
        reason="Why it concerns the conduct of a person",
    ),
    HAND_BACK: MoveWords(
        button="Hand back to the desk",
        done="Handed back to the desk",
        reason="Why it is not a matter of conduct, or what is left to do",
    ),
    ANSWER: MoveWords(button="Answer it", done="Answered", reason="What we found"),
    STANDARDS_ANSWER: MoveWords(button="Answer it", done="Answered", reason="What we found"),
    WITHDRAW: MoveWords(
        button="Close as withdrawn",
        done="Withdrawn",
        reason="When and how the complainant said that they do not go on",
    ),
}
WHY_NOT: Final[dict[str, str]] = {
    ROLE_MISSING: "Your roles do not include this step.",
    OTHER_FORCE: "This complaint is another force's.",
    INVOLVED: "It concerns something that you did yourself: somebody else must do this.",
    Against.NOT_FROM_HERE.value: "Somebody has taken this step already, or another that ends it.",
    Against.REASON_REQUIRED.value: "Say why.",
    Against.EVIDENCE_REQUIRED.value: "Say how the letter was sent.",
}


def answer_due(received_at: datetime, times: Clocks) -> datetime:
    """When the whole complaint should be answered."""
    return received_at + times.answer
