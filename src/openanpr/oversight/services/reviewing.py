"""Ticking off, asking, finding: each decided, stored and audited in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from openanpr.access.decide import Decision, decide_review
from openanpr.accounts.models import User
from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.oversight.flows import FINDING, QUESTION, Facts
from openanpr.oversight.models import Finding, Question, Review
from openanpr.oversight.services.steps import take_step
from openanpr.oversight.subjects import Subject
from openanpr.oversight.vocabulary import AUDITING, Grade, Kind, ReviewOutcome
from openanpr.policy.queries import profile_in_force
from openanpr.wire.ids import uuid7
from openanpr.workflow import Refused


def may_review(author: Author, person_id: str, *, at: datetime) -> Decision:
    """Whether the author may judge what this person did."""
    return decide_review(
        actor=author.actor, record_person_id=person_id, profile=profile_in_force(at=at), at=at
    )


@transaction.atomic
def tick_off(*, author: Author, subjects: Iterable[Subject], note: str, at: datetime) -> int:
    """Note that these were looked at and are in order; how many now are.

    One's own acts, and what was reviewed before, are left out.
    """
    done = 0
    for subject in subjects:
        if not may_review(author, subject.person_id, at=at).allowed:
            continue
        if _reviewed(author, subject, ReviewOutcome.IN_ORDER, note, at):
            done += 1
            _record_review(author, subject, ReviewOutcome.IN_ORDER, note, at)
    return done


@transaction.atomic
def ask(*, author: Author, subject: Subject, text: str, at: datetime) -> Question | Refused:
    """Ask the person about what they did. They have a week, and are reminded."""
    question = Question(
        id=uuid7(),
        kind=subject.kind.value,
        subject=subject.id,
        asked_of=subject.user,
        asked_person=subject.person_id,
        asked_by=author.user,
        asked_at=at,
    )
    step = take_step(
        flow=QUESTION,
        subject=question.id,
        name="ask",
        facts=_facts(author, subject.person_id, subject.person_id, at),
        author=author,
        reason=text,
        at=at,
    )
    if isinstance(step, Refused):
        return step
    question.state, question.due_at = step.target, step.due_at
    question.save(force_insert=True)
    _reviewed(author, subject, ReviewOutcome.ASKED, "", at)
    record_event(
        verb="question.ask",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"question:{question.id}",
        investigation=subject.investigation,
        reason=text,
        payload={"about": subject.reference, "asked": subject.person_id},
        **author.origin,
    )
    return question


@transaction.atomic
def move_question(
    *, author: Author, question: Question, move: str, text: str, at: datetime
) -> Refused | None:
    """Answer it, ask again, or settle it. A refusal says why; then nothing has changed."""
    question = Question.objects.select_for_update(of=("self",)).get(id=question.id)
    step = take_step(
        flow=QUESTION,
        subject=question.id,
        name=move,
        facts=_facts(author, question.asked_person, question.asked_person, at),
        author=author,
        reason=text,
        at=at,
    )
    if isinstance(step, Refused):
        return step
    question.state, question.due_at = step.target, step.due_at
    question.save(update_fields=["state", "due_at"])
    record_event(
        verb=f"question.{move}",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"question:{question.id}",
        reason=text,
        payload={"about": f"{question.kind}:{question.subject}"},
        **author.origin,
    )
    return None


@transaction.atomic
def raise_finding(
    *,
    author: Author,
    subject: Subject,
    question: Question | None,
    title: str,
    text: str,
    grade: Grade,
    owner: User,
    days: int,
    at: datetime,
) -> Finding | Refused:
    """Make a finding, to be acted on by its owner within ``days``."""
    finding = Finding(
        id=uuid7(),
        question=question,
        kind=subject.kind.value,
        subject=subject.id,
        subject_person=subject.person_id,
        title=title,
        grade=grade.value,
        owner=owner,
        owner_person=owner.person_id,
        raised_by=author.user,
        raised_at=at,
    )
    step = take_step(
        flow=FINDING,
        subject=finding.id,
        name="raise",
        facts=_facts(author, subject.person_id, owner.person_id, at),
        author=author,
        reason=text,
        at=at,
    )
    if isinstance(step, Refused):
        return step
    finding.state, finding.due_at = step.target, at + timedelta(days=days)
    finding.save(force_insert=True)
    _reviewed(author, subject, ReviewOutcome.FINDING, "", at)
    record_event(
        verb="finding.raise",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"finding:{finding.id}",
        investigation=subject.investigation,
        reason=text,
        payload={
            "about": subject.reference,
            "grade": grade.value,
            "owner": owner.person_id,
            "due_at": finding.due_at.isoformat(),
        },
        **author.origin,
    )
    return finding


@transaction.atomic
def move_finding(
    *, author: Author, finding: Finding, move: str, text: str, at: datetime
) -> Refused | None:
    """Say what was done, send it back, or close it. A refusal says why."""
    finding = Finding.objects.select_for_update(of=("self",)).get(id=finding.id)
    step = take_step(
        flow=FINDING,
        subject=finding.id,
        name=move,
        facts=_facts(author, finding.subject_person, finding.owner_person, at),
        author=author,
        reason=text,
        at=at,
    )
    if isinstance(step, Refused):
        return step
    finding.state, finding.due_at = step.target, step.due_at
    finding.save(update_fields=["state", "due_at"])
    record_event(
        verb=f"finding.{move}",
        actor=author.acting(AUDITING),
        at=at,
        subject=f"finding:{finding.id}",
        reason=text,
        payload={"grade": finding.grade},
        **author.origin,
    )
    return None


def reviews_of(kind: Kind, ids: Iterable[UUID]) -> dict[UUID, Review]:
    """The reviews of these acts, by act."""
    found = Review.objects.filter(kind=kind.value, subject__in=list(ids))
    return {one.subject: one for one in found.select_related("reviewer")}


def _facts(author: Author, subject_person: str, answering_person: str, at: datetime) -> Facts:
    return Facts(
        actor=author.actor,
        profile=profile_in_force(at=at),
        subject_person=subject_person,
        answering_person=answering_person,
    )


def _reviewed(
    author: Author, subject: Subject, outcome: ReviewOutcome, note: str, at: datetime
) -> bool:
    """Whether this made the act's review: it has one for good."""
    _, made = Review.objects.get_or_create(
        kind=subject.kind.value,
        subject=subject.id,
        defaults={
            "subject_person": subject.person_id,
            "reviewer": author.user,
            "reviewer_person": author.actor.person_id,
            "reviewed_at": at,
            "outcome": outcome.value,
            "note": note,
        },
    )
    return made


def _record_review(
    author: Author, subject: Subject, outcome: ReviewOutcome, note: str, at: datetime
) -> None:
    record_event(
        verb="review.make",
        actor=author.acting(AUDITING),
        at=at,
        subject=subject.reference,
        investigation=subject.investigation,
        reason=note,
        payload={"outcome": outcome.value, "of": subject.person_id},
        **author.origin,
    )
