"""Putting a profile in force."""

from datetime import datetime

from django.db import transaction

from openanpr.access.profiles import parse_profile, shipped_profile, shipped_toml
from openanpr.audit.services import AuditActor, record_event
from openanpr.policy.models import ProfileVersion
from openanpr.policy.queries import digest_of


def install_shipped_profile(
    *,
    name: str,
    actor: AuditActor,
    proposed_by: str,
    approved_by: str,
    takes_effect_at: datetime,
    at: datetime,
    reason: str,
    using: str = "default",
) -> ProfileVersion:
    """Put a profile that comes with the program in force at ``takes_effect_at``.

    ``proposed_by`` and ``approved_by`` are the ids of two different persons; the database refuses
    one person twice with ``IntegrityError``. Raises ``access.profiles.ProfileError`` for an
    unknown name.
    """
    shipped_profile(name)
    return install_profile(
        toml=shipped_toml(name),
        source=name,
        actor=actor,
        proposed_by=proposed_by,
        approved_by=approved_by,
        takes_effect_at=takes_effect_at,
        at=at,
        reason=reason,
        using=using,
    )


def install_profile(
    *,
    toml: str,
    source: str,
    actor: AuditActor,
    proposed_by: str,
    approved_by: str,
    takes_effect_at: datetime,
    at: datetime,
    reason: str,
    using: str = "default",
) -> ProfileVersion:
    """Put a checked table in force; as ``install_shipped_profile``, for any table.

    ``source`` names the table in errors (``ProfileError``).
    """
    profile = parse_profile(toml, source=source)
    with transaction.atomic(using=using):
        version = ProfileVersion.objects.using(using).create(
            name=profile.name,
            version=profile.version,
            toml=toml,
            digest=digest_of(toml),
            takes_effect_at=takes_effect_at,
            proposed_by=proposed_by,
            approved_by=approved_by,
            reason=reason,
        )
        record_event(
            verb="profile.install",
            actor=actor,
            at=at,
            subject=f"profile:{profile.label}",
            reason=reason,
            profile_version=profile.label,
            payload={
                "takes_effect_at": takes_effect_at.isoformat(),
                "proposed_by": proposed_by,
                "approved_by": approved_by,
                "digest": version.digest,
            },
            using=using,
        )
    return version
