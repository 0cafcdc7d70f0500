"""Saved searches of one's investigations: kept, asked again with a fresh decision, taken off."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from openanpr.investigations.views.author import author_of
from openanpr.search import pages, queries
from openanpr.search.models import SavedSearch
from openanpr.search.services import run_search
from openanpr.search.services.saved import remove_saved, save_search
from openanpr.search.views.asking import answered
from openanpr.web.clock import now

LONGEST_NAME = 100


def save(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Keep the question of one of one's own searches for the investigation's team."""
    author = author_of(request)
    run = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if run is None or run.investigation is None:
        raise Http404
    name = request.POST.get("name", "").strip()[:LONGEST_NAME] or "Unnamed search"
    save_search(
        author=author, run=run, name=name, up_to_now=bool(request.POST.get("up_to_now")), at=now()
    )
    messages.success(request, "The search is saved for the investigation.")
    return redirect("search")


def again(request: HttpRequest, saved_id: uuid.UUID) -> HttpResponse:
    """Ask a saved search again, as the person and the policy stand now."""
    author = author_of(request)
    saved = _own(author.actor.person_id, saved_id)
    at = now()
    return answered(
        request,
        author,
        lambda: run_search(
            author=author,
            question=queries.question_saved(saved, at=at),
            investigation=saved.investigation,
            surveillance=request.POST.get("surveillance", "").strip()[:500],
            page=pages.PAGE,
            at=at,
        ),
    )


def remove(request: HttpRequest, saved_id: uuid.UUID) -> HttpResponse:
    """Take a saved search off the list."""
    author = author_of(request)
    remove_saved(author=author, saved=_own(author.actor.person_id, saved_id), at=now())
    messages.success(request, "The saved search is taken off the list.")
    return redirect("search")


def _own(person_id: str, saved_id: uuid.UUID) -> SavedSearch:
    saved = queries.saved_of(person_id=person_id).filter(id=saved_id).first()
    if saved is None:
        raise Http404
    return saved
