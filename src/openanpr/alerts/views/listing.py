"""The live list, some of its rows, and the ticket that opens the stream."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from openanpr.alerts import tickets
from openanpr.alerts.presenters import row_of
from openanpr.alerts.queries import SHOWN, alerts_for, find_alerts, last_sequence, shown_to
from openanpr.alerts.services.handling import note_deliveries
from openanpr.alerts.services.listing import record_listing
from openanpr.alerts.views.requests import requester, signed_in_user
from openanpr.alerts.vocabulary import AlertState
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def alert_list(request: HttpRequest) -> HttpResponse:
    """Every alert that this officer may open now."""
    return _live_page(request, "alerts/list.html", closed=True)


def alerts_in_car(request: HttpRequest) -> HttpResponse:
    """The open ones among them, for a driver's glance: mark, sign and colour."""
    return _live_page(request, "alerts/car.html", closed=False)


def _live_page(request: HttpRequest, template: str, *, closed: bool) -> HttpResponse:
    at = now()
    # Before the rows: what is raised in between is then sent by the stream as well.
    after = last_sequence()
    shown = [
        one
        for one in alerts_for(actor=require_actor(request), profile=profile_in_force(at=at), at=at)
        if closed or one.alert.state != AlertState.CLOSED
    ]
    record_listing(alerts=[one.alert for one in shown], by=requester(request), at=at)
    return render(
        request,
        template,
        {
            "rows": [row_of(one) for one in shown],
            "after": after,
            "stream_url": f"{settings.SETTINGS.live_origin}/alerts/stream",
            "at": at,
        },
    )


def alert_rows(request: HttpRequest) -> HttpResponse:
    """The lines of the alerts named by ``alert``, for a page that was told of changes.

    What this person may not be shown is left out, as is what does not exist. However many screens
    hear of an alert, each asks once for all that it heard of: one row in the audit.
    """
    at = now()
    actor, profile = require_actor(request), profile_in_force(at=at)
    found = (
        shown_to(alert, actor=actor, profile=profile, at=at)
        for alert in find_alerts(_named(request))
    )
    shown = [one for one in found if one is not None]
    if shown:
        alerts = [one.alert for one in shown]
        note_deliveries(alerts=alerts, user_id=signed_in_user(request).pk, at=at)
        record_listing(alerts=alerts, by=requester(request), at=at)
    # A closed alert leaves a driver's view.
    car = request.GET.get("view") == "car"
    rows = [row_of(one) for one in shown if not (car and one.alert.state == AlertState.CLOSED)]
    return render(request, "alerts/rows.html", {"rows": rows, "car": car})


def _named(request: HttpRequest) -> list[UUID]:
    named = request.GET.getlist("alert")[:SHOWN]
    try:
        return [UUID(one) for one in named]
    except ValueError:
        raise Http404 from None


def ticket(request: HttpRequest) -> HttpResponse:
    """A ticket for the stream, bound to this session; a minute to use it."""
    issued = tickets.Ticket(
        user_id=signed_in_user(request).pk, session_key=request.session.session_key or ""
    )
    return JsonResponse({"ticket": tickets.issue(issued, at=now())})
