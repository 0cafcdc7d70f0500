"""How a question and a finding move: who may make each move, and when a state is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.access.decide import Decision, decide_answer, decide_review
from openanpr.access.facts import Actor
from openanpr.access.profile import Profile
from openanpr.workflow import Flow, Move, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Who moves, whose act it is about, and who is to answer."""

    actor: Actor
    profile: Profile
    subject_person: str
    answering_person: str


def _auditor(facts: Facts, at: datetime) -> Decision:
    return decide_review(
        actor=facts.actor, record_person_id=facts.subject_person, profile=facts.profile, at=at
    )


def _answerer(facts: Facts, at: datetime) -> Decision:
    return decide_answer(
        actor=facts.actor, asked_person_id=facts.answering_person, profile=facts.profile, at=at
    )


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_WEEK: Final = timedelta(days=7)

QUESTION: Final[Flow[Facts]] = Flow(
    name="question",
    states=(
        State(name="asked", due=_WEEK),
        State(name="answered", due=_WEEK),
        State(name="settled"),
    ),
    moves=(
        Move(name="ask", sources=frozenset(), target="asked", may=_auditor),
        Move(name="answer", sources=_from("asked"), target="answered", may=_answerer),
        Move(name="ask-again", sources=_from("answered"), target="asked", may=_auditor),
        Move(name="settle", sources=_from("asked", "answered"), target="settled", may=_auditor),
    ),
)

FINDING: Final[Flow[Facts]] = Flow(
    name="finding",
    states=(
        State(name="open", due=4 * _WEEK),
        State(name="acted-on", due=2 * _WEEK),
        State(name="closed"),
    ),
    moves=(
        Move(name="raise", sources=frozenset(), target="open", may=_auditor),
        Move(name="act", sources=_from("open"), target="acted-on", may=_answerer),
        Move(name="return", sources=_from("acted-on"), target="open", may=_auditor),
        Move(
            name="close",
            sources=_from("acted-on"),
            target="closed",
            may=_auditor,
            not_by=_from("act"),
        ),
    ),
)

MOVE_NAMES: Final[dict[str, str]] = {
    "ask": "asked",
    "answer": "answered",
    "ask-again": "asked again",
    "settle": "settled it",
    "raise": "made the finding",
    "act": "said what was done",
    "return": "sent it back",
    "close": "closed it",
}
STATE_NAMES: Final[dict[str, tuple[str, str]]] = {
    "asked": ("Waits for an answer", "yellow"),
    "answered": ("Answered", "blue"),
    "settled": ("Settled", "green"),
    "open": ("Open", "yellow"),
    "acted-on": ("Acted on", "blue"),
    "closed": ("Closed", "green"),
}
