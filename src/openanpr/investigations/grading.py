"""How intelligence is graded: 3x5x2, as the College of Policing's guidance on intelligence has it.

https://www.college.police.uk/app/intelligence-management/intelligence-report
"""

from enum import StrEnum
from typing import Final


class SourceGrade(StrEnum):
    """How far the source can be relied on."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Assessment(StrEnum):
    """How the source knows."""

    DIRECTLY = "A"
    CORROBORATED = "B"
    INDIRECTLY = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    """Whether it may be passed on."""

    PERMITTED = "P"
    CONDITIONS = "C"


SOURCE_NAMES: Final = {
    SourceGrade.RELIABLE: "1: reliable",
    SourceGrade.UNTESTED: "2: untested",
    SourceGrade.NOT_RELIABLE: "3: not reliable",
}
ASSESSMENT_NAMES: Final = {
    Assessment.DIRECTLY: "A: known directly to the source",
    Assessment.CORROBORATED: "B: known indirectly, and corroborated",
    Assessment.INDIRECTLY: "C: known indirectly",
    Assessment.NOT_KNOWN: "D: not known",
    Assessment.SUSPECTED_FALSE: "E: suspected to be false",
}
HANDLING_NAMES: Final = {
    Handling.PERMITTED: "P: lawful sharing permitted",
    Handling.CONDITIONS: "C: lawful sharing permitted with conditions",
}


class SubjectRole(StrEnum):
    """What a person is to an investigation."""

    SUSPECT = "suspect"
    ASSOCIATE = "associate"
    WITNESS = "witness"
    VICTIM = "victim"
    MISSING = "missing"


ROLE_NAMES: Final = {
    SubjectRole.SUSPECT: "Suspect",
    SubjectRole.ASSOCIATE: "Associate of a suspect",
    SubjectRole.WITNESS: "Witness",
    SubjectRole.VICTIM: "Victim",
    SubjectRole.MISSING: "Missing or vulnerable person",
}
