"""What of a month was looked at: reviewed N of N."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from openanpr.audit.models import AuditEvent
from openanpr.hotlists.models import HotlistEntry
from openanpr.oversight.assessing import runs_between
from openanpr.oversight.held import challenged_runs
from openanpr.oversight.models import Finding, Pick, Question, Review
from openanpr.oversight.months import Month
from openanpr.oversight.vocabulary import Kind
from openanpr.search.models import SearchRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How many of so many were reviewed."""

    what: str
    reviewed: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return self.reviewed == self.of

    @property
    def sentence(self) -> str:
        """``reviewed 3 of 4``."""
        return f"reviewed {self.reviewed} of {self.of}" if self.of else "none to review"


def older_runs(start: datetime, end: datetime) -> QuerySet[SearchRun]:
    """The searches that looked at reads of an age that needs an authorisation."""
    # A part that was opened names the grants that opened it.
    return runs_between(start, end).extra(
        where=["jsonb_path_exists(search_run.parts, '$[*].grants[*]')"]
    )


def entries_by_hand(start: datetime, end: datetime) -> QuerySet[HotlistEntry]:
    """The entries that somebody wrote one by one; those of an import have no row of their own."""
    rows = AuditEvent.objects.filter(verb="entry.add", at__gte=start, at__lt=end)
    ids = [UUID(one.partition(":")[2]) for one in rows.values_list("subject", flat=True)]
    found = HotlistEntry.objects.filter(id__in=ids, created_by__isnull=False)
    return found.select_related("hotlist", "created_by").order_by("created_at", "id")


def sampled(start: datetime, end: datetime) -> set[UUID]:
    """The searches asked in the period that were drawn in any sample."""
    asked = SearchRun.objects.filter(asked_at__gte=start, asked_at__lt=end)
    picked = Pick.objects.filter(run_id__in=asked.values("id"))
    return set(picked.values_list("run_id", flat=True))


def coverage_of(month: Month) -> list[Covered]:
    """What the rules of the house want looked at, of what was done in the month."""
    start, end = month.start, month.end
    older = older_runs(start, end).values_list("id", flat=True)
    entries = [one.id for one in entries_by_hand(start, end)]
    return [
        _covered("Searches that were sampled", Kind.SEARCH, sampled(start, end)),
        _covered("Searches over older bands", Kind.SEARCH, older),
        _covered(
            "Searches with signs of misuse",
            Kind.SEARCH,
            challenged_runs(start, end).values_list("id", flat=True),
        ),
        _covered("List entries made by hand", Kind.ENTRY, entries),
    ]


def open_questions() -> QuerySet[Question]:
    """The questions that are not settled, the one due first before the others."""
    found = Question.objects.exclude(state="settled").select_related("asked_of", "asked_by")
    return found.order_by("due_at", "id")


def open_findings() -> QuerySet[Finding]:
    """The findings that are not closed, the one due first before the others."""
    found = Finding.objects.exclude(state="closed").select_related("owner", "raised_by")
    return found.order_by("due_at", "id")


def _covered(what: str, kind: Kind, ids: Iterable[UUID]) -> Covered:
    wanted = set(ids)
    done = Review.objects.filter(kind=kind.value, subject__in=wanted).count()
    return Covered(what=what, reviewed=done, of=len(wanted))
