"""Professional standards' own pages: protected marks, and what tripped on them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.models import User
from openanpr.hotlists.tripwires.forms import DealForm, ProtectForm
from openanpr.hotlists.tripwires.models import ProtectedMark, Trip
from openanpr.hotlists.tripwires.services import deal_with, end_protection, protect
from openanpr.hotlists.tripwires.vocabulary import GROUND_NAMES, TRIP_NAMES, Ground, TripKind
from openanpr.hotlists.views.requests import signed_in_user
from openanpr.web.clock import now

SHOWN = 200


def index(request: HttpRequest) -> HttpResponse:
    """The inbox, and the marks that are protected now."""
    at = now()
    trips = Trip.objects.select_related("protected", "seen_by").order_by("-at", "-id")[:SHOWN]
    names = dict(
        User.objects.filter(person_id__in={one.person for one in trips}).values_list(
            "person_id", "full_name"
        )
    )
    lines = [
        (one, TRIP_NAMES[TripKind(one.kind)], names.get(one.person, "No person")) for one in trips
    ]
    return render(
        request,
        "hotlists/tripwires/index.html",
        {
            "waiting": [line for line in lines if line[0].seen_at is None],
            "done": [line for line in lines if line[0].seen_at is not None],
            "protected": [
                (one, GROUND_NAMES[Ground(one.ground)])
                for one in ProtectedMark.objects.filter(ended_at=None, ends_at__gt=at)
                .select_related("owner")
                .order_by("ends_at")
            ],
        },
    )


def new(request: HttpRequest) -> HttpResponse:
    """Protect a mark."""
    at = now()
    form = ProtectForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        protect(
            by=signed_in_user(request),
            vrm=values["vrm"],
            ground=Ground(values["ground"]),
            reference=values["reference"],
            reason=values["reason"],
            ends_at=values["ends_at"],
            at=at,
        )
        messages.success(request, "The mark is protected.")
        return redirect("tripwires")
    context = {"form": form, "title": "Protect a mark", "button": "Protect it"}
    status = 422 if form.errors else 200
    return render(request, "hotlists/tripwires/form.html", context, status=status)


def end(request: HttpRequest, protected_id: uuid.UUID) -> HttpResponse:
    """End a protection."""
    found = ProtectedMark.objects.filter(id=protected_id).first()
    if found is None:
        raise Http404
    end_protection(by=signed_in_user(request), protected=found, at=now())
    messages.success(request, "The protection has ended; the mark is not kept.")
    return redirect("tripwires")


def trip(request: HttpRequest, trip_id: uuid.UUID) -> HttpResponse:
    """Say what a trip was."""
    found = Trip.objects.select_related("protected").filter(id=trip_id, seen_at=None).first()
    if found is None:
        raise Http404
    form = DealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deal_with(by=signed_in_user(request), trip=found, note=form.cleaned_data["note"], at=now())
        messages.success(request, "Noted.")
        return redirect("tripwires")
    context = {"form": form, "title": "What was it?", "button": "Note it"}
    status = 422 if form.errors else 200
    return render(request, "hotlists/tripwires/form.html", context, status=status)
