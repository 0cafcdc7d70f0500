"""From the scope that a decision allows to the live searches that open exactly that."""

from openanpr.access.scope import Scope, ScopePart
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import camera_ids_in_areas
from openanpr.search.store import LivePart
from openanpr.wire.ids import uuid7


def plan(scope: Scope) -> tuple[LivePart, ...]:
    """One live search for each part of the scope, oldest first."""
    return tuple(
        LivePart(id=uuid7(), part=part, camera_ids=_cameras(scope, part)) for part in scope.parts
    )


def _cameras(scope: Scope, part: ScopePart) -> tuple[int, ...] | None:
    """The cameras that this part may see; ``None`` where nothing restricts them."""
    allowed: frozenset[int] | None = None
    if part.camera_areas is not None:
        allowed = camera_ids_in_areas(part.camera_areas)
    if scope.camera_ids is not None:
        wanted = frozenset(int(camera) for camera in scope.camera_ids)
        allowed = wanted if allowed is None else allowed & wanted
    if not scope.include_covert:
        allowed = _without_covert(allowed)
    return None if allowed is None else tuple(sorted(allowed))


def _without_covert(allowed: frozenset[int] | None) -> frozenset[int] | None:
    covert = frozenset(Camera.objects.filter(site__sensitive=True).values_list("id", flat=True))
    if not covert:
        return allowed
    if allowed is None:
        allowed = frozenset(Camera.objects.values_list("id", flat=True))
    return allowed - covert
