"""What the audit and the record of searches are told, before and after looking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from openanpr.access.decide import PartDecision, SearchDecision
from openanpr.access.vocabulary import Reason
from openanpr.audit.services import JSON, AuditActor, Decision, record_event
from openanpr.hotlists.tripwires.springing import spring
from openanpr.hotlists.tripwires.vocabulary import TripKind
from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.search.analysis.questions import COMBINING, METHODS
from openanpr.search.challenges import NO_CHALLENGE, Challenge
from openanpr.search.following import Following
from openanpr.search.models import SearchRun
from openanpr.search.owners import by_force
from openanpr.search.planner import Planned
from openanpr.search.question import Question
from openanpr.search.services.finding import Found
from openanpr.wire.ids import uuid7


class Shown(Protocol):
    """A read that is about to be shown."""

    @property
    def id(self) -> UUID: ...
    @property
    def vrm(self) -> str: ...
    @property
    def captured_at(self) -> datetime: ...
    @property
    def camera_id(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A companion's read, of which only this much is shown."""

    id: UUID
    vrm: str
    captured_at: datetime
    camera_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One search as it was asked and decided, before anything was looked at."""

    author: Author
    question: Question
    investigation: Investigation | None
    decision: SearchDecision
    sentences: tuple[str, ...]
    planned: Sequence[Planned]
    following: Following
    at: datetime
    continues: SearchRun | None = None
    challenge: Challenge = NO_CHALLENGE

    @property
    def answer(self) -> Decision:
        """The answer in one word of the audit."""
        if not self.decision.allowed:
            return "deny"
        return "allow" if self.decision.complete else "partial"

    @property
    def reference(self) -> str:
        """The investigation's reference; empty where there is none."""
        return self.investigation.reference if self.investigation else ""


def record_question(asking: Asking) -> SearchRun:
    """Write down the question and the answer and commit both. Raises ``django.db.Error``."""
    run_id = uuid7()
    question, decision = asking.question, asking.decision
    with transaction.atomic(durable=True):
        written = record_event(
            verb="search.run" if decision.allowed else "search.refuse",
            actor=asking.author.acting(INVESTIGATING),
            at=asking.at,
            subject=f"search:{run_id}",
            investigation=asking.reference,
            reason=question.reason,
            decision=asking.answer,
            reasons=[*decision.reasons, *_left_out(decision)],
            profile_version=decision.profile,
            payload=_payload(asking),
            **asking.author.origin,
        )
        _tell_of_following(asking, run_id)
        _tell_of_challenge(asking, run_id)
        spring(TripKind.ASKED, ((vrm, run_id) for vrm in question.named), **_tripping(asking))
        _tell_of_combining(asking, run_id)
        return SearchRun.objects.create(
            id=run_id,
            investigation=None if _stranger(decision) else asking.investigation,
            user=asking.author.user,
            asked_at=asking.at,
            kind=question.kind.value,
            vrm=next(iter(question.named)) if len(question.named) == 1 else "",
            asked=question.asked,
            question=question.facts(),
            look_alikes=bool(question.facts().get("look_alikes", False)),
            period_from=question.start,
            period_to=question.end,
            reason=question.reason,
            surveillance=asking.following.surveillance,
            decision=asking.answer,
            profile=decision.profile,
            parts=_summaries(asking),
            audit_sequence=written.sequence,
            continues=_first(asking),
            signs=sorted(asking.challenge.signs),
            explanation=asking.challenge.explanation,
            answers=asking.challenge.answers,
        )


def record_result(asking: Asking, run: SearchRun, *, found: Found) -> None:
    """Write down what is about to be shown and commit it. Raises ``django.db.Error``."""
    reads = shown_of(found)
    digest = digest_of(reads)
    forces = by_force(read.camera_id for read in reads)
    with transaction.atomic(durable=True):
        written = record_event(
            verb="search.result",
            actor=asking.author.acting(INVESTIGATING),
            at=asking.at,
            subject=f"search:{run.id}",
            investigation=asking.reference,
            reason=run.reason,
            profile_version=run.profile,
            payload={
                "rows": len(reads),
                "truncated": found.truncated,
                "digest": digest,
                "forces": forces,
                "read_ids": [str(read.id) for read in reads],
            },
            **asking.author.origin,
        )
        spring(TripKind.SHOWN, ((read.vrm, run.id) for read in reads), **_tripping(asking))
        run.result_sequence = written.sequence
        run.rows = len(reads)
        run.truncated = found.truncated
        run.digest = digest
        run.shown_of = forces
        run.save(update_fields=["result_sequence", "rows", "truncated", "digest", "shown_of"])


