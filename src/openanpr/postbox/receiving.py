"""One form of the public as it comes in: blank, wrong, one too many, or good."""

from datetime import datetime
from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.postbox.counting import seconds_left, within
from openanpr.postbox.forms import PublicForm
from openanpr.web.request import source_address


class Came(Enum):
    """What came; the value is the status of the page that answers."""

    BLANK = 200
    GOOD = 201
    WRONG = 422
    TOO_MANY = 429


def come(request: HttpRequest, form: PublicForm) -> Came:
    """Look at a form that was opened or sent. A good one is counted against the limits."""
    if not form.is_bound:
        return Came.BLANK
    if not form.is_valid():
        return Came.WRONG
    address = source_address(request)
    return Came.GOOD if within(form.purpose, address=address, at=form.at) else Came.TOO_MANY


def form_page(
    request: HttpRequest, template: str, form: PublicForm, came: Came, **context: object
) -> HttpResponse:
    """The page of a form that is not taken (yet). It stands in no cache: its ticket is its own."""
    shown = {"form": form, "too_many": came is Came.TOO_MANY, **context}
    response = render(request, template, shown, status=came.value)
    response["X-Robots-Tag"] = "all"
    if came is Came.TOO_MANY:
        response["Retry-After"] = str(seconds_left(form.at))
    return response


def arguments(request: HttpRequest, *, purpose: str, at: datetime) -> dict[str, Any]:
    """What a ``PublicForm`` is made with: the data of a request that sent one, purpose, moment."""
    sent = request.method == "POST"
    return {
        "data": request.POST if sent else None,
        "files": request.FILES if sent else None,
        "purpose": purpose,
        "at": at,
    }
