"""Making the monthly report: audited, and compared with the earlier makings of the month."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.oversight.models import MonthlyReport
from openanpr.oversight.months import Month
from openanpr.oversight.report.figures import Section, digest_of, figures_of
from openanpr.oversight.vocabulary import AUDITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A month's figures. ``kept`` is ``None`` for a draft; ``same``: as every earlier making."""

    month: Month
    sections: tuple[Section, ...]
    digest: str
    kept: MonthlyReport | None
    same: bool


def draft_report(*, month: Month) -> Made:
    """The figures so far of a month that is not over; nothing is kept of them."""
    sections = figures_of(month)
    return Made(month=month, sections=sections, digest=digest_of(sections), kept=None, same=True)


@transaction.atomic
def make_report(*, author: Author, month: Month, form: str, at: datetime) -> Made:
    """Make the report of a month that is over, in the form "pdf" or "csv", and note that."""
    sections = figures_of(month)
    digest = digest_of(sections)
    earlier = MonthlyReport.objects.filter(month=str(month)).exclude(digest=digest)
    made = MonthlyReport.objects.create(
        month=str(month), made_at=at, made_by=author.user, digest=digest, form=form
    )
    same = not earlier.exists()
    record_event(
        verb="report.make",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"report:{month}",
        payload={"form": form, "digest": digest, "same": same},
        **author.origin,
    )
    return Made(month=month, sections=sections, digest=digest, kept=made, same=same)
