"""The worker's watch: escalating what nobody answers, withdrawing what became covert."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from openanpr.alerts.channels.services.queueing import queue_messages
from openanpr.alerts.escalation import Rules, Step, shipped_rules, step_due, told_by
from openanpr.alerts.models import Alert, AlertHit
from openanpr.alerts.routing import UnitFacts
from openanpr.alerts.services.announcements import announce, lock_events
from openanpr.alerts.vocabulary import AlertState, EventKind
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.queries import covert_cameras
from openanpr.forces.models import Unit

_WATCHED: Final = timedelta(hours=24)
_BATCH: Final = 50


@transaction.atomic
def escalate_due(*, at: datetime, rules: Rules | None = None) -> int:
    """Tell more people of each alert that nobody has taken on in time; how many were escalated.

    A covert alert is announced again to the people it was routed to, and to nobody new.
    """
    rules = rules if rules is not None else shipped_rules()
    unanswered = Alert.objects.filter(
        answered_at=None,
        state__in=[AlertState.NEW.value, AlertState.SEEN.value],
        raised_at__gt=at - _WATCHED,
        priority__in=list(rules),
    )
    if not unanswered.exists():
        return 0
    lock_events()
    found: list[tuple[Alert, Step]] = []
    for alert in unanswered.select_for_update().order_by("raised_at"):
        step = step_due(
            priority=alert.priority,
            taken=alert.escalation,
            raised_at=alert.raised_at,
            at=at,
            rules=rules,
        )
        if step is not None and len(found) < _BATCH:
            found.append((alert, step))
    for alert, step in found:
        told = frozenset() if alert.covert else told_by(step, units=_units(alert.force))
        alert.routed_units = sorted(told | set(alert.routed_units))
        alert.escalation += 1
        alert.save(update_fields=["routed_units", "escalation"])
        announce(alert, kind=EventKind.ESCALATED, at=at)
        queue_messages(alert, kind=EventKind.ESCALATED, at=at)
    for alert, step in found:
        record_event(
            verb="alert.escalate",
            actor=AuditActor.system("worker"),
            at=at,
            subject=f"alert:{alert.id}",
            payload={"step": alert.escalation, "told": "nobody new" if alert.covert else step.tell},
        )
    return len(found)


@transaction.atomic
def withdraw_covert(*, at: datetime) -> int:
    """Take alerts of a site that was made covert since from the screens of those it is now not for.

    Pages refuse them from the same moment by themselves; this removes what a screen shows already.
    """
    there = AlertHit.objects.filter(
        alert=OuterRef("pk"), hit__camera_id__in=covert_cameras().values("id")
    )
    exposed = Alert.objects.filter(Exists(there), covert=False, last_captured_at__gt=at - _WATCHED)
    if not exposed.exists():
        return 0
    lock_events()
    alerts = list(exposed.select_for_update().order_by("id")[:_BATCH])
    for alert in alerts:
        alert.covert = True
        alert.save(update_fields=["covert"])
        announce(alert, kind=EventKind.WITHDRAWN, at=at)
    for alert in alerts:
        record_event(
            verb="alert.withdraw",
            actor=AuditActor.system("worker"),
            at=at,
            subject=f"alert:{alert.id}",
        )
    return len(alerts)


def _units(force: str) -> list[UnitFacts]:
    rows = Unit.objects.filter(force__code=force).values_list("name", "area")
    return [UnitFacts(name, area) for name, area in rows]
