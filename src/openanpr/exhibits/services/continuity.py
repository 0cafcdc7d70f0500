"""The continuity of an exhibit: each line added once and never changed."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.exhibits.models import Exhibit, ExhibitEvent
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING


def add(
    exhibit: Exhibit, *, what: str, at: datetime, by: str = "", note: str = "", sha256: str = ""
) -> None:
    """One line, in the caller's transaction."""
    ExhibitEvent.objects.create(exhibit=exhibit, at=at, by=by, what=what, note=note, sha256=sha256)


@transaction.atomic
def note_handed(
    *, author: Author, exhibit: Exhibit, recipient: str, note: str, at: datetime
) -> None:
    """Note that a copy was handed to somebody."""
    record_event(
        verb="exhibit.note",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"exhibit:{exhibit.id}",
        investigation=exhibit.investigation.reference,
        reason=note,
        payload={"recipient": recipient},
        **author.origin,
    )
    add(
        exhibit,
        what=f"Handed to {recipient}",
        by=author.user.full_name,
        note=note,
        sha256=exhibit.pack_sha256,
        at=at,
    )
