"""Taking an authorisation back before it runs out."""

from datetime import datetime

from django.db import transaction

from openanpr.access.vocabulary import Role
from openanpr.audit.services import record_event
from openanpr.investigations.models import AuthorisationGrant
from openanpr.investigations.services.author import Author


@transaction.atomic
def revoke(*, author: Author, grant: AuthorisationGrant, reason: str, at: datetime) -> bool:
    """Nothing more is opened by the grant from ``at`` on. ``False`` where it was over already."""
    in_force = AuthorisationGrant.objects.filter(
        pk=grant.pk, revoked_at__isnull=True, expires_at__gt=at
    )
    if not in_force.update(revoked_at=at):
        return False
    record_event(
        verb="grant.revoke",
        actor=author.acting({Role.AUTHORISER}),
        at=at,
        subject=f"authorisation-request:{grant.request_id}",
        investigation=grant.investigation.reference,
        reason=reason,
        payload={"grant": str(grant.pk)},
        **author.origin,
    )
    return True
