"""The address of personal pages: whoever holds the link, until it ends."""

from openanpr.governance.views import personal
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for(
        "<str:token>/",
        personal.consultee_page,
        name="consultee_page",
        permission=Permission(public=True, methods=("GET", "POST")),
    ),
]
