"""Complaints, every step taken, what they concern, and the notes that come of them."""

from django.conf import settings
from django.db import models

from openanpr.complaints.vocabulary import Channel, LetterKind, LinkKind, State
from openanpr.forces.models import Force
from openanpr.wire.ids import uuid7

__all__ = ["Complaint", "ComplaintLink", "ComplaintNote", "ComplaintStep", "LetterText"]


class Complaint(models.Model):
    """What somebody complained of. ``state`` and ``due_at`` are those of the newest step.

    ``said_vrm`` is the mark as the complainant wrote it: never searched for, never an authority to
    look. ``contact`` is where the answer goes. ``answer_by`` is when all should be done.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    channel = models.TextField()
    about = models.TextField()
    text = models.TextField()
    happened = models.TextField(blank=True)
    said_vrm = models.TextField(blank=True)
    wanted = models.TextField(blank=True)
    name = models.TextField()
    contact = models.TextField()
    received_at = models.DateTimeField()
    state = models.TextField()
    due_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField()
    outcome = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint"
        indexes = [models.Index(fields=["force", "state", "due_at"], name="complaint_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]), name="complaint_state"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=[one.value for one in Channel]),
                name="complaint_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.reference}"


class ComplaintStep(models.Model):
    """One step, never changed. ``user`` is null for what the complainant did on the public pages.

    ``evidence`` is ``{"sent": …, "outcome": …}`` as far as the step asks for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    sequence = models.PositiveIntegerField()
    move = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField()
    person_id = models.TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint_step"
        constraints = [
            models.UniqueConstraint(fields=["complaint", "sequence"], name="complaint_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.move} of complaint {self.complaint_id}"


class ComplaintLink(models.Model):
    """A read, alert or search that a complaint concerns, by its reference alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="links")
    kind = models.TextField()
    subject = models.UUIDField()
    why = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "complaint_link"
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "kind", "subject"], name="complaint_link_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in LinkKind]),
                name="complaint_link_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ComplaintNote(models.Model):
    """A note to those who keep a list, about the alert that a complaint concerns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="notes")
    alert_id = models.UUIDField()
    hotlist_id = models.UUIDField()
    list_name = models.TextField()
    text = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint_note"

    def __str__(self) -> str:
        return f"note of complaint {self.complaint_id}"


class LetterText(models.Model):
    """One version of the force's own text of a letter; the newest is used, none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    body = models.TextField()
    reason = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        db_table = "complaint_letter_text"
        indexes = [models.Index(fields=["kind", "-published_at"], name="complaint_letter_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in LetterKind]),
                name="complaint_letter_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.published_at:%Y-%m-%d}"
