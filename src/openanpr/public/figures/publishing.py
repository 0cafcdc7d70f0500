"""Counting a month that is over, once, and putting it before the public."""

from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from openanpr.access.decide import decide_count
from openanpr.access.facts import FigureFacts
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.config.values import secret
from openanpr.policy.queries import profile_in_force
from openanpr.public.figures.months import bounds, month_of, previous_month
from openanpr.public.figures.protecting import Published, protect
from openanpr.public.models import PublishedFigure

SECRET: Final = "public-figures-key"  # noqa: S105 - the name of the secret's file
LOOK_BACK_MONTHS: Final = 3
_PROCESS: Final = "figures"


def publish_due(*, at: datetime) -> list[date]:
    """Publish each of the last months that is over long enough and not published yet."""
    month = month_of(at)
    due = []
    for _ in range(LOOK_BACK_MONTHS):
        month = previous_month(month)
        due.append(month)
    return [month for month in reversed(due) if publish_month(month, at=at)]


@transaction.atomic
def publish_month(month: date, *, at: datetime) -> bool:
    """Publish one month. ``False`` where it was published already or it is too early.

    What is published is never made again: a second rounding of other counts would tell more.
    """
    start, end = bounds(month)
    decision = decide_count(
        actor=None,
        figure=FigureFacts(
            published=True, period_end=end, whole_force=True, small_numbers_protected=True
        ),
        profile=profile_in_force(at=at),
        at=at,
    )
    if not decision.allowed or PublishedFigure.objects.filter(month=month).exists():
        return False
    counts = _counts(start, end)
    if not counts.get("since", 0):
        return False
    figures = protect(counts, month=month, key=secret(SECRET).encode())
    PublishedFigure.objects.bulk_create(_row(month, one, at) for one in figures)
    record_event(
        verb="figures.publish",
        actor=AuditActor.system(_PROCESS),
        at=at,
        subject=f"figures:{month:%Y-%m}",
        payload={"month": f"{month:%Y-%m}", "figures": len(figures)},
    )
    return True


def _row(month: date, one: Published, at: datetime) -> PublishedFigure:
    return PublishedFigure(month=month, figure=one.figure.key, value=one.value, published_at=at)


def _counts(start: datetime, end: datetime) -> dict[str, int]:
    """Exact counts of the whole installation; they never leave this module."""
    with connection.cursor() as cursor:
        cursor.execute("select figure, value from public_counts(%s, %s)", [start, end])
        return {figure: int(value) for figure, value in cursor.fetchall()}
