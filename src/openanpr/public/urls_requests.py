"""Addresses of the form by which anybody asks, mounted before the texts."""

from typing import Final

from django.views.decorators.csrf import csrf_exempt

from openanpr.public.views import requests
from openanpr.web.permissions import Permission, path_for

_FORM: Final = Permission(public=True, methods=("GET", "POST"))

urlpatterns = [
    # Nobody is signed in and no cookie is set, so there is no session that could be misused.
    path_for("ask/", csrf_exempt(requests.ask), name="public_request", permission=_FORM),
    path_for(
        "reply/<str:token>/",
        csrf_exempt(requests.reply),
        name="public_reply",
        permission=_FORM,
    ),
]
