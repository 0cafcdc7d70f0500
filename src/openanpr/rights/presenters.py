"""Information requests as the desk shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openanpr.rights.clocks import Clock
from openanpr.rights.models import InformationRequest, RequestStep
from openanpr.rights.queries import steps_of
from openanpr.rights.timing import day_of, request_clock
from openanpr.rights.vocabulary import (
    CHANNEL_NAMES,
    DESK_NAMES,
    OUTCOME_NAMES,
    STATE_NAMES,
    Channel,
    Outcome,
    RequestState,
)
from openanpr.web import dates

MOVE_NAMES: Final = {
    "receive": "Received",
    "ask-identity": "Ask for proof of identity",
    "identify": "Accept proof of identity",
    "start": "Begin to deal with it",
    "ask-clarification": "Ask what is meant",
    "clarify": "Note the clarification",
    "extend": "Extend the time",
    "decide": "Decide",
    "reopen": "Go back to dealing with it",
    "reply": "Reply",
    "withdraw": "Close as withdrawn",
}
DONE_NAMES: Final = {
    "ask-identity": "Asked for proof of identity",
    "identify": "Proof of identity accepted",
    "start": "Begun",
    "ask-clarification": "Asked what is meant",
    "clarify": "Clarified",
    "extend": "Time extended",
    "decide": "Decided",
    "reopen": "Taken up again",
    "reply": "Replied",
    "withdraw": "Withdrawn",
}
MOVE_HINTS: Final = {
    "ask-identity": "The time starts when the proof comes. Say what you asked for.",
    "identify": "The time starts on this day. Say how you checked it.",
    "start": "No proof of identity is needed. Say who will find the answer.",
    "ask-clarification": "The time stands still until the answer comes. Say what you asked.",
    "clarify": "The time goes on from this day. Say what was answered.",
    "extend": "Once, and only within the first time. Say why; the person must be told the reasons.",
    "reopen": "The decision is taken back. Say why.",
    "withdraw": "Nothing more is done. Say who withdrew it, or why it ends.",
}
_SOON_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request as a line of the desk's list. ``tag`` is (text, colour) of its time."""

    request: InformationRequest
    kind: str
    channel: str
    state: str
    outcome: str
    tag: tuple[str, str]
    clock: Clock
    sort: tuple[int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of a request's history."""

    name: str
    step: RequestStep
    details: tuple[str, ...]


def request_line(request: InformationRequest, *, at: datetime) -> RequestLine:
    """One request, with where its time stands at ``at``."""
    clock = request_clock(request, steps_of(request))
    today = day_of(at)
    return RequestLine(
        request=request,
        kind=DESK_NAMES[request.what],
        channel=CHANNEL_NAMES[Channel(request.channel)],
        state=STATE_NAMES[RequestState(request.state)],
        outcome=OUTCOME_NAMES[Outcome(request.outcome)] if request.outcome else "",
        tag=_tag(request, clock, today),
        clock=clock,
        sort=(0, clock.due) if clock.due else (1, request.received_on),
    )


def step_lines(request: InformationRequest) -> list[StepLine]:
    """Its steps, newest first."""
    return [
        StepLine(
            name=DONE_NAMES.get(step.move, MOVE_NAMES[step.move]),
            step=step,
            details=tuple(
                f"{name}: {_evidence(name, value)}"
                for name, value in sorted(step.evidence.items())
                if value and name not in {"pack", "letter"}
            ),
        )
        for step in reversed(steps_of(request))
    ]


def _evidence(name: str, value: str) -> str:
    return OUTCOME_NAMES[Outcome(value)] if name == "outcome" else value


def _tag(request: InformationRequest, clock: Clock, today: date) -> tuple[str, str]:
    if not request.is_open:
        return (STATE_NAMES[RequestState(request.state)], "grey")
    if clock.stands_still:
        return ("Time stands still", "blue")
    left = clock.days_left(today)
    if left is None or clock.due is None:
        return ("Time has not started", "blue")
    if left < 0:
        return (f"Overdue since {dates.day(clock.due)}", "red")
    return (f"Due {dates.day(clock.due)}", "yellow" if left <= _SOON_DAYS else "green")
