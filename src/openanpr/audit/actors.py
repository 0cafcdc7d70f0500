"""Who did it: a person in a role, a named process, or somebody who could not be recognised."""

from dataclasses import dataclass
from typing import Literal, Protocol


class Person(Protocol):
    """What the audit needs of an account; ``openanpr.accounts.models.User`` has it."""

    username: str
    person_id: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditActor:
    """The author of an event. Make one with ``person``, ``system`` or ``unknown``."""

    kind: Literal["person", "system", "unknown"]
    person_id: str = ""
    account: str = ""
    name: str = ""
    role: str = ""

    @classmethod
    def person(cls, user: Person, role: str = "") -> "AuditActor":
        """``user`` acting in ``role`` (an ``access.Role`` value; empty where none was needed)."""
        return cls(
            kind="person",
            person_id=user.person_id,
            account=user.username,
            name=user.full_name,
            role=str(role),
        )

    @classmethod
    def system(cls, process: str) -> "AuditActor":
        """A process or job that acts by itself, by its name: ``ingest``, ``retention``."""
        return cls(kind="system", account=process, name=process)

    @classmethod
    def unknown(cls, claimed: str = "") -> "AuditActor":
        """Nobody that we know: a failed sign-in, with the user name that was claimed."""
        return cls(kind="unknown", account=claimed[:150], name="")
