"""The words of protected marks, as stored and shown."""

from enum import StrEnum
from typing import Final

from openanpr.access.vocabulary import Role

STANDARDS: Final = frozenset({Role.PROFESSIONAL_STANDARDS})
"""Who knows of protected marks."""


class Ground(StrEnum):
    """Why a mark is protected."""

    VICTIM = "victim"
    WITNESS = "witness"
    COVERT = "covert"
    INTEGRITY = "integrity"


class TripKind(StrEnum):
    """What tripped: it was asked for, shown by a search, or hit an entry of a list."""

    ASKED = "asked"
    SHOWN = "shown"
    HIT = "hit"


GROUND_NAMES: Final[dict[Ground, str]] = {
    Ground.VICTIM: "A victim",
    Ground.WITNESS: "A witness",
    Ground.COVERT: "Covert police",
    Ground.INTEGRITY: "An enquiry into misuse",
}
TRIP_NAMES: Final[dict[TripKind, str]] = {
    TripKind.ASKED: "Asked for by name",
    TripKind.SHOWN: "Shown by a search",
    TripKind.HIT: "Hit an entry of a list",
}
