"""Addresses of exhibits."""

from openanpr.exhibits import views
from openanpr.exhibits.queries import OVERSEEING
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.permissions import Permission, path_for

_READING = Permission(roles=INVESTIGATING | OVERSEEING)
_FORM = Permission(roles=INVESTIGATING, methods=("GET", "POST"))
_POST = Permission(roles=INVESTIGATING, methods=("POST",))

urlpatterns = [
    path_for("", views.index, name="exhibits", permission=_READING),
    path_for("new/", views.new, name="exhibit_new", permission=_POST),
    path_for("<uuid:exhibit_id>/", views.detail, name="exhibit", permission=_READING),
    path_for("<uuid:exhibit_id>/make/", views.make, name="exhibit_make", permission=_FORM),
    path_for("<uuid:exhibit_id>/fetch/", views.fetch, name="exhibit_fetch", permission=_FORM),
    path_for("<uuid:exhibit_id>/handed/", views.handed, name="exhibit_handed", permission=_POST),
]
