"""What falls due on cameras: reviews without which they stop, and ends of deployments."""

from collections.abc import Iterable
from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.cameras.authority import Ending, standing
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import authorities_of
from openanpr.cameras.vocabulary import CameraState
from openanpr.web.deadlines import Asked, Deadline

_IN_USE: Final = (CameraState.APPROVED.value, CameraState.LIVE.value, CameraState.SUSPENDED.value)


def ends(asked: Asked) -> Iterable[Deadline]:
    """The end of each camera's authority, shown until it is renewed or the camera is retired."""
    if not asked.is_for(Role.CAMERA_MANAGER):
        return
    authorities = authorities_of()
    cameras = Camera.objects.filter(state__in=_IN_USE).only(
        "id", "feed_id", "source_id", "camera_number", "site_id"
    )
    covert = set(cameras.filter(site__sensitive=True).values_list("id", flat=True))
    for camera in cameras:
        stands = standing(authorities.get(camera.id, ()), at=asked.at)
        if stands.end is None or stands.end > asked.until or stands.ending is Ending.WITHDRAWN:
            continue
        temporary = stands.ending is Ending.DEPLOYMENT
        what = "its temporary deployment ends" if temporary else "its review is due"
        yield Deadline(
            key=f"camera.end:{camera.id}:{stands.end:%Y-%m-%d}",
            sentence=f"Camera {camera.key}: {what}",
            consequence="From then on nothing that it sends is stored.",
            due_at=stands.end,
            url_name="camera",
            url_kwargs={"camera_id": camera.id},
            roles=frozenset({Role.CAMERA_MANAGER}),
            covert=camera.id in covert,
        )


DEADLINES: Final = (ends,)
