"""Addresses of searches that wait for a second person."""

from openanpr.access.vocabulary import Role
from openanpr.oversight.views import releases
from openanpr.web.permissions import Permission, path_for

_ROLES = frozenset({Role.AUTHORISER})

urlpatterns = [
    path_for("", releases.index, name="held_searches", permission=Permission(roles=_ROLES)),
    path_for(
        "<uuid:run_id>/",
        releases.one,
        name="held_search",
        permission=Permission(roles=_ROLES, methods=("GET", "POST")),
    ),
]
