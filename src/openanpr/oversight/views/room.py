"""The room's first page: what of a month was looked at, and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.views.author import author_of
from openanpr.oversight import coverage
from openanpr.oversight.models import Sample
from openanpr.oversight.presenters_room import finding_lines, question_lines
from openanpr.oversight.views.doors import month_asked, refusal
from openanpr.web.clock import now

SAMPLES = 12


def room(request: HttpRequest) -> HttpResponse:
    """Coverage of the month, samples, open questions and findings."""
    if answer := refusal(request, author_of(request)):
        return answer
    at = now()
    month = month_asked(request)
    return render(
        request,
        "oversight/room.html",
        {
            "month": month,
            "earlier": month.moved(-1),
            "later": month.moved(1) if month.end <= at else None,
            "covered": coverage.coverage_of(month),
            "samples": Sample.objects.select_related("drawn_by").order_by("-drawn_at")[:SAMPLES],
            "questions": question_lines(coverage.open_questions(), at=at),
            "findings": finding_lines(coverage.open_findings(), at=at),
        },
    )
