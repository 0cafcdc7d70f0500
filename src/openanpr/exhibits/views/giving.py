"""Taking a pack out, and noting to whom it went."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.step_up import after_step_up
from openanpr.exhibits import queries
from openanpr.exhibits.forms import HandedForm
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.services.continuity import note_handed
from openanpr.exhibits.services.giving import PackGoneError, fetch_pack
from openanpr.exhibits.views.showing import shown
from openanpr.exhibits.vocabulary import ExhibitState
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now


@after_step_up
def fetch(request: HttpRequest, exhibit_id: uuid.UUID) -> HttpResponse:
    """A page that asks once more; sent, the file."""
    author = author_of(request)
    exhibit = _ready(author, exhibit_id)
    if request.method != "POST":
        return render(request, "exhibits/fetch.html", {"exhibit": exhibit})
    try:
        pack = fetch_pack(author=author, exhibit=exhibit, settings=settings.SETTINGS, at=now())
    except PackGoneError:
        messages.error(request, "The file is not in its store. Tell the system manager.")
        return redirect("exhibit", exhibit_id=exhibit.id)
    response = HttpResponse(pack, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file_name(exhibit)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def handed(request: HttpRequest, exhibit_id: uuid.UUID) -> HttpResponse:
    """Note on the continuity who was handed a copy."""
    author = author_of(request)
    exhibit = _ready(author, exhibit_id)
    form = HandedForm(request.POST)
    if not form.is_valid():
        return shown(request, exhibit_id, form, status=422)
    note_handed(
        author=author,
        exhibit=exhibit,
        recipient=form.cleaned_data["recipient"],
        note=form.cleaned_data["note"],
        at=now(),
    )
    messages.success(request, "Noted on the continuity.")
    return redirect("exhibit", exhibit_id=exhibit.id)


def file_name(exhibit: Exhibit) -> str:
    """The reference as a file may be called everywhere."""
    return f"exhibit-{(exhibit.reference or 'draft').replace('/', '-')}-{exhibit.edition}.zip"


def _ready(author: Author, exhibit_id: uuid.UUID) -> Exhibit:
    exhibit = queries.own_exhibit(author.actor, exhibit_id)
    if exhibit is None or exhibit.state != ExhibitState.READY:
        raise Http404
    return exhibit
