"""One-time links: how a person takes a new account over without anybody knowing the password."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from openanpr.accounts.models import Enrolment, User
from openanpr.accounts.services.people import subject_of
from openanpr.accounts.services.rights import require_another_person
from openanpr.accounts.signals import proof_replaced
from openanpr.audit.services import AuditActor, record_event

LASTS: Final = timedelta(hours=72)


class EnrolmentRefusedError(ValueError):
    """The code is unknown, used, replaced or too old; the answer is the same for all of them."""


def digest_of(code: str) -> str:
    """What is stored of a code."""
    return sha256(code.strip().encode()).hexdigest()


@transaction.atomic
def issue_enrolment(*, user: User, by: AuditActor, at: datetime, reason: str) -> str:
    """A fresh code (256 random bits) for ``user``, good once within ``LASTS``; earlier ones end.

    The code is returned and kept nowhere. Nobody issues one for themselves.
    """
    require_another_person(user, by)
    Enrolment.objects.filter(user=user, ended_at__isnull=True).update(ended_at=at)
    code = secrets.token_urlsafe(32)
    expires_at = at + LASTS
    Enrolment.objects.create(
        user=user,
        code_digest=digest_of(code),
        made_by=by.person_id or by.account,
        made_at=at,
        expires_at=expires_at,
    )
    record_event(
        verb="enrolment.issue",
        actor=by,
        at=at,
        subject=subject_of(user),
        reason=reason,
        payload={"expires_at": expires_at.isoformat()},
    )
    return code


def enrolment_of(code: str, *, at: datetime) -> Enrolment | None:
    """The link that ``code`` still opens at ``at``."""
    return (
        Enrolment.objects.select_related("user")
        .filter(
            code_digest=digest_of(code),
            ended_at__isnull=True,
            expires_at__gt=at,
            user__is_active=True,
        )
        .first()
    )


@transaction.atomic
def use_enrolment(*, code: str, password: str, at: datetime) -> User:
    """Set the password and end the link.

    Raises ``ValidationError`` for a weak password (the link stays good) and
    ``EnrolmentRefusedError`` for a code that opens nothing.
    """
    found = enrolment_of(code, at=at)
    if found is None:
        raise EnrolmentRefusedError
    validate_password(password, found.user)
    # Two requests with one code: the second finds nothing left to end.
    open_still = Enrolment.objects.filter(pk=found.pk, ended_at__isnull=True)
    if not open_still.update(ended_at=at):
        raise EnrolmentRefusedError
    found.user.set_password(password)
    found.user.save(update_fields=["password"])
    proof_replaced.send(
        sender=User, user=found.user, at=at, reason="its password was set by a one-time link"
    )
    record_event(
        verb="enrolment.use",
        actor=AuditActor.person(found.user),
        at=at,
        subject=subject_of(found.user),
    )
    return found.user
