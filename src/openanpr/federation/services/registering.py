"""The centre takes up the register of cameras that a force has sent."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.authority import Kind
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, PatrolVehicle, Site
from openanpr.cameras.services import (
    NewCamera,
    Terms,
    register_camera,
    register_patrol_vehicle,
    register_site,
)
from openanpr.cameras.vocabulary import Carrier
from openanpr.federation.models import Link, ReceivedRegister
from openanpr.wire.federation import Register, RegisteredCamera

ACTOR: Final = AuditActor.system("federation")
_REASON: Final = "In the register that the force sent"
_CAMERA_FACTS: Final = (
    *("name", "area_name", "direction", "carrier"),
    *("site_id", "patrol_vehicle_id", "device_credential_id"),
)
_SITE_FACTS: Final = ("name", "area_name", "latitude", "longitude", "sensitive")


def registers_waiting() -> list[UUID]:
    """The links whose newest register has not been taken up."""
    rows = ReceivedRegister.objects.values_list("link", "digest", "applied_digest")
    return [link for link, digest, applied in rows if applied is None or digest != applied]


def take_up_register(*, link_id: UUID, at: datetime) -> str:
    """Enter new cameras as live, change those known; what was left out and why, or nothing.

    A camera is never removed, and one that the centre has suspended stays so.
    """
    with transaction.atomic():
        received = ReceivedRegister.objects.select_for_update().get(link=link_id)
        link = Link.objects.select_related("force").get(credential=link_id)
        register = msgspec.convert(received.register, Register)
        own = [camera for camera in register.cameras if _feed(camera) in link.feed_ids]
        left = len(register.cameras) - len(own)
        places = _sites(link, register, at=at)
        vehicles = _vehicles(link, own, at=at)
        done: Counter[str] = Counter()
        for camera in own:
            done[_enter(link, camera, places, vehicles, at=at)] += 1
        problem = (
            f"{left} cameras of other feeds than {link.feed_ids} were left out." if left else ""
        )
        received.applied_digest = received.digest
        received.applied_at = at
        received.problem = problem
        received.save(update_fields=["applied_digest", "applied_at", "problem"])
        record_event(
            verb="federation.register",
            actor=ACTOR,
            at=at,
            subject=f"link:{link_id}",
            payload={"added": done["added"], "changed": done["changed"], "left": left},
        )
    return problem


def _feed(camera: RegisteredCamera) -> int:
    feed = camera.camera.split("/")[0]
    return int(feed) if feed.isascii() and feed.isdigit() else -1


def _sites(link: Link, register: Register, *, at: datetime) -> dict[str, Site]:
    """The force's sites by its own code; the centre's carries the force's before it."""
    known = {
        site.code: site for site in Site.objects.filter(code__startswith=f"{link.force.code}/")
    }
    found = {}
    for sent in register.sites:
        code = f"{link.force.code}/{sent.code}"
        site = known.get(code)
        if site is None:
            site = register_site(
                code=code,
                name=sent.name,
                area_name=sent.area_name,
                latitude=sent.latitude,
                longitude=sent.longitude,
                sensitive=sent.sensitive,
                actor=ACTOR,
                at=at,
            )
        elif any(getattr(site, name) != getattr(sent, name) for name in _SITE_FACTS):
            for name in _SITE_FACTS:
                setattr(site, name, getattr(sent, name))
            site.save(update_fields=list(_SITE_FACTS))
        found[sent.code] = site
    return found


def _vehicles(
    link: Link, cameras: list[RegisteredCamera], *, at: datetime
) -> dict[str, PatrolVehicle]:
    found = {}
    for callsign in sorted({camera.callsign for camera in cameras if camera.callsign}):
        own = f"{link.force.code}/{callsign}"
        vehicle = PatrolVehicle.objects.filter(callsign=own).first()
        found[callsign] = vehicle or register_patrol_vehicle(
            callsign=own, force=link.force, actor=ACTOR, at=at
        )
    return found


def _enter(
    link: Link,
    sent: RegisteredCamera,
    sites: Mapping[str, Site],
    vehicles: Mapping[str, PatrolVehicle],
    *,
    at: datetime,
) -> str:
    feed_id, source_id, number = (int(part) for part in sent.camera.split("/"))
    site = sites.get(sent.site or "")
    vehicle = None if site else vehicles.get(sent.callsign or "")
    if site is None and vehicle is None:
        return "left"
    new = NewCamera(
        name=sent.name,
        feed_id=feed_id,
        source_id=source_id,
        camera_number=number,
        area_name=sent.area_name,
        site_id=site.id if site else None,
        patrol_vehicle_id=vehicle.id if vehicle else None,
        device_credential_id=link.credential,
        carrier=Carrier.FIXED if site else Carrier.IN_VEHICLE,
        direction=sent.direction,
        authority=Terms(kind=Kind.OTHER_FORCE, valid_from=ALWAYS),
    )
    known = Camera.objects.filter(feed_id=feed_id, source_id=source_id, camera_number=number)
    camera = known.first()
    if camera is None:
        register_camera(camera=new, actor=ACTOR, reason=_REASON, at=at)
        return "added"
    facts = {name: getattr(new, name) for name in _CAMERA_FACTS}
    if all(getattr(camera, name) == value for name, value in facts.items()):
        return "same"
    known.update(**facts)
    return "changed"
