"""Asking for an authorisation, and the authorising officer's queue."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.decide import authority_needed
from openanpr.access.explain import RANK_WORDS, explain
from openanpr.access.facts import Profile
from openanpr.access.vocabulary import Category
from openanpr.accounts.step_up import after_step_up
from openanpr.investigations import queries
from openanpr.investigations.forms import AuthorisationForm, DecisionForm, GrantForm
from openanpr.investigations.models import AuthorisationRequest
from openanpr.investigations.services import authorisations as services
from openanpr.investigations.services.author import Author
from openanpr.investigations.similar import similar_to
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.investigations.vocabulary import CATEGORY_NAMES, RequestState
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now


def ask(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Ask for an authorisation."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    at = now()
    profile = profile_in_force(at=at)
    form = AuthorisationForm(
        request.POST if request.method == "POST" else None,
        longest_days=profile.authorisation.longest.days,
        at=at,
    )
    if request.method == "POST" and form.is_valid():
        services.request_authorisation(
            author=author, investigation=investigation, at=at, **form.cleaned_data
        )
        messages.success(request, "The request waits for an authorising officer.")
        return redirect("investigation", investigation_id=investigation.id)
    return render(
        request,
        "investigations/ask.html",
        {"form": form, "investigation": investigation, "bands": _bands(profile)},
        status=422 if form.errors else 200,
    )


def queue(request: HttpRequest) -> HttpResponse:
    """The requests that wait, oldest first."""
    author = author_of(request)
    waiting = queries.requests_to(actor=author.actor)
    return render(request, "investigations/queue.html", {"waiting": waiting})


@after_step_up
def decide(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request, and the answer to it."""
    author = author_of(request)
    asked = queries.request_for(actor=author.actor, request_id=request_id)
    if asked is None:
        raise Http404
    form = GrantForm(request.POST if request.method == "POST" else None, asked=asked)
    refusal: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            refusal = _answer(request, author, asked, form.cleaned_data)
        except services.AlreadyDecidedError:
            messages.error(request, "Somebody answered this request before you.")
            return redirect("authorisations")
        if not refusal:
            return redirect("authorisations")
    return _page(request, asked, form, refusal)


def _answer(
    request: HttpRequest, author: Author, asked: AuthorisationRequest, values: dict[str, Any]
) -> tuple[str, ...]:
    """Why the officer may not grant this; empty where the request is answered."""
    at = now()
    reason: str = values["reason"]
    if request.POST.get("answer") != "grant":
        services.refuse(author=author, asked=asked, reason=reason, at=at)
        messages.success(request, "The request is refused.")
        return ()
    profile = profile_in_force(at=at)
    decision = services.grant(
        author=author,
        asked=asked,
        reason=reason,
        profile=profile,
        at=at,
        days=values["days"],
        vrms=values["limit_vrms"],
    )
    if decision.allowed:
        messages.success(request, "The authorisation is given.")
        return ()
    return explain(decision, profile=profile)


def _page(
    request: HttpRequest,
    asked: AuthorisationRequest,
    form: DecisionForm,
    refusal: tuple[str, ...],
) -> HttpResponse:
    at = now()
    needed = authority_needed(
        start=asked.period_from, end=asked.period_to, at=at, profile=profile_in_force(at=at)
    )
    return render(
        request,
        "investigations/decide.html",
        {
            "asked": asked,
            "form": form,
            "refusal": refusal,
            "in_force": asked.state == RequestState.GRANTED
            and asked.granted.revoked_at is None
            and at < asked.granted.expires_at,
            "open": asked.state == RequestState.ASKED,
            "category": CATEGORY_NAMES[Category(asked.investigation.category)],
            "similar": similar_to(asked, at=at),
            "rank_needed": RANK_WORDS[needed] if needed else "",
        },
        status=403 if refusal else (422 if form.errors else 200),
    )


def _bands(profile: Profile) -> list[str]:
    """What the profile says about authority, band by band."""
    return [
        f"{band.name}: "
        + (f"{RANK_WORDS[band.lowest_rank]} or above" if band.lowest_rank else "none needed")
        for band in profile.bands
    ]
