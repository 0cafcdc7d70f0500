"""Where a request came from, as audit rows keep it."""

from typing import TypedDict

from django.http import HttpRequest

from openanpr.web import request as web_request


class Origin(TypedDict, total=False):
    """The parts of an event that a web request gives; pass on as ``record_event(**origin)``."""

    request_id: str
    source_address: str


def present_origin() -> Origin:
    """Of the request that is being answered; nothing outside of one."""
    request = web_request.CURRENT.get()
    return Origin() if request is None else origin_of(request)


def origin_of(request: HttpRequest) -> Origin:
    """The request's id and network address."""
    return Origin(
        request_id=web_request.request_id(request),
        source_address=web_request.source_address(request),
    )
