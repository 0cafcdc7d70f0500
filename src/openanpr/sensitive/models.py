"""Places near which people need not be seen; what that means stands in the profile."""

from django.db import models

from openanpr.access.vocabulary import PlaceKind
from openanpr.wire.ids import uuid7


class SensitivePlace(models.Model):
    """One place, entered by one person and confirmed by another; ended the same way.

    ``*_by`` are person ids, ``*_name`` names. In force from ``starts_at`` (in it) to ``ends_at``
    (not in it; null: until ended), once ``confirmed_at`` is set and until ``ended_at`` is. WGS 84
    degrees. The place is public; that a camera is near it is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    name = models.TextField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.TextField()
    proposed_by = models.TextField()
    proposer_name = models.TextField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.TextField(default="")
    confirmer_name = models.TextField(default="")
    confirmed_at = models.DateTimeField(null=True)
    end_proposed_by = models.TextField(default="")
    end_reason = models.TextField(default="")
    end_proposed_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sensitive_place"
        indexes = [models.Index(fields=["latitude"], name="sensitive_place_by_latitude")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in PlaceKind]),
                name="sensitive_place_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(reason="") & ~models.Q(proposed_by=""),
                name="sensitive_place_said_why",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True)
                | (~models.Q(confirmed_by=models.F("proposed_by")) & ~models.Q(confirmed_by="")),
                name="sensitive_place_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(confirmed_at__isnull=True)
                | (~models.Q(ended_by=models.F("end_proposed_by")) & ~models.Q(end_proposed_by="")),
                name="sensitive_place_ended_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="sensitive_place_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name
