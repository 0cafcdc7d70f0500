"""Entering the lines of a register: judged whole first, then written in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import transaction

from openanpr.access.facts import Actor
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.lines import RegisterLine, read_line
from openanpr.cameras.models import Camera, PatrolVehicle, Site
from openanpr.cameras.services.registering import (
    NewCamera,
    register_camera,
    register_patrol_vehicle,
    register_site,
)
from openanpr.forces.models import Force

_TEXTS: Final = {
    "name": "name",
    "area": "area_name",
    "direction": "direction",
    "lanes": "lanes",
    "view": "view",
    "owner": "owner",
    "shared_with": "shared_with",
}


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A line of the file by its number (the header is line 1), and what becomes of it."""

    number: int
    key: str
    fate: Fate
    line: RegisterLine | None = None
    problems: tuple[str, ...] = ()


def judge_lines(rows: Sequence[Mapping[str, str]], *, covert: bool) -> list[Judged]:
    """What would become of each line. ``covert``: the right to covert sites; needed to name one."""
    cameras = {
        camera.key: camera for camera in Camera.objects.select_related("site", "patrol_vehicle")
    }
    sites = {site.code: site for site in Site.objects.all()}
    seen: dict[str, int] = {}
    judged = []
    for number, cells in enumerate(rows, 2):
        line, problems = read_line(cells)
        if line is not None:
            problems = tuple(_against(line, cameras, sites, seen, covert=covert))
            seen.setdefault(line.key, number)
            # A site that is new with this line is known to those after it.
            if not problems and line.site_code and line.site_code not in sites:
                sites[line.site_code] = _as_site(line)
        judged.append(_judged(number, line, problems, cameras))
    return judged


def apply_lines(
    judged: Iterable[Judged],
    *,
    actor: AuditActor,
    person: Actor,
    force: Force,
    reason: str,
    at: datetime,
) -> int:
    """Write the lines that are not wrong: new cameras as proposed, known ones changed; how many.

    Raises ``CameraRefusedError`` where the policy says no; nothing is written then.
    """
    written = 0
    with transaction.atomic():
        for one in judged:
            if one.line is None or one.fate in {Fate.SAME, Fate.WRONG}:
                continue
            if one.fate is Fate.NEW:
                _enter(one.line, actor=actor, person=person, force=force, reason=reason, at=at)
            else:
                _change(one.line)
            written += 1
        record_event(
            verb="register.import",
            actor=actor,
            at=at,
            reason=reason,
            payload={"lines": written},
        )
    return written


def _against(
    line: RegisterLine,
    cameras: Mapping[str, Camera],
    sites: Mapping[str, Site],
    seen: Mapping[str, int],
    *,
    covert: bool,
) -> Iterable[str]:
    if line.key in seen:
        yield f"Camera {line.key} stands in line {seen[line.key]} already."
    site, known = sites.get(line.site_code), cameras.get(line.key)
    if line.covert and not covert:
        yield "A covert site is entered by somebody with the right to it."
    if (
        line.site_code
        and site is None
        and (line.latitude is None or line.longitude is None or not line.site_name)
    ):
        yield "The site is new: give site_name, latitude and longitude."
    if site is not None:
        if site.sensitive and not covert:
            yield "This site code cannot be used."
        elif _elsewhere(line, site):
            yield f"The site {line.site_code} is registered with another place, name or secrecy."
    if known is not None and _carried_by(known) != (line.site_code or line.callsign):
        yield "The camera is registered elsewhere: retire it there and enter it anew."


def _elsewhere(line: RegisterLine, site: Site) -> bool:
    moved = (line.latitude, line.longitude) not in {
        (None, None), (site.latitude, site.longitude)
    }  # fmt: skip
    renamed = bool(line.site_name) and line.site_name != site.name
    return moved or renamed or line.covert != site.sensitive


def _carried_by(camera: Camera) -> str:
    if camera.patrol_vehicle is not None:
        return camera.patrol_vehicle.callsign
    return camera.site.code if camera.site else ""


def _judged(
    number: int,
    line: RegisterLine | None,
    problems: tuple[str, ...],
    cameras: Mapping[str, Camera],
) -> Judged:
    if line is None or problems:
        key = line.key if line else ""
        return Judged(number=number, key=key, fate=Fate.WRONG, problems=problems)
    known = cameras.get(line.key)
    if known is None:
        fate = Fate.NEW
    else:
        same = all(getattr(known, column) == getattr(line, name) for name, column in _TEXTS.items())
        fate = Fate.SAME if same and known.carrier == line.carrier else Fate.CHANGED
    return Judged(number=number, key=line.key, fate=fate, line=line)


def _as_site(line: RegisterLine) -> Site:
    return Site(
        code=line.site_code,
        name=line.site_name,
        area_name=line.area,
        latitude=line.latitude or 0.0,
        longitude=line.longitude or 0.0,
        sensitive=line.covert,
    )


def _enter(
    line: RegisterLine, *, actor: AuditActor, person: Actor, force: Force, reason: str, at: datetime
) -> None:
    site = Site.objects.filter(code=line.site_code).first() if line.site_code else None
    if line.site_code and site is None:
        site = register_site(
            code=line.site_code,
            name=line.site_name,
            area_name=line.area,
            latitude=line.latitude or 0.0,
            longitude=line.longitude or 0.0,
            sensitive=line.covert,
            actor=actor,
            at=at,
        )
    vehicle = None
    if line.callsign:
        vehicle = PatrolVehicle.objects.filter(callsign=line.callsign).first()
        vehicle = vehicle or register_patrol_vehicle(
            callsign=line.callsign, force=force, actor=actor, at=at
        )
    register_camera(
        camera=NewCamera(
            name=line.name,
            feed_id=line.feed,
            source_id=line.source,
            camera_number=line.number,
            area_name=line.area,
            site_id=site.id if site else None,
            patrol_vehicle_id=vehicle.id if vehicle else None,
            direction=line.direction,
            carrier=line.carrier,
            lanes=line.lanes,
            view=line.view,
            owner=line.owner,
            shared_with=line.shared_with,
        ),
        actor=actor,
        reason=reason,
        at=at,
        person=person,
    )


def _change(line: RegisterLine) -> None:
    facts = {column: getattr(line, name) for name, column in _TEXTS.items()}
    Camera.objects.filter(
        feed_id=line.feed, source_id=line.source, camera_number=line.number
    ).update(carrier=line.carrier.value, **facts)
