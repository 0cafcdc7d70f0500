"""From picked reads to an exhibit."""

import logging
import uuid

from django.conf import settings
from django.contrib import messages
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.session import proved_lately
from openanpr.accounts.step_up import TO_SEND, after_step_up
from openanpr.exhibits import queries
from openanpr.exhibits.forms import MakeForm
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.services.making import make_exhibit, pick_reads
from openanpr.exhibits.services.writing import PackProblem, write_pack
from openanpr.exhibits.vocabulary import ExhibitState
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.papers import PaperProblem
from openanpr.policy.queries import profile_in_force
from openanpr.search.selection import picked
from openanpr.search.services import SearchStoppedError, SearchTooLongError
from openanpr.web.clock import now

SMALL = 30
"""A pack of so many reads is made while the person waits; larger ones are made by a job."""
_log = logging.getLogger(__name__)


def new(request: HttpRequest) -> HttpResponse:
    """Keep the picked reads as a draft, and go on to its form."""
    author = author_of(request)
    at = now()
    tokens = request.POST.getlist("read")
    found = [picked(token, account_id=author.user.pk, at=at) for token in tokens]
    reads = {one.id: one for one in found if one is not None}
    cases = {one.investigation_id for one in reads.values()}
    most = profile_in_force(at=at).limits.export_rows
    if len(cases) != 1 or len(reads) > most:
        return render(request, "exhibits/nothing_picked.html", {"most": most}, status=422)
    investigation = own_investigation(author, cases.pop(), to_change=True)
    exhibit = pick_reads(
        author=author, investigation=investigation, reads=list(reads.values()), at=at
    )
    return redirect("exhibit_make", exhibit_id=exhibit.id)


@after_step_up
def make(request: HttpRequest, exhibit_id: uuid.UUID) -> HttpResponse:
    """The form of a draft; sent, the exhibit, if it may leave."""
    author = author_of(request)
    exhibit = queries.own_exhibit(author.actor, exhibit_id)
    if exhibit is None or exhibit.state != ExhibitState.DRAFT:
        raise Http404
    form = MakeForm(
        request.POST if request.method == "POST" else None,
        settings=settings.SETTINGS,
        user=author.user,
    )
    refusal: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        at = now()
        try:
            made = make_exhibit(
                author=author,
                exhibit=exhibit,
                terms=form.terms(at=at),
                stepped_up=proved_lately(request, at=at, within=TO_SEND),
                settings=settings.SETTINGS,
                at=at,
            )
        except SearchStoppedError:
            return render(request, "search/stopped.html", status=503)
        except SearchTooLongError:
            return render(request, "search/too_long.html", status=503)
        if isinstance(made, Exhibit):
            _at_once(request, made)
            return redirect("exhibit", exhibit_id=made.id)
        refusal = made.sentences
    return render(
        request,
        "exhibits/make.html",
        {"form": form, "exhibit": exhibit, "refusal": refusal, "reads": len(exhibit.picks)},
        status=403 if refusal else (422 if form.errors else 200),
    )


def _at_once(request: HttpRequest, exhibit: Exhibit) -> None:
    """Make a small pack now; what fails is left to the job, which tries again."""
    if (exhibit.reads or 0) > SMALL:
        messages.success(request, "The exhibit is recorded and its pack is being made.")
        return
    try:
        write_pack(exhibit.id, settings=settings.SETTINGS, at=now())
        messages.success(request, f"Exhibit {exhibit.reference} is made.")
    except (PackProblem, PaperProblem, OSError, Error) as problem:
        _log.error("exhibit %s is left to its job: %s", exhibit.id, type(problem).__name__)
        messages.success(request, "The exhibit is recorded and its pack is being made.")
