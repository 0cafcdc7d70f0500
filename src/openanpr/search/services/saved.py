"""Saving a search for its investigation, and taking it off again."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.search.models import SavedSearch, SearchRun


def save_search(
    *, author: Author, run: SearchRun, name: str, up_to_now: bool, at: datetime
) -> SavedSearch:
    """Keep the question of a run for its investigation, which it must have."""
    if run.investigation is None:
        raise ValueError("a search of no investigation cannot be saved")
    length = run.period_to - run.period_from
    with transaction.atomic():
        saved = SavedSearch.objects.create(
            investigation=run.investigation,
            name=name,
            kind=run.kind,
            asked=run.asked,
            question=run.question,
            period_from=run.period_from,
            period_to=run.period_to,
            seconds=int(length.total_seconds()) if up_to_now else None,
            reason=run.reason,
            saved_by=author.user,
            saved_at=at,
        )
        record_event(
            verb="search.save",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"search:{run.id}",
            investigation=run.investigation.reference,
            payload={"saved": str(saved.id), "up_to_now": up_to_now},
            **author.origin,
        )
    return saved


def remove_saved(*, author: Author, saved: SavedSearch, at: datetime) -> None:
    """Offer it no more; what it asked stays in the record of the runs."""
    with transaction.atomic():
        SavedSearch.objects.filter(id=saved.id, removed_at=None).update(removed_at=at)
        record_event(
            verb="search.unsave",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"saved-search:{saved.id}",
            investigation=saved.investigation.reference,
            payload={"saved": str(saved.id)},
            **author.origin,
        )
