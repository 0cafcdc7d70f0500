"""GET /images/<token>: one picture, once, to the one it was linked for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.accounts.models import User
from openanpr.audit.origin import origin_of
from openanpr.reads.images import image_store
from openanpr.reads.services import NoPicture, show_picture
from openanpr.web.clock import now


def read_image(request: HttpRequest, token: str) -> HttpResponse:
    """The picture as JPEG; 404 with the reason in words where there is none to show."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionError("a picture was asked for by nobody who is signed in")
    shown = show_picture(
        token=token,
        user=user,
        store=image_store(settings.SETTINGS),
        at=now(),
        origin=origin_of(request),
    )
    if isinstance(shown, NoPicture):
        response = render(request, "reads/no_picture.html", {"reason": shown.reason}, status=404)
        if shown.expected:
            response["Retry-After"] = "2"
    else:
        response = HttpResponse(shown, content_type="image/jpeg")
        response["Content-Disposition"] = 'inline; filename="picture.jpg"'
    response["Cache-Control"] = "private, no-store"
    return response
