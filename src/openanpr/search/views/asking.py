"""Asking: a form of each kind, and what was found. Sent again, it searches again."""

import uuid

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import investigations_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.search import pages, presenters, queries
from openanpr.search.analysis.forms import ANALYSES
from openanpr.search.analysis.views import PAGES, answer_page
from openanpr.search.challenges import held
from openanpr.search.forms import FORMS, QuestionForm, first_values
from openanpr.search.services import (
    SearchResult,
    SearchStoppedError,
    SearchTooLongError,
    run_search,
)
from openanpr.web.clock import now

RECENT = 10


def search(request: HttpRequest, kind: str = "mark") -> HttpResponse:
    """The form of one kind of search; sent, it searches and shows what was found."""
    if kind not in FORMS:
        raise Http404
    author = author_of(request)
    if request.method != "POST":
        chosen = request.GET.get("investigation", "")
        first = first_values(FORMS[kind], at=now(), investigation=chosen)
        return _form_page(request, author, _form(kind, author, None, initial=first), status=200)
    form = _form(kind, author, request)
    if not form.is_valid():
        return _form_page(request, author, form, status=422)
    investigation = Investigation.objects.filter(id=form.cleaned_data["investigation"]).first()
    at = now()
    return answered(
        request,
        author,
        lambda: run_search(
            author=author,
            question=form.question(at=at),
            investigation=investigation,
            surveillance=form.cleaned_data["surveillance"],
            page=pages.PAGE,
            at=at,
        ),
    )


def more(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """The next page of one's own search: decided, recorded and looked for afresh."""
    author = author_of(request)
    run = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if run is None or run.investigation is None:
        raise Http404
    try:
        before = pages.opened(request.POST.get("after", ""), run=run)
    except signing.BadSignature:
        raise Http404 from None
    investigation = run.investigation
    return answered(
        request,
        author,
        lambda: run_search(
            author=author,
            question=queries.question_asked(run),
            investigation=investigation,
            surveillance=run.surveillance,
            before=before,
            continues=run,
            page=pages.PAGE,
            at=now(),
        ),
    )


def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """What one of one's own searches asked and was answered. The reads are not kept."""
    author = author_of(request)
    found = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if found is None:
        raise Http404
    return render(request, "search/run.html", {"run": found, **held(found, at=now())})


def answered(request: HttpRequest, author: Author, ask: presenters.Ask) -> HttpResponse:
    """The page of what a search found, or of why there is none."""
    try:
        result = ask()
    except SearchStoppedError:
        return render(request, "search/stopped.html", status=503)
    except SearchTooLongError:
        return render(request, "search/too_long.html", status=503)
    if result.question.kind in PAGES:
        return answer_page(request, result)
    return _result_page(request, author, result)


def _form(
    kind: str, author: Author, request: HttpRequest | None, **options: object
) -> QuestionForm:
    mine = investigations_of(person_id=author.actor.person_id)
    return FORMS[kind](
        request.POST if request is not None else None,
        request.FILES if request is not None else None,
        investigations=list(mine.filter(state=InvestigationState.OPEN.value)),
        actor=author.actor,
        **options,
    )


def _form_page(
    request: HttpRequest, author: Author, form: QuestionForm, *, status: int
) -> HttpResponse:
    person_id = author.actor.person_id
    return render(
        request,
        "search/form.html",
        {
            "form": form,
            "kinds": [(name, each.heading, name == form.kind) for name, each in FORMS.items()],
            "analyses": [(name, each.heading) for name, each in ANALYSES.items()],
            "recent": queries.runs_of(person_id=person_id).filter(continues=None)[:RECENT],
            "saved": queries.saved_of(person_id=person_id),
        },
        status=status,
    )


def _result_page(request: HttpRequest, author: Author, result: SearchResult) -> HttpResponse:
    at = now()
    lines = presenters.read_lines(result, user=author.user, at=at)
    places = presenters.places_of(lines)
    return render(
        request,
        "search/result.html",
        {
            "places": places,
            "map_points": presenters.map_of(places),
            "result": result,
            "run": result.run,
            "reference": result.run.investigation.reference if result.run.investigation else "",
            "parts": presenters.part_lines(result),
            "reads": lines,
            "marks": presenters.mark_lines(result),
            "days": presenters.day_lines(result),
            "coverage": presenters.coverage(result, at=at),
            "next_page": pages.next_page(result),
            "full": pages.is_full(result),
            "scope": result.decision.scope,
        },
        status=200 if result.decision.allowed else 403,
    )
