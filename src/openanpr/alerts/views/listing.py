"""The live list, one of its rows, and the ticket that opens the stream."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from openanpr.alerts import tickets
from openanpr.alerts.presenters import row_of
from openanpr.alerts.queries import alerts_for, find_alert, last_sequence, shown_to
from openanpr.alerts.services.handling import note_delivery
from openanpr.alerts.services.listing import record_listing
from openanpr.alerts.views.requests import requester, signed_in_user
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def alert_list(request: HttpRequest) -> HttpResponse:
    """Every alert that this officer may open now."""
    at = now()
    # Before the rows: what is raised in between is then sent by the stream as well.
    after = last_sequence()
    shown = alerts_for(actor=require_actor(request), profile=profile_in_force(at=at), at=at)
    record_listing(alerts=[one.alert for one in shown], by=requester(request), at=at)
    return render(
        request,
        "alerts/list.html",
        {
            "rows": [row_of(one) for one in shown],
            "after": after,
            "stream_url": f"{settings.SETTINGS.live_origin}/alerts/stream",
            "at": at,
        },
    )


def alert_row(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One line of the list, for a page that was told of a change; 404 for what it may not show."""
    at = now()
    alert = find_alert(alert_id)
    if alert is None:
        raise Http404
    shown = shown_to(alert, actor=require_actor(request), profile=profile_in_force(at=at), at=at)
    if shown is None:
        raise Http404
    note_delivery(alert=alert, user_id=signed_in_user(request).pk, at=at)
    record_listing(alerts=[alert], by=requester(request), at=at)
    return render(request, "alerts/row.html", {"row": row_of(shown)})


def ticket(request: HttpRequest) -> HttpResponse:
    """A ticket for the stream, bound to this session; a minute to use it."""
    issued = tickets.Ticket(
        user_id=signed_in_user(request).pk, session_key=request.session.session_key or ""
    )
    return JsonResponse({"ticket": tickets.issue(issued, at=now())})
