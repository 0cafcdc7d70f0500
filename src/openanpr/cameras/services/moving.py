"""Moving a camera to another state: suspended, live again, retired."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.access.facts import Actor
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.flow import move_between
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, CameraGap
from openanpr.cameras.services.steps import CameraRefusedError, take_step
from openanpr.cameras.vocabulary import CameraState


@dataclass(frozen=True, slots=True)
class MoveRefused:
    """A change of state that was not made, and why, in a sentence for the screen."""

    reason: str


def change_state(
    *,
    camera_id: int,
    to: CameraState,
    actor: AuditActor,
    reason: str,
    at: datetime,
    request_id: str = "",
    person: Actor | None = None,
) -> Camera | MoveRefused:
    """Move a camera to another state. Ingest obeys within about a second.

    ``person`` is who asks, for the policy; ``None`` for the program itself. Refused without a
    reason, for a move that the flow does not know, and into service without an authority in force.
    Raises ``Camera.DoesNotExist``.
    """
    with transaction.atomic():
        camera = Camera.objects.select_for_update().get(id=camera_id)
        before, since = CameraState(camera.state), camera.state_changed_at
        name = move_between(before, to)
        if name is None:
            return MoveRefused(f"A camera that is {before} cannot become {to}.")
        try:
            take_step(camera, name, actor=actor, reason=reason, at=at, person=person)
        except CameraRefusedError as refused:
            return MoveRefused(refused.reason)
        _end_gap(camera, before, since, at)
        record_event(
            verb="camera.state",
            actor=actor,
            at=at,
            subject=f"camera:{camera.id}",
            reason=reason.strip(),
            request_id=request_id,
            payload={"camera": camera.key, "before": before.value, "after": to.value},
        )
    return camera


def _end_gap(camera: Camera, before: CameraState, since: datetime, at: datetime) -> None:
    """Keep how long a camera was out of service, once it is live again or for the first time."""
    if camera.state != CameraState.LIVE:
        return
    start = ALWAYS if before is CameraState.APPROVED else since
    if start < at:
        CameraGap.objects.create(camera=camera, starts_at=start, ends_at=at, kind="not-live")
