"""The words of investigations and authorisations, as stored and shown."""

from enum import StrEnum
from typing import Final

from openanpr.access.vocabulary import Category, Role


class InvestigationState(StrEnum):
    """An investigation is open or closed; only an open one is searched for."""

    OPEN = "open"
    CLOSED = "closed"


class RequestState(StrEnum):
    """Where a request for an authorisation stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


CATEGORY_NAMES: Final[dict[Category, str]] = {
    Category.OTHER_LEGITIMATE: "Another legitimate purpose",
    Category.PRIORITY_AND_VOLUME: "Priority and volume crime",
    Category.SERIOUS: "Serious crime",
    Category.MAJOR: "Major crime",
    Category.COUNTER_TERRORISM: "Counter-terrorism",
}
"""The categories that an investigation may have, as people call them."""

INVESTIGATING: Final = frozenset({Role.SEARCHER, Role.ANALYST})
"""The roles whose work is investigations."""


class HoldGround(StrEnum):
    """Why reads are kept past retention. Deletion certificates name it."""

    RELEVANT_MATERIAL = "relevant-material"
    EXHIBIT = "exhibit"
    COMPLAINT = "complaint"
    COURT_ORDER = "court-order"


GROUND_NAMES: Final[dict[HoldGround, str]] = {
    HoldGround.RELEVANT_MATERIAL: "Relevant material of a criminal investigation (CPIA 1996)",
    HoldGround.EXHIBIT: "Exhibit in proceedings",
    HoldGround.COMPLAINT: "Complaint or claim about police conduct",
    HoldGround.COURT_ORDER: "Order of a court",
}
