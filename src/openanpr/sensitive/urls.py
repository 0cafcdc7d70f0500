"""Addresses of the sensitive places."""

from openanpr.sensitive.views import places
from openanpr.sensitive.vocabulary import KEEPING
from openanpr.web.permissions import Permission, path_for

_FORM = Permission(roles=KEEPING, methods=("GET", "POST"))

urlpatterns = [
    path_for("", places.index, name="sensitive_places", permission=Permission(roles=KEEPING)),
    path_for("new/", places.new, name="sensitive_new", permission=_FORM),
    path_for("<uuid:place_id>/end/", places.end, name="sensitive_end", permission=_FORM),
    path_for(
        "<uuid:place_id>/answer/",
        places.answer,
        name="sensitive_answer",
        permission=Permission(roles=KEEPING, methods=("POST",)),
    ),
]
