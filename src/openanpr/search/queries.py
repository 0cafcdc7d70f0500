"""Reading one's own searches."""

import uuid

from django.db.models import QuerySet

from openanpr.search.models import SearchRun


def runs_of(*, person_id: str) -> QuerySet[SearchRun]:
    """The person's searches, newest first, whichever of their accounts made them."""
    return (
        SearchRun.objects.filter(user__person_id=person_id)
        .select_related("investigation")
        .order_by("-asked_at")
    )


def run_of(*, person_id: str, run_id: uuid.UUID) -> SearchRun | None:
    """One of the person's own searches."""
    return runs_of(person_id=person_id).filter(id=run_id).first()
