"""What the officers' pages read. Every alert is decided one by one: no query is a permission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Value, When

from openanpr.access.alerts import decide_alert, decide_alert_location
from openanpr.access.facts import Actor, Profile
from openanpr.alerts.facts import facts_of
from openanpr.alerts.models import (
    Alert,
    AlertCheck,
    AlertDelivery,
    AlertEvent,
    AlertHit,
    AlertOutcome,
    AlertResponse,
    Hit,
)
from openanpr.alerts.vocabulary import AlertState
from openanpr.cameras.queries import covert_cameras

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert that this person may open now, and whether with its exact place."""

    alert: Alert
    with_place: bool


def alerts_for(*, actor: Actor, profile: Profile, at: datetime) -> list[ShownAlert]:
    """The alerts that ``actor`` may open: open ones first, by priority, then the newest first."""
    rows = (
        _alerts()
        .filter(force=actor.force, last_captured_at__gt=at - profile.limits.alert_window)
        .order_by(_closed_last(), "severity", "-last_captured_at", "-id")
    )
    shown = []
    for alert in rows.iterator(chunk_size=SHOWN):
        one = shown_to(alert, actor=actor, profile=profile, at=at)
        if one is not None:
            shown.append(one)
        if len(shown) == SHOWN:
            break
    return shown


def shown_to(alert: Alert, *, actor: Actor, profile: Profile, at: datetime) -> ShownAlert | None:
    """The alert as ``actor`` may see it now; ``None`` when not at all."""
    facts = facts_of(alert)
    if not decide_alert(actor=actor, alert=facts, profile=profile, at=at):
        return None
    place = decide_alert_location(actor=actor, alert=facts, profile=profile, at=at)
    return ShownAlert(alert, place.allowed)


def find_alert(alert_id: UUID) -> Alert | None:
    """The alert with its first and newest hit, whoever may see it."""
    return _alerts().filter(pk=alert_id).first()


def find_alerts(alert_ids: Iterable[UUID]) -> list[Alert]:
    """The alerts of these ids, whoever may see them; unknown ids are left out."""
    return list(_alerts().filter(pk__in=list(alert_ids)).order_by("raised_at", "id"))


def hits_of(alert: Alert) -> list[Hit]:
    """Every hit of the alert, the newest capture first."""
    joined = AlertHit.objects.filter(alert=alert).select_related("hit")
    return [row.hit for row in joined.order_by("-hit__captured_at")]


def newest_check(alert: Alert, *, user_id: int) -> AlertCheck | None:
    """The last answer that this person gave about the picture."""
    return AlertCheck.objects.filter(alert=alert, user_id=user_id).order_by("-at", "-id").first()


def outcome_of(alert: Alert) -> AlertOutcome | None:
    """What came of the alert, once it is known."""
    return AlertOutcome.objects.select_related("user").filter(alert=alert).first()


def responses_to(alert: Alert) -> list[AlertResponse]:
    """Who took the alert on or gave it to a unit, the newest first."""
    return list(AlertResponse.objects.select_related("user").filter(alert=alert).order_by("-at"))


def told_of(alert: Alert) -> list[AlertDelivery]:
    """Whose screen the alert reached, and who of them opened it, in that order."""
    deliveries = AlertDelivery.objects.select_related("user").filter(alert=alert)
    return list(deliveries.order_by("delivered_at", "id")[:SHOWN])


def last_sequence() -> int:
    """The newest event's number: a page made now needs to hear only of later ones."""
    return AlertEvent.objects.aggregate(last=Max("sequence"))["last"] or 0


def _alerts() -> QuerySet[Alert]:
    """Alerts with first and newest hit; ``stands_covertly``: a site of theirs is covert now."""
    covertly = AlertHit.objects.filter(
        alert=OuterRef("pk"), hit__camera_id__in=covert_cameras().values("id")
    )
    return Alert.objects.select_related("hit", "latest_hit").annotate(
        stands_covertly=Exists(covertly)
    )


def _closed_last() -> Case:
    return Case(When(state=AlertState.CLOSED, then=Value(1)), default=Value(0))
