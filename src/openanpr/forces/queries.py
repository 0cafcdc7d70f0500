"""Looking up forces and units."""

from openanpr.forces.models import Force, Unit


def force_by_code(code: str) -> Force | None:
    """The force with this code, if there is one."""
    return Force.objects.filter(code=code).first()


def public_force() -> Force:
    """The force that answers for the public pages; the first, where several share the system.

    Raises ``Force.DoesNotExist`` before any force is set up.
    """
    return Force.objects.earliest("id")


def units_of(force: Force) -> list[Unit]:
    """The units of a force, by name."""
    return list(Unit.objects.filter(force=force).order_by("name"))
