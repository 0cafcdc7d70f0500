"""The force's own text of the letters."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.complaints.models import LetterText
from openanpr.complaints.vocabulary import DESK, LetterKind
from openanpr.investigations.services.author import Author


@transaction.atomic
def publish_letter(
    *, author: Author, kind: LetterKind, body: str, reason: str, at: datetime
) -> LetterText:
    """Put a new version of a letter's text in use; letters sent before stay as they were."""
    text = LetterText.objects.create(
        kind=kind.value, body=body, reason=reason, author=author.user, published_at=at
    )
    record_event(
        verb="complaint.letter-text",
        actor=author.acting(DESK),
        at=at,
        subject=f"complaint-letter:{text.id}",
        reason=reason,
        payload={"letter": kind.value, "sha256": sha256(body.encode()).hexdigest()},
        **author.origin,
    )
    return text
