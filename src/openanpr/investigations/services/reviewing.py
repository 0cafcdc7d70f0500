"""Looking again at whether an investigation still needs what it is open for."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.models import Investigation, InvestigationReview
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING


@transaction.atomic
def review_investigation(
    *,
    author: Author,
    investigation: Investigation,
    reason: str,
    next_review_at: datetime,
    at: datetime,
) -> InvestigationReview:
    """Keep it open until somebody looks again at ``next_review_at``."""
    review = InvestigationReview.objects.create(
        investigation=investigation,
        reviewed_by=author.user,
        reviewed_at=at,
        reason=reason,
        next_review_at=next_review_at,
    )
    investigation.review_at = next_review_at
    investigation.save(update_fields=["review_at"])
    record_event(
        verb="investigation.review",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"investigation:{investigation.id}",
        investigation=investigation.reference,
        reason=reason,
        payload={"next_review_at": next_review_at.isoformat()},
        **author.origin,
    )
    return review
