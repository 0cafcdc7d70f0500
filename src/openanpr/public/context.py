"""What the frame of every public page knows, whichever app draws the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from openanpr.public.pages import PAGES
from openanpr.public.queries import force_name


def site(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu, the force's name (asked when it is shown), how to reach it."""
    return {
        "public_menu": list(PAGES.values()),
        "public_force": SimpleLazyObject(force_name),
        "public_contact": settings.SETTINGS.public_contact,
    }
