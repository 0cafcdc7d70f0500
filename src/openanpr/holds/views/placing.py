"""Placing a hold on reads that were picked from a search's result."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.explain import explain
from openanpr.holds.forms import HoldForm
from openanpr.holds.services import HoldRefused, ReadsGoneError, place_hold
from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.policy.queries import profile_in_force
from openanpr.search.selection import PickedRead, picked
from openanpr.web.clock import now


def new(request: HttpRequest) -> HttpResponse:
    """The form for the picked reads; with ``place`` sent, the hold itself."""
    author = author_of(request)
    reads = _picked(request, author)
    if not reads:
        return render(request, "holds/nothing_picked.html", status=422)
    investigation = own_investigation(author, reads[0].investigation_id, to_change=True)
    placing = "place" in request.POST
    form = HoldForm(
        request.POST if placing else None,
        force=author.actor.force,
        at=now(),
        initial={"owner": author.user.username},
    )
    refusal: tuple[str, ...] = ()
    if placing and form.is_valid():
        answer = _place(request, author, investigation, reads, form)
        if isinstance(answer, HttpResponse):
            return answer
        refusal = answer
    status = 403 if refusal else (422 if form.errors else 200)
    return render(
        request,
        "holds/new.html",
        {
            "form": form,
            "investigation": investigation,
            "reads": reads,
            "tokens": request.POST.getlist("read"),
            "refusal": refusal,
        },
        status=status,
    )


def _picked(request: HttpRequest, author: Author) -> list[PickedRead]:
    """The picked reads, each once, all of the first one's investigation."""
    at = now()
    found = [
        picked(token, account_id=author.user.pk, at=at) for token in request.POST.getlist("read")
    ]
    reads = {read.id: read for read in found if read is not None}
    first = next(iter(reads.values()), None)
    return [
        read
        for read in reads.values()
        if first is not None and read.investigation_id == first.investigation_id
    ]


def _place(
    request: HttpRequest,
    author: Author,
    investigation: Investigation,
    reads: list[PickedRead],
    form: HoldForm,
) -> HttpResponse | tuple[str, ...]:
    at = now()
    try:
        placed = place_hold(
            author=author, investigation=investigation, reads=reads, terms=form.terms(), at=at
        )
    except ReadsGoneError:
        return (
            "Some of these reads are not in the store any more, so nothing is held. "
            "Search again and pick from what is found.",
        )
    if isinstance(placed, HoldRefused):
        profile = profile_in_force(at=at)
        return tuple(line for one in placed.decisions for line in explain(one, profile=profile))
    messages.success(request, "The reads are held.")
    return redirect("hold", hold_id=placed.id)
