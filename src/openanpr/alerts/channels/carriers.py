"""Which class carries the messages of which kind of channel."""

from datetime import datetime

from openanpr.alerts.channels.interface import Channel
from openanpr.alerts.channels.mail import Mail
from openanpr.alerts.channels.models import AlertChannel
from openanpr.alerts.channels.vocabulary import ChannelKind
from openanpr.alerts.channels.webhook import Webhook
from openanpr.config.values import Settings, secret


def carrier_of(channel: AlertChannel, *, settings: Settings, at: datetime) -> Channel:
    """What carries the messages of ``channel``."""
    if channel.kind == ChannelKind.EMAIL:
        password = secret("smtp-password", settings) if settings.smtp_user else ""
        return Mail(to=channel.address, settings=settings, password=password)
    return Webhook(
        url=channel.address,
        secret=channel.secret,
        at=at,
        inside=frozenset(settings.webhook_hosts_inside.split()),
    )
