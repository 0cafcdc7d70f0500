"""Exhibits and their continuity: what was made of which reads, for whom, and who had it since."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from openanpr.exhibits.vocabulary import Edition, ExhibitState, Jurisdiction
from openanpr.investigations.models import Investigation
from openanpr.wire.ids import uuid7


class Exhibit(models.Model):
    """Reads picked for an investigation, and the pack that was made of them.

    ``picks`` is ``[[id, time of capture]]``, ``vrms`` their marks. ``reference`` is the maker's
    initials and a number. The hashes are SHA-256 in hexadecimal: of what the pack is made from
    (``content``, until it is made) and of the pack. ``audit_sequence`` is the row that recorded
    recipient and reason, before there was a file. The file goes on ``keep_until``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    picked_at = models.DateTimeField()
    picks = models.JSONField()
    vrms = ArrayField(models.TextField(db_collation="C"))
    state = models.TextField(default=ExhibitState.DRAFT.value)
    reference = models.TextField(null=True, unique=True)  # noqa: DJ001 - a draft has none
    edition = models.TextField(default=Edition.OPEN.value)
    jurisdiction = models.TextField(default=Jurisdiction.ENGLAND_AND_WALES.value)
    recipient = models.TextField(db_default="")
    reason = models.TextField(db_default="")
    asked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)
    run_id = models.UUIDField(null=True)
    reads = models.IntegerField(null=True)
    audit_sequence = models.BigIntegerField(null=True)
    content_sha256 = models.TextField(db_default="")
    pack_sha256 = models.TextField(db_default="")
    pack_bytes = models.BigIntegerField(null=True)
    problem = models.TextField(db_default="")

    class Meta:
        db_table = "exhibit"
        indexes = [models.Index(fields=["investigation", "-picked_at"], name="exhibit_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in ExhibitState]),
                name="exhibit_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(state="removed")
                | (
                    ~models.Q(recipient="")
                    & ~models.Q(reason="")
                    & models.Q(audit_sequence__isnull=False, reference__isnull=False)
                ),
                name="exhibit_recorded_before_it_exists",
            ),
        ]

    def __str__(self) -> str:
        return f"exhibit {self.id}"


class ExhibitEvent(models.Model):
    """One line of an exhibit's continuity: added and never changed.

    ``by`` is empty where a process of the system acted; ``sha256`` is the pack's, where it changed
    hands.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.TextField(db_default="")
    what = models.TextField()
    note = models.TextField(db_default="")
    sha256 = models.TextField(db_default="")

    class Meta:
        db_table = "exhibit_event"
        indexes = [models.Index(fields=["exhibit", "at"], name="exhibit_event_in_order")]

    def __str__(self) -> str:
        return f"event of exhibit {self.exhibit_id}"
