"""Looking for the reads that a request concerns: decided, audited, and by its own door.

The live search is of another kind than an investigator's: the database opens it only to the
request's officer, for one mark, between the days on which the person kept the vehicle.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django import db
from django.db import transaction

from openanpr.access.decide import RequestSearch as Answer
from openanpr.access.decide import decide_request_search
from openanpr.audit.services import JSON, record_event
from openanpr.audit.services import Decision as Word
from openanpr.cameras.queries import cameras_known_to
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.rights.models import FoundRead, InformationRequest, RequestSearch, RequestVehicle
from openanpr.rights.queries import facts_of, request_of, vehicles_of
from openanpr.rights.vocabulary import HANDLING, RequestState
from openanpr.search import store
from openanpr.search.services import SearchStoppedError
from openanpr.search.services.record import digest_of
from openanpr.search.store import FoundRead as StoredRead
from openanpr.search.store import LivePart
from openanpr.wire.ids import uuid7

MOST: Final = 5000
"""The most reads that one search for a request shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What was decided on one vehicle, and what it opens (nothing where it was refused)."""

    vehicle: RequestVehicle
    answer: Answer
    live: LivePart | None


def search_for(*, author: Author, request_id: uuid.UUID, at: datetime) -> RequestSearch:
    """Search the reads of every vehicle that was checked for the request, as far as allowed.

    A refusal is a result too, without rows. Must not run inside a transaction: what it writes is
    committed before it looks. Raises ``SearchStoppedError`` where it can't be audited or looked.
    """
    try:
        return _search(author, request_id, at)
    except (db.Error, NoProfileError) as problem:
        raise SearchStoppedError from problem


def _search(author: Author, request_id: uuid.UUID, at: datetime) -> RequestSearch:
    request = request_of(request_id)
    if request is None:
        raise LookupError("there is no such information request")
    parts = _decide(author, request, at)
    allowed = [part.live for part in parts if part.live is not None]
    search = _record_question(author, request, parts, at)
    if not allowed:
        return search
    store.open_live_searches(allowed, request_id=request.id, account_id=author.user.pk)
    try:
        reads = [read for live in allowed for read in store.history(live, limit=MOST + 1)]
    finally:
        store.end_live_searches(allowed)
    return _record_result(author, request, search, reads, at)


def _decide(author: Author, request: InformationRequest, at: datetime) -> list[_Part]:
    profile = profile_in_force(at=at)
    cameras = _cameras(author)
    parts = []
    for vehicle, facts in facts_of(request, vehicles_of(request)):
        answer = decide_request_search(
            actor=author.actor,
            request=replace(facts, open=request.state == RequestState.OPEN),
            profile=profile,
            at=at,
        )
        live = None
        if answer.start is not None and answer.end is not None:
            live = LivePart(
                id=uuid7(),
                start=answer.start,
                end=answer.end,
                vrms=facts.vrms,
                camera_ids=cameras,
            )
        parts.append(_Part(vehicle=vehicle, answer=answer, live=live))
    return parts


def _cameras(author: Author) -> tuple[int, ...] | None:
    """Every camera, or those that somebody without the right to covert ones may know of."""
    if author.actor.covert_right:
        return None
    return tuple(cameras_known_to(covert=False).values_list("id", flat=True))


def _record_question(
    author: Author, request: InformationRequest, parts: Sequence[_Part], at: datetime
) -> RequestSearch:
    allowed = [part for part in parts if part.live is not None]
    told: list[JSON] = [_told(part) for part in parts]
    with transaction.atomic(durable=True):
        written = record_event(
            verb="request.search",
            actor=author.acting(HANDLING),
            at=at,
            subject=f"request:{request.id}",
            decision=_word(parts),
            reasons=sorted({str(one) for part in parts for one in part.answer.decision.reasons}),
            profile_version=parts[0].answer.decision.profile if parts else "",
            payload={
                "vrms": sorted({part.vehicle.vrm for part in parts}),
                "parts": told,
                "live_search_ids": [str(part.live.id) for part in allowed if part.live],
            },
            **author.origin,
        )
        return RequestSearch.objects.create(
            request=request,
            by=author.user,
            at=at,
            parts=told,
            audit_sequence=written.sequence,
        )


def _word(parts: Sequence[_Part]) -> Word:
    return "allow" if any(part.live for part in parts) else "deny"


def _told(part: _Part) -> dict[str, JSON]:
    answer = part.answer
    return {
        "vehicle": str(part.vehicle.id),
        "from": answer.start.isoformat() if answer.start else None,
        "to": answer.end.isoformat() if answer.end else None,
        "allowed": part.live is not None,
        "cut": answer.cut,
        "reasons": [str(one) for one in answer.decision.reasons],
    }


def _record_result(
    author: Author,
    request: InformationRequest,
    search: RequestSearch,
    reads: Sequence[StoredRead],
    at: datetime,
) -> RequestSearch:
    once = {read.id: read for read in reads}
    ordered = sorted(once.values(), key=lambda read: (read.captured_at, read.id), reverse=True)
    shown, truncated = ordered[:MOST], len(ordered) > MOST
    with transaction.atomic(durable=True):
        FoundRead.objects.bulk_create(
            [_found(request, read) for read in shown], ignore_conflicts=True
        )
        written = record_event(
            verb="request.result",
            actor=author.acting(HANDLING),
            at=at,
            subject=f"request:{request.id}",
            payload={
                "rows": len(shown),
                "truncated": truncated,
                "digest": digest_of(shown),
                "read_ids": [str(read.id) for read in shown],
            },
            **author.origin,
        )
        search.result_sequence = written.sequence
        search.rows = len(shown)
        search.truncated = truncated
        search.digest = digest_of(shown)
        search.save(update_fields=["result_sequence", "rows", "truncated", "digest"])
    return search


def _found(request: InformationRequest, read: StoredRead) -> FoundRead:
    return FoundRead(
        request=request,
        read_id=read.id,
        vrm=read.vrm,
        captured_at=read.captured_at,
        camera_id=read.camera_id,
        direction=read.direction,
        patch_hash=bytes.fromhex(read.patch_hash) if read.patch_hash else None,
        overview_hash=bytes.fromhex(read.overview_hash) if read.overview_hash else None,
    )
