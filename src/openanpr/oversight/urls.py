"""Addresses of the auditor's room."""

from openanpr.oversight import views
from openanpr.oversight.services import AUDITING
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for("", views.index, name="audit", permission=Permission(roles=AUDITING)),
    path_for(
        "check/",
        views.check,
        name="audit_check",
        permission=Permission(roles=AUDITING, methods=("POST",)),
    ),
    path_for(
        "<int:sequence>/", views.detail, name="audit_event", permission=Permission(roles=AUDITING)
    ),
]
