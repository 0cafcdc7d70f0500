"""The centre admits a force: its line, the key that signs on it, the feeds that it may bring."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from openanpr.accounts.services import register_device
from openanpr.audit.services import AuditActor, record_event
from openanpr.federation.models import Link
from openanpr.forces.models import Force
from openanpr.forces.services import create_force


def admit_force(
    *,
    code: str,
    name: str,
    controller: str,
    feed_ids: Sequence[int],
    public_key: bytes,
    by: AuditActor,
    at: datetime,
    link_id: UUID | None = None,
) -> Link:
    """A line on which the force may send from now on; the force is entered where it is new.

    Raises ``ValidationError`` for a key of another length, no feed, or a feed of another's line.
    """
    wanted = sorted(set(feed_ids))
    if not wanted:
        raise ValidationError("a force has at least one feed number")
    with transaction.atomic():
        for other in Link.objects.select_related("force").exclude(force__code=code):
            taken = set(other.feed_ids) & set(wanted)
            if taken:
                raise ValidationError(f"feed {min(taken)} belongs to the line of {other.force}")
        force = Force.objects.filter(code=code).first()
        if force is None:
            force = create_force(code=code, name=name, by=by, at=at)
        credential = register_device(
            reader_name=f"Line of {code}",
            public_key=public_key,
            by=by,
            at=at,
            credential_id=link_id,
        )
        link = Link.objects.create(
            credential=credential.id,
            force=force,
            controller=controller,
            feed_ids=wanted,
            admitted_at=at,
        )
        record_event(
            verb="federation.admit",
            actor=by,
            at=at,
            subject=f"link:{credential.id}",
            payload={"force": code, "controller": controller, "feeds": wanted},
        )
    return link
