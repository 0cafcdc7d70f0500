"""The clock of an incident, and what may be said of it when. Pure.

A breach of personal data is told to the Information Commissioner within 72 hours of becoming aware
of it, unless a risk to people is unlikely (UK GDPR article 33; Data Protection Act 2018 section 67
for law enforcement); later only with the reasons for the delay. Where the risk is high, the people
concerned are told (article 34, section 68).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Risk(StrEnum):
    """How likely it is that people come to harm by it."""

    UNKNOWN = "unknown"
    UNLIKELY = "unlikely"
    LIKELY = "likely"
    HIGH = "high"


class StepKind(StrEnum):
    """What one step of an incident's record says."""

    RECORDED = "recorded"
    NOTE = "note"
    RISK = "risk"
    REPORTED = "reported"
    PEOPLE_TOLD = "people-told"
    CLOSED = "closed"


RISK_NAMES: Final[dict[Risk, str]] = {
    Risk.UNKNOWN: "Not known yet",
    Risk.UNLIKELY: "Unlikely",
    Risk.LIKELY: "Likely",
    Risk.HIGH: "High",
}
STEP_NAMES: Final[dict[StepKind, str]] = {
    StepKind.RECORDED: "Recorded",
    StepKind.NOTE: "Note of what was found or done",
    StepKind.RISK: "The risk to people",
    StepKind.REPORTED: "Reported to the Information Commissioner",
    StepKind.PEOPLE_TOLD: "The people concerned were told",
    StepKind.CLOSED: "Closed, with what was learnt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An incident as it stands. ``known_at``: when somebody here became aware of it."""

    personal_data: bool
    known_at: datetime
    within: timedelta
    risk: Risk = Risk.UNKNOWN
    reported_at: datetime | None = None
    people_told_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def report_by(self) -> datetime | None:
        """When it must have been reported; ``None`` where it need not be, or was."""
        if not self.personal_data or self.risk is Risk.UNLIKELY or self.reported_at:
            return None
        return None if self.closed_at else self.known_at + self.within

    @property
    def must_tell_people(self) -> bool:
        """Whether the people concerned must be told and were not."""
        return self.personal_data and self.risk is Risk.HIGH and self.people_told_at is None


def against(standing: Standing, kind: StepKind, text: str, *, late: str, at: datetime) -> str:
    """Why a step cannot be taken now, in a sentence; empty where it can."""
    if standing.closed_at is not None:
        return "The incident is closed. Record another one."
    if not text.strip():
        return "Say what was found or done."
    if kind is StepKind.REPORTED:
        if not standing.personal_data:
            return "No personal data is concerned, so there is nothing to report."
        if at > standing.known_at + standing.within and not late.strip():
            return "The time to report has passed: give the reasons for the delay."
    if kind is StepKind.CLOSED:
        return _not_done(standing)
    return ""


def _not_done(standing: Standing) -> str:
    if standing.personal_data and standing.risk is Risk.UNKNOWN:
        return "Judge the risk to people before you close it."
    if standing.report_by is not None:
        return "Report it to the Information Commissioner, or judge the risk unlikely, first."
    if standing.must_tell_people:
        return "The risk is high: tell the people concerned first."
    return ""
