"""Credentials of readers: the public half of a key pair made on the reader."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from openanpr.accounts.models import DeviceCredential
from openanpr.audit.services import AuditActor, record_event

KEY_LENGTH = 32


@transaction.atomic
def register_device(
    *,
    reader_name: str,
    public_key: bytes,
    by: AuditActor,
    at: datetime,
    credential_id: UUID | None = None,
) -> DeviceCredential:
    """A reader that may deliver from now on; ``ValidationError`` for a key of another length."""
    if len(public_key) != KEY_LENGTH:
        raise ValidationError("an Ed25519 public key is 32 bytes")
    credential = DeviceCredential(reader_name=reader_name, public_key=public_key)
    if credential_id is not None:
        credential.id = credential_id
    credential.save(force_insert=True)
    record_event(
        verb="device.register",
        actor=by,
        at=at,
        subject=f"device:{credential.id}",
        payload={"reader": reader_name},
    )
    return credential


@transaction.atomic
def revoke_device(
    *, credential: DeviceCredential, by: AuditActor, at: datetime, reason: str
) -> None:
    """What the reader sends after ``at`` is refused. Revoking twice changes nothing."""
    if credential.state == DeviceCredential.State.REVOKED:
        return
    credential.state = DeviceCredential.State.REVOKED
    credential.revoked_at = at
    credential.save(update_fields=["state", "revoked_at"])
    record_event(
        verb="device.revoke",
        actor=by,
        at=at,
        subject=f"device:{credential.id}",
        reason=reason,
        payload={"reader": credential.reader_name},
    )
