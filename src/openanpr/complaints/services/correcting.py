"""A second reading of the read that a complaint concerns; the first is kept for ever."""

from datetime import datetime

from django.db import transaction

from openanpr.alerts.models import Alert
from openanpr.complaints.flow import FLOW
from openanpr.complaints.models import Complaint
from openanpr.complaints.services.linking import link
from openanpr.complaints.vocabulary import HANDLING, LinkKind
from openanpr.investigations.services.author import Author
from openanpr.reads.corrections import Finding, ReadKey, Source, correct_read, verdict_on


@transaction.atomic
def correct(
    *, author: Author, complaint: Complaint, alert: Alert, says: str, reason: str, at: datetime
) -> None:
    """Record what the plate really says, of the read that raised a linked alert.

    ``says``: the mark, without spaces; empty where no mark can be read. The author sees nothing of
    the read, not even whether the store says the same: a complaint is no way to try marks out.
    Raises ``openanpr.reads.corrections.ReadGoneError`` where the read is kept no longer.
    """
    hit = alert.hit
    correct_read(
        read=ReadKey(
            id=hit.read_id,
            vrm=hit.read_vrm,
            captured_at=hit.captured_at,
            camera_id=hit.camera_id,
        ),
        finding=Finding(
            verdict=verdict_on(hit.read_vrm, says),
            source=Source.COMPLAINT,
            reason=reason,
            says=says,
            reference=f"{FLOW}:{complaint.id}",
        ),
        actor=author.acting(HANDLING),
        at=at,
        origin=author.origin,
    )
    link(
        author=author,
        complaint=complaint,
        kind=LinkKind.READ,
        subject=hit.read_id,
        why="A second reading of its mark was recorded.",
        at=at,
    )
