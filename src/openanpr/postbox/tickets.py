"""The ticket in a form: when it was opened, and the number under which it can be sent once.

Signed, so that no program makes one up; it names nobody and needs no cookie.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.core import signing

from openanpr.wire.ids import uuid7

LEAST: Final = timedelta(seconds=3)
"""Nobody fills in a form in less."""
LONGEST: Final = timedelta(hours=24)


class Fault(StrEnum):
    """Why a form is not taken as it came."""

    FORGED = "forged"
    TOO_FAST = "too-fast"
    TOO_OLD = "too-old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """``id`` is the form's own: sent twice, it is still one form."""

    id: uuid.UUID
    purpose: str
    opened_at: datetime

    @property
    def signed(self) -> str:
        """As it stands in the page."""
        values = {"id": str(self.id), "at": self.opened_at.isoformat(), "for": self.purpose}
        return signing.dumps(values, salt=__name__)


def new_ticket(purpose: str, *, at: datetime) -> Ticket:
    """For a form that is opened now."""
    return Ticket(id=uuid7(), purpose=purpose, opened_at=at)


def read_ticket(text: str, purpose: str, *, at: datetime) -> Ticket | Fault:
    """The ticket that came with a form, or what is wrong with it."""
    try:
        values = signing.loads(text, salt=__name__)
        ticket = Ticket(
            id=uuid.UUID(values["id"]),
            purpose=values["for"],
            opened_at=datetime.fromisoformat(values["at"]),
        )
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Fault.FORGED
    age = at - ticket.opened_at
    if ticket.purpose != purpose or age < timedelta(0):
        return Fault.FORGED
    return Fault.TOO_OLD if age > LONGEST else ticket


def too_fast(ticket: Ticket, *, at: datetime) -> bool:
    """Whether the form was sent sooner than a person can."""
    return at - ticket.opened_at < LEAST
