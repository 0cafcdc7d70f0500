"""Reminders that went out."""

from django.conf import settings
from django.db import models

from openanpr.wire.ids import uuid7


class Reminder(models.Model):
    """That an account was reminded of one deadline at one stage; it is not reminded of it again.

    ``key`` is the deadline's, ``stage`` as ``openanpr.assurance.stages`` names it. Without an
    account: the channels of the force.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    force = models.TextField(default="", blank=True)
    key = models.TextField()
    stage = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "deadline_reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "force", "key", "stage"],
                name="deadline_reminder_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"reminder of {self.key}"
