"""The list of requests, entering one, one of them, and taking it over."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.explain import explain
from openanpr.investigations.views.author import author_of
from openanpr.policy.queries import profile_in_force
from openanpr.rights import queries
from openanpr.rights.forms import DeskRequestForm
from openanpr.rights.presenters import MOVE_NAMES, request_line, step_lines
from openanpr.rights.services import steps
from openanpr.rights.services.looking import record_look
from openanpr.rights.services.receiving import receive
from openanpr.rights.timing import day_of
from openanpr.rights.views.asked import in_words, request_or_404
from openanpr.rights.vocabulary import Channel, RequestState
from openanpr.web.clock import now
from openanpr.workflow import Refused

CLOSED_SHOWN = 50


def index(request: HttpRequest) -> HttpResponse:
    """What waits, by when it is due; and what was closed last."""
    at = now()
    waiting = [request_line(one, at=at) for one in queries.open_requests()]
    closed = [request_line(one, at=at) for one in queries.closed_requests(limit=CLOSED_SHOWN)]
    return render(
        request,
        "rights/index.html",
        {"waiting": sorted(waiting, key=lambda line: line.sort), "closed": closed},
    )


def new(request: HttpRequest) -> HttpResponse:
    """Enter what came by post, e-mail, telephone or at the counter."""
    at = now()
    form = DeskRequestForm(
        request.POST or None, today=day_of(at), initial={"received_on": day_of(at)}
    )
    refusal: list[str] = []
    if request.method == "POST" and form.is_valid():
        made = receive(
            asked=form.asked(),
            channel=Channel(form.cleaned_data["channel"]),
            received_on=form.cleaned_data["received_on"],
            author=author_of(request),
            at=at,
        )
        if not isinstance(made, Refused):
            messages.success(request, f"The request is entered. Its reference is {made.reference}.")
            return redirect("rights_request", request_id=made.id)
        refusal = in_words(made)
    status = 403 if refusal else (422 if form.errors else 200)
    return render(request, "rights/new.html", {"form": form, "refusal": refusal}, status=status)


def detail(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request: what is asked, where its time stands, what may be done next."""
    at = now()
    author = author_of(request)
    found = request_or_404(request_id)
    record_look(author=author, request=found, at=at)
    moves = steps.moves_for(author, found, at)
    mine = found.officer_id == author.user.pk
    return render(
        request,
        "rights/detail.html",
        {
            "line": request_line(found, at=at),
            "asked": found,
            "steps": step_lines(found),
            "moves": [(name, MOVE_NAMES[name]) for name in moves if name in SIMPLE],
            "may_decide": "decide" in moves,
            "may_reply": "reply" in moves,
            "searches": found.searches.select_related("by").order_by("at"),
            "packs": found.packs.defer("content").order_by("made_at"),
            "mine": mine,
            "vehicles": queries.vehicles_of(found),
            "changing": mine and found.state == RequestState.OPEN,
        },
    )


SIMPLE = frozenset(
    {
        *("ask-identity", "identify", "start", "ask-clarification"),
        *("clarify", "extend", "reopen", "withdraw"),
    }
)
"""The steps that a form of reason and day makes; the others have pages of their own."""


def take(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Become the officer of a request."""
    at = now()
    found = request_or_404(request_id)
    decision = steps.take_over(author=author_of(request), request_id=found.id, at=at)
    if decision.allowed:
        messages.success(request, "The request is yours.")
    else:
        messages.error(request, " ".join(explain(decision, profile=profile_in_force(at=at))))
    return redirect("rights_request", request_id=found.id)
