"""What ingest keeps of its own work: batches, problems, reads set apart, daily counts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from openanpr.wire.ids import uuid7


class IngestBatch(models.Model):
    """A batch that was committed. One that came again counts in ``replays`` and stores nothing."""

    pk = models.CompositePrimaryKey("device", "batch_id")
    device = models.UUIDField()
    batch_id = models.UUIDField()
    first_sequence = models.BigIntegerField()
    reads = models.SmallIntegerField()
    accepted = models.SmallIntegerField()
    duplicates = models.SmallIntegerField()
    late = models.SmallIntegerField()
    refused = models.SmallIntegerField()
    quarantined = models.SmallIntegerField()
    clock_source = models.TextField()
    clock_offset_ms = models.FloatField(null=True)
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    replays = models.IntegerField(db_default=0)

    class Meta:
        db_table = "ingest_batch"
        indexes = [models.Index(fields=["received_at"], name="ingest_batch_by_time")]

    def __str__(self) -> str:
        return f"batch {self.batch_id}"


class IngestProblem(models.Model):
    """Requests or reads that were refused: of what kind, whose, how many. Never the mark itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    kind = models.TextField()
    device = models.UUIDField(null=True)
    camera_id = models.IntegerField(null=True)
    camera_key = models.TextField(db_default="")
    batch_id = models.UUIDField(null=True)
    count = models.IntegerField()
    detail = models.TextField()

    class Meta:
        db_table = "ingest_problem"
        indexes = [models.Index(fields=["-at"], name="ingest_problem_newest")]

    def __str__(self) -> str:
        return f"{self.count} x {self.kind}"


class IngestQuarantine(models.Model):
    """A read from the future, kept apart with its content; it matched nothing and nobody sees it.

    ``content`` is the read as it came on the wire.
    """

    pk = models.CompositePrimaryKey("device", "read_id")
    device = models.UUIDField()
    read_id = models.UUIDField()
    camera_id = models.IntegerField()
    batch_id = models.UUIDField()
    received_at = models.DateTimeField()
    reason = models.TextField()
    ahead_ms = models.BigIntegerField()
    content = models.JSONField()

    class Meta:
        db_table = "ingest_quarantine"
        indexes = [models.Index(fields=["received_at"], name="ingest_quarantine_by_time")]

    def __str__(self) -> str:
        return f"read {self.read_id} in quarantine"


class AuditOwed(models.Model):
    """An audit row of ingest that the audit did not take; it goes when it is written."""

    id = models.BigAutoField(primary_key=True)
    event = models.JSONField()

    class Meta:
        db_table = "ingest_audit_owed"

    def __str__(self) -> str:
        return f"audit row owed {self.id}"


class ReaderGap(models.Model):
    """Numbers of a reader that had not come when later ones had; ``closed_at``: until they came.

    ``after_at`` is when the batch before them came. Made by `openanpr.ingest.receipts`.
    """

    pk = models.CompositePrimaryKey("device", "first_number", "last_number")
    device = models.UUIDField()
    first_number = models.BigIntegerField()
    last_number = models.BigIntegerField()
    noticed_at = models.DateTimeField()
    after_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reader_gap"

    def __str__(self) -> str:
        return f"numbers {self.first_number} to {self.last_number}"


class IngestCounter(models.Model):
    """How many reads or requests of a kind came on a day (UTC); camera 0 where none is known."""

    pk = models.CompositePrimaryKey("day", "camera_id", "kind")
    day = models.DateField()
    camera_id = models.IntegerField()
    kind = models.TextField()
    count = models.BigIntegerField()

    class Meta:
        db_table = "ingest_counter"

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.count}"


class Onward(models.Model):
    """Reads of one batch that are to go on to the national centre; gone once they are taken up.

    The three lists are of one length: a read's camera, its time of capture, its id.
    """

    number = models.BigAutoField(primary_key=True)
    device = models.UUIDField()
    batch_id = models.UUIDField()
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    camera_ids = ArrayField(models.IntegerField())
    captured_at = ArrayField(models.DateTimeField())
    read_ids = ArrayField(models.UUIDField())

    class Meta:
        db_table = "ingest_onward"

    def __str__(self) -> str:
        return f"reads to go on {self.number}"
