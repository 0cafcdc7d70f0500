"""Reading the register. A place leaves it only through ``place_of``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from openanpr.cameras.authority import Authority, Grant, Kind, Standing, standing, stretches
from openanpr.cameras.facts import CameraFacts
from openanpr.cameras.models import Camera, CameraAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a camera stands, as far as the asker may know; one in a vehicle has no position."""

    area_name: str
    site_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def place_of(camera: Camera, *, with_location: bool) -> Place:
    """The camera's area; with the right to locations also its site's name and position."""
    if not with_location or camera.site is None:
        return Place(area_name=camera.area_name)
    return Place(
        area_name=camera.area_name,
        site_name=camera.site.name,
        latitude=camera.site.latitude,
        longitude=camera.site.longitude,
    )


def name_of(camera: Camera, *, with_location: bool) -> str:
    """The camera's name; without the right to locations its numbers, where the name says a place.

    One in a vehicle is named after that.
    """
    return camera.name if with_location or camera.is_mobile else f"Camera {camera.key}"


def cameras_by_id(camera_ids: Iterable[int]) -> dict[int, Camera]:
    """The cameras with these ids, with their sites, by id; unknown ids are left out."""
    return Camera.objects.select_related("site", "patrol_vehicle").in_bulk(list(camera_ids))


def camera_ids_in_areas(area_names: Iterable[str]) -> frozenset[int]:
    """The ids of every camera, in whatever state, of these areas."""
    found = Camera.objects.filter(area_name__in=list(area_names)).values_list("id", flat=True)
    return frozenset(found)


def covert_among(camera_ids: Collection[int]) -> frozenset[int]:
    """Those of the cameras whose site takes a right of its own to know of."""
    return frozenset(covert_cameras().filter(id__in=camera_ids).values_list("id", flat=True))


def covert_cameras() -> QuerySet[Camera]:
    """The cameras whose site takes a right of its own to know of."""
    return Camera.objects.filter(site__sensitive=True)


def cameras_known_to(*, covert: bool) -> QuerySet[Camera]:
    """Every camera with its site and vehicle, in the order of its wire identity.

    ``covert``: the asker has the right to covert sites; without it their cameras are left out.
    """
    cameras = Camera.objects.select_related("site", "patrol_vehicle")
    return cameras if covert else cameras.exclude(site__sensitive=True)


def authorities_of(camera_ids: Iterable[int] | None = None) -> dict[int, Authority]:
    """When each of these cameras (``None``: every camera) may collect; none without any right."""
    rows = CameraAuthority.objects.order_by("camera_id", "sequence")
    if camera_ids is not None:
        rows = rows.filter(camera_id__in=list(camera_ids))
    grants: dict[int, list[Grant]] = {}
    for number, kind, valid_from, review_due_at, ends_at in rows.values_list(
        "camera_id", "kind", "valid_from", "review_due_at", "ends_at"
    ):
        grants.setdefault(number, []).append(
            Grant(
                kind=Kind(kind),
                valid_from=valid_from,
                review_due_at=review_due_at,
                ends_at=ends_at,
            )
        )
    return {number: stretches(given) for number, given in grants.items()}


def standing_of(camera_id: int, *, at: datetime) -> Standing:
    """Whether the camera may collect at ``at``, and what ends or ended that."""
    return standing(authorities_of([camera_id]).get(camera_id, ()), at=at)


def ingest_facts() -> dict[str, CameraFacts]:
    """Every camera as ingest needs it, by its name on the wire."""
    authorities = authorities_of()
    return {
        camera.key: CameraFacts(
            id=camera.id,
            key=camera.key,
            name=camera.name,
            device_id=camera.device_credential_id,
            state=camera.state,
            area_name=camera.area_name,
            latitude=camera.site.latitude if camera.site else None,
            longitude=camera.site.longitude if camera.site else None,
            is_mobile=camera.is_mobile,
            authority=authorities.get(camera.id, ()),
        )
        for camera in Camera.objects.select_related("site")
    }
