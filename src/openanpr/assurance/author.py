"""Who writes in the records of assurance."""

from dataclasses import dataclass

from django.http import HttpRequest

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.actors import AuditActor
from openanpr.web.request import require_actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person, as records and the audit name them."""

    person_id: str
    name: str
    force: str
    acting: AuditActor


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written, in a sentence for the screen."""

    reason: str


def author_of(request: HttpRequest, roles: frozenset[Role]) -> Author:
    """The signed-in person, acting in one of these roles that they hold."""
    user, actor = request.user, require_actor(request)
    if not isinstance(user, User):
        raise PermissionError("a record was written by nobody who is signed in")
    return Author(
        person_id=user.person_id,
        name=user.full_name,
        force=actor.force,
        acting=AuditActor.person(user, min(actor.roles & roles)),
    )
