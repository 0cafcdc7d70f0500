"""The register as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.cameras.authority import (
    ENDING_WORDS,
    Authority,
    Ending,
    Standing,
    standing,
)
from openanpr.cameras.gaps import SILENT_AFTER
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import authorities_of, name_of, place_of
from openanpr.cameras.vocabulary import CARRIER_NAMES, STATE_NAMES, CameraState, Carrier
from openanpr.web.dates import day

CLOCK_LIMIT_MS: Final = 1000.0
SOON: Final = timedelta(days=28)
"""How long before it ends an authority is shown as ending."""

_END_WORDS: Final[dict[Ending, str]] = {
    Ending.REVIEW: "review due",
    Ending.DEPLOYMENT: "deployment ends",
    Ending.WITHDRAWN: "withdrawn",
    Ending.NEVER_GIVEN: "",
}
_COLOURS: Final[dict[CameraState, str]] = {
    CameraState.PROPOSED: "grey",
    CameraState.APPROVED: "blue",
    CameraState.LIVE: "green",
    CameraState.SUSPENDED: "orange",
    CameraState.RETIRED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLine:
    """One camera in the register. ``place`` is its area, or more for those with the right to it.

    ``worries`` are short sentences about what is wrong now; none for a camera that fares well.
    """

    id: int
    name: str
    key: str
    place: str
    carrier: str
    state: CameraState
    state_name: str
    colour: str
    state_reason: str
    state_changed_at: datetime
    last_heard_at: datetime | None
    worries: tuple[str, ...]
    can_suspend: bool
    can_go_live: bool
    collects: bool
    ends_at: datetime | None
    end_words: str
    ends_soon: bool


def camera_lines(
    cameras: Iterable[Camera], *, with_location: bool, at: datetime
) -> list[CameraLine]:
    """Each camera as a line, in the given order."""
    listed = list(cameras)
    authorities = authorities_of(camera.id for camera in listed)
    return [
        _line(camera, authorities.get(camera.id, ()), with_location=with_location, at=at)
        for camera in listed
    ]


def camera_line(camera: Camera, *, with_location: bool, at: datetime) -> CameraLine:
    """One camera."""
    return camera_lines([camera], with_location=with_location, at=at)[0]


def _line(camera: Camera, authority: Authority, *, with_location: bool, at: datetime) -> CameraLine:
    state = CameraState(camera.state)
    stands = standing(authority, at=at)
    stopped = state is CameraState.LIVE and not stands.collects
    place = place_of(camera, with_location=with_location)
    return CameraLine(
        id=camera.id,
        name=name_of(camera, with_location=with_location),
        key=camera.key,
        place=f"{place.area_name}: {place.site_name}" if place.site_name else place.area_name,
        carrier=f"In {camera.patrol_vehicle.callsign}"
        if camera.patrol_vehicle
        else CARRIER_NAMES[Carrier(camera.carrier)],
        state=state,
        state_name="Stopped" if stopped else STATE_NAMES[state],
        colour="red" if stopped else _COLOURS[state],
        state_reason=camera.state_reason,
        state_changed_at=camera.state_changed_at,
        last_heard_at=camera.last_heard_at,
        worries=tuple(_worries(camera, state, stands, at)),
        can_suspend=state is CameraState.LIVE,
        can_go_live=state in {CameraState.APPROVED, CameraState.SUSPENDED} and stands.collects,
        collects=state is CameraState.LIVE and stands.collects,
        ends_at=stands.end,
        end_words=_END_WORDS.get(stands.ending, "") if stands.ending else "",
        ends_soon=_ends_soon(stands, state, at),
    )


def _ends_soon(stands: Standing, state: CameraState, at: datetime) -> bool:
    in_use = state in {CameraState.APPROVED, CameraState.LIVE, CameraState.SUSPENDED}
    return in_use and stands.collects and stands.end is not None and stands.end - at <= SOON


def _worries(camera: Camera, state: CameraState, stands: Standing, at: datetime) -> list[str]:
    worries = [f"It reports: {camera.fault}."] if camera.fault else []
    if state is not CameraState.PROPOSED and state is not CameraState.RETIRED:
        if not stands.collects:
            words = ENDING_WORDS[stands.ending or Ending.NEVER_GIVEN]
            worries.append(f"Nothing it sends is stored: {words}.")
        elif _ends_soon(stands, state, at) and stands.end is not None:
            worries.append(f"It stops on {day(stands.end)} unless that is decided before.")
    if camera.clock_offset_ms is not None and abs(camera.clock_offset_ms) > CLOCK_LIMIT_MS:
        worries.append(f"Its clock is {abs(camera.clock_offset_ms) / 1000:.0f} s off.")
    if state is not CameraState.LIVE:
        return worries
    if camera.device_credential_id is None:
        worries.append("No reader is registered for it.")
    elif camera.last_heard_at is None:
        worries.append("It was never heard of.")
    elif at - camera.last_heard_at > SILENT_AFTER:
        worries.append("It is silent.")
    return worries
