"""Entering and ending a sensitive place: each takes two people, and is audited."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openanpr.access.vocabulary import PlaceKind
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.sensitive.models import SensitivePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who acts, as a person, and as the audit names them."""

    person_id: str
    name: str
    acting: AuditActor


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """What a place is entered with."""

    kind: PlaceKind
    name: str
    latitude: float
    longitude: float
    starts_at: datetime
    ends_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was changed, in a sentence for the screen."""

    reason: str


@transaction.atomic
def propose(*, place: NewPlace, by: Author, at: datetime) -> SensitivePlace:
    """Enter a place; it limits nothing until another person confirms it."""
    made = SensitivePlace.objects.create(
        kind=place.kind.value,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        reason=place.reason,
        proposed_by=by.person_id,
        proposer_name=by.name,
        proposed_at=at,
    )
    _audit("sensitive.propose", made, by=by, at=at, reason=place.reason)
    return made


@transaction.atomic
def confirm(*, place_id: UUID, by: Author, at: datetime) -> SensitivePlace | Refused:
    """Put a place in force. Raises ``SensitivePlace.DoesNotExist``."""
    place = SensitivePlace.objects.select_for_update().get(id=place_id)
    if place.confirmed_at is not None or place.ended_at is not None:
        return Refused("Somebody answered this before you.")
    if place.proposed_by == by.person_id:
        return Refused("You entered this place: another person confirms it.")
    place.confirmed_by, place.confirmer_name, place.confirmed_at = by.person_id, by.name, at
    place.save(update_fields=["confirmed_by", "confirmer_name", "confirmed_at"])
    _audit("sensitive.confirm", place, by=by, at=at)
    return place


@transaction.atomic
def ask_to_end(
    *, place_id: UUID, by: Author, reason: str, at: datetime
) -> SensitivePlace | Refused:
    """Ask that a place limits nothing any more; one that was never confirmed is withdrawn."""
    place = SensitivePlace.objects.select_for_update().get(id=place_id)
    if place.ended_at is not None or place.end_proposed_at is not None:
        return Refused("Somebody answered this before you.")
    place.end_proposed_by, place.end_reason, place.end_proposed_at = by.person_id, reason, at
    if place.confirmed_at is None:
        place.ended_by, place.ended_at = by.person_id, at
    place.save(
        update_fields=["end_proposed_by", "end_reason", "end_proposed_at", "ended_by", "ended_at"]
    )
    _audit("sensitive.ask-to-end", place, by=by, at=at, reason=reason)
    return place


@transaction.atomic
def answer_end(
    *, place_id: UUID, agree: bool, by: Author, at: datetime
) -> SensitivePlace | Refused:
    """End a place, or leave it in force, as the second person."""
    place = SensitivePlace.objects.select_for_update().get(id=place_id)
    if place.ended_at is not None or place.end_proposed_at is None:
        return Refused("Somebody answered this before you.")
    if agree and place.end_proposed_by == by.person_id:
        return Refused("You asked to end this place: another person agrees.")
    if agree:
        place.ended_by, place.ended_at = by.person_id, at
    else:
        place.end_proposed_by, place.end_reason, place.end_proposed_at = "", "", None
    place.save(
        update_fields=["end_proposed_by", "end_reason", "end_proposed_at", "ended_by", "ended_at"]
    )
    _audit("sensitive.end" if agree else "sensitive.keep", place, by=by, at=at)
    return place


def _audit(verb: str, place: SensitivePlace, *, by: Author, at: datetime, reason: str = "") -> None:
    record_event(
        verb=verb,
        actor=by.acting,
        at=at,
        subject=f"sensitive-place:{place.id}",
        reason=reason,
        payload={"kind": place.kind},
    )
