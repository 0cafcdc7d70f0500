"""What an officer does with an alert: opens it, checks the picture, says what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from openanpr.access.alerts import decide_alert, decide_alert_location
from openanpr.access.decisions import Decision
from openanpr.access.vocabulary import Role
from openanpr.accounts.queries import actor_of
from openanpr.alerts.facts import facts_of
from openanpr.alerts.models import Alert, AlertCheck, AlertOutcome
from openanpr.alerts.queries import find_alert, hits_of, newest_check
from openanpr.alerts.requester import Requester
from openanpr.alerts.services.announcements import announce, lock_events
from openanpr.alerts.vocabulary import WITHOUT_THE_MARK, AlertState, EventKind, Outcome
from openanpr.audit.services import JSON, AuditActor, record_event
from openanpr.policy.queries import profile_in_force
from openanpr.wire.ids import uuid7


class UnableToRecordOutcome(ValueError):
    """The outcome contradicts what was recorded before; the message is for the officer."""


@dataclass(frozen=True, slots=True)
class Handling:
    """The decision about this person and this alert; ``alert`` only when it allows."""

    decision: Decision
    alert: Alert | None = None
    with_place: bool = False

    def __bool__(self) -> bool:
        return self.decision.allowed


@transaction.atomic
def open_alert(*, alert_id: UUID, by: Requester, at: datetime) -> Handling | None:
    """Show the alert to one person, and note that it was seen; ``None`` when there is none.

    A refusal is audited and returned.
    """
    handling = decide_handling(alert_id, by=by, at=at)
    if handling is None:
        return None
    if handling.alert is not None:
        _note_seen(handling.alert, by=by, at=at)
    shown = hits_of(handling.alert) if handling.alert is not None else []
    audit_handling(
        "alert.view",
        alert_id=alert_id,
        handling=handling,
        by=by,
        at=at,
        payload={
            "place_shown": handling.with_place,
            "hits": [str(hit.read_id) for hit in shown],
        },
    )
    return handling


@transaction.atomic
def check_picture(
    *, alert_id: UUID, by: Requester, at: datetime, says_same: bool
) -> Handling | None:
    """Record this person's answer to "does the picture show this mark?". It may be given again."""
    lock_events()
    handling = decide_handling(alert_id, by=by, at=at)
    if handling is None:
        return None
    alert = handling.alert
    if alert is not None and alert.state != AlertState.CLOSED:
        AlertCheck.objects.create(id=uuid7(), alert=alert, user=by.user, says_same=says_same, at=at)
        _move(alert, to=AlertState.CHECKED, kind=EventKind.CHECKED, at=at)
    audit_handling(
        "alert.check",
        alert_id=alert_id,
        handling=handling,
        by=by,
        at=at,
        payload={"same": says_same},
    )
    return handling


@transaction.atomic
def record_outcome(
    *, alert_id: UUID, by: Requester, at: datetime, outcome: Outcome, note: str = ""
) -> Handling | None:
    """Close the alert with what came of it.

    Raises ``UnableToRecordOutcome`` when this person has not checked the picture, when the outcome
    contradicts that check, when "other" comes without a note, or when the alert was closed before.
    The database refuses the first two as well.
    """
    lock_events()
    handling = decide_handling(alert_id, by=by, at=at)
    if handling is None:
        return None
    if handling.alert is not None:
        _close(handling.alert, by=by, at=at, outcome=outcome, note=note.strip())
    audit_handling(
        "alert.outcome",
        alert_id=alert_id,
        handling=handling,
        by=by,
        at=at,
        payload={"outcome": outcome.value},
    )
    return handling


def note_deliveries(*, alerts: Sequence[Alert], user_id: int, at: datetime) -> None:
    """Record that these alerts reached this person's screen, each the first time that it did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into alert_delivery (id, alert_id, user_id, delivered_at) "
            "select id, alert_id, %s, %s from unnest(%s::uuid[], %s::uuid[]) as new (id, alert_id) "
            "on conflict do nothing",
            [user_id, at, [uuid7() for _ in alerts], [alert.id for alert in alerts]],
        )


def _close(alert: Alert, *, by: Requester, at: datetime, outcome: Outcome, note: str) -> None:
    check = newest_check(alert, user_id=by.user.pk)
    if check is None:
        raise UnableToRecordOutcome("Say first whether the picture shows this mark.")
    if not check.says_same and outcome not in WITHOUT_THE_MARK:
        raise UnableToRecordOutcome(
            "You said that the picture does not show this mark. "
            "Check it again, or record a misread."
        )
    if outcome is Outcome.OTHER and not note:
        raise UnableToRecordOutcome("Say in the note what happened.")
    if alert.state == AlertState.CLOSED:
        raise UnableToRecordOutcome("The outcome of this alert was recorded already.")
    AlertOutcome.objects.create(
        id=uuid7(),
        alert=alert,
        picture_check=check,
        user=by.user,
        outcome=outcome.value,
        note=note,
        at=at,
    )
    _move(alert, to=AlertState.CLOSED, kind=EventKind.CLOSED, at=at)


def decide_handling(alert_id: UUID, *, by: Requester, at: datetime) -> Handling | None:
    """Whether this person may open the alert now; ``None`` when there is none."""
    alert = find_alert(alert_id)
    if alert is None:
        return None
    actor, profile = actor_of(by.user, at=at), profile_in_force(at=at)
    facts = facts_of(alert)
    decision = decide_alert(actor=actor, alert=facts, profile=profile, at=at)
    if not decision:
        return Handling(decision)
    place = decide_alert_location(actor=actor, alert=facts, profile=profile, at=at)
    return Handling(decision, alert, place.allowed)


def _note_seen(alert: Alert, *, by: Requester, at: datetime) -> None:
    if alert.state == AlertState.NEW:
        lock_events()
        # Another officer may have opened it while this one waited for the lock.
        seen = Alert.objects.filter(pk=alert.pk, state=AlertState.NEW).update(
            state=AlertState.SEEN, seen_at=at
        )
        alert.refresh_from_db(fields=["state", "seen_at"])
        if seen:
            announce(alert, kind=EventKind.SEEN, at=at)
    note_deliveries(alerts=[alert], user_id=by.user.pk, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "update alert_delivery set seen_at = %s "
            "where alert_id = %s and user_id = %s and seen_at is null",
            [at, alert.id, by.user.pk],
        )


def _move(alert: Alert, *, to: AlertState, kind: EventKind, at: datetime) -> None:
    alert.state = to.value
    alert.seen_at = alert.seen_at or at
    if to is AlertState.CLOSED:
        alert.closed_at = at
    alert.save(update_fields=["state", "seen_at", "closed_at"])
    announce(alert, kind=kind, at=at)


def audit_handling(
    verb: str,
    *,
    alert_id: UUID,
    handling: Handling,
    by: Requester,
    at: datetime,
    payload: dict[str, JSON] | None = None,
) -> None:
    """Write down what this person did, or was refused."""
    record_event(
        verb=verb,
        actor=AuditActor.person(by.user, Role.ALERT_USER),
        at=at,
        subject=f"alert:{alert_id}",
        decision="allow" if handling else "deny",
        reasons=[str(reason) for reason in handling.decision.reasons],
        profile_version=handling.decision.profile,
        source_address=by.source_address,
        request_id=by.request_id,
        payload=payload or {},
    )
