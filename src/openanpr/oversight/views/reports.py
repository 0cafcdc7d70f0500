"""The monthly report: on the page, as PDF and as CSV."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.views.author import author_of
from openanpr.oversight.models import MonthlyReport
from openanpr.oversight.months import parse_month
from openanpr.oversight.report.printing import as_csv, as_pdf
from openanpr.oversight.services import record_look
from openanpr.oversight.services.reporting import draft_report, make_report
from openanpr.oversight.views.doors import month_asked, refusal
from openanpr.web.clock import now

_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


def report(request: HttpRequest) -> HttpResponse:
    """The figures of a month, and who made its report when."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    at = now()
    month = month_asked(request)
    made = draft_report(month=month)
    record_look(author=author, filters=[f"report of {month}"], rows=0, at=at)
    kept = MonthlyReport.objects.filter(month=str(month)).select_related("made_by")
    return render(
        request,
        "oversight/report.html",
        {
            "month": month,
            "over": month.end <= at,
            "sections": made.sections,
            "digest": made.digest,
            "kept": kept.order_by("-made_at")[:20],
            "earlier": month.moved(-1),
            "later": month.moved(1) if month.end <= at else None,
        },
    )


def file(request: HttpRequest, month: str, form: str) -> HttpResponse:
    """The file. Of a month that is over it is noted; before, it is a draft."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    wanted = parse_month(month)
    if wanted is None or form not in _TYPES:
        raise Http404
    at = now()
    over = wanted.end <= at
    made = (
        make_report(author=author, month=wanted, form=form, at=at)
        if over
        else draft_report(month=wanted)
    )
    if form == "pdf":
        content: bytes | str = as_pdf(
            wanted,
            made.sections,
            force=author.user.force.name,
            marking=settings.SETTINGS.marking,
            draft=not over,
        )
    else:
        content = as_csv(wanted, made.sections, made_at=at)
    answer = HttpResponse(content, content_type=_TYPES[form])
    name = f"anpr-report-{wanted}{'' if over else '-draft'}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
