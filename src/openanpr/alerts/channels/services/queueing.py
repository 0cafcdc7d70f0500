"""Queueing an alert for the channels that carry it, in the transaction that raises it."""

from datetime import datetime

from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.models import Alert
from openanpr.alerts.vocabulary import EventKind
from openanpr.wire.ids import uuid7


def queue_messages(alert: Alert, *, kind: EventKind, at: datetime) -> int:
    """Queue the alert for every channel of its force that carries its priority; how many.

    What is covert leaves by no channel: who reads it at the other end is not decided here.
    """
    if alert.covert:
        return 0
    channels = AlertChannel.objects.filter(
        force=alert.force, active=True, lowest_priority__gte=alert.priority
    )
    made = ChannelMessage.objects.bulk_create(
        ChannelMessage(
            id=uuid7(),
            channel=channel,
            alert_id=alert.pk,
            kind=kind.value,
            made_at=at,
            next_try_at=at,
        )
        for channel in channels
    )
    return len(made)
