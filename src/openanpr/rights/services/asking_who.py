"""Asking who ever saw a read: decided, and itself a row of the audit before it is shown."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from openanpr.access.decide import Decision, decide_viewers
from openanpr.access.vocabulary import Role
from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force
from openanpr.reads.links import pictures_here
from openanpr.rights.models import FoundRead, InformationRequest
from openanpr.rights.queries import facts_of, vehicles_of
from openanpr.rights.viewers import Viewing, rows_about
from openanpr.rights.vocabulary import HANDLING

ASKING: Final = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})
"""The roles that may name any read by its reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows that name the read, where the question is allowed."""

    decision: Decision
    read_id: uuid.UUID | None
    rows: Sequence[Viewing] = ()


@transaction.atomic
def who_saw(*, author: Author, read_id: uuid.UUID, at: datetime) -> Answer:
    """Who ever saw the read of this reference; no row where there is no such read."""
    decision = decide_viewers(
        actor=author.actor,
        request=None,
        vrm="",
        captured_at=at,
        profile=profile_in_force(at=at),
        at=at,
    )
    rows = rows_about(read_id) if decision.allowed else []
    _record(author, decision, read_id, len(rows), "", at)
    return Answer(decision=decision, read_id=read_id, rows=rows)


@transaction.atomic
def who_saw_found(
    *, author: Author, request: InformationRequest, found_id: uuid.UUID, at: datetime
) -> Answer:
    """Who ever saw a read that the request concerns, with the openings of its pictures."""
    read = request.found.filter(id=found_id).first()
    decision = _decide(author, request, read, at)
    subject = f"request:{request.id}"
    if read is None or not decision.allowed:
        _record(author, decision, None, 0, subject, at)
        return Answer(decision=decision, read_id=None)
    hashes = [bytes(one).hex() for one in (read.patch_hash, read.overview_hash) if one]
    kept = {*hashes, *pictures_here(hashes).values()}
    rows = rows_about(read.read_id, pictures=kept)
    _record(author, decision, read.read_id, len(rows), subject, at)
    return Answer(decision=decision, read_id=read.read_id, rows=rows)


def _decide(
    author: Author, request: InformationRequest, read: FoundRead | None, at: datetime
) -> Decision:
    """Allowed where one of the request's vehicles opens the read; else the last refusal."""
    profile = profile_in_force(at=at)
    decision: Decision | None = None
    for _, facts in facts_of(request, vehicles_of(request)):
        decision = decide_viewers(
            actor=author.actor,
            request=facts,
            vrm=read.vrm if read else "",
            captured_at=read.captured_at if read else at,
            profile=profile,
            at=at,
        )
        if decision.allowed and read is not None:
            return decision
    if decision is not None:
        return decision
    return decide_viewers(
        actor=author.actor, request=None, vrm="", captured_at=at, profile=profile, at=at
    )


def _record(
    author: Author,
    decision: Decision,
    read_id: uuid.UUID | None,
    rows: int,
    subject: str,
    at: datetime,
) -> None:
    record_event(
        verb="read.viewers",
        actor=author.acting(HANDLING | ASKING),
        at=at,
        subject=subject,
        decision="allow" if decision.allowed else "deny",
        reasons=list(decision.reasons),
        profile_version=decision.profile,
        payload={"read": str(read_id or ""), "rows": rows},
        **author.origin,
    )
