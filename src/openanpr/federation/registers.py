"""The force's register of cameras as it goes to the centre, and the centre's copy of it."""

import hashlib

import msgspec

from openanpr.cameras.models import Camera
from openanpr.wire.federation import Register, RegisteredCamera, RegisteredSite


def own_register(force: str) -> Register:
    """Every camera of this installation, with its site or vehicle."""
    cameras = list(
        Camera.objects.select_related("site", "patrol_vehicle").order_by(
            "feed_id", "source_id", "camera_number"
        )
    )
    sites = {camera.site.code: camera.site for camera in cameras if camera.site}
    return Register(
        force=force,
        sites=tuple(
            RegisteredSite(
                code=site.code,
                name=site.name,
                area_name=site.area_name,
                latitude=site.latitude,
                longitude=site.longitude,
                sensitive=site.sensitive,
            )
            for _, site in sorted(sites.items())
        ),
        cameras=tuple(
            RegisteredCamera(
                camera=camera.key,
                name=camera.name,
                area_name=camera.area_name,
                direction=camera.direction,
                site=camera.site.code if camera.site else None,
                callsign=camera.patrol_vehicle.callsign if camera.patrol_vehicle else None,
            )
            for camera in cameras
        ),
    )


def encoded(register: Register) -> tuple[bytes, str]:
    """The register as it travels, and its SHA-256 in hex."""
    body = msgspec.json.encode(register)
    return body, hashlib.sha256(body).hexdigest()
