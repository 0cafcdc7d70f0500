"""Removing complaints that have been closed for as long as they are kept."""

from datetime import datetime
from typing import Final

from django.db import transaction

from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.complaints.models import Complaint, ComplaintLink, ComplaintNote, ComplaintStep

_PROCESS: Final = "complaints"


@transaction.atomic
def clear_complaints(*, at: datetime) -> int:
    """Remove them with their steps, links and notes; how many."""
    old = list(Complaint.objects.filter(expires_at__lte=at).values_list("id", flat=True))
    if not old:
        return 0
    # One by one: the job may read no column that tells what a complaint says.
    for related in (ComplaintStep, ComplaintLink, ComplaintNote):
        related.objects.filter(complaint_id__in=old)._raw_delete("default")
    Complaint.objects.filter(id__in=old)._raw_delete("default")
    record_event(
        verb="complaint.clear",
        actor=AuditActor.system(_PROCESS),
        at=at,
        subject="complaints:closed",
        payload={"complaints": len(old)},
    )
    return len(old)
