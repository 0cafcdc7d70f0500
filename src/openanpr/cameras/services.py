"""Changes of the register: each in one transaction, audited."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, CameraGap, PatrolVehicle, Site
from openanpr.cameras.vocabulary import MOVES, CameraState
from openanpr.forces.models import Force


def register_site(
    *,
    code: str,
    name: str,
    area_name: str,
    latitude: float,
    longitude: float,
    actor: AuditActor,
    at: datetime,
    sensitive: bool = False,
) -> Site:
    """Enter a site. Raises ``django.db.IntegrityError`` where its code is taken."""
    with transaction.atomic():
        site = Site.objects.create(
            code=code,
            name=name,
            area_name=area_name,
            latitude=latitude,
            longitude=longitude,
            sensitive=sensitive,
        )
        record_event(
            verb="site.register",
            actor=actor,
            at=at,
            subject=f"site:{site.id}",
            payload={"area": area_name},
        )
    return site


def register_patrol_vehicle(
    *, callsign: str, force: Force, actor: AuditActor, at: datetime
) -> PatrolVehicle:
    """Enter a vehicle that carries cameras. ``django.db.IntegrityError`` for a call sign taken."""
    with transaction.atomic():
        vehicle = PatrolVehicle.objects.create(callsign=callsign, force=force)
        record_event(
            verb="vehicle.register",
            actor=actor,
            at=at,
            subject=f"patrol-vehicle:{vehicle.id}",
            payload={"callsign": callsign},
        )
    return vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCamera:
    """What a camera is entered with; exactly one of ``site_id`` and ``patrol_vehicle_id``."""

    name: str
    feed_id: int
    source_id: int
    camera_number: int
    area_name: str
    site_id: uuid.UUID | None = None
    patrol_vehicle_id: uuid.UUID | None = None
    device_credential_id: uuid.UUID | None = None
    direction: str = ""
    state: CameraState = CameraState.PROPOSED


@dataclass(frozen=True, slots=True)
class MoveRefused:
    """A change of state that was not made, and why, in a sentence for the screen."""

    reason: str


def register_camera(*, camera: NewCamera, actor: AuditActor, reason: str, at: datetime) -> Camera:
    """Enter a camera. Raises ``django.db.IntegrityError`` where its wire identity is taken."""
    with transaction.atomic():
        entered = Camera.objects.create(
            name=camera.name,
            feed_id=camera.feed_id,
            source_id=camera.source_id,
            camera_number=camera.camera_number,
            area_name=camera.area_name,
            site_id=camera.site_id,
            patrol_vehicle_id=camera.patrol_vehicle_id,
            device_credential_id=camera.device_credential_id,
            direction=camera.direction,
            state=camera.state.value,
            state_reason=reason,
            state_changed_at=at,
        )
        record_event(
            verb="camera.register",
            actor=actor,
            at=at,
            subject=f"camera:{entered.id}",
            reason=reason,
            payload={"camera": entered.key, "state": camera.state.value},
        )
    return entered


def change_state(
    *,
    camera_id: int,
    to: CameraState,
    actor: AuditActor,
    reason: str,
    at: datetime,
    request_id: str = "",
) -> Camera | MoveRefused:
    """Move a camera to another state. Ingest obeys within about a second.

    Refused without a reason and for a move that ``MOVES`` does not know. Raises
    ``Camera.DoesNotExist``.
    """
    if not reason.strip():
        return MoveRefused("Say why: the reason is kept with the camera and in the audit.")
    with transaction.atomic():
        camera = Camera.objects.select_for_update().get(id=camera_id)
        before = CameraState(camera.state)
        if to not in MOVES[before]:
            return MoveRefused(f"A camera that is {before} cannot become {to}.")
        _end_gap(camera, before, to, at)
        camera.state = to.value
        camera.state_reason = reason.strip()
        camera.state_changed_at = at
        camera.save(update_fields=["state", "state_reason", "state_changed_at"])
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


def _end_gap(camera: Camera, before: CameraState, to: CameraState, at: datetime) -> None:
    """Keep how long a camera was out of service, once it is live again or for the first time."""
    if to is not CameraState.LIVE:
        return
    start = ALWAYS if before is CameraState.APPROVED else camera.state_changed_at
    if start < at:
        CameraGap.objects.create(camera=camera, starts_at=start, ends_at=at, kind="not-live")
