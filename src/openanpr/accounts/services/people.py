"""Accounts: making and closing them."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from openanpr.access.vocabulary import Rank
from openanpr.accounts.managers import normalise_username
from openanpr.accounts.models import RoleHeld, User
from openanpr.accounts.services.rights import require_another_person
from openanpr.audit.services import AuditActor, record_event
from openanpr.forces.models import Force, Unit


@transaction.atomic
def create_account(
    *,
    username: str,
    password: str | None,
    person_id: str,
    full_name: str,
    force: Force,
    unit: Unit,
    rank: Rank,
    by: AuditActor,
    at: datetime,
    email: str = "",
    location_right: bool = False,
    covert_right: bool = False,
    posting_ends_at: datetime | None = None,
    vetting_expires_at: datetime | None = None,
) -> User:
    """A new account without any role. ``ValidationError`` for a weak password or a taken name.

    ``password`` is ``None`` where the person sets it by a one-time link (``services.enrolment``).
    """
    user = User(
        username=normalise_username(username),
        person_id=person_id,
        full_name=full_name,
        email=email,
        force=force,
        unit=unit,
        rank=Rank(rank).value,
        location_right=location_right,
        covert_right=covert_right,
        posting_ends_at=posting_ends_at,
        vetting_expires_at=vetting_expires_at,
    )
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    record_event(
        verb="account.create",
        actor=by,
        at=at,
        subject=subject_of(user),
        payload={"person": person_id, "unit": f"{force.code}/{unit.name}", "rank": user.rank},
    )
    return user


@transaction.atomic
def deactivate_account(*, user: User, by: AuditActor, at: datetime, reason: str) -> None:
    """Close an account: its sessions end at their next request, its roles end now."""
    require_another_person(user, by)
    User.objects.filter(pk=user.pk).update(is_active=False)
    RoleHeld.objects.filter(user=user, valid_to__isnull=True, valid_from__lte=at).update(
        valid_to=at
    )
    RoleHeld.objects.filter(user=user, valid_to__gt=at, valid_from__lte=at).update(valid_to=at)
    user.is_active = False
    record_event(
        verb="account.deactivate", actor=by, at=at, subject=subject_of(user), reason=reason
    )


def set_theme(*, user: User, theme: str) -> None:
    """How pages look to this person: a preference, so no event. ``ValueError`` if unknown."""
    if theme not in User.Theme.values:
        raise ValueError(f"no theme is called {theme!r}")
    User.objects.filter(pk=user.pk).update(theme=theme)


def subject_of(user: User) -> str:
    """The reference under which the audit knows an account."""
    return f"account:{user.username}"
