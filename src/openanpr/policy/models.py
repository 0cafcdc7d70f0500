"""The versions of the force's profile. A version never changes; another one follows it."""

from django.db import models
from django.db.models.functions import Now

from openanpr.wire.ids import uuid7


class ProfileVersion(models.Model):
    """One profile table as it was put in force, by two people.

    ``digest`` is the SHA-256 of ``toml`` (hexadecimal). ``proposed_by`` and ``approved_by`` are
    person ids, not accounts. In force is the version with the latest ``takes_effect_at`` that has
    passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField()
    version = models.TextField()
    toml = models.TextField()
    digest = models.TextField()
    takes_effect_at = models.DateTimeField()
    proposed_by = models.TextField()
    approved_by = models.TextField()
    reason = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "profile_version"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="profile_version_label"),
            models.UniqueConstraint(fields=["takes_effect_at"], name="profile_version_effect"),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("approved_by"))
                & ~models.Q(proposed_by="")
                & ~models.Q(approved_by=""),
                name="profile_version_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"
