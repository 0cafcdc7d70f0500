"""The list of holds, and one of them."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.holds import queries
from openanpr.holds.presenters import hold_lines
from openanpr.investigations.views.author import author_of
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now


def index(request: HttpRequest) -> HttpResponse:
    """The holds of one's investigations; auditors see everybody's, without a read of them."""
    actor = author_of(request).actor
    at = now()
    lines = hold_lines(queries.holds_for(actor), profile=profile_in_force(at=at), at=at)
    return render(
        request,
        "holds/index.html",
        {"holds": lines, "late": [line for line in lines if line.overdue]},
    )


def detail(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """One hold: why, whose, how many reads, its reviews."""
    author = author_of(request)
    hold = queries.hold_for(author.actor, hold_id)
    if hold is None:
        raise Http404
    at = now()
    (line,) = hold_lines([hold], profile=profile_in_force(at=at), at=at)
    reviews = hold.reviews.select_related("reviewed_by").order_by("-reviewed_at")
    return render(
        request,
        "holds/detail.html",
        {
            "line": line,
            "hold": hold,
            "reviews": reviews,
            "may_change": bool(author.actor.roles & INVESTIGATING),
        },
    )
