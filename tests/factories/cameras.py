"""Sites, cameras and readers for tests, written as the owner of the tables."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.accounts.models import DeviceCredential
from openanpr.audit.services import AuditActor
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, CameraAuthority, CameraStep, PatrolVehicle, Site
from openanpr.forces.models import Force
from openanpr.policy.models import ProfileVersion
from openanpr.policy.services import install_shipped_profile

OWNER = "owner"


@dataclass
class ReaderKit:
    """A registered reader with its private key."""

    credential: DeviceCredential
    key: Ed25519PrivateKey = field(repr=False)


def profile_in_force(name: str = "essex-2y") -> None:
    """Put a shipped profile in force since yesterday, where there is none yet."""
    if ProfileVersion.objects.using(OWNER).exists():
        return
    now = datetime.now(UTC)
    install_shipped_profile(
        name=name,
        actor=AuditActor.system("test"),
        proposed_by="person-a",
        approved_by="person-b",
        takes_effect_at=now - timedelta(days=1),
        at=now,
        reason="Test",
        using=OWNER,
    )


def make_reader(name: str = "A12 north", **fields: Any) -> ReaderKit:
    """A reader whose credential is live."""
    key = Ed25519PrivateKey.generate()
    credential = DeviceCredential.objects.using(OWNER).create(
        reader_name=name, public_key=key.public_key().public_bytes_raw(), **fields
    )
    return ReaderKit(credential=credential, key=key)


def make_site(code: str = "A12-1", **fields: Any) -> Site:
    """A site near the sea, where no road is."""
    values: dict[str, Any] = {
        "name": f"Gantry {code}",
        "area_name": "Chelmsford, north",
        "latitude": 51.75,
        "longitude": 0.5,
    }
    return Site.objects.using(OWNER).create(code=code, **(values | fields))


def make_camera(
    reader: ReaderKit | None = None, *, number: int = 1, state: str = "live", **fields: Any
) -> Camera:
    """A camera `7/1/<number>` at a site of its own, unless a site or vehicle is given."""
    if "site" not in fields and "patrol_vehicle" not in fields:
        fields["site"] = make_site(f"A12-{number}")
    values: dict[str, Any] = {
        "name": f"A12 camera {number}",
        "feed_id": 7,
        "source_id": 1,
        "camera_number": number,
        "area_name": "Chelmsford, north",
        "direction": "north",
        "device_credential": reader.credential if reader else None,
        "carrier": "in-vehicle" if fields.get("patrol_vehicle") else "fixed",
    }
    camera = Camera.objects.using(OWNER).create(state=state, **(values | fields))
    _with_history(camera)
    return camera


_PATHS = {
    "proposed": ("enter",),
    "approved": ("enter", "approve"),
    "live": ("enter", "inherit"),
    "suspended": ("enter", "inherit", "suspend"),
    "retired": ("enter", "retire"),
}


def _with_history(camera: Camera) -> None:
    """The steps to its state; one that is or was in service may collect, for a hundred days yet."""
    now = datetime.now(UTC)
    known = {"person_id": "system", "account": "test", "name": "test", "reason": "Test"}
    steps, source = [], ""
    for number, name in enumerate(_PATHS[camera.state], 1):
        target = {"enter": "proposed", "inherit": "live", "approve": "approved"}.get(
            name, camera.state
        )
        steps.append(
            CameraStep(
                camera=camera, sequence=number, move=name, source=source, target=target,
                at=now - timedelta(days=1), **known,
            )
        )  # fmt: skip
        source = target
    CameraStep.objects.using(OWNER).bulk_create(steps)
    if camera.state != "proposed":
        authorise(camera, valid_from=ALWAYS, review_due_at=now + timedelta(days=100))


def authorise(camera: Camera, **fields: Any) -> None:
    """A further row of the camera's authority; `inherited` unless another kind is given."""
    values: dict[str, Any] = {
        "kind": "inherited",
        "valid_from": datetime.now(UTC),
        "sequence": CameraAuthority.objects.using(OWNER).filter(camera=camera).count() + 1,
        "person_id": "system",
        "account": "test",
        "name": "test",
        "at": datetime.now(UTC),
        "reason": "Test",
    }
    CameraAuthority.objects.using(OWNER).create(camera=camera, **(values | fields))


def make_patrol_vehicle(callsign: str = "FX21", *, force_code: str = "FX") -> PatrolVehicle:
    """A vehicle of a force that is made where it is missing."""
    force, _ = Force.objects.using(OWNER).get_or_create(
        code=force_code, defaults={"name": "Fictional Constabulary"}
    )
    return PatrolVehicle.objects.using(OWNER).create(callsign=callsign, force=force)
