"""Placing, reviewing and releasing a hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from openanpr.access.decide import Decision, decide_view
from openanpr.accounts.models import User
from openanpr.audit.services import record_event
from openanpr.cameras.queries import cameras_by_id
from openanpr.investigations.models import Hold, HoldReview, Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING, HoldGround
from openanpr.policy.queries import profile_in_force
from openanpr.search.selection import PickedRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Why reads are held, who answers for it, and when the need is looked at again."""

    ground: HoldGround
    reference: str
    reason: str
    owner: User
    review_at: datetime


@dataclass(frozen=True, slots=True)
class HoldRefused:
    """A hold that the policy does not allow, with the decisions against it."""

    decisions: tuple[Decision, ...]


class ReadsGoneError(Exception):
    """Some of the picked reads are not in the store any more; nothing was held."""


@transaction.atomic
def place_hold(
    *,
    author: Author,
    investigation: Investigation,
    reads: Sequence[PickedRead],
    terms: Terms,
    at: datetime,
) -> Hold | HoldRefused:
    """Keep reads that a search for the investigation has shown, past retention.

    Only what the author may open now can be held; one read that they may not refuses all. The
    database copies the reads once the decision is in the audit. Raises ``ReadsGoneError``.
    """
    against = _against(author, investigation, reads, at)
    if against:
        record_event(
            verb="hold.refuse",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"investigation:{investigation.id}",
            investigation=investigation.reference,
            reason=terms.reason,
            decision="deny",
            reasons=sorted({str(one) for refusal in against for one in refusal.reasons}),
            profile_version=against[0].profile,
            payload={"reads": len(reads)},
            **author.origin,
        )
        return HoldRefused(against)
    with transaction.atomic():
        hold = _make(author, investigation, terms, at)
        _record_placing(author, hold, reads, at)
        if _copied(hold, reads) != len(reads):
            raise ReadsGoneError
    return hold


@transaction.atomic
def review_hold(
    *, author: Author, hold: Hold, reason: str, next_review_at: datetime, at: datetime
) -> bool:
    """Note that the hold is still needed, and until when. ``False`` where it was released."""
    found = Hold.objects.filter(id=hold.id, released_at=None).update(review_at=next_review_at)
    if not found:
        return False
    HoldReview.objects.create(
        hold=hold,
        reviewed_by=author.user,
        reviewed_at=at,
        reason=reason,
        next_review_at=next_review_at,
    )
    record_event(
        verb="hold.review",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"hold:{hold.id}",
        investigation=hold.investigation.reference,
        reason=reason,
        payload={"review_at": next_review_at.isoformat()},
        **author.origin,
    )
    return True


@transaction.atomic
def release_hold(*, author: Author, hold: Hold, reason: str, reads: int, at: datetime) -> bool:
    """End the hold: what it keeps past retention goes. ``False`` where it had ended already."""
    released = Hold.objects.filter(id=hold.id, released_at=None).update(
        released_at=at, released_by=author.user, release_reason=reason
    )
    if not released:
        return False
    record_event(
        verb="hold.release",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"hold:{hold.id}",
        investigation=hold.investigation.reference,
        reason=reason,
        payload={"reads": reads},
        **author.origin,
    )
    return True


def _against(
    author: Author, investigation: Investigation, reads: Sequence[PickedRead], at: datetime
) -> tuple[Decision, ...]:
    """The decisions against opening these reads, one of a kind."""
    profile = profile_in_force(at=at)
    facts, grants = facts_of(investigation), grants_of(investigation)
    cameras = cameras_by_id({read.camera_id for read in reads})
    refusals: dict[object, Decision] = {}
    for read in reads:
        camera = cameras.get(read.camera_id)
        decision = decide_view(
            actor=author.actor,
            captured_at=read.captured_at,
            investigation=facts,
            grants=grants,
            profile=profile,
            at=at,
            vrm=read.vrm,
            camera_area=camera.area_name if camera else None,
        )
        if not decision.allowed:
            refusals.setdefault((decision.band, decision.reasons), decision)
    return tuple(refusals.values())


def _make(author: Author, investigation: Investigation, terms: Terms, at: datetime) -> Hold:
    return Hold.objects.create(
        investigation=investigation,
        ground=terms.ground.value,
        reference=terms.reference,
        reason=terms.reason,
        owner=terms.owner,
        placed_by=author.user,
        placed_at=at,
        review_at=terms.review_at,
    )


def _record_placing(author: Author, hold: Hold, reads: Sequence[PickedRead], at: datetime) -> None:
    record_event(
        verb="hold.place",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"hold:{hold.id}",
        investigation=hold.investigation.reference,
        reason=hold.reason,
        decision="allow",
        payload={
            "ground": hold.ground,
            "reference": hold.reference,
            "owner": hold.owner.person_id,
            "review_at": hold.review_at.isoformat(),
            "reads": len(reads),
            "held_ids": [str(read.id) for read in reads],
        },
        **author.origin,
    )


def _copied(hold: Hold, reads: Sequence[PickedRead]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select hold_reads(%s, %s, %s, %s)",
            [
                hold.id,
                [read.vrm for read in reads],
                [read.captured_at for read in reads],
                [read.camera_id for read in reads],
            ],
        )
        return int(cursor.fetchone()[0])
