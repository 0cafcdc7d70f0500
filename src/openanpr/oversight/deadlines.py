"""Questions that wait for an answer, and findings that wait for their owner or the auditor."""

from collections.abc import Iterable
from typing import Final

from openanpr.oversight.models import Finding, Question
from openanpr.oversight.vocabulary import AUDITING
from openanpr.web.deadlines import Asked, Deadline


def questions(asked: Asked) -> Iterable[Deadline]:
    """For the person who was asked; once answered, for the auditors."""
    found = Question.objects.exclude(state="settled").filter(due_at__lte=asked.until)
    for row in found.values("id", "state", "due_at", "asked_of_id", "asked_person"):
        if row["due_at"] is None:
            continue
        answered = row["state"] == "answered"
        yield Deadline(
            key=f"question.{row['state']}:{row['id']}",
            sentence="Settle a question that was answered" if answered else "Answer the auditor",
            consequence="It stands as unanswered in the month's report.",
            due_at=row["due_at"],
            url_name="oversight_question" if answered else "asked_one",
            url_kwargs={"question_id": row["id"]},
            accounts=frozenset() if answered else frozenset({row["asked_of_id"]}),
            roles=AUDITING if answered else frozenset(),
            not_by=row["asked_person"] if answered else "",
        )


def findings(asked: Asked) -> Iterable[Deadline]:
    """For the owner; once acted on, for the auditors."""
    found = Finding.objects.exclude(state="closed").filter(due_at__lte=asked.until)
    for row in found.values("id", "state", "due_at", "owner_id", "subject_person"):
        if row["due_at"] is None:
            continue
        acted = row["state"] == "acted-on"
        yield Deadline(
            key=f"finding.{row['state']}:{row['id']}",
            sentence="Check what was done about a finding" if acted else "See to a finding",
            consequence="It stands as open in the month's report.",
            due_at=row["due_at"],
            url_name="oversight_finding" if acted else "asked_finding",
            url_kwargs={"finding_id": row["id"]},
            accounts=frozenset() if acted else frozenset({row["owner_id"]}),
            roles=AUDITING if acted else frozenset(),
            not_by=row["subject_person"] if acted else "",
        )


DEADLINES: Final = (questions, findings)
