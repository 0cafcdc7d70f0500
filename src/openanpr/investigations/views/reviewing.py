"""Reviewing an investigation: still needed, or closed."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.forms import ReviewForm
from openanpr.investigations.found import counts
from openanpr.investigations.reviews import review_due
from openanpr.investigations.services.reviewing import review_investigation
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.web.clock import now


def review(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Say why it stays open and when that is looked at again."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    at = now()
    form = ReviewForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_valid():
        values = form.cleaned_data
        review_investigation(
            author=author,
            investigation=investigation,
            reason=values["reason"],
            next_review_at=values["review_at"],
            at=at,
        )
        messages.success(request, "The review is noted.")
        return redirect("investigation", investigation_id=investigation.id)
    reviews = investigation.reviews.select_related("reviewed_by").order_by("-reviewed_at")
    last = reviews.first()
    since = last.reviewed_at if last else investigation.opened_at
    return render(
        request,
        "investigations/review.html",
        {
            "form": form,
            "investigation": investigation,
            "due": review_due(investigation),
            "reviews": reviews,
            "since": since,
            "searches": counts([investigation.id], since=since),
        },
        status=422 if form.errors else 200,
    )
