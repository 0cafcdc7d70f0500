"""Addresses of operations."""

from openanpr.operations.navigation import OPERATING
from openanpr.operations.views import health
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for("", health, name="health", permission=Permission(roles=OPERATING)),
]
