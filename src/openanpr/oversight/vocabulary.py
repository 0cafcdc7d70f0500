"""The words of the auditor's room, as stored and shown."""

from enum import StrEnum
from typing import Final

from openanpr.access.vocabulary import Role

AUDITING: Final = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})
"""The roles that look at the audit."""


class Method(StrEnum):
    """How a sample is drawn."""

    RANDOM = "random"
    RISK = "risk"


class Kind(StrEnum):
    """What is reviewed."""

    SEARCH = "search"
    ENTRY = "entry"


class ReviewOutcome(StrEnum):
    """What came of a review at once; what a question leads to stands with the question."""

    IN_ORDER = "in-order"
    ASKED = "asked"
    FINDING = "finding"


class Grade(StrEnum):
    """How grave a finding is."""

    LEARNING = "learning"
    BREACH = "breach"
    SERIOUS = "serious"


METHOD_NAMES: Final[dict[Method, str]] = {
    Method.RANDOM: "At random: every search has the same chance",
    Method.RISK: "Weighted by risk: the more reasons to look, the greater the chance",
}
OUTCOME_NAMES: Final[dict[ReviewOutcome, str]] = {
    ReviewOutcome.IN_ORDER: "In order",
    ReviewOutcome.ASKED: "Question asked",
    ReviewOutcome.FINDING: "Finding",
}
GRADE_NAMES: Final[dict[Grade, str]] = {
    Grade.LEARNING: "Learning: the rules were kept, but it could be done better",
    Grade.BREACH: "Breach: a rule was broken",
    Grade.SERIOUS: "Serious: for professional standards or a data breach",
}
