"""The words of a list and of its entries. Their values are what is stored, copied into a hit, and
sent.
"""

from enum import IntEnum, StrEnum
from typing import Final


class ListKind(StrEnum):
    """What a list is for: to answer when the vehicle passes, to learn, or to compare with a
    register.
    """

    RESPONSE = "response"
    INTELLIGENCE = "intelligence"
    REFERENCE = "reference"


class ListState(StrEnum):
    """Only an active list matches."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class EntryState(StrEnum):
    """Only a live entry matches; a proposed one waits for a second person."""

    PROPOSED = "proposed"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


class ImportState(StrEnum):
    """An uploaded file waits to be told its columns, a parsed one for its preview's answer; one
    being read or applied is in the hands of the process that does jobs.
    """

    UPLOADED = "uploaded"
    READING = "reading"
    PARSED = "parsed"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"


class ImportOperation(StrEnum):
    """What a file does to its list. The files of an archive say it in their names."""

    REPLACE = "replace"
    ADD = "add"
    DELETE = "delete"
    ARCHIVE = "archive"


class MatchAs(StrEnum):
    """Which marks an entry stands for: its own, those near it, or those of a pattern."""

    EXACT = "exact"
    NEAR = "near"
    PATTERN = "pattern"


class EntryAction(StrEnum):
    """What the officer is told to do. It never replaces their own judgement."""

    STOP = "stop"
    OBSERVE = "observe"
    SILENT = "silent"
    REPORT = "report"


class Priority(IntEnum):
    """How much harm the vehicle stands for: 1 is shown first."""

    IMMEDIATE = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4
    ROUTINE = 5


KIND_NAMES: Final[dict[ListKind, str]] = {
    ListKind.RESPONSE: "Response: act when it passes",
    ListKind.INTELLIGENCE: "Intelligence: note where it goes",
    ListKind.REFERENCE: "Reference: compared with a register",
}

ACTION_NAMES: Final[dict[EntryAction, str]] = {
    EntryAction.STOP: "Stop the vehicle",
    EntryAction.OBSERVE: "Observe, do not stop",
    EntryAction.SILENT: "Silent: do not react",
    EntryAction.REPORT: "Report the sighting",
}

MATCH_NAMES: Final[dict[MatchAs, str]] = {
    MatchAs.EXACT: "This mark",
    MatchAs.NEAR: "This mark, and marks that cameras mistake for it",
    MatchAs.PATTERN: "Every mark of this pattern",
}

OPERATION_NAMES: Final[dict[ImportOperation, str]] = {
    ImportOperation.REPLACE: "It is the whole list: what is not in it is withdrawn",
    ImportOperation.ADD: "It adds to the list",
    ImportOperation.DELETE: "It names marks to be withdrawn",
}

PRIORITY_NAMES: Final[dict[Priority, str]] = {
    Priority.IMMEDIATE: "1 Immediate",
    Priority.HIGH: "2 High",
    Priority.MEDIUM: "3 Medium",
    Priority.LOW: "4 Low",
    Priority.ROUTINE: "5 Routine",
}

WARNING_MARKERS: Final[dict[str, str]] = {
    "VI": "Violent",
    "WE": "Weapons",
    "FI": "Firearms",
    "DR": "Drugs",
    "ES": "May try to escape",
    "SU": "Suicidal or self-harm",
    "IS": "Impersonates another vehicle",
    "AG": "Ailment or vulnerable person",
    "CO": "Contagious",
    "XP": "Explosives",
    "NI": "No insurance",
}
"""Markers a local entry may carry, by code; imported entries may carry others and are shown as they
came.
"""
