"""Pages of one's own investigations."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.vocabulary import Category
from openanpr.investigations import queries
from openanpr.investigations.authorisers import may_answer
from openanpr.investigations.forms import CloseForm, OpenForm
from openanpr.investigations.models import AuthorisationRequest
from openanpr.investigations.reviews import review_due
from openanpr.investigations.services.investigations import (
    close_investigation,
    open_investigation,
)
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.investigations.vocabulary import CATEGORY_NAMES, RequestState
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now


def index(request: HttpRequest) -> HttpResponse:
    """The investigations in whose team this person is."""
    author = author_of(request)
    found = queries.investigations_of(person_id=author.actor.person_id)
    return render(
        request,
        "investigations/index.html",
        {"investigations": found, "categories": CATEGORY_NAMES},
    )


def open_new(request: HttpRequest) -> HttpResponse:
    """Open an investigation."""
    author = author_of(request)
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        force=author.actor.force,
        initial={"officer_in_charge": author.user.username},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = open_investigation(author=author, at=now(), **form.cleaned_data)
        except IntegrityError:
            form.add_error("reference", "There is an investigation with this reference")
        else:
            messages.success(request, "The investigation is open.")
            return redirect("investigation", investigation_id=made.id)
    status = 422 if form.errors else 200
    return render(request, "investigations/open.html", {"form": form}, status=status)


def detail(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """One investigation: what it is, its team, what was authorised."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id)
    requests = investigation.requests.select_related(
        "requested_by", "decided_by", "granted"
    ).order_by("-requested_at")
    return render(
        request,
        "investigations/detail.html",
        {
            "investigation": investigation,
            "category": CATEGORY_NAMES[Category(investigation.category)],
            "team": queries.team_of(investigation),
            "requests": requests,
            "may_answer": _may_answer(requests),
            "at": now(),
            "review_due": review_due(investigation),
        },
    )


def _may_answer(requests: Iterable[AuthorisationRequest]) -> dict[uuid.UUID, list[str]]:
    """The names of those who may answer each request that waits."""
    at = now()
    waiting = [one for one in requests if one.state == RequestState.ASKED]
    profile = profile_in_force(at=at) if waiting else None
    return {
        one.id: [user.full_name for user in may_answer(one, profile=profile, at=at)]
        for one in waiting
        if profile is not None
    }


def close(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Close an investigation."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_investigation(
            author=author,
            investigation=investigation,
            reason=form.cleaned_data["reason"],
            at=now(),
        )
        messages.success(request, "The investigation is closed.")
        return redirect("investigation", investigation_id=investigation.id)
    return render(
        request,
        "investigations/close.html",
        {"form": form, "investigation": investigation},
        status=422 if form.errors else 200,
    )
