"""The second factors of an account: an authenticator app, and passkeys."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from openanpr.accounts.models import User

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor. Recovery codes stand in for one and are none."""


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """The second factors that ``user`` has set up, oldest first."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    return found.order_by("created_at", "pk")


def passkeys_of(user: User) -> "QuerySet[Authenticator]":
    """The passkeys of ``user``, oldest first."""
    return factors_of(user).filter(type=Authenticator.Type.WEBAUTHN)


def has_factor(user: User) -> bool:
    """Whether ``user`` has set up any second factor."""
    return bool(factors_of(user).exists())


def has_app(user: User) -> bool:
    """Whether ``user`` has set up an authenticator app."""
    return bool(factors_of(user).filter(type=Authenticator.Type.TOTP).exists())
