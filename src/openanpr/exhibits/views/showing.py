"""The list of exhibits, and one with its continuity."""

import uuid

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.exhibits import queries, sealing
from openanpr.exhibits.forms import HandedForm
from openanpr.exhibits.services.making import MAKE
from openanpr.exhibits.vocabulary import ExhibitState
from openanpr.jobs.queries import newest_job
from openanpr.web.request import require_actor

PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """The exhibits that the person may know of."""
    found = queries.exhibits_for(require_actor(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    key = sealing.public_key_of(settings.SETTINGS)
    return render(request, "exhibits/index.html", {"page": page, "key": key})


def detail(request: HttpRequest, exhibit_id: uuid.UUID) -> HttpResponse:
    """One exhibit: what it is, and who had it."""
    return shown(request, exhibit_id, HandedForm())


def shown(
    request: HttpRequest, exhibit_id: uuid.UUID, form: HandedForm, *, status: int = 200
) -> HttpResponse:
    """The page of an exhibit, with the form to note who was handed it."""
    actor = require_actor(request)
    exhibit = queries.exhibit_for(actor, exhibit_id)
    if exhibit is None:
        raise Http404
    asked = exhibit.state == ExhibitState.ASKED
    return render(
        request,
        "exhibits/detail.html",
        {
            "exhibit": exhibit,
            "events": queries.continuity_of(exhibit),
            "job": newest_job(MAKE, exhibit=str(exhibit.id)) if asked else None,
            "own": queries.own_exhibit(actor, exhibit.id) is not None,
            "form": form,
        },
        status=status,
    )
