"""Information requests, their steps, and what was searched, given and sent for them."""

from django.conf import settings
from django.db import models

from openanpr.rights.vocabulary import CLOSED, Channel, Kind, RequestState
from openanpr.wire.ids import uuid7


class InformationRequest(models.Model):
    """What somebody asks for. ``reference`` is random: it tells nobody how many there are.

    ``received_on`` and ``identified_on`` are days of the force's zone; the second is null while
    proof of identity is wanted. ``vrm`` and the period are as the person gave them, and open
    nothing: what was checked stands in ``RequestVehicle``. ``state`` repeats the last step's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    kind = models.TextField(choices=[(one.value, one.name) for one in Kind])
    channel = models.TextField(choices=[(one.value, one.name) for one in Channel])
    state = models.TextField(default=RequestState.RECEIVED.value)
    full_name = models.TextField()
    contact = models.TextField()
    words = models.TextField()
    vrm = models.TextField(default="")
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    identified_on = models.DateField(null=True)
    extended = models.BooleanField(default=False)
    outcome = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        db_table = "information_request"
        indexes = [models.Index(fields=["state"], name="information_request_by_state")]

    def __str__(self) -> str:
        return f"information request {self.reference}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its reply."""
        return self.state not in CLOSED

    @property
    def what(self) -> Kind:
        """Its kind."""
        return Kind(self.kind)


class RequestStep(models.Model):
    """One step of a request's life, never changed. ``by`` is null for the public form.

    ``evidence`` maps names to references of documents; ``on`` is the day to which the clocks count
    it, where it is another than that of ``at``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField()
    move = models.TextField()
    source = models.TextField(null=True)  # noqa: DJ001 - the first step comes from no state
    target = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    at = models.DateTimeField()
    on = models.DateField()
    reason = models.TextField()
    evidence = models.JSONField(default=dict)

    class Meta:
        db_table = "information_request_step"
        constraints = [
            models.UniqueConstraint(fields=["request", "sequence"], name="request_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.move} of {self.request_id}"


class RequestVehicle(models.Model):
    """A mark of which the person was the keeper from day to day, as somebody checked it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="vehicles"
    )
    vrm = models.TextField()
    kept_from = models.DateField()
    kept_to = models.DateField()
    evidence = models.TextField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "information_request_vehicle"

    def __str__(self) -> str:
        return f"a vehicle of {self.request_id}"


class RequestSearch(models.Model):
    """One search for a request: the rows of the audit that prove it, and how much it found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="searches"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    parts = models.JSONField()
    audit_sequence = models.BigIntegerField()
    result_sequence = models.BigIntegerField(null=True)
    rows = models.IntegerField(null=True)
    truncated = models.BooleanField(default=False)
    digest = models.TextField(default="")

    class Meta:
        db_table = "information_request_search"

    def __str__(self) -> str:
        return f"search {self.id} for {self.request_id}"


class FoundRead(models.Model):
    """A read that a request's search found, and what is done with it in the reply.

    ``withheld`` names the ground on which the read is held back; empty: it is given. ``picture`` is
    ``unchecked``, ``given`` or ``withheld``: only a picture that a person has looked at, with all
    but the plate blacked out, leaves. Hashes are those that the read names.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="found")
    read_id = models.UUIDField()
    vrm = models.TextField()
    captured_at = models.DateTimeField()
    camera_id = models.IntegerField()
    direction = models.TextField(default="")
    patch_hash = models.BinaryField(null=True)
    overview_hash = models.BinaryField(null=True)
    withheld = models.TextField(default="")
    withheld_reason = models.TextField(default="")
    picture = models.TextField(default="unchecked")
    picture_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        db_table = "information_request_read"
        constraints = [
            models.UniqueConstraint(fields=["request", "read_id"], name="request_read_once")
        ]

    def __str__(self) -> str:
        return f"a read found for {self.request_id}"


class ReplyPack(models.Model):
    """The reply as it leaves: a ZIP of letter, data and pictures, opened by one link, once.

    The token of the link is kept as its SHA-256 alone. ``content`` is emptied when it was fetched.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="packs")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    content = models.BinaryField()
    sha256 = models.TextField()
    size = models.IntegerField()
    token_hash = models.TextField(unique=True)
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "information_request_reply"

    def __str__(self) -> str:
        return f"reply to {self.request_id}"
