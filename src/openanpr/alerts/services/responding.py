"""Taking an alert on, or giving it to a unit, so that everybody sees that somebody has it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openanpr.alerts.models import Alert, AlertResponse
from openanpr.alerts.requester import Requester
from openanpr.alerts.services.announcements import announce, lock_events
from openanpr.alerts.services.handling import Handling, audit_handling, decide_handling
from openanpr.alerts.vocabulary import AlertState, EventKind, ResponseKind
from openanpr.wire.ids import uuid7


class UnableToRespond(ValueError):
    """The alert cannot be taken on or given so; the message is for the officer."""


@transaction.atomic
def acknowledge(*, alert_id: UUID, by: Requester, at: datetime) -> Handling | None:
    """Record that this person takes the alert on; it climbs no further steps of escalation."""
    lock_events()
    handling = decide_handling(alert_id, by=by, at=at)
    if handling is None:
        return None
    if handling.alert is not None:
        _respond(handling.alert, ResponseKind.ACKNOWLEDGED, by=by, at=at)
    audit_handling("alert.acknowledge", alert_id=alert_id, handling=handling, by=by, at=at)
    return handling


@transaction.atomic
def assign(*, alert_id: UUID, by: Requester, at: datetime, unit: str) -> Handling | None:
    """Give the alert to a unit that it was sent to. Raises ``UnableToRespond`` for any other.

    So an assignment shows the alert to nobody who could not open it before.
    """
    lock_events()
    handling = decide_handling(alert_id, by=by, at=at)
    if handling is None:
        return None
    if handling.alert is not None:
        if unit not in handling.alert.routed_units:
            raise UnableToRespond("Choose one of the units that this alert was sent to.")
        _respond(handling.alert, ResponseKind.ASSIGNED, by=by, at=at, unit=unit)
    audit_handling(
        "alert.assign",
        alert_id=alert_id,
        handling=handling,
        by=by,
        at=at,
        payload={"unit": unit},
    )
    return handling


def _respond(
    alert: Alert, kind: ResponseKind, *, by: Requester, at: datetime, unit: str = ""
) -> None:
    if alert.state == AlertState.CLOSED:
        raise UnableToRespond("The outcome of this alert was recorded already.")
    AlertResponse.objects.create(
        id=uuid7(), alert=alert, user=by.user, kind=kind.value, unit=unit, at=at
    )
    if alert.answered_at is None:
        alert.answered_at = at
        alert.save(update_fields=["answered_at"])
    announce(alert, kind=EventKind(kind.value), at=at)
