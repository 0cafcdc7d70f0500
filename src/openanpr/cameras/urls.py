"""Addresses of the camera register."""

from openanpr.access.vocabulary import Role
from openanpr.cameras.views import register
from openanpr.web.permissions import Permission, path_for

_MANAGERS = frozenset({Role.CAMERA_MANAGER})
_READ = Permission(roles=_MANAGERS)
_CHANGE = Permission(roles=_MANAGERS, methods=("GET", "POST"))

urlpatterns = [
    path_for("", register.camera_list, name="cameras", permission=_READ),
    path_for(
        "<int:camera_id>/suspend/", register.suspend, name="camera_suspend", permission=_CHANGE
    ),
    path_for("<int:camera_id>/live/", register.go_live, name="camera_live", permission=_CHANGE),
]
