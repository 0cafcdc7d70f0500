"""What the audit and the record of searches are told, before and after looking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from openanpr.access.decide import PartDecision, SearchDecision
from openanpr.access.vocabulary import Reason
from openanpr.audit.services import JSON, Decision, record_event
from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.store import FoundRead, LivePart
from openanpr.wire.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One search as it was asked and decided, before anything was looked at."""

    author: Author
    question: MarkQuestion
    investigation: Investigation | None
    decision: SearchDecision
    sentences: tuple[str, ...]
    live: Sequence[LivePart]
    at: datetime

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
        return SearchRun.objects.create(
            id=run_id,
            investigation=None if _stranger(decision) else asking.investigation,
            user=asking.author.user,
            asked_at=asking.at,
            vrm=question.vrm,
            look_alikes=question.look_alikes,
            period_from=question.start,
            period_to=question.end,
            reason=question.reason,
            decision=asking.answer,
            profile=decision.profile,
            parts=_summaries(asking),
            audit_sequence=written.sequence,
        )


def record_result(
    asking: Asking, run: SearchRun, *, reads: Sequence[FoundRead], truncated: bool
) -> None:
    """Write down what is about to be shown and commit it. Raises ``django.db.Error``."""
    digest = digest_of(reads)
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
                "truncated": truncated,
                "digest": digest,
                "read_ids": [str(read.id) for read in reads],
            },
            **asking.author.origin,
        )
        run.result_sequence = written.sequence
        run.rows = len(reads)
        run.truncated = truncated
        run.digest = digest
        run.save(update_fields=["result_sequence", "rows", "truncated", "digest"])


def digest_of(reads: Sequence[FoundRead]) -> str:
    """SHA-256 over one line a read, in the order shown: id, mark, time (UTC), camera."""
    lines = (
        f"{read.id} {read.vrm} {read.captured_at.isoformat()} {read.camera_id}\n" for read in reads
    )
    return sha256("".join(lines).encode()).hexdigest()


def _stranger(decision: SearchDecision) -> bool:
    """Whether the searcher is outside the team, and is to learn nothing of the investigation."""
    return Reason.NOT_A_MEMBER in decision.reasons


def _left_out(decision: SearchDecision) -> list[str]:
    return [one for one in decision.withheld_reasons if one not in decision.reasons]


def _payload(asking: Asking) -> Mapping[str, JSON]:
    question, decision = asking.question, asking.decision
    payload: dict[str, JSON] = {
        "kind": "mark",
        "vrm": question.vrm,
        "look_alikes": question.look_alikes,
        "period_from": question.start.isoformat(),
        "period_to": question.end.isoformat(),
        "category": asking.investigation.category if asking.investigation else "none",
        "parts": [_part(part) for part in decision.parts],
    }
    if decision.allowed:
        payload["live_search_ids"] = [str(live.id) for live in asking.live]
    return payload


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
