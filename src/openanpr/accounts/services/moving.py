"""People who move: a posting ends, the next begins, and roles go along or end."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from openanpr.access.decide import takes_two_people
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Appointment, Rank, Role
from openanpr.accounts.models import RoleHeld, User
from openanpr.accounts.queries import is_posted
from openanpr.accounts.services.people import subject_of
from openanpr.accounts.services.rights import end_role, require_another_person
from openanpr.audit.services import AuditActor, record_event
from openanpr.forces.models import Unit
from openanpr.policy.queries import profile_in_force


class OtherForceError(ValueError):
    """A unit of another force: there, the person joins anew."""


def open_roles(user: User, *, at: datetime) -> list[RoleHeld]:
    """The roles that ``user`` was given and that have not ended, whether the posting has or not."""
    held = RoleHeld.objects.filter(user=user, valid_from__lte=at).exclude(valid_to__lte=at)
    return list(held.select_related("user").order_by("role"))


def given_anew(
    roles: Iterable[Role], *, user: User, rank: Rank, profile: Profile, at: datetime
) -> frozenset[Role]:
    """Those of ``roles`` that don't go along, because two people must give them again.

    A role that two people gave was given at a rank and for a posting: another rank would make more
    of it, and a posting that ended had taken it away.
    """
    if rank.value == user.rank and is_posted(user, at=at):
        return frozenset()
    return frozenset(
        role for role in roles if takes_two_people(act=Appointment.ROLE, role=role, profile=profile)
    )


@transaction.atomic
def move_person(
    *,
    user: User,
    unit: Unit,
    rank: Rank,
    posting_ends_at: datetime | None,
    keep: frozenset[Role],
    by: AuditActor,
    at: datetime,
    reason: str,
) -> frozenset[Role]:
    """Post ``user`` to ``unit`` from ``at`` on; the roles that ended with the move.

    Roles outside ``keep`` end, and those that two people must give anew. Raises ``OwnAccountError``
    and ``OtherForceError``.
    """
    require_another_person(user, by)
    if unit.force_id != user.force_id:
        raise OtherForceError
    held = open_roles(user, at=at)
    anew = given_anew(
        {Role(one.role) for one in held},
        user=user,
        rank=rank,
        profile=profile_in_force(at=at),
        at=at,
    )
    ended = [one for one in held if Role(one.role) not in keep - anew]
    for one in ended:
        end_role(held=one, by=by, at=at, reason=f"moved: {reason}")
    was = (user.unit.name, user.rank)
    user.unit, user.rank, user.posting_ends_at = unit, rank.value, posting_ends_at
    user.save(update_fields=["unit", "rank", "posting_ends_at"])
    record_event(
        verb="account.move",
        actor=by,
        at=at,
        subject=subject_of(user),
        reason=reason,
        payload={
            "unit_before": was[0],
            "rank_before": was[1],
            "unit": unit.name,
            "rank": rank.value,
            "posting_ends_at": posting_ends_at.isoformat() if posting_ends_at else "",
            "roles_ended": sorted(one.role for one in ended),
        },
    )
    return frozenset(Role(one.role) for one in ended)
