"""Seeding of sites, the police car, cameras, and the credentials of their agents."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from openanpr.accounts.models import DeviceCredential
from openanpr.accounts.services import register_device, revoke_device
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
from openanpr.config.values import Settings
from openanpr.demo.agents import agent_key, write_agent
from openanpr.demo.places import AGENTS, CALLSIGN, CAMERAS, FEED, SITES, DemoCameraPlace
from openanpr.demo.seed_force import SEEDER
from openanpr.forces.models import Force

_REVIEWED: Final = timedelta(days=183)


def ensure_cameras(settings: Settings, force: Force, *, at: datetime) -> int:
    """Make what is missing, and each agent's settings file; returns the number of cameras."""
    readers = {agent: _reader(settings, agent, at=at) for agent in AGENTS}
    sites = _sites(at=at)
    vehicle = PatrolVehicle.objects.filter(callsign=CALLSIGN).first()
    if vehicle is None:
        vehicle = register_patrol_vehicle(callsign=CALLSIGN, force=force, actor=SEEDER, at=at)
    for place in CAMERAS:
        site = None if place.site is None else sites[place.site].id
        rides = vehicle.id if place.site is None else None
        _camera(place, site=site, rides=rides, reader=readers[place.agent], at=at)
    for agent, reader in readers.items():
        write_agent(settings, agent, reader=reader)
    return len(CAMERAS)


def _reader(settings: Settings, agent: str, *, at: datetime) -> UUID:
    """The credential of an agent; one whose key was lost is revoked and replaced."""
    public = agent_key(settings, agent).public
    live = DeviceCredential.objects.filter(
        reader_name=AGENTS[agent], state=DeviceCredential.State.LIVE
    )
    for credential in live:
        if bytes(credential.public_key) == public:
            return credential.id
        revoke_device(credential=credential, by=SEEDER, at=at, reason="Its key was made anew")
    return register_device(reader_name=AGENTS[agent], public_key=public, by=SEEDER, at=at).id


def _sites(*, at: datetime) -> dict[str, Site]:
    sites = {site.code: site for site in Site.objects.all()}
    for place in SITES:
        if place.code not in sites:
            sites[place.code] = register_site(
                code=place.code,
                name=place.name,
                area_name=place.area,
                latitude=place.latitude,
                longitude=place.longitude,
                actor=SEEDER,
                at=at,
            )
    return sites


def _camera(
    place: DemoCameraPlace, *, site: UUID | None, rides: UUID | None, reader: UUID, at: datetime
) -> None:
    known = Camera.objects.filter(feed_id=FEED, source_id=place.source, camera_number=place.number)
    if known.exists():
        known.exclude(device_credential_id=reader).update(device_credential_id=reader)
        return
    register_camera(
        camera=NewCamera(
            name=place.name,
            feed_id=FEED,
            source_id=place.source,
            camera_number=place.number,
            area_name=place.area,
            site_id=site,
            patrol_vehicle_id=rides,
            device_credential_id=reader,
            direction=place.direction,
            authority=Terms(
                kind=Kind.INHERITED,
                review_due_at=at + _REVIEWED,
                valid_from=ALWAYS,
            ),
        ),
        actor=SEEDER,
        reason="Camera of the demonstration",
        at=at,
    )
