"""The audit table as Django reads it; it is written by ``services.record_event`` alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditRoot(models.Model):
    """A signed place of the chain (``roots.Root``); added each hour, never changed."""

    sequence = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()
    made_at = models.DateTimeField()
    public_key = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        db_table = "audit_root"
        ordering = ["sequence"]
        managed = False

    def __str__(self) -> str:
        return f"root of audit row {self.sequence}"


class AuditEvent(models.Model):
    """One row of the chain. ``hash`` is computed by the database (docs/adr/0010-audit-chain.md)."""

    sequence = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    at = models.DateTimeField()
    written_by = models.TextField()
    actor_kind = models.TextField()
    actor_person = models.TextField()
    actor_account = models.TextField()
    actor_name = models.TextField()
    acting_role = models.TextField()
    verb = models.TextField()
    subject = models.TextField()
    investigation = models.TextField()
    reason = models.TextField()
    decision = models.TextField()
    reasons = ArrayField(models.TextField())
    profile_version = models.TextField()
    request_id = models.TextField()
    source_address = models.TextField()
    payload = models.JSONField()
    salt = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_event"
        ordering = ["sequence"]
        # The migration makes the table by hand, and a test's flush must not try to empty it.
        managed = False

    def __str__(self) -> str:
        return f"audit event {self.sequence}: {self.verb}"
