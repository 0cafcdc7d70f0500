"""The words of a case. Their values are what is stored."""

from enum import StrEnum
from typing import Final


class CaseState(StrEnum):
    """Where a case stands between its first word and its decision."""

    DRAFT = "draft"
    CONSULTING = "consulting"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Final[dict[CaseState, str]] = {
    CaseState.DRAFT: "Being written",
    CaseState.CONSULTING: "Consultation",
    CaseState.SUBMITTED: "Awaits decision",
    CaseState.APPROVED: "Approved",
    CaseState.REFUSED: "Refused",
    CaseState.WITHDRAWN: "Given up",
}
STATE_COLOURS: Final[dict[CaseState, str]] = {
    CaseState.DRAFT: "blue",
    CaseState.CONSULTING: "purple",
    CaseState.SUBMITTED: "yellow",
    CaseState.APPROVED: "green",
    CaseState.REFUSED: "red",
    CaseState.WITHDRAWN: "grey",
}
WRITABLE: Final = frozenset({CaseState.DRAFT, CaseState.CONSULTING})


class Ground(StrEnum):
    """What a camera may be needed for."""

    NATIONAL_SECURITY = "national-security"
    SERIOUS = "serious"
    LOCAL = "local"
    CONFIDENCE = "confidence"


GROUND_NAMES: Final[dict[Ground, str]] = {
    Ground.NATIONAL_SECURITY: "National security and counter-terrorism",
    Ground.SERIOUS: "Serious, organised and major crime",
    Ground.LOCAL: "Local crime",
    Ground.CONFIDENCE: ("Community confidence and reassurance, and crime prevention and reduction"),
}


class RoadKind(StrEnum):
    """The kind of road or place."""

    STRATEGIC = "strategic"
    MAJOR = "major"
    MINOR = "minor"
    CROWDED_PLACE = "crowded-place"
    PRIVATE_PLACE = "private-place"


ROAD_NAMES: Final[dict[RoadKind, str]] = {
    RoadKind.STRATEGIC: "National strategic road network",
    RoadKind.MAJOR: "Major road of a local authority",
    RoadKind.MINOR: "Minor road of a local authority",
    RoadKind.CROWDED_PLACE: "Crowded place, such as a regional shopping centre",
    RoadKind.PRIVATE_PLACE: "Private place, such as the forecourt of a fuel station",
}


class Usual(StrEnum):
    """How usual a camera is on one ground at one kind of place."""

    VERY_LIKELY = "very-likely"
    MOST_CASES = "most-cases"
    EXCEPTIONAL = "exceptional"


USUAL_NAMES: Final[dict[Usual, str]] = {
    Usual.VERY_LIKELY: "very likely justified",
    Usual.MOST_CASES: "justified in most cases",
    Usual.EXCEPTIONAL: "justified in exceptional cases only",
}


class ReleaseLevel(StrEnum):
    """How much of the place named consultees are told."""

    AREA = "area"
    WORDS = "words"
    SITES = "sites"


RELEASE_NAMES: Final[dict[ReleaseLevel, str]] = {
    ReleaseLevel.AREA: "The area alone",
    ReleaseLevel.WORDS: "The area and a description in words",
    ReleaseLevel.SITES: "The name of each site",
}


class Channel(StrEnum):
    """How a reply to a consultation came."""

    PERSONAL_PAGE = "personal-page"
    PUBLIC_PAGE = "public-page"
    LETTER = "letter"
    MEETING = "meeting"
    TELEPHONE = "telephone"
    E_MAIL = "e-mail"


CHANNEL_NAMES: Final[dict[Channel, str]] = {
    Channel.PERSONAL_PAGE: "Personal page",
    Channel.PUBLIC_PAGE: "Public page",
    Channel.LETTER: "Letter",
    Channel.MEETING: "Meeting",
    Channel.TELEPHONE: "Telephone",
    Channel.E_MAIL: "E-mail",
}
