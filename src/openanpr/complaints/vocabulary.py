"""The words of a complaint's life. Their values are what is stored."""

from enum import StrEnum
from typing import Final

from openanpr.access.vocabulary import Role


class Channel(StrEnum):
    """How a complaint came."""

    ONLINE = "online"
    POST = "post"
    EMAIL = "email"
    TELEPHONE = "telephone"
    COUNTER = "counter"


class About(StrEnum):
    """What it is about, as the complainant says."""

    STOPPED = "stopped"
    MISREAD = "misread"
    CLONE = "clone"
    LOOKED = "looked"
    ANSWER = "answer"
    CAMERA = "camera"
    OTHER = "other"


class State(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    OPEN = "open"
    WITH_STANDARDS = "with-standards"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    PARTLY = "partly-upheld"
    NOT_UPHELD = "not-upheld"
    EXPLAINED = "explained"


class LinkKind(StrEnum):
    """What in the system a complaint concerns."""

    READ = "read"
    ALERT = "alert"
    SEARCH = "search"


class LetterKind(StrEnum):
    """The letters that are written."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PROGRESS = "progress"
    OUTCOME = "outcome"


CHANNEL_NAMES: Final[dict[Channel, str]] = {
    Channel.POST: "By post",
    Channel.EMAIL: "By e-mail",
    Channel.TELEPHONE: "By telephone",
    Channel.COUNTER: "At a counter",
    Channel.ONLINE: "On the public pages",
}
ABOUT_NAMES: Final[dict[About, str]] = {
    About.STOPPED: "I was stopped by mistake",
    About.MISREAD: "My number plate was read wrongly",
    About.CLONE: "Somebody uses a copy of my number plate",
    About.LOOKED: "Somebody looked at records who should not have",
    About.ANSWER: "A request of mine was not answered, or not rightly",
    About.CAMERA: "A camera, or where one is",
    About.OTHER: "Something else",
}
STATE_NAMES: Final[dict[State, str]] = {
    State.RECEIVED: "To acknowledge",
    State.OPEN: "Being looked into",
    State.WITH_STANDARDS: "With professional standards",
    State.ANSWERED: "Answered",
    State.WITHDRAWN: "Withdrawn",
}
OUTCOME_NAMES: Final[dict[Outcome, str]] = {
    Outcome.UPHELD: "Upheld: we were wrong",
    Outcome.PARTLY: "Partly upheld",
    Outcome.NOT_UPHELD: "Not upheld",
    Outcome.EXPLAINED: "Explained: nothing to uphold",
}
LINK_NAMES: Final[dict[LinkKind, str]] = {
    LinkKind.ALERT: "Alert",
    LinkKind.SEARCH: "Search",
    LinkKind.READ: "Read",
}
LETTER_NAMES: Final[dict[LetterKind, str]] = {
    LetterKind.ACKNOWLEDGEMENT: "Acknowledgement",
    LetterKind.PROGRESS: "How far we have come",
    LetterKind.OUTCOME: "What we found",
}

DESK: Final = frozenset({Role.RIGHTS_OFFICER, Role.DATA_PROTECTION_OFFICER})
"""Who handles complaints."""
STANDARDS: Final = frozenset({Role.PROFESSIONAL_STANDARDS})
HANDLING: Final = DESK | STANDARDS
CLOSED: Final = frozenset({State.ANSWERED, State.WITHDRAWN})