def shown_of(found: Found) -> list[Shown]:
    """Every read that a result shows, in the order of its page."""
    shown: list[Shown] = [*found.reads]
    shown += [read for mark in found.common for _, read in mark.visits]
    shown += found.passes
    shown += [
        Met(
            id=one.read_id,
            vrm=companion.vrm,
            captured_at=one.captured_at,
            camera_id=one.camera_id,
        )
        for _, companion in found.told
        for one in companion.meetings
    ]
    return shown


def digest_of(reads: Sequence[Shown]) -> str:
    """SHA-256 over one line a read, in the order shown: id, mark, time (UTC), camera."""
    lines = (
        f"{read.id} {read.vrm} {read.captured_at.isoformat()} {read.camera_id}\n" for read in reads
    )
    return sha256("".join(lines).encode()).hexdigest()


def _tell_of_following(asking: Asking, run_id: UUID) -> None:
    """A mark that is followed is told to the auditor by a verb of its own."""
    following = asking.following
    if not following.is_followed or not asking.decision.allowed:
        return
    record_event(
        verb="search.follow",
        actor=asking.author.acting(INVESTIGATING),
        at=asking.at,
        subject=f"search:{run_id}",
        investigation=asking.reference,
        reason=asking.question.reason,
        payload={
            "earlier": following.earlier,
            "days": following.days,
            "surveillance": following.surveillance,
        },
        **asking.author.origin,
    )


def _tell_of_combining(asking: Asking, run_id: UUID) -> None:
    """Combining reads is a kind of processing of its own (Data Protection Act 2018, s. 62)."""
    kind = asking.question.kind
    if kind not in COMBINING or not asking.decision.allowed:
        return
    record_event(
        verb="search.combine",
        actor=asking.author.acting(INVESTIGATING),
        at=asking.at,
        subject=f"search:{run_id}",
        investigation=asking.reference,
        reason=asking.question.reason,
        payload={"kind": kind.value, "method": METHODS[kind]},
        **asking.author.origin,
    )


def _tell_of_challenge(asking: Asking, run_id: UUID) -> None:
    """Signs of misuse are told to the auditor by the system: the searcher is not told which."""
    challenge = asking.challenge
    if not challenge.signs:
        return
    record_event(
        verb="search.challenge",
        actor=AuditActor.system("web"),
        at=asking.at,
        subject=f"search:{run_id}",
        payload={
            "signs": sorted(challenge.signs),
            "explanation": challenge.explanation,
            "released": challenge.released,
            "answered": asking.decision.allowed,
        },
    )


def _tripping(asking: Asking) -> dict[str, Any]:
    user = asking.author.user
    return {
        "at": asking.at,
        "person": user.person_id,
        "account": user.username,
        "investigation": asking.reference,
    }


def _stranger(decision: SearchDecision) -> bool:
    """Whether the searcher is outside the team, and is to learn nothing of the investigation."""
    return Reason.NOT_A_MEMBER in decision.reasons


def _left_out(decision: SearchDecision) -> list[str]:
    return [one for one in decision.withheld_reasons if one not in decision.reasons]


def _payload(asking: Asking) -> Mapping[str, JSON]:
    question, decision = asking.question, asking.decision
    facts: dict[str, JSON] = question.facts()
    payload: dict[str, JSON] = {
        "kind": question.kind.value,
        "asked": question.asked,
        **facts,
        "camera_ids": _cameras(asking),
        "period_from": question.start.isoformat(),
        "period_to": question.end.isoformat(),
        "category": asking.investigation.category if asking.investigation else "none",
        "earlier": asking.following.earlier,
        "surveillance": asking.following.surveillance,
        "continues": str(_first(asking) or ""),
        "parts": [_part(part) for part in decision.parts],
    }
    if decision.allowed:
        payload["live_search_ids"] = [str(one) for each in asking.planned for one in each.ids]
    return payload


def _first(asking: Asking) -> UUID | None:
    """The search of which this is a further page."""
    run = asking.continues
    return None if run is None else run.continues or run.id


def _cameras(asking: Asking) -> list[JSON] | None:
    """The cameras that its place stands for; none named where the question names no place."""
    query = asking.question.as_query()
    if query.camera_ids is None and query.camera_areas is None:
        return None
    return [*sorted({one for each in asking.planned for one in each.camera_ids or ()})]


def _part(part: PartDecision) -> Mapping[str, JSON]:
    return {
        "band": part.band,
        "from": part.start.isoformat(),
        "to": part.end.isoformat(),
        "allowed": part.allowed,
        "reasons": [str(one) for one in part.reasons],
        "withheld": [str(one.reason) for one in part.withheld],
        "grants": list(part.grant_ids),
    }


def _summaries(asking: Asking) -> list[Mapping[str, JSON]]:
    return [
        {**_part(part), "sentence": sentence}
        for part, sentence in zip(asking.decision.parts, asking.sentences, strict=False)
    ]
