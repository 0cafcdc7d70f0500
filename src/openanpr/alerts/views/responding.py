"""Taking an alert on and giving it to a unit."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openanpr.alerts.services.handling import Handling
from openanpr.alerts.services.responding import UnableToRespond, acknowledge, assign
from openanpr.alerts.views.alert import refusal
from openanpr.alerts.views.requests import requester
from openanpr.web.clock import now


def answer_acknowledge(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """This person takes the alert on."""
    return _answered(
        request,
        alert_id,
        lambda: acknowledge(alert_id=alert_id, by=requester(request), at=now()),
        said="You have taken this alert on. Everybody who was told can see it.",
    )


def answer_assign(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """The alert is given to one of the units that it was sent to."""
    unit = request.POST.get("unit", "")
    return _answered(
        request,
        alert_id,
        lambda: assign(alert_id=alert_id, by=requester(request), at=now(), unit=unit),
        said="The alert was given to the unit.",
    )


def _answered(
    request: HttpRequest, alert_id: UUID, act: Callable[[], Handling | None], *, said: str
) -> HttpResponse:
    try:
        handling = act()
    except UnableToRespond as problem:
        messages.error(request, str(problem))
        return redirect("alert", alert_id=alert_id)
    if handling is None:
        raise Http404
    if not handling:
        return refusal(request, handling.decision)
    messages.success(request, said)
    return redirect("alert", alert_id=alert_id)
