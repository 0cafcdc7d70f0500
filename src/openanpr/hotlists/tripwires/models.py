"""Protected marks, and what tripped on them."""

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from openanpr.hotlists.tripwires.vocabulary import Ground, TripKind
from openanpr.wire.ids import uuid7


class ProtectedMark(models.Model):
    """A mark that trips. Once it has ended, by hand or by its date, the mark itself is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vrm = models.TextField(db_collation="C")
    canonical = models.TextField(db_collation="C")
    ground = models.TextField()
    reference = models.TextField()
    reason = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "protected_mark"
        indexes = [models.Index(fields=["canonical"], name="protected_mark_canonical")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground__in=[ground.value for ground in Ground]),
                name="protected_mark_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(vrm="", canonical=""),
                name="protected_mark_gone_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"protected mark {self.id}"


class Trip(models.Model):
    """Something tripped on a protected mark: ``source`` is the search, or the hit.

    ``audit_sequence`` is set when the process that does jobs has told the audit.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    protected = models.ForeignKey(ProtectedMark, on_delete=models.PROTECT, related_name="trips")
    kind = models.TextField()
    source = models.UUIDField()
    at = models.DateTimeField()
    person = models.TextField(db_default="")
    account = models.TextField(db_default="")
    investigation = models.TextField(db_default="")
    audit_sequence = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    note = models.TextField(db_default="")

    class Meta:
        db_table = "tripwire_trip"
        constraints = [
            models.UniqueConstraint(fields=["protected", "kind", "source"], name="trip_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in TripKind]), name="trip_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"trip {self.id}"
