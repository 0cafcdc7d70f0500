"""The register as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.cameras.gaps import SILENT_AFTER
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import name_of, place_of
from openanpr.cameras.vocabulary import STATE_NAMES, CameraState

CLOCK_LIMIT_MS: Final = 1000.0
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


def camera_lines(
    cameras: Iterable[Camera], *, with_location: bool, at: datetime
) -> list[CameraLine]:
    """Each camera as a line, in the given order."""
    return [camera_line(camera, with_location=with_location, at=at) for camera in cameras]


def camera_line(camera: Camera, *, with_location: bool, at: datetime) -> CameraLine:
    """One camera."""
    state = CameraState(camera.state)
    place = place_of(camera, with_location=with_location)
    return CameraLine(
        id=camera.id,
        name=name_of(camera, with_location=with_location),
        key=camera.key,
        place=f"{place.area_name}: {place.site_name}" if place.site_name else place.area_name,
        carrier=f"In {camera.patrol_vehicle.callsign}" if camera.patrol_vehicle else "Fixed",
        state=state,
        state_name=STATE_NAMES[state],
        colour=_COLOURS[state],
        state_reason=camera.state_reason,
        state_changed_at=camera.state_changed_at,
        last_heard_at=camera.last_heard_at,
        worries=tuple(_worries(camera, state, at)),
        can_suspend=state is CameraState.LIVE,
        can_go_live=state in {CameraState.APPROVED, CameraState.SUSPENDED},
    )


def _worries(camera: Camera, state: CameraState, at: datetime) -> list[str]:
    worries = [f"It reports: {camera.fault}."] if camera.fault else []
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
