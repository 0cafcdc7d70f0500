"""What other forces searched of one's own force's reads: who, when and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.views.author import author_of
from openanpr.oversight.assessing import runs_between
from openanpr.oversight.services import record_look
from openanpr.oversight.views.doors import month_asked, refusal
from openanpr.web.clock import now


def owned(request: HttpRequest) -> HttpResponse:
    """The searches of a month by people of other forces that showed reads of this one."""
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    month = month_asked(request)
    force = author.actor.force
    runs = (
        runs_between(month.start, month.end)
        .filter(shown_of__has_key=force)
        .exclude(user__force__code=force)
        .select_related("user__force")
    )
    lines = [(run, run.shown_of[force]) for run in runs]
    record_look(author=author, filters=["own force's reads"], rows=len(lines), at=now())
    context = {"month": month, "earlier": month.moved(-1), "lines": lines}
    return render(request, "oversight/owned.html", context)
