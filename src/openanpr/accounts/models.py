"""Accounts, roles held, training, and the credentials of readers."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from openanpr.access.vocabulary import Appointment, Rank, Role
from openanpr.accounts.managers import UserManager
from openanpr.forces.models import Force, Unit
from openanpr.wire.ids import uuid7

models.BinaryField.register_lookup(Length)


def _choices(words: type[Rank] | type[Role] | type[Appointment]) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("-", " ").capitalize()) for word in words]


class User(AbstractBaseUser):
    """An account. ``person_id`` names the human being, who may have more than one account.

    Roles end with the posting, and with the vetting where its end is known.

    There are no groups, no per-object permissions and no super-user: what an account may do follows
    from the roles it holds now (``RoleHeld``) and the access policy.
    """

    class Theme(models.TextChoices):
        DAY = "day", "Day"
        NIGHT = "night", "Night"

    username = models.CharField(max_length=60, unique=True, validators=[ASCIIUsernameValidator()])
    person_id = models.CharField(max_length=60, db_index=True, help_text="Collar or staff number")
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="accounts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="accounts")
    rank = models.CharField(max_length=30, choices=_choices(Rank))
    location_right = models.BooleanField(default=False, help_text="Sees exact camera places")
    covert_right = models.BooleanField(default=False, help_text="Sees covert cameras and entries")
    vetted = models.BooleanField(default=True, help_text="Vetting is in force")
    vetting_expires_at = models.DateTimeField(null=True, blank=True)
    posting_ends_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.DAY)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["person_id", "full_name", "force", "unit", "rank"]

    class Meta:
        db_table = "account"
        ordering = ("username",)
        constraints = [
            models.CheckConstraint(
                condition=Q(rank__in=[rank.value for rank in Rank]), name="account_rank_known"
            ),
            models.CheckConstraint(condition=~Q(person_id=""), name="account_person_named"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name as pages show it."""
        return self.full_name


class RoleHeld(models.Model):
    """A role that an account held in the half-open period ``valid_from`` to ``valid_to``."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=40, choices=_choices(Role))
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "role_held"
        ordering = ("user_id", "role", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="role_held_role_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_held_period_forward",
            ),
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(valid_to__isnull=True),
                name="role_held_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of account {self.user_id}"


class TrainingRecord(models.Model):
    """A course passed, valid in the half-open period ``passed_at`` to ``expires_at``."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training_records")
    course = models.CharField(max_length=60)
    passed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    certificate = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "training_record"
        ordering = ("user_id", "course", "-passed_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("passed_at")), name="training_record_period_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} of account {self.user_id}"


class Enrolment(models.Model):
    """A one-time link by which a person sets the first password of an account.

    Only the SHA-256 (hexadecimal) of its code is kept. ``ended_at``: used, or replaced by another.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enrolments")
    code_digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "enrolment"
        ordering = ("user_id", "-made_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="enrolment_period_forward"
            ),
            models.UniqueConstraint(
                fields=("user",), condition=Q(ended_at__isnull=True), name="enrolment_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment of account {self.user_id}"


class AccountProposal(models.Model):
    """An act on an account that one person proposed, for another to put in force or refuse.

    ``subject_person``, ``proposed_by`` and ``answered_by`` are person ids.
    """

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    act = models.CharField(max_length=20, choices=_choices(Appointment))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    subject_person = models.CharField(max_length=60)
    role = models.CharField(max_length=40, blank=True, default="")
    identity = models.CharField(max_length=255, blank=True, default="")
    reason = models.TextField()
    proposed_by = models.CharField(max_length=60)
    proposer_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="proposed")
    answered_by = models.CharField(max_length=60, default="")
    answerer_name = models.CharField(max_length=120, default="")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="")

    class Meta:
        db_table = "account_proposal"
        ordering = ("-proposed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "confirmed", "refused", "withdrawn"]),
                name="account_proposal_state",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by="")
                & ~Q(subject_person=F("proposed_by"))
                & ~Q(subject_person=F("answered_by")),
                name="account_proposal_not_own",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (~Q(answered_by=F("proposed_by")) & ~Q(answered_by="")),
                name="account_proposal_four_eyes",
            ),
            models.UniqueConstraint(
                fields=("user", "act", "role"),
                condition=Q(state="proposed"),
                name="account_proposal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} for account {self.user_id}"


class LinkedIdentity(models.Model):
    """Who of the force's own sign-in (OpenID Connect) an account belongs to.

    ``subject`` is the value of the claim that the settings name, as ``issuer`` says it.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_by = models.CharField(max_length=60)
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "linked_identity"
        ordering = ("user_id", "-linked_at")
        constraints = [
            models.UniqueConstraint(
                fields=("issuer", "subject"),
                condition=Q(ended_at__isnull=True),
                name="linked_identity_one_account",
            ),
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(ended_at__isnull=True),
                name="linked_identity_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(issuer=""), name="linked_identity_named"
            ),
        ]

    def __str__(self) -> str:
        return f"identity of account {self.user_id}"


class UsedCode(models.Model):
    """A code of a second factor that was given and may not be given again while it is good.

    Shared by every process, so that no code is good twice by going to another one.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "used_code"
        constraints = [
            models.UniqueConstraint(fields=("user", "code_digest"), name="used_code_once"),
        ]

    def __str__(self) -> str:
        return f"used code of account {self.user_id}"


class DeviceCredential(models.Model):
    """The public key (Ed25519, 32 bytes) by which a reader signs what it sends."""

    class State(models.TextChoices):
        LIVE = "live", "Live"
        REVOKED = "revoked", "Revoked"

    id: "models.UUIDField[UUID, UUID]" = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    reader_name = models.CharField(max_length=120)
    public_key = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "device_credential"
        ordering = ("reader_name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(public_key__length=32), name="device_credential_key_length"
            ),
            models.CheckConstraint(
                condition=Q(state="live", revoked_at__isnull=True)
                | Q(state="revoked", revoked_at__isnull=False),
                name="device_credential_revoked_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reader_name
