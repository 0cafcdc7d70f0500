"""Addresses of pictures."""

from openanpr.access.vocabulary import Role
from openanpr.reads.views.images import read_image
from openanpr.web.permissions import Permission, path_for

_VIEWERS = frozenset({Role.ALERT_USER, Role.SEARCHER, Role.ANALYST, Role.ACCURACY_CHECKER})

urlpatterns = [
    path_for("<str:token>", read_image, name="read_image", permission=Permission(roles=_VIEWERS)),
]
