"""Making channels, switching them, and sending again what was given up."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from openanpr.access.vocabulary import Role
from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.channels.vocabulary import ChannelKind, MessageState
from openanpr.alerts.requester import Requester
from openanpr.audit.services import AuditActor, record_event
from openanpr.wire.ids import uuid7


@transaction.atomic
def make_channel(
    *,
    name: str,
    kind: ChannelKind,
    address: str,
    lowest_priority: int,
    by: Requester,
    at: datetime,
    reminders: bool = False,
) -> AlertChannel:
    """A channel for the alerts of this person's force. The caller shows its ``secret`` once."""
    channel = AlertChannel(
        id=uuid7(),
        name=name,
        kind=kind.value,
        address=address,
        secret=secrets.token_urlsafe(32) if kind is ChannelKind.WEBHOOK else "",
        force=by.user.force.code,
        lowest_priority=lowest_priority,
        reminders=reminders,
        made_by=by.user,
        made_at=at,
    )
    channel.save(force_insert=True)
    host = urlsplit(address).hostname if kind is ChannelKind.WEBHOOK else address.rpartition("@")[2]
    _audit(
        "channel.make",
        f"channel:{channel.pk}",
        by=by,
        at=at,
        payload={"kind": kind.value, "force": channel.force, "host": host or ""},
    )
    return channel


@transaction.atomic
def switch_channel(*, channel_id: UUID, active: bool, by: Requester, at: datetime) -> bool:
    """Turn a channel of this person's force on or off; ``False`` when there is none."""
    channels = AlertChannel.objects.filter(pk=channel_id, force=by.user.force.code)
    if not channels.update(active=active):
        return False
    _audit("channel.switch", f"channel:{channel_id}", by=by, at=at, payload={"active": active})
    return True


@transaction.atomic
def send_again(*, message_id: UUID, by: Requester, at: datetime) -> bool:
    """Put a dead message in the queue, from its first attempt; ``False`` when there is none."""
    dead = ChannelMessage.objects.filter(
        pk=message_id, state=MessageState.DEAD, channel__force=by.user.force.code
    )
    if not dead.update(state=MessageState.WAITING, attempts=0, next_try_at=at):
        return False
    _audit("channel.resend", f"message:{message_id}", by=by, at=at, payload={})
    return True


def _audit(
    verb: str, subject: str, *, by: Requester, at: datetime, payload: dict[str, str | bool]
) -> None:
    record_event(
        verb=verb,
        actor=AuditActor.person(by.user, Role.SYSTEM_MANAGER),
        at=at,
        subject=subject,
        source_address=by.source_address,
        request_id=by.request_id,
        payload=payload,
    )
