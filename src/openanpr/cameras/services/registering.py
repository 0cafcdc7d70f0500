"""Entering sites, vehicles and cameras: each in one transaction, audited."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from openanpr.access.facts import Actor
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.authority import Kind
from openanpr.cameras.models import Camera, PatrolVehicle, Site
from openanpr.cameras.services.authorities import Terms, append_authority
from openanpr.cameras.services.steps import take_step
from openanpr.cameras.vocabulary import CameraState, Carrier
from openanpr.forces.models import Force

_INTO_SERVICE: Final = {
    Kind.INHERITED: ("inherit",),
    Kind.OTHER_FORCE: ("inherit",),
    Kind.DECIDED: ("approve", "go-live"),
}


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
    """What a camera is entered with; exactly one of ``site_id`` and ``patrol_vehicle_id``.

    ``carrier``: ``None`` for the plain one, fixed at a site or in a vehicle.

    ``authority``: it was decided already, by a case kept here or by whoever ran it before.
    """

    name: str
    feed_id: int
    source_id: int
    camera_number: int
    area_name: str
    site_id: uuid.UUID | None = None
    patrol_vehicle_id: uuid.UUID | None = None
    device_credential_id: uuid.UUID | None = None
    direction: str = ""
    carrier: Carrier | None = None
    lanes: str = ""
    view: str = ""
    owner: str = ""
    shared_with: str = ""
    authority: Terms | None = None


def register_camera(
    *,
    camera: NewCamera,
    actor: AuditActor,
    reason: str,
    at: datetime,
    person: Actor | None = None,
) -> Camera:
    """Enter a camera as proposed; with ``authority`` given, it is taken over as live.

    ``person`` is who asks, for the policy; ``None`` for the program itself. Raises
    ``django.db.IntegrityError`` where its wire identity is taken, ``CameraRefusedError`` where the
    policy says no.
    """
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
            carrier=_carrier(camera).value,
            lanes=camera.lanes,
            view=camera.view,
            owner=camera.owner,
            shared_with=camera.shared_with,
            state=CameraState.PROPOSED.value,
            state_reason=reason,
            state_changed_at=at,
        )
        take_step(entered, "enter", actor=actor, reason=reason, at=at, person=person)
        if camera.authority is not None:
            append_authority(entered, camera.authority, by=actor, reason=reason, at=at)
            for move in _INTO_SERVICE[camera.authority.kind]:
                take_step(entered, move, actor=actor, reason=reason, at=at)
        record_event(
            verb="camera.register",
            actor=actor,
            at=at,
            subject=f"camera:{entered.id}",
            reason=reason,
            payload={"camera": entered.key, "state": entered.state},
        )
    return entered


def _carrier(camera: NewCamera) -> Carrier:
    if camera.carrier is not None:
        return camera.carrier
    return Carrier.FIXED if camera.patrol_vehicle_id is None else Carrier.IN_VEHICLE
