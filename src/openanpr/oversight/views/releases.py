"""The searches that wait for a second person, and the answer."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.views.author import author_of
from openanpr.investigations.wording import says_something
from openanpr.oversight.held import held_search, waiting_for
from openanpr.oversight.services.releasing import AlreadyAnsweredError, answer_held
from openanpr.oversight.views.doors import said
from openanpr.web.clock import now


class ReleaseForm(forms.Form):
    """Why it is let through, or not."""

    reason = forms.CharField(
        label="Reason",
        help_text="The searcher and the auditor read it",
        max_length=1000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def index(request: HttpRequest) -> HttpResponse:
    """What waits."""
    actor = author_of(request).actor
    return render(request, "oversight/held.html", {"runs": waiting_for(actor, at=now())})


def one(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """One held search, and the answer to it."""
    author = author_of(request)
    at = now()
    run = held_search(author.actor, run_id, at=at)
    if run is None:
        raise Http404
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        let_through = "release" in request.POST
        try:
            decision = answer_held(
                author=author,
                run=run,
                let_through=let_through,
                reason=form.cleaned_data["reason"],
                at=at,
            )
        except AlreadyAnsweredError:
            messages.error(request, "Somebody answered it first.")
            return redirect("held_searches")
        if not decision.allowed:
            return said(request, decision)
        messages.success(request, "Released." if let_through else "Not released.")
        return redirect("held_searches")
    context = {"form": form, "run": run}
    return render(request, "oversight/held_one.html", context, status=422 if form.errors else 200)
