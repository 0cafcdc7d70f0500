"""The words of an alert's life. Their values are what is stored and sent."""

from enum import StrEnum
from typing import Final


class AlertState(StrEnum):
    """How far the officers have come with it."""

    NEW = "new"
    SEEN = "seen"
    CHECKED = "checked"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What happened to an alert, as told to open screens."""

    RAISED = "raised"
    FURTHER_HIT = "further-hit"
    SEEN = "seen"
    CHECKED = "checked"
    CLOSED = "closed"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


class ResponseKind(StrEnum):
    """How somebody took an alert on: by saying so, or by being given it."""

    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"


class Outcome(StrEnum):
    """What came of an alert."""

    STOPPED = "stopped"
    ARREST = "arrest"
    NO_TRACE = "no-trace"
    MISREAD = "misread"
    STALE_ENTRY = "stale-entry"
    WRONG_VEHICLE = "wrong-vehicle"
    NOT_RESPONDED = "not-responded"
    OTHER = "other"


STATE_NAMES: Final[dict[AlertState, str]] = {
    AlertState.NEW: "New",
    AlertState.SEEN: "Seen",
    AlertState.CHECKED: "Picture checked",
    AlertState.CLOSED: "Closed",
}

OUTCOME_NAMES: Final[dict[Outcome, str]] = {
    Outcome.STOPPED: "Stopped",
    Outcome.ARREST: "Stopped, arrest made",
    Outcome.NO_TRACE: "No trace",
    Outcome.MISREAD: "Misread",
    Outcome.STALE_ENTRY: "Stale entry",
    Outcome.WRONG_VEHICLE: "Wrong vehicle",
    Outcome.NOT_RESPONDED: "Not responded",
    Outcome.OTHER: "Other",
}

OUTCOME_HINTS: Final[dict[Outcome, str]] = {
    Outcome.STOPPED: "The vehicle was stopped.",
    Outcome.ARREST: "The vehicle was stopped and somebody was arrested.",
    Outcome.NO_TRACE: "Looked for and not found.",
    Outcome.MISREAD: "The plate does not carry this mark.",
    Outcome.STALE_ENTRY: "The record is no longer current: the reason has ended.",
    Outcome.WRONG_VEHICLE: "The mark is right but the vehicle is not the one described.",
    Outcome.NOT_RESPONDED: "No unit could be sent.",
    Outcome.OTHER: "Say what happened in the note.",
}

WITHOUT_THE_MARK: Final = frozenset({Outcome.MISREAD, Outcome.NOT_RESPONDED, Outcome.OTHER})
"""What may be recorded when the officer says that the picture does not show the mark."""
