"""What is shown of a complaint, written down before it is shown."""

from datetime import datetime
from hashlib import sha256

from openanpr.audit.services import record_event
from openanpr.complaints.flow import FLOW
from openanpr.complaints.models import Complaint
from openanpr.complaints.vocabulary import HANDLING, LetterKind
from openanpr.investigations.services.author import Author
from openanpr.postbox.files import content_of
from openanpr.postbox.models import PostboxFile


def record_view(*, author: Author, complaint: Complaint, at: datetime) -> None:
    """Somebody opens the complaint."""
    _record("complaint.view", author, complaint, at, {})


def record_letter(
    *, author: Author, complaint: Complaint, kind: LetterKind, text: str, at: datetime
) -> None:
    """Somebody makes a letter of it."""
    digest = sha256(text.encode()).hexdigest()
    _record("complaint.letter", author, complaint, at, {"letter": kind.value, "sha256": digest})


def take_file(*, author: Author, complaint: Complaint, file: PostboxFile, at: datetime) -> bytes:
    """The content of a file that came with it."""
    _record("complaint.file", author, complaint, at, {"file": str(file.id)})
    return content_of(file)


def _record(
    verb: str, author: Author, complaint: Complaint, at: datetime, payload: dict[str, str]
) -> None:
    record_event(
        verb=verb,
        actor=author.acting(HANDLING),
        at=at,
        subject=f"{FLOW}:{complaint.id}",
        payload={"reference": complaint.reference, **payload},
        **author.origin,
    )
