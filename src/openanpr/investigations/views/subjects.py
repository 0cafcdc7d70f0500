"""Pages of an investigation's subjects and their vehicles."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations import subjects
from openanpr.investigations.grading import ROLE_NAMES
from openanpr.investigations.models import Investigation, Subject
from openanpr.investigations.services.subjects import (
    add_subject,
    end_link,
    link_vehicle,
    remove_subject,
)
from openanpr.investigations.subject_forms import EndForm, LinkForm, SubjectForm
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.web.clock import now


def index(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """The subjects, their vehicles, and a form for another subject."""
    author = author_of(request)
    change = request.method == "POST"
    investigation = own_investigation(author, investigation_id, to_change=change)
    form = SubjectForm(request.POST if change else None)
    if form.is_valid():
        add_subject(author=author, investigation=investigation, at=now(), **form.cleaned_data)
        messages.success(request, "The subject is added.")
        return redirect("subjects", investigation_id=investigation.id)
    return render(
        request,
        "investigations/subjects.html",
        {
            "investigation": investigation,
            "subjects": subjects.subjects_of(investigation),
            "roles": ROLE_NAMES,
            "form": form,
            "at": now(),
        },
        status=422 if form.errors else 200,
    )


def link(request: HttpRequest, investigation_id: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """Link a vehicle to a subject."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    subject = _subject(investigation, subject_id)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = now()
        link_vehicle(author=author, subject=subject, link=form.made(at=at), at=at)
        messages.success(request, "The vehicle is linked.")
        return redirect("subjects", investigation_id=investigation.id)
    heading = f"Link a vehicle to {subject.name}"
    return _page(request, investigation, form, heading=heading, button="Link the vehicle")


def unlink(
    request: HttpRequest, investigation_id: uuid.UUID, subject_id: uuid.UUID, link_id: uuid.UUID
) -> HttpResponse:
    """End a link before it expires."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    vehicle = _subject(investigation, subject_id).vehicles.filter(id=link_id).first()
    if vehicle is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        end_link(author=author, vehicle=vehicle, reason=form.cleaned_data["reason"], at=now())
        messages.success(request, "The link is ended. Nothing more is looked for by it.")
        return redirect("subjects", investigation_id=investigation.id)
    return _page(request, investigation, form, heading="End a link", button="End the link")


def remove(
    request: HttpRequest, investigation_id: uuid.UUID, subject_id: uuid.UUID
) -> HttpResponse:
    """Take a subject off."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    subject = _subject(investigation, subject_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        remove_subject(author=author, subject=subject, reason=form.cleaned_data["reason"], at=now())
        messages.success(request, "The subject is taken off the investigation.")
        return redirect("subjects", investigation_id=investigation.id)
    heading = f"Take {subject.name} off"
    return _page(request, investigation, form, heading=heading, button="Take off")


def _subject(investigation: Investigation, subject_id: uuid.UUID) -> Subject:
    found = subjects.subject_of(investigation, subject_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    investigation: Investigation,
    form: LinkForm | EndForm,
    *,
    heading: str,
    button: str,
) -> HttpResponse:
    return render(
        request,
        "investigations/subject_form.html",
        {"investigation": investigation, "form": form, "heading": heading, "button": button},
        status=422 if form.errors else 200,
    )
