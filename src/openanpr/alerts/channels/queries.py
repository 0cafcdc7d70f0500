"""What the page of channels reads; the secret of a channel is not among it."""

from django.db.models import Count, Q, QuerySet

from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.channels.vocabulary import MessageState

SHOWN = 100


def channels_of(force: str) -> QuerySet[AlertChannel]:
    """The channels of a force by name, with how many messages were ``sent`` and ``waiting``."""
    return (
        AlertChannel.objects.filter(force=force)
        .defer("secret")
        .annotate(
            sent=Count("messages", filter=Q(messages__state=MessageState.SENT)),
            waiting=Count("messages", filter=Q(messages__state=MessageState.WAITING)),
        )
        .order_by("name", "id")
    )


def dead_messages(force: str) -> list[ChannelMessage]:
    """The newest messages that were given up."""
    dead = ChannelMessage.objects.filter(channel__force=force, state=MessageState.DEAD)
    named = dead.select_related("channel").defer("channel__secret")
    return list(named.order_by("-made_at")[:SHOWN])
