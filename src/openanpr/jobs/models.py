"""A job: what is to be done, with what, and how far it is."""

from django.db import models
from django.db.models.functions import Now

from openanpr.jobs.vocabulary import JobState


class Job(models.Model):
    """One piece of work. ``arguments`` hold ids alone, ``problem`` and ``progress`` no mark.

    ``once`` names what the work is about: while one waits, another of that name is not added.
    ``asked_by`` is an account's number, ``None`` where the program itself asked.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    arguments = models.JSONField(db_default=models.Value({}, models.JSONField()))
    once = models.TextField(db_default="")
    state = models.TextField(db_default=JobState.WAITING.value)
    attempts = models.SmallIntegerField(db_default=0)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    progress = models.TextField(db_default="")
    problem = models.TextField(db_default="")
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "job"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in JobState]), name="job_state"
            ),
            models.UniqueConstraint(
                fields=["kind", "once"],
                condition=models.Q(state="waiting") & ~models.Q(once=""),
                name="job_waits_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="job_to_do",
            ),
            models.Index(fields=["kind", "asked_at"], name="job_by_kind"),
        ]

    def __str__(self) -> str:
        return f"job {self.id}"
