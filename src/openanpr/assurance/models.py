"""Reminders, incidents, agreements, reviews and statements."""

from django.conf import settings
from django.db import models

from openanpr.assurance.incidents import Risk, StepKind
from openanpr.wire.ids import uuid7


class Reminder(models.Model):
    """That an account was reminded of one deadline at one stage; it is not reminded of it again.

    ``key`` is the deadline's, ``stage`` as ``openanpr.assurance.stages`` names it. Without an
    account: the channels of the force.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    force = models.TextField(default="", blank=True)
    key = models.TextField()
    stage = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "deadline_reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "force", "key", "stage"],
                name="deadline_reminder_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"reminder of {self.key}"


class Incident(models.Model):
    """Something that went wrong, as it was found. What came of it stands in its steps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    force = models.TextField()
    title = models.TextField()
    what = models.TextField()
    personal_data = models.BooleanField()
    people = models.IntegerField(null=True)
    happened_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()
    within_hours = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "incident"
        ordering = ["-known_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(what=""), name="incident_said_what"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class IncidentStep(models.Model):
    """One step of an incident's record, never changed. ``risk`` is set where it was judged."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    kind = models.TextField()
    text = models.TextField()
    risk = models.TextField(default="", blank=True)
    late_because = models.TextField(default="", blank=True)
    person_id = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "incident_step"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in StepKind]),
                name="incident_step_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(risk__in=["", *(risk.value for risk in Risk)]),
                name="incident_step_risk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.incident_id}"


class SharingAgreement(models.Model):
    """With whom data is shared, for what, on which basis and until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    force = models.TextField()
    partner = models.TextField()
    purpose = models.TextField()
    basis = models.TextField()
    shared = models.TextField()
    signed_on = models.DateField()
    ends_on = models.DateField(null=True)
    entered_by = models.TextField()
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sharing_agreement"
        ordering = ["partner"]

    def __str__(self) -> str:
        return self.partner


class ReviewDone(models.Model):
    """One review: what was found, keep, change or remove, with reasons and figures as they stood.

    ``subject`` is a typed reference, such as ``camera:12``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    force = models.TextField()
    kind = models.TextField()
    subject = models.TextField()
    outcome = models.TextField()
    reasons = models.TextField()
    figures = models.JSONField()
    person_id = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "review_done"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject", "-at"], name="review_done_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["keep", "change", "remove"])
                & ~models.Q(reasons=""),
                name="review_done_said_why",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="remove") | models.Q(next_due_at__isnull=False),
                name="review_done_comes_again",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.subject}"


class Statement(models.Model):
    """One version of a statement: self-assessment, record of processing, or impact assessment.

    ``answers`` by heading, ``figures`` as they stood when it was signed. A signed one never
    changes; the next version begins as its copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    force = models.TextField()
    kind = models.TextField()
    version = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    written_by = models.TextField()
    writer_name = models.TextField()
    written_at = models.DateTimeField()
    signed_by = models.TextField(default="", blank=True)
    signer_name = models.TextField(default="", blank=True)
    signed_at = models.DateTimeField(null=True)
    review_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "statement"
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "kind", "version"], name="statement_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True)
                | (~models.Q(signed_by=models.F("written_by")) & ~models.Q(signed_by="")),
                name="statement_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
