"""Asking for an analysis, and the page of its answer."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.access.vocabulary import SearchKind
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import investigations_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.search import presenters as search_presenters
from openanpr.search.analysis import place_sheets, presenters, vehicle_sheets
from openanpr.search.analysis.forms import ANALYSES
from openanpr.search.analysis.questions import OF_MARKS
from openanpr.search.forms import QuestionForm, first_values
from openanpr.search.services import (
    SearchResult,
    SearchStoppedError,
    SearchTooLongError,
    run_search,
)
from openanpr.web.clock import now

Presenter = Callable[[SearchResult], dict[str, Any]]


def analyse(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind of analysis; sent, it is decided, recorded, made and shown."""
    if kind not in ANALYSES:
        raise Http404
    author = author_of(request)
    if request.method != "POST":
        chosen = request.GET.get("investigation", "")
        first = first_values(ANALYSES[kind], at=now(), investigation=chosen)
        return _form_page(request, _form(kind, author, None, initial=first), status=200)
    form = _form(kind, author, request)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    at = now()
    try:
        result = run_search(
            author=author,
            question=form.question(at=at),
            investigation=Investigation.objects.filter(
                id=form.cleaned_data["investigation"]
            ).first(),
            surveillance=form.cleaned_data.get("surveillance", ""),
            at=at,
        )
    except SearchStoppedError:
        return render(request, "search/stopped.html", status=503)
    except SearchTooLongError:
        return render(request, "search/too_long.html", status=503)
    return answer_page(request, result)


def answer_page(request: HttpRequest, result: SearchResult) -> HttpResponse:
    """What came of an analysis."""
    kind = result.question.kind
    shown: dict[str, Any] = {}
    if result.decision.allowed:
        shown = {
            "coverage": search_presenters.coverage(result, at=now()),
            **PAGES[kind](result),
        }
    return render(
        request,
        "search/analysis/result.html",
        {
            "heading": ANALYSES[kind.value].heading,
            "result": result,
            "run": result.run,
            "reference": result.run.investigation.reference if result.run.investigation else "",
            "parts": search_presenters.part_lines(result),
            "scope": result.decision.scope,
            "takes_out": kind not in OF_MARKS,
            **shown,
        },
        status=200 if result.decision.allowed else 403,
    )


def _company(result: SearchResult) -> dict[str, Any]:
    passes = len(result.found.passes)
    return {
        "findings": presenters.company_lines(result),
        "heads": presenters.HEADS["convoy"],
        "sentences": presenters.company_sentences(result),
        "summary": f"The vehicle itself was read {passes} time{'' if passes == 1 else 's'}.",
        "cut": "There were more passes or companions than one search weighs: ask for less.",
    }


def _scenes(result: SearchResult) -> dict[str, Any]:
    return {
        "findings": presenters.scene_lines(result),
        "heads": presenters.HEADS["common"],
        "sentences": presenters.scene_sentences(result),
        "summary": "",
        "cut": "More marks were common than one search shows: name shorter times or fewer cameras.",
    }


def _linked(result: SearchResult) -> dict[str, Any]:
    lines = place_sheets.linked_lines(result)
    return {
        "findings": lines,
        "heads": presenters.HEADS["linked"],
        "sentences": place_sheets.linked_sentences(),
        "headline": place_sheets.linked_headline(lines),
        "summary": place_sheets.scene_summary(result),
        "cut": "There were more reads than one search shows: ask for a shorter time.",
        "coverage": place_sheets.coverage_of_scene(result, at=now()),
    }


def _route(result: SearchResult) -> dict[str, Any]:
    return {
        "findings": place_sheets.route_lines(result),
        "heads": presenters.HEADS["route"],
        "sentences": place_sheets.route_sentences(),
        "cut": "More marks drove along the route than one search shows: ask for a shorter time.",
    }


def _of_one(sheets: Presenter) -> Presenter:
    cut = "There were more reads than one search shows; the oldest are left out. Ask for less."
    return lambda result: {"cut": cut, **sheets(result)}


PAGES: Final[dict[SearchKind, Presenter]] = {
    SearchKind.CONVOY: _company,
    SearchKind.COMMON: _scenes,
    SearchKind.LINKED: _linked,
    SearchKind.ROUTE: _route,
    SearchKind.MOVEMENTS: _of_one(vehicle_sheets.movements),
    SearchKind.CLONES: _of_one(vehicle_sheets.second_plates),
    SearchKind.ONWARD: _of_one(vehicle_sheets.onward),
}
"""What the page of each kind shows."""


def _form(
    kind: str, author: Author, request: HttpRequest | None, **options: object
) -> QuestionForm:
    mine = investigations_of(person_id=author.actor.person_id)
    return ANALYSES[kind](
        request.POST if request is not None else None,
        request.FILES if request is not None else None,
        investigations=list(mine.filter(state=InvestigationState.OPEN.value)),
        actor=author.actor,
        **options,
    )


def _form_page(request: HttpRequest, form: QuestionForm, *, status: int) -> HttpResponse:
    kinds = [(name, each.heading, name == form.kind) for name, each in ANALYSES.items()]
    return render(
        request, "search/analysis/form.html", {"form": form, "kinds": kinds}, status=status
    )
