"""The list of alerts as a disclosure: what was on the page goes to the audit, by id."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from openanpr.access.vocabulary import Role
from openanpr.alerts.models import Alert
from openanpr.alerts.requester import Requester
from openanpr.audit.services import AuditActor, record_event


@transaction.atomic
def record_listing(*, alerts: Sequence[Alert], by: Requester, at: datetime) -> None:
    """Record that these alerts were shown in a list."""
    record_event(
        verb="alert.list",
        actor=AuditActor.person(by.user, Role.ALERT_USER),
        at=at,
        decision="allow",
        source_address=by.source_address,
        request_id=by.request_id,
        payload={"count": len(alerts), "alerts": [str(alert.id) for alert in alerts]},
    )


@transaction.atomic
def record_figures(*, lists: int, days: int, by: Requester, at: datetime) -> None:
    """Record that figures of so many lists were shown."""
    record_event(
        verb="alert.figures",
        actor=AuditActor.person(by.user, Role.LIST_MANAGER),
        at=at,
        decision="allow",
        source_address=by.source_address,
        request_id=by.request_id,
        payload={"lists": lists, "days": days},
    )
