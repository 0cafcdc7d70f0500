"""What a complaint concerns, by reference; and the note to those who keep the list."""

import uuid
from datetime import datetime

from django.db import transaction

from openanpr.alerts.models import Alert
from openanpr.audit.services import record_event
from openanpr.complaints.flow import FLOW
from openanpr.complaints.models import Complaint, ComplaintLink, ComplaintNote
from openanpr.complaints.vocabulary import HANDLING, LinkKind
from openanpr.investigations.services.author import Author

__all__ = ["answer_note", "link", "write_note"]


@transaction.atomic
def link(
    *,
    author: Author,
    complaint: Complaint,
    kind: LinkKind,
    subject: uuid.UUID,
    why: str,
    at: datetime,
) -> None:
    """Say that the complaint concerns a read, an alert or a search. Said twice, it is said once."""
    _, made = ComplaintLink.objects.get_or_create(
        complaint=complaint,
        kind=kind.value,
        subject=subject,
        defaults={"why": why, "user": author.user, "at": at},
    )
    if not made:
        return
    record_event(
        verb="complaint.link",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"{FLOW}:{complaint.id}",
        reason=why,
        payload={"reference": complaint.reference, "kind": kind.value, "linked": str(subject)},
        **author.origin,
    )


@transaction.atomic
def write_note(
    *, author: Author, complaint: Complaint, alert: Alert, text: str, at: datetime
) -> ComplaintNote:
    """Tell those who keep the list what the complaint shows about an alert of it."""
    note = ComplaintNote.objects.create(
        complaint=complaint,
        alert_id=alert.id,
        hotlist_id=alert.hotlist_id,
        list_name=alert.list_name,
        text=text,
        user=author.user,
        at=at,
    )
    record_event(
        verb="complaint.note",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"{FLOW}:{complaint.id}",
        payload={"reference": complaint.reference, "hotlist": str(alert.hotlist_id)},
        **author.origin,
    )
    return note


@transaction.atomic
def answer_note(*, author: Author, note: ComplaintNote, answer: str, at: datetime) -> bool:
    """Record what was done about the list; ``False`` where somebody has answered already."""
    changed = ComplaintNote.objects.filter(id=note.id, answered_at=None).update(
        answer=answer, answered_by=author.user, answered_at=at
    )
    if not changed:
        return False
    record_event(
        verb="complaint.note-answer",
        actor=author.acting(author.actor.roles),
        at=at,
        subject=f"{FLOW}:{note.complaint_id}",
        payload={"reference": note.complaint.reference, "hotlist": str(note.hotlist_id)},
        **author.origin,
    )
    return True
