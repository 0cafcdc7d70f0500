"""Passkeys: taking one away. (They are made through allauth; ``sign_in`` audits that.)"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from openanpr.accounts.factors import factors_of
from openanpr.accounts.models import User
from openanpr.accounts.services.people import subject_of
from openanpr.audit.services import AuditActor, record_event


class LastFactorError(ValueError):
    """It is the only second factor of the account; only another person takes that away."""


@transaction.atomic
def remove_passkey(*, passkey: Authenticator, user: User, by: AuditActor, at: datetime) -> None:
    """Take a passkey of ``user`` away. Raises ``LastFactorError``."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once must not take the last two
    if not factors_of(user).exclude(pk=passkey.pk).exists():
        raise LastFactorError
    passkey.delete()
    record_event(
        verb="authenticator.change",
        actor=by,
        at=at,
        subject=subject_of(user),
        payload={"what": "a passkey was taken away by its owner"},
    )
