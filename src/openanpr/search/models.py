"""What was searched: the question, the answer of the policy and the size of the result."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from openanpr.investigations.models import Investigation
from openanpr.wire.ids import uuid7


class SearchRun(models.Model):
    """One search that was asked for, allowed or refused. The reads it found are not kept.

    ``parts`` is a list of ``{"band", "from", "to", "allowed", "sentence"}``, oldest first.
    ``kind``, ``question`` and the period are what was asked, ``asked`` the same in words; ``vrm``
    is the mark, where one alone is named. ``continues``: this is a further page of that search.
    ``rows`` and ``digest`` are null until the result was recorded in the audit. ``signs`` are those
    of misuse, ``explanation`` what was said to them; ``answers``: the held search asked again.
    ``shown_of``: how many reads of each force (by its code), where a store holds those of several.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="+", null=True
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    kind = models.TextField(db_default="mark")
    vrm = models.TextField()
    asked = models.TextField(db_default="")
    question = models.JSONField(db_default={})
    look_alikes = models.BooleanField()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    reason = models.TextField()
    surveillance = models.TextField(db_default="")
    decision = models.TextField()
    profile = models.TextField()
    parts = models.JSONField()
    audit_sequence = models.BigIntegerField()
    result_sequence = models.BigIntegerField(null=True)
    rows = models.IntegerField(null=True)
    truncated = models.BooleanField(default=False)
    digest = models.TextField(default="")
    continues = models.UUIDField(null=True)
    signs = ArrayField(models.TextField(), db_default=[])
    explanation = models.TextField(db_default="")
    answers = models.UUIDField(null=True)
    shown_of = models.JSONField(db_default={})

    class Meta:
        db_table = "search_run"
        indexes = [models.Index(fields=["user", "-asked_at"], name="search_run_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["allow", "partial", "deny"]),
                name="search_run_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(rows=None) | ~models.Q(decision="deny"),
                name="search_run_refused_found_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"search {self.id}"


class SavedSearch(models.Model):
    """A question of an investigation that its team may ask again; each time it is decided afresh.

    With ``seconds`` it is about that long up to the moment it is asked, else about its own period.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    kind = models.TextField()
    asked = models.TextField()
    question = models.JSONField()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    seconds = models.BigIntegerField(null=True)
    reason = models.TextField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_saved"
        indexes = [models.Index(fields=["investigation"], name="search_saved_by_case")]

    def __str__(self) -> str:
        return f"saved search {self.id}"
