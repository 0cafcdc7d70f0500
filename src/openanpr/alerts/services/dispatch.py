"""From the outbox to alerts: each waiting hit raises one, joins one, or has lost its entry."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import F

from openanpr.alerts.channels.services.queueing import queue_messages
from openanpr.alerts.models import Alert, AlertHit, Hit, Outbox
from openanpr.alerts.ranking import severity
from openanpr.alerts.routing import Routing, UnitFacts, route
from openanpr.alerts.services.announcements import announce, lock_events
from openanpr.alerts.vocabulary import AlertState, EventKind
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.queries import covert_among
from openanpr.forces.models import Unit
from openanpr.hotlists.copies import EntryCopy
from openanpr.hotlists.queries import live_entries
from openanpr.hotlists.tripwires.springing import spring
from openanpr.hotlists.tripwires.vocabulary import TripKind
from openanpr.vrm import canonical
from openanpr.wire.ids import uuid7

REPEAT_WINDOW: Final = timedelta(minutes=15)
ATTEMPTS: Final = 5
_BATCH: Final = 50
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the hits of one batch are judged by, read once for all of them."""

    dispatched: frozenset[UUID]
    live_entries: frozenset[UUID]
    covert_cameras: frozenset[int]
    units: Mapping[str, Sequence[UnitFacts]]


@dataclass(frozen=True, slots=True)
class _Done:
    verb: str
    alert: Alert
    hit: Hit


@transaction.atomic
def dispatch_waiting(*, at: datetime, repeat_window: timedelta = REPEAT_WINDOW) -> int:
    """Dispatch the oldest waiting hits; answers how many rows were taken.

    Dispatching a hit twice changes nothing. A row that cannot be dispatched is tried five times and
    then left standing with its count; it holds up no other.
    """
    lock_events()
    waiting = Outbox.objects.select_for_update(skip_locked=True, of=("self",))
    rows = list(
        waiting.select_related("hit")
        .filter(done_at=None, attempts__lt=ATTEMPTS)
        .order_by("id")[:_BATCH]
    )
    if not rows:
        return 0
    known = _known([row.hit for row in rows], at=at)
    done = [_one(row, known, at=at, window=repeat_window) for row in rows]
    for one in done:
        if one is not None:
            _audit(one, at=at)
    spring(TripKind.HIT, ((row.hit.read_vrm, row.hit_id) for row in rows), at=at)
    return len(rows)


def _one(row: Outbox, known: _Known, *, at: datetime, window: timedelta) -> _Done | None:
    try:
        with transaction.atomic():
            done = _dispatch(row.hit, known, at=at, window=window)
    except (OperationalError, InterfaceError):
        raise
    except (DatabaseError, msgspec.ValidationError, ValueError) as problem:
        # Only the kind of the problem: its text may repeat a mark.
        _log.error("outbox row %d failed: %s", row.id, type(problem).__name__)
        Outbox.objects.filter(pk=row.id).update(attempts=F("attempts") + 1)
        return None
    Outbox.objects.filter(pk=row.id).update(done_at=at, result=done.verb if done else "entry-ended")
    return done


def _dispatch(hit: Hit, known: _Known, *, at: datetime, window: timedelta) -> _Done | None:
    if hit.id in known.dispatched or hit.entry_id not in known.live_entries:
        return None
    entry = EntryCopy.from_json(hit.entry_copy)
    routing = route(
        entry=entry, camera_area=hit.camera_area, units=known.units.get(entry.force, ())
    )
    # A covert camera would be given away by its hits: they stay with the people who may know of it.
    covert = entry.covert or hit.camera_id in known.covert_cameras
    alert = _open_alert(hit, force=entry.force, covert=covert, window=window)
    if alert is None:
        return _raise(hit, entry=entry, covert=covert, routing=routing, at=at)
    return _join(alert, hit, routing=routing, at=at)


def _open_alert(hit: Hit, *, force: str, covert: bool, window: timedelta) -> Alert | None:
    fresh = Alert.objects.select_for_update().filter(
        entry_id=hit.entry_id,
        canonical=canonical(hit.read_vrm),
        force=force,
        covert=covert,
        last_captured_at__gte=hit.captured_at - window,
        first_captured_at__lte=hit.captured_at + window,
    )
    return fresh.exclude(state=AlertState.CLOSED).order_by("-last_captured_at").first()


def _raise(hit: Hit, *, entry: EntryCopy, covert: bool, routing: Routing, at: datetime) -> _Done:
    alert = Alert.objects.create(
        id=uuid7(),
        hit=hit,
        latest_hit=hit,
        entry_id=hit.entry_id,
        hotlist_id=hit.hotlist_id,
        vrm=hit.read_vrm,
        canonical=canonical(hit.read_vrm),
        list_name=entry.list_name,
        action=entry.action,
        warning_markers=list(entry.warning_markers),
        reason=entry.reason,
        priority=entry.priority,
        severity=severity(priority=entry.priority, markers=entry.warning_markers),
        covert=covert,
        force=entry.force,
        routed_units=sorted(routing.units),
        routed_areas=sorted(routing.areas),
        late=hit.late,
        first_captured_at=hit.captured_at,
        last_captured_at=hit.captured_at,
        raised_at=at,
    )
    AlertHit.objects.create(hit=hit, alert=alert, joined_at=at)
    announce(alert, kind=EventKind.RAISED, at=at)
    queue_messages(alert, kind=EventKind.RAISED, at=at)
    return _Done("alert.raise", alert, hit)


def _join(alert: Alert, hit: Hit, *, routing: Routing, at: datetime) -> _Done:
    told = Routing(frozenset(alert.routed_units), frozenset(alert.routed_areas)).joined(routing)
    alert.routed_units = sorted(told.units)
    alert.routed_areas = sorted(told.areas)
    alert.hit_count += 1
    alert.first_captured_at = min(alert.first_captured_at, hit.captured_at)
    if hit.captured_at >= alert.last_captured_at:
        alert.last_captured_at = hit.captured_at
        alert.latest_hit = hit
        alert.late = hit.late
    alert.save()
    AlertHit.objects.create(hit=hit, alert=alert, joined_at=at)
    announce(alert, kind=EventKind.FURTHER_HIT, at=at)
    return _Done("alert.join", alert, hit)


def _known(hits: Sequence[Hit], *, at: datetime) -> _Known:
    dispatched = AlertHit.objects.filter(hit__in=hits).values_list("hit_id", flat=True)
    units: dict[str, list[UnitFacts]] = {}
    for force, name, area in Unit.objects.values_list("force__code", "name", "area"):
        units.setdefault(force, []).append(UnitFacts(name, area))
    return _Known(
        dispatched=frozenset(dispatched),
        live_entries=live_entries({hit.entry_id for hit in hits}, at=at),
        covert_cameras=covert_among({hit.camera_id for hit in hits}),
        units=units,
    )


def _audit(done: _Done, *, at: datetime) -> None:
    record_event(
        verb=done.verb,
        actor=AuditActor.system("worker"),
        at=at,
        subject=f"alert:{done.alert.id}",
        payload={
            "hit": str(done.hit.id),
            "entry": f"entry:{done.hit.entry_id}",
            "list": f"hotlist:{done.hit.hotlist_id}",
            "version": done.hit.snapshot_version,
            "how": done.hit.how,
            "late": done.hit.late,
        },
    )
