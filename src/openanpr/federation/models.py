"""What a force keeps of its sendings to the centre, and the centre of the forces that send.

No table here holds a mark. A parcel names reads by camera, time and id while it is under way, and
nothing of them once it has its receipt.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Uplink(models.Model):
    """The force's end of its one line: the next number to give, and what is wrong, if anything."""

    id = models.SmallIntegerField(primary_key=True)
    next_sequence = models.BigIntegerField()
    problem = models.TextField(default="")
    problem_since = models.DateTimeField(null=True)
    receipt_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "federation_uplink"

    def __str__(self) -> str:
        return f"next {self.next_sequence}"


class Parcel(models.Model):
    """Reads that go up under one number. At most one is under way; it is sent until it is taken.

    Its reads are numbered from ``first_sequence`` on. ``sections`` say from which batch of the
    force each part came. The three lists are emptied with the receipt.
    """

    id = models.UUIDField(primary_key=True)
    first_sequence = models.BigIntegerField()
    reads = models.SmallIntegerField()
    sections = models.JSONField()
    camera_ids = ArrayField(models.IntegerField())
    captured_at = ArrayField(models.DateTimeField())
    read_ids = ArrayField(models.UUIDField())
    made_at = models.DateTimeField()
    receipt_at = models.DateTimeField(null=True)
    accepted = models.SmallIntegerField(null=True)
    known = models.SmallIntegerField(null=True)
    refused = models.JSONField(null=True)
    gone = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "federation_parcel"
        indexes = [models.Index(fields=["receipt_at"], name="federation_parcel_by_receipt")]

    def __str__(self) -> str:
        return f"parcel {self.id}"


class SentDay(models.Model):
    """Reads captured on a day (UTC) that the centre has: ``sent``. The others by what became."""

    day = models.DateField(primary_key=True)
    sent = models.BigIntegerField()
    refused = models.BigIntegerField()
    gone = models.BigIntegerField()
    held = models.BigIntegerField(null=True)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "federation_day"

    def __str__(self) -> str:
        return f"{self.day}: {self.sent}"


class WantedPicture(models.Model):
    """A picture that the centre asked for, by the hash that the read names. Gone once sent."""

    received_sha256 = models.BinaryField(primary_key=True)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "federation_picture"

    def __str__(self) -> str:
        return "a picture that is to go up"


class Link(models.Model):
    """At the centre: a force that may send. ``credential`` is that of its reader-like key.

    Its cameras are those with one of ``feed_ids``; no other force's link has any of them.
    """

    credential = models.UUIDField(primary_key=True)
    force = models.ForeignKey("forces.Force", on_delete=models.PROTECT, related_name="+")
    controller = models.TextField()
    feed_ids = ArrayField(models.IntegerField())
    admitted_at = models.DateTimeField()

    class Meta:
        db_table = "federation_link"

    def __str__(self) -> str:
        return f"link {self.credential}"


class ReceivedConsignment(models.Model):
    """At the centre: whose reads a batch holds, and where each came from (``wire.Section``)."""

    pk = models.CompositePrimaryKey("link", "batch_id")
    link = models.UUIDField()
    batch_id = models.UUIDField()
    force = models.TextField()
    controller = models.TextField()
    sections = models.JSONField()
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "federation_consignment"

    def __str__(self) -> str:
        return f"consignment {self.batch_id}"


class ReceivedRegister(models.Model):
    """At the centre: the register that a force sent last, and whether it has been taken up."""

    link = models.UUIDField(primary_key=True)
    digest = models.BinaryField()
    register = models.JSONField()
    received_at = models.DateTimeField()
    applied_digest = models.BinaryField(null=True)
    applied_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta:
        db_table = "federation_register"

    def __str__(self) -> str:
        return f"register of {self.link}"
