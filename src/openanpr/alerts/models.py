"""Hits, the outbox that carries them to the dispatcher, alerts, and what people did with them.

A hit carries its own copy of the list entry as it stood and of what an officer needs, so that
nothing here ever queries reads or depends on a list that has changed since.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.vocabulary import AlertState, EventKind, Outcome, ResponseKind
from openanpr.wire.ids import uuid7

__all__ = [
    "Alert",
    "AlertChannel",
    "AlertCheck",
    "AlertDelivery",
    "AlertEvent",
    "AlertHit",
    "AlertOutcome",
    "AlertResponse",
    "ChannelMessage",
    "Hit",
    "Outbox",
]


class Hit(models.Model):
    """A read that matched a list entry, written by ingest together with the read.

    ``how`` says in which way it matched and ``weight`` the chance, 0 to 1, that the plate bears
    what the entry asks for; ``again``: the entry came after the read. ``confidence`` is the
    calibrated chance, 0 to 1, that the mark is right; ``alternatives`` is ``[{"vrm",
    "confidence"}]``. Hashes are SHA-256 of the stored pictures.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    read_id = models.UUIDField()
    read_vrm = models.TextField(db_collation="C")
    captured_at = models.DateTimeField()
    camera_id = models.IntegerField()
    camera_name = models.TextField(db_default="")
    camera_area = models.TextField(db_default="")
    direction = models.TextField(db_default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    entry_id = models.UUIDField()
    hotlist_id = models.UUIDField()
    snapshot_version = models.BigIntegerField()
    entry_copy = models.JSONField()
    how = models.TextField()
    weight = models.FloatField(null=True)
    again = models.BooleanField(db_default=False)
    confidence = models.FloatField()
    alternatives = models.JSONField(db_default=models.Value([], models.JSONField()))
    patch_hash = models.BinaryField(null=True)
    overview_hash = models.BinaryField(null=True)
    late = models.BooleanField(db_default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "hit"
        constraints = [
            models.UniqueConstraint(
                fields=["read_vrm", "captured_at", "camera_id", "entry_id"], name="hit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"hit {self.id}"


class Outbox(models.Model):
    """A hit that the dispatcher must turn into an alert.

    ``done_at`` is set when it has; ``result`` then says how: a new alert, a further hit of one, or
    none, because the entry had ended.
    """

    id = models.BigAutoField(primary_key=True)
    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(db_default=0)
    result = models.TextField(db_default="")

    class Meta:
        db_table = "outbox"
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(done_at__isnull=True), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"outbox {self.id}"


class Alert(models.Model):
    """A hit sent to people; further hits of the same vehicle on the same entry join it while it is
    fresh.

    ``hit`` is the one that raised it, ``latest_hit`` the newest capture. ``priority`` 1 is shown
    first within the same ``severity`` (see ``ranking``; the lowest is shown first). ``covert``: its
    list or its camera's site is. ``answered_at``: somebody took it on; until then it climbs the
    steps of ``escalation``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="+")
    latest_hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="+")
    entry_id = models.UUIDField()
    hotlist_id = models.UUIDField()
    vrm = models.TextField(db_collation="C")
    canonical = models.TextField(db_collation="C")
    list_name = models.TextField()
    action = models.TextField()
    warning_markers = ArrayField(models.TextField(), default=list)
    reason = models.TextField()
    priority = models.SmallIntegerField()
    covert = models.BooleanField()
    force = models.TextField()
    routed_units = ArrayField(models.TextField(), default=list)
    routed_areas = ArrayField(models.TextField(), default=list)
    state = models.TextField(default=AlertState.NEW.value)
    severity = models.SmallIntegerField(db_default=50)
    late = models.BooleanField(db_default=False)
    escalation = models.SmallIntegerField(db_default=0)
    answered_at = models.DateTimeField(null=True)
    hit_count = models.IntegerField(default=1)
    first_captured_at = models.DateTimeField()
    last_captured_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in AlertState]),
                name="alert_state",
            ),
        ]
        indexes = [
            models.Index(fields=["force", "state", "-last_captured_at"], name="alert_by_force"),
            models.Index(
                fields=["entry_id", "canonical", "-last_captured_at"], name="alert_by_entry"
            ),
            models.Index(
                fields=["raised_at"],
                condition=models.Q(answered_at__isnull=True, state__in=["new", "seen"]),
                name="alert_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.id}"


class AlertHit(models.Model):
    """Which alert a hit belongs to: one, whatever is dispatched twice."""

    hit = models.OneToOneField(
        Hit, on_delete=models.CASCADE, primary_key=True, related_name="in_alert"
    )
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="alert_hits")
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "alert_hit"

    def __str__(self) -> str:
        return f"hit {self.hit_id} in alert {self.alert_id}"


class AlertEvent(models.Model):
    """Something that open screens must hear. ``sequence`` follows the order of commits: writers
    take a lock.

    It is the id of the server-sent event, so a screen that names the last one it saw misses none.
    """

    sequence = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="events")
    kind = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "alert_event"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in EventKind]),
                name="alert_event_kind",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="alert_event_by_time")]

    def __str__(self) -> str:
        return f"event {self.sequence}"


class AlertDelivery(models.Model):
    """When an alert reached a person's screen and when that person opened it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert_delivery"
        constraints = [
            models.UniqueConstraint(fields=["alert", "user"], name="alert_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.id}"


class AlertResponse(models.Model):
    """That somebody took an alert on, or gave it to a unit. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="responses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    unit = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "alert_response"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ResponseKind]),
                name="alert_response_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.id}"


class AlertCheck(models.Model):
    """An officer's answer to "does the picture show this mark?". The newest answer of a person
    counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="checks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    says_same = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "alert_check"
        indexes = [models.Index(fields=["alert", "user", "-at"], name="alert_check_newest")]

    def __str__(self) -> str:
        return f"check {self.id}"


class AlertOutcome(models.Model):
    """What came of an alert. The database refuses one whose author has not checked the picture
    first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alert = models.OneToOneField(Alert, on_delete=models.CASCADE, related_name="outcome")
    picture_check = models.ForeignKey(
        AlertCheck, on_delete=models.PROTECT, related_name="+", db_column="check_id"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField()
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "alert_outcome"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="alert_outcome_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="other") | ~models.Q(note=""),
                name="alert_outcome_other_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome {self.id}"
