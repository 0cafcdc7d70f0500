"""Addresses of holds."""

from openanpr.holds import views
from openanpr.holds.queries import OVERSEEING
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.permissions import Permission, path_for

_READING = Permission(roles=INVESTIGATING | OVERSEEING)
_FORM = Permission(roles=INVESTIGATING, methods=("GET", "POST"))

urlpatterns = [
    path_for("", views.index, name="holds", permission=_READING),
    path_for(
        "new/",
        views.new,
        name="hold_new",
        permission=Permission(roles=INVESTIGATING, methods=("POST",)),
    ),
    path_for("<uuid:hold_id>/", views.detail, name="hold", permission=_READING),
    path_for("<uuid:hold_id>/review/", views.review, name="hold_review", permission=_FORM),
    path_for("<uuid:hold_id>/release/", views.release, name="hold_release", permission=_FORM),
]
