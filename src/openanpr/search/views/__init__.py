"""The search pages."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import investigations_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.search import presenters, queries
from openanpr.search.forms import SearchForm, first_values
from openanpr.search.services import SearchResult, SearchStoppedError, run_search
from openanpr.web.clock import now

RECENT = 10


def search(request: HttpRequest) -> HttpResponse:
    """The form; sent, it searches and shows what was found. Sent again, it searches again."""
    author = author_of(request)
    if request.method != "POST":
        chosen = request.GET.get("investigation", "")
        form = _form(author, None, initial=first_values(at=now(), investigation=chosen))
        return _form_page(request, author, form, status=200)
    form = _form(author, request)
    if not form.is_valid():
        return _form_page(request, author, form, status=422)
    investigation = Investigation.objects.filter(id=form.cleaned_data["investigation"]).first()
    at = now()
    try:
        result = run_search(
            author=author, question=form.question(at=at), investigation=investigation, at=at
        )
    except SearchStoppedError:
        return render(request, "search/stopped.html", status=503)
    return _result_page(request, author, result)


def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """What one of one's own searches asked and was answered. The reads are not kept."""
    author = author_of(request)
    found = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if found is None:
        raise Http404
    return render(request, "search/run.html", {"run": found})


def _form(author: Author, request: HttpRequest | None, **options: object) -> SearchForm:
    mine = investigations_of(person_id=author.actor.person_id)
    return SearchForm(
        request.POST if request is not None else None,
        investigations=list(mine.filter(state=InvestigationState.OPEN.value)),
        **options,
    )


def _form_page(
    request: HttpRequest, author: Author, form: SearchForm, *, status: int
) -> HttpResponse:
    recent = queries.runs_of(person_id=author.actor.person_id)[:RECENT]
    return render(request, "search/form.html", {"form": form, "recent": recent}, status=status)


def _result_page(request: HttpRequest, author: Author, result: SearchResult) -> HttpResponse:
    lines = presenters.read_lines(result, user=author.user, at=now())
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
            "scope": result.decision.scope,
        },
        status=200 if result.decision.allowed else 403,
    )
