"""The first page after signing in: what this person may do, and what stands in their way."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.access.vocabulary import Training
from openanpr.web.clock import now
from openanpr.web.deadlines import SOON, deadlines_for, waiting
from openanpr.web.navigation import links_for
from openanpr.web.person import Person, role_names
from openanpr.web.request import PageRequest, require_actor

TRAINING_WARNING: Final = timedelta(days=30)


def home(request: PageRequest) -> HttpResponse:
    """What the roles held now open, when training ends, and which roles ended."""
    person = request.person
    assert person is not None, "the middleware lets nobody else through"  # noqa: S101
    at = now()
    due = deadlines_for(require_actor(request), at=at, ahead=SOON)
    return render(
        request,
        "web/home.html",
        {
            "waiting": waiting(due, at=at),
            "tasks": links_for(person.roles),
            "ended_roles": role_names(person.ended_roles - person.roles),
            "training_ends_soon": _ends_soon(person),
            "training_valid": person.training is Training.VALID,
        },
    )


def alive(_request: HttpRequest) -> HttpResponse:
    """For the supervisor: the process answers. Says nothing about the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _ends_soon(person: Person) -> bool:
    ends = person.training_expires_at
    return (
        person.training is Training.VALID and ends is not None and ends - now() < TRAINING_WARNING
    )
