"""Reading one's own searches."""

import uuid
from datetime import datetime, timedelta

from django.db.models import QuerySet

from openanpr.investigations.queries import investigations_of
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.search.models import SavedSearch, SearchRun
from openanpr.search.question import Question, question_of


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


def question_asked(run: SearchRun) -> Question:
    """What a run asked, as it can be asked again."""
    return question_of(
        run.kind, run.question, start=run.period_from, end=run.period_to, reason=run.reason
    )


def saved_of(*, person_id: str) -> QuerySet[SavedSearch]:
    """The saved searches of the person's open investigations, by name."""
    mine = investigations_of(person_id=person_id).filter(state=InvestigationState.OPEN.value)
    return (
        SavedSearch.objects.filter(investigation__in=mine.values("id"), removed_at=None)
        .select_related("investigation")
        .order_by("investigation__reference", "name", "id")
    )


def question_saved(saved: SavedSearch, *, at: datetime) -> Question:
    """What a saved search asks at ``at``."""
    start, end = saved.period_from, saved.period_to
    question = question_of(saved.kind, saved.question, start=start, end=end, reason=saved.reason)
    if saved.seconds is None:
        return question
    return question.over(at - timedelta(seconds=saved.seconds), at)
