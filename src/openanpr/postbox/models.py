"""How much came in which hour, and the files that came with it."""

from django.db import models

from openanpr.wire.ids import uuid7


class PostboxCount(models.Model):
    """How many forms of one kind came from one network in one hour.

    ``source`` is a keyed digest that is another each day, or empty for everybody together; no
    address is kept. Rows go when their hour is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.TextField()
    hour = models.DateTimeField()
    source = models.TextField(blank=True)
    forms = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "postbox_count"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "hour", "source"], name="postbox_count_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forms} of {self.purpose} at {self.hour}"


class PostboxSent(models.Model):
    """A form that was dealt with, and what was answered; see ``once``."""

    form_id = models.UUIDField(primary_key=True)
    answer = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "postbox_sent"

    def __str__(self) -> str:
        return f"form {self.form_id}"


class PostboxFile(models.Model):
    """One file that somebody sent, encrypted. ``about`` is a typed reference: ``complaint:…``.

    ``kind`` is what its content is (``jpeg``, ``pdf``), whatever its name said; ``sha256`` is of
    the content as kept, before encryption. ``expires_at`` is set when its case is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    about = models.TextField(db_index=True)
    name = models.TextField()
    kind = models.TextField()
    size = models.PositiveIntegerField()
    sha256 = models.TextField()
    sealed = models.BinaryField()
    received_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "postbox_file"

    def __str__(self) -> str:
        return f"{self.name} of {self.about}"
