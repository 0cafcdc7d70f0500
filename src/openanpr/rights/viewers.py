"""Who ever saw one read, and why: from the opaque ids in the audit."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from openanpr.alerts.models import AlertHit
from openanpr.audit.events import sentence
from openanpr.audit.models import AuditEvent

MOST: Final = 1000
_LISTED: Final = (("read_ids", ()), ("held_ids", ("hold.place", "request.hold-back")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """One row of the audit that names the read."""

    sequence: int
    at: datetime
    who: str
    role: str
    sentence: str
    investigation: str
    reason: str


def rows_about(read_id: uuid.UUID, *, pictures: Collection[str] = ()) -> list[Viewing]:
    """The rows that say that this read was shown, taken out, kept or answered for, oldest first.

    ``pictures`` are the hashes under which its pictures are kept, where they are known: rows of
    their opening count too.
    """
    wanted = str(read_id)
    found: dict[int, AuditEvent] = {}

    def add(rows: QuerySet[AuditEvent]) -> None:
        found.update({row.sequence: row for row in rows.order_by("-sequence")[:MOST]})

    for name, verbs in _LISTED:
        named = AuditEvent.objects.filter(
            **{"payload__has_key": name, f"payload__{name}__contains": wanted}
        )
        add(named.filter(verb__in=verbs) if verbs else named)
    add(AuditEvent.objects.filter(verb="request.check-picture", payload__read=wanted))
    for alert_id in _alerts_of(read_id):
        add(AuditEvent.objects.filter(subject=f"alert:{alert_id}"))
        add(AuditEvent.objects.filter(verb="alert.list", payload__alerts__contains=str(alert_id)))
    if pictures:
        add(AuditEvent.objects.filter(verb="image.view", payload__image__in=list(pictures)))
    return [_viewing(found[number]) for number in sorted(found)][-MOST:]


def _alerts_of(read_id: uuid.UUID) -> list[uuid.UUID]:
    joined = AlertHit.objects.filter(hit__read_id=read_id)
    return list(joined.values_list("alert_id", flat=True).distinct())


def _viewing(event: AuditEvent) -> Viewing:
    return Viewing(
        sequence=event.sequence,
        at=event.at,
        who=event.actor_name or event.actor_account,
        role=event.acting_role,
        sentence=sentence(event),
        investigation=event.investigation,
        reason=event.reason,
    )
