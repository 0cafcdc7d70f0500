"""The person behind a request, as the services take them."""

from typing import cast

from django.http import HttpRequest

from openanpr.accounts.models import User
from openanpr.alerts.requester import Requester
from openanpr.web.request import request_id, source_address


def signed_in_user(request: HttpRequest) -> User:
    """The account of a request to a page that is not public."""
    return cast("User", request.user)


def requester(request: HttpRequest) -> Requester:
    """Who asks and from where."""
    return Requester(
        user=signed_in_user(request),
        source_address=source_address(request),
        request_id=request_id(request),
    )
