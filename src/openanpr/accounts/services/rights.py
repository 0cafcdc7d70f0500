"""What an account holds: roles by posting, and training. Nobody changes their own."""

from datetime import datetime

from django.db import transaction

from openanpr.access.changes import role_conflicts
from openanpr.access.rules import Findings
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.audit.services import AuditActor, record_event
from openanpr.policy.queries import NoProfileError, profile_in_force


class OwnAccountError(ValueError):
    """A person tried to change what they hold themselves, in this or another of their accounts."""


class RolesConflictError(ValueError):
    """One person may not hold these roles together, in one account or in several."""


def require_another_person(user: User, by: AuditActor) -> None:
    """``OwnAccountError`` where the author is the person whose account it is."""
    if by.person_id and by.person_id == user.person_id:
        raise OwnAccountError("another person must do this: it concerns your own account")


def give_role(
    *, user: User, role: Role, by: AuditActor, at: datetime, valid_to: datetime | None = None
) -> RoleHeld:
    """``user`` holds ``role`` from ``at``. Giving one that is held already changes nothing.

    Raises ``RolesConflictError``, audited, where the profile keeps it from a role that the person
    holds, or will hold, in any of their accounts.
    """
    require_another_person(user, by)
    with transaction.atomic():
        conflicts = _conflicts(user, role, at=at)
        if not conflicts:
            return _give(user=user, role=role, by=by, at=at, valid_to=valid_to)
    refuse_conflicts(user=user, role=role, by=by, at=at)
    raise RolesConflictError


def refuse_conflicts(*, user: User, role: Role, by: AuditActor, at: datetime) -> None:
    """``RolesConflictError``, audited, for a role that ``user`` can't hold beside another."""
    with transaction.atomic():
        conflicts = _conflicts(user, role, at=at)
        if not conflicts:
            return
        record_event(
            verb="role.refuse",
            actor=by,
            at=at,
            subject=f"account:{user.username}",
            decision="deny",
            reasons=[str(one.reason) for one in conflicts],
            payload={"role_given": role.value},
        )
    raise RolesConflictError("one person may not hold these roles together")


def _conflicts(user: User, role: Role, *, at: datetime) -> Findings:
    try:
        profile = profile_in_force(at=at)
    except NoProfileError:  # no role opens anything before there is a profile
        return ()
    # Two managers at once must not give what neither would give after the other.
    persons = User.objects.select_for_update().filter(person_id=user.person_id).order_by("pk")
    accounts = list(persons.values_list("pk", flat=True))
    held = RoleHeld.objects.filter(user__in=accounts).exclude(valid_to__lte=at)
    roles = {Role(one) for one in held.values_list("role", flat=True)}
    return role_conflicts(roles=roles | {role}, profile=profile)


def _give(
    *, user: User, role: Role, by: AuditActor, at: datetime, valid_to: datetime | None
) -> RoleHeld:
    held = RoleHeld.objects.filter(user=user, role=role.value, valid_to__isnull=True).first()
    if held is not None:
        return held
    held = RoleHeld.objects.create(user=user, role=role.value, valid_from=at, valid_to=valid_to)
    record_event(
        verb="role.give",
        actor=by,
        at=at,
        subject=f"account:{user.username}",
        payload={
            "role_given": role.value,
            "valid_to": valid_to.isoformat() if valid_to is not None else "",
        },
    )
    return held


@transaction.atomic
def end_role(*, held: RoleHeld, by: AuditActor, at: datetime, reason: str) -> None:
    """The role ends at ``at``: the next request of its holder finds it gone."""
    require_another_person(held.user, by)
    held.valid_to = max(at, held.valid_from)
    held.save(update_fields=["valid_to"])
    record_event(
        verb="role.end",
        actor=by,
        at=at,
        subject=f"account:{held.user.username}",
        reason=reason,
        payload={"role_ended": held.role},
    )


@transaction.atomic
def record_training(
    *,
    user: User,
    course: str,
    passed_at: datetime,
    expires_at: datetime,
    by: AuditActor,
    at: datetime,
    certificate: str = "",
) -> TrainingRecord:
    """A course that ``user`` passed (``queries.ANPR_COURSE`` is the one the policy asks for)."""
    require_another_person(user, by)
    record = TrainingRecord.objects.create(
        user=user,
        course=course,
        passed_at=passed_at,
        expires_at=expires_at,
        certificate=certificate,
    )
    record_event(
        verb="training.record",
        actor=by,
        at=at,
        subject=f"account:{user.username}",
        payload={
            "course": course,
            "expires_at": expires_at.isoformat(),
            "certificate": certificate,
        },
    )
    return record


@transaction.atomic
def lapse_training(*, record: TrainingRecord, by: AuditActor, at: datetime, reason: str) -> None:
    """The training ends at ``at``, before its time."""
    require_another_person(record.user, by)
    record.expires_at = max(at, record.passed_at)
    record.save(update_fields=["expires_at"])
    record_event(
        verb="training.lapse",
        actor=by,
        at=at,
        subject=f"account:{record.user.username}",
        reason=reason,
        payload={"course": record.course},
    )
