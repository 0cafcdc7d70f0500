"""Writing forces and units; each write is audited in its own transaction."""

from datetime import datetime

from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.forces.models import Force, Unit


@transaction.atomic
def create_force(*, code: str, name: str, by: AuditActor, at: datetime) -> Force:
    """A new force. ``ValidationError`` where the code is taken or malformed."""
    force = Force(code=code, name=name)
    force.full_clean()
    force.save()
    record_event(
        verb="force.create", actor=by, at=at, subject=f"force:{force.code}", payload={"name": name}
    )
    return force


@transaction.atomic
def create_unit(*, force: Force, name: str, area: str = "", by: AuditActor, at: datetime) -> Unit:
    """A new unit of ``force``. ``ValidationError`` where the force has one of this name."""
    unit = Unit(force=force, name=name, area=area)
    unit.full_clean()
    unit.save()
    record_event(
        verb="unit.create",
        actor=by,
        at=at,
        subject=f"unit:{force.code}/{name}",
        payload={"area": area},
    )
    return unit
