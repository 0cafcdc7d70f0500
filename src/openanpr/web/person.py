"""Who is signed in, as pages show them: plain facts, no model."""

from dataclasses import dataclass, field
from datetime import datetime

from openanpr.access.vocabulary import Role, Training

ROLE_NAMES: dict[Role, str] = {
    Role.ALERT_USER: "Alert user",
    Role.SEARCHER: "Searcher",
    Role.ANALYST: "Analyst",
    Role.LIST_MANAGER: "List manager",
    Role.AUTHORISER: "Authorising officer",
    Role.SYSTEM_MANAGER: "System manager",
    Role.AUDITOR: "Auditor",
    Role.DATA_PROTECTION_OFFICER: "Data protection officer",
    Role.CAMERA_MANAGER: "Camera manager",
    Role.RIGHTS_OFFICER: "Rights officer",
    Role.ACCURACY_CHECKER: "Accuracy checker",
    Role.PROFESSIONAL_STANDARDS: "Professional standards",
}
"""The roles as people call them."""

SHORT = 2
"""How many roles the header names."""


def role_names(roles: frozenset[Role]) -> list[str]:
    """The names of ``roles`` in the order of the vocabulary."""
    return [ROLE_NAMES[role] for role in Role if role in roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A signed-in person at the moment of the request.

    ``roles`` are those held now; ``ended_roles`` those that ran out. ``training_expires_at`` is the
    end of the newest training record, past or future; ``None`` where there is no record.
    """

    user_id: int
    username: str
    full_name: str
    rank: str
    force_name: str
    unit_name: str
    roles: frozenset[Role]
    ended_roles: frozenset[Role] = field(default_factory=frozenset)
    training: Training = Training.NONE
    training_expires_at: datetime | None = None
    location_right: bool = False
    theme: str = "day"

    @property
    def role_names(self) -> list[str]:
        """The names of the roles held now."""
        return role_names(self.roles)

    @property
    def roles_in_short(self) -> str:
        """The roles for the narrow header: two by name, the others counted."""
        names = self.role_names
        if len(names) <= SHORT:
            return ", ".join(names) or "No role"
        return f"{', '.join(names[:SHORT])} and {len(names) - SHORT} more"
