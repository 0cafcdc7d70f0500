"""Protecting a mark, ending that, and dealing with what tripped."""

from datetime import datetime

from django.db import transaction

from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor, record_event
from openanpr.hotlists.tripwires.models import ProtectedMark, Trip
from openanpr.hotlists.tripwires.vocabulary import STANDARDS, Ground
from openanpr.vrm import canonical

_BATCH = 200


@transaction.atomic
def protect(
    *,
    by: User,
    vrm: str,
    ground: Ground,
    reference: str,
    reason: str,
    ends_at: datetime,
    at: datetime,
) -> ProtectedMark:
    """Protect a mark (normalised) until ``ends_at``. The audit is not told which."""
    made = ProtectedMark.objects.create(
        vrm=vrm,
        canonical=canonical(vrm),
        ground=ground.value,
        reference=reference,
        reason=reason,
        owner=by,
        added_at=at,
        ends_at=ends_at,
    )
    record_event(
        verb="tripwire.protect",
        actor=_acting(by),
        at=at,
        subject=f"protected:{made.id}",
        payload={"ends_at": ends_at.isoformat()},
    )
    return made


@transaction.atomic
def end_protection(*, by: User, protected: ProtectedMark, at: datetime) -> bool:
    """End it now; the mark itself goes. ``False`` where it had ended already."""
    ended = ProtectedMark.objects.filter(id=protected.id, ended_at=None).update(
        ended_at=at, vrm="", canonical=""
    )
    if ended:
        record_event(
            verb="tripwire.end", actor=_acting(by), at=at, subject=f"protected:{protected.id}"
        )
    return bool(ended)


@transaction.atomic
def deal_with(*, by: User, trip: Trip, note: str, at: datetime) -> bool:
    """Note that a trip was looked at, and what it was. ``False`` where somebody had."""
    dealt = Trip.objects.filter(id=trip.id, seen_at=None).update(seen_at=at, seen_by=by, note=note)
    if dealt:
        record_event(verb="tripwire.deal", actor=_acting(by), at=at, subject=f"trip:{trip.id}")
    return bool(dealt)


@transaction.atomic
def tell_audit(*, at: datetime) -> int:
    """Write the audit row of each trip that has none; how many."""
    waiting = Trip.objects.select_for_update(skip_locked=True).filter(audit_sequence=None)
    rows = list(waiting.only("id", "kind", "protected_id").order_by("id")[:_BATCH])
    for trip in rows:
        written = record_event(
            verb="tripwire.trip",
            actor=AuditActor.system("jobs"),
            at=at,
            subject=f"trip:{trip.id}",
            payload={"kind": trip.kind, "protected": str(trip.protected_id)},
        )
        Trip.objects.filter(id=trip.id).update(audit_sequence=written.sequence)
    return len(rows)


@transaction.atomic
def end_due(*, at: datetime) -> int:
    """End what is past its date: the marks go."""
    due = list(
        ProtectedMark.objects.filter(ended_at=None, ends_at__lte=at).values_list("id", flat=True)
    )
    for one in due:
        ProtectedMark.objects.filter(id=one).update(ended_at=at, vrm="", canonical="")
        record_event(
            verb="tripwire.end",
            actor=AuditActor.system("jobs"),
            at=at,
            subject=f"protected:{one}",
        )
    return len(due)


def _acting(by: User) -> AuditActor:
    return AuditActor.person(by, next(iter(STANDARDS)).value)
