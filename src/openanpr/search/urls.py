"""Addresses of searches. A mark is never part of one."""

from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.search import views
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for(
        "",
        views.search,
        name="search",
        permission=Permission(roles=INVESTIGATING, methods=("GET", "POST")),
    ),
    path_for(
        "<uuid:run_id>/",
        views.run,
        name="search_run",
        permission=Permission(roles=INVESTIGATING),
    ),
]
