"""The tables of the store as Django knows them. Rows are written and searched by SQL of our own.

Used only by `reads`, `ingest`, `search`, `rights` and retention: one door to reads.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Read(models.Model):
    """A mark as one camera read it at one moment. Partitioned by week; see migration 0001.

    ``captured_at`` is the reader's time, ``received_at`` ingest's, ``stored_at`` the database's.
    ``raw_vrm`` is null where it equals ``vrm``, ``alternatives`` where there are none. Latitude and
    longitude are those of a moving camera. The hashes are SHA-256 of the pictures as received.
    """

    pk = models.CompositePrimaryKey("vrm", "captured_at", "camera_id")
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    reader_sequence = models.BigIntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    camera_id = models.IntegerField()
    confidence = models.FloatField()
    clock_offset_ms = models.FloatField(null=True)
    id = models.UUIDField()
    batch_id = models.UUIDField()
    late = models.BooleanField()
    vrm = models.TextField(db_collation="C")
    raw_vrm = models.TextField(null=True, db_collation="C")  # noqa: DJ001 - null takes no room
    country = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    direction = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    model_version = models.TextField(null=True, db_collation="C")  # noqa: DJ001
    patch_hash = models.BinaryField(null=True)
    overview_hash = models.BinaryField(null=True)
    alternatives = models.JSONField(null=True)

    class Meta:
        db_table = "reads"

    def __str__(self) -> str:
        return f"read {self.id}"


class VrmSeen(models.Model):
    """Every mark in the store, for searches with wildcards; nobody searches it directly."""

    vrm = models.TextField(primary_key=True, db_collation="C")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    reads = models.BigIntegerField()

    class Meta:
        db_table = "vrm_seen"
        indexes = [
            GinIndex(fields=["vrm"], name="vrm_seen_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return "a mark that was seen"


class LiveSearch(models.Model):
    """What one allowed search may see, while it lasts: row-level security on ``reads`` asks here.

    Captures with ``period_from <= captured_at < period_to``; ``vrms`` and ``camera_ids`` are null
    where nothing restricts them, and an empty list is nothing. Captures lie in one of the windows
    ``[window_from[i], window_to[i])`` where there are any. ``pattern`` and ``near`` say which marks
    the search may ask ``marks_seen`` for. Nothing is seen from ``expires_at``.
    ``held``: sees reads held for its investigation, in ``reads_held``, and none in ``reads``.
    It is for an investigation, or else for an information request (``request``).
    """

    id = models.UUIDField(primary_key=True)
    investigation = models.UUIDField(null=True)
    request = models.UUIDField(null=True)
    account = models.BigIntegerField()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    vrms = ArrayField(models.TextField(db_collation="C"), null=True)
    camera_ids = ArrayField(models.IntegerField(), null=True)
    pattern = models.TextField(null=True)  # noqa: DJ001 - null restricts nothing
    near = models.TextField(null=True)  # noqa: DJ001
    window_from = ArrayField(models.DateTimeField(), null=True)
    window_to = ArrayField(models.DateTimeField(), null=True)
    expires_at = models.DateTimeField()
    held = models.BooleanField(db_default=False)

    class Meta:
        db_table = "live_search"
        indexes = [models.Index(fields=["expires_at"], name="live_search_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(investigation=None) ^ models.Q(request=None),
                name="live_search_for_one",
            )
        ]

    def __str__(self) -> str:
        return f"live search {self.id}"


class ReadImage(models.Model):
    """A picture that a stored read of a device named, and where it went once it came.

    ``received_sha256`` is the hash of what the reader has, ``stored_sha256`` of what we keep after
    re-encoding; null while the picture is still wanted. Sizes are those of what is kept.
    ``last_captured_at`` is the newest capture that names it: with that read the picture goes.
    """

    pk = models.CompositePrimaryKey("received_sha256", "device")
    received_sha256 = models.BinaryField()
    device = models.UUIDField()
    kind = models.TextField(choices=[("patch", "Plate patch"), ("overview", "Overview")])
    asked_at = models.DateTimeField(db_default=Now())
    last_captured_at = models.DateTimeField(db_default=Now())
    stored_sha256 = models.BinaryField(null=True)
    received_at = models.DateTimeField(null=True)
    bytes = models.IntegerField(null=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)

    class Meta:
        db_table = "read_image"
        indexes = [
            models.Index(fields=["last_captured_at"], name="read_image_by_age"),
            models.Index(fields=["stored_sha256"], name="read_image_by_file"),
        ]

    def __str__(self) -> str:
        return "a picture of a read"


class AccuracyCheck(models.Model):
    """One plate patch drawn by chance for an accuracy checker to read, and when it was answered.

    What the checker said is a second reading of the read. ``passed_over`` says why there is none.
    """

    id = models.UUIDField(primary_key=True)
    drawn_at = models.DateTimeField()
    captured_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    read_id = models.UUIDField()
    camera_id = models.IntegerField()
    account = models.IntegerField()
    vrm = models.TextField(db_collation="C")
    patch_hash = models.BinaryField()
    passed_over = models.TextField(db_default="")

    class Meta:
        db_table = "accuracy_check"

    def __str__(self) -> str:
        return f"accuracy check {self.id}"
