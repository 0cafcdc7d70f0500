"""Headers that tell the browser what our pages never do (the content policy is django-csp's)."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

_OWN_PAGES: Final = ("publickey-credentials-create=(self)", "publickey-credentials-get=(self)")
"""Passkeys: made and asked for by our own pages, never inside another site's."""

_REFUSED: Final = tuple(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)
PERMISSIONS_POLICY: Final = ", ".join((*_REFUSED, *_OWN_PAGES))


class SecureHeadersMiddleware:
    """Adds what Django and django-csp leave out, and keeps personal data out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.setdefault("Cache-Control", "no-store, private")
        return response
