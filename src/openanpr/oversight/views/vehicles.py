"""The vehicles that are known to be people's own."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.models import User
from openanpr.investigations.views.author import author_of
from openanpr.oversight.models import PersonVehicle
from openanpr.oversight.room_forms import VehicleForm
from openanpr.oversight.services.vehicles import add_vehicle, remove_vehicle
from openanpr.oversight.views.doors import refusal
from openanpr.web.clock import now


def index(request: HttpRequest) -> HttpResponse:
    """Who has one noted; sent, another is."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    form = VehicleForm(request.POST if request.method == "POST" else None, force=author.actor.force)
    if request.method == "POST" and form.is_valid():
        add_vehicle(
            author=author,
            person_id=form.person_id(),
            vrm=form.cleaned_data["vrm"],
            source=form.cleaned_data["source"],
            at=now(),
        )
        messages.success(request, "The vehicle is noted.")
        return redirect("oversight_vehicles")
    names = dict(User.objects.values_list("person_id", "full_name"))
    found = PersonVehicle.objects.order_by("person_id", "vrm")
    rows = [(one, names.get(one.person_id, one.person_id)) for one in found]
    return render(
        request,
        "oversight/vehicles.html",
        {"form": form, "rows": rows},
        status=422 if form.errors else 200,
    )


def remove(request: HttpRequest, vehicle_id: uuid.UUID) -> HttpResponse:
    """Take one off."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    vehicle = PersonVehicle.objects.filter(id=vehicle_id).first()
    if vehicle is None:
        raise Http404
    remove_vehicle(author=author, vehicle=vehicle, at=now())
    messages.success(request, "The vehicle is taken off.")
    return redirect("oversight_vehicles")
