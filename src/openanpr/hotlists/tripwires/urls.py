"""Addresses of protected marks; a mark is never part of one."""

from openanpr.hotlists.tripwires import views
from openanpr.hotlists.tripwires.vocabulary import STANDARDS
from openanpr.web.permissions import Permission, path_for

_FORM = Permission(roles=STANDARDS, methods=("GET", "POST"))

urlpatterns = [
    path_for("", views.index, name="tripwires", permission=Permission(roles=STANDARDS)),
    path_for("new/", views.new, name="tripwire_new", permission=_FORM),
    path_for(
        "<uuid:protected_id>/end/",
        views.end,
        name="tripwire_end",
        permission=Permission(roles=STANDARDS, methods=("POST",)),
    ),
    path_for("trips/<uuid:trip_id>/", views.trip, name="tripwire_trip", permission=_FORM),
]
