"""Opening a request leaves a row in the audit: it holds who asked, and what about."""

from datetime import datetime

from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.rights.models import InformationRequest
from openanpr.rights.vocabulary import HANDLING


def record_look(*, author: Author, request: InformationRequest, at: datetime) -> None:
    """Write down that somebody opened the request."""
    record_event(
        verb="request.look",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        **author.origin,
    )
