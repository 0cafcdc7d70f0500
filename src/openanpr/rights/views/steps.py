"""The steps of a request: reason and day, keeper of a vehicle, decision."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.explain import explain
from openanpr.investigations.views.author import author_of
from openanpr.policy.queries import profile_in_force
from openanpr.rights.forms import DecisionForm, IdentityForm, KeeperForm, StepForm
from openanpr.rights.models import RequestStep, RequestVehicle
from openanpr.rights.presenters import DONE_NAMES, MOVE_HINTS, MOVE_NAMES
from openanpr.rights.services import steps
from openanpr.rights.views.asked import in_words, request_or_404
from openanpr.rights.views.desk import SIMPLE
from openanpr.web.clock import now


def step(request: HttpRequest, request_id: uuid.UUID, move: str) -> HttpResponse:
    """Make one step by its form."""
    found = request_or_404(request_id)
    if move not in SIMPLE:
        raise Http404
    form = (IdentityForm if move == "identify" else StepForm)(request.POST or None)
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = steps.make_step(
            author=author_of(request),
            request_id=found.id,
            name=move,
            reason=values["reason"],
            on=values["on"],
            evidence={"identity": values["identity"]} if "identity" in values else None,
            at=now(),
        )
        if isinstance(made, RequestStep):
            messages.success(request, f"{DONE_NAMES[move]}.")
            return redirect("rights_request", request_id=found.id)
        refusal = in_words(made)
    return render(
        request,
        "rights/step.html",
        {
            "form": form,
            "asked": found,
            "title": MOVE_NAMES[move],
            "hint": MOVE_HINTS[move],
            "refusal": refusal,
        },
        status=403 if refusal else (422 if form.errors else 200),
    )


def keeper(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Note a vehicle that the person kept, from day to day."""
    found = request_or_404(request_id)
    at = now()
    initial = {"vrm": found.vrm, "kept_from": found.period_from, "kept_to": found.period_to}
    form = KeeperForm(request.POST or None, initial=initial)
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = steps.check_keeper(
            author=author_of(request),
            request_id=found.id,
            vrm=values["vrm"],
            kept_from=values["kept_from"],
            kept_to=values["kept_to"],
            evidence=values["evidence"],
            at=at,
        )
        if isinstance(made, RequestVehicle):
            messages.success(request, "The vehicle is noted.")
            return redirect("rights_request", request_id=found.id)
        refusal = list(explain(made, profile=profile_in_force(at=at)))
    return render(
        request,
        "rights/step.html",
        {
            "form": form,
            "asked": found,
            "title": "Vehicle that the person kept",
            "hint": "Only reads of this mark between these days can be looked for. Reads of other "
            "days may be somebody else's.",
            "refusal": refusal,
        },
        status=403 if refusal else (422 if form.errors else 200),
    )


def drop(request: HttpRequest, request_id: uuid.UUID, vehicle_id: uuid.UUID) -> HttpResponse:
    """Take a vehicle off the request."""
    found = request_or_404(request_id)
    dropped = steps.drop_keeper(
        author=author_of(request), request_id=found.id, vehicle_id=vehicle_id, at=now()
    )
    if dropped:
        messages.success(request, "The vehicle is taken off.")
    else:
        messages.error(request, "It was not taken off: the request is not yours, or it was gone.")
    return redirect("rights_request", request_id=found.id)


def decide(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Decide on the request, with the ground where something is held back."""
    found = request_or_404(request_id)
    form = DecisionForm(request.POST or None, kind=found.what)
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = steps.make_step(
            author=author_of(request),
            request_id=found.id,
            name="decide",
            reason=values["reason"],
            evidence={
                "outcome": values["outcome"],
                "ground": values["ground"],
                "letter": values["letter"],
                "ground told": "yes" if values["tell_ground"] else "",
            },
            at=now(),
        )
        if isinstance(made, RequestStep):
            messages.success(request, "The decision is recorded.")
            return redirect("rights_request", request_id=found.id)
        refusal = in_words(made)
    return render(
        request,
        "rights/step.html",
        {
            "form": form,
            "asked": found,
            "title": "Decide",
            "hint": "Neither confirm nor deny: the letter then reads the same whether we hold "
            "anything or not, and names no search.",
            "refusal": refusal,
        },
        status=403 if refusal else (422 if form.errors else 200),
    )
