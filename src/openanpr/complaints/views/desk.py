"""The desk: what waits, and what came otherwise than online."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.complaints import queries
from openanpr.complaints.forms import DeskComplaintForm
from openanpr.complaints.services.receiving import receive_complaint
from openanpr.complaints.vocabulary import (
    ABOUT_NAMES,
    CLOSED,
    DESK,
    STATE_NAMES,
    About,
    Channel,
    State,
)
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now
from openanpr.wire.ids import uuid7

_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """What waits, soonest first; with ``?closed=yes`` what is closed."""
    author = author_of(request)
    closed = request.GET.get("closed") == "yes"
    states = [one.value for one in CLOSED]
    found = queries.complaints_for(author.actor)
    found = found.filter(state__in=states) if closed else found.exclude(state__in=states)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    at = now()
    rows = [
        {
            "complaint": one,
            "about": ABOUT_NAMES[About(one.about)],
            "state": STATE_NAMES[State(one.state)],
            "late": one.due_at is not None and one.due_at <= at,
        }
        for one in page
    ]
    may_enter = bool(author.actor.roles & DESK)
    shown = {"page": page, "rows": rows, "closed": closed, "may_enter": may_enter}
    return render(request, "complaints/index.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """Enter a complaint that came by post, by telephone, by e-mail or at a counter."""
    author = author_of(request)
    at = now()
    sent = request.method == "POST"
    form = DeskComplaintForm(request.POST if sent else None, request.FILES if sent else None, at=at)
    if sent and form.is_valid():
        file = form.cleaned_data["file_1"]
        complaint = receive_complaint(
            complaint_id=uuid7(),
            force=author.user.force,
            channel=Channel(form.cleaned_data["channel"]),
            said=form.said(),
            files=[file] if file is not None else [],
            received_at=form.cleaned_data["received_at"],
            at=at,
            by=author.user,
            acting=author.acting(DESK),
        )
        messages.success(request, f"The complaint {complaint.reference} is entered.")
        return redirect("complaint", complaint_id=complaint.id)
    return render(
        request, "complaints/new.html", {"form": form}, status=422 if form.errors else 200
    )
