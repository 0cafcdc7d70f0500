"""Searches, entries, questions and findings as the auditor's pages show them. Never a read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from openanpr.hotlists.models import HotlistEntry
from openanpr.investigations.services.author import Author
from openanpr.oversight.assessing import needed_authority
from openanpr.oversight.flows import MOVE_NAMES, STATE_NAMES
from openanpr.oversight.models import Finding, OversightStep, Question, Review, Sample
from openanpr.oversight.services.reviewing import reviews_of
from openanpr.oversight.subjects import Subject
from openanpr.oversight.vocabulary import OUTCOME_NAMES, Kind, ReviewOutcome
from openanpr.search.models import SearchRun


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """One act in a list. ``own``: the reader's own, which somebody else judges."""

    subject: Subject
    asked: str
    reason: str
    review: Review | None
    outcome: str
    own: bool
    score: int = 0
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """An entry by hand; its mark is left out where it is covert and the reader may not know."""

    entry: HotlistEntry
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingLine:
    """A question or a finding with its state."""

    item: Question | Finding
    tag: tuple[str, str]
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One move: who, when, what was said."""

    name: str
    move: str
    at: datetime
    words: str


def act_lines(subjects: Iterable[Subject], *, author: Author) -> list[ActLine]:
    """These acts in their order, with what came of looking at them."""
    listed = list(subjects)
    reviews = _reviews(listed)
    runs = _runs(one.id for one in listed if one.kind is Kind.SEARCH)
    entries = _entries(one.id for one in listed if one.kind is Kind.ENTRY)
    lines = []
    for one in listed:
        run, entry = runs.get(one.id), entries.get(one.id)
        said = run.asked if run else f"added to {entry.hotlist.name}" if entry else ""
        reason = run.reason if run else entry.reason if entry else ""
        lines.append(_line(one, said, reason, reviews.get(one.id), author))
    return lines


def pick_lines(sample: Sample, *, author: Author) -> list[ActLine]:
    """The searches of a sample; one whose own retention has ended is only counted."""
    picks = list(sample.picks.order_by("position"))
    runs = _runs(one.run_id for one in picks)
    reviews = reviews_of(Kind.SEARCH, runs)
    lines = []
    for pick in picks:
        run = runs.get(pick.run_id)
        if run is None:
            continue
        subject = Subject(
            kind=Kind.SEARCH,
            id=run.id,
            user=run.user,
            at=run.asked_at,
            investigation=run.investigation.reference if run.investigation else "",
        )
        line = _line(subject, run.asked, run.reason, reviews.get(run.id), author)
        risks = tuple(one["says"] for one in pick.risks)
        lines.append(replace(line, score=pick.score, risks=risks))
    return lines


def run_facts(run_id: UUID) -> dict[str, object]:
    """One search with its answer: how many reads, never which."""
    run = SearchRun.objects.select_related("user", "investigation").get(id=run_id)
    return {"run": run, "older": needed_authority(run)}


def entry_facts(entry_id: UUID, *, covert: bool) -> EntryFacts:
    """One entry by hand."""
    entry = HotlistEntry.objects.select_related("hotlist", "created_by").get(id=entry_id)
    hidden = (entry.covert or entry.hotlist.covert) and not covert
    return EntryFacts(entry=entry, mark="" if hidden else entry.vrm)


def question_lines(questions: Iterable[Question], *, at: datetime) -> list[MovingLine]:
    """Questions in their order."""
    return [_moving(one, at) for one in questions]


def finding_lines(findings: Iterable[Finding], *, at: datetime) -> list[MovingLine]:
    """Findings in their order."""
    return [_moving(one, at) for one in findings]


def steps_of(flow: str, subject: UUID) -> list[StepLine]:
    """Every move, oldest first."""
    rows = OversightStep.objects.filter(flow=flow, subject=subject).select_related("user")
    return [
        StepLine(name=row.user.full_name, move=MOVE_NAMES[row.move], at=row.at, words=row.reason)
        for row in rows.order_by("sequence")
    ]


def _moving(item: Question | Finding, at: datetime) -> MovingLine:
    return MovingLine(
        item=item,
        tag=STATE_NAMES[item.state],
        overdue=item.due_at is not None and item.due_at <= at,
    )


def _line(
    subject: Subject, asked: str, reason: str, review: Review | None, author: Author
) -> ActLine:
    return ActLine(
        subject=subject,
        asked=asked,
        reason=reason,
        review=review,
        outcome=OUTCOME_NAMES[ReviewOutcome(review.outcome)] if review else "",
        own=subject.person_id == author.actor.person_id,
    )


def _reviews(subjects: list[Subject]) -> dict[UUID, Review]:
    found: dict[UUID, Review] = {}
    for kind in Kind:
        found |= reviews_of(kind, (one.id for one in subjects if one.kind is kind))
    return found


def _runs(ids: Iterable[UUID]) -> dict[UUID, SearchRun]:
    found = SearchRun.objects.filter(id__in=list(ids)).select_related("user", "investigation")
    return {one.id: one for one in found}


def _entries(ids: Iterable[UUID]) -> dict[UUID, HotlistEntry]:
    found = HotlistEntry.objects.filter(id__in=list(ids)).select_related("hotlist")
    return {one.id: one for one in found}
