"""Who a person is at an instant: roles held, training, posting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Rank, Role, Training
from openanpr.accounts.models import LinkedIdentity, RoleHeld, TrainingRecord, User
from openanpr.web.person import Person

ANPR_COURSE: Final = "anpr-user"
"""The course that the access policy asks for; other courses are kept but open nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an account holds at one instant."""

    roles: frozenset[Role]
    ended_roles: frozenset[Role]
    training: Training
    training_expires_at: datetime | None


def standing_of(user: User, *, at: datetime) -> Standing:
    """Roles and training of ``user`` at ``at`` (aware), in two queries."""
    held = list(RoleHeld.objects.filter(user=user).values_list("role", "valid_from", "valid_to"))
    now = frozenset(
        Role(role) for role, start, end in held if start <= at and (end is None or at < end)
    )
    ended = frozenset(Role(role) for role, _, end in held if end is not None and end <= at)
    if not is_posted(user, at=at):
        ended, now = ended | now, frozenset()
    courses = TrainingRecord.objects.filter(user=user, course=ANPR_COURSE, passed_at__lte=at)
    newest = courses.order_by("-expires_at").values_list("expires_at", flat=True).first()
    return Standing(
        roles=now,
        ended_roles=ended - now,
        training=_training(newest, at=at),
        training_expires_at=newest,
    )


def standings_of(user_ids: Iterable[int], *, at: datetime) -> dict[int, Standing]:
    """As ``standing_of``, for many accounts in two queries, by account."""
    wanted = list(user_ids)
    now: dict[int, set[Role]] = {pk: set() for pk in wanted}
    ended: dict[int, set[Role]] = {pk: set() for pk in wanted}
    held = RoleHeld.objects.filter(user_id__in=wanted)
    for pk, role, start, end in held.values_list("user_id", "role", "valid_from", "valid_to"):
        if start <= at and (end is None or at < end):
            now[pk].add(Role(role))
        elif end is not None and end <= at:
            ended[pk].add(Role(role))
    courses = TrainingRecord.objects.filter(
        user_id__in=wanted, course=ANPR_COURSE, passed_at__lte=at
    )
    newest = dict(courses.order_by("expires_at").values_list("user_id", "expires_at"))
    return {
        pk: Standing(
            roles=frozenset(now[pk]),
            ended_roles=frozenset(ended[pk] - now[pk]),
            training=_training(newest.get(pk), at=at),
            training_expires_at=newest.get(pk),
        )
        for pk in wanted
    }


def _training(expires_at: datetime | None, *, at: datetime) -> Training:
    if expires_at is None:
        return Training.NONE
    return Training.VALID if at < expires_at else Training.LAPSED


def actor_of(user: User, *, at: datetime, standing: Standing | None = None) -> Actor:
    """``user`` as the access policy sees them at ``at``.

    A closed account holds no role, nor does one whose posting has ended.
    """
    standing = standing or standing_of(user, at=at)
    return Actor(
        person_id=user.person_id,
        user_id=str(user.pk),
        force=user.force.code,
        unit=user.unit.name,
        rank=Rank(user.rank),
        roles=standing.roles if user.is_active else frozenset(),
        training=standing.training,
        location_right=user.location_right,
        areas=frozenset({user.unit.area} if user.unit.area else ()),
        covert_right=user.covert_right,
        vetted=is_vetted(user, at=at),
    )


def is_vetted(user: User, *, at: datetime) -> bool:
    """Whether the vetting of ``user`` is in force at ``at``."""
    return user.vetted and (user.vetting_expires_at is None or at < user.vetting_expires_at)


def is_posted(user: User, *, at: datetime) -> bool:
    """Whether the posting of ``user`` lasts at ``at``."""
    return user.posting_ends_at is None or at < user.posting_ends_at


def person_of(user: User, *, standing: Standing) -> Person:
    """``user`` as pages show them."""
    return Person(
        user_id=user.pk,
        username=user.username,
        full_name=user.full_name,
        rank=user.get_rank_display(),
        force_name=user.force.name,
        unit_name=user.unit.name,
        roles=standing.roles,
        ended_roles=standing.ended_roles,
        training=standing.training,
        training_expires_at=standing.training_expires_at,
        location_right=user.location_right,
        theme=user.theme,
    )


def user_with_posting(user_id: int | str) -> User | None:
    """The account with force and unit loaded; ``None`` when there is none or it is not active.

    Without the password's hash and the mail address, which the live process may not read.
    """
    accounts = User.objects.select_related("force", "unit").defer("password", "email")
    return accounts.filter(pk=user_id, is_active=True).first()


def users_with_posting(user_ids: Iterable[int]) -> list[User]:
    """As ``user_with_posting``, for many accounts in one query; unknown ones are left out."""
    accounts = User.objects.select_related("force", "unit").defer("password", "email")
    return list(accounts.filter(pk__in=list(user_ids), is_active=True))


def user_by_name(username: str) -> User | None:
    """The account of this user name, whatever its case and state."""
    return (
        User.objects.select_related("force", "unit")
        .filter(username=username.strip().lower())
        .first()
    )


def user_of_identity(*, issuer: str, subject: str) -> User | None:
    """The account that an identity of the force's own sign-in is linked to; closed ones too."""
    found = LinkedIdentity.objects.filter(issuer=issuer, subject=subject, ended_at__isnull=True)
    return User.objects.filter(identities__in=found).first()


def is_linked(user: User) -> bool:
    """Whether ``user`` can come in by the force's own sign-in."""
    return LinkedIdentity.objects.filter(user=user, ended_at__isnull=True).exists()


def holders_of(role: Role, *, at: datetime) -> QuerySet[User]:
    """The active accounts that hold ``role`` at ``at``."""
    period = Q(roles_held__valid_from__lte=at) & (
        Q(roles_held__valid_to__isnull=True) | Q(roles_held__valid_to__gt=at)
    )
    posted = Q(posting_ends_at__isnull=True) | Q(posting_ends_at__gt=at)
    return User.objects.filter(period, posted, roles_held__role=role, is_active=True).distinct()
