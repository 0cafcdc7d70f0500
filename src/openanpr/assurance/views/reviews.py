"""Reviews of cameras, rules, roles and sharing agreements."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.assurance import reviews
from openanpr.assurance.author import Refused, author_of
from openanpr.assurance.forms import AgreementForm, ReviewForm
from openanpr.assurance.models import ReviewDone
from openanpr.assurance.services import reviews as services
from openanpr.assurance.vocabulary import RECORDING
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def index(request: HttpRequest) -> HttpResponse:
    """Everything that is reviewed, soonest first."""
    actor, at = require_actor(request), now()
    known = reviews.reviews(at=at, force=actor.force, covert=actor.covert_right)
    return render(
        request,
        "assurance/reviews.html",
        {
            "reviews": known,
            "at": at,
            "may_enter": bool(actor.roles & RECORDING),
        },
    )


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """One subject with its figures and its reviews so far; a POST writes one."""
    actor, at = require_actor(request), now()
    found = reviews.review_for(actor, reference, at=at)
    if found is None:
        raise Http404
    may = bool(actor.roles & found.kind.roles)
    form = ReviewForm(request.POST if request.method == "POST" and may else None)
    if form.is_valid():
        done = services.review(
            of=found,
            **form.cleaned_data,
            by=author_of(request, found.kind.roles),
            actor=actor,
            at=at,
        )
        if not isinstance(done, Refused):
            messages.success(request, "The review is kept.")
            return redirect("assurance_reviews")
        form.add_error(None, done.reason)
    return render(
        request,
        "assurance/review.html",
        {
            "review": found,
            "figures": found.kind.figures(reference, at),
            "before": ReviewDone.objects.filter(subject=reference),
            "form": form,
            "may_review": may,
            "at": at,
        },
        status=422 if form.errors else 200,
    )


def new_agreement(request: HttpRequest) -> HttpResponse:
    """Enter a sharing agreement."""
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.enter_agreement(**form.cleaned_data, by=author_of(request, RECORDING), at=now())
        messages.success(request, "The agreement is entered. It is reviewed each year.")
        return redirect("assurance_reviews")
    return render(
        request, "assurance/agreement.html", {"form": form}, status=422 if form.errors else 200
    )
