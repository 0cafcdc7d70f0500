"""Vehicles known to be people's own: added with where it is known from, taken off without trace."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.oversight.models import PersonVehicle
from openanpr.oversight.vocabulary import AUDITING
from openanpr.vrm import canonical


@transaction.atomic
def add_vehicle(
    *, author: Author, person_id: str, vrm: str, source: str, at: datetime
) -> PersonVehicle:
    """Note a person's vehicle (``vrm`` normalised). Once is enough."""
    vehicle, made = PersonVehicle.objects.get_or_create(
        person_id=person_id,
        canonical=canonical(vrm),
        defaults={"vrm": vrm, "source": source, "added_by": author.user, "added_at": at},
    )
    if made:
        _record(author, "vehicle.note", vehicle, at)
    return vehicle


@transaction.atomic
def remove_vehicle(*, author: Author, vehicle: PersonVehicle, at: datetime) -> None:
    """Take it off: sold, or noted by mistake."""
    _record(author, "vehicle.forget", vehicle, at)
    PersonVehicle.objects.filter(id=vehicle.id).delete()


def _record(author: Author, verb: str, vehicle: PersonVehicle, at: datetime) -> None:
    record_event(
        verb=verb,
        actor=author.acting(AUDITING),
        at=at,
        subject=f"person:{vehicle.person_id}",
        reason=vehicle.source,
        payload={"vehicle": str(vehicle.id)},
        **author.origin,
    )
