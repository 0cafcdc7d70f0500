"""Drawing a sample, and working through it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.views.author import author_of
from openanpr.oversight.models import Sample
from openanpr.oversight.presenters_room import pick_lines
from openanpr.oversight.room_forms import SampleForm
from openanpr.oversight.services import record_look
from openanpr.oversight.services.sampling import draw_sample
from openanpr.oversight.views.doors import refusal
from openanpr.oversight.vocabulary import METHOD_NAMES, Method
from openanpr.web.clock import now


def new(request: HttpRequest) -> HttpResponse:
    """The form; sent, the sample."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    form = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        start, end = form.period()
        sample = draw_sample(
            author=author,
            method=Method(values["method"]),
            period_from=start,
            period_to=end,
            size=values["size"],
            seed=values["seed"],
            at=now(),
        )
        messages.success(
            request, f"Drawn from {sample.population} searches. Its seed is kept with it."
        )
        return redirect("oversight_sample", sample_id=sample.id)
    context = {"form": form, "title": "Draw a sample", "button": "Draw", "back": "oversight_room"}
    status = 422 if form.errors else 200
    return render(request, "oversight/form.html", context, status=status)


def one(request: HttpRequest, sample_id: uuid.UUID) -> HttpResponse:
    """The searches drawn, each with the reasons to look and what came of looking."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    sample = Sample.objects.select_related("drawn_by").filter(id=sample_id).first()
    if sample is None:
        raise Http404
    lines = pick_lines(sample, author=author)
    record_look(author=author, filters=["sample"], rows=len(lines), at=now())
    return render(
        request,
        "oversight/sample.html",
        {
            "sample": sample,
            "lines": lines,
            "method": METHOD_NAMES[Method(sample.method)],
            "reviewed": sum(line.review is not None for line in lines),
        },
    )
