"""Investigations, their teams, requests for authorisation and what was granted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from openanpr.access.vocabulary import Category
from openanpr.investigations.grading import Assessment, Handling, SourceGrade, SubjectRole
from openanpr.investigations.vocabulary import HoldGround, InvestigationState, RequestState
from openanpr.wire.ids import uuid7


class Investigation(models.Model):
    """What searches are for. Its scope fields restrict every search where they are not null.

    ``period_from`` is in the scope and ``period_to`` is not; ``vrms`` are normalised marks.
    ``review_at``: when its need is looked at again, where a review has said so (``reviews``).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.TextField(unique=True)
    category = models.TextField()
    title = models.TextField()
    justification = models.TextField()
    force = models.ForeignKey(
        "forces.Force",
        to_field="code",
        db_column="force",
        on_delete=models.PROTECT,
        related_name="+",
    )
    officer_in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.TextField(default=InvestigationState.OPEN.value)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True)
    period_from = models.DateTimeField(null=True)
    period_to = models.DateTimeField(null=True)
    vrms = ArrayField(models.TextField(), null=True)
    camera_areas = ArrayField(models.TextField(), null=True)
    review_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in InvestigationState]),
                name="investigation_state",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    category__in=[one.value for one in Category if one is not Category.NONE]
                ),
                name="investigation_category",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference="")
                & ~models.Q(title="")
                & ~models.Q(justification=""),
                name="investigation_said_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class InvestigationReview(models.Model):
    """One look at whether an investigation still needs ANPR data, and when the next is due."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="reviews"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField()
    reason = models.TextField()
    next_review_at = models.DateTimeField()

    class Meta:
        db_table = "investigation_review"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="")
                & models.Q(next_review_at__gt=models.F("reviewed_at")),
                name="investigation_review_said_why",
            ),
        ]

    def __str__(self) -> str:
        return f"review of investigation {self.investigation_id}"


class InvestigationMember(models.Model):
    """An account in an investigation's team, from ``added_at`` until ``removed_at``."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="members"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigation_member"
        constraints = [
            models.UniqueConstraint(
                fields=["investigation", "user"],
                condition=models.Q(removed_at=None),
                name="investigation_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"member of {self.investigation_id}"


class AuthorisationRequest(models.Model):
    """A request to look further than the rules open by themselves.

    ``days`` is how long the authorisation is wanted for; ``vrms`` null: for any mark.
    ``requester_unit`` is the unit of the requester at that time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="requests"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requester_unit = models.TextField()
    requested_at = models.DateTimeField()
    necessity = models.TextField()
    proportionality = models.TextField()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    vrms = ArrayField(models.TextField(), null=True)
    days = models.PositiveSmallIntegerField()
    state = models.TextField(default=RequestState.ASKED.value)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")

    class Meta:
        db_table = "authorisation_request"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_from__lt=models.F("period_to")),
                name="authorisation_request_period",
            ),
            models.CheckConstraint(
                condition=~models.Q(necessity="") & ~models.Q(proportionality=""),
                name="authorisation_request_said_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in RequestState]),
                name="authorisation_request_state",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.id}"


class AuthorisationGrant(models.Model):
    """What one officer authorised for another.

    The two person ids are set by the database from the accounts, whatever the program gives, and a
    CHECK keeps them apart: one person with two accounts can't authorise themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.OneToOneField(
        AuthorisationRequest, on_delete=models.PROTECT, related_name="granted"
    )
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="grants"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_by_person = models.TextField()
    requested_by_person = models.TextField()
    authoriser_rank = models.TextField()
    authoriser_unit = models.TextField()
    requester_unit = models.TextField()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    vrms = ArrayField(models.TextField(), null=True)
    valid_from = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "authorisation_grant"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(granted_by_person=models.F("requested_by_person")),
                name="authorisation_grant_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(period_from__lt=models.F("period_to"))
                & models.Q(valid_from__lt=models.F("expires_at")),
                name="authorisation_grant_periods",
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.id}"


class Hold(models.Model):
    """Reads kept for an investigation past retention, until somebody releases them.

    ``reference`` is the force's own, of a schedule or an exhibit. ``review_at`` is when its need is
    looked at again. The reads themselves stand in ``reads_held``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="holds")
    ground = models.TextField()
    reference = models.TextField()
    reason = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()
    review_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    released_at = models.DateTimeField(null=True)
    release_reason = models.TextField(default="")

    class Meta:
        db_table = "hold"
        indexes = [models.Index(fields=["investigation"], name="hold_of_investigation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground__in=[ground.value for ground in HoldGround]),
                name="hold_ground",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference="") & ~models.Q(reason=""),
                name="hold_said_why",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.reference}"


class HoldReview(models.Model):
    """One look at whether a hold is still needed: who, when, why, and when the next one is due."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField()
    reason = models.TextField()
    next_review_at = models.DateTimeField()

    class Meta:
        db_table = "hold_review"

    def __str__(self) -> str:
        return f"review of hold {self.hold_id}"


class Subject(models.Model):
    """Somebody an investigation is about. ``name`` is what the team calls them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="subjects"
    )
    name = models.TextField()
    role = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "subject"
        indexes = [models.Index(fields=["investigation"], name="subject_of_investigation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in SubjectRole]),
                name="subject_role",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="subject_named"),
        ]

    def __str__(self) -> str:
        return f"subject {self.id}"


class SubjectVehicle(models.Model):
    """A vehicle that is linked to a subject: how, by which source, graded, and until when.

    The grade is 3x5x2. Nothing is looked for by a link that has expired or was ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="vehicles")
    vrm = models.TextField()
    link = models.TextField()
    source = models.TextField()
    source_grade = models.TextField()
    assessment = models.TextField()
    handling = models.TextField()
    expires_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(default="")

    class Meta:
        db_table = "subject_vehicle"
        indexes = [models.Index(fields=["subject"], name="subject_vehicle_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source_grade__in=[one.value for one in SourceGrade])
                & models.Q(assessment__in=[one.value for one in Assessment])
                & models.Q(handling__in=[one.value for one in Handling]),
                name="subject_vehicle_graded",
            ),
            models.CheckConstraint(
                condition=~models.Q(vrm="") & ~models.Q(link="") & ~models.Q(source=""),
                name="subject_vehicle_sourced",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("added_at")),
                name="subject_vehicle_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"vehicle of subject {self.subject_id}"

    @property
    def grade(self) -> str:
        """The grade in short, such as ``2-B-P``."""
        return f"{self.source_grade}-{self.assessment}-{self.handling}"
