"""What auditors do: checks of the chain, samples, reviews, questions, findings.

Searches and entries are named by id and person, never by foreign key: they end by their own
retention, and what was found out about them stays. Nothing here holds a mark but a person's own
declared vehicle.
"""

from django.conf import settings
from django.db import models

from openanpr.oversight.vocabulary import Grade, Kind, Method, ReviewOutcome
from openanpr.wire.ids import uuid7


def _account() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


def _id() -> models.UUIDField:  # type: ignore[type-arg]
    return models.UUIDField(primary_key=True, default=uuid7, editable=False)


class ChainCheck(models.Model):
    """One check: the rows after ``after`` up to ``head``. ``problem`` is empty where it is whole.

    ``head_hash`` is hexadecimal. A later check goes on from the last whole one.
    """

    id = _id()
    checked_at = models.DateTimeField()
    checked_by = _account()
    after = models.BigIntegerField()
    rows = models.BigIntegerField()
    head = models.BigIntegerField()
    head_hash = models.TextField()
    problem = models.TextField(default="")

    class Meta:
        db_table = "chain_check"

    def __str__(self) -> str:
        return f"check of the chain to row {self.head}"


class Sample(models.Model):
    """Searches drawn for review from those asked in ``[period_from, period_to)``.

    ``seed``, ``rules`` (the digest of the table of risks) and ``population`` (how many there were
    to draw from) let anybody draw it again.
    """

    id = _id()
    drawn_at = models.DateTimeField()
    drawn_by = _account()
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    method = models.TextField()
    seed = models.TextField()
    size = models.IntegerField()
    population = models.IntegerField()
    rules = models.TextField()

    class Meta:
        db_table = "oversight_sample"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=[one.value for one in Method]),
                name="oversight_sample_method",
            ),
        ]

    def __str__(self) -> str:
        return f"sample {self.id}"


class Pick(models.Model):
    """One search of a sample; ``risks`` is ``[{"rule", "points", "says"}]``."""

    id = _id()
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="picks")
    run_id = models.UUIDField()
    position = models.IntegerField()
    score = models.IntegerField()
    risks = models.JSONField()

    class Meta:
        db_table = "oversight_pick"
        constraints = [
            models.UniqueConstraint(fields=["sample", "run_id"], name="oversight_pick_once"),
        ]

    def __str__(self) -> str:
        return f"pick {self.position}"


class Review(models.Model):
    """An auditor's tick: this search, or this entry by hand, was looked at. Made once.

    ``subject_person`` did it and is never the reviewer, whatever account either used: the database
    checks that too.
    """

    id = _id()
    kind = models.TextField()
    subject = models.UUIDField()
    subject_person = models.TextField()
    reviewer = _account()
    reviewer_person = models.TextField()
    reviewed_at = models.DateTimeField()
    outcome = models.TextField()
    note = models.TextField(default="")

    class Meta:
        db_table = "oversight_review"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="oversight_review_once"),
            models.CheckConstraint(
                condition=~models.Q(reviewer_person=models.F("subject_person")),
                name="oversight_review_not_own",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[one.value for one in Kind],
                    outcome__in=[one.value for one in ReviewOutcome],
                ),
                name="oversight_review_words",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.kind} {self.subject}"


class Question(models.Model):
    """What an auditor asks the person who did something. Its text and answers are its steps."""

    id = _id()
    kind = models.TextField()
    subject = models.UUIDField()
    asked_of = _account()
    asked_person = models.TextField()
    asked_by = _account()
    asked_at = models.DateTimeField()
    state = models.TextField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oversight_question"
        indexes = [models.Index(fields=["asked_person"], name="oversight_question_of")]

    def __str__(self) -> str:
        return f"question {self.id}"


class Finding(models.Model):
    """Something that was wrong, with the person who must see to it and until when.

    ``subject_person`` is whom it is about, where it is about one; they never close it.
    """

    id = _id()
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="findings", null=True
    )
    kind = models.TextField(default="")
    subject = models.UUIDField(null=True)
    subject_person = models.TextField(default="")
    title = models.TextField()
    grade = models.TextField()
    owner = _account()
    owner_person = models.TextField()
    raised_by = _account()
    raised_at = models.DateTimeField()
    state = models.TextField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oversight_finding"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__in=[one.value for one in Grade]),
                name="oversight_finding_grade",
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.id}"


class OversightStep(models.Model):
    """One move of a question or a finding, as ``openanpr.workflow.Step``; never changed."""

    id = _id()
    flow = models.TextField()
    subject = models.UUIDField()
    sequence = models.IntegerField()
    move = models.TextField()
    source = models.TextField(null=True)  # noqa: DJ001 - a first step comes from nowhere
    target = models.TextField()
    person_id = models.TextField()
    user = _account()
    at = models.DateTimeField()
    reason = models.TextField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "oversight_step"
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "subject", "sequence"], name="oversight_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flow} {self.subject}: {self.move}"


class PersonVehicle(models.Model):
    """A vehicle known to be a person's own, as declared: a search for it is looked at twice.

    Taken off, the row is deleted: nothing of it is kept.
    """

    id = _id()
    person_id = models.TextField(db_index=True)
    vrm = models.TextField(db_collation="C")
    canonical = models.TextField(db_collation="C")
    source = models.TextField()
    added_by = _account()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "person_vehicle"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "canonical"], name="person_vehicle_once"),
        ]

    def __str__(self) -> str:
        return f"vehicle of {self.person_id}"


class Release(models.Model):
    """A second person's answer on a search that was held up: let through, or not, and why."""

    id = _id()
    run_id = models.UUIDField(unique=True)
    searcher_person = models.TextField()
    decided_by = _account()
    decided_person = models.TextField()
    decided_at = models.DateTimeField()
    let_through = models.BooleanField()
    reason = models.TextField()

    class Meta:
        db_table = "search_release"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_person=models.F("searcher_person")),
                name="search_release_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"release of search {self.run_id}"


class MonthlyReport(models.Model):
    """One making of a month's report; ``digest`` (SHA-256) names its figures."""

    id = _id()
    month = models.TextField()
    made_at = models.DateTimeField()
    made_by = _account()
    digest = models.TextField()
    form = models.TextField()

    class Meta:
        db_table = "monthly_report"
        indexes = [models.Index(fields=["month"], name="monthly_report_of")]

    def __str__(self) -> str:
        return f"report of {self.month}"
