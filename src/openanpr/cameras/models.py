"""Sites, the vehicles that carry cameras, and the cameras themselves.

A camera is known on the wire by three numbers (feed, source, camera) and in `reads` by its own
small integer. Latitudes and longitudes are WGS 84 degrees.
"""

from django.db import models
from django.db.models.functions import Now

from openanpr.cameras.authority import Kind
from openanpr.cameras.vocabulary import CameraState, Carrier
from openanpr.wire.ids import uuid7
from openanpr.wire.reads import camera_key


class Site(models.Model):
    """A place with one or more cameras. Its name and position are shown only with the right to it.

    ``area_name`` is what everybody else may see instead, such as ``Chelmsford, north``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    name = models.TextField()
    area_name = models.TextField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    sensitive = models.BooleanField(default=False)

    class Meta:
        db_table = "site"

    def __str__(self) -> str:
        return self.code


class PatrolVehicle(models.Model):
    """A police vehicle that carries cameras; each of its reads brings its own position."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    callsign = models.TextField(unique=True)
    force = models.ForeignKey("forces.Force", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "patrol_vehicle"

    def __str__(self) -> str:
        return self.callsign


class Camera(models.Model):
    """One camera, at a site or in a vehicle. ``state_reason`` says why it is in its state.

    ``clock_offset_ms`` is how far its reader's clock was off at the last sign of life. ``view`` is
    what comes into the picture, and tells the place; ``owner`` is whose device it is, and
    ``shared_with`` which councils and neighbours have its reads too.
    """

    id = models.AutoField(primary_key=True)
    name = models.TextField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="cameras")
    patrol_vehicle = models.ForeignKey(
        PatrolVehicle, on_delete=models.PROTECT, null=True, related_name="cameras"
    )
    device_credential = models.ForeignKey(
        "accounts.DeviceCredential", on_delete=models.PROTECT, null=True, related_name="cameras"
    )
    feed_id = models.IntegerField()
    source_id = models.IntegerField()
    camera_number = models.IntegerField()
    carrier = models.TextField(default=Carrier.FIXED.value)
    direction = models.TextField(default="", blank=True)
    lanes = models.TextField(default="", blank=True)
    view = models.TextField(default="", blank=True)
    owner = models.TextField(default="", blank=True)
    shared_with = models.TextField(default="", blank=True)
    area_name = models.TextField()
    state = models.TextField(default=CameraState.PROPOSED.value)
    state_reason = models.TextField(default="", blank=True)
    state_changed_at = models.DateTimeField(db_default=Now())
    last_heard_at = models.DateTimeField(null=True)
    clock_offset_ms = models.FloatField(null=True)
    fault = models.TextField(default="", blank=True)

    class Meta:
        db_table = "camera"
        ordering = ["feed_id", "source_id", "camera_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed_id", "source_id", "camera_number"], name="camera_wire_identity"
            ),
            models.CheckConstraint(
                condition=models.Q(site__isnull=False, patrol_vehicle__isnull=True)
                | models.Q(site__isnull=True, patrol_vehicle__isnull=False),
                name="camera_stands_or_rides",
            ),
            models.CheckConstraint(
                condition=models.Q(carrier="in-vehicle", patrol_vehicle__isnull=False)
                | models.Q(carrier__in=["fixed", "portable"], site__isnull=False),
                name="camera_carrier_fits",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CameraState]),
                name="camera_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The camera's name on the wire: ``feed/source/camera``."""
        return camera_key(
            feed_id=str(self.feed_id),
            source_id=str(self.source_id),
            camera_number=str(self.camera_number),
        )

    @property
    def is_mobile(self) -> bool:
        """Whether it rides in a vehicle, so that its reads bring their own position."""
        return self.patrol_vehicle_id is not None


class CameraGap(models.Model):
    """A stretch that is over in which a camera was not watching: ``silent`` or ``not-live``."""

    id = models.BigAutoField(primary_key=True)
    camera = models.ForeignKey(Camera, on_delete=models.CASCADE, related_name="gaps")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.TextField()

    class Meta:
        db_table = "camera_gap"
        indexes = [models.Index(fields=["camera", "starts_at"], name="camera_gap_by_camera")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["silent", "not-live"]), name="camera_gap_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="camera_gap_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"gap of camera {self.camera_id}"


class CameraStep(models.Model):
    """One change of a camera's state: never changed itself, only followed by another.

    ``source`` is empty for the first.
    """

    id = models.BigAutoField(primary_key=True)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="steps")
    sequence = models.IntegerField()
    move = models.TextField()
    source = models.TextField(default="", blank=True)
    target = models.TextField()
    person_id = models.TextField()
    account = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "camera_step"
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["camera", "sequence"], name="camera_step_in_order"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="camera_step_said_why"),
        ]

    def __str__(self) -> str:
        return f"step {self.sequence} of camera {self.camera_id}"


class CameraAuthority(models.Model):
    """What gives a camera its right to collect, or ends it: never changed, only followed.

    It holds from ``valid_from`` to the earlier of ``review_due_at`` and ``ends_at``, or until the
    next row. ``case_reference`` names the case that it rests on.
    """

    id = models.BigAutoField(primary_key=True)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="authorities")
    sequence = models.IntegerField()
    kind = models.TextField()
    valid_from = models.DateTimeField()
    review_due_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    case_reference = models.TextField(default="", blank=True)
    conditions = models.TextField(default="", blank=True)
    person_id = models.TextField()
    account = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        db_table = "camera_authority"
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["camera", "sequence"], name="camera_authority_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]),
                name="camera_authority_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="camera_authority_said_why"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["other-force", "withdrawn", "lapsed"])
                | models.Q(review_due_at__isnull=False),
                name="camera_authority_is_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"authority {self.sequence} of camera {self.camera_id}"
