"""Channels, and the messages that wait for them, were sent, or could not be."""

from django.conf import settings
from django.db import models

from openanpr.alerts.channels.vocabulary import ChannelKind, MessageState
from openanpr.wire.ids import uuid7


class AlertChannel(models.Model):
    """One way out for the alerts of a force, from ``lowest_priority`` up (1 is the most urgent).

    Covert alerts never leave by any. With ``reminders`` it is also told how much is overdue in the
    force. ``secret`` signs what goes to a webhook.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField()
    kind = models.TextField()
    address = models.TextField()
    secret = models.TextField(default="", blank=True)
    force = models.TextField()
    lowest_priority = models.SmallIntegerField(default=5)
    reminders = models.BooleanField(db_default=False)
    active = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        db_table = "alert_channel"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ChannelKind]),
                name="alert_channel_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelMessage(models.Model):
    """That one alert goes out by one channel. It holds no mark and no place, nor does what is sent.

    ``problem`` says in words why the last attempt failed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.ForeignKey(AlertChannel, on_delete=models.PROTECT, related_name="messages")
    alert = models.ForeignKey("alerts.Alert", on_delete=models.CASCADE, related_name="+")
    kind = models.TextField()
    made_at = models.DateTimeField()
    state = models.TextField(default=MessageState.WAITING.value)
    attempts = models.SmallIntegerField(db_default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(db_default="")

    class Meta:
        db_table = "channel_message"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in MessageState]),
                name="channel_message_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="channel_message_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"
