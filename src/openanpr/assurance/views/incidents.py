"""The record of incidents and breaches."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.assurance.author import Refused, author_of
from openanpr.assurance.forms import IncidentForm, StepForm
from openanpr.assurance.incidents import RISK_NAMES, STEP_NAMES, StepKind
from openanpr.assurance.models import Incident
from openanpr.assurance.services import incidents as services
from openanpr.assurance.vocabulary import RECORDING
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def index(request: HttpRequest) -> HttpResponse:
    """Every incident of the force, newest first, with its clock."""
    found = Incident.objects.filter(force=require_actor(request).force).prefetch_related("steps")
    listed = [(one, services.standing_of(one)) for one in found]
    return render(
        request,
        "assurance/incidents.html",
        {"incidents": listed, "at": now(), "risks": RISK_NAMES, "may_record": _may(request)},
    )


def new(request: HttpRequest) -> HttpResponse:
    """Record an incident."""
    at = now()
    form = IncidentForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        made = services.record_incident(
            **form.cleaned_data, by=author_of(request, RECORDING), at=at
        )
        messages.success(request, f"{made.reference} is recorded.")
        return redirect("assurance_incident", incident_id=made.id)
    return render(
        request, "assurance/incident_new.html", {"form": form}, status=422 if form.errors else 200
    )


def detail(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident with its steps; a POST adds one."""
    actor, at = require_actor(request), now()
    incident = Incident.objects.filter(id=incident_id, force=actor.force).first()
    if incident is None:
        raise Http404
    form = StepForm(request.POST if request.method == "POST" and _may(request) else None)
    if form.is_valid():
        done = services.take_step(
            incident_id=incident_id, **form.cleaned_data, by=author_of(request, RECORDING), at=at
        )
        if not isinstance(done, Refused):
            messages.success(request, "The step is recorded.")
            return redirect("assurance_incident", incident_id=incident_id)
        form.add_error(None, done.reason)
    return render(
        request,
        "assurance/incident.html",
        {
            "incident": incident,
            "standing": services.standing_of(incident),
            "steps": [(STEP_NAMES[StepKind(one.kind)], one) for one in incident.steps.all()],
            "risks": {risk.value: name for risk, name in RISK_NAMES.items()},
            "form": form,
            "at": at,
            "may_record": _may(request),
        },
        status=422 if form.errors else 200,
    )


def _may(request: HttpRequest) -> bool:
    return bool(require_actor(request).roles & RECORDING)
