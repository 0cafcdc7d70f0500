"""The system's own figures about what is reviewed, over the last year."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld, TrainingRecord
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.alerts.models import Alert, Hit
from openanpr.alerts.vocabulary import Outcome
from openanpr.assurance.models import SharingAgreement
from openanpr.ingest.models import IngestCounter
from openanpr.web.person import ROLE_NAMES

YEAR: Final = timedelta(days=365)
_NOT_REFUSED: Final = frozenset({"accepted", "duplicate", "late", "batch-replayed"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in words, as it stood when it was asked for."""

    label: str
    value: str


def camera_figures(reference: str, at: datetime) -> list[Figure]:
    """Reads, hits, alerts and what came of them, of one camera in the last year."""
    camera = int(reference.partition(":")[2])
    since = at - YEAR
    came: Counter[str] = Counter()
    counted = IngestCounter.objects.filter(camera_id=camera, day__gte=since.date())
    for kind, count in counted.values_list("kind", "count"):
        came[kind] += count
    refused = sum(count for kind, count in came.items() if kind not in _NOT_REFUSED)
    hits = Hit.objects.filter(camera_id=camera, captured_at__gte=since).count()
    alerts = Alert.objects.filter(alert_hits__hit__camera_id=camera, raised_at__gte=since)
    told = alerts.aggregate(
        all=Count("id", distinct=True),
        verified=Count("id", filter=Q(checks__says_same=True), distinct=True),
        misread=Count("id", filter=Q(outcome__outcome=Outcome.MISREAD), distinct=True),
        stopped=Count("id", filter=Q(outcome__outcome=Outcome.STOPPED), distinct=True),
        arrests=Count("id", filter=Q(outcome__outcome=Outcome.ARREST), distinct=True),
    )
    checked = told["verified"] + told["misread"]
    right = f"{100 * told['verified'] // checked}%" if checked else "no alert was checked"
    return [
        Figure("Reads stored", f"{came['accepted']:,}"),
        Figure("Reads refused", f"{refused:,}"),
        Figure("Reads that matched a list", f"{hits:,}"),
        Figure("Alerts", f"{told['all']:,}"),
        Figure("Alerts whose picture showed the mark", f"{told['verified']:,}"),
        Figure("Vehicles stopped", f"{told['stopped']:,}"),
        Figure("Arrests", f"{told['arrests']:,}"),
        Figure("Marks read rightly, of those that officers checked", right),
    ]


def role_figures(reference: str, at: datetime) -> list[Figure]:
    """How many people of a force hold each role, and how many of them are not in training."""
    force = reference.partition(":")[2]
    held = RoleHeld.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at),
        user__force__code=force,
        user__is_active=True,
        valid_from__lte=at,
    )
    counts = dict(held.values_list("role").annotate(number=Count("user", distinct=True)))
    trained = TrainingRecord.objects.filter(course=ANPR_COURSE, expires_at__gt=at)
    people = held.values("user").distinct()
    without = people.exclude(user__in=trained.values("user")).count()
    return [
        *(Figure(ROLE_NAMES[role], str(counts.get(role.value, 0))) for role in Role),
        Figure("People with a role and without valid training", str(without)),
    ]


def agreement_figures(reference: str, _: datetime) -> list[Figure]:
    """What an agreement says."""
    one = SharingAgreement.objects.get(id=reference.partition(":")[2])
    return [
        Figure("Purpose", one.purpose),
        Figure("Legal basis", one.basis),
        Figure("What is shared", one.shared),
        Figure("Ends on", f"{one.ends_on:%d %B %Y}" if one.ends_on else "no date"),
    ]
