"""Reviewing a hold, and releasing it."""

import uuid

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.holds import queries
from openanpr.holds.forms import ReleaseForm, ReviewForm
from openanpr.holds.services import release_hold, review_hold
from openanpr.investigations.models import Hold
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.web.clock import now


def review(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """Say why it is still needed and when that is looked at again."""
    author = author_of(request)
    hold = _open_hold(author, hold_id)
    at = now()
    form = ReviewForm(request.POST if request.method == "POST" else None, at=at)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        review_hold(
            author=author,
            hold=hold,
            reason=values["reason"],
            next_review_at=values["review_at"],
            at=at,
        )
        messages.success(request, "The review is noted.")
        return redirect("hold", hold_id=hold.id)
    return _page(request, hold, form, title="Review the hold", button="Keep holding")


def release(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """End it: what it keeps past retention goes."""
    author = author_of(request)
    hold = _open_hold(author, hold_id)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        release_hold(
            author=author,
            hold=hold,
            reason=form.cleaned_data["reason"],
            reads=sum(queries.days_of([hold])[hold.id].values()),
            at=now(),
        )
        messages.success(request, "The hold is released. What is past retention goes now.")
        return redirect("hold", hold_id=hold.id)
    return _page(request, hold, form, title="Release the hold", button="Release the reads")


def _open_hold(author: Author, hold_id: uuid.UUID) -> Hold:
    """A hold that keeps reads, of an investigation in whose team the author is."""
    hold = queries.hold_for(author.actor, hold_id)
    if hold is None or hold.released_at is not None:
        raise Http404
    own_investigation(author, hold.investigation_id)
    return hold


def _page(request: HttpRequest, hold: Hold, form: Form, *, title: str, button: str) -> HttpResponse:
    return render(
        request,
        "holds/change.html",
        {"hold": hold, "form": form, "title": title, "button": button},
        status=422 if form.errors else 200,
    )
