"""Changes of the register: each in one transaction, audited."""

from openanpr.cameras.services.authorities import (
    AuthorityRefused,
    Terms,
    give_authority,
    note_lapses,
    withdraw_authority,
)
from openanpr.cameras.services.moving import MoveRefused, change_state
from openanpr.cameras.services.registering import (
    NewCamera,
    register_camera,
    register_patrol_vehicle,
    register_site,
)
from openanpr.cameras.services.steps import CameraRefusedError

__all__ = [
    "AuthorityRefused",
    "CameraRefusedError",
    "MoveRefused",
    "NewCamera",
    "Terms",
    "change_state",
    "give_authority",
    "note_lapses",
    "register_camera",
    "register_patrol_vehicle",
    "register_site",
    "withdraw_authority",
]
