"""Cases for cameras: their parts, evidence, sign-offs, consultations and decisions.

Parts, steps, sign-offs, releases and decisions are added and never changed; the newest counts.
"""

from django.db import models

from openanpr.governance.vocabulary import CaseState, Channel, ReleaseLevel
from openanpr.wire.ids import uuid7


class Written(models.Model):
    """Who wrote a row, and when."""

    person_id = models.TextField()
    account = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        abstract = True


class CameraCase(models.Model):
    """The case for one or more cameras. ``title`` is for the people who work on it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    force = models.ForeignKey(
        "forces.Force",
        to_field="code",
        db_column="force",
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.TextField()
    state = models.TextField(default=CaseState.DRAFT.value)
    state_changed_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    consults_from = models.DateTimeField(null=True)
    consults_until = models.DateTimeField(null=True)
    cameras = models.ManyToManyField("cameras.Camera", through="CaseCamera", related_name="cases")

    class Meta:
        db_table = "camera_case"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CaseState]),
                name="camera_case_state",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="camera_case_titled"),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseCamera(models.Model):
    """A camera that a case is for."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="+")
    camera = models.ForeignKey("cameras.Camera", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "case_camera"
        constraints = [models.UniqueConstraint(fields=["case", "camera"], name="case_camera_once")]

    def __str__(self) -> str:
        return f"camera {self.camera_id} of case {self.case_id}"


class CaseStep(Written):
    """One move of a case, as the flow made it. ``source`` is empty for the first."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="steps")
    sequence = models.IntegerField()
    move = models.TextField()
    source = models.TextField(default="", blank=True)
    target = models.TextField()
    reason = models.TextField()

    class Meta:
        db_table = "case_step"
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="case_step_in_order"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="case_step_said_why"),
        ]

    def __str__(self) -> str:
        return f"step {self.sequence} of case {self.case_id}"


class CasePart(Written):
    """One part of a case as it was written then; ``complete`` once it passed its form."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="parts")
    part = models.TextField()
    sequence = models.IntegerField()
    answers = models.JSONField()
    complete = models.BooleanField()

    class Meta:
        db_table = "case_part"
        ordering = ["part", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "part", "sequence"], name="case_part_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.sequence} of case {self.case_id}"


class CaseEvidence(Written):
    """A file or a link that shows the need. A file is given out to be saved, never shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="evidence")
    title = models.TextField()
    link = models.TextField(default="", blank=True)
    file_name = models.TextField(default="", blank=True)
    file_kind = models.TextField(default="", blank=True)
    sha256 = models.TextField(default="", blank=True)
    size = models.IntegerField(default=0)
    content = models.BinaryField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.TextField(default="", blank=True)

    class Meta:
        db_table = "case_evidence"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.title


class CaseSignOff(Written):
    """The data protection officer's word on the assessment, of the parts as ``assessed`` lists."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="sign_offs")
    agrees = models.BooleanField()
    advice = models.TextField()
    assessed = models.JSONField()

    class Meta:
        db_table = "case_sign_off"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"sign-off {self.id} of case {self.case_id}"


class CaseRelease(Written):
    """How much of the place named consultees are told, as the decision-maker released it."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="releases")
    level = models.TextField()
    words = models.TextField(default="", blank=True)
    reason = models.TextField()

    class Meta:
        db_table = "case_release"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in ReleaseLevel]),
                name="case_release_level",
            )
        ]

    def __str__(self) -> str:
        return f"release {self.id} of case {self.case_id}"


class Consultee(Written):
    """Somebody with an interest who is asked. Of a personal link only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="consultees")
    who = models.TextField()
    organisation = models.TextField(default="", blank=True)
    interest = models.TextField()
    how = models.TextField()
    link_digest = models.TextField(null=True, unique=True)  # noqa: DJ001 - many have none
    link_expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_consultee"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"consultee {self.id}"


class ConsultationReply(models.Model):
    """A reply to a consultation, as it came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="replies")
    consultee = models.ForeignKey(
        Consultee, on_delete=models.PROTECT, null=True, related_name="replies"
    )
    channel = models.TextField()
    who = models.TextField(default="", blank=True)
    contact = models.TextField(default="", blank=True)
    words = models.TextField()
    received_at = models.DateTimeField()
    entered_by = models.TextField(default="", blank=True)

    class Meta:
        db_table = "consultation_reply"
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel__in=[channel.value for channel in Channel]),
                name="consultation_reply_channel",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class CaseDecision(Written):
    """Yes or no, by whom of what rank, on what conditions, until when."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(CameraCase, on_delete=models.PROTECT, related_name="decisions")
    approved = models.BooleanField()
    rank = models.TextField()
    reason = models.TextField()
    conditions = models.TextField(default="", blank=True)
    review_due_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    profile = models.TextField()

    class Meta:
        db_table = "case_decision"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"decision {self.id} of case {self.case_id}"
