"""The words of information requests: kinds, ways in, states, outcomes and grounds."""

from enum import StrEnum
from typing import Final

from openanpr.access.vocabulary import Role

HANDLING: Final = frozenset({Role.RIGHTS_OFFICER})
"""The roles that see and handle information requests."""


class Kind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    FOI = "foi"

    @property
    def is_personal(self) -> bool:
        """Whether it is about the person who asks, who must then be known."""
        return self is not Kind.FOI


KIND_NAMES: Final = {
    Kind.ACCESS: "A copy of what you hold about me",
    Kind.RECTIFICATION: "Correct something that is wrong",
    Kind.ERASURE: "Delete what you should not hold",
    Kind.RESTRICTION: "Stop using something while it is looked into",
    Kind.FOI: "Information about what the force does",
}
"""Kinds as the person who asks would say them."""

DESK_NAMES: Final = {
    Kind.ACCESS: "Subject access",
    Kind.RECTIFICATION: "Rectification",
    Kind.ERASURE: "Erasure",
    Kind.RESTRICTION: "Restriction",
    Kind.FOI: "Freedom of information",
}


class Channel(StrEnum):
    """How a request came in."""

    WEB = "web"
    POST = "post"
    EMAIL = "email"
    TELEPHONE = "telephone"
    COUNTER = "counter"


CHANNEL_NAMES: Final = {
    Channel.WEB: "Public form",
    Channel.POST: "Post",
    Channel.EMAIL: "E-mail",
    Channel.TELEPHONE: "Telephone",
    Channel.COUNTER: "Counter",
}


class RequestState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IDENTITY = "identity"
    OPEN = "open"
    CLARIFICATION = "clarification"
    DECIDED = "decided"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Final = {
    RequestState.RECEIVED: "Received",
    RequestState.IDENTITY: "Waiting for proof of identity",
    RequestState.OPEN: "Being dealt with",
    RequestState.CLARIFICATION: "Waiting for clarification",
    RequestState.DECIDED: "Decided, reply to be made",
    RequestState.REPLIED: "Replied",
    RequestState.WITHDRAWN: "Withdrawn",
}
CLOSED: Final = frozenset({RequestState.REPLIED, RequestState.WITHDRAWN})


class Outcome(StrEnum):
    """What is decided."""

    FULL = "full"
    PART = "part"
    NOTHING = "nothing"
    NEITHER = "neither"
    REFUSED = "refused"


OUTCOME_NAMES: Final = {
    Outcome.FULL: "Granted in full",
    Outcome.PART: "Granted in part, the rest held back on a ground",
    Outcome.NOTHING: "We hold nothing, or there is nothing to do",
    Outcome.NEITHER: "Neither confirm nor deny",
    Outcome.REFUSED: "Refused on a ground",
}
NEEDS_GROUND: Final = frozenset({Outcome.PART, Outcome.NEITHER, Outcome.REFUSED})
GIVES: Final = frozenset({Outcome.FULL, Outcome.PART})
"""Outcomes whose reply may hold reads."""


class Ground(StrEnum):
    """Why something is held back. The law stands beside each in ``GROUND_NAMES``."""

    INQUIRY = "inquiry"
    CRIME = "crime"
    PUBLIC_SECURITY = "public-security"
    NATIONAL_SECURITY = "national-security"
    OTHERS = "others"
    UNFOUNDED = "unfounded"
    FOI_SECURITY = "foi-security"
    FOI_LAW_ENFORCEMENT = "foi-law-enforcement"
    FOI_PERSONAL = "foi-personal"
    FOI_COST = "foi-cost"
    FOI_PUBLISHED = "foi-published"


GROUND_NAMES: Final = {
    Ground.INQUIRY: "To avoid obstructing an inquiry (DPA 2018 s.45(4))",
    Ground.CRIME: "To avoid prejudicing the prevention or detection of crime (DPA 2018 s.45(4))",
    Ground.PUBLIC_SECURITY: "To protect public security (DPA 2018 s.45(4))",
    Ground.NATIONAL_SECURITY: "To protect national security (DPA 2018 s.45(4))",
    Ground.OTHERS: "To protect the rights and freedoms of others (DPA 2018 s.45(4))",
    Ground.UNFOUNDED: "Manifestly unfounded or excessive (DPA 2018 s.53)",
    Ground.FOI_SECURITY: "National security (FOIA s.24)",
    Ground.FOI_LAW_ENFORCEMENT: "Law enforcement (FOIA s.31)",
    Ground.FOI_PERSONAL: "Personal data (FOIA s.40)",
    Ground.FOI_COST: "Cost above the limit (FOIA s.12)",
    Ground.FOI_PUBLISHED: "Already published (FOIA s.21)",
}
PERSONAL_GROUNDS: Final = (
    Ground.INQUIRY,
    Ground.CRIME,
    Ground.PUBLIC_SECURITY,
    Ground.NATIONAL_SECURITY,
    Ground.OTHERS,
    Ground.UNFOUNDED,
)


def grounds_for(kind: Kind) -> tuple[Ground, ...]:
    """The grounds that may be given to a request of this kind."""
    if kind.is_personal:
        return PERSONAL_GROUNDS
    return tuple(one for one in Ground if one not in PERSONAL_GROUNDS)
