"""Addresses of the camera register."""

from openanpr.access.vocabulary import Role
from openanpr.cameras.views import lists, register, showing
from openanpr.web.permissions import Permission, path_for

_MANAGERS = frozenset({Role.CAMERA_MANAGER})
_OVERSEEING = frozenset({Role.AUTHORISER, Role.DATA_PROTECTION_OFFICER, Role.AUDITOR})
_READ = Permission(roles=_MANAGERS | _OVERSEEING)
_CHANGE = Permission(roles=_MANAGERS, methods=("GET", "POST"))
_STOP = Permission(roles=showing.STOPPING, methods=("GET", "POST"))

urlpatterns = [
    path_for("", register.camera_list, name="cameras", permission=_READ),
    path_for("enter/", lists.enter, name="camera_enter", permission=_CHANGE),
    path_for("import/", lists.bring, name="cameras_import", permission=_CHANGE),
    path_for("export/", lists.export, name="cameras_export", permission=_CHANGE),
    path_for("map/", lists.camera_map, name="cameras_map", permission=_READ),
    path_for("<int:camera_id>/", showing.camera_detail, name="camera", permission=_READ),
    path_for(
        "<int:camera_id>/suspend/", register.suspend, name="camera_suspend", permission=_CHANGE
    ),
    path_for("<int:camera_id>/live/", register.go_live, name="camera_live", permission=_CHANGE),
    path_for("<int:camera_id>/retire/", register.retire, name="camera_retire", permission=_CHANGE),
    path_for(
        "<int:camera_id>/withdraw/", showing.withdraw, name="camera_withdraw", permission=_STOP
    ),
]
