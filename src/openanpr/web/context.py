"""What every page knows: person, navigation, theme, marking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from openanpr.web.navigation import links_for
from openanpr.web.person import Person

THEMES = ("day", "night")
THEME_COOKIE = "theme"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all templates."""
    person: Person | None = getattr(request, "person", None)
    values = settings.SETTINGS
    return {
        "person": person,
        "nav": SimpleLazyObject(lambda: _navigation(request, person)),
        "theme": _theme(request, person),
        "marking": values.marking,
        "demo": values.demo,
        "force_sign_in": values.oidc_name if values.oidc_issuer else "",
        "current_path": request.path,
    }


def _navigation(request: HttpRequest, person: Person | None) -> list[Any]:
    if person is None or not getattr(request, "mfa_complete", False):
        return []
    return links_for(person.roles, path=request.path)


def _theme(request: HttpRequest, person: Person | None) -> str:
    wanted = person.theme if person is not None else request.COOKIES.get(THEME_COOKIE, "day")
    return wanted if wanted in THEMES else "day"
