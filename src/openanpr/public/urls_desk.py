"""Addresses of the desk of the public text."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.public.views import desk
from openanpr.web.permissions import Permission, path_for

EDITING: Final = frozenset({Role.DATA_PROTECTION_OFFICER})

urlpatterns = [
    path_for("", desk.desk, name="public_desk", permission=Permission(roles=EDITING)),
    path_for(
        "<slug:slug>/<slug:language>/",
        desk.edit,
        name="public_text_edit",
        permission=Permission(roles=EDITING, methods=("GET", "POST")),
    ),
]
