"""What came of the hits of a force's lists: for each list, and for each entry that misled officers.

Counts only, of alerts that were raised; never a place, and nothing of reads that hit nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from openanpr.alerts.models import Alert
from openanpr.alerts.vocabulary import Outcome

PERIOD: Final = timedelta(days=28)
MISLED: Final = (Outcome.MISREAD, Outcome.STALE_ENTRY, Outcome.WRONG_VEHICLE)
_WORST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of one list: alerts, their hits, how many pictures were checked, and each outcome."""

    hotlist_id: UUID
    name: str
    alerts: int
    hits: int
    verified: int
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        """Alerts without an outcome."""
        return self.alerts - sum(self.outcomes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstEntry:
    """An entry whose alerts were stale, misread or of the wrong vehicle, and how often."""

    hotlist_id: UUID
    entry_id: UUID
    list_name: str
    misled: int
    alerts: int


def list_figures(*, force: str, covert: bool, at: datetime) -> list[Figures]:
    """The lists of a force that had an alert in the last 28 days, by name."""
    alerts = _alerts(force, covert=covert, at=at)
    counted = {
        f"outcome_{number}": Count("id", filter=Q(outcome__outcome=one.value), distinct=True)
        for number, one in enumerate(Outcome)
    }
    rows: Any = alerts.values("hotlist_id").annotate(
        alerts=Count("id", distinct=True),
        verified=Count("id", filter=Q(checks__says_same=True), distinct=True),
        **counted,
    )
    hits = dict(
        alerts.values("hotlist_id")
        .annotate(hits=Sum("hit_count"))
        .values_list("hotlist_id", "hits")
    )
    names = _names(alerts)
    found = [
        Figures(
            hotlist_id=row["hotlist_id"],
            name=names[row["hotlist_id"]],
            alerts=row["alerts"],
            hits=hits[row["hotlist_id"]],
            verified=row["verified"],
            outcomes={one.value: row[f"outcome_{number}"] for number, one in enumerate(Outcome)},
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.name)


def worst_entries(*, force: str, covert: bool, at: datetime) -> list[WorstEntry]:
    """The entries that misled officers most often in the last 28 days, the worst first."""
    alerts = _alerts(force, covert=covert, at=at)
    rows = (
        alerts.values("hotlist_id", "entry_id")
        .annotate(
            misled=Count("id", filter=Q(outcome__outcome__in=[one.value for one in MISLED])),
            alerts=Count("id"),
        )
        .filter(misled__gt=0)
        .order_by("-misled", "entry_id")[:_WORST]
    )
    names = _names(alerts)
    return [
        WorstEntry(
            hotlist_id=row["hotlist_id"],
            entry_id=row["entry_id"],
            list_name=names[row["hotlist_id"]],
            misled=row["misled"],
            alerts=row["alerts"],
        )
        for row in rows
    ]


def _alerts(force: str, *, covert: bool, at: datetime) -> QuerySet[Alert]:
    alerts = Alert.objects.filter(force=force, raised_at__gt=at - PERIOD)
    return alerts if covert else alerts.filter(covert=False)


def _names(alerts: QuerySet[Alert]) -> dict[UUID, str]:
    """The name of each list, as its newest alert has it."""
    rows = alerts.order_by("raised_at").values_list("hotlist_id", "list_name")
    return dict(rows)
