"""An id for every request, under which it stands in the log and in the audit."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from openanpr.web.request import CURRENT

HEADER = "X-Request-ID"


class RequestIdMiddleware:
    """Gives each request an id of our own making; one sent by the client is not believed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        token = CURRENT.set(request)
        try:
            response = self.get_response(request)
        finally:
            CURRENT.reset(token)
        response[HEADER] = request.request_id  # type: ignore[attr-defined]
        return response
