"""The versions of the force's profile, which never change, and proposals of the next one."""

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


class ProfileProposal(models.Model):
    """A change that one person proposed and another confirms or refuses; its author may withdraw.

    ``proposed_by`` and ``answered_by`` are person ids. ``toml`` was checked when it was proposed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    label = models.TextField()
    toml = models.TextField()
    digest = models.TextField()
    takes_effect_at = models.DateTimeField()
    reason = models.TextField()
    proposed_by = models.TextField()
    proposer_name = models.TextField()
    proposed_at = models.DateTimeField()
    state = models.TextField(default="proposed")
    answered_by = models.TextField(default="")
    answerer_name = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="")

    class Meta:
        db_table = "profile_proposal"
        ordering = ("-proposed_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "confirmed", "refused", "withdrawn"]),
                name="profile_proposal_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | (~models.Q(answered_by=models.F("proposed_by")) & ~models.Q(answered_by="")),
                name="profile_proposal_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return self.label
