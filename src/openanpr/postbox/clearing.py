"""Removing files whose case has been closed for as long as they are kept."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.postbox.models import PostboxFile

_PROCESS = "postbox"


@transaction.atomic
def clear(*, at: datetime) -> int:
    """Remove them; how many. Nothing is written down where there is none."""
    removed, _ = PostboxFile.objects.filter(expires_at__lte=at).delete()
    if removed:
        record_event(
            verb="postbox.clear",
            actor=AuditActor.system(_PROCESS),
            at=at,
            subject="postbox:files",
            payload={"files": removed},
        )
    return removed
