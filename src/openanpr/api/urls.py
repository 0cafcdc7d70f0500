"""Addresses of the interface. Open to any sender: each call is let in by its token alone."""

from typing import Final

from django.http import HttpRequest, JsonResponse

from openanpr.api.calling import PREFIX, api
from openanpr.api.calls import addresses
from openanpr.web.permissions import Permission, path_for

_POSTED: Final = frozenset({"api_searches", "api_searches_more", "api_exhibits"})


def description(_request: HttpRequest) -> JsonResponse:
    """The interface in OpenAPI 3.1; it holds nothing of this installation."""
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX))


urlpatterns = [
    path_for("openapi.json", description, name="api_openapi", permission=Permission(public=True)),
    *(
        path_for(
            route,
            view,
            name=name,
            permission=Permission(public=True, methods=("POST",) if name in _POSTED else ("GET",)),
        )
        for route, view, name in addresses()
    ),
]
