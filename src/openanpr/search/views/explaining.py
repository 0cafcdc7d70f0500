"""A search that was held up: explained, and asked again."""

import uuid
from typing import Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.views.author import author_of
from openanpr.investigations.wording import says_something
from openanpr.search import pages, queries
from openanpr.search.challenges import HELD_FOR, held, is_challenge
from openanpr.search.services import run_search
from openanpr.search.views.asking import answered
from openanpr.web.clock import now

LONGEST: Final = 1000


def explain(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Ask one's own held search again, with what is said about it."""
    author = author_of(request)
    at = now()
    run = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if run is None or not is_challenge(run) or run.asked_at < at - HELD_FOR:
        raise Http404
    words = request.POST.get("explanation", "").strip()[:LONGEST] or run.explanation
    try:
        says_something(words)
    except ValidationError as problem:
        context = {**held(run, at=at), "problem": problem.messages[0]}
        return render(request, "search/run.html", {"run": run, **context}, status=422)
    return answered(
        request,
        author,
        lambda: run_search(
            author=author,
            question=queries.question_asked(run),
            investigation=run.investigation,
            surveillance=run.surveillance,
            explanation=words,
            again=run,
            page=pages.PAGE,
            at=at,
        ),
    )
