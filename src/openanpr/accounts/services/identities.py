"""Linking accounts to the identities of the force's own sign-in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from openanpr.accounts.models import LinkedIdentity, User
from openanpr.accounts.services.people import subject_of
from openanpr.accounts.services.rights import require_another_person
from openanpr.audit.services import AuditActor, record_event


class IdentityTakenError(ValueError):
    """Another account is linked to this identity."""


@transaction.atomic
def link_identity(*, user: User, subject: str, by: AuditActor, at: datetime) -> LinkedIdentity:
    """``user`` comes in as ``subject`` of the provider that the settings name; an earlier one ends.

    Raises ``IdentityTakenError``.
    """
    require_another_person(user, by)
    issuer = str(settings.SETTINGS.oidc_issuer or "").rstrip("/")
    open_ones = LinkedIdentity.objects.filter(ended_at__isnull=True)
    if open_ones.filter(issuer=issuer, subject=subject).exclude(user=user).exists():
        raise IdentityTakenError
    open_ones.filter(user=user).update(ended_at=at)
    linked = LinkedIdentity.objects.create(
        user=user,
        issuer=issuer,
        subject=subject,
        linked_by=by.person_id or by.account,
        linked_at=at,
    )
    record_event(
        verb="identity.link",
        actor=by,
        at=at,
        subject=subject_of(user),
        payload={"issuer": issuer, "identity": subject},
    )
    return linked
