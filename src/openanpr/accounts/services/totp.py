"""The second factor: codes of an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 s)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.usersessions.models import UserSession
from django.db import transaction

from openanpr.accounts.models import User
from openanpr.accounts.services.rights import require_another_person
from openanpr.accounts.signals import proof_replaced
from openanpr.audit.services import AuditActor, record_event

PERIOD_SECONDS = 30


@transaction.atomic
def create_totp(*, user: User, by: AuditActor, at: datetime, secret: str | None = None) -> str:
    """Give ``user`` a secret (base 32; a fresh one of 160 bits unless given) and return it.

    For accounts made with their second factor; people otherwise set it up at first sign-in.
    """
    secret = secret or generate_totp_secret()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    record_event(
        verb="authenticator.change",
        actor=by,
        at=at,
        subject=f"account:{user.username}",
        payload={"what": "an authenticator was issued"},
    )
    return secret


@transaction.atomic
def reset_second_factor(*, user: User, by: AuditActor, at: datetime, reason: str) -> None:
    """Take the second factor away, for somebody who lost it: the next sign-in sets up a new one.

    Every session of the account ends: whoever found the factor may be in one of them.
    """
    require_another_person(user, by)
    Authenticator.objects.filter(user=user).delete()
    for one in UserSession.objects.filter(user=user):
        one.end()
    proof_replaced.send(sender=User, user=user, at=at, reason="its second factor was taken away")
    record_event(
        verb="authenticator.change",
        actor=by,
        at=at,
        subject=f"account:{user.username}",
        reason=reason,
        payload={"what": "the second factor was taken away"},
    )


def code_at(secret: str, *, at: datetime) -> str:
    """The code that an authenticator shows at ``at``."""
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // PERIOD_SECONDS)))


def secret_of(user: User) -> str | None:
    """The secret of an account, decrypted; ``None`` before set-up. For demonstrations only."""
    from allauth.mfa.utils import decrypt

    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return decrypt(found.data["secret"]) if found is not None else None
