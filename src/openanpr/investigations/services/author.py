"""Who acts in a service call: the account, the person as they stand, where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.actors import AuditActor
from openanpr.audit.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """The person behind a change. ``actor`` is as they stand at the moment of the call."""

    user: User
    actor: Actor
    origin: Origin = field(default_factory=Origin)

    def acting(self, roles: Iterable[Role]) -> AuditActor:
        """As the audit names them: in the first of ``roles`` that they hold, or in none."""
        held = [role for role in Role if role in set(roles) & self.actor.roles]
        return AuditActor.person(self.user, held[0].value if held else "")
