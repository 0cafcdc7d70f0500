"""Sending what waits: each message is taken, tried outside any transaction, and its result kept.

A message that was taken and not settled (the process was killed) comes due again by itself.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from openanpr.alerts.channels.carriers import carrier_of
from openanpr.alerts.channels.interface import CannotDeliver, Channel, Notice
from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.channels.vocabulary import MessageState
from openanpr.audit.services import AuditActor, record_event
from openanpr.config.values import Settings, get_settings

PAUSES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 3600, 3600, 3600)
)
"""How long to wait after each failed attempt; after the last one the message is dead."""

_TAKEN_FOR: Final = timedelta(minutes=2)
Carrier = Callable[[AlertChannel], Channel]


def send_next(*, at: datetime, carrier: Carrier | None = None) -> bool:
    """Try the message that has waited longest; whether there was one."""
    message = _take(at=at)
    if message is None:
        return False
    settings = get_settings()
    channel = message.channel
    try:
        carries = carrier(channel) if carrier else carrier_of(channel, settings=settings, at=at)
        carries.send(_notice(message, settings))
    except CannotDeliver as problem:
        _settle(message, at=at, problem=problem)
    else:
        _settle(message, at=at, problem=None)
    return True


@transaction.atomic
def _take(*, at: datetime) -> ChannelMessage | None:
    message = (
        ChannelMessage.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("channel", "alert")
        .filter(state=MessageState.WAITING, next_try_at__lte=at)
        .order_by("next_try_at", "id")
        .first()
    )
    if message is not None:
        message.attempts += 1
        message.next_try_at = at + _TAKEN_FOR
        message.save(update_fields=["attempts", "next_try_at"])
    return message


@transaction.atomic
def _settle(message: ChannelMessage, *, at: datetime, problem: CannotDeliver | None) -> None:
    if problem is None:
        message.state, message.sent_at, message.problem = MessageState.SENT.value, at, ""
    else:
        message.problem = str(problem)
        if problem.final or message.attempts > len(PAUSES):
            message.state = MessageState.DEAD.value
        else:
            message.next_try_at = at + PAUSES[message.attempts - 1]
    message.save(update_fields=["state", "sent_at", "problem", "next_try_at"])
    record_event(
        verb="channel.send",
        actor=AuditActor.system("worker"),
        at=at,
        subject=f"alert:{message.alert_id}",
        payload={
            "channel": f"channel:{message.channel_id}",
            "message": str(message.pk),
            "result": str(message.state),
            "attempt": message.attempts,
        },
    )


def _notice(message: ChannelMessage, settings: Settings) -> Notice:
    alert = message.alert
    return Notice(
        message=str(message.pk),
        alert=str(alert.pk),
        event=message.kind,
        raised_at=alert.raised_at.isoformat(),
        priority=alert.priority,
        action=alert.action,
        page=f"{settings.web_origin}/alerts/{alert.pk}/",
    )
