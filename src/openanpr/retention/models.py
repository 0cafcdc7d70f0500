"""What retention leaves behind: counts of what it removed, and the certificates over them."""

from django.db import models
from django.db.models.functions import Now


class DeletionTally(models.Model):
    """Rows removed and not yet certified, counted in the transaction that removed them.

    ``day`` is the day (UTC) of what was removed, ``camera_id`` 0 where the store knows none.
    """

    pk = models.CompositePrimaryKey("store", "day", "camera_id")
    store = models.TextField()
    day = models.DateField()
    camera_id = models.IntegerField()
    rows = models.BigIntegerField()

    class Meta:
        db_table = "deletion_tally"

    def __str__(self) -> str:
        return f"{self.rows} of {self.store} on {self.day}"


class DeletionCertificate(models.Model):
    """One run's account, signed with the installation's key. ``body`` is the signed JSON text."""

    id = models.UUIDField(primary_key=True)
    made_at = models.DateTimeField()
    body = models.TextField()
    signature = models.BinaryField()
    public_key = models.BinaryField()
    audit_sequence = models.BigIntegerField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "deletion_certificate"
        indexes = [models.Index(fields=["-made_at"], name="deletion_certificate_newest")]

    def __str__(self) -> str:
        return f"certificate {self.id}"


class BackupMade(models.Model):
    """A backup in the folder ``place``; it is to be destroyed at ``expires_at``."""

    id = models.UUIDField(primary_key=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    place = models.TextField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "backup_made"

    def __str__(self) -> str:
        return f"backup {self.id}"
